"""Nothing lost: builds that are killed, that meet a full or a read-only disk, or each other, and workers that die.

The site that is served is whole all the time, old or new, and the plans keep every byte. A few killings here; two
hundred with `make check-accessibility`, or as many as IPSITE_KILLINGS says.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from site_helpers import ROOT, Project, contents, run, smallest

DAY = "2026-11-22"
LIGHT = ("build", "--no-pdf", "--today", DAY)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.plan(smallest(titel="RUNDA"))
    return made


def build_of(project: Project, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ipsite", *LIGHT, *arguments],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def title(project: Project, words: str) -> None:
    project.plan(smallest(titel=words))


def shown(project: Project) -> str:
    return (project.site / "planer" / "vera" / "plan" / "index.html").read_text("utf-8")


# Killed


def crashes(*arguments: str) -> Any:
    """What `crashes.py` tells of what it did."""
    made = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("crashes.py")), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "true"},
        capture_output=True,
        text=True,
        check=False,
        timeout=540,
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout.splitlines()[-1])


def assert_nothing_lost(project: Project, rounds: int, what: str) -> None:
    told = crashes(what, str(project.folder), str(rounds), str(rounds))
    counts = told["counts"]
    assert (told["wrong"], told["left"]) == ([], [])
    assert counts["old"] + counts["new"] == rounds
    assert counts["old"] > 0, "no build was killed before its end: the test has not tried anything"


@pytest.mark.parametrize("what", ["builds", "refreshes"])
def test_a_build_that_is_killed_leaves_the_old_site_or_the_new(what: str, project: Project) -> None:
    rounds = int(os.environ.get("IPSITE_KILLINGS", "12"))
    assert_nothing_lost(project, rounds, what)


@pytest.mark.accessibility  # of the slow ones
@pytest.mark.parametrize("what", ["builds", "refreshes"])
def test_two_hundred_builds_that_are_killed_leave_the_old_site_or_the_new(what: str, project: Project) -> None:
    assert_nothing_lost(project, 200, what)


def test_a_crash_at_any_step_of_publishing_shows_a_whole_site_and_the_next_build_mends_the_rest(tmp_path: Path) -> None:
    told = crashes("steps", str(tmp_path))
    for way in ("one step", "two renamings"):
        found = told[way]["found"]
        assert len(found) > 20
        assert (found[0], found[-1]) == ("gammal", "ny")
        assert told[way]["mended"] == ["ny"]
    assert set(told["one step"]["found"]) == {"gammal", "ny"}
    assert set(told["two renamings"]["found"]) == {"gammal", "ingen", "ny"}  # it has a moment without a site


# Read by others meanwhile


def test_who_reads_while_sites_change_places_never_meets_a_missing_page(tmp_path: Path) -> None:
    from ipsite import publish

    site = tmp_path / "site"
    pages = [f"planer/{number}/index.html" for number in range(40)]

    def put(words: str) -> None:
        made = publish.stage(site)
        for name in (*pages, "assets/ipsite/tokens.css"):
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(words * 100)
        publish.put_in_place(made, site)

    put("0")
    met: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for name in pages:
                try:
                    text = (site / name).read_text()
                except OSError as error:
                    met.append(str(error))
                else:
                    if len(text) != 100 or len(set(text)) != 1:
                        met.append(text)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(25):
        put(str(number % 10))
    done.set()
    for reader in readers:
        reader.join()
    assert met == []


# Disks


def unmeasured() -> dict[str, str]:
    """The surroundings without what makes coverage follow a program, since it writes large files of its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def test_a_full_disk_leaves_all_as_it_was_and_says_so(project: Project) -> None:
    assert run("ipsite", *LIGHT, cwd=project.folder).returncode == 0
    title(project, "Andra")
    before = contents(project.folder)

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    made = subprocess.run(
        [sys.executable, "-m", "ipsite", *LIGHT],
        cwd=project.folder,
        env={**unmeasured(), "PYTHONPATH": str(ROOT)},
        preexec_fn=full,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, "Traceback" in made.stderr) == (1, False)
    assert "Webbplatsen kunde inte sparas: " in made.stderr
    assert but_what_is_known(contents(project.folder)) == but_what_is_known(before)


