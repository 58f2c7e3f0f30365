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
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from ipsite.cluster import cluster

if TYPE_CHECKING:  # else imported where workers are begun: most commands need none
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

_LOOK_EVERY = 0.5  # seconds between two looks at whether all workers live


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
    left = threading.Event()
    threading.Thread(target=_watch, args=(executor, left), daemon=True).start()
    try:
        yield executor
    except BaseException:
        _stop(executor)
        raise
    finally:
        left.set()
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


def _watch(executor: ProcessPoolExecutor, left: threading.Event) -> None:
    """End the workers when one of them has died. If it died in the middle of an answer, the standard library would
    wait for the rest for ever, and break the pool only after that."""
    from multiprocessing.connection import wait

    while not left.wait(_LOOK_EVERY):
        workers = list((executor._processes or {}).values())
        if wait([worker.sentinel for worker in workers], timeout=0):
            _end(workers, _pipes(executor))
            return


def _stop(executor: ProcessPoolExecutor) -> None:
    """End the workers now, whatever they do, and wait until they have."""
    workers, pipes = list((executor._processes or {}).values()), _pipes(executor)
    manager = getattr(executor, "_executor_manager_thread", None)
    executor.shutdown(wait=False, cancel_futures=True)
    _end(workers, pipes)
    for worker in workers:
        worker.join()
    if manager is not None:  # Python would else wake it at exit, by a pipe that it may be closing just then
        manager.join(timeout=5)


def _pipes(executor: Any) -> list[Connection]:
    """What only workers use: where they read what to do, and where they write their answers."""
    orders, answers = executor._call_queue, executor._result_queue
    return [orders._reader, answers._writer] if orders and answers else []


def _end(workers: Iterable[BaseProcess], pipes: Iterable[Connection]) -> None:
    """End `workers`. With the pipes closed here too, nobody waits for a reader or for an answer that is gone."""
    for worker in workers:  # public from Python 3.14 on: terminate_workers
        worker.terminate()
    for pipe in pipes:
        pipe.close()
