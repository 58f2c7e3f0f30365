"""refresh.py, renewed.py, changed_crowd.py, reserve.py, parts.py: what follows from changed plans, and nothing else, is
made, and the site is the one that would be built whole."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PIL import Image
from plan_samples import pressed
from site_helpers import CONFIG, Project, contents, smallest

from ipsite import exchange, printing, search_files, state
from ipsite.circles import Places
from ipsite.cli import main
from ipsite.filling import Frames
from ipsite.frame import Frame, Key
from ipsite.large import crowd
from ipsite.mkdocs import site
from ipsite.rebuild import built, parts, record, reserve
from ipsite.views.brief import Brief

DAY = "2026-11-22"
PEOPLE = [f"Person {letter}" for letter in "ABCDEFGH"]
TASK = {"vad": "Ringa", "vem": "jag själv", "status": "pågår", "klart": "2026-11-01"}
GOALS = [{"mål": "Bo", "status": "pågår", "åtgärder": [TASK]}]


@pytest.fixture(params=["family", "crowd"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Eight people with a plan each and one with two, as a family holds them or as a crowd is known."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    monkeypatch.setattr(crowd, "MANY", 4 if request.param == "crowd" else 100)
    return of_many(tmp_path)


def of_many(folder: Path) -> Project:
    made = Project(folder)
    fill(made)
    return made


def fill(made: Project) -> None:
    for number, name in enumerate(PEOPLE):
        others: dict[str, Any] = (
            {"andra_planer": [{"slag": "genomförandeplan", "gäller": "Boendet", "plan": "p6"}]} if number == 7 else {}
        )
        made.plan(smallest(titel=f"Plan {number}", person={"namn": name}, mål=GOALS, **others), f"hem/p{number}")
    made.plan(smallest("sip", titel="Sip", person={"namn": PEOPLE[0], "bild": "bild.png"}), "a/sip")
    Image.new("RGB", (20, 10)).save(made.folder / "plans" / "a" / "bild.png")


def build(*options: str) -> str:
    made = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1", *options])
    assert made.exit_code == 0, made.output
    return made.stdout


def assert_as_whole(project: Project, *options: str) -> None:
    """The site is the one that a build from nothing gives, and it tells as many pages."""
    told = build(*options)
    again = build("--site-dir", "kall", "--no-cache", *options)
    assert contents(project.site) == contents(project.folder / "kall")
    assert told.splitlines()[0] == again.splitlines()[0]


# --- What is made -------------------------------------------------------------------------------------------------


def a_title(project: Project) -> None:
    project.plan(smallest(titel="Annan titel", person={"namn": PEOPLE[1]}, mål=GOALS), "hem/p1")


def the_title_of_a_plan_that_another_names(project: Project) -> None:
    project.plan(smallest(titel="Annan titel", person={"namn": PEOPLE[6]}, mål=GOALS), "hem/p6")


def another_person(project: Project) -> None:
    project.plan(smallest(titel="Plan 1", person={"namn": "Åsa"}, mål=GOALS), "hem/p1")


def nothing_to_do(project: Project) -> None:
    project.plan(smallest(titel="Plan 0", person={"namn": PEOPLE[0]}), "hem/p0")  # the others' pages move


def a_new_plan_of_somebody(project: Project) -> None:
    project.plan(smallest(titel="Ny", person={"namn": PEOPLE[2]}), "hem/p2-ny")


def a_new_person(project: Project) -> None:
    project.plan(smallest(titel="Ny", person={"namn": "Person Ny"}, mål=GOALS), "hem/a")


def a_plan_that_takes_over(project: Project) -> None:
    project.plan(smallest(titel="Ny", person={"namn": PEOPLE[3]}, ersätter="p3"), "hem/p3-ny")


def a_plan_less(project: Project) -> None:
    (project.folder / "plans" / "hem" / "p4.yaml").unlink()


def another_name(project: Project) -> None:
    (project.folder / "plans" / "hem" / "p5.yaml").rename(project.folder / "plans" / "hem" / "p5b.yaml")


def a_twin_of_the_name_of_a_plan(project: Project) -> None:
    project.plan(smallest(titel="Krock", person={"namn": PEOPLE[6]}), "hem/p6/lattlast")


def a_review(project: Project) -> None:
    follow_up = {"nästa": "2027-03-02"}
    project.plan(
        smallest(titel="Plan 7", person={"namn": PEOPLE[7]}, status="gällande", uppföljning=follow_up), "hem/p7"
    )


def a_picture(project: Project) -> None:
    Image.new("RGB", (30, 10)).save(project.folder / "plans" / "a" / "bild.png")


def a_comment(project: Project) -> None:
    path = project.folder / "plans" / "hem" / "p1.yaml"
    path.write_text(path.read_text("utf-8") + "# en kommentar\n", "utf-8")


def a_note_beside_the_plans(project: Project) -> None:
    (project.folder / "plans" / "hem" / "anteckning.txt").write_text("x", "utf-8")


def a_hidden_file(project: Project) -> None:
    (project.folder / "plans" / "hem" / ".dold.yaml").write_text("x", "utf-8")


NEW_TO_THE_SITE = [a_twin_of_the_name_of_a_plan, a_review]  # a sort of page that there is no frame for yet
CHANGES = [
    *(a_title, another_person, nothing_to_do, a_new_plan_of_somebody, a_new_person, a_plan_that_takes_over),
    *(a_plan_less, another_name, a_twin_of_the_name_of_a_plan, a_review, a_picture, a_comment),
    *(a_note_beside_the_plans, a_hidden_file, the_title_of_a_plan_that_another_names),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_follows_from_a_change_is_made_without_mkdocs(
    change: Callable[[Project], None], project: Project, builds: list[Path]
) -> None:
    build()
    for number in range(2):  # the second time there is a reserve
        change(project)
        assert_as_whole(project)
        assert len(builds) == (3 if change in NEW_TO_THE_SITE and number == 0 else 2)  # from nothing, twice
        leads = "Läs planen: Annan titel" in (project.site / "planer" / "hem" / "p7" / "index.html").read_text("utf-8")
        assert leads == (change is the_title_of_a_plan_that_another_names)
        del builds[1:]
        fill(project)
        for extra in ("p2-ny", "a", "p3-ny", "p5b", "p6/lattlast"):
            (project.folder / "plans" / "hem" / f"{extra}.yaml").unlink(missing_ok=True)
        assert_as_whole(project)
        del builds[1:]


def test_papers_are_made_of_the_changed_plan_alone(
    project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    original = printing._made

    def press(html: str, pictures: Any) -> bytes:
        made.append(html)
        return original(html, pictures)

    monkeypatch.setattr(printing, "_made", press)

    def build_all(*options: str) -> str:
        told = CliRunner().invoke(main, ["build", "--today", DAY, "--jobs", "1", *options])
        assert told.exit_code == 0, told.output
        return told.stdout

    build_all()
    made.clear()
    a_title(project)
    told = build_all()
    assert 0 < len(made) < 10
    assert all("Annan titel" in html or PEOPLE[1] in html for html in made)
    again = build_all("--site-dir", "kall")
    assert contents(project.site) == contents(project.folder / "kall")
    assert told.splitlines()[0] == again.splitlines()[0]
    assert len(builds) == 2


def test_files_that_are_the_same_are_not_written_again(project: Project) -> None:
    build()
    a_title(project)
    build()
    before = {path: path.stat().st_ino for path in project.site.rglob("*") if path.is_file()}
    project.plan(smallest(titel="Tredje titel", person={"namn": PEOPLE[1]}, mål=GOALS), "hem/p1")
    build()
    after = {path: path.stat().st_ino for path in project.site.rglob("*") if path.is_file()}
    changed = {path.relative_to(project.site).as_posix() for path in after if after[path] != before.get(path)}
    of_the_plan = {name for name in changed if "p1/" in name}
    assert {"planer/hem/p1/index.html", "planer/hem/p1/lattlast/index.html"} <= of_the_plan
    assert changed - of_the_plan <= {
        *("planer/index.html", "search/planer-0.js", "search/search_index.js", "planer/person-person-b/index.html"),
        "planer/hem/att-gora/index.html",
    }


# --- When the site is built whole ----------------------------------------------------------------------------------


def a_wrong_plan(project: Project) -> None:
    project.plan({"slag": "sip"}, "hem/p1")


def a_dead_end(project: Project) -> None:
    project.plan(smallest(ersätter="finns-inte", person={"namn": PEOPLE[1]}), "hem/p1")


def a_plan_that_another_names_is_gone(project: Project) -> None:
    (project.folder / "plans" / "a" / "sip.yaml").unlink()


def a_broken_picture(project: Project) -> None:
    (project.folder / "plans" / "a" / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n..")


def a_wrong_name(project: Project) -> None:
    project.plan(smallest(), "hem/Å Ä")


WRONG = [a_wrong_plan, a_dead_end, a_plan_that_another_names_is_gone, a_broken_picture, a_wrong_name]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_by_a_whole_build_and_the_site_stands(
    wrong: Callable[[Project], None], project: Project, builds: list[Path]
) -> None:
    if wrong is a_plan_that_another_names_is_gone:
        other = [{"slag": "SIP", "gäller": "Vård", "plan": "a/sip"}]
        project.plan(smallest(person={"namn": PEOPLE[0]}, andra_planer=other), "hem/p0")
    build()
    before = contents(project.site)
    wrong(project)
    told = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert told.exit_code == 1
    assert "Planerna har fel" in told.stderr
    assert len(builds) == 2
    assert contents(project.site) == before
    fill(project)
    shutil.rmtree(project.folder / "plans" / "hem" / "Å Ä", ignore_errors=True)
    (project.folder / "plans" / "hem" / "Å Ä.yaml").unlink(missing_ok=True)
    assert_as_whole(project)


def test_what_must_not_stand_on_a_site_is_told_by_a_whole_build(project: Project, builds: list[Path]) -> None:
    build()
    before = contents(project.site)
    project.plan(smallest(titel="x 1912121 21212", person={"namn": PEOPLE[1]}), "hem/p1")
    with patch("ipsite.personal_number.find", lambda text: iter([(1, 1)] if "1912121 21212" in text else [])):
        told = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert told.exit_code == 1
    assert contents(project.site) == before
    assert len(builds) == 2


def test_an_open_site_gets_a_new_map_when_a_page_comes(project: Project, builds: list[Path]) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{mode: open}") + "site_url: https://example.com/\n")
    for path in (project.folder / "plans").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace('"titel"', '"fiktiv": true, "titel"'), "utf-8")
    build()
    project.plan(smallest(titel="Annan", person={"namn": PEOPLE[1]}, mål=GOALS, fiktiv=True), "hem/p1")
    build()
    assert len(builds) == 1
    project.plan(smallest(titel="Ny", person={"namn": PEOPLE[1]}, mål=GOALS, fiktiv=True), "hem/ny")
    build()
    assert len(builds) == 2
    assert "hem/ny/" in (project.site / "sitemap.xml").read_text("utf-8")
    project.plan(smallest(titel="På riktigt", person={"namn": PEOPLE[1]}, mål=GOALS), "hem/p1")
    told = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert "IP060" in told.stderr


def test_a_file_that_stands_where_a_new_page_would_is_not_written_over(project: Project, builds: list[Path]) -> None:
    (project.folder / "docs" / "planer" / "hem" / "ny").mkdir(parents=True)
    project.page("x", "planer/hem/ny/index.html")
    build()
    project.plan(smallest(titel="Ny", person={"namn": PEOPLE[1]}), "hem/ny")
    CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert len(builds) == 2


# --- What may not be refreshed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [("--for", "dv"), ()], ids=["on the command line", "in mkdocs.yml"])
def test_a_copy_for_somebody_else_is_always_built_whole(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[Path]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    project = Project(tmp_path)
    reader = {"dv": {"namn": "Leila", "roll": "arbetsledare", "huvudman": "kommun"}}
    agreed = [{"till": "dv", "samtycke": {"datum": "2026-01-01"}}]
    secret = [{"mål": "HEMLIGT ord", "status": "pågår", "privat": True}]
    if not options:
        project.configure(CONFIG.replace("OPTIONS", "{reader: dv}"))

    def save(title: str) -> None:
        project.plan(smallest(titel=title, personer=reader, exemplar=agreed, mål=secret), "vera/plan")

    for number, title in enumerate(("Första", "Andra", "Tredje"), start=1):
        save(title)
        build(*options)
        assert len(builds) == number
        copy = contents(project.folder / "kopior" / "dv")
        assert any(title.encode() in content for content in copy.values())
        assert [name for name, content in copy.items() if b"HEMLIGT" in content] == []


def test_a_text_that_leads_to_a_plan_that_is_gone_is_told_of(project: Project, builds: list[Path]) -> None:
    project.page("# Start\n\n[En](planer/hem/p1/index.md)\n")
    build()
    a_title(project)
    build()
    assert len(builds) == 1
    (project.folder / "plans" / "hem" / "p1.yaml").unlink()
    told = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert told.exit_code == 1
    assert "hem/p1" in told.stderr


def test_a_page_of_docs_that_a_plan_stood_in_front_of_is_there_when_the_plan_is_gone(
    project: Project, builds: list[Path]
) -> None:
    (project.folder / "docs" / "planer" / "hem").mkdir(parents=True)
    project.page("# Textens egen\n", "planer/hem/annat.md")
    build()
    (project.folder / "plans" / "hem" / "p1.yaml").unlink()
    assert_as_whole(project)
    assert len(builds) == 3


def test_plans_are_searched_where_no_text_is(project: Project) -> None:
    project.page("---\nsearch: {exclude: true}\n---\n\n# Start\n")
    build()
    assert "Plan 1" in (project.site / "search" / "planer-0.js").read_text("utf-8")
    a_title(project)
    assert_as_whole(project)
    assert "Annan titel" in (project.site / "search" / "planer-0.js").read_text("utf-8")


def test_a_cluster_that_was_asked_for_once_is_not_asked_again(
    project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build("--executor", "dask://127.0.0.1:8786")  # no papers, so nobody is asked
    a_title(project)
    build()
    assert len(builds) == 2
    another_person(project)
    build()
    assert len(builds) == 2


@pytest.mark.parametrize("name", ["p1.yml", "p9.YAML", "p1.yaml.txt", "p9.Yml.TXT"])
def test_a_plan_whose_name_ends_wrongly_is_told_of(name: str, project: Project, builds: list[Path]) -> None:
    build()
    shutil.copy(project.folder / "plans" / "hem" / "p1.yaml", project.folder / "plans" / "hem" / name)
    told = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert told.exit_code == 1
    assert "IP014" in told.stderr
    (project.folder / "plans" / "hem" / name).unlink()
    assert_as_whole(project)


def test_a_document_beside_the_plans_keeps_nothing_from_being_made_by_itself(
    project: Project, builds: list[Path]
) -> None:
    (project.folder / "plans" / "hem" / "brev.docx").write_bytes(b"PK")
    build()
    another_person(project)
    build()
    assert len(builds) == 1
    assert_as_whole(project)


def test_a_plan_that_gets_the_end_of_another_sort_of_file_is_told_of(project: Project, builds: list[Path]) -> None:
    build()
    path = project.folder / "plans" / "hem" / "p1.yaml"
    path.rename(path.with_name("p1.yaml.txt"))
    told = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert told.exit_code == 1
    assert "plans/hem/p1.yaml.txt" in told.stderr


def test_a_part_of_the_plans_is_always_built_whole(project: Project, builds: list[Path]) -> None:
    other = [{"slag": "SIP", "gäller": "Vård", "plan": "hem/p1"}]
    project.plan(smallest(person={"namn": PEOPLE[0]}, andra_planer=other), "a/ip")
    project.configure(CONFIG.replace("OPTIONS", "{plans_dir: plans/a}"))
    build()
    (project.folder / "plans" / "hem" / "p1.yaml").unlink()
    told = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert told.exit_code == 1
    assert "IP041" in told.stderr


def test_what_is_taken_out_of_the_plans_is_not_left_in_the_reserve(project: Project) -> None:
    project.plan(smallest(titel="BORTTAGEN", person={"namn": PEOPLE[1]}), "hem/p1")
    build()
    project.plan(smallest(titel="Annat", person={"namn": PEOPLE[2]}), "hem/p2")
    build()
    (project.folder / "plans" / "hem" / "p1.yaml").unlink()
    project.page("# Start\n\nEn ändrad text.\n")
    build()
    left = contents(project.folder / ".ipsite").items()
    assert [name for name, content in left if b"BORTTAGEN" in content] == []


TOLD = "Det gick inte att göra bara det som har ändrats (IndexError), så allt byggs om."


def crash(*_: Any) -> None:
    raise IndexError("ett ord ur planen")


@pytest.mark.parametrize(
    "place", ["ipsite.rebuild.renewed.renewed", "ipsite.rebuild.refresh._shown", "ipsite.rebuild.record.insert"]
)
def test_a_bug_is_told_of_by_its_sort_alone_and_the_site_is_built_whole(
    place: str, project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    a_title(project)
    monkeypatch.setattr(place, crash)
    monkeypatch.setattr("ipsite.rebuild.built.remember", lambda *_: None)
    made = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert (made.exit_code, TOLD in made.stderr, "ett ord" in made.output) == (0, True, False)
    assert len(builds) == 2
    assert "Annan titel" in (project.site / "planer" / "hem" / "p1" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("fault", [OSError(28, "full"), sqlite3.OperationalError("disk I/O error"), state.Unsure()])
def test_what_is_no_bug_is_left_to_the_whole_build_without_a_word(
    fault: Exception, project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any) -> None:
        raise fault

    build()
    a_title(project)
    monkeypatch.setattr("ipsite.rebuild.renewed.renewed", breaks)
    made = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
    assert (made.exit_code, made.stderr) == (0, "")
    assert len(builds) == 2


@pytest.mark.parametrize("fault", [OSError(28, "full"), IndexError()])
def test_a_record_that_is_being_told_when_something_goes_wrong_is_as_it_was(
    fault: Exception, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = record.insert

    def breaks(connection: Any, table: str, rows: Any) -> None:
        original(connection, table, rows)
        if table == "sources":
            raise fault

    build()
    a_comment(project)  # changes no file of the site
    kept = next((project.folder / ".ipsite" / "built").glob("*.db"))
    before = told_in(kept)
    monkeypatch.setattr(record, "insert", breaks)
    monkeypatch.setattr("ipsite.mkdocs.site.build", lambda *_: built.Made(problem="fel"))
    assert CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"]).exit_code == 1
    assert told_in(kept) == before


def told_in(kept: Path) -> list[str]:
    with closing(sqlite3.connect(kept)) as connection:
        return list(connection.iterdump())


def no_links(*_: Any, **__: Any) -> None:
    raise PermissionError(1, "no links on this disk")


def no_exchange(*_: Any) -> None:
    raise exchange.NotPossible(38, "")


@pytest.mark.parametrize(
    ("place", "instead"), [("os.link", no_links), ("ipsite.rebuild.reserve.exchange", no_exchange)]
)
def test_a_disk_that_cannot_gets_a_whole_build(
    place: str, instead: Callable[..., None], project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    monkeypatch.setattr(place, instead)
    a_title(project)
    build()
    assert len(builds) == 2
    assert "Annan titel" in (project.site / "planer" / "hem" / "p1" / "index.html").read_text("utf-8")


def test_a_reserve_that_is_gone_is_made_anew(project: Project, builds: list[Path]) -> None:
    build()
    a_title(project)
    build()
    shutil.rmtree(project.folder / ".ipsite" / "reserv")
    another_person(project)
    assert_as_whole(project)


def test_a_reserve_that_somebody_has_been_in_is_seen(project: Project, builds: list[Path]) -> None:
    build()
    a_title(project)
    build()
    (aside,) = (project.folder / ".ipsite" / "reserv").iterdir()
    (aside / "404.html").unlink()
    another_person(project)
    assert_as_whole(project)
    assert len(builds) == 3


@pytest.mark.parametrize(
    "place", ["ipsite.publish.exchange", "ipsite.publish.discard", "ipsite.rebuild.built.remember"]
)
def test_ctrl_c_when_the_new_site_stands_does_not_say_that_all_is_as_it_was(
    place: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    a_title(project)
    module, _, name = place.rpartition(".")
    monkeypatch.setattr(place, pressed(getattr(importlib.import_module(module), name)))
    assert "Klart" in build("--no-cache")
    assert "Annan titel" in (project.site / "planer" / "hem" / "p1" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("step", ["change", "show", "follow"])
def test_ctrl_c_when_a_change_is_being_shown_waits_until_it_is(
    step: str, project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    a_title(project)
    monkeypatch.setattr(reserve, step, pressed(getattr(reserve, step)))
    assert "Klart" in build()
    assert len(builds) == 1
    assert_as_whole(project)


@pytest.mark.parametrize("step", ["change", "show", "follow"])
def test_a_fault_at_any_step_is_mended_by_a_whole_build(
    step: str, project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    a_title(project)
    build()
    original = getattr(reserve, step)

    def breaks(*arguments: Any) -> None:
        original(*arguments)
        raise OSError(28, "full")

    monkeypatch.setattr(reserve, step, breaks)
    another_person(project)
    assert_as_whole(project)
    monkeypatch.undo()
    os.chdir(project.folder)


class Edits(RuleBasedStateMachine):
    """Any edits in any order: what a refresh leaves is what a build from nothing would make."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="refresh-"))
        self.here = Path.cwd()
        os.chdir(self.folder)
        self.patches: list[Any] = [patch("ipsite.contents._handbook", tuple)]

    @initialize(many=st.sampled_from([4, 100]), circles=st.sampled_from([1, 32]))
    def begin(self, many: int, circles: int) -> None:
        self.patches += [patch.object(crowd, "MANY", many), patch.object(search_files, "CIRCLES", circles)]
        for one in self.patches:
            one.start()
        self.project = of_many(self.folder)

    @rule(
        name=st.sampled_from(["hem/p0", "hem/p1", "hem/ny", "a/sip", "person-person-b", "hem/p1/lattlast"]),
        person=st.sampled_from([*PEOPLE[:3], "person a", "Åsa"]),
        busy=st.booleans(),
        older=st.sampled_from([None, "hem/p3", "p0"]),
    )
    def save(self, name: str, person: str, busy: bool, older: str | None) -> None:
        more: dict[str, Any] = {"mål": GOALS} if busy else {}
        more |= {"ersätter": older} if older and older not in name else {}
        self.project.plan(smallest(titel=f"Titel {person}", person={"namn": person}, **more), name)

    @rule(name=st.sampled_from(["hem/p1", "hem/p2", "hem/ny", "person-person-b"]))
    def remove(self, name: str) -> None:
        (self.folder / "plans" / f"{name}.yaml").unlink(missing_ok=True)

    @rule()
    def meddle(self) -> None:
        path = self.folder / "site" / "planer" / "index.html"
        if path.exists():
            path.write_text("x", "utf-8")

    @invariant()
    def stands_as_built_from_nothing(self) -> None:
        if not hasattr(self, "project"):
            return
        made = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, "--jobs", "1"])
        shutil.rmtree(self.folder / "kall", ignore_errors=True)
        wish = built.Wish(self.folder / "kall", 1, False, date.fromisoformat(DAY), cache=False)
        problem = site.build(self.folder / "mkdocs.yml", wish).problem
        assert bool(problem) == (made.exit_code == 1)
        if not problem:
            assert contents(self.folder / "site") == contents(self.folder / "kall")

    def teardown(self) -> None:
        os.chdir(self.here)
        for one in self.patches:
            one.stop()
        shutil.rmtree(self.folder)


