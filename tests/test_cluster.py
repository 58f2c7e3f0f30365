"""cluster.py: papers made by a cluster on this machine are the local ones, and what goes wrong is told in words."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import LocalCluster
from distributed.security import Security
from plan_samples import run as command
from site_helpers import TODAY, Project, contents, every_field, read_plan, smallest

from ipsite import cluster, printing
from ipsite.cluster import Address, ClusterLost, NoCluster, address_of
from ipsite.model import Plan
from ipsite.pool import Here, at_a_time, pool
from ipsite.printing import PaperFailed, papers
from ipsite.render import recipe
from ipsite.settings import Settings
from ipsite.store import of_project

NAMES = ("plan", "lattlast")


@pytest.fixture(scope="module")
def dask_cluster() -> Iterator[LocalCluster]:
    """Two workers, processes of their own, on this machine."""
    with local(2, threads_per_worker=2, silence_logs=False) as made:
        yield made


def local(workers: int, **options: Any) -> LocalCluster:
    """A cluster on this machine, all ports free ones."""
    return LocalCluster(n_workers=workers, dashboard_address="127.0.0.1:0", **{"threads_per_worker": 1, **options})


@pytest.fixture
def wish(dask_cluster: LocalCluster, tmp_path: Path) -> Settings:
    return Settings(TODAY, store=of_project(tmp_path).folder, executor=address(dask_cluster))


@pytest.fixture
def in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("ANSWERS_WITHIN", 0.6), ("WORKERS_WITHIN", 0.3), ("_LOOK_EVERY", 0.1)):
        monkeypatch.setattr(cluster, name, seconds)


def address(of: LocalCluster) -> str:
    return str(of.scheduler_address).replace("tcp", "dask").replace("tls", "dask+tls")


def plans_in(folder: Path, *plans: dict[str, Any]) -> tuple[Plan, ...]:
    return tuple(read_plan(folder, data, f"vera/plan-{number}") for number, data in enumerate(plans))


def made(plans: tuple[Plan, ...], wish: Settings) -> list[bytes]:
    return [paper.content for paper in papers(((plan, None) for plan in plans), len(plans), wish, NAMES)]


def kept(wish: Settings) -> int:
    assert wish.store
    return len(list(wish.store.glob("*/*")))


# --- The same papers ----------------------------------------------------------------------------------------------


def test_a_cluster_gives_the_bytes_that_are_made_here(wish: Settings, tmp_path: Path) -> None:
    plans = plans_in(tmp_path, every_field("individuell plan")[0], smallest(), smallest("sip"))
    assert made(plans, wish) == made(plans, Settings(TODAY))
    assert kept(wish) == 6


@pytest.mark.parametrize("arguments", [("build", "--site-dir", "ut"), ("pdf", "-o", "ut")])
def test_a_command_gives_the_same_files_with_a_cluster(
    arguments: tuple[str, ...], dask_cluster: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path, {"jobs": 1})
    project.plan(smallest())
    found = []
    for more in ((), ("--executor", address(dask_cluster))):
        told = command(*arguments, "--no-cache", "--today", TODAY.isoformat(), *more)
        assert told.exit_code == 0, told.output
        found.append({name: content for name, content in contents(tmp_path / "ut").items() if name.endswith(".pdf")})
        shutil.rmtree(tmp_path / "ut")
    assert found[0] == found[1] != {}


def test_mkdocs_yml_may_name_the_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Project(tmp_path, {"executor": "dask://exempel.se:8786"}).plan(smallest())
    told = command("build", "--today", TODAY.isoformat())
    assert told.exit_code == 1
    assert "Planerna är privata" in told.output
    assert not (tmp_path / "site").exists()


def test_as_much_waits_for_a_cluster_as_it_has_workers(dask_cluster: LocalCluster) -> None:
    with pool(1, (), address(dask_cluster)) as executor:
        assert at_a_time(executor, 1) == 2
        assert at_a_time(executor, 3) == 3
        assert list(executor.map(abs, [-1, -2])) == [1, 2]
        with pytest.raises(TimeoutError, match="egen"):
            executor.submit(too_late).result()
    assert at_a_time(Here(), 3) == 3


def too_late() -> None:
    raise TimeoutError("egen")


# --- When it goes wrong -------------------------------------------------------------------------------------------


def test_a_paper_that_fails_is_told_of_and_no_log_of_the_cluster_has_a_word_of_the_plan(
    wish: Settings, dask_cluster: LocalCluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(PaperFailed, match=r"^vera/plan-0: PDF-filen kunde inte göras\. Tecken .* 日 "):
        made(plans_in(tmp_path, smallest(titel="Hemligt 日")), wish)
    assert kept(wish) == 0
    logged = f"{dask_cluster.get_logs()} {capfd.readouterr()}"
    assert "Compute Failed" in logged
    assert "Hemligt" not in logged
    assert "<html" not in logged


def test_what_a_lost_worker_had_to_do_is_done_by_another(dask_cluster: LocalCluster, tmp_path: Path) -> None:
    with pool(1, (), address(dask_cluster)) as executor:
        sign = tmp_path / "dog"
        assert [one.result() for one in [executor.submit(die_the_first_time, str(sign)) for _ in range(4)]] == [
            "klar"
        ] * 4
        assert sign.exists()


def die_the_first_time(sign: str) -> str:
    try:
        Path(sign).touch(exist_ok=False)
    except FileExistsError:
        return "klar"
    os._exit(9)


def test_a_paper_that_takes_every_worker_with_it_is_told_of(dask_cluster: LocalCluster) -> None:
    with pool(1, (), address(dask_cluster)) as executor, pytest.raises(ClusterLost, match="förlorat flera arbetare"):
        executor.submit(os._exit, 9).result()


def test_a_cluster_that_is_lost_is_told_of_with_the_plan(
    wish: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise ClusterLost("klustret är borta.")

    monkeypatch.setattr(cluster._Cluster, "look", lost)
    monkeypatch.setattr(cluster, "_LOOK_EVERY", 0)
    with pytest.raises(PaperFailed, match=r"^vera/plan-0: klustret är borta\.$"):
        made(plans_in(tmp_path, smallest()), wish)
    assert kept(wish) == 0


@pytest.mark.parametrize("gone", ["workers", "scheduler"])
@pytest.mark.usefixtures("in_haste")
def test_nobody_waits_for_a_cluster_that_is_gone(gone: str) -> None:
    with local(1, silence_logs=60) as small, pool(1, (), address(small)) as executor:
        waiting = [executor.submit(time.sleep, 0.5) for _ in range(9)]
        waiting[0].result()
        small.scale(0) if gone == "workers" else small.close()
        with pytest.raises(ClusterLost, match=r"^klustret på 127\.0\.0\.1 (har inga arbetare|svarar inte)"):
            waiting[-1].result()


def test_ctrl_c_leaves_no_work_in_the_cluster(dask_cluster: LocalCluster) -> None:
    def stopped() -> None:
        with pool(1, (), address(dask_cluster)) as executor:
            for _ in range(50):
                executor.submit(time.sleep, 0.3)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    end = time.monotonic() + 60
    assert dask_cluster.scheduler
    while dask_cluster.scheduler.tasks:
        assert time.monotonic() < end
        time.sleep(0.05)


# --- A cluster that would not do -----------------------------------------------------------------------------------


def test_workers_that_would_give_other_bytes_are_refused(
    wish: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = recipe.here()
    packages = {**here.packages, "weasyprint": "1.0"}
    other = replace(here, packages=packages, files={**here.files, "render/pdf.py": "", "render/borta.py": ""})
    monkeypatch.setattr(recipe, "here", lambda: other)
    says = r"^vera/plan-0: klustrets arbetare .* är render/borta\.py, render/pdf\.py, weasyprint\. Gör dem lika"
    with pytest.raises(PaperFailed, match=says):
        made(plans_in(tmp_path, smallest()), wish)
    assert kept(wish) == 0


def test_workers_without_ipsite_are_told_of(wish: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_made_alike", without_ipsite)
    with pytest.raises(PaperFailed, match=r"^Klustrets arbetare saknar ipsite\."):
        made(plans_in(tmp_path, smallest()), wish)


def without_ipsite(*_: object) -> bytes:
    raise ModuleNotFoundError(name="ipsite")


@pytest.mark.usefixtures("in_haste")
def test_where_nobody_answers_or_has_workers_it_is_said_soon(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NoCluster, match=f"Ingen schemaläggare svarade på 127.0.0.1, port {port}"):
        pool(1, (), f"dask://127.0.0.1:{port}").__enter__()
    with local(0) as empty:
        wish = Settings(TODAY, executor=address(empty))
        with pytest.raises(PaperFailed, match="har inga arbetare"):
            made(plans_in(tmp_path, smallest()), wish)


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match=r"installera ipsite\[dask\]"):
        pool(1, (), "dask://127.0.0.1:8786").__enter__()


def test_what_is_to_be_locked_is_not_sent_unlocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Project(tmp_path).plan(smallest())
    (tmp_path / "ord").write_text("fyra ord med å ä ö", "utf-8")
    told = command("pdf", "--password-file", "ord", "--executor", "dask://127.0.0.1:1")
    assert told.exit_code == 2
    assert "Papper som ska låsas görs på den här datorn." in told.output


# --- Addresses, and what may be read on the way --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "given", "is_sealed"),
    [
        ("dask://localhost:1", "tcp://localhost:1", True),
        ("dask://127.3.2.1:8786", "tcp://127.3.2.1:8786", True),
        ("dask://[::1]:8786", "tcp://[::1]:8786", True),
        ("dask://10.0.0.7:8786", "tcp://10.0.0.7:8786", False),
        ("dask://localhost.example:8786", "tcp://localhost.example:8786", False),
        ("dask+tls://exempel.se:8786", "tls://exempel.se:8786", True),
    ],
)
def test_an_address_is_dasks_own_and_open_or_sealed(text: str, given: str, is_sealed: bool) -> None:
    assert (str(address_of(text)), address_of(text).is_sealed) == (given, is_sealed)


@pytest.mark.parametrize(
    "text",
    ["dask", "dask://", "dask://dator", "dask://dator:x", "dask://:1", "tcp://dator:1", "ray://dator:1", "dask://[:1"],
)
def test_what_is_no_address_is_told_of_by_the_command(text: str) -> None:
    for name in ("build", "pdf"):
        told = command(name, "--executor", text)
        assert told.exit_code == 2
        says = "är ingen adress till ett kluster. Skriv «dask://DATOR:PORT» eller «dask+tls://DATOR:PORT»."
        assert says in told.output


@pytest.mark.parametrize("worker", ["tcp://10.0.0.7:1", "tls://10.0.0.7:1"])
def test_what_is_private_is_sent_to_no_machine_that_it_could_be_read_on_the_way_to(worker: str) -> None:
    with pytest.raises(NoCluster, match=r"^Planerna är privata, .* exempel\.se .* «dask\+tls://»"):
        pool(1, (), "dask://exempel.se:8786").__enter__()
    here, there = Address("tcp", "127.0.0.1", 1), cluster._address(worker)
    cluster._refuse_open(here, [there], private=False)
    if worker.startswith("tls"):
        cluster._refuse_open(here, [there], private=True)
    else:
        with pytest.raises(NoCluster, match="går de att läsa på vägen"):
            cluster._refuse_open(here, [there], private=True)


@pytest.mark.usefixtures("in_haste")
def test_what_is_made_up_may_go_openly() -> None:
    with pytest.raises(NoCluster, match="Ingen schemaläggare svarade"):
        pool(1, (), "dask://ingen.invalid:8786", private=False).__enter__()


def test_tls_takes_its_certificates_from_dasks_own_configuration(tmp_path: Path) -> None:
    assert shutil.which("openssl"), "openssl saknas. Skriv: sudo apt install openssl"
    key, paper = tmp_path / "nyckel.pem", tmp_path / "intyg.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=ipsite", "-keyout", key, "-out", paper],
        check=True, capture_output=True,
    )  # fmt: skip
    ours = {f"distributed.comm.tls.{role}.cert": str(paper) for role in ("client", "scheduler", "worker")}
    ours |= {name.replace("cert", "key"): str(key) for name in ours}
    with dask.config.set({"distributed.comm.tls.ca-file": str(paper), **ours}):
        sealed = local(1, processes=False, protocol="tls://", security=Security())
        with sealed, pool(1, (), address(sealed)) as executor:
            assert executor.submit(abs, -1).result() == 1
    for configured in ({}, dict.fromkeys(ours, "finns-inte")):
        with dask.config.set(configured), pytest.raises(NoCluster, match="behöver certifikat"):
            pool(1, (), "dask+tls://127.0.0.1:8786").__enter__()
    assert logging.getLogger("distributed").level == logging.CRITICAL
