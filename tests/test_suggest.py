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
        ("JOBB", ("boende", "arbete"), "arbete"), ("straße", ("STRASSE",), "STRASSE"),
        ("klart", ("klarX", "nått"), "nått"), ("abcde", ("abxyz", "vwxyz"), ""), ("abcde", ("abcxy", "vwxyz"), "abcxy"),
    ],
)  # fmt: skip
def test_an_everyday_word_means_what_plans_say(written: str, choices: tuple[str, ...], meant: str) -> None:
    assert nearest(written, choices) == meant


@pytest.mark.parametrize(
    ("written", "choices", "meant"),
    [
        ("ej klar", ("ej påbörjad", "pågår", "klar"), ""), ("Inte klar", ("ej påbörjad", "klar"), ""),
        ("icke klar", ("klar",), ""), ("inte nått", ("nått", "delvis nått"), ""),
        ("ej påbörjadd", ("ej påbörjad", "klar"), "ej påbörjad"), ("ejer", ("egen", "ejera"), "ejera"),
    ],
)  # fmt: skip
def test_what_says_no_is_not_guessed_to_say_yes(written: str, choices: tuple[str, ...], meant: str) -> None:
    assert nearest(written, choices) == meant


PLAN, ASPECT = ("individuell plan", "sip", "genomförandeplan"), ("boende", "arbete", "skola", "annat")
TASK, GOAL = ("ej påbörjad", "pågår", "klar", "blev inte av"), ("planerat", "pågår", "nått", "vilar", "avbrutet")
STATE, MEASURE = ("utkast", "gällande", "avslutad"), ("beslutad", "planerad", "önskad", "avslutad")
PARTY = ("kommun", "region", "annan", "företrädare", "närstående")
SAID = {  # choices in plans, the one that is meant, and what is written for it
    (PLAN, "individuell plan"): "ip|lss|lss-plan|individuell",
    (PLAN, "sip"): "samordnad individuell plan|samordnad plan",
    (PLAN, "genomförandeplan"): "gp|genomförande|arbetsplan",
    (TASK, "klar"): "klar|klart|färdig|färdigt|gjord|gjort|uppnått|uppnådd|avklarad|avklarat|nådd",
    (GOAL, "nått"): "klar|klart|färdig|färdigt|gjord|gjort|uppnått|uppnådd|avklarad|avklarat|nådd",
    (STATE, "gällande"): "aktiv|aktuell|gäller|pågående|påbörjad|påbörjat|på gång|startad|startat",
    (TASK, "pågår"): "aktiv|aktuell|gäller|pågående|påbörjad|påbörjat|på gång|startad|startat",
    (TASK, "ej påbörjad"): "ej påbörjat|inte påbörjad|inte påbörjat|planerad|planerat",
    (GOAL, "planerat"): "ej påbörjat|inte påbörjad|inte påbörjat|planerad",
    (MEASURE, "planerad"): "ej påbörjat|inte påbörjad|inte påbörjat|planerat",
    (GOAL, "vilar"): "paus|pausad|pausat|väntar",
    (GOAL, "avbrutet"): "avbruten|avbröts|inställd|inställt|inte av",
    (TASK, "blev inte av"): "avbruten|avbröts|inställd|inställt|inte av",
    (MEASURE, "beslutad"): "beviljad|beviljat|godkänd",
    (ASPECT, "boende"): "bostad|hem|hemma",
    (ASPECT, "arbete"): "jobb|sysselsättning|daglig verksamhet",
    (PARTY, "närstående"): "anhörig|familj|förälder|vän",
    (PARTY, "företrädare"): "god man|förvaltare|vårdnadshavare",
    (PARTY, "annan"): "övrig|övrigt|annat",
    (ASPECT, "annat"): "övrig|övrigt|annan",
    (("mamma", "jag själv"), "jag själv"): "jag|jag_själv|mig|mig själv|själv",
    (("ja", "nej"), "ja"): "true|yes",
    (("ja", "nej"), "nej"): "false|no",
}


@pytest.mark.parametrize(("choices", "meant"), SAID)
def test_every_everyday_word_leads_to_what_is_meant(choices: tuple[str, ...], meant: str) -> None:
    assert {written: nearest(written, choices) for written in SAID[choices, meant].split("|")} == dict.fromkeys(
        SAID[choices, meant].split("|"), meant
    )


def test_what_is_said_here_is_all_that_is_known() -> None:
    assert {written for words in SAID.values() for written in words.split("|")} == set(_EVERYDAY)


@pytest.mark.parametrize(("length", "meant"), [(60, "a" * 61), (61, "")])
def test_what_is_too_long_is_no_slip(length: int, meant: str) -> None:
    assert nearest("a" * length, ["a" * 61]) == meant


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
        ("Öga 10 – z", "öga_10_z"), (" Zoë!", "zoe"), ("ÄäÖöÅå", "ääööåå"),
        ("1", ""), ("", ""), ("Ζήνων", ""),
    ],
)  # fmt: skip
def test_a_key_has_the_signs_that_it_may_have(written: str, key: str) -> None:
    assert as_key(written) == key
