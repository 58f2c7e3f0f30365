"""validate.py: jsonschema-rs, which says yes or no first, and jsonschema agree on every plan."""

from __future__ import annotations

import copy
import importlib
import random
import re
import sys
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import as_yaml, small_plan, source_of
from site_helpers import KINDS, PLANS, every_field, smallest

import ipsite
from ipsite import load, schema, validate
from ipsite.decode import _FORBIDDEN

COUNT = 800  # mutated plans of each kind, and of each kind that sibling seeds find
# What stands in the place of a value: each is near something that a schema asks for, or far from all.
VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2, 1.0, 1.5, 1e300, 2**53, 10**40, -(10**25), "", " ", "a", "å", "1", "true"),
    *([], [None], ["a"], ["a", "a"], [1, True], [0, False], {}, {"a": 1}, {"x_a": 1}, [[]], [{}], {"vad": "a"}),
    *("2026-02-28", "2026-02-29", "2026-2-28", "20260228", "2026-W09-6", "2026-02-30", "0000-01-01", "9999-12-31"),
    *("٢٠٢٦-٠٢-٢٨", "2026-02-28 10:00", "2026-02-28 24:00", "2026-02-28T10:00", "2026-02-28 10:60", "2026-02-28 9:00"),
    *("a@b.se", "a@b", "a b@c.se", "å@ö.se", "a@b.s e", "<a@b.se>", "@b.se", "a@.se", "a@b..se", "a@b.se."),
    *("https://a", "https://", "http://a", "https:///a", "https://a b", "HTTPS://a", "https://å/ö?x#y", "javascript:1"),
    *("a.jpg", "a.JPG", "a.Jpg", "../a.png", "a/b.png", ".png", "a..png", "a.b.png", "å ä.jpeg", "a\\b.png", "a:b.png"),
    *(
        "jag själv",
        "mamma",
        "ip-2026",
        "alva/ip-2026",
        "Alva/ip",
        "a//b",
        "/a",
        "a/",
        "å/b",
        "utkast",
        "gällande",
        "ja",
    ),
    *(
        "individuell plan",
        "sip",
        "beslutad",
        "planerad",
        "kommun",
        "region",
        "klar",
        "pågår",
        "a" * 5000,
        "\u200d",
        "🦄",
    ),
]
KEYS = ["x_eget", "mål", "vad", "två ord", "a", "Å", "åäö_1", "_a", "1a", "x", "", "privat", "tid", "__proto__", "a-b"]


def places(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        yield from places(value, (*way, step))


def mutated(data: Any, chance: random.Random) -> Any:
    """A copy of a plan with one to three things done to it."""
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 3)):
        *way, last = chance.choice([place for place in places(data) if place])
        holder = data
        for step in way:
            holder = holder[step]
        action = chance.randrange(6)
        if action < 3:
            holder[last] = copy.deepcopy(chance.choice(VALUES))
        elif action == 3:
            del holder[last]
        elif isinstance(holder, list):
            holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(chance.choice([*holder, *VALUES])))
        else:
            holder[chance.choice(KEYS)] = holder.pop(last) if action == 4 else copy.deepcopy(chance.choice(VALUES))
    return data


def originals(kind: str) -> list[dict[str, Any]]:
    examples = [load.read(path, "a", "a")[0] for path in sorted(PLANS.rglob("*.yaml"))]
    own = [source.data for source in examples if source and source.data["slag"] == kind]
    return [every_field(kind)[0], every_field(kind)[0], smallest(kind), *own]


@pytest.mark.parametrize("kind", KINDS)
def test_both_say_the_same_of_thousands_of_mutated_plans(kind: str) -> None:
    chance = random.Random(f"{kind} 1")
    plans = originals(kind)
    quick, judge = validate._quick(kind), validate._validator(kind)
    said = {True: 0, False: 0}
    for _ in range(COUNT):
        plan = mutated(chance.choice(plans), chance)
        answer = judge.is_valid(plan)
        assert quick.is_valid(plan) is answer, plan
        said[answer] += 1
    assert min(said.values()) > COUNT / 50  # both answers are tried


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(inner)


DOCUMENTS = [schema.document(name) for name in (*schema.KINDS.values(), schema.SHARED)]
PATTERNS = sorted({node["pattern"] for node in nodes(DOCUMENTS) if isinstance(node.get("pattern"), str)})
SIGNS = st.characters(exclude_categories=["Cs"]).filter(lambda sign: not _FORBIDDEN.match(sign) or sign == "\n")


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
def test_patterns_mean_the_same_to_both(pattern: str, data: st.DataObject) -> None:
    alphabet = st.one_of(st.sampled_from("aåz09_-/.:\\hjpegntsJPEG @"), SIGNS)
    text = data.draw(st.one_of(st.from_regex(pattern), st.text(alphabet, max_size=20))).strip()
    quick = jsonschema_rs.Draft7Validator({"pattern": pattern})
    assert quick.is_valid(text) is (re.search(pattern, text) is not None)


def test_every_format_of_the_schemas_is_ours_in_both() -> None:
    used = {node["format"] for node in nodes(DOCUMENTS) if isinstance(node.get("format"), str)}
    assert used == set(validate._FORMATS)
    for name in used:
        for text in [value for value in VALUES if isinstance(value, str)]:
            quick = jsonschema_rs.Draft7Validator({"format": name}, formats=validate._FORMATS, validate_formats=True)
            assert quick.is_valid(text) is validate._FORMATS[name](text), (name, text)


def test_the_schema_in_one_piece_leads_nowhere_else() -> None:
    for kind, name in schema.KINDS.items():
        assert "definitions" not in schema.document(name)
        whole = validate._in_one(kind)
        references = [node["$ref"] for node in nodes(whole) if isinstance(node.get("$ref"), str)]
        assert references
        assert {reference.partition("/")[0] for reference in references} == {"#"}
        assert {reference.removeprefix("#/definitions/") for reference in references} <= set(whole["definitions"])


def test_a_plan_that_is_right_does_not_meet_jsonschema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "_validator", lambda kind: pytest.fail(kind))
    for kind in KINDS:
        assert validate.validate(source_of(as_yaml(every_field(kind)[0])[0])) == []


def test_without_jsonschema_rs_a_check_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that it is not made for, where it cannot be loaded."""
    wrong = source_of(as_yaml(small_plan(status="klar", titel=""))[0])
    right = source_of(as_yaml(small_plan())[0])
    before = validate.validate(wrong)
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    monkeypatch.setattr(ipsite, "validate", validate)  # to have it back afterwards
    monkeypatch.delitem(sys.modules, "ipsite.validate")
    without = importlib.import_module("ipsite.validate")
    assert without is not validate
    assert not without._quick("sip")
    assert without.validate(wrong) == before != []
    assert without.validate(right) == []
