"""The rules, explained: made from the rules themselves and the registry of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ipsite import dates
from ipsite.law import Paragraph, paragraph
from ipsite.rules import RULES, Rule
from ipsite.schema import in_text
from ipsite.slug import slug
from ipsite.views.blocks import Block, Bullets, Code, Fact, Links, Quote, Section, paragraphs, text
from ipsite.views.sentences import capital

LEVELS = {
    "fel": "Fel: måste rättas innan planen kan byggas",
    "varning": "Varning: lagen eller vägledning ber om det",
    "tips": "Tips: ett gott råd",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A page that explains: `kind` above the heading, then blocks and sections."""

    kind: str
    title: str
    description: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]


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
            text("«ipsite check» läser dina planer och säger till när något saknas eller inte kan stämma."),
            Bullets("Varje regel har en nivå:", tuple((words,) for words in LEVELS.values())),
        ),
        tuple(
            Section(slug(f"om {group}"), capital(name), (Links(tuple(_rule_links(rules))),))
            for group, rules in groups.items()
            for name in (in_text(group),)
        ),
    )


def _rule_links(rules: list[Rule]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        yield f"{rule_path(rule.code)}/", f"{rule.code} {rule.title} ({rule.level})"


def rule_page(rule: Rule) -> Reference:
    """One rule: what, why, the law to the letter, how to mend, an example."""
    law = paragraph(rule.law)
    kinds = "alla planer tillsammans" if rule.check_all else ", ".join(map(in_text, rule.kinds))
    parts = [
        Section("varfor", "Varför", (text(rule.why),)),
        Section("grund", law_heading(law), law_blocks(law)),
        Section("ratta", "Så rättar du", (text(rule.mend), Code(rule.example))),
    ]
    if rule.level != "fel":
        aside = f"x_ignorera:\n  {rule.code}: Skriv här varför regeln inte passar"
        words = "Passar regeln inte din plan kan du lägga den åt sidan. Skriv varför."
        parts.append(Section("at-sidan", "Så lägger du regeln åt sidan", (text(words), Code(aside))))
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
    source = [f"{law.section} {_the_law(law.law)}" if law.kind == "lag" else law.law]
    if law.wording:
        source += filter(None, ("Utdrag." if law.extract else "", _wording_from(law.changed)))
    if law.read_through:
        read = f"Läst {dates.day(law.checked)}, i {_text_read(law.read_through)}."
        source.append(f"{read} Senare ändringar är inte kontrollerade.")
    else:
        source.append(f"Kontrollerad {dates.day(law.checked)}.")
    if law.kind == "allmänt råd":
        source.append("Ett allmänt råd säger hur man bör göra. Det är inte bindande.")
    if law.doubt:
        source.append(law.doubt)
    body: Block = Quote(paragraphs(law.wording), tuple(source), law.link) if law.wording else text(law.summary)
    return (body,) if law.wording else (body, Fact("Källa", tuple(source)))


def _the_law(name: str) -> str:
    """A law as it is called after its paragraph: "Förvaltningslag (2017:900)" → "förvaltningslagen (2017:900)"."""
    return re.sub(r"(lag|balk) \(", r"\1en (", name[0].lower() + name[1:], count=1)


def _wording_from(changed: str) -> str:
    """Which law or number gave the paragraph its wording; a number alone is that of the law itself."""
    if changed.startswith("SFS"):
        return f"Ursprunglig lydelse, {changed}."
    return f"Lydelse enligt {changed.replace('Lag (', 'lag (')}." if changed else ""


def _text_read(through: str) -> str:
    """How far changes are worked into the text that was read, in words that fit a sentence."""
    return through if through.startswith(("text", "en ")) else f"en text med ändringar till och med {through}"
