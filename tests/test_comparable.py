"""comparable.py: a reader compares what the reader may see in both plans, and learns nothing from what is left out."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from site_helpers import read_plan, smallest

from ipsite.comparable import comparable, with_comparisons
from ipsite.model import MYSELF, Plan
from ipsite.views.changes import told

Data = dict[str, Any]
DAY = date(2026, 11, 22)
YES = {"datum": "2026-01-01"}
PEOPLE = {
    "en": {"namn": "Anna Ek", "roll": "mamma", "huvudman": "närstående"},
    "två": {"namn": "Bo Al", "roll": "kurator", "huvudman": "region"},
    "tre": {"namn": "Lo Fors", "roll": "granne", "huvudman": "närstående"},
}
GOALS = [
    {"mål": "Spela trummor", "status": "pågår", "åtgärder": [{"vad": "Öva", "vem": "två", "status": "pågår"}]},
    {"mål": "Åka tåg", "status": "planerat"},
]


def plan_data(**more: Any) -> Data:
    whole = [{"till": "en", "samtycke": YES}]
    return deepcopy(smallest(**{"mål": GOALS, "personer": PEOPLE, "exemplar": whole, "insatser": [], **more}))


def read(folder: Path, old: Data, new: Data, reader: str = "en", day: date = DAY) -> list[str] | None:
    """What the reader is told; None when there is nothing to compare."""
    both = comparable(read_plan(folder, old, "a/gammal"), read_plan(folder, new, "a/ny"), reader, day)
    return None if both is None else [sentence for group in told(*both) for sentence in group.sentences]


def test_what_has_become_private_is_neither_gone_nor_changed(tmp_path: Path) -> None:
    old, new = plan_data(), plan_data()
    new["mål"][0].update(privat=True, status="nått")
    assert read(tmp_path, old, new) == []
    assert read(tmp_path, new, old) == []
    assert read(tmp_path, old, new, MYSELF) != []


def test_an_action_that_moves_into_a_private_goal_is_not_said_to_be_gone(tmp_path: Path) -> None:
    old, new = plan_data(), plan_data()
    action = new["mål"][0].pop("åtgärder")
    new["mål"][1].update(privat=True, åtgärder=action)
    assert read(tmp_path, old, new) == []
    assert read(tmp_path, new, old) == []


def test_a_person_who_has_become_private_is_not_named(tmp_path: Path) -> None:
    old, new = plan_data(), plan_data()
    new["personer"]["två"]["privat"] = True
    assert read(tmp_path, old, new) == []
    new["mål"][0]["åtgärder"][0]["vem"] = "tre"
    assert read(tmp_path, old, new) == ["Lo Fors gör nu ”Öva” i stället för kurator."]


def test_only_parts_that_are_shared_in_both_are_compared(tmp_path: Path) -> None:
    some = [{"till": "en", "delar": ["mål"], "samtycke": YES}]
    old, new = plan_data(exemplar=some), plan_data()
    new["mål"][1]["status"] = "nått"
    new["insatser"] = [{"insats": "Ny", "status": "önskad", "huvudman": "kommun"}]
    for first, second in ((old, new), (plan_data(), {**new, "exemplar": some})):
        assert read(tmp_path, first, second) == ["Målet är uppnått."]


def test_a_person_whom_only_one_copy_names_is_neither_new_nor_gone(tmp_path: Path) -> None:
    some = [{"till": "en", "delar": ["mål"], "samtycke": YES}]
    old, new = plan_data(exemplar=some), plan_data(exemplar=some)
    new["mål"][0]["åtgärder"][0]["vem"] = "tre"
    assert read(tmp_path, old, new) == ["Lo Fors gör nu ”Öva” i stället för Bo Al."]


def test_data_that_are_protected_in_one_plan_are_so_in_both(tmp_path: Path) -> None:
    old, new = plan_data(), plan_data()
    old["person"]["kommun"], new["person"]["kommun"] = "Storstad", "Lillby"
    assert read(tmp_path, old, new) == ["Kommun: Lillby i stället för Storstad."]
    old["person"]["skyddade_uppgifter"] = True
    assert read(tmp_path, old, new) == []
    assert read(tmp_path, new, old) == []


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"exemplar": []}, "Anna Ek"),
        ({"exemplar": [{"till": "en"}]}, "Anna Ek"),
        ({"exemplar": [{"till": "en", "samtycke": {"datum": "2026-01-01", "till_och_med": "2026-11-21"}}]}, "Anna Ek"),
        ({}, "Någon annan"),
    ],
    ids=["no copy", "no consent", "consent has run out", "another human being"],
)
def test_without_the_right_to_the_old_plan_there_is_nothing_to_compare(more: Data, name: str, tmp_path: Path) -> None:
    old, new = plan_data(**more), plan_data()
    old["personer"]["en"]["namn"] = name
    new["mål"][1]["status"] = "nått"
    assert read(tmp_path, old, new) is None
    assert read(tmp_path, new, old) is None
    assert read(tmp_path, old, new, MYSELF) != []


def test_a_plan_is_compared_with_the_one_that_it_takes_over_from_and_with_no_other(tmp_path: Path) -> None:
    old = read_plan(tmp_path, plan_data(), "a/gammal")
    new = read_plan(tmp_path, plan_data(ersätter="a/gammal"), "a/ny")
    itself = read_plan(tmp_path, plan_data(ersätter="a/sig"), "a/sig")
    astray = read_plan(tmp_path, plan_data(ersätter="a/borta"), "a/vilse")
    whole = [old, new, itself, astray]
    made = with_comparisons(whole, whole, MYSELF, DAY)
    assert [plan.compared for plan in made] == [None, (old, new), None, None]


def test_a_plan_knows_the_titles_of_the_others_that_it_names_and_that_its_reader_has(tmp_path: Path) -> None:
    named = [{"slag": "SIP", "gäller": "Vård", "plan": plan} for plan in ("sip", "a/borta", "ny")]
    one = read_plan(tmp_path, plan_data(andra_planer=named), "a/ny")
    two = read_plan(tmp_path, smallest("sip", titel="Vård"), "a/sip")
    both = with_comparisons([one, two], [one, two], MYSELF, DAY)
    assert [plan.beside for plan in both] == [{"a/sip": "Vård"}, {}]
    (alone,) = with_comparisons([one], [one, two], "en", DAY)
    assert alone.beside == {}


def test_plans_of_different_kinds_or_for_different_persons_are_not_compared(tmp_path: Path) -> None:
    one = read_plan(tmp_path, smallest(person={"namn": "Kim"}), "a/b")
    for other in (smallest("sip", person={"namn": "Kim"}), smallest(person={"namn": "Lo", "kallas": "Lollo"})):
        assert comparable(one, read_plan(tmp_path, other, "a/c"), MYSELF, DAY) is None
    assert isinstance(one, Plan)
