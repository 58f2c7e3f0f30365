"""Work done by several processes at a time, by this one, or by a cluster: the standard `concurrent.futures.Executor`
in each case.

A pool that is left before its work is done, as by Ctrl-C, leaves no process behind; nor does one whose own process is
killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

from ipsite.cluster import cluster

MOST = 500  # processes at a time; who asks for more, or for a number without end, gets these


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
    from ipsite.workers import Workers  # most commands need none

    workers = Workers(min(jobs, MOST), preload)
    try:
        yield workers
        workers.leave()
    except BaseException:
        workers.stop()
        raise


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
