"""Work done by several processes at a time, by this one, or by a cluster: the standard `concurrent.futures.Executor`
in each case.

A pool that is left before its work is done, as by Ctrl-C, leaves no process behind; nor does one whose own process is
killed.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from ipsite.cluster import cluster

if TYPE_CHECKING:  # else imported where workers are begun: most commands need none
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext


@contextmanager
def pool(jobs: int, preload: tuple[str, ...], address: str = "", private: bool = True) -> Iterator[Executor]:
    """An executor for `jobs` things at a time. `preload` names modules that are loaded once for all workers.

    With an `address` it is the cluster there, and `private` tells whether what is sent may be read by anybody on the
    way. Raises `ipsite.cluster.NoCluster`.
    """
    if address:
        with cluster(address, private) as elsewhere:
            yield elsewhere
        return
    if jobs <= 1:
        yield Here()
        return
    from concurrent.futures import ProcessPoolExecutor

    class Workers(ProcessPoolExecutor):
        """They are begun when there is something to do, while Ctrl-C waits, and are never told of it: it reaches all
        processes of a terminal, and the first one decides."""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                return super().submit(fn, *args, **kwargs)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    executor = Workers(jobs, _context(preload), initializer=_begin)
    try:
        yield executor
    except BaseException:
        _stop(executor)
        raise
    executor.shutdown()


def at_a_time(executor: Executor, jobs: int) -> int:
    """How many things an executor does at a time: `jobs`, or as many as a cluster has workers when they are more."""
    return max(jobs, getattr(executor, "workers", 0))


class Here(Executor):
    """Does the work in this process, when it is asked for."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


@cache
def _context(preload: tuple[str, ...]) -> BaseContext:
    """How workers start. Where it is safe, they are copies of a process that has loaded `preload` already; never of
    this one, which may have threads."""
    import multiprocessing

    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _begin() -> None:
    """The first thing that a worker does."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _stop(executor: ProcessPoolExecutor) -> None:
    """End the workers now, whatever they do."""
    workers = list((executor._processes or {}).values())  # public from Python 3.14 on: terminate_workers
    manager = getattr(executor, "_executor_manager_thread", None)
    executor.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()
    if manager is not None:  # Python would else wake it at exit, by a pipe that it may be closing just then
        manager.join(timeout=5)
