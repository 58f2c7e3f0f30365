"""Signs that no paper could show are told of when plans are checked; all others can be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ipsite import check
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
