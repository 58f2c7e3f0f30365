"""printing.py and commands/progress.py: the same papers whether they are made here, by workers, or were kept."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from plan_samples import run as command
from site_helpers import KINDS, ROOT, TODAY, Project, contents, every_field, put, read_plan, smallest

from ipsite import printing
from ipsite.commands.progress import Meter, meter
from ipsite.model import Plan
from ipsite.picture import Prepared
from ipsite.printing import PaperFailed, Printed
from ipsite.settings import Settings, quiet
from ipsite.store import of_project

NAMES = ("plan", "lattlast", "utvardering")


def papers(
    plans: Sequence[Plan], images: Mapping[str, Prepared], settings: Settings, names: Sequence[str], layout: str = ""
) -> Iterator[Printed]:
    pairs = ((plan, images.get(plan.id)) for plan in plans)
    return printing.papers(pairs, len(plans), settings, names, layout)


def plan_of(folder: Path, *plans: dict[str, Any]) -> tuple[Plan, ...]:
    return tuple(read_plan(folder, data, f"vera/plan-{number}") for number, data in enumerate(plans))


def a_picture(colour: str = "teal") -> Prepared:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return Prepared("bild.png", out.getvalue(), 40, 30)


# --- The same bytes, cold or warm, here or by workers -------------------------------------------------------------


def test_workers_and_the_store_give_the_bytes_that_are_made_here(tmp_path: Path) -> None:
    plans = plan_of(tmp_path, every_field(KINDS[0])[0], smallest(), smallest(KINDS[1]))
    images = {plans[0].id: a_picture()}
    kept = of_project(tmp_path).folder
    here = list(papers(plans, images, Settings(TODAY), NAMES))
    cold = list(papers(plans, images, Settings(TODAY, jobs=2, store=kept), NAMES))
    warm = list(papers(plans, images, Settings(TODAY, jobs=2, store=kept), NAMES))
    assert cold == here
    assert warm == here
    assert len(here) == 9
    assert len({paper.content for paper in here}) > 5


def counted(monkeypatch: pytest.MonkeyPatch, make: Callable[..., bytes]) -> list[str]:
    """Let papers be made by `make`; the HTML of each, as they are made."""
    made: list[str] = []

    def note(html: str, pictures: tuple[tuple[str, bytes], ...]) -> bytes:
        made.append(html)
        return make(html, pictures)

    monkeypatch.setattr(printing, "_made", note)
    return made


def test_what_is_kept_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = {"namn": "Ett Ett"}, {"namn": "Två Två"}
    plans = plan_of(tmp_path, smallest(person=one), smallest(person=other))
    wish = Settings(TODAY, store=of_project(tmp_path).folder)
    before = list(papers(plans, {}, wish, NAMES))
    made = counted(monkeypatch, lambda *_: b"ny")
    assert list(papers(plans, {}, wish, NAMES)) == before
    assert made == []
    other["namn"] = "Tre Tre"
    after = list(papers(plan_of(tmp_path, smallest(person=one), smallest(person=other)), {}, wish, NAMES))
    assert [paper.plan_id for paper in after if paper.content == b"ny"] == ["vera/plan-1"] * 3


def test_a_damaged_paper_is_made_anew(tmp_path: Path) -> None:
    plans = plan_of(tmp_path, smallest())
    wish = Settings(TODAY, store=of_project(tmp_path).folder)
    before = list(papers(plans, {}, wish, ["plan"]))
    (entry,) = (path for path in of_project(tmp_path).folder.rglob("*") if path.is_file())
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-1] + b"\0")
    assert list(papers(plans, {}, wish, ["plan"])) == before
    assert entry.read_bytes() == whole


def test_without_a_store_nothing_is_kept(tmp_path: Path) -> None:
    before = contents(tmp_path / "b") if plan_of(tmp_path, smallest()) else {}
    list(papers(plan_of(tmp_path / "b", smallest()), {}, Settings(TODAY), ["plan"]))
    assert not list(tmp_path.rglob(".ipsite"))
    assert before == {}


def pretend(html: str, pictures: tuple[tuple[str, bytes], ...]) -> bytes:
    """A paper that shows all that it is made of."""
    return repr((html, sorted(pictures))).encode()


FULL = {kind: every_field(kind)[0] for kind in KINDS}
PLACES = [(kind, way) for kind in KINDS for way, word in every_field(kind)[1].items() if word.startswith("q")]
CHANGES = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(["Qa", "Qb"]), st.sampled_from(["", "teal", "red"])),
    min_size=1,
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_whatever_is_changed_a_warm_store_gives_what_no_store_gives(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    changes: list[tuple[tuple[str, tuple[str | int, ...]], str, str]],
) -> None:
    monkeypatch.setattr(printing, "_made", pretend)
    folder = tmp_path_factory.mktemp("plans")
    wish = Settings(TODAY, store=of_project(folder).folder)
    data = dict(FULL)
    for (kind, way), word, colour in changes:
        data[kind] = put(data[kind], way, word if "e_post" not in way else f"{word}@example.com")
        plan = read_plan(folder, data[kind])
        images = {plan.id: a_picture(colour)} if colour else {}
        for layout in ("", "large"):
            warm = list(papers((plan,), images, wish, NAMES, layout))
            assert warm == list(papers((plan,), images, replace(wish, store=None), NAMES, layout))


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_that_is_changed_reaches_its_paper_though_the_store_is_warm(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_made", pretend)
    wish = Settings(TODAY, store=of_project(tmp_path).folder)
    words = every_field(kind)[1]
    for way in [way for at, way in PLACES if at == kind]:
        list(papers((read_plan(tmp_path, FULL[kind]),), {}, wish, ["plan"]))
        if words[way].endswith("z") and "bildtext" not in way:
            changed = read_plan(tmp_path, put(FULL[kind], way, "ändrat"))
            (paper,) = papers((changed,), {}, wish, ["plan"])
            assert words[way] not in paper.content.decode(), way
            assert "ndrat" in paper.content.decode(), way


def test_a_change_of_word_picture_layout_or_day_gives_other_bytes(tmp_path: Path) -> None:
    (plan,) = plan_of(tmp_path, smallest())
    (other,) = plan_of(tmp_path / "b", smallest(anledning="Ett annat skäl."))
    wish = Settings(TODAY, store=of_project(tmp_path).folder)
    made = [
        content
        for _ in range(2)
        for content in (
            *(paper.content for paper in papers((plan,), {}, wish, ["plan"])),
            *(paper.content for paper in papers((other,), {}, wish, ["plan"])),
            *(paper.content for paper in papers((plan,), {}, wish, ["plan"], "large")),
            *(paper.content for paper in papers((plan,), {}, replace(wish, today=TODAY.replace(day=1)), ["plan"])),
        )
    ]
    assert made[:4] == made[4:]
    assert len(set(made)) == 4


# --- When it goes wrong -------------------------------------------------------------------------------------------


def die(*arguments: object) -> bytes:
    """A worker that the system stops, as when the memory is out."""
    os._exit(9)


@pytest.mark.parametrize("count", [2, 30])
def test_a_worker_that_is_stopped_is_told_of_with_the_plan(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_made", die)
    with pytest.raises(PaperFailed, match=r"^vera/plan-\d+: programmet som gör PDF-filer stannade.*--jobs 1\.$"):
        list(papers(plan_of(tmp_path, *[smallest()] * count), {}, Settings(TODAY, jobs=2), NAMES))


def test_a_paper_that_fails_in_a_worker_is_told_of_with_the_plan_and_not_kept(tmp_path: Path) -> None:
    plans = plan_of(tmp_path, smallest(), smallest(titel="日"))
    wish = Settings(TODAY, jobs=2, store=of_project(tmp_path).folder)
    for _ in range(2):
        with pytest.raises(PaperFailed, match=r"^vera/plan-1: PDF-filen kunde inte göras\. Tecken .* 日 "):
            list(papers(plans, {}, wish, NAMES))


def a_long_build(project: Project, *arguments: str) -> subprocess.Popen[str]:
    """A command that makes papers for long, when it has begun to; in a session of its own, as in a terminal."""
    for number in range(150):  # more than are ever made before it is stopped
        project.plan(smallest(titel=f"Plan {number}", person={"namn": f"Vera Vall {number}"}), f"vera/plan-{number}")
    process = begun(project, *arguments)
    until(lambda: any(of_project(project.folder).folder.glob("*/[!.]*")) or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    assert len(of_session(process.pid)) >= 3
    return process


def begun(project: Project, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ipsite", *arguments, "--jobs", "2", "--today", TODAY.isoformat()],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored where tests run in the background
    )


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def of_session(session: int) -> list[str]:
    """The processes of a session that are alive."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(its_session) == session and state != "Z":
            found.append(stat.parent.name)
    return found


