"""Processes of this computer that do its work: none is left behind, and none is waited for that is gone.

Loaded where there is work for several processes: most commands need none.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from typing import Any

from ipsite.interrupts import later

_LOOK_EVERY = 0.5  # seconds between two looks at whether all workers live


class Workers(ProcessPoolExecutor):
    """The standard pool of processes, with three differences.

    They are begun while Ctrl-C waits, and are never told of it: it reaches all processes of a terminal, and the first
    one decides. `stop` ends them whatever they do. And when one dies in the middle of an answer the pool is broken,
    where the standard pool waits for the rest of the answer for ever.
    """

    def __init__(self, jobs: int, preload: tuple[str, ...]) -> None:
        super().__init__(jobs, _context(preload), initializer=_begin)
        self._all: Any = self._processes  # what `shutdown` forgets
        self._answers: Any = self._result_queue
        self._manager: Any = None  # the thread that speaks with them
        self._call_queue.cancel_join_thread()  # type: ignore[attr-defined]  # else exit may wait for a reader that is gone
        self._left = threading.Event()
        self._watch = threading.Thread(target=self._look_after, daemon=True)
        self._watch.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with later():
            future = super().submit(fn, *args, **kwargs)
            self._manager = self._executor_manager_thread
            return future

    def leave(self) -> None:
        """Wait until all is done, and end the workers."""
        self.shutdown(wait=False)
        if self._manager:
            self._manager.join()
        self._unwatched()

    def stop(self) -> None:
        """End the workers now, whatever they do, and wait until they have."""
        self.shutdown(wait=False, cancel_futures=True)
        self._unwatched()
        self._end()
        for worker in list(self._all.values()):
            worker.join()
        if self._manager:  # Python would else wake it at exit, by a pipe that it may be closing just then
            self._manager.join(timeout=5)

    def _unwatched(self) -> None:
        self._left.set()
        self._watch.join()

    def _look_after(self) -> None:
        while not self._left.wait(_LOOK_EVERY):
            if self._manager and wait([worker.sentinel for worker in list(self._all.values())], timeout=0):
                self._manager.join(_LOOK_EVERY)  # it sees the end of a worker itself, unless it waits for an answer
                if self._manager.is_alive():
                    self._end()
                return

    def _end(self) -> None:
        for worker in list(self._all.values()):  # public from Python 3.14 on: terminate_workers
            worker.terminate()
        self._answers._writer.close()  # the last one that could write: who waits for an answer hears that


@cache
def _context(preload: tuple[str, ...]) -> BaseContext:
    """How workers start. Where it is safe, they are copies of a process that has loaded `preload` already; never of
    this one, which may have threads."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _begin() -> None:
    """The first thing that a worker does."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
