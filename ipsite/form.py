"""What the schema demands, told in plain Swedish: one function for each schema keyword.

Each takes a `Breach` and gives the problems it stands for. No message repeats the written value, which
may be private; it shows an example of the right form instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ipsite.load import Source, Way
from ipsite.problem import Place, Problem, field_path
from ipsite.schema import Field
from ipsite.suggest import did_you_mean, nearest

_TYPES = {
    "string": "text",
    "integer": "ett heltal",
    "boolean": "true eller false",
    "array": "en lista",
    "object": "fält under sig",
}
_FORMATS = {
    "date": "ett datum som finns, skrivet ÅÅÅÅ-MM-DD",
    "datum-tid": "ett datum och ett klockslag som finns, skrivna ÅÅÅÅ-MM-DD TT:MM",
    "email": "en e-postadress",
}


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
    """The problems that a broken schema keyword stands for."""
    yield from MESSAGES[breach.keyword](breach)


def example(field: Field) -> str:
    """How the field looks when it is right: «klart: 2026-03-31»."""
    if not field.examples:
        return ""
    value = field.examples[0]
    if isinstance(value, list):
        value = f"[{', '.join(map(str, value))}]" if all(len(str(item)) < 25 for item in value) else None
    elif isinstance(value, dict):
        value = None
    if isinstance(value, bool):
        value = "true" if value else "false"
    if value is None:
        return ""
    return f"Skriv så här: «{field.key}: {value}»." if field.key else f"Skriv så här: «{value}»."


def _problem(breach: Breach, code: str, message: str, hint: str = "", place: Place | None = None) -> Problem:
    place = place or breach.source.value_place(breach.path)
    return Problem(code, "fel", breach.source.file, *place, field_path(breach.path), message, hint, breach.field.law)


def _name(breach: Breach) -> str:
    """The field's own name, or "Värdet" for one that the schema does not name."""
    key = next((step for step in reversed(breach.path) if isinstance(step, str)), "")
    return f"«{key}»" if re.fullmatch(r"\w{1,40}", key) else "Värdet"


def unknown_field(breach: Breach) -> Iterator[Problem]:
    known = breach.field.properties
    for key in breach.value:
        if key in known or key.startswith("x_"):
            continue
        way = (*breach.path, key)
        shown = f"Fältet «{key}» finns inte här." if re.fullmatch(r"\w{1,40}", key) else "Ett fält som inte finns."
        free = [name for name in known if name not in breach.value] or list(known)
        hint = did_you_mean(key, free) or f"Fält som kan stå här: {', '.join(free)}."
        place = breach.source.key_place(way)
        yield Problem("IP020", "fel", breach.source.file, *place, field_path(way), shown, hint)


def missing_field(breach: Breach) -> Iterator[Problem]:
    for key in breach.demand:
        if key in breach.value:
            continue
        field = breach.field.properties[key]
        way = (*breach.path, key)
        place = breach.source.key_place(breach.path)
        yield Problem(
            "IP021",
            "fel",
            breach.source.file,
            *place,
            field_path(way),
            f"Fältet «{key}» saknas.",
            example(field) or f"Lägg till «{key}»: {field.description}",
            field.law,
        )


def wrong_type(breach: Breach) -> Iterator[Problem]:
    if breach.value is None:
        hint = example(breach.field) or "Fyll i fältet."
        yield _problem(breach, "IP024", f"{_name(breach)} är tomt.", f"{hint} Vet du inte än, ta bort raden.")
        return
    wanted = " eller ".join(_TYPES[name] for name in breach.field.types)
    hint = example(breach.field)
    if "array" in breach.field.types and not hint:
        hint = f"Skriv varje sak på en egen rad under «{breach.field.key}:», med «- » framför."
    elif "object" in breach.field.types:
        names = [name for name, field in breach.field.properties.items() if field.required]
        names = names or list(breach.field.properties)[:3]
        listed = ", ".join(f"«{name}»" for name in names)
        hint = f"Skriv fälten på egna rader, indragna under: {listed}." if names else ""
    yield _problem(breach, "IP022", f"{_name(breach)} ska vara {wanted}.", hint)


def wrong_choice(breach: Breach) -> Iterator[Problem]:
    choices = [str(choice) for choice in breach.field.choices]
    listed = " · ".join(choices)
    guess = nearest(str(breach.value), choices)
    hint = f"Menade du «{guess}»? Du kan skriva: {listed}." if guess else f"Du kan skriva: {listed}."
    yield _problem(breach, "IP023", f"{_name(breach)} har ett värde som inte går att välja.", hint)


def empty(breach: Breach) -> Iterator[Problem]:
    yield _problem(
        breach,
        "IP024",
        f"{_name(breach)} är tomt.",
        f"{example(breach.field)} Vet du inte än, ta bort raden.".strip(),
    )


def wrong_format(breach: Breach) -> Iterator[Problem]:
    wanted = _FORMATS[breach.demand]
    yield _problem(breach, "IP025", f"{_name(breach)} ska vara {wanted}.", example(breach.field))


def wrong_pattern(breach: Breach) -> Iterator[Problem]:
    if breach.field.format in _FORMATS:
        return  # the format's own message says it better
    if breach.demand.startswith("^https://"):
        yield _problem(
            breach,
            "IP026",
            f"{_name(breach)} ska vara en adress som börjar med https://.",
            example(breach.field),
        )
        return
    yield _problem(
        breach,
        "IP026",
        f"{_name(breach)} är inte skrivet på rätt sätt. {breach.field.description}",
        example(breach.field),
    )


def out_of_range(breach: Breach) -> Iterator[Problem]:
    low, high = breach.field.minimum, breach.field.maximum
    yield _problem(breach, "IP027", f"{_name(breach)} ska vara ett tal mellan {low} och {high}.", example(breach.field))


def repeated(breach: Breach) -> Iterator[Problem]:
    yield _problem(breach, "IP029", f"{_name(breach)} innehåller samma sak två gånger.", "Ta bort den ena.")


def wrong_key(breach: Breach) -> Iterator[Problem]:
    yield _problem(
        breach,
        "IP030",
        f"Ett namn under {_name(breach)} har tecken som inte går att använda.",
        "Använd små bokstäver, siffror och understreck: «god_man».",
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
    "format": wrong_format,
    "pattern": wrong_pattern,
    "minimum": out_of_range,
    "maximum": out_of_range,
    "uniqueItems": repeated,
    "propertyNames": wrong_key,
}