def all_but_what_is_kept(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in contents(folder).items() if not name.startswith(".ipsite/")}


@pytest.mark.parametrize("wait", [0, 0.05, 0.1, 0.2, 0.4])
def test_ctrl_c_while_workers_are_being_born_is_told_of_in_words_alone(wait: float, tmp_path: Path) -> None:
    project = Project(tmp_path)
    for number in range(10):
        project.plan(smallest(titel=f"Plan {number}"), f"vera/plan-{number}")
    process = begun(project, "build", "--no-cache")
    until(lambda: len(of_session(process.pid)) > 1 or process.poll() is not None)
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=120)
    assert (process.returncode, told) == (130, "\nAvbrutet. Allt är som det var.\n")
    until(lambda: of_session(process.pid) == [], 60)


@pytest.mark.parametrize("arguments", [("build",), ("pdf",)])
def test_ctrl_c_leaves_all_as_it_was_and_no_process(arguments: tuple[str, ...], tmp_path: Path) -> None:
    project = Project(tmp_path)
    process = a_long_build(project, *arguments)
    before = {
        name: content for name, content in all_but_what_is_kept(tmp_path).items() if not name.startswith(".site-")
    }
    os.killpg(process.pid, signal.SIGINT)  # as the terminal does it: to all of them
    _, told = process.communicate(timeout=120)
    assert (process.returncode, told) == (130, "\nAvbrutet. Allt är som det var.\n")
    assert all_but_what_is_kept(tmp_path) == before
    until(lambda: of_session(process.pid) == [], 60)


