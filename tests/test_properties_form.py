"""Whatever the schema allows passes, and whatever single thing is made wrong in it is told at its line.

The plans are made from the schema itself, so that a new field is tried without a word here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_samples import as_yaml, put, source_of, take

from ipsite import model, schema
from ipsite.decode import decode
from ipsite.load import Way
from ipsite.problem import Problem, field_path
from ipsite.references import check_references
from ipsite.schema import Field
from ipsite.validate import restored, validate

PEOPLE = ("mamma", "god_man")
PLANS = ("alva/ip-2025", "goran/sip")
UNKNOWN = "zzqqxxyy"  # near no word of the format


def _readable(text: str) -> str:
    """The text as a plan can hold it: without signs that cannot stand in a file or blanks around it."""
    read = decode(f"x{text}".encode("utf-8", "replace"), "plan.yaml")
    return "" if isinstance(read, Problem) else unicodedata.normalize("NFC", read[1:]).strip()


SHAPES = (
    "0701234567", "10:30", "no", "~", "null", "true", "1.10", "-", "# nej", "a: b", '"', "'", "rad\nrad", "{}", "* å",
    "Så är det.",
)  # fmt: skip
FREE = st.text(max_size=30).map(_readable).filter(bool)
PATTERNED = {"bild": ["alva.jpg", "Alva 2.PNG"], "länk": ["https://example.com", "https://example.com/a?b#c"]}
WHO = [*PEOPLE, model.MYSELF, ["mamma"], ["god_man", "mamma"], [model.MYSELF, *PEOPLE]]


class Words(NamedTuple):
    """What the texts of one plan are taken from, and the sections that an exemplar may name.

    Hypothesis has room for some hundred choices in a plan, so each value is one choice.
    """

    texts: list[str]
    sections: list[str]


@st.composite
def values(draw: st.DrawFn, field: Field, words: Words) -> Any:
    """A value that the schema allows for `field`."""
    if field.points_to:
        targets: dict[str, list[Any]] = {
            "person": WHO, "plan": [*PLANS], "avsnitt": [words.sections, words.sections[:1]],
        }  # fmt: skip
        return draw(st.sampled_from(targets[field.points_to]))
    if field.entries is not None:
        return {key: draw(values(field.entries, words)) for key in PEOPLE}
    if field.properties:
        return draw(mappings(field, words))
    if field.items is not None:
        return [draw(values(field.items, words)) for _ in range(draw(st.integers(1, 2)))]
    return draw(_scalars(field, words))


@st.composite
def mappings(draw: st.DrawFn, field: Field, words: Words) -> dict[str, Any]:
    """A mapping with what `field` requires, some of what it allows (at least one key) and an own key at times."""
    keys = list(field.properties)
    coins = st.integers(0, 2 ** len(keys) - 1)
    some = draw(coins) & draw(coins)
    chosen = [key for bit, key in enumerate(keys) if field.properties[key].required or some >> bit & 1]
    data = {key: draw(values(field.properties[key], words)) for key in chosen or keys[:1]}
    if some % 5 == 4:
        data["x_eget"] = [None, 1, {"vem": ["vem som helst"]}]
    return data


def _scalars(field: Field, words: Words) -> st.SearchStrategy[Any]:
    if field.choices:
        return st.sampled_from(field.choices)
    if field.format == "date":
        return st.integers(1, date.max.toordinal()).map(lambda day: date.fromordinal(day).isoformat())
    if field.format == "datum-tid":
        minutes = st.integers(0, 100_000_000)
        return minutes.map(lambda n: (datetime(1900, 1, 1) + timedelta(minutes=n)).isoformat(" ", "minutes"))
    if field.format == "email":
        return st.sampled_from(["a@example.com", "åsa.b@exempel.se"])
    if field.pattern:
        return st.sampled_from(PATTERNED[field.key])
    if "integer" in field.types:
        return st.integers(field.minimum, field.maximum)
    return st.booleans() if "boolean" in field.types else st.sampled_from(words.texts)


@st.composite
def plans(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Any plan of `kind` whose form and references are right."""
    fields = schema.fields(kind)
    required = [key for key, inner in fields.properties.items() if inner.required]
    free = draw(st.lists(FREE, max_size=2))
    plan: dict[str, Any] = draw(mappings(fields, Words([*free, *SHAPES], required)))
    return plan


