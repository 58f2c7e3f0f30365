"""How a field looks when it is right, for those who wrote it otherwise."""

from __future__ import annotations

from ipsite.schema import Field


def example(field: Field) -> str:
    """How the field looks when it is right: «klart: 2026-03-31»; "" when that takes more than a line."""
    if not field.examples:
        return ""
    value = field.examples[0]
    if isinstance(value, bool):  # left out it means no, and an example of yes is no answer to who wrote no
        return f"Skriv «{field.key}: true» om det är så. Annars ska raden inte stå där."
    if isinstance(value, list) and "person" in field.points_to:
        value = f"[{', '.join(value)}]"
    elif isinstance(value, list | dict):
        return ""
    return f"Skriv så här: «{field.key}: {value}»."


def right_form(field: Field, *, item: bool = False) -> str:
    """How the field, or an `item` of its list, looks when it is right, by an example or in words."""
    if shown := example(field):
        return shown
    if field.items is not None:
        inner = f", och fälten under varandra: {_fields(field.items)}" if field.items.properties else ""
        return f"Skriv varje sak på en egen rad under «{field.key}:», med «- » framför{inner}."
    if field.entries is not None:
        return f"Skriv en nyckel för var och en, till exempel «mamma:», och fälten under den: {_fields(field.entries)}."
    if item and field.properties:
        return f"Skriv «- » och sedan fälten under varandra: {_fields(field)}."
    return f"Skriv fälten på egna rader, indragna under: {_fields(field)}." if field.properties else ""


def _fields(field: Field) -> str:
    """The fields that a mapping must have, or else the first ones it may have, each with an example."""
    needed = [inner for inner in field.properties.values() if inner.required]
    return ", ".join(_shown(inner) for inner in needed or list(field.properties.values())[:3])


def _shown(field: Field) -> str:
    shown = field.examples and isinstance(field.examples[0], str | int)
    return f"«{field.key}: {field.examples[0]}»" if shown else f"«{field.key}»"
