"""Work done by the machines of a Dask cluster: the standard `concurrent.futures.Executor`, as `pool` gives it.

What is sent there leaves this computer. So what is private goes by TLS only, or stays on this machine
(docs/utveckling/beslut/0046-kluster.md). The one module that knows Dask.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from distributed import Client

_TRANSPORTS = {"dask": "tcp", "dask+tls": "tls"}
_FORMS = "«dask://DATOR:PORT» eller «dask+tls://DATOR:PORT»"
ANSWERS_WITHIN = 10.0  # seconds for a scheduler to answer, and then for it to have a worker
WORKERS_WITHIN = 60.0  # seconds that work waits for a new worker when all are gone
_LOOK_EVERY = 5.0  # seconds


class NoCluster(RuntimeError):
    """There is no cluster that may do the work. The message is for the user."""


class ClusterLost(BrokenExecutor):
    """The cluster went away from its work. The message is for the user."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the scheduler of a cluster answers, as Dask and as the user write it."""

    transport: str
    host: str
    port: int

    def __str__(self) -> str:
        """As Dask writes it."""
        return f"{self.transport}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def is_sealed(self) -> bool:
        """Whether nobody on the way can read what is sent there."""
        return self.transport == "tls" or _is_this_machine(self.host)


def address_of(text: str) -> Address:
    """The address that the user wrote. Raises `NoCluster`."""
    try:
        parts = urlsplit(text)
        if parts.scheme in _TRANSPORTS and parts.hostname and parts.port:
            return Address(_TRANSPORTS[parts.scheme], parts.hostname, parts.port)
    except ValueError:  # a port that is none
        pass
    raise NoCluster(f"{text} är ingen adress till ett kluster. Skriv {_FORMS}.")


@contextmanager
def cluster(text: str, private: bool) -> Iterator[Executor]:
    """An executor on the cluster at the address `text`. Raises `NoCluster`, also when what is `private` could be read
    on the way there. What has not begun when it is left in haste, as by Ctrl-C, is not done."""
    address = address_of(text)
    _refuse_open(address, [address], private)
    client = _client(address)
    try:
        _refuse_open(address, [_address(worker) for worker in _workers(client, address)], private)
        executor = _Cluster(client, address)
        try:
            yield executor
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise
    finally:
        client.close(timeout=2)


def _refuse_open(address: Address, ways: list[Address], private: bool) -> None:
    if private and not all(way.is_sealed for way in ways):
        raise NoCluster(
            f"Planerna är privata, och till klustret på {address.host} går de att läsa på vägen. Använd "
            "«dask+tls://» med certifikat. Hur du gör står i docs/utveckling/stora-portfoljer.md."
        )


def _client(address: Address) -> Client:
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise NoCluster("--executor behöver mer än det som är installerat: installera ipsite[dask].") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what happens is told in Swedish, here
    security = Security()  # as Dask's own configuration has it
    try:
        known = security.get_connection_args("client").get("ssl_context")
    except OSError:  # a file that is not there, or is no certificate
        known = None
    if address.transport == "tls" and not known:
        raise NoCluster(
            "«dask+tls://» behöver certifikat, och Dask hittar inga. Säg var de ligger i Dasks egna inställningar "
            "(«distributed.comm.tls»). Ett exempel står i docs/utveckling/stora-portfoljer.md."
        )
    try:
        return Client(str(address), timeout=ANSWERS_WITHIN, security=security, set_as_default=False, name="ipsite")
    except (OSError, ValueError):
        raise NoCluster(
            f"Ingen schemaläggare svarade på {address.host}, port {address.port}. Är den i gång, och är adressen rätt?"
        ) from None


def _workers(client: Client, address: Address) -> list[str]:
    """Where the workers of the cluster answer; there is at least one."""
    try:
        client.wait_for_workers(1, timeout=ANSWERS_WITHIN)
    except TimeoutError:
        raise NoCluster(f"Klustret på {address.host} har inga arbetare. Starta dem och försök igen.") from None
    return list(client.nthreads())


def _address(worker: str) -> Address:
    parts = urlsplit(worker)
    return Address(parts.scheme, parts.hostname or "", parts.port or 0)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Cluster(Executor):
    """Dask's own executor, but one whose futures fail when there is nobody left to do the work, in Swedish."""

    def __init__(self, client: Client, address: Address) -> None:
        self.client, self.address = client, address
        self.inner: Executor = client.get_executor(pure=False)  # nothing is taken from what another build asked for
        self.workers = len(client.nthreads())

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        awaited = _Awaited(self)
        self.inner.submit(fn, *args, **kwargs).add_done_callback(awaited.take)
        return awaited

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.inner.shutdown(wait=wait and not cancel_futures)

    def lost(self, why: str) -> ClusterLost:
        """What to raise when work has been lost."""
        return ClusterLost(f"klustret på {self.address.host} {why} Försök igen.")

    def look(self) -> None:
        """See that somebody is there to do the work. Raises `ClusterLost`."""
        try:
            if not self.client.nthreads():
                self.client.wait_for_workers(1, timeout=WORKERS_WITHIN)
        except TimeoutError:
            raise self.lost("har inga arbetare kvar.") from None
        except OSError:
            raise self.lost("svarar inte längre.") from None


class _Awaited(Future[Any]):
    """What will come from a cluster. Whoever waits for it looks now and then whether it still can come."""

    def __init__(self, of: _Cluster) -> None:
        super().__init__()
        self.of = of

    def take(self, done: Future[Any]) -> None:
        """Take over what `done` came to."""
        from distributed import KilledWorker

        try:
            self.set_result(done.result())
        except CancelledError:
            self.set_exception(self.of.lost("svarar inte längre."))
        except KilledWorker:
            self.set_exception(self.of.lost("har förlorat flera arbetare, kanske för att minnet tog slut."))
        except Exception as error:
            self.set_exception(error)

    def result(self, timeout: float | None = None) -> Any:
        while timeout is None:
            try:
                return super().result(_LOOK_EVERY)
            except TimeoutError:
                if self.done():
                    raise  # it is what the work came to
                self.of.look()
        return super().result(timeout)
