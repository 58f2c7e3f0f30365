"""Form: is a plan file written as its schema says? The one module that knows jsonschema.

Most plans are right, so jsonschema-rs says yes or no first, at a hundredth of the cost; jsonschema tells what is wrong
with those that are not. Where the two would differ, jsonschema is the judge: see decision 0035.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from ipsite import form, schema
from ipsite.interrupts import later
from ipsite.load import Source, Way
from ipsite.problem import Problem, field_path, is_name
from ipsite.suggest import did_you_mean, nearest

jsonschema_rs: Any
try:
    import jsonschema_rs
except ImportError:  # made for most machines, but not for all; without it a check takes longer and says the same
    jsonschema_rs = None

if TYPE_CHECKING:
    from jsonschema import Draft7Validator, FormatChecker
    from jsonschema.exceptions import ValidationError

# A value of the wrong type is no choice either, and may be out of range; only the first of these is told.
_ONE_PER_VALUE = ("type", "const", "enum", "minimum", "maximum")


def restored(source: Source) -> Source:
    """The source with the text that was written in every field of text, also where YAML reads a number or a truth value
    ("1.10", "true"). Of an unknown kind of plan, the source itself."""
    kind = source.data.get("slag")
    if not isinstance(kind, str) or kind not in schema.KINDS:
        return source
    fields, data = schema.fields(kind), source.data
    for path, text in source.written.items():
        if (field := fields.at(path)) is not None and "string" in field.types:
            data = _with(data, path, text)
    return replace(source, data=data)


def _with(data: Any, path: Way, text: str) -> Any:
    """A copy of `data` with `text` at `path`; what lies beside the path is not copied."""
    if not path:
        return text
    copy = data.copy()
    copy[path[0]] = _with(data[path[0]], path[1:], text)
    return copy


def validate(source: Source) -> list[Problem]:
    """All breaches of form in one plan file, in the order of the file."""
    return validated(source)[1]


def validated(source: Source) -> tuple[Source, list[Problem]]:
    """The source as `restored` gives it, for whoever goes on to the model, and all breaches of form."""
    kind = source.data.get("slag")
    if not isinstance(kind, str) or kind not in schema.KINDS:
        return source, [_unknown_kind(source)]
    fields, source = schema.fields(kind), restored(source)
    if (quick := _quick(kind)) and quick.is_valid(source.data):
        return source, []
    found: list[Problem] = []
    told: set[Way] = set()
    for error in _validator(kind).iter_errors(source.data):
        breach = _breach(source, fields, error)
        if breach.keyword in _ONE_PER_VALUE:
            if breach.path in told:
                continue
            told.add(breach.path)
        found += form.problems(breach)
    return source, sorted(set(found), key=lambda problem: problem.order)


def _breach(source: Source, fields: schema.Field, error: ValidationError) -> form.Breach:
    path: Way = tuple(error.absolute_path)
    field = fields.at(path)
    assert field is not None, field_path(path)  # what the schema does not know is told at the value around it
    keyword = str(error.validator)
    if "propertyNames" in error.absolute_schema_path:
        keyword = "propertyNames"
    return form.Breach(source, path, field, keyword, error.validator_value, error.instance)


def _unknown_kind(source: Source) -> Problem:
    choices = " · ".join(schema.KINDS)
    slip = next((key for key in source.data if nearest(key, ["slag"])), "")
    where, place = "slag", source.key_place(())
    hint = f"Skriv vilket slags plan det är: {choices}. Till exempel: «slag: individuell plan»."
    if "slag" not in source.data and is_name(slip):
        where, place = slip, source.key_place((slip,))
        message, code, hint = f"Fältet «{slip}» finns inte här.", "IP020", "Menade du «slag»?"
    elif "slag" not in source.data:
        message, code = "Fältet «slag» saknas.", "IP021"
    elif source.data["slag"] in (None, ""):
        place = source.value_place(("slag",))
        message, code = "«slag» är tomt.", "IP024"
    else:
        place = source.value_place(("slag",))
        message, code = "«slag» har ett värde som inte går att välja.", "IP023"
        guess = did_you_mean(str(source.data["slag"]), schema.KINDS)
        hint = f"{guess} Du kan skriva: {choices}.".strip()
    return Problem(code, "fel", source.file, *place, where, message, hint)


@cache
def _quick(kind: str) -> Any:
    """Says yes or no. What it says no to may still be right: then jsonschema finds no fault."""
    if jsonschema_rs is None:
        return None
    with later():  # it takes a Ctrl-C that comes while it is made for a fault that it may ignore
        return jsonschema_rs.Draft7Validator(_in_one(kind), formats=_FORMATS)


def _in_one(kind: str) -> dict[str, Any]:
    """The schema of a kind of plan with the shared definitions inside it."""
    own, shared = schema.document(schema.KINDS[kind]), schema.document(schema.SHARED)
    text = json.dumps({**own, "definitions": shared["definitions"]})
    inside: dict[str, Any] = json.loads(text.replace(f'"{schema.SHARED}#/', '"#/'))
    return inside


@cache
def _validator(kind: str) -> Draft7Validator:
    """Tells every fault. Slow to load and to use, so it is met by plans with faults only."""
    from jsonschema import Draft7Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT7

    shared = DRAFT7.create_resource(schema.document(schema.SHARED))
    registry: Registry[Any] = Registry().with_resource(schema.SHARED, shared)
    return Draft7Validator(schema.document(schema.KINDS[kind]), registry=registry, format_checker=_formats())


@cache
def _formats() -> FormatChecker:
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, holds in _FORMATS.items():
        checker.checks(name)(holds)
    return checker


_DAY = r"\d{4}-\d\d-\d\d"
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"  # Python 3.13 and later take 24:00 too


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or _parses(date.fromisoformat, _DAY, value)


def _is_time(value: object) -> bool:
    return not isinstance(value, str) or _parses(datetime.fromisoformat, f"{_DAY} {_TIME}", value)


def _is_email(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+", value) is not None


def _parses(read: Callable[[str], object], shape: str, text: str) -> bool:
    if not re.fullmatch(shape, text, re.ASCII):
        return False
    try:
        read(text)
    except ValueError:
        return False
    return True


_FORMATS: dict[str, Callable[[object], bool]] = {"date": _is_date, "datum-tid": _is_time, "email": _is_email}
