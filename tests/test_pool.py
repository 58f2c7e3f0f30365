"""pool.py: one Executor, whether work is done here or by workers. See test_printing.py for Ctrl-C and kill."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import active_children
from typing import Any

import pytest

from ipsite.pool import pool


def name(_: int) -> int:
    return os.getpid()


def fail(_: int) -> int:
    raise ValueError("så")


@pytest.mark.parametrize("jobs", [1, 2, 10**20], ids=["one", "two", "more than there can be"])
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


def break_off(end: str) -> bytes:
    """An answer whose first half alone is given. Then the worker dies, or never goes on."""
    connection: Any = import_module("multiprocessing.connection").Connection

    def half(self: Any, buffer: bytes) -> None:
        os.write(self.fileno(), bytes(buffer)[: len(buffer) // 2])
        if end == "dies":
            os._exit(9)
        time.sleep(600)

    connection._send = half
    return bytes(1_000_000)


def test_a_worker_that_dies_in_the_middle_of_an_answer_is_not_waited_for() -> None:
    """The standard library would wait for the other half for ever, whoever had to end the worker."""
    with pool(2, ()) as executor:
        broken = executor.submit(break_off, "dies")
        others = [executor.submit(time.sleep, 600) for _ in range(3)]
        with pytest.raises(BrokenProcessPool):
            broken.result(timeout=120)
        assert all(isinstance(other.exception(timeout=120), BrokenProcessPool) for other in others)


def leave_in_the_middle_of_an_answer() -> None:
    with pool(2, ()) as executor:
        answer = executor.submit(break_off, "never goes on")
        with pytest.raises(TimeoutError):
            answer.result(timeout=1)
        raise KeyboardInterrupt


def test_a_pool_that_is_left_in_the_middle_of_an_answer_leaves_nothing_that_waits() -> None:
    threads = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        leave_in_the_middle_of_an_answer()
    assert [thread for thread in set(threading.enumerate()) - threads if not thread.daemon] == []


def loaded(module: str) -> bool:
    import sys

    return module in sys.modules


def test_workers_are_born_with_what_was_loaded_for_them() -> None:
    """Of the whole program: the first pool of a process decides what the others are born with."""
    with pool(2, ("ipsite.printing", "ipsite.render.ready")) as executor:
        assert executor.submit(loaded, "concurrent.futures").result()
