"""Python's search for rings of dead objects, put off while much is made of which nothing is dead yet."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


def sweep() -> None:
    """Give back the memory of what was just made and let go of, though its parts hold one another; not even looking at
    what was there before."""
    gc.collect(0)


def no_last_search() -> None:
    """Let Python end without searching through all there is once more: that is a tenth of the time of a small build,
    and gives memory back that the system takes back anyway."""
    atexit.register(gc.freeze)


@contextmanager
def no_collector() -> Iterator[None]:
    """Without the search, which takes up to a third of the time of reading plans and finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
