"""views/sharing.py: in the own copy, who sees what."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from site_helpers import Html, read_plan, rows_of, smallest, words_of

from ipsite.audience import copy_for
from ipsite.model import Plan
from ipsite.render import html
from ipsite.views.plan import document

TODAY = date(2026, 11, 22)
PEOPLE = {
    "mamma": {"namn": "Eva", "roll": "mamma", "huvudman": "närstående"},
    "dv": {"namn": "Leila", "roll": "arbetsledare", "huvudman": "kommun"},
    "granne": {"namn": "Gun", "roll": "granne", "huvudman": "närstående", "privat": True},
}
GOALS = [
    {"mål": "Ett", "status": "pågår", "åtgärder": [
        {"vad": "Ringa", "vem": "mamma", "status": "pågår", "privat": True},
        {"vad": "Skriva", "vem": "mamma", "status": "pågår", "privat": True},
    ]},
    {"mål": "Två", "status": "pågår", "privat": True, "åtgärder": [
        {"vad": "Dold", "vem": "mamma", "status": "pågår", "privat": True},
    ]},
]  # fmt: skip
COPIES: list[dict[str, Any]] = [
    {"till": "dv", "delar": ["mål"], "samtycke": {"datum": "2026-01-01", "till_och_med": "2027-01-31"}},
    {"till": ["mamma", "jag själv"], "samtycke": {"datum": "2026-01-01"}},
    {"till": "granne"},
]


def plan(folder: Path, **more: Any) -> Plan:
    return read_plan(folder, smallest(personer=PEOPLE, mål=GOALS, **{"exemplar": COPIES, **more}))


def page(made: Plan) -> Html:
    return Html(html.plan_page(document(made, TODAY), ()))


def test_each_reader_has_a_row_with_parts_and_the_last_day(tmp_path: Path) -> None:
    assert rows_of(page(plan(tmp_path)).section("Vem ser vad")) == [
        ["Eva, mamma", "Ser: Hela planen", "Samtycke: Utan slutdag"],
        ["Leila, arbetsledare", "Ser: Mina mål", "Samtycke: Till 31 januari 2027"],
        ["Gun, granne", "Ser: Inget i dag", "Samtycke: Samtycke saknas för det här exemplaret."],
    ]


def test_the_table_of_what_is_agreed_and_that_of_what_is_seen_say_which_they_are(tmp_path: Path) -> None:
    made = page(plan(tmp_path))
    captions = [words_of(node) for node in made.all("caption")]
    assert "Det här är bestämt om vem som får vad" in captions
    assert "Det här får var och en se 22 november 2026" in captions


def test_what_nobody_else_sees_is_counted(tmp_path: Path) -> None:
    text = words_of(page(plan(tmp_path)).section("Vem ser vad"))
    assert "Bara i ditt exemplar: 1 persons namn och kontakt, 2 åtgärder, 1 mål." in text


def test_without_readers_it_says_so(tmp_path: Path) -> None:
    shown = page(plan(tmp_path, exemplar=[])).section("Vem ser vad")
    assert "Ingen annan har ett exemplar av planen." in words_of(shown)


def test_protected_data_are_told_of(tmp_path: Path) -> None:
    protected = plan(tmp_path, person={"namn": "Vera", "skyddade_uppgifter": True})
    assert "Inte plats, tid eller bild" in words_of(page(protected).section("Vem ser vad"))


def test_no_other_copy_tells_of_it(tmp_path: Path) -> None:
    for reader in ("mamma", "dv"):
        copy = copy_for(plan(tmp_path), reader, TODAY)
        assert isinstance(copy, Plan)
        text = page(copy).text
        assert "Vem ser vad" not in text
        assert "Bara i ditt exemplar" not in text