def test_a_build_that_is_killed_leaves_no_process_and_what_it_kept_is_of_use(tmp_path: Path) -> None:
    project = Project(tmp_path)
    process = a_long_build(project, "pdf")
    process.kill()
    process.communicate(timeout=120)
    until(lambda: of_session(process.pid) == [], 60)
    store = of_project(tmp_path)
    kept = [path.name for path in store.folder.glob("*/*") if not path.name.startswith(".")]
    assert kept
    assert all((store.get(key) or b"").startswith(b"%PDF-") for key in kept)


# --- The command line ---------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path, {"jobs": 1})
    made.plan(smallest(), "a/ett")
    return made


def kept(project: Project) -> int:
    return len(list(of_project(project.folder).folder.glob("*/*")))


@pytest.mark.parametrize("arguments", [("build",), ("pdf", "--jobs", "1")])
def test_no_cache_neither_looks_nor_keeps(
    arguments: tuple[str, ...], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*more: str) -> str:
        made = command(*arguments, "--today", TODAY.isoformat(), *more)
        assert made.exit_code == 0, made.output
        return made.stdout

    told("--no-cache")
    assert not (project.folder / ".ipsite").exists()
    told()
    assert kept(project) >= 1
    made = counted(monkeypatch, printing._made)
    told()
    assert made == []
    told("--no-cache")
    assert made != []


def test_what_is_locked_is_not_kept_unlocked(project: Project) -> None:
    (project.folder / "ord").write_text("fyra ord med å ä ö", "utf-8")
    made = command("pdf", "--jobs", "1", "--today", TODAY.isoformat(), "--password-file", "ord")
    assert made.exit_code == 0, made.output
    assert not (project.folder / ".ipsite").exists()


def test_outside_a_project_nothing_is_kept(project: Project) -> None:
    project.config.unlink()
    assert command("pdf", "--jobs", "1", "--today", TODAY.isoformat()).exit_code == 0
    assert not (project.folder / ".ipsite").exists()


def test_what_a_reader_gets_out_of_a_warm_store_is_the_readers_own(project: Project) -> None:
    people = {"granne": {"namn": "Gun Granne", "roll": "granne", "huvudman": "närstående"}}
    copy = [{"till": "granne", "delar": ["personer"], "samtycke": {"datum": "2026-01-01"}}]
    project.plan(smallest(personer=people, exemplar=copy, anledning="Bara för mig."), "a/ett")
    made = {}
    for folder, options in (("kall", ("--no-cache",)), ("varm", ())):
        for reader in ("", "granne"):
            asked = ("--for", reader) if reader else ()
            out = f"{folder}-{reader}"
            told = command("pdf", "--jobs", "1", "--today", TODAY.isoformat(), "-o", out, *asked, *options)
            assert told.exit_code == 0, told.output
            made[folder, reader] = list(contents(project.folder / out).values())
    assert made["kall", ""] == made["varm", ""]
    assert made["kall", "granne"] == made["varm", "granne"]
    assert made["varm", ""] != made["varm", "granne"]


# --- Progress -----------------------------------------------------------------------------------------------------


def test_plans_are_counted_as_their_papers_are_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_made", pretend)
    told: list[tuple[int, int]] = []
    wish = Settings(TODAY, progress=lambda done, total: told.append((done, total)))
    made = list(papers(plan_of(tmp_path, smallest(), smallest(), smallest()), {}, wish, NAMES))
    assert told == [*((number, 3) for number in (0, 1, 2) for _ in NAMES), (3, 3)]
    assert [type(paper) for paper in made] == [Printed] * 9


def said(*steps: tuple[float, int], total: int = 100) -> list[str]:
    """What is said when so many are done after so many seconds."""
    now = [0.0]
    lines: list[str] = []
    tell = Meter(lambda: now[0], lines.append)
    for seconds, done in steps:
        now[0] = seconds
        tell(done, total)
    return lines


def test_short_work_says_nothing() -> None:
    assert said(*((second / 2, second * 10) for second in range(10)), (5, 100)) == []


def test_long_work_says_how_far_it_has_come_and_how_long_is_left() -> None:
    assert said((6, 1), (8, 2), (12, 20), (40, 50), (41, 60), (50, 90), (60, 100)) == [
        "1 av 100 planer är klara. Ungefär 10 minuter kvar.",
        "20 av 100 planer är klara. Ungefär 50 sekunder kvar.",
        "50 av 100 planer är klara. Ungefär 40 sekunder kvar.",
        "90 av 100 planer är klara. Ungefär 5 sekunder kvar.",
    ]
    assert said((6, 0), (60, 50), total=9000) == [
        "0 av 9000 planer är klara.",
        "50 av 9000 planer är klara. Ungefär 3 timmar kvar.",
    ]
    assert said((60, 50))[0].endswith("Ungefär 1 minut kvar.")


def test_what_is_piped_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert meter() is quiet  # pytest catches what is said
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert isinstance(meter(), Meter)
