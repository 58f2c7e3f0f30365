"""built.py, record.py, state.py: a site that stands is not built again, and whatever has changed, it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
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
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from PIL import Image
from site_helpers import CONFIG, Project, contents, smallest

from ipsite import state
from ipsite.cli import main
from ipsite.mkdocs import site
from ipsite.rebuild import built

DAY = "2026-11-22"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    made = Project(tmp_path)
    made.plan(smallest(titel="Flytta", person={"namn": "Vera Vall", "bild": "bild.png"}))
    made.plan(smallest(titel="Arbeta"), "vera/annan")
    Image.new("RGB", (20, 10)).save(tmp_path / "plans" / "vera" / "bild.png")
    return made


def build(*options: str) -> str:
    made = CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY, *options])
    assert made.exit_code == 0, made.output
    return made.stdout


def test_a_site_that_stands_is_told_of_and_not_touched(project: Project, builds: list[Path]) -> None:
    first = build()
    before = {path: path.stat() for path in project.site.rglob("*")}
    assert build() == first
    assert {path: path.stat() for path in project.site.rglob("*")} == before
    assert len(builds) == 1


def test_a_look_at_a_site_that_stands_loads_no_mkdocs(project: Project) -> None:
    build()
    code = "import sys; sys.argv = ['ipsite', 'build', '--no-pdf', '--today', '2026-11-22']\n"
    code += "from ipsite.cli import main\ntry:\n    main()\nfinally:\n    print('mkdocs' in sys.modules)"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert made.stdout.startswith("Klart: ")
    assert made.stdout.endswith("False\n")


def a_plan(project: Project) -> None:
    project.plan(smallest(titel="Flytta nu"))


def a_plan_as_long_and_as_old(project: Project) -> None:
    path = project.folder / "plans" / "vera" / "annan.yaml"
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("Arbeta", "Abreta"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def a_plan_that_is_edited_in_emacs(project: Project) -> None:
    (project.folder / "plans" / "vera" / ".#plan.yaml").symlink_to("någon@dator.1234:1795800000")
    a_plan(project)


def a_new_plan(project: Project) -> None:
    project.plan(smallest(), "vera/ny")


def a_plan_less(project: Project) -> None:
    (project.folder / "plans" / "vera" / "annan.yaml").unlink()


def another_name(project: Project) -> None:
    (project.folder / "plans" / "vera" / "annan.yaml").rename(project.folder / "plans" / "vera" / "tredje.yaml")


def a_picture(project: Project) -> None:
    Image.new("RGB", (30, 10)).save(project.folder / "plans" / "vera" / "bild.png")


def a_page(project: Project) -> None:
    project.page("# Start\n\nHejsan.\n")


def a_new_page(project: Project) -> None:
    project.page("# Två\n", "två.md")
    project.configure(CONFIG.replace("nav: [Start: index.md,", "nav: [Start: index.md, Två: två.md,"))


def the_settings(project: Project) -> None:
    project.configure(CONFIG.replace("site_name: Planer", "site_name: Andra planer"))


def a_page_of_the_site(project: Project) -> None:
    path = project.site / "planer" / "vera" / "plan" / "index.html"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Flytta", b"Fltyta"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def a_file_in_the_site(project: Project) -> None:
    (project.site / "extra.txt").write_text("x", "utf-8")


def a_file_gone_from_the_site(project: Project) -> None:
    (project.site / "planer" / "index.html").unlink()


def no_site(project: Project) -> None:
    shutil.rmtree(project.site)


def no_record(project: Project) -> None:
    shutil.rmtree(project.folder / ".ipsite")


def record_of(project: Project) -> Path:
    (record,) = (project.folder / ".ipsite" / "built").iterdir()
    return record


def a_record_cut_short(project: Project) -> None:
    record_of(project).write_bytes(record_of(project).read_bytes()[:40])


def a_record_with_a_hole(project: Project) -> None:
    content = bytearray(record_of(project).read_bytes())
    content[5000:9000] = bytes(4000)
    record_of(project).write_bytes(content)


def a_record_that_is_text(project: Project) -> None:
    record_of(project).write_text("{}", "utf-8")


def a_record_of_another_shape(project: Project) -> None:
    record_of(project).unlink()
    with closing(sqlite3.connect(record_of_another(project))) as connection:
        connection.executescript("PRAGMA user_version = 2; CREATE TABLE about (key TEXT, value TEXT);")


def a_record_of_another_kind(project: Project) -> None:
    with closing(sqlite3.connect(record_of(project))) as connection:
        connection.execute("PRAGMA user_version = 1")


def record_of_another(project: Project) -> Path:
    return built.place_of(project.config, built.Wish(papers=False))


PLANS_THAT_CHANGE = [a_plan, a_plan_as_long_and_as_old, a_new_plan, a_plan_less, another_name, a_picture]
PLANS_THAT_CHANGE.append(a_plan_that_is_edited_in_emacs)
CHANGES = [
    *(a_page, a_new_page, the_settings, a_page_of_the_site, a_file_in_the_site, a_file_gone_from_the_site, no_site),
    *(no_record, a_record_cut_short, a_record_with_a_hole, a_record_that_is_text, a_record_of_another_shape),
    a_record_of_another_kind,
]


@pytest.mark.parametrize("change", [*PLANS_THAT_CHANGE, *CHANGES])
def test_what_has_changed_is_built(change: Callable[[Project], None], project: Project, builds: list[Path]) -> None:
    build()
    change(project)
    build()
    assert len(builds) == (1 if change in PLANS_THAT_CHANGE else 2)  # what follows from plans needs no MkDocs
    build()
    assert len(builds) == (1 if change in PLANS_THAT_CHANGE else 2)
    build("--site-dir", "kall")
    assert contents(project.site) == contents(project.folder / "kall")


@pytest.mark.parametrize(
    "options",
    [("--today", "2026-11-23"), ("--site-dir", "annan"), ("--for", "jag själv")],
    ids=["day", "place", "reader"],
)
def test_another_wish_is_built(options: tuple[str, ...], project: Project, builds: list[Path]) -> None:
    build()
    build(*options)
    assert len(builds) == 2
    build(*options)
    assert len(builds) == 2


def test_another_program_builds_again(
    project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any
) -> None:
    build()
    package = tmp_path_factory.mktemp("package")
    (package / "page.py").write_text("x", "utf-8")
    monkeypatch.setattr(built, "_PACKAGE", package)
    build()
    build()
    assert len(builds) == 2


def test_todays_site_is_not_tomorrows(project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for day, asked in ((1795305600, 1), (1795305600, 1), (1795305600 + 86400, 2)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(day))
        assert CliRunner().invoke(main, ["build", "--no-pdf"]).exit_code == 0
        assert len(builds) == asked
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "igår")
    assert "SOURCE_DATE_EPOCH ska vara" in CliRunner().invoke(main, ["build", "--no-pdf"]).stderr


@pytest.mark.parametrize(
    "text",
    [
        CONFIG.replace("  - ipsite: OPTIONS\n", "  - ipsite: OPTIONS\n  - tags\n").replace("- tags", "- material/tags"),
        CONFIG + "markdown_extensions: [pymdownx.snippets]\n",
        CONFIG + "hooks: [krok.py]\n",
        CONFIG.replace("site_name: Planer", 'site_name: !ENV [NAMN, "Planer"]'),
    ],
    ids=["another plugin", "an extension that reads files", "a hook", "the environment"],
)
def test_what_may_read_more_is_built_every_time(text: str, project: Project, builds: list[Path]) -> None:
    (project.folder / "krok.py").write_text("", "utf-8")
    project.configure(text)
    build()
    build()
    assert len(builds) == 2
    assert not (project.folder / ".ipsite").exists()


def test_a_link_that_may_lead_anywhere_is_followed_every_time(
    project: Project, builds: list[Path], tmp_path_factory: Any
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "sida.txt"
    elsewhere.write_text("x", "utf-8")
    (project.folder / "docs" / "sida.txt").symlink_to(elsewhere)
    build()
    build()
    assert len(builds) == 2


def test_a_plan_that_is_saved_while_a_site_is_built_is_built_next_time(
    project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    remember = built.remember

    def late(*arguments: Any) -> None:
        a_plan(project)
        remember(*arguments)

    monkeypatch.setattr(built, "remember", late)
    build()
    monkeypatch.setattr(built, "remember", remember)
    build()
    assert len(builds) == 1
    assert "Flytta nu" in (project.site / "planer" / "index.html").read_text("utf-8")


def test_a_build_that_failed_is_not_remembered(project: Project, builds: list[Path]) -> None:
    build()
    project.plan({"slag": "sip"})
    assert CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY]).exit_code == 1
    assert CliRunner().invoke(main, ["build", "--no-pdf", "--today", DAY]).exit_code == 1
    assert len(builds) == 3


def test_what_is_kept_is_for_its_owner(project: Project) -> None:
    build()
    a_plan(project)
    build()
    folder = project.folder / ".ipsite"
    inside = [folder, folder / "built", folder / "reserv"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in inside] == [0o700] * 3
    assert stat.S_IMODE(record_of(project).stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_in_is_no_fault(project: Project, builds: list[Path]) -> None:
    (project.folder / ".ipsite").write_text("en fil", "utf-8")
    build()
    build()
    assert len(builds) == 2
    assert (project.folder / ".ipsite").read_text("utf-8") == "en fil"


def test_nothing_is_written_through_a_link(project: Project, tmp_path_factory: Any) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (project.folder / ".ipsite").symlink_to(elsewhere)
    build()
    assert list(elsewhere.iterdir()) == []


# --- How files are -------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "b/å/f", "b/å/g/h", "e/f/g"]), st.binary(max_size=3)))
def test_the_parts_of_a_folder_are_together_the_whole_of_it(held: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        for path, content in held.items():
            Path(name, path).parent.mkdir(parents=True, exist_ok=True)
            Path(name, path).write_bytes(content)
        whole = sorted(state.files(name))
        assert {Path(path).relative_to(name).as_posix() for path, _ in whole} == set(held)
        for parts in (1, 2, 3):
            assert sorted(one for part in range(parts) for one in state.files(name, part, parts)) == whole


def test_what_is_seen_beside_other_work_is_what_is_seen_here(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number % 3}" / f"{number}").mkdir(parents=True)
        (tmp_path / f"{number % 3}" / f"{number}" / "å.txt").write_text("x" * number)
    with state.beside(str(tmp_path)) as now:
        assert now() == state.of_all([str(tmp_path)])
    with state.beside(str(tmp_path)):
        pass  # nobody asks, and nobody is left


def test_what_cannot_be_told_for_certain_is_not_told(tmp_path: Path) -> None:
    with state.beside(str(tmp_path / "saknas")) as now:
        assert now() is None
    (tmp_path / "länk").symlink_to(tmp_path / "ingenstans")
    with state.beside(str(tmp_path)) as now:
        assert now() == state.of_all([str(tmp_path)])  # it leads nowhere, so far
    (tmp_path / "ingenstans").mkdir()
    with state.beside(str(tmp_path)) as now:
        assert now() is None
    with pytest.raises(state.Unsure):
        list(state.files(str(tmp_path / "länk")))


@pytest.mark.parametrize("change", [lambda _: None, a_plan], ids=["nothing", "a plan"])
def test_a_site_of_many_files_is_looked_at_in_the_same_way(
    change: Callable[[Project], None], project: Project, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    monkeypatch.setattr(state, "MANY", 1)
    change(project)
    build()
    assert len(builds) == 1
    change(project)
    (project.site / "404.html").write_text("borta", "utf-8")
    build()
    assert len(builds) == 2
    assert "borta" not in (project.site / "404.html").read_text("utf-8")


class Edits(RuleBasedStateMachine):
    """Any edits in any order: what `ipsite build` leaves is what a build from nothing would make."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="edits-"))
        self.here = Path.cwd()
        self.without_handbook = patch("ipsite.contents._handbook", tuple)
        self.without_handbook.start()
        os.chdir(self.folder)
        self.day = DAY
        self.project = Project(self.folder)
        self.project.plan(smallest(titel="Start"), "a/ett")

    @rule(name=st.sampled_from(["a/ett", "a/annan", "b/ett"]), title=st.sampled_from(["Ett", "Två"]))
    def save_a_plan(self, name: str, title: str) -> None:
        self.project.plan(smallest(titel=title), name)

    @rule(name=st.sampled_from(["a/ett", "b/ett"]))
    def remove_a_plan(self, name: str) -> None:
        (self.folder / "plans" / f"{name}.yaml").unlink(missing_ok=True)

    @rule(text=st.sampled_from(["Hej.", "Hejsan."]))
    def save_a_page(self, text: str) -> None:
        self.project.page(f"# Start\n\n{text}\n")

    @rule(day=st.sampled_from([DAY, "2026-11-23"]))
    def wait(self, day: str) -> None:
        self.day = day

    @rule(name=st.sampled_from(["index.html", "planer/index.html"]))
    def meddle_with_the_site(self, name: str) -> None:
        if (self.folder / "site" / name).exists():
            (self.folder / "site" / name).write_text("x", "utf-8")

    @rule(open_site=st.booleans())
    def change_the_settings(self, open_site: bool) -> None:
        self.project.configure(CONFIG.replace("site_name: Planer", f"site_name: {'Öppna' if open_site else 'Mina'}"))

    @invariant()
    def stands_as_built_from_nothing(self) -> None:
        build("--today", self.day)
        shutil.rmtree(self.folder / "kall", ignore_errors=True)
        made = site.build(self.folder / "mkdocs.yml", self._cold())
        assert made.problem == ""
        assert contents(self.folder / "site") == contents(self.folder / "kall")

    def _cold(self) -> built.Wish:
        return built.Wish(site_dir=self.folder / "kall", papers=False, today=date.fromisoformat(self.day))

    def teardown(self) -> None:
        os.chdir(self.here)
        self.without_handbook.stop()
        shutil.rmtree(self.folder)


Edits.TestCase.settings = settings(max_examples=2, stateful_step_count=6, deadline=None)
TestEdits = Edits.TestCase
