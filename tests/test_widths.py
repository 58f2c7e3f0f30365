"""widths.py: words are as wide as the letters say, and break into lines that fit."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_helpers import ROOT

from ipsite import dates
from ipsite.widths import KEPT, USUAL, advance, drawn, lines, width

TEXTS = st.text(st.sampled_from("abcåäöÅÄÖimWW  -/ł\u0301漢😀"), max_size=300)


def test_the_width_of_a_word_is_that_of_its_letters_in_the_font_that_is_shipped() -> None:
    from fontTools.ttLib import TTFont

    path = ROOT / "ipsite/theme/assets/ipsite/fonts/atkinson-hyperlegible-next-latin-700-normal.woff2"
    with TTFont(path) as font:
        names, wide = font.getBestCmap(), font["hmtx"]
        sum_of_letters = sum(wide[names[ord(letter)]][0] for letter in "Åsa") / font["head"].unitsPerEm
    assert width("Åsa", 10, bold=True) == pytest.approx(sum_of_letters * 10, rel=0.03)
    assert width("Åsa", 10) < width("Åsa", 10, bold=True)


def test_the_widths_that_are_kept_are_those_of_the_typefaces(request: pytest.FixtureRequest) -> None:
    """Write anew with --update-golden when a typeface is another."""
    made = {str(weight): {letter: advance(letter, weight) for letter in USUAL} for weight in (400, 700)}
    if request.config.getoption("--update-golden"):
        KEPT.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", "utf-8")
    assert json.loads(KEPT.read_text("utf-8")) == made


def test_letters_that_only_another_font_has_are_measured_too() -> None:
    assert width("łł", 10) == pytest.approx(width("ll", 10), rel=0.5)
    assert width("漢", 10) >= 10
    assert width("■", 10) > 5


@given(TEXTS, st.floats(20, 300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: float) -> None:
    made = lines(text, 12, room)
    assert "".join("".join(made).split()) == "".join(text.split())
    assert [line for line in made if width(line, 12) > room and len(line.rstrip("\u0301")) > 1] == []


@given(st.lists(st.sampled_from(["bo", "egen", "lägenhet", "kaffe"]), min_size=1, max_size=20))
def test_words_that_fit_stay_whole(words: list[str]) -> None:
    assert " ".join(lines(" ".join(words), 12, 70)).split() == words


def test_a_word_that_is_too_long_breaks_after_its_dash() -> None:
    assert lines("genomförande-planering", 12, 90)[0] == "genomförande-"
    assert lines("mariabergmannen@region.example.com", 12, 120)[0] == "mariabergmannen@"


@pytest.mark.parametrize(("shape", "room"), [("actions", 686), ("duties", 736)], ids=["in a goal", "on att göra"])
def test_the_column_for_days_has_room_for_the_longest_on_a_wide_screen(shape: str, room: int) -> None:
    """The room is that of the table in a window of 1,280 pixels; words there are 18 pixels, with 8 on each side."""
    styles = (ROOT / "ipsite" / "theme" / "assets" / "ipsite" / "plan.css").read_text("utf-8")
    found = re.search(rf"\.ip-plan-table--{shape} thead :nth-child\(3\)[^{{]*{{ width: ([\d.]+)%; }}", styles)
    assert found
    longest = max(drawn(dates.day(date(2026, month, 30)), 18) for month in (1, *range(3, 13)))
    assert longest + 16 < room * float(found[1]) / 100