FEWER = max(12, settings().max_examples // 3)  # for what is tried in many ways
KINDS = pytest.mark.parametrize("kind", schema.KINDS)


def _problems(text: str) -> list[Problem]:
    source = restored(source_of(text))
    return validate(source) + check_references(source, PLANS)


@KINDS
@given(data=st.data())
def test_any_plan_that_the_schema_allows_has_no_problem_and_keeps_every_word(kind: str, data: st.DataObject) -> None:
    plan = data.draw(plans(kind))
    source = restored(source_of(as_yaml(plan)[0]))
    assert validate(source) + check_references(source, PLANS) == []
    assert source.data == plan


@KINDS
@given(data=st.data())
def test_any_plan_becomes_a_tree_with_every_field_of_it(kind: str, data: st.DataObject) -> None:
    plan = data.draw(plans(kind))
    source = source_of(as_yaml(plan)[0])
    nodes = {node.path for node in _nodes(model.plan(restored(source)).root)}
    assert nodes == {way for way in _ways(plan) if not any(str(step).startswith("x_") for step in way)}


def _nodes(node: model.Node) -> Iterator[model.Node]:
    yield node
    if isinstance(node.value, dict | tuple):
        for inner in node:
            yield from _nodes(inner)


def _ways(data: Any, way: Way = ()) -> Iterator[Way]:
    yield way
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inner in entries:
        yield from _ways(inner, (*way, step))


class Mutation(NamedTuple):
    """One thing made wrong: which code tells of it, and the way whose line it is told at."""

    code: str
    where: Way
    line_of: Way


def _delete_required(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    if not field.required:
        return None
    take(plan, way[:-1]).pop(way[-1])
    return Mutation("IP021", way, way[:-1])


def _misspell_required(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    if not field.required:
        return None
    holder = take(plan, way[:-1])
    wrong = (*way[:-1], f"{way[-1]}{way[-1]}")
    holder[wrong[-1]] = holder.pop(way[-1])
    return Mutation("IP020", wrong, wrong)


def _add_unknown(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    if not field.properties:
        return None
    put(plan, (*way, UNKNOWN), "x")
    return Mutation("IP020", (*way, UNKNOWN), (*way, UNKNOWN))


def _wrong_type(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    if way == ("slag",):
        return None
    put(plan, way, {} if "string" in field.types else "ord")
    return Mutation("IP022", way, way)


def _nothing(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    put(plan, way, None)
    return Mutation("IP024", way, way)


def _wrong_choice(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    if not field.choices:
        return None
    put(plan, way, 99 if "integer" in field.types else UNKNOWN)
    return Mutation("IP023", way, way)


def _wrong_day(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    if field.format not in ("date", "datum-tid"):
        return None
    put(plan, way, "2026-02-30" if field.format == "date" else "2026-02-28 24:00")
    return Mutation("IP025", way, way)


def _out_of_range(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    if field.maximum is None:
        return None
    put(plan, way, field.maximum + 1)
    return Mutation("IP027", way, way)


def _nobody(plan: dict[str, Any], way: Way, field: Field) -> Mutation | None:
    code = {"person": "IP040", "plan": "IP041", "avsnitt": "IP042"}.get(field.points_to)
    if code is None:
        return None
    at = (*way, 0) if isinstance(take(plan, way), list) else way
    put(plan, at, UNKNOWN)
    return Mutation(code, at, at)


MUTATIONS = [
    _delete_required, _misspell_required, _add_unknown, _wrong_type, _nothing, _wrong_choice, _wrong_day, _out_of_range,
    _nobody,
]  # fmt: skip


def _fields(data: Any, field: Field, way: Way = ()) -> Iterator[tuple[Way, Field]]:
    """Every field that stands in the plan, and its way."""
    if way:
        yield way, field
    if isinstance(data, dict):
        for key, inner in data.items():
            below = field.properties.get(key, field.entries)
            if below is not None:
                yield from _fields(inner, below, (*way, key))
    elif isinstance(data, list) and field.items is not None and not field.points_to:
        for index, inner in enumerate(data):
            yield from _fields(inner, field.items, (*way, index))


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__.strip("_"))
@KINDS
@settings(max_examples=FEWER)
@given(data=st.data())
def test_any_single_thing_made_wrong_is_told_at_its_line(
    kind: str, mutate: Callable[[dict[str, Any], Way, Field], Mutation | None], data: st.DataObject
) -> None:
    plan = data.draw(plans(kind))
    stands = list(_fields(plan, schema.fields(kind)))
    first = data.draw(st.integers(0, len(stands) - 1))
    tried = (mutate(plan, way, field) for way, field in [*stands[first:], *stands[:first]])
    made = next(filter(None, tried), None)
    if made is None:
        return
    text, lines = as_yaml(plan)
    told = {(problem.code, problem.where, problem.line) for problem in _problems(text)}
    line = lines.get(made.line_of, 1)
    if ("slag",) in (made.where, made.line_of) or "slag" not in plan:
        assert {(code, at) for code, _, at in told} & {(made.code, line)}
    else:
        assert (made.code, field_path(made.where), line) in told
