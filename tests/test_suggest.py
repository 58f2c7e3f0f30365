"""suggest.py: «Menade du …?»."""

from __future__ import annotations

import time

import pytest

from ipsite import schema
from ipsite.schema import Field
from ipsite.suggest import _EVERYDAY, as_key, did_you_mean, nearest

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


@pytest.mark.parametrize(
    ("written", "choices", "meant"),
    [
        ("IP", ("individuell plan", "sip"), "individuell plan"), ("klart", ("planerat", "nått", "vilar"), "nått"),
        ("klar", ("ej påbörjad", "klar"), "klar"), ("Färdig", ("ej påbörjad", "klar"), "klar"),
        ("true", ("ja", "nej"), "ja"), ("jag", ("mamma", "jag själv"), "jag själv"), ("klar", WORDS, ""),
    ],
)  # fmt: skip
def test_an_everyday_word_means_what_plans_say(written: str, choices: tuple[str, ...], meant: str) -> None:
    assert nearest(written, choices) == meant


def test_every_everyday_word_means_something_that_can_be_chosen() -> None:
    right = {choice for kind in schema.KINDS for choice in _choices(schema.fields(kind))} | {*schema.KINDS, "jag själv"}
    assert {meant for words in _EVERYDAY.values() for meant in words} <= right


def _choices(field: Field | None) -> set[str]:
    if field is None:
        return set()
    inner = [*field.properties.values(), field.entries, field.items]
    return {str(choice) for choice in field.choices}.union(*map(_choices, inner))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Mamma", "mamma"), ("god man", "god_man"), ("Åsa", "åsa"), ("andré", "andre"), ("mamma_", "mamma_"),
        ("1", ""), ("", ""), ("Ζήνων", ""),
    ],
)  # fmt: skip
def test_a_key_has_the_signs_that_it_may_have(written: str, key: str) -> None:
    assert as_key(written) == key
