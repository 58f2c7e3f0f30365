"""Signs that no paper could show are told of when plans are checked; all others can be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from site_helpers import TODAY, smallest, write_plan

from ipsite import check, signs
from ipsite.checking import check_paths
from ipsite.problem import Place
from ipsite.signs import missing

WHOLE = (Path(__file__).parent / "rules" / "ip.yaml").read_text("utf-8").replace("  bild: bo.png\n", "")


@pytest.mark.parametrize(
    "text", ["Åse Čapek, Łódź", "Ζήνων и Пётр", "→ ☐ ☑ ★", "🎸 👍🏽 👩‍🦽 ❤️", "«citat» – ”så” …", "مرحبا", "en\trad\n"]
)
def test_letters_and_signs_that_people_use_are_there(text: str) -> None:
    assert list(missing(text)) == []


def test_a_sign_that_no_typeface_has_is_told_of_once_with_its_place() -> None:
    assert list(missing("abc\nå 漢 字 漢")) == [("漢", Place(2, 3)), ("字", Place(2, 5))]


def test_the_check_names_the_sign_and_the_place(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.yaml").write_text(WHOLE.replace("titel: Börja spela i band", "titel: Börja 漢"), "utf-8")
    found = [problem for problem in check(folder, date(2026, 11, 22)) if problem.code == "IP018"]
    assert [(problem.level, problem.line, problem.column) for problem in found] == [("fel", 3, 14)]
    assert "U+6F22" in found[0].message


def test_a_comment_may_hold_any_sign(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.yaml").write_text(f"# 漢\n{WHOLE}", "utf-8")
    assert [problem.code for problem in check(folder, date(2026, 11, 22))] == []


@pytest.mark.parametrize(
    ("text", "signs_found"),
    [
        ("a\x00b\x1bc", ["\x00", "\x1b"]),
        ("\x85\u2028\ufffe", ["\x85", "\u2028", "\ufffe"]),
        ("\U00013000", ["\U00013000"]),
        ("å\r\n\té\u200d\u202e☃"[:-1], []),
    ],
)
def test_signs_that_nothing_shows_are_found_when_they_came_in_by_escapes(text: str, signs_found: list[str]) -> None:
    assert list(signs.escaped(text, "")) == signs_found
    assert list(signs.escaped(text, text)) == []  # what stands in the file is found there, with its line


def test_an_escape_for_no_sign_is_a_problem_with_a_line(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "plans" / "a.yaml", smallest(titel="Titel", anledning="rött\x1b[31m"))
    (problem,) = [found for found in check_paths([path], TODAY).problems if found.code == "IP018"]
    line = path.read_text("utf-8").split("\n")[problem.line - 1]
    assert "anledning" in line
    assert "U+001B" in problem.message
    assert "\x1b" not in str(problem)
