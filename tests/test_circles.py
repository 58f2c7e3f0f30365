"""circles.py, views/brief.py: which plans hang together, and where the pages of each person stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_helpers import KINDS, SCHEMAS, TODAY, Walk, every_field, put, read_plan, smallest

from ipsite.circles import SEVERAL, Places, circles, places
from ipsite.model import Node
from ipsite.references import resolve
from ipsite.views.brief import Brief, brief

IDS = ("a/ett", "a/tva", "a/att-gora", "b/ett", "b/ett/lattlast", "person-bo", "ensam")
SOME = st.lists(
    st.builds(
        Brief,
        st.sampled_from(IDS),
        st.sampled_from(["Bo", "bo", "BO", "Bo!", "Åsa", "Åke", "Ida", "Mi", "Lo", "Pi"]),
        st.lists(st.sampled_from(IDS), max_size=2).map(tuple),
        has_duties=st.booleans(),
    ),
    unique_by=lambda one: one.id,
)


@given(SOME)
def test_every_plan_is_in_one_circle_with_all_that_it_hangs_together_with(briefs: list[Brief]) -> None:
    made = circles(briefs)
    assert sorted(one.id for own in made for one in own) == sorted(one.id for one in briefs)
    of = {one.id: number for number, own in enumerate(made) for one in own}
    for one in briefs:
        assert all(of[other] == of[one.id] for other in one.names if other in of)
    for one, other in combinations(briefs, 2):
        if one.name.casefold() == other.name.casefold():
            assert of[one.id] == of[other.id]


@given(SOME)
def test_a_circle_is_no_larger_than_it_must_be(briefs: list[Brief]) -> None:
    for own in circles(briefs):
        reached = {own[0].id}
        for _ in own:
            reached |= {other.id for one in own for other in own if one.id in reached and touch(one, other)}
        assert reached == {one.id for one in own}


def touch(one: Brief, other: Brief) -> bool:
    """Whether one of two plans names the other, from the top or from its own folder, or they are one person's."""
    return (
        one.name.casefold() == other.name.casefold()
        or any(resolve(name, one.id, [other.id]) for name in one.names)
        or any(resolve(name, other.id, [one.id]) for name in other.names)
    )


@given(SOME, st.randoms(use_true_random=False))
def test_circles_and_places_do_not_depend_on_the_order_of_the_plans(briefs: list[Brief], chance: Any) -> None:
    mixed = list(briefs)
    chance.shuffle(mixed)
    assert circles(mixed) == circles(briefs)
    assert places(mixed) == places(briefs)


@given(SOME)
def test_no_page_takes_the_place_of_another(briefs: list[Brief]) -> None:
    where = places(briefs)
    ids = [one.id for one in briefs]
    twins = [f"{one.id}/lattlast" for one in briefs if one.id not in where.alone]
    pages = [*ids, *twins, *where.to_do.values(), *filter(None, where.people.values())]
    assert len(pages) == len(set(pages))
    assert set(where.people) == {one.name for one in briefs}
    assert set(where.to_do) == {one.name for one in briefs if one.has_duties}


@given(SOME)
def test_a_few_people_have_no_page_each(briefs: list[Brief]) -> None:
    where = places(briefs)
    assert any(where.people.values()) == (len({one.name for one in briefs}) > SEVERAL)


@given(SOME)
def test_the_places_of_some_plans_are_those_of_all_as_far_as_they_go(briefs: list[Brief]) -> None:
    whole = places(briefs)
    some = whole.of(briefs[:2])
    for one in briefs[:2]:
        assert some.people[one.name] == whole.people[one.name]
        assert some.to_do.get(one.name) == whole.to_do.get(one.name)
        assert (one.id in some.alone) == (one.id in whole.alone)
    assert Places().of(()) == Places()


def leading(node: Node) -> Iterator[str]:
    """Every value that names another plan, whatever it stands under."""
    if node.field.points_to == "plan":
        yield node.value
    elif isinstance(node.value, dict | tuple):
        for inner in node:
            yield from leading(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_format_that_can_name_a_plan_is_seen(kind: str, tmp_path: Path) -> None:
    data, _ = every_field(kind)
    ways = [way for way, field in Walk(kind).leaves.items() if field.get("x-pekar") == "plan"]
    assert ways
    for number, way in enumerate(ways):
        data = put(data, way, f"annan/plan-{number}")
    plan = read_plan(tmp_path, data)
    ids = [f"annan/plan-{number}" for number, _ in enumerate(ways)]
    assert sorted(leading(plan.root)) == ids
    assert sorted(brief(plan, TODAY).names) == ids
    assert kind in SCHEMAS


def test_a_plan_in_brief_tells_what_lists_need(tmp_path: Path) -> None:
    task = {"vad": "Ringa", "vem": "jag själv", "status": "pågår", "klart": "2026-11-01"}
    goals = [{"mål": "Bo", "status": "pågår", "åtgärder": [task]}]
    follow_up = {"nästa": "2027-03-02"}
    given_plan = smallest(status="gällande", mål=goals, uppföljning=follow_up, fiktiv=True)
    one = brief(read_plan(tmp_path, given_plan), TODAY)
    assert (one.is_late, one.has_duties, one.made_up) == (True, True, True)
    assert str(one.review) == "2027-03-02"
    ended = brief(read_plan(tmp_path, {**given_plan, "status": "avslutad"}), TODAY)
    assert (ended.is_late, ended.has_duties, ended.review) == (False, False, None)
