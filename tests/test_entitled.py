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
    ],
)
def test_only_consent_that_holds_today_opens_a_part(copies: list[Any], holds: bool, tmp_path: Path) -> None:
    who = {"namn": "N", "roll": "granne", "huvudman": "närstående"}
    plan = read_plan(tmp_path, smallest(personer={"granne": who, "annan": who}, anledning="Skälet", exemplar=copies))
    assert entitled(plan, "granne", TODAY)(("anledning",)) is holds


def test_the_person_may_read_all_and_nobody_else_anything_without_a_copy(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest())
    assert own(("anledning",))
    assert not entitled(plan, "ingen", TODAY)(("titel",))
