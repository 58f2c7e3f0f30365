"""The fields of the format, explained: made from the schema itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipsite import schema
from ipsite.schema import Field
from ipsite.slug import slug, unique
from ipsite.views.blocks import Block, Bullets, Code, Fact, Links, Section, Table, text
from ipsite.views.reference import Reference

_TYPES = {
    "string": "text",
    "integer": "heltal",
    "boolean": "true eller false",
    "array": "lista",
    "object": "fält under",
}


def field_list() -> Reference:
    """The way in to the reference of fields, and how to get help while writing."""
    links = Links(tuple((f"{slug(kind)}/", f"Fält i {_named(kind)}") for kind in schema.KINDS))
    line = "# yaml-language-server: $schema=../schema/individuell-plan.schema.json"
    return Reference(
        "Planens format",
        "Så skriver du en plan",
        "Alla fält i en plan, och hur du får hjälp av textredigeraren.",
        (
            text(
                "En plan är en textfil i mappen plans. Filens namn slutar på .yaml. Varje rad är ett fält och en text."
            ),
            Code("format: 1\nslag: individuell plan\ntitel: Flytta hemifrån\nskriven: 2026-03-02\nstatus: utkast"),
            links,
        ),
        (
            Section("grunderna", "Grunderna", (_basics(),)),
            Section(
                "vs-code",
                "Få hjälp när du skriver i VS Code",
                (
                    Bullets(
                        "",
                        (
                            ("Installera tillägget YAML från Red Hat.",),
                            ("Lägg raden nedan överst i planen. Ändra sökvägen så att den leder till mappen schema.",),
                            ("Tryck Ctrl och mellanslag för att se vilka fält som finns.",),
                        ),
                    ),
                    Code(line),
                    text("Nu visar redigeraren vad varje fält betyder, och stryker under det som är fel."),
                ),
            ),
        ),
    )


def _basics() -> Bullets:
    return Bullets(
        "",
        (
            ("Skriv fältets namn, kolon, mellanslag och texten.",),
            ("Dra in med två mellanslag, aldrig med tabb.",),
            ("Skriv varje sak i en lista på egen rad, med «- » framför.",),
            ("Skriv datum så här: 2026-11-22. Skriv tid så här: 2026-11-22 13:00.",),
            ("Står det ett kolon i texten, sätt texten inom citattecken.",),
            ("Egna fält börjar med x_ och visas inte.",),
        ),
    )


def _named(kind: str) -> str:
    return {"individuell plan": "en individuell plan", "sip": "en SIP"}.get(kind, "en genomförandeplan")


def field_page(kind: str) -> Reference:
    """All fields of one kind of plan, in the order of the schema."""
    fields = schema.fields(kind)
    ids = unique(f"fält {name}" for name in fields.properties)
    return Reference(
        "Planens format",
        f"Fält i {_named(kind)}",
        f"Varje fält i {_named(kind)}: vad det är, om det krävs, och hur det skrivs.",
        (),
        tuple(_field_section(field, name) for field, name in zip(fields.properties.values(), ids, strict=True)),
    )


def _field_section(field: Field, name: str) -> Section:
    parts: list[Block] = [
        text(_explained(field)),
        Fact("Krävs", ("ja" if field.required else "nej",)),
        Fact("Skrivs som", (_type(field),)),
    ]
    if field.law:
        parts.append(Fact("Grund", (field.law,)))
    if example := _example(field):
        parts.append(Code(example))
    if rows := tuple(_rows(field, "")):
        parts.append(Table("", ("Fält", "Vad det är", "Exempel"), rows, "fields"))
    return Section(name, field.key, tuple(parts))


def _explained(field: Field) -> str:
    end = "" if field.title.endswith("?") else "."
    return f"{field.title}{end} {field.description}"


def _type(field: Field) -> str:
    if len(field.choices) == 1:
        return str(field.choices[0])
    if field.choices:
        return "något av: " + " · ".join(map(str, field.choices))
    if field.points_to:
        return {"person": "en nyckel under personer, eller en lista med nycklar", "plan": "en plans namn"}.get(
            field.points_to, "namn på delar av planen"
        )
    named = {"date": "datum", "datum-tid": "datum och tid", "email": "e-postadress"}
    return named.get(field.format) or " eller ".join(_TYPES[name] for name in field.types)


def _rows(field: Field, prefix: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    holder = field.items or field.entries or field
    for inner in holder.properties.values():
        name = f"{prefix}{inner.key}"
        must = ("Krävs.",) if inner.required else ()
        example = _short(inner.examples[0]) if inner.examples else ""
        yield (
            (name,),
            (_explained(inner), f"Skrivs som {_type(inner)}.", *must),
            (example or "Inget eget exempel",),
        )
        yield from _rows(inner, f"{name} › ")


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(_short(item) for item in value if not isinstance(item, dict))
    return "" if isinstance(value, dict) else str(value)


def _example(field: Field) -> str:
    example = _short(field.examples[0]) if field.examples and not isinstance(field.examples[0], (dict, list)) else ""
    return f"{field.key}: {example}" if example else ""
