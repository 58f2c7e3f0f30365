"""scaffold.py with `ipsite init` and `ipsite new`: a project that builds at once, plans that check at once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from plan_samples import pressed, run, small_plan
from site_helpers import contents, smallest

from ipsite import scaffold, schema, write
from ipsite.checking import check_paths

DAY = "2026-11-22"
TODAY = date(2026, 11, 22)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert run("init", "mina-planer", "--today", DAY).exit_code == 0
    monkeypatch.chdir(tmp_path / "mina-planer")
    return tmp_path / "mina-planer"


def test_a_new_project_builds_at_once(project: Path) -> None:
    made = run("build", "--today", DAY)
    assert made.exit_code == 0, made.stderr
    assert "5 PDF-filer." in made.stdout  # the plan, in lättläst, the map, the evaluation, and who does what
    assert (project / "site" / "planer" / "min-plan" / "ip-2026" / "plan.pdf").is_file()


def test_a_new_project_holds_what_is_needed_and_no_more(project: Path) -> None:
    schemas = [f"schema/{path.name}" for path in schema.directory().glob("*.schema.json")]
    wanted = ["mkdocs.yml", "README.md", ".gitignore", "docs/index.md", "plans/min-plan/ip-2026.yaml",
              "plans/min-plan/bilder.txt", *schemas]  # fmt: skip
    assert sorted(contents(project)) == sorted(wanted)
    assert "mode: private" in (project / "mkdocs.yml").read_text("utf-8")
    ignored = (project / ".gitignore").read_text("utf-8").split()
    assert {"/site/", "/kopior/", "/papper/", "/.ipsite/"} <= set(ignored)


def test_the_first_plan_is_a_real_draft_without_errors_whose_schema_the_editor_finds(project: Path) -> None:
    checked = check_paths([project / "plans"], TODAY)
    assert not checked.has_errors
    (plan,) = checked.plans
    assert (plan.status, plan.root.flag("fiktiv")) == ("utkast", False)
    text = (project / "plans" / "min-plan" / "ip-2026.yaml").read_text("utf-8")
    (line,) = [line for line in text.splitlines() if "$schema=" in line]
    assert (project / "plans" / "min-plan" / line.partition("=")[2]).is_file()


@pytest.mark.parametrize("arguments", [("init", "x"), ("new", "ny")])
def test_ctrl_c_while_files_are_made_comes_too_late(
    arguments: tuple[str, ...], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scaffold, "new_file", pressed(write.new_file))
    made = run(*arguments, "--today", DAY)
    assert (made.exit_code, "Avbrutet" in made.stderr) == (0, False)
    assert (project / "x" / "mkdocs.yml").is_file() or (project / "plans" / "ny.yaml").is_file()


def test_the_next_steps_are_told_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("init", "x").stdout
    assert [line[:2] for line in told.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3.", "4.", "5."]


def test_the_way_to_a_folder_can_be_copied_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("init", "hemma hos Åsa", "--today", DAY).stdout
    assert "1. Gå till mappen: cd 'hemma hos Åsa'\n" in told
    assert "hemma hos Åsa." not in told


@pytest.mark.parametrize("found", [True, False])
def test_the_whole_way_to_a_program_that_the_terminal_does_not_find_can_be_copied(
    found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "i datorn" / "ipsite"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["i datorn/ipsite", "init", "x"])
    monkeypatch.setenv("PATH", str(program.parent if found else tmp_path))
    last = run("init", "x").stdout.splitlines()[-1]
    assert last.endswith(f"hela vägen i stället för ipsite: '{program}'") is not found


def test_who_stands_in_the_folder_is_not_told_to_go_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("init", ".", "--today", DAY).stdout
    assert told.startswith("Klart. Dina planer ligger i den här mappen.\n")
    assert "1. Skriv i planen: plans/min-plan/ip-2026.yaml\n" in told
    assert "cd" not in told


@pytest.mark.parametrize("inside", ["fil.txt", ".git/config", "plans/a.yaml"])
def test_a_folder_that_is_not_empty_is_left_alone(inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write.new_file(tmp_path / "x" / inside, b"mitt")
    made = run("init", "x")
    assert made.exit_code == 1
    assert "är inte tom" in made.stderr
    assert contents(tmp_path) == {f"x/{inside}": b"mitt"}


def test_an_empty_folder_may_be_filled_and_a_file_may_not(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    scaffold.init(tmp_path / "tom", TODAY)
    assert (tmp_path / "tom" / "mkdocs.yml").is_file()
    (tmp_path / "fil").touch()
    with pytest.raises(scaffold.NotMade, match="inte en mapp"):
        scaffold.init(tmp_path / "fil", TODAY)


@pytest.mark.parametrize("there", [True, False], ids=["empty folder", "no folder"])
def test_a_disk_that_gets_full_leaves_nothing(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "x"
    if there:
        folder.mkdir()
    calls = 0

    def full(path: Path, content: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls > 4:
            raise OSError(28, "full")
        write.new_file(path, content)

    monkeypatch.setattr(scaffold, "new_file", full)
    with pytest.raises(scaffold.NotMade, match="disken är full"):
        scaffold.init(folder, TODAY)
    assert folder.exists() == there
    assert contents(tmp_path) == ({"x": b""} if there else {})


@pytest.mark.parametrize("kind", list(schema.KINDS))
def test_a_new_plan_of_each_kind_has_no_errors(kind: str, project: Path) -> None:
    made = run("new", "plan-b/nasta", "--kind", kind, "--today", DAY)
    assert made.exit_code == 0, made.stderr
    assert "plans/plan-b/nasta.yaml" in made.stdout
    assert run("check", "plans", "--today", DAY).exit_code == 0
    assert f"$schema=../../schema/{schema.KINDS[kind]}" in (project / "plans/plan-b/nasta.yaml").read_text("utf-8")


def test_a_plan_that_is_there_is_never_changed(project: Path) -> None:
    before = contents(project)
    made = run("new", "plans/min-plan/ip-2026.yaml")
    assert made.exit_code == 1
    assert "finns redan" in made.stderr
    assert contents(project) == before


@pytest.mark.parametrize("name", ["../ute", "/tmp/ute", "Min plan", "åka", "a/../../b", ""])
def test_a_name_that_is_none_is_told_of_with_one_that_is(name: str, project: Path) -> None:
    before = contents(project.parent)
    made = run("new", name)
    assert made.exit_code == 1
    assert "Skriv till exempel «" in made.stderr
    assert contents(project.parent) == before


@pytest.mark.parametrize(
    ("name", "better"), [("Anna Ek", "plan-a/ip-2027"), ("IP 2028", "ip-2028"), ("Bandet/IP 2028", "bandet/ip-2028")]
)
def test_a_name_that_may_be_a_persons_is_not_shown_as_one_for_a_plan(name: str, better: str, project: Path) -> None:
    assert run("new", name).stderr.strip().endswith(f"Skriv inte personens namn i det. Skriv till exempel «{better}».")


def test_a_link_out_of_the_plans_folder_is_not_followed(project: Path) -> None:
    (project.parent / "ute").mkdir()
    (project / "plans" / "ut").symlink_to(project.parent / "ute")
    made = run("new", "ut/plan")
    assert (made.exit_code, "utanför mappen plans" in made.stderr) == (1, True)
    assert list((project.parent / "ute").iterdir()) == []


def test_last_years_plan_is_carried_over(project: Path) -> None:
    made = run("new", "min-plan/ip-2027", "--from", "min-plan/ip-2026", "--today", "2027-01-10")
    assert made.exit_code == 0, made.stderr
    text = (project / "plans/min-plan/ip-2027.yaml").read_text("utf-8")
    assert "ersätter: min-plan/ip-2026" in text
    assert "skriven: 2027-01-10" in text
    assert run("check", "plans", "--today", "2027-01-10").exit_code == 0


def test_what_to_do_first_with_a_plan_carried_over_is_true_of_it(project: Path) -> None:
    made = run("new", "min-plan/ip-2027", "--from", "min-plan/ip-2026")
    assert "1. Öppna planen och gå igenom raderna med # i den." in made.stdout
    (project / "plans" / "kort.yaml").write_text(yaml.safe_dump(smallest(), allow_unicode=True), "utf-8")
    made = run("new", "kort-2027", "--from", "kort")
    assert "#" not in (project / "plans" / "kort-2027.yaml").read_text("utf-8")
    assert "1. Öppna planen och ändra det som inte stämmer längre." in made.stdout


@pytest.mark.parametrize("name", ["min-plan/ip-2027.yaml", "plans/min-plan/ip-2027.yml"])
def test_the_end_of_a_name_is_written_or_left_out(name: str, project: Path) -> None:
    assert run("new", name, "--from", "min-plan/ip-2026.yml").exit_code == 0
    assert (project / "plans" / "min-plan" / "ip-2027.yaml").is_file()


def test_carrying_over_to_another_depth_mends_the_way_to_the_schema(project: Path) -> None:
    run("new", "ip-2027", "--from", "min-plan/ip-2026")
    assert "$schema=../schema/individuell" in (project / "plans" / "ip-2027.yaml").read_text("utf-8")


def test_a_plan_is_begun_where_the_settings_say_that_the_plans_are(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("mode: private", "plans_dir: mitt/planer\n      mode: private"), "utf-8"
    )
    (project / "mitt").mkdir()
    (project / "plans").rename(project / "mitt" / "planer")
    for name in ("ny/ip-2027", "mitt/planer/ny/ip-2028"):
        assert run("new", name, "--from", "min-plan/ip-2026").exit_code == 0
        text = (project / "mitt" / "planer" / "ny" / f"{name[-7:]}.yaml").read_text("utf-8")
        assert "$schema=../../../schema/individuell-plan.schema.json" in text
    assert "Planen finns-inte finns inte i mappen mitt/planer." in run("new", "x", "--from", "finns-inte").stderr


def test_an_old_plan_that_is_not_there_is_told_of(project: Path) -> None:
    made = run("new", "ny", "--from", "min-plan/ip-2062")
    assert (made.exit_code, "Menade du «min-plan/ip-2026»?" in made.stderr) == (1, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("titel: [", "plans/gammal.yaml går inte att läsa. Kontrollera den med «ipsite check» först."),
        ("slag: sip\n", "Den gamla planen har fel. Kontrollera den med «ipsite check» först."),
        (None, "Den gamla planen är skriven med klamrar runt allt. Börja med en ny plan i stället."),
    ],
    ids=["not YAML", "not right", "in braces"],
)
def test_an_old_plan_that_cannot_be_carried_over_is_told_of(text: str | None, words: str, project: Path) -> None:
    (project / "plans" / "gammal.yaml").write_text(text or json.dumps(small_plan(), ensure_ascii=False), "utf-8")
    before = contents(project)
    made = run("new", "ny", "--from", "gammal")
    assert (made.exit_code, words in made.stderr) == (1, True), made.stderr
    assert contents(project) == before


def test_outside_a_project_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("new", "ip-2027")
    assert (made.exit_code, "ipsite init" in made.stderr) == (1, True)
    assert contents(tmp_path) == {}


def test_questions_are_asked_one_at_a_time_and_may_be_left(project: Path) -> None:
    from click.testing import CliRunner

    from ipsite.cli import main

    made = CliRunner().invoke(main, ["new", "fragad", "--ask"], input="Vera Vall\nVera\n\nJag vill: flytta\n\n\n")
    assert made.exit_code == 0, made.output
    asked = [line.partition(".")[0] for line in made.output.splitlines() if line.startswith("Fråga ")]
    assert asked == [f"Fråga {number} av 6" for number in range(1, 7)]
    (plan,) = (plan for plan in check_paths([project / "plans"], TODAY).plans if plan.id == "fragad")
    assert (plan.called, plan.root.text("anledning")) == ("Vera", "Jag vill: flytta")
    assert plan.title.startswith("Fyll i")


@pytest.mark.parametrize("name", ["min-plan/Kims plan", "min-plan/ip-2026"])
def test_nothing_is_asked_for_a_name_that_no_new_plan_can_have(name: str, project: Path) -> None:
    told = run("new", name, "--ask")
    assert told.exit_code == 1
    assert "Fråga" not in told.output


def test_asking_and_carrying_over_at_once_is_a_mistake(project: Path) -> None:
    assert run("new", "x", "--from", "min-plan/ip-2026", "--ask").exit_code == 2
