"""What the schema demands, told in plain Swedish: one function for each schema keyword.

Each takes a `Breach` and gives the problems it stands for. No message repeats the written value, which
may be private; it shows an example of the right form instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ipsite.clipped import commented_out
from ipsite.load import Source, Way
from ipsite.problem import Place, Problem, field_path, is_name
from ipsite.right_form import example, right_form
from ipsite.schema import Field
from ipsite.slips import name_in, unseen_in, words_about
from ipsite.suggest import as_key, did_you_mean, nearest

_TYPES = {
    "string": "text",
    "integer": "ett heltal",
    "boolean": "true eller false",
    "array": "en lista",
}
_FORMATS = {
    "date": "ett datum som finns, skrivet ÅÅÅÅ-MM-DD",
    "datum-tid": "ett datum och ett klockslag som finns, skrivna ÅÅÅÅ-MM-DD TT:MM",
    "email": "en e-postadress",
}
_OF_VALUES = ("type", "enum", "format", "pattern")
_FIRST_YEAR = 1000  # the least number that is a year
_COMMENTED = "Det som står efter «#» räknas inte. Ta bort «#» framför det som ska gälla."
_ON_PURPOSE = "Planen har med flit inget fält för personnummer, adress eller diagnos. Ta bort raden."
_NO_FIELDS = re.compile("(person|samordnings)n(ummer|r)|pnr|(gatu|hem|post|bostads)?adress|diagnos(er)?", re.IGNORECASE)
_MOST_GUESSES = 50  # in one mapping; more unknown keys than that are no slips of the pen


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken demand: which schema keyword, where, and what stood there."""

    source: Source
    path: Way
    field: Field
    keyword: str
    demand: Any  # the keyword's value in the schema
    value: Any


def problems(breach: Breach) -> Iterator[Problem]:
    """The problems that a broken schema keyword stands for; what is left empty is told as that."""
    nothing = breach.keyword in _OF_VALUES and breach.value in (None, "")
    yield from empty(breach) if nothing else MESSAGES[breach.keyword](breach)


def _problem(breach: Breach, code: str, message: str, hint: str, place: Place | None = None) -> Problem:
    place = place or breach.source.value_place(breach.path)
    return Problem(code, "fel", breach.source.file, *place, field_path(breach.path), message, hint, breach.field.law)


def _name(breach: Breach) -> str:
    """What the message is about: a field by its name, an item of a list by its number."""
    key = next(step for step in reversed(breach.path) if isinstance(step, str))
    name = f"«{key}»" if is_name(key) else "värdet"
    last = breach.path[-1]
    return f"Punkt {last + 1} i {name}" if isinstance(last, int) else name[0].upper() + name[1:]


def _unknown(breach: Breach, value: dict[str, Any]) -> dict[str, str]:
    """Keys that the schema does not know → the field each was likely meant to be, or ""."""
    known = breach.field.properties
    unknown = [key for key in value if key not in known and not key.startswith("x_")]
    free = [name for name in known if name not in value] or list(known)
    return {key: nearest(name_in(key), free) if index < _MOST_GUESSES else "" for index, key in enumerate(unknown)}


def unknown_field(breach: Breach) -> Iterator[Problem]:
    free = [name for name in breach.field.properties if name not in breach.value]
    listed = f"Fält som kan stå här: {', '.join(free or breach.field.properties)}."
    for key, meant in _unknown(breach, breach.value).items():
        way = (*breach.path, key)
        shown = f"Fältet «{key}» finns inte här." if is_name(key) else "Här står något som inte är ett fält."
        if not is_name(key) and not meant:
            hint = f'Hör raden till en text? Sätt hela texten inom citattecken: "Mål: flytta". {listed}'
        else:
            hint = f"Menade du «{meant}»? {unseen_in(key)}".strip() if meant else listed
        if around := _around(breach.field, key):
            hint = f"Fältet hör hemma under «{around}». Dra in raden, eller flytta den dit."
        if _NO_FIELDS.fullmatch(key):
            hint = _ON_PURPOSE
        hint = words_about(key) or hint
        place = breach.source.key_place(way)
        yield Problem("IP020", "fel", breach.source.file, *place, field_path(way), shown, hint)


def _around(field: Field, key: str) -> str:
    """The field under `field` that `key` may stand under, or ""."""
    return next(
        (name for name, one in field.properties.items() if key in (one.items or one.entries or one).properties), ""
    )


def missing_field(breach: Breach) -> Iterator[Problem]:
    slips = _unknown(breach, breach.value).values()
    for key in breach.demand:
        if key in breach.value or key in slips:  # a slip of the pen is one problem, told at the slip
            continue
        field = breach.field.properties[key]
        yield Problem(
            "IP021",
            "fel",
            breach.source.file,
            *breach.source.key_place(breach.path),
            field_path((*breach.path, key)),
            f"Fältet «{key}» saknas.",
            f"{example(field) or f'Lägg till «{key}». {field.description}'} {_choices(field)}".strip(),
            field.law,
        )


