"""pool.py: one Executor, whether work is done here or by workers. See test_printing.py for Ctrl-C and kill."""

from __future__ import annotations

import os
import time
from concurrent.futures import Executor
from multiprocessing import active_children

import pytest

from ipsite.pool import pool


def name(_: int) -> int:
    return os.getpid()


def fail(_: int) -> int:
    raise ValueError("så")


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_comes_back_in_order_and_errors_too(jobs: int) -> None:
    with pool(jobs, ()) as executor:
        assert isinstance(executor, Executor)
        assert list(executor.map(abs, [-3, 2, -1])) == [3, 2, 1]
        with pytest.raises(ValueError, match="så"):
            executor.submit(fail, 1).result()


def test_one_job_is_done_here_and_two_elsewhere() -> None:
    for jobs, here in ((1, True), (2, False)):
        with pool(jobs, ()) as executor:
            assert (executor.submit(name, 1).result() == os.getpid()) is here


def leave_in_the_middle() -> None:
    with pool(2, ()) as executor:
        for _ in range(8):
            executor.submit(time.sleep, 60)
        time.sleep(0.5)
        raise KeyboardInterrupt


def test_a_pool_that_is_left_before_its_work_is_done_ends_it() -> None:
    before = set(active_children())
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        leave_in_the_middle()
    assert time.monotonic() - start < 30
    assert set(active_children()) <= before


def loaded(module: str) -> bool:
    import sys

    return module in sys.modules


def test_workers_are_born_with_what_was_loaded_for_them() -> None:
    """Of the whole program: the first pool of a process decides what the others are born with."""
    with pool(2, ("ipsite.printing", "ipsite.render.ready")) as executor:
        assert executor.submit(loaded, "concurrent.futures").result()
