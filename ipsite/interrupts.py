"""Ctrl-C, held back where it would come in the middle of something. Only the main thread is ever told of it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def undisturbed() -> Iterator[None]:
    """Do something to its end without listening to Ctrl-C, so that what is told of it afterwards is true."""
    with _heard_by(signal.SIG_IGN):
        yield


@contextmanager
def later() -> Iterator[None]:
    """Let Ctrl-C wait here, whichever thread it reaches first, and never reach a process that is begun meanwhile."""
    heard: list[int] = []
    try:
        with _heard_by(lambda number, _: heard.append(number)) as is_held, _blocked(is_held):
            yield
    finally:
        if heard:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _blocked(wanted: bool) -> Iterator[None]:
    """Keep Ctrl-C from this thread and from processes that it begins, where the system can and it is `wanted`."""
    if not wanted or os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _heard_by(handler: Callable[[int, Any], object] | signal.Handlers) -> Iterator[bool]:
    """Let `handler` hear Ctrl-C meanwhile; whether it does: not when another thread than the main one asks."""
    if threading.current_thread() is not threading.main_thread():
        yield False
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield True
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)  # None: set by something that is not Python
