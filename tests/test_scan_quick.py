"""The ways in which scan.py and personal_number.py save time find what the plain ones do, in whatever is written."""

from __future__ import annotations

import re
import sys
import unicodedata
from html.entities import html5

from hypothesis import example, given
from hypothesis import strategies as st

from ipsite import personal_number, scan
from ipsite.readable import texts

PIECES = [
    *("<", ">", '"', "'", "=", " ", "\n", "//", "/", "\\", ";", ",", "(", ")", "`", ".", "&", "#"),
    *("<img", "<a", "<link", "<meta", "<use", "<svg", "<b>", "</b>", "<p>", "<style>", "</style>", "<script>"),
    *(" src", " href", " rel", "canonical", " data", " url", "url(", "@import", "fetch", "open", "'GET'", "from"),
    *("http:", "https:", "HTTPS:", "wss:", 'xmlns="http://www.w3.org/2000/svg"', "x.", "content", "åäö", "\ufffd"),
    *("12", "1", "2026", "201701012393", "-", "&#39;", "&#50;", "&#", "50;", "&amp;", "٣", "９", "–", "💡", " " * 300),
]
WRITTEN = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def leads_out(suffix: str, text: str) -> bool:
    """Every pattern through the whole of a file."""

    def any_of(patterns: tuple[re.Pattern[str], ...], where: str) -> bool:
        return any(pattern.search(where) for pattern in patterns)

    if suffix != ".html":
        return any_of(scan._IN_CODE[suffix], text)
    in_code = (*scan._IN_STYLES, *scan._IN_SCRIPTS)
    of_code = "\n".join(match[0] for match in scan._NOT_WORDS.finditer(text))
    return any_of(scan._IN_MARKUP, text) or (any_of(in_code, text) and any_of(in_code, of_code))


@given(WRITTEN, st.sampled_from([".html", ".css", ".js"]))
@example(f"fetch({' ' * 400}'https://example.com')", ".js")
@example('<link href="//example.com" rel="canonical"><link href="//example.com" rel="stylesheet">', ".html")
@example('<svg xmlns="http://www.w3.org/2000/svg"><image href="//example.com"/>', ".html")
def test_what_leads_out_is_found_as_if_every_pattern_went_through_the_whole_file(text: str, suffix: str) -> None:
    assert scan._leads_out(suffix, text.encode()) == leads_out(suffix, text)


@given(WRITTEN)
@example("2017<b>0101</b><i>2393</i>")
@example("2017010&<b></b>#50;393")
@example("2017010&#50;393")
@example("<x 201701<i>012393 <b>")
def test_a_page_said_to_have_no_numbers_has_no_six_digits_together_in_any_of_its_texts(text: str) -> None:
    if scan._is_without_numbers(text.encode()):
        assert not re.search(r"\d{6}", "\n".join(texts("a.html", text.encode())))


@given(st.text(st.characters(categories=["Nd", "Nl", "No", "Lo", "Pd"]) | st.sampled_from("0123456789 ")))
def test_six_digits_of_any_script_are_seen(text: str) -> None:
    if re.search(r"\d{6}", text):
        assert personal_number.SIX in personal_number.digits(text.encode())


def test_no_digit_of_any_script_is_told_as_something_else() -> None:
    digits = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Nd"]
    assert {sign for sign in digits if personal_number.digits(sign.encode()) != b"0"} == set()


def test_no_name_of_a_sign_stands_for_a_digit() -> None:
    """So that only references by number need to be looked for."""
    assert [name for name, sign in html5.items() if re.search(r"\d", sign)] == []


def test_swedish_text_is_not_taken_for_digits() -> None:
    assert personal_number.SIX not in personal_number.digits("Åäö «aa» – 9–15, 3½ m² … é ü “x”".encode())
