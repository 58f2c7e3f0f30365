"""The rules and the fields of the format, explained: made from the rules and the schema themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ipsite import dates, schema
from ipsite.law import Paragraph, paragraph
from ipsite.readability import Measures
from ipsite.rules import RULES, Rule
from ipsite.schema import Field
from ipsite.slug import slug, unique
from ipsite.views.blocks import Block, Bullets, Code, Fact, Links, Quote, Section, Table, Text, paragraphs

LEVELS = {
    "fel": "Fel: måste rättas innan planen kan byggas",
    "varning": "Varning: lagen eller vägledning ber om det",
    "tips": "Tips: ett gott råd",
}
_TYPES = {
    "string": "text",
    "integer": "heltal",
    "boolean": "true eller false",
    "array": "lista",
    "object": "fält under",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A page that explains: `kind` above the heading, then blocks and sections."""

    kind: str
    title: str
    description: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]


def _text(words: str) -> Text:
    return Text(paragraphs(words))


# Rules


def rule_path(code: str) -> str:
    """Where a rule's page lies, under the folder of rules."""
    return code.lower()


def rule_list() -> Reference:
    """The list of all rules, by what they look at."""
    groups: dict[str, list[Rule]] = {}
    for rule in RULES.values():
        groups.setdefault(rule.group, []).append(rule)
    return Reference(
        "Regler",
        "Regler som planer kontrolleras mot",
        "Alla regler i ipsite check, med lag eller källa, och hur du rättar.",
        (
            _text("«ipsite check» läser dina planer och säger till när något saknas eller inte kan stämma."),
            Bullets("Varje regel har en nivå:", tuple((text,) for text in LEVELS.values())),
        ),
        tuple(
            Section(slug(f"om {group}"), group.capitalize(), (Links(tuple(_rule_links(rules))),))
            for group, rules in groups.items()
        ),
    )


def _rule_links(rules: list[Rule]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        yield f"{rule_path(rule.code)}/", f"{rule.code} {rule.title} ({rule.level})"


def rule_page(rule: Rule) -> Reference:
    """One rule: what, why, the law to the letter, how to mend, an example."""
    law = paragraph(rule.law)
    kinds = ", ".join(rule.kinds) if rule.check_plan else "alla planer tillsammans"
    parts = [
        Section("varfor", "Varför", (_text(rule.why),)),
        Section("grund", law_heading(law), law_blocks(law)),
        Section("ratta", "Så rättar du", (_text(rule.mend), Code(rule.example))),
    ]
    if rule.level != "fel":
        aside = f"x_ignorera:\n  {rule.code}: Skriv här varför regeln inte passar"
        words = "Passar regeln inte din plan kan du lägga den åt sidan. Skriv varför."
        parts.append(Section("at-sidan", "Så lägger du regeln åt sidan", (_text(words), Code(aside))))
    return Reference(
        f"Regel {rule.code}",
        rule.title,
        f"Regel {rule.code}: {rule.title}.",
        (Fact("Nivå", (LEVELS[rule.level],)), Fact("Gäller", (kinds,))),
        tuple(parts),
    )


def law_heading(law: Paragraph) -> str:
    """What the law's part of the page is called: it must not call guidance law."""
    return {"lag": "Det här säger lagen", "allmänt råd": "Det här säger rådet"}.get(
        law.kind, "Det här bygger regeln på"
    )


def law_blocks(law: Paragraph) -> tuple[Block, ...]:
    """A paragraph quoted to the letter, with what it is and when it was read; or its summary."""
    source = [f"{law.section}, {law.law}" if law.kind == "lag" else law.law]
    if law.wording:
        source.append(f"{'Utdrag. ' if law.extract else ''}Senast ändrad: {law.changed}.")
    read = f"Gällde vid granskningen {dates.day(law.checked)}"
    if law.read_through:
        read += f", enligt text med ändringar till och med {law.read_through}"
    source.append(f"{read}. Senare ändringar är inte kontrollerade.")
    if law.kind == "allmänt råd":
        source.append("Ett allmänt råd säger hur man bör göra. Det är inte bindande.")
    if law.doubt:
        source.append(law.doubt)
    body: Block = Quote(paragraphs(law.wording), tuple(source), law.link) if law.wording else _text(law.summary)
    return (body,) if law.wording else (body, Fact("Källa", tuple(source)))


# Fields


def field_list() -> Reference:
    """The way in to the reference of fields, and how to get help while writing."""
    links = Links(tuple((f"{slug(kind)}/", f"Fält i {_named(kind)}") for kind in schema.KINDS))
    line = "# yaml-language-server: $schema=../schema/individuell-plan.schema.json"
    return Reference(
        "Planens format",
        "Så skriver du en plan",
        "Alla fält i en plan, och hur du får hjälp av textredigeraren.",
        (
            _text(
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
                            (
                                "Lägg raden här under överst i planen. Ändra sökvägen så att den leder till mappen schema.",
                            ),
                            ("Tryck Ctrl och mellanslag för att se vilka fält som finns.",),
                        ),
                    ),
                    Code(line),
                    _text("Nu visar redigeraren vad varje fält betyder, och stryker under det som är fel."),
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
        _text(f"{field.title}. {field.description}"),
        Fact("Krävs", ("ja" if field.required else "nej",)),
        Fact("Skrivs som", (_type(field),)),
    ]
    if field.law:
        parts.append(Fact("Grund", (field.law,)))
    if example := _example(field):
        parts.append(Code(example))
    if rows := tuple(_rows(field, "")):
        parts.append(Table("", ("Fält", "Vad det är", "Exempel"), rows, "people"))
    return Section(name, field.key, tuple(parts))


def _type(field: Field) -> str:
    if field.choices:
        return "något av: " + " · ".join(map(str, field.choices))
    if field.points_to:
        return {"person": "en nyckel under personer, eller en lista av nycklar", "plan": "en plans namn"}.get(
            field.points_to, "namn på delar av planen"
        )
    named = {"date": "datum", "datum-tid": "datum och tid", "email": "e-postadress"}
    return named.get(field.format) or " eller ".join(_TYPES[name] for name in field.types)


def _rows(field: Field, prefix: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    holder = field.items or field.entries or field
    for inner in holder.properties.values():
        name = f"{prefix}{inner.key}"
        must = ("Krävs.",) if inner.required else ()
        example = _short(inner.examples[0]) if inner.examples else "–"
        yield (name,), (f"{inner.title}. {inner.description}", f"Skrivs som {_type(inner)}.", *must), (example or "–",)
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


# Texts

EASY, PLAIN = 30, 45  # LIX at most: lättläst, other texts


def readability(texts: Iterable[tuple[str, bool, Measures]]) -> Reference:
    """How hard each text of the site is to read, for those who edit it: title, lättläst or not, measures."""
    rows = tuple(
        (
            (title,),
            (f"LIX {_decimal(found.lix)}, högst {EASY if easy else PLAIN}",),
            (f"{found.longest} ord: {found.longest_sentence}",),
        )
        for title, easy, found in texts
    )
    return Reference(
        "För dig som skriver",
        "Så lätta är texterna att läsa",
        "LIX och den längsta meningen i varje text på webbplatsen.",
        (
            _text(
                "LIX räknar hur långa meningarna är och hur många långa ord de har. Måttet säger något, men inte allt: "
                "det ser inte om texten hänger ihop. Lagtext som vi citerar är inte med."
            ),
        ),
        (Section("texter", "Alla texter", (Table("", ("Text", "LIX", "Längsta meningen"), rows, "views"),)),),
    )


def _decimal(number: float) -> str:
    return str(number).replace(".", ",")
