"""draft.py: a new plan is valid as it stands, and still is when everything that is commented out is taken in."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from plan_samples import source_of
from site_helpers import KINDS

from ipsite import schema
from ipsite.commands.new import _QUESTIONS
from ipsite.draft import draft, scalar
from ipsite.validate import validate

TODAY = date(2026, 11, 22)


def keys(data: Any) -> set[str]:
    if isinstance(data, dict):
        return {*data, *(key for inner in data.values() for key in keys(inner))}
    return {key for inner in data for key in keys(inner)} if isinstance(data, list) else set()


def all_keys(field: schema.Field) -> set[str]:
    inner = [*field.properties.values(), *filter(None, (field.items, field.entries))]
    return {field.key} | {key for child in inner for key in all_keys(child)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_valid(kind: str) -> None:
    assert validate(source_of(draft(kind, TODAY))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_shows_every_field_and_all_of_it_is_right(kind: str) -> None:
    text = re.sub(r"(?m)^( *(?:- )?)#(?! )", r"\1", draft(kind, TODAY))
    source = source_of(text)
    assert validate(source) == []
    assert all_keys(schema.fields(kind)) - keys(source.data) <= {"", "fiktiv"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_its_help_above_it(kind: str) -> None:
    lines = draft(kind, TODAY).splitlines()
    bare = [
        line
        for before, line in pairwise(lines)
        if re.match(r" *#?(- )?[a-zåäö_]+:", line) and not before.lstrip().startswith("# ")
    ]
    assert all(line.strip() == "handläggare:" for line in bare), bare


def test_nothing_is_made_up_in_a_sip() -> None:
    """A consent that was not given, or a day of follow-up that nobody set, would be a lie."""
    data = source_of(draft("sip", TODAY)).data
    assert set(data["samtycke"]) == {"gäller"}
    assert "när" not in source_of(draft("genomförandeplan", TODAY)).data["följs_upp"]


def test_answers_take_the_place_of_what_is_to_be_filled_in() -> None:
    answers = {name: f"Svar: #{number} \"så\" 'här'" for number, name in enumerate(dict(_QUESTIONS))}
    data = source_of(draft("individuell plan", TODAY, answers)).data
    assert data["titel"] == answers["titel"]
    assert data["person"]["kallas"] == answers["person.kallas"]
    assert data["mål"][0]["mina_ord"] == answers["mål.mina_ord"]
    assert "Fyll i" in data["personer"]["handläggare"]["namn"]


def test_an_empty_answer_is_none() -> None:
    assert source_of(draft("individuell plan", TODAY, {"titel": "  "})).data["titel"].startswith("Fyll i")


@pytest.mark.parametrize(
    "text",
    ["", " ", "1", "true", "null", "0701", "- a", "a: b", "a #b", "[x", "{", "'", '"', "a\nb", "@a", "å", "x:", "~"],
)
def test_any_text_is_written_so_that_it_is_read_as_it_was(text: str) -> None:
    read = source_of(f"a: {scalar(text)}\n").data["a"]
    assert str(read if read is not None else "") == text.strip()


def test_the_editor_is_told_where_the_schema_lies() -> None:
    assert "# yaml-language-server: $schema=../schema/x.json\n" in draft("sip", TODAY, schema_at="../schema/x.json")
    assert "$schema" not in draft("sip", TODAY)
