"""suggest.py: «Menade du …?»."""

from __future__ import annotations

import time

import pytest

from ipsite.suggest import did_you_mean, nearest

WORDS = ("utkast", "gällande", "avslutad", "mina_ord", "god_man")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gälande", "gällande"), ("GÄLLANDE", "gällande"), ("gallande", "gällande"), ("godman", "god_man"),
        ("mina ord", "mina_ord"),
        ("utkast", "utkast"), ("hund", ""), ("", ""), ("x" * 1000, ""),
    ],
)  # fmt: skip
def test_the_nearest_word(written: str, meant: str) -> None:
    assert nearest(written, WORDS) == meant
    assert did_you_mean(written, WORDS) == (f"Menade du «{meant}»?" if meant else "")


def test_keeps_the_case_of_the_right_word() -> None:
    assert nearest("karin", ["Karin"]) == "Karin"


def test_among_no_words_is_none() -> None:
    assert nearest("a", []) == ""


def test_a_text_of_a_million_signs_takes_no_time() -> None:
    start = time.process_time()
    assert nearest("gällande " * 100_000, WORDS) == ""
    assert time.process_time() - start < 0.1
