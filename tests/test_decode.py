"""decode.py: bytes of a plan file → its text, or what stops it from being read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipsite.decode import decode
from ipsite.problem import Problem


def _code(raw: bytes) -> str:
    problem = decode(raw, "plan.yaml")
    assert isinstance(problem, Problem)
    return problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_with_and_without_bom(encoding: str) -> None:
    assert decode("mål: å".encode(encoding), "plan.yaml") == "mål: å"


@pytest.mark.parametrize(
    "encoding",
    ["latin-1", "cp1252", "mac-roman", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_another_encoding_is_told_as_such(encoding: str) -> None:
    assert _code("mål: Alva åker tåg".encode(encoding)) == "IP002"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_another_encoding_is_told_as_such_also_when_each_byte_could_be_utf_8(encoding: str) -> None:
    assert _code("titel: A".encode(encoding)) == "IP002"


@pytest.mark.parametrize("raw", [b"", b"\0", bytes(4096)], ids=len)
def test_a_file_of_nulls_alone_is_empty(raw: bytes) -> None:
    assert _code(raw) == "IP004"


def test_a_null_further_in_is_a_sign_that_cannot_be_seen() -> None:
    problem = decode(b"tite\0l: A", "plan.yaml")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.column) == ("IP012", 5)


@pytest.mark.parametrize("text", ["", "\n", " \t\r\n \n"])
def test_nothing_but_blanks_is_an_empty_file(text: str) -> None:
    assert _code(text.encode()) == "IP004"


@pytest.mark.parametrize("sign", list("\0\x07\x0b\x0c\x1b\x7f\x85\x9b\u2028\u2029\ufeff\ufffe\uffff"))
def test_a_sign_that_cannot_be_seen_is_told_at_its_place(sign: str) -> None:
    problem = decode(f"titel: A\nmål: B{sign}C".encode(), "plan.yaml")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line, problem.column) == ("IP012", 2, 7)


@pytest.mark.parametrize("sign", ["\t", "\u00a0", "\u00ad", "\u200d", "😀", "\U0010fffd", "\u202f", "–", "”"])
def test_other_signs_may_stand_in_a_plan(sign: str) -> None:
    assert decode(f"mål: B{sign}C".encode(), "plan.yaml") == f"mål: B{sign}C"


def test_as_many_marks_on_a_letter_as_unicode_allows() -> None:
    assert not isinstance(decode(("a" + "\u0323" * 30).encode(), "plan.yaml"), Problem)
    assert _code(("a" + "\u0323" * 31).encode()) == "IP012"
    assert not isinstance(decode(("ж" + "\u0323" * 30).encode(), "plan.yaml"), Problem)
    assert _code(("ж" + "\u0323" * 31).encode()) == "IP012"


@pytest.mark.parametrize("text", ["a{}жжж", "ж" * 40 + "{}ж", "a{}ж{}ж"])
def test_marks_are_counted_for_each_letter(text: str) -> None:
    assert not isinstance(decode(text.replace("{}", "\u0323" * 30).encode(), "plan.yaml"), Problem)
    problem = decode(text.replace("{}", "\u0323" * 31).encode(), "plan.yaml")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.column) == ("IP012", text.index("{") + 31)


def test_a_per_cent_sign_is_a_directive_only_where_a_line_begins() -> None:
    assert not isinstance(decode(b"omfattning: 50 % av tiden\nplats: %A", "plan.yaml"), Problem)
    problem = decode(b"titel: A\n%YAML 1.1", "plan.yaml")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line, problem.column) == ("IP016", 2, 1)


def test_long_texts_in_other_scripts_are_no_stacks_of_marks() -> None:
    text = "สวัสดี ครับ" * 20 + "שָׁלוֹם" * 20 + "السَّلَامُ" * 20 + "日本語" * 40
    assert not isinstance(decode(text.encode(), "plan.yaml"), Problem)


@given(st.text(max_size=200))
def test_text_that_passes_is_composed_and_ends_lines_with_lf(text: str) -> None:
    decoded = decode(text.encode("utf-8", "surrogatepass"), "plan.yaml")
    if isinstance(decoded, str):
        assert unicodedata.is_normalized("NFC", decoded)
        assert "\r" not in decoded
        assert decode(decoded.encode(), "plan.yaml") == decoded


def test_a_document_and_a_file_of_nulls_are_told_of_as_that() -> None:
    assert _code(b"%PDF-1.7 " + b"a" * 100) == "IP051"
    assert _code(b"\0" * 100) == "IP004"
    assert _code(b"X" + b"\0" * 3) == "IP002"
