"""Personnummer are found wherever they stand, and other numbers are left in peace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ipsite import check
from ipsite.personal_number import find
from ipsite.problem import Place

# Made from dates nobody can have as a personnummer of their own: the numbers 980–999 are set aside for tests.
TEST_NUMBER = "20170101" + "2393"


@pytest.mark.parametrize(
    "text",
    [
        TEST_NUMBER,
        TEST_NUMBER[2:],
        f"{TEST_NUMBER[:8]}-{TEST_NUMBER[8:]}",
        f"{TEST_NUMBER[2:8]}+{TEST_NUMBER[8:]}",
        f"{TEST_NUMBER[:8]} {TEST_NUMBER[8:]}",
        f"{TEST_NUMBER[:8]}\u2013{TEST_NUMBER[8:]}",  # as Word may write the hyphen
        f"{TEST_NUMBER[2:8]}\u00a0{TEST_NUMBER[8:]}",
        f"(pnr {TEST_NUMBER})",
        "201701612390",  # a samordningsnummer: the day has 60 added
    ],
)
def test_a_number_is_found(text: str) -> None:
    assert len(list(find(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        TEST_NUMBER[:-1] + "4",  # wrong check digit
        "20171301" + "2393",  # no such month
        "20170230" + "2393",  # no such day
        "0700-00 00 01",
        "2026-03-02 13:00",
        "9 § 10 LSS",
        "Dnr 2026-0612-1234",
        f"1{TEST_NUMBER}",  # part of a longer number
        "",
    ],
)
def test_other_numbers_are_left_in_peace(text: str) -> None:
    assert list(find(text)) == []


def test_the_place_is_where_the_number_begins() -> None:
    assert list(find(f"titel: Plan\nx: å {TEST_NUMBER}\n")) == [Place(2, 6)]


@pytest.mark.parametrize("line", ["# {}", "x_egen: Jag är {}.", "x_egen: '{}'", "{}: ett fält som inte finns"])
def test_a_number_anywhere_in_a_plan_is_an_error_that_does_not_repeat_it(line: str, tmp_path: Path) -> None:
    whole = (Path(__file__).parent / "rules" / "ip.yaml").read_text("utf-8")
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "a.yaml").write_text(f"{line.format(TEST_NUMBER)}\n{whole}".replace("  bild: bo.png\n", ""), "utf-8")
    problems = check(plans, date(2026, 11, 22))
    assert [(p.level, p.line) for p in problems if p.code == "IP601"] == [("fel", 1)]
    assert not [p for p in problems if TEST_NUMBER[-4:] in f"{p.message}{p.hint}{p.where}"]
