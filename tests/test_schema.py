"""schema.py and schema/: one definition of a plan, for people, editors and us."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft7Validator
from plan_samples import PLANS, form_of, put, small_plan, source_of, take
from site_helpers import ROOT

from ipsite import form, schema
from ipsite.schema import Field

KINDS = list(schema.KINDS)
DOCUMENTS = [*schema.KINDS.values(), schema.SHARED]

# Keywords that say what a field is rather than what is wrong with a value.
STRUCTURAL = {
    "$schema", "$ref", "allOf", "definitions", "title", "description", "examples", "properties", "patternProperties",
    "items",
}  # fmt: skip
OWN = {"x-pekar", "x-lag"}


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema document, itself first."""
    if not isinstance(node, dict):
        return
    yield node
    for keyword in ("properties", "patternProperties", "definitions"):
        for inner in node.get(keyword, {}).values():
            yield from schemas(inner)
    for keyword in ("items", "additionalProperties", "propertyNames"):
        yield from schemas(node.get(keyword))
    for inner in node.get("allOf", ()):
        yield from schemas(inner)


def fields(field: Field, way: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Field]]:
    """Every field of a kind with its way; an item of a list is number 0, a free key is "mamma"."""
    for key, inner in field.properties.items():
        yield (*way, key), inner
        yield from fields(inner, (*way, key))
    if field.entries is not None:
        yield (*way, "mamma"), field.entries
        yield from fields(field.entries, (*way, "mamma"))
    if field.items is not None and field.items.properties:
        yield from fields(field.items, (*way, 0))


ALL_SCHEMAS = [(name, node) for name in DOCUMENTS for node in schemas(schema.document(name))]
ALL_FIELDS = [(kind, way, field) for kind in KINDS for way, field in fields(schema.fields(kind))]


class TestDocuments:
    @pytest.mark.parametrize("name", DOCUMENTS)
    def test_are_valid_against_their_metaschema(self, name: str) -> None:
        document = schema.document(name)
        assert document["$schema"] == "http://json-schema.org/draft-07/schema#"
        Draft7Validator.check_schema(document)

    def test_use_no_keyword_without_a_message_in_swedish(self) -> None:
        used = {keyword for _, node in ALL_SCHEMAS for keyword in node}
        assert used - STRUCTURAL - OWN <= set(form.MESSAGES)

    def test_have_no_message_for_a_keyword_that_is_not_used(self) -> None:
        used = {keyword for _, node in ALL_SCHEMAS for keyword in node}
        assert set(form.MESSAGES) <= used

    def test_have_but_two_annotations_of_their_own(self) -> None:
        assert {keyword for _, node in ALL_SCHEMAS for keyword in node if keyword.startswith("x-")} == OWN

    def test_name_their_definitions_in_ascii(self) -> None:
        for name in DOCUMENTS:
            assert all(key.isascii() and key.islower() for key in schema.document(name).get("definitions", {}))

    def test_use_every_definition(self) -> None:
        used = {node["$ref"].rpartition("/")[2] for _, node in ALL_SCHEMAS if "$ref" in node}
        assert used == set(schema.document(schema.SHARED)["definitions"])

    def test_know_every_format(self) -> None:
        assert {node["format"] for _, node in ALL_SCHEMAS if "format" in node} == set(form._FORMATS)

    def test_give_both_ends_of_every_range(self) -> None:
        assert all(("minimum" in node) == ("maximum" in node) for _, node in ALL_SCHEMAS)

    def test_refuse_unknown_keys_but_let_own_keys_pass_in_every_mapping(self) -> None:
        for _, node in ALL_SCHEMAS:
            if node.get("type") == "object":
                assert node["patternProperties"] == {"^x_": {}}
                assert node["additionalProperties"] is False or "$ref" in node["additionalProperties"]

    def test_refuse_an_empty_mapping_where_no_key_is_required(self) -> None:
        for _, node in ALL_SCHEMAS:
            if node.get("type") == "object" and node.get("properties"):
                assert node.get("required") or node.get("minProperties") == 1

    def test_require_only_keys_that_exist(self) -> None:
        for _, node in ALL_SCHEMAS:
            assert set(node.get("required", ())) <= set(node.get("properties", {}))

    def test_have_no_field_for_what_a_plan_must_not_hold(self) -> None:
        forbidden = ("personnummer", "samordningsnummer", "adress", "diagnos", "födelsedag", "födelsedatum")
        assert not [key for _, node in ALL_SCHEMAS for key in node.get("properties", {}) if key in forbidden]