Edits.TestCase.settings = settings(max_examples=4, stateful_step_count=8, deadline=None)
TestEdits = Edits.TestCase


# --- Kept and read back --------------------------------------------------------------------------------------------

texts = st.text(max_size=5)


@given(st.builds(Brief, texts, texts, st.lists(texts).map(tuple), st.none() | st.dates(), *[st.booleans()] * 3))
def test_a_plan_in_brief_is_read_back_as_it_was_kept(one: Brief) -> None:
    assert parts.brief_from_json(parts.brief_as_json(one)) == one


@given(st.builds(Places, st.dictionaries(texts, texts), st.dictionaries(texts, texts), st.frozensets(texts)))
def test_places_are_read_back_as_they_were_kept(where: Places) -> None:
    assert parts.places_from_json(parts.places_as_json(where)) == where


def test_frames_are_read_back_as_they_were_kept() -> None:
    key = Key(2, "planer/", contents=True, description=False, twin="lattlast/", easy=False, own="x")
    frames = Frames({key: Frame(("a", "body", "ö"), ("b", "c"))}, ("planer/",), frozenset({"x"}), for_servers=False)
    assert parts.frames_from_json(json.loads(json.dumps(parts.frames_as_json(frames)))) == frames


def test_the_reserve_shares_no_file_that_is_written_in(tmp_path: Path) -> None:
    stands, aside = tmp_path / "site", tmp_path / "x" / "reserv"
    (stands / "a" / "b").mkdir(parents=True)
    (stands / "a" / "b" / "gammal.html").write_text("gammal")
    (stands / "kvar.html").write_text("kvar")
    (tmp_path / "x").mkdir()
    assert reserve.make(stands, aside)
    reserve.change(aside, {"kvar.html": b"ny", "c/ny.html": b"ny"}, ["a/b/gammal.html"])
    assert contents(stands) == {"a/b/gammal.html": b"gammal", "kvar.html": b"kvar"}
    reserve.show(stands, aside)
    assert contents(stands) == {"c/ny.html": b"ny", "kvar.html": b"ny"}
    assert contents(aside) == {"a/b/gammal.html": b"gammal", "kvar.html": b"kvar"}
    reserve.follow(stands, aside, ["kvar.html", "c/ny.html"], ["a/b/gammal.html"])
    assert contents(aside) == contents(stands)
    assert (aside / "kvar.html").stat().st_ino == (stands / "kvar.html").stat().st_ino