def but_what_is_known(held: dict[str, bytes]) -> dict[str, bytes]:
    """The same without what ipsite knows of the site, where it says that a build was begun."""
    return {name: content for name, content in held.items() if not name.startswith(".ipsite/built/")}


def test_a_disk_that_fills_up_in_the_middle_leaves_all_as_it_was(tmp_path: Path) -> None:
    """A real one, where the tests may make it; the limit above stands in for it elsewhere."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        return
    try:
        project = Project(place)
        title(project, "Första")
        assert run("ipsite", *LIGHT, cwd=place).returncode == 0
        title(project, "Andra")
        project.page("# Start\n\nOch en text, så att allt byggs: för en plan räcker det rum som är kvar.\n")
        before = contents(place)
        with (place / "fyllning").open("wb") as file:
            room = os.statvfs(place).f_bavail * os.statvfs(place).f_bsize
            file.write(bytes(room - 1_000_000))
        made = run("ipsite", *LIGHT, cwd=place)
        (place / "fyllning").unlink()
        assert (made.returncode, "disken är full" in made.stderr) == (1, True), made.stderr
        assert contents(place) == before
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        made = run("ipsite", *LIGHT, cwd=place)
        assert (made.returncode, "disken går bara att läsa" in made.stderr) == (1, True), made.stderr
        assert contents(place) == before
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


# At once


def test_two_builds_at_once_both_finish_and_the_site_is_one_of_theirs(project: Project) -> None:
    title(project, "Första")
    assert run("ipsite", *LIGHT, cwd=project.folder).returncode == 0
    first = contents(project.site)
    title(project, "Andra")
    both = [build_of(project), build_of(project)]
    while any(one.poll() is None for one in both):
        assert "plan – " in shown(project)
        time.sleep(0.002)
    told = [one.communicate() for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert "plan – Andra" in shown(project)
    assert set(contents(project.site)) == set(first)
    assert sorted(path.name for path in project.folder.iterdir()) == [".ipsite", "docs", "mkdocs.yml", "plans", "site"]


# Workers

# Loaded by every Python that is started, and of use to those that workers are born of: a worker lives for a moment.
SHORT_LIFE = """\
import os, signal, sys, threading

def soon():
    threading.Timer(float(os.environ["SHORT_LIFE"]), os.kill, (os.getpid(), signal.SIGKILL)).start()

if "forkserver" in " ".join(sys.orig_argv):
    os.register_at_fork(after_in_child=soon)
elif "spawn_main" in " ".join(sys.orig_argv):
    soon()
"""


@pytest.mark.parametrize(
    ("plans", "seconds", "more", "what"),
    [(25, 0.3, [], "programmet som gör PDF-filer"), (60, 0.1, ["--no-pdf"], "Det som gör sidorna")],
    ids=["of papers", "of pages"],
)
def test_a_worker_that_dies_stops_the_build_and_the_old_site_stands(
    plans: int,
    seconds: float,
    more: list[str],
    what: str,
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    title(project, "Första")
    assert run("ipsite", *LIGHT, cwd=project.folder).returncode == 0
    for number in range(plans):
        data = smallest(titel=f"Andra {number}")
        data["person"]["namn"] = f"Vera {number}"
        project.plan(data, f"vera-{number}/plan")
    before = [contents(project.site), contents(project.folder / "plans")]
    elsewhere = tmp_path_factory.mktemp("python")
    (elsewhere / "sitecustomize.py").write_text(SHORT_LIFE, "utf-8")
    command = [sys.executable, "-m", "ipsite", "build", "--jobs", "2", "--today", DAY, *more]
    environment = {**os.environ, "SHORT_LIFE": str(seconds), "PYTHONPATH": f"{elsewhere}{os.pathsep}{ROOT}"}
    build = subprocess.run(command, cwd=project.folder, env=environment, capture_output=True, text=True, check=False)
    assert (build.returncode, "Traceback" in build.stderr) == (1, False), build.stderr
    assert f"{what} stannade, kanske för att minnet tog slut. Försök igen med --jobs 1." in build.stderr
    assert [contents(project.site), contents(project.folder / "plans")] == before