class TestEveryField:
    """One test for all fields, as there are hundreds; a failure names those that break it."""

    def test_has_a_title_and_a_description_in_sentences(self) -> None:
        assert not [
            (kind, way)
            for kind, way, field in ALL_FIELDS
            if not field.title[:1].isupper() or field.description[-1:] not in (".", "?")
        ]

    @pytest.mark.parametrize("kind", KINDS)
    def test_has_examples_that_are_valid(self, kind: str) -> None:
        first = {(way, field.description): of for of, way, field in reversed(ALL_FIELDS)}
        mine = [(way, field) for of, way, field in ALL_FIELDS if of == first[way, field.description] == kind]
        assert not [way for way, field in mine if not field.examples]
        wrong = {(way, str(one)): form_of(_with(kind, way, one), IDS) for way, field in mine for one in field.examples}
        assert not {way: problems for way, problems in wrong.items() if problems}

    def test_stands_in_the_example_with_every_field(self) -> None:
        assert not [way for kind, way, _ in ALL_FIELDS if take(_whole(kind), way) is None]

    def test_is_found_by_its_way(self) -> None:
        assert not [way for kind, way, field in ALL_FIELDS if schema.fields(kind).at(way) != field]

    def test_lies_no_deeper_than_eight_levels(self) -> None:
        """As the message on too deep nesting says."""
        assert max(len(way) for _, way, _ in ALL_FIELDS) <= 8


IDS = ("plan-a/ip-2025", "minimal-ip", "plan-a/genomforandeplan-2026", "whole-genomforandeplan")


def _with(kind: str, way: tuple[str | int, ...], example: Any) -> dict[str, Any]:
    """A plan with every field, with `example` at `way` and all the people that the examples speak of."""
    plan = _whole(kind)
    put(plan, way, example)
    people = ("handläggare", "mamma", "god_man", "dv", "habiliteringen")
    plan["personer"] = {**{key: small_plan()["personer"]["mamma"] for key in people}, **plan["personer"]}
    return plan


def _whole(kind: str) -> dict[str, Any]:
    name = {"individuell plan": "ip", "sip": "sip", "genomförandeplan": "genomforandeplan"}[kind]
    return copy.deepcopy(_read(f"whole-{name}.yaml"))


@cache
def _read(name: str) -> dict[str, Any]:
    return source_of((PLANS / "valid" / name).read_bytes()).data


class TestFields:
    def test_know_the_three_kinds(self) -> None:
        assert KINDS == ["individuell plan", "sip", "genomförandeplan"]

    def test_come_in_the_order_of_the_file(self) -> None:
        for kind, name in schema.KINDS.items():
            assert list(schema.fields(kind).properties) == list(schema.document(name)["properties"])

    def test_take_a_title_of_their_own_before_that_of_a_shared_part(self) -> None:
        field = schema.fields("individuell plan").properties["insatser"]
        assert (field.title, field.types, field.law) == ("Insatser", ("array",), "10 § LSS")
        assert field.items is not None
        assert field.items.properties["insats"].required

    def test_are_required_as_the_schema_says(self) -> None:
        properties = schema.fields("sip").properties
        assert properties["samtycke"].required
        assert not properties["insatser"].required

    @pytest.mark.parametrize(
        "way",
        [("finns_inte",), ("titel", "mer"), ("mål", 0, "finns_inte"), ("x_egen",), ("personer", "mamma", "ålder")],
    )
    def test_are_none_where_the_schema_knows_nothing(self, way: tuple[str | int, ...]) -> None:
        assert schema.fields("individuell plan").at(way) is None

    def test_of_people_are_the_same_whatever_the_key(self) -> None:
        plan = schema.fields("sip")
        assert plan.at(("personer", "mamma", "namn")) == plan.at(("personer", "god_man", "namn"))


def test_the_plans_of_the_site_are_made_up_of_three_people_and_use_every_field() -> None:
    plans = [source_of(path.read_bytes()).data for path in (ROOT / "plans").rglob("*.yaml")]
    assert all(plan["fiktiv"] for plan in plans)
    assert {plan["slag"] for plan in plans} == set(KINDS)
    assert len({plan["person"]["namn"] for plan in plans}) >= 3
    used = {way for plan in plans for way in _used(plan)}
    assert {way for _, way, _ in ALL_FIELDS} - used == set()


def _used(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to everything that is written in a plan, as `fields` has it."""
    if isinstance(value, list):
        for item in value:
            yield from _used(item, (*way, 0))
    elif isinstance(value, dict):
        for key, inner in value.items():
            here = (*way, "mamma" if way == ("personer",) else key)
            yield here
            yield from _used(inner, here)


def test_no_example_puts_a_persons_name_in_the_name_of_a_plan() -> None:
    """IP602 warns of it, so no help, message or example may show it."""
    people = {path.name for path in (ROOT / "plans").iterdir() if path.is_dir()}
    files = [*(ROOT / "ipsite").rglob("*.py"), *(ROOT / "schema").iterdir(), *(ROOT / "docs").glob("*.md")]
    named = re.compile(rf"\b(?:{'|'.join(sorted(people))})/[a-z]")
    assert people
    assert {path.name: found for path in files if (found := named.findall(path.read_text("utf-8")))} == {}
