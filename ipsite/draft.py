"""A new plan as text: every field of the schema with its help, rare ones commented out.

What is commented out has its «#» right before the text, and help begins «# »: the writer takes away the sign,
and the field is there, rightly indented.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipsite.schema import Field, fields

WIDTH = 100
ASKED = "Fyll i ("  # begins the words that ask for the right ones; rules/begun.py looks for what is left of them
# Not demanded by the schema, but no plan is much without them.
_USUAL = {
    "individuell plan": ("mål", "mål.mina_ord", "mål.åtgärder"),
    "sip": ("mål", "mål.mina_ord", "mål.åtgärder"),
    "genomförandeplan": ("aktiviteter",),
}
_LEFT_OUT = ("fiktiv",)  # says of a plan that it is invented; never of a plan that begins here
_PLAIN = re.compile(r"[0-9A-Za-zÅÄÖåäö](?:[^\x00-\x1f:#\"\\\[\]{}&*!|>%`]|:(?=\S))*(?<![\s:])")
_NOT_TEXT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")

_HEAD = """\
# Det här är en ny plan. Rader som börjar med «# » är förklaringar.
# Rader som börjar med «#» utan mellanslag är fält som du kan ta med: ta bort «#» och skriv ditt eget.
# Byt ut allt som börjar med «Fyll i». Skriv inte personnummer, adress eller diagnos.
# Kontrollera planen med: ipsite check
"""


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is needed all the way down: the kind, the day, and what the writer has answered."""

    kind: str
    today: date
    answers: Mapping[str, str]

    def writes(self, name: str, field: Field) -> bool:
        return field.required or name in self.answers or name in _USUAL[self.kind]


def draft(kind: str, today: date, answers: Mapping[str, str] | None = None, schema_at: str = "") -> str:
    """A valid, commented plan of `kind`, begun on the day `today`.

    `answers` fill texts by the names of their fields ("person.namn"); `schema_at` is where an editor finds the schema.
    """
    answers = {name: text for name, text in (answers or {}).items() if text.strip()}
    lines = _HEAD.splitlines()
    if schema_at:
        lines.append(f"# yaml-language-server: $schema={schema_at}")
    writing = _Writing(kind, today, answers)
    for key, field in fields(kind).properties.items():
        if key not in _LEFT_OUT:
            lines += ["", *_field(writing, key, field, commented=False)]
    return "\n".join(lines) + "\n"


def scalar(value: Any) -> str:
    """A single value as YAML: plain where that is safe, else within quotation marks."""
    if isinstance(value, bool) or value is None or isinstance(value, int | float):
        return json.dumps(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text) and " #" not in text:
        return text
    return json.dumps(text, ensure_ascii=False)


def _field(writing: _Writing, name: str, field: Field, *, commented: bool) -> list[str]:
    """A field with its help: lines without indent from outside, `#` before those that are commented out."""
    out = commented or not writing.writes(name, field)
    inner = _written(writing, name, field, out)
    return [*_help(field), *(map(_commented, inner) if out and not commented else inner)]


def _commented(line: str) -> str:
    """The line with «#» right before its text; help is that already."""
    text = line.lstrip()
    return line if text.startswith("# ") else f"{line[: len(line) - len(text)]}#{text}"


def _help(field: Field) -> Iterator[str]:
    words = field.description or field.title
    if field.choices and len(field.choices) > 1 and not all(str(choice) in words for choice in field.choices):
        words += f" Du kan skriva: {' · '.join(map(str, field.choices))}."
    yield from (f"# {line}" for line in textwrap.wrap(words, WIDTH, break_long_words=False, break_on_hyphens=False))


def _written(writing: _Writing, name: str, field: Field, out: bool) -> list[str]:
    """The field itself: «key: value», or the key and what is under it."""
    if field.properties:
        return [f"{field.key}:", *_indented(_properties(writing, name, field, out))]
    if field.entries is not None:
        entry = _properties(writing, name, field.entries, out)
        return [f"{field.key}:", *_indented(["handläggare:", *_indented(entry)])]
    if field.items is not None and field.items.properties:
        first, *rest = _dashed(_properties(writing, name, field.items, out))
        return [f"{field.key}:", *_indented([first, *rest])]
    if field.items is not None and not field.points_to and "string" not in field.types:
        value = _value(writing, name, field, out)
        return [f"{field.key}:", *_indented([f"- {scalar(item)}" for item in value])]
    value = _value(writing, name, field, out)
    shown = f"[{', '.join(map(scalar, value))}]" if isinstance(value, list) else scalar(value)
    return [f"{field.key}: {shown}"]


def _properties(writing: _Writing, name: str, field: Field, out: bool) -> list[str]:
    """What is under a mapping; at least one field is written out, since an empty mapping is an error."""
    names = {key: f"{name}.{key}" for key in field.properties}
    written = [key for key in names if out or writing.writes(names[key], field.properties[key])]
    forced = "" if written else _to_ask_for(field)
    lines: list[str] = []
    for key, inner in field.properties.items():
        if key == forced:
            lines += [*_help(inner), *_written(writing, names[key], inner, out=False)]
        else:
            lines += _field(writing, names[key], inner, commented=out)
    return lines


def _to_ask_for(field: Field) -> str:
    """The one field of a mapping to write out: a text, since a day would say that something has happened."""
    texts = [key for key, inner in field.properties.items() if inner.types == ("string",) and not inner.format]
    return next((key for key in texts if not field.properties[key].choices), next(iter(field.properties)))


def _value(writing: _Writing, name: str, field: Field, out: bool) -> Any:
    """What stands in a field: an answer, today, a choice, or words that ask for the right ones."""
    if name in writing.answers:
        return writing.answers[name].strip()
    if field.points_to == "person":
        return "jag själv" if name.endswith("åtgärder.vem") else "handläggare"
    if out:
        return field.examples[0] if field.examples else _asked(field)
    if field.format == "date":
        return writing.today.isoformat()
    if name == "status":
        return "utkast"
    if name.endswith("status"):
        return field.choices[0]
    if field.choices or "string" not in field.types or field.key == "roll":
        return field.examples[0] if not field.items else [_asked(field.items)]
    return _asked(field)


def _asked(field: Field) -> str:
    return f"{ASKED}{field.title})"


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


def _dashed(lines: list[str]) -> list[str]:
    """The lines of one item of a list: a dash before the first that is no comment, its help above it."""
    start = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return [*lines[:start], f"- {lines[start]}", *(f"  {line}" for line in lines[start + 1 :])]
