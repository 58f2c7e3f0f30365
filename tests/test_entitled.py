"""entitled.py: the second reading of who may see what, tried against the table of `test_leaks` and the first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from site_helpers import KINDS, read_plan, smallest
from test_leaks import PROTECTED, SOME, WHOLE, Case, planted

from ipsite import audience
from ipsite.audience import copy_for
from ipsite.entitled import TRACES, entitled, own
from ipsite.model import Node, Plan

TODAY = date(2026, 11, 22)


def ways(node: Node) -> set[tuple[str | int, ...]]:
    """The places of all single values."""
    if isinstance(node.value, dict | tuple):
        return {way for inner in node for way in ways(inner)}
    return {node.path}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", [WHOLE, SOME, PROTECTED], ids=["all parts", "some parts", "protected data"])
def test_both_readings_of_a_plan_agree_on_every_place(case: Case, kind: str, tmp_path: Path) -> None:
    data, _ = planted(kind, case)
    data["person"].pop("bild")
    plan = read_plan(tmp_path, data)
    may_read = entitled(plan, "en", TODAY)
    copy = copy_for(plan, "en", TODAY, ["annan/plan"])
    assert isinstance(copy, Plan)
    kept = ways(copy.root)
    assert {way for way in kept if not may_read(way)} == set()
    missed = {way for way in ways(plan.root) - kept if may_read(way)}
    assert {way for way in missed if way[-1] not in ("privat", "skyddade_uppgifter")} == set()


def test_what_tells_where_somebody_is_has_one_meaning() -> None:
    assert audience.TRACES == TRACES


def consent(**more: Any) -> dict[str, Any]:
    return {"till": "granne", "samtycke": {"datum": "2026-01-01", **more}}


@pytest.mark.parametrize(
    ("copies", "holds"),
    [
        ([consent()], True),
        ([consent(till_och_med="2026-11-22")], True),
        ([consent(till_och_med="2026-11-21")], False),
        ([{"till": "granne", "samtycke": {"datum": "2026-11-23"}}], False),
        ([{"till": "granne"}], False),
        ([], False),
        ([{"till": ["annan", "granne"], "samtycke": {"datum": "2026-01-01"}}], True),
        ([{**consent(), "delar": ["mål"]}], False),
        ([{**consent(), "delar": ["mål"]}, {**consent(), "delar": ["anledning"]}], True),
        ([{"till": "granne", "samtycke": {"datum": "2026-11-22"}}], True),
        ([{"till": "granne", "samtycke": {"till_och_med": "2027-01-01"}}], False),
        ([{"till": "annan", "samtycke": {"datum": "2026-01-01"}}], False),
        ([{"till": "annan", "samtycke": {"datum": "2026-01-01"}}, consent()], True),
    ],
)
def test_only_consent_that_holds_today_opens_a_part(copies: list[Any], holds: bool, tmp_path: Path) -> None:
    who = {"namn": "N", "roll": "granne", "huvudman": "närstående"}
    plan = read_plan(tmp_path, smallest(personer={"granne": who, "annan": who}, anledning="Skälet", exemplar=copies))
    assert entitled(plan, "granne", TODAY)(("anledning",)) is holds


def somebody(**more: Any) -> dict[str, Any]:
    return {"namn": "N", "roll": "granne", "huvudman": "närstående", "telefon": "08-1", **more}


def action(who: Any, **more: Any) -> dict[str, Any]:
    return {"vad": "Något", "vem": who, "status": "pågår", **more}


def of_many(folder: Path, **copy: Any) -> Plan:
    """A plan in which people are named in different places, and «läsare» has a copy."""
    named = ["läsare", "ensam", "ena", "andra", "dold", "i_dold", "i_insats"]
    actions = [action("ensam"), action(["ena", "andra"]), action("mamma"), action("dold", privat=True)]
    data = smallest(
        person={"namn": "Alva Ek", "kallas": "Alva", "kommun": "Umeå"},
        personer={name: somebody() for name in named}
        | {"mamma": somebody(privat=True), "pappa": somebody(privat=True)},
        anledning="Skälet",
        mål=[
            {"mål": "Ett", "status": "pågår", "åtgärder": actions},
            {"mål": "Två", "status": "pågår", "privat": True, "åtgärder": [action("i_dold")]},
        ],
        insatser=[{"insats": "En", "status": "beslutad", "huvudman": "kommun", "ansvarig": "i_insats"}],
        exemplar=[{"till": "läsare", "samtycke": {"datum": "2026-01-01"}, **copy}],
    )
    return read_plan(folder, data)


GOALS_ONLY: dict[tuple[str | int, ...], bool] = {
    (): False,
    ("titel",): True,
    ("anledning",): False,
    ("mål",): True,
    ("mål", 0, "mål"): True,
    ("mål", 0, "åtgärder", 0, "vad"): True,
    ("mål", 0, "åtgärder", 3): False,
    ("mål", 0, "åtgärder", 3, "vad"): False,
    ("mål", 1): False,
    ("mål", 1, "mål"): False,
    ("mål", 1, "åtgärder", 0, "vad"): False,
    ("insatser", 0, "insats"): False,
    ("person", "namn"): True,
    ("person", "kallas"): True,
    ("person", "kommun"): False,
    ("personer",): True,
    ("personer", "läsare", "telefon"): True,
    ("personer", "ensam", "telefon"): True,
    ("personer", "ena", "telefon"): True,
    ("personer", "andra", "telefon"): True,
    ("personer", "dold"): False,
    ("personer", "dold", "roll"): False,
    ("personer", "i_dold", "roll"): False,
    ("personer", "i_insats", "roll"): False,
    ("personer", "mamma"): True,
    ("personer", "mamma", "roll"): True,
    ("personer", "mamma", "huvudman"): True,
    ("personer", "mamma", "namn"): False,
    ("personer", "mamma", "telefon"): False,
    ("personer", "pappa"): False,
    ("personer", "pappa", "roll"): False,
}
WHOLE_PLAN = {
    ("anledning",): True,
    ("mål", 1, "mål"): False,
    ("insatser", 0, "insats"): True,
    ("person", "kommun"): True,
    ("personer", "dold", "telefon"): True,
    ("personer", "i_insats", "telefon"): True,
    ("personer", "mamma", "roll"): True,
    ("personer", "mamma", "namn"): False,
    ("personer", "pappa", "roll"): False,
}


@pytest.mark.parametrize(("way", "may"), GOALS_ONLY.items(), ids=str)
def test_a_reader_of_the_goals_may_read_those_and_of_those_who_are_in_them(
    way: tuple[str | int, ...], may: bool, tmp_path: Path
) -> None:
    assert entitled(of_many(tmp_path, delar=["mål"]), "läsare", TODAY)(way) is may


@pytest.mark.parametrize(("way", "may"), WHOLE_PLAN.items(), ids=str)
def test_a_reader_of_the_whole_plan_may_read_all_but_what_is_private(
    way: tuple[str | int, ...], may: bool, tmp_path: Path
) -> None:
    assert entitled(of_many(tmp_path), "läsare", TODAY)(way) is may


@pytest.mark.parametrize("way", [("titel",), ("personer",), ("personer", "ensam"), ("personer", "ensam", "namn")])
def test_who_has_no_copy_meets_nobody(way: tuple[str | int, ...], tmp_path: Path) -> None:
    assert not entitled(of_many(tmp_path), "ensam", TODAY)(way)


def test_the_person_may_read_all_and_nobody_else_anything_without_a_copy(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest())
    assert own(("anledning",))
    assert not entitled(plan, "ingen", TODAY)(("titel",))
