"""compare.py and `ipsite diff`: which files, which reader, and what is answered when it cannot be done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from site_helpers import PLANS, smallest, write_plan

from ipsite.cli import main

OLD, NEW = "alva/ip-2025", "alva/ip-2026"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(PLANS, tmp_path / "plans")
    write_plan(tmp_path / "plans" / "alva" / "ny.yaml", {**smallest(), "ersätter": "alva/ip-2052"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diff(*arguments: str) -> Result:
    made = CliRunner().invoke(main, ["diff", *arguments])
    assert made.exception is None or isinstance(made.exception, SystemExit), made.exception
    return made


def test_plans_are_named_by_id_by_file_or_by_the_newer_one_alone() -> None:
    told = diff(OLD, NEW)
    assert told.exit_code == 0
    assert "Nytt mål: Jag bor i en egen lägenhet." in told.output
    assert diff(NEW).output == told.output
    assert diff(f"plans/{OLD}.yaml", f"plans/{NEW}.yaml").output == told.output
    assert diff(f"plans/{NEW}.yaml").output == told.output


def test_a_file_that_lies_elsewhere_can_be_compared_though_it_refers_to_plans_that_do_not(project: Path) -> None:
    kept = project / "usb"
    kept.mkdir()
    shutil.copy(project / "plans" / f"{NEW}.yaml", kept / "gammal.yaml")
    told = diff("usb/gammal.yaml", NEW)
    assert told.exit_code == 0
    assert "Inget har ändrats" in told.output


def test_the_answer_for_programs_holds_the_same_sentences() -> None:
    told = json.loads(diff("--format", "json", NEW).output)
    assert (told["old"], told["new"]) == (OLD, NEW)
    lines = diff(NEW).output.splitlines()
    assert [f"- {sentence}" for group in told["groups"] for sentence in group["sentences"]] == [
        line for line in lines if line.startswith("- ")
    ]


def test_a_reader_is_told_what_the_reader_may_see_in_both(project: Path) -> None:
    for name in (OLD, NEW):
        path = project / "plans" / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").replace(", till_och_med: 2026-03-15}", "}"), "utf-8")
    told = diff(NEW, "--for", "god_man", "--today", "2026-11-22").output
    assert "Nytt mål: Jag bor i en egen lägenhet." in told
    assert "middag" not in told
    assert "Sofia" not in told
    mother = diff(NEW, "--for", "mamma", "--today", "2026-11-22").output
    assert "Nytt mål: Jag bor i en egen lägenhet." in mother
    assert "Servicebostaden" not in mother


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["alva/ip-2062"], "Planen alva/ip-2062 finns inte. Menade du «alva/ip-2026»?"),
        (["plans/alva/borta.yaml", NEW], "Planen plans/alva/borta.yaml finns inte."),
        ([OLD], "Skriv den gamla planen först: ipsite diff GAMMAL NY."),
        (["alva/ny"], "Planen alva/ny ersätter alva/ip-2052, som inte finns. Menade du «alva/ip-2026»?"),
        (["alva/ip-2062", "--plans", "borta"], "Planen alva/ip-2062 finns inte. Stå i mappen med mkdocs.yml."),
        (["goran/ip-2026", "goran/sip-2026"], "Planerna är av olika slag: individuell plan och sip."),
        (["goran/ip-2026", NEW], "Planerna är till för olika personer."),
        ([NEW, "--for", "mama"], "Menade du «mamma»?"),
        ([NEW, "--for", "mamma", "--today", "2030-01-01"], "har inte exemplar av båda planerna i dag"),
    ],
)
def test_what_cannot_be_compared_is_said_in_words(arguments: list[str], answer: str) -> None:
    made = diff(*arguments)
    assert made.exit_code == 1
    assert answer in made.stderr
    assert made.stdout == ""


def test_the_plan_itself_is_not_taken_for_an_old_one_that_is_gone(project: Path) -> None:
    (project / "plans" / f"{OLD}.yaml").unlink()
    told = diff(NEW).stderr
    assert told.startswith(f"Planen {NEW} ersätter {OLD}, som inte finns.")
    assert f"Menade du «{NEW}»" not in told


def test_a_plan_with_faults_is_answered_with_them(project: Path) -> None:
    write_plan(project / "plans" / "alva" / "fel.yaml", {**smallest(), "status": "kanske"})
    made = diff(OLD, "alva/fel")
    assert made.exit_code == 1
    assert "plans/alva/fel.yaml:" in made.stderr
    assert "status" in made.stderr
    assert diff("a", "b", "c").exit_code == 2
    assert diff().exit_code == 2


def test_the_folder_of_plans_may_be_called_anything(project: Path) -> None:
    (project / "plans").rename(project / "planer")
    told = diff(NEW, "--plans", "planer")
    assert told.exit_code == 0, told.stderr
    assert f"({NEW})" in told.stdout
    assert "(alva/ip-2025)" in told.stdout