def wrong_type(breach: Breach) -> Iterator[Problem]:
    types, value = breach.field.types, breach.value
    hint = right_form(breach.field, item=isinstance(breach.path[-1], int))
    wanted = f"vara {' eller '.join(_TYPES[name] for name in types if name in _TYPES)}"
    if breach.field.points_to == "person":
        wanted = "vara en nyckel under «personer», eller en lista med nycklar"
    elif "object" in types:
        wanted = "ha fält under sig"
        if breach.path[:-1] == ("personer",) and breach.path[-1] in breach.field.properties:  # a person without her key
            hint = "Skriv personens nyckel på raden ovanför, till exempel «mamma:», och dra in fälten under den."
    elif _is_year(breach.field):
        wanted = "vara ett år, skrivet med fyra siffror"
    elif types == ("integer",) and breach.field.maximum is not None:
        wanted = f"vara ett heltal mellan {breach.field.minimum} och {breach.field.maximum}"
    elif isinstance(value, dict) and "string" in types:
        hint = 'Står det ett kolon i texten? Sätt hela texten inom citattecken: "Mål: flytta".'
    if "string" not in types:
        written = value if isinstance(value, dict) else [str(value)]
        hint = next(filter(None, map(words_about, written)), hint)
    if isinstance(value, str) and re.fullmatch("0|-?[1-9][0-9]*|true|false", value):
        hint = f"Ta bort citattecknen. {hint}"
    yield _problem(breach, "IP022", f"{_name(breach)} ska {wanted}.", hint)


def wrong_choice(breach: Breach) -> Iterator[Problem]:
    choices = [str(choice) for choice in breach.field.choices]
    if len(choices) == 1:
        yield _problem(breach, "IP023", f"{_name(breach)} ska vara {choices[0]}.", example(breach.field))
        return
    guess = did_you_mean(str(breach.value), choices)
    yield _problem(
        breach,
        "IP023",
        f"{_name(breach)} har ett värde som inte går att välja.",
        f"{guess} {_choices(breach.field)}".strip(),
    )


def _choices(field: Field) -> str:
    """What may be chosen; "" where there is no choice."""
    return f"Du kan skriva: {' · '.join(map(str, field.choices))}." if len(field.choices) > 1 else ""


def empty(breach: Breach) -> Iterator[Problem]:
    item = isinstance(breach.path[-1], int)
    hint = right_form(breach.field)
    if breach.keyword == "minProperties":
        hint = f"Skriv minst ett av fälten: {', '.join(f'«{name}»' for name in breach.field.properties)}."
    leave_out = "" if breach.field.required else "Vet du inte än, ta bort raden."
    if breach.value is None and commented_out(breach.source, breach.path):
        hint = _COMMENTED
    yield _problem(breach, "IP024", f"{_name(breach)} är {'tom' if item else 'tomt'}.", f"{hint} {leave_out}".strip())


def wrong_format(breach: Breach) -> Iterator[Problem]:
    wanted = _FORMATS[breach.field.format]
    yield _problem(breach, "IP025", f"{_name(breach)} ska vara {wanted}.", example(breach.field))


def wrong_pattern(breach: Breach) -> Iterator[Problem]:
    field = breach.field
    if field.format in _FORMATS:  # the format's own words say it better
        yield from wrong_format(breach)
    elif breach.demand.startswith("^https://"):
        wanted = f"{_name(breach)} ska vara en adress som börjar med https:// och inte har mellanslag i sig."
        yield _problem(breach, "IP026", wanted, example(field))
    elif field.points_to == "plan":
        letters = "Skriv planfilens namn utan .yaml, med små bokstäver a–z, siffror och bindestreck."
        message = f"{_name(breach)} är inte skrivet som namnet på en plan."
        yield _problem(breach, "IP026", message, f"{letters} {example(field)}")
    else:
        message = f"{_name(breach)} är inte skrivet på rätt sätt."
        yield _problem(breach, "IP026", message, f"{field.description} {example(field)}".strip())


def _is_year(field: Field) -> bool:
    return field.minimum is not None and field.minimum >= _FIRST_YEAR


def out_of_range(breach: Breach) -> Iterator[Problem]:
    low, high = breach.field.minimum, breach.field.maximum
    bounds = [f"minst {low}" if low is not None else "", f"högst {high}" if high is not None else ""]
    number = "ett år med fyra siffror," if _is_year(breach.field) else "ett tal"
    wanted = f"{number} mellan {low} och {high}" if all(bounds) else "".join(bounds)
    yield _problem(breach, "IP027", f"{_name(breach)} ska vara {wanted}.", example(breach.field))


def repeated(breach: Breach) -> Iterator[Problem]:
    seen = []
    for index, item in enumerate(breach.value):
        if item not in seen:
            seen.append(item)
        else:
            again = replace(breach, path=(*breach.path, index))
            yield _problem(again, "IP029", f"{_name(again)} står redan i listan.", "Ta bort den ena.")


def wrong_key(breach: Breach) -> Iterator[Problem]:
    right = as_key(breach.value) if is_name(breach.value) else ""  # what is no name may be private
    guess = f"Menade du «{right}»? " if right and right not in breach.source.data["personer"] else ""
    yield _problem(
        breach,
        "IP030",
        f"En nyckel under {_name(breach)} har tecken som inte går att använda.",
        f"{guess}Börja med en bokstav och använd bara små bokstäver (a–z, å, ä, ö), siffror och understreck: "
        "«god_man:». Personens namn skriver du i fältet «namn», med vilka tecken som helst.",
        breach.source.key_place((*breach.path, breach.value)),
    )


MESSAGES: dict[str, Callable[[Breach], Iterator[Problem]]] = {
    "additionalProperties": unknown_field,
    "required": missing_field,
    "type": wrong_type,
    "const": wrong_choice,
    "enum": wrong_choice,
    "minLength": empty,
    "minItems": empty,
    "minProperties": empty,
    "format": wrong_format,
    "pattern": wrong_pattern,
    "minimum": out_of_range,
    "maximum": out_of_range,
    "uniqueItems": repeated,
    "propertyNames": wrong_key,
}
