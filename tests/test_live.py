"""live.py, contents.py and views/problems.py: `ipsite serve` through a real server, valid, invalid, valid."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from plan_samples import run as command
from site_helpers import CONFIG, Html, Project, smallest

from ipsite import live
from ipsite.artifact import Page
from ipsite.contents import Stopped, contents
from ipsite.gather import gather, place_of
from ipsite.settings import Settings

PATIENCE = 60  # seconds; the machine may be busy
TODAY = date(2026, 11, 22)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.plan(smallest(titel="Flytta"), "vera/plan")
    made.plan(smallest(titel="Arbeta"), "vera/annan")
    return made


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def address(project: Project) -> Iterator[str]:
    port = free_port()
    told = project.folder / "told.txt"
    with told.open("w") as log:
        arguments = [sys.executable, "-m", "ipsite", "serve", "--port", str(port)]
        server = subprocess.Popen(arguments, cwd=project.folder, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError):
        return ""


def until(address: str, holds: Callable[[str], bool]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds(text := fetched(address)):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{address} is not as it should be after {PATIENCE} s")


def test_the_preview_follows_a_plan_through_valid_invalid_and_valid(project: Project, address: str) -> None:
    page, overview = f"{address}planer/vera/plan/index.html", f"{address}planer/index.html"
    assert "plan.pdf" not in until(page, lambda text: "Flytta" in text)

    path = project.plan(smallest(titel="Flytta", status="gallande"), "vera/plan")
    wrong = Html(until(page, lambda text: "Planerna har fel" in text)).text
    said = command("check", "plans").stdout
    for words in ("«status» har ett värde som inte går att välja.", "Menade du «gällande»?"):
        assert words in wrong
        assert words in said
    assert "Menade du «gällande»?" in Html(fetched(overview)).text
    assert "Arbeta" in fetched(f"{address}planer/vera/annan/index.html")

    path.write_text("slag: [", "utf-8")
    until(page, lambda text: "IP005" in text)

    project.plan(smallest(titel="Flyttat"), "vera/plan")
    until(page, lambda text: "Flyttat" in text and "Planerna har fel" not in text)
    assert not project.site.exists()


def test_a_preview_shows_the_errors_where_the_plans_would_have_stood(project: Project) -> None:
    project.plan({"slag": "sip"}, "vera/plan")
    root = project.folder / "plans"
    made = contents(gather(root, TODAY, "private"), root, Settings(TODAY), preview=True)
    pages = {item.path: item for item in made if isinstance(item, Page)}
    assert pages["planer/vera/plan"].title == pages["planer"].title == "Planerna har fel"
    assert "Arbeta" in pages["planer/vera/annan"].title
    assert 'href="vera/annan/"' in pages["planer"].body


def test_an_open_preview_never_shows_a_real_plan(project: Project) -> None:
    root = project.folder / "plans"
    project.plan(smallest(titel="Verklig titel"), "vera/plan")
    made = contents(gather(root, TODAY, "open"), root, Settings(TODAY, "open"), preview=True)
    assert all("Verklig titel" not in item.body for item in made if isinstance(item, Page))


def test_a_build_stops_at_errors_and_refusals(project: Project) -> None:
    root = project.folder / "plans"
    with pytest.raises(Stopped, match="Ingen plan har ett exemplar"):
        contents(gather(root, TODAY, "private", "ingen"), root, Settings(TODAY), preview=True)
    project.plan({"slag": "sip"}, "vera/plan")
    with pytest.raises(Stopped, match="Planerna har fel"):
        contents(gather(root, TODAY, "private"), root, Settings(TODAY), preview=False)


def test_a_copy_stands_apart_from_the_own_site(tmp_path: Path) -> None:
    assert place_of(tmp_path / "site", tmp_path, "mamma") == tmp_path / "kopior" / "mamma"
    assert place_of(tmp_path / "ut", tmp_path, "mamma") == tmp_path / "ut"
    for own in ("", "jag själv"):
        assert place_of(tmp_path / "site", tmp_path, own) == tmp_path / "site"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (CONFIG.replace("  - ipsite: OPTIONS\n", ""), "saknar tillägget ipsite"),
        ("site_name: [", "mkdocs.yml går inte att använda."),
    ],
    ids=["no plugin", "no YAML"],
)
def test_a_project_that_cannot_be_shown_is_told_of(config: str, words: str, project: Project) -> None:
    project.config.write_text(config, "utf-8")
    with pytest.raises(live.NoPreview) as met:
        live.serve(project.config, free_port())
    assert words in str(met.value)


def test_a_port_that_is_taken_is_told_of(project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(live.NoPreview, match="används redan"):
            live.serve(project.config, taken.getsockname()[1])


def test_a_private_site_is_never_shown_to_the_network(project: Project) -> None:
    project.configure(CONFIG + "dev_addr: 0.0.0.0:8000\n")
    made = subprocess.run(
        [sys.executable, "-m", "mkdocs", "serve"], cwd=project.folder, capture_output=True, text=True, timeout=PATIENCE,
        check=False, encoding="utf-8",
    )  # fmt: skip
    assert made.returncode != 0
    assert "visas bara på den här datorn" in made.stdout + made.stderr


def test_without_a_project_it_says_where_to_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert command("serve").exit_code == 2
