"""Who is in the plan, who has a copy, who has signed, and the facts about the plan itself."""

from __future__ import annotations

from datetime import date

from ipsite import dates
from ipsite.model import MYSELF, Node, Plan
from ipsite.views import generic, people
from ipsite.views.blocks import Block, Fact, Lines, Notice, Signature, Table, text

_CONTACT = ("namn", "roll", "organisation", "telefon", "e_post")


def contacts(plan: Plan, node: Node) -> tuple[Block, ...]:
    """The section «personer»: one table of everyone the plan names."""
    rows = []
    for key in plan.people:
        person = plan.people[key]
        reach = [person.text(name) for name in ("telefon", "e_post") if name in person]
        private = ("Privat: namn och kontakt bara i det egna exemplaret.",) if person.flag("privat") else ()
        role = (people.role(plan, key), *generic.summary(plan, person, *_CONTACT), *private)
        rows.append(((person.text("namn"),), role, tuple(reach) or ("Ingen uppgift",)))
    return (Table("", ("Namn", "Roll", "Kontakt"), tuple(rows), "people"),) if rows else ()


def copies(plan: Plan, node: Node) -> tuple[Block, ...]:
    """The section «exemplar»: who has a copy, of what, and what consent it rests on."""
    rows = []
    for copy in node:
        parts = [_section_title(plan, part.value) for part in copy.each("delar")] or ["Hela planen"]
        what = (*parts, *generic.summary(plan, copy, "till", "delar", "samtycke"))
        rows.append((people.names(plan, copy.who("till")), what, _consent(plan, copy)))
    if not rows:  # in another's copy, rows may have been left out
        return (text("Ingen annan har ett exemplar av planen."),) if plan.own else ()
    return (Table("Det här är bestämt om vem som får vad", ("Vem", "Vad", "Samtycke"), tuple(rows), "views"),)


def _section_title(plan: Plan, key: str) -> str:
    field = plan.root.field.properties.get(key)
    return field.title if field else key  # a part of the writer's own (x_…) has no title


def _consent(plan: Plan, copy: Node) -> Lines:
    consent = copy.get("samtycke")
    return generic.summary(plan, consent) if consent is not None else ("Inte skrivet",)


def signatures(plan: Plan, node: Node | None) -> tuple[Block, ...]:
    """The section «underskrifter»: a line for each, and always one for the person, first."""
    lines: list[tuple[str, Node | None]] = [(key, item) for item in (node or ()) for key in item.who("vem")]
    if all(key != MYSELF for key, _ in lines):
        lines.append((MYSELF, None))
    lines.sort(key=lambda line: line[0] != MYSELF)
    return tuple(_signature(plan, key, item) for key, item in lines)


def _signature(plan: Plan, key: str, item: Node | None) -> Signature:
    when = item.date("datum") if item is not None else None
    name = plan.person.text("namn") if key == MYSELF else people.name(plan, key)
    rest = generic.summary(plan, item, "vem", "datum") if item is not None else ()
    signed = (f"Undertecknad {dates.day(when)}" if when else "", *rest)
    return Signature(name, people.role(plan, key), ". ".join(line for line in signed if line))


_ABOUT = ("skriven", "reviderad", "ersätter")
_PERSON = ("namn", "bild", "bildtext", "så_kommunicerar_jag", "skyddade_uppgifter")


def about(plan: Plan) -> tuple[Block, ...]:
    """The last section: the facts about the plan and the person."""
    facts: list[Block] = []
    for key in _ABOUT:
        if (node := plan.root.get(key)) is None:  # a copy of some parts does not say what it takes over from
            continue
        if key == "ersätter" and plan.compared is not None:
            facts.append(_before(node.field.title, plan.compared[0]))
        else:
            facts += generic.block(plan, node)
    name = Fact("Namn", (plan.person.text("namn"),))
    return (*facts, name, *generic.blocks(plan, plan.person, *_PERSON))


def _before(label: str, before: Plan) -> Fact:
    """The plan that another takes over from, as people speak of it."""
    written = before.root.date("skriven")
    return Fact(label, (f"{before.title}, skriven {dates.day(written)}" if written else before.title,))


def made_up(plan: Plan) -> tuple[Block, ...]:
    """The notice on an invented plan."""
    if not plan.root.flag("fiktiv"):
        return ()
    return (Notice(("Det här är en påhittad plan. Ingen i den finns på riktigt.",)),)


def whose_copy(plan: Plan, today: date) -> tuple[Block, ...]:
    """In a copy for somebody else: whose it is, the day it is of, and that it is what the person has agreed to."""
    if not plan.reader:
        return ()
    words = f"Här står det som {plan.called} har sagt ja till att visa. Det kan finnas mer i planen."
    return (Fact("Exemplar", (f"För {plan.reader}, {dates.day(today)}.", words)),)


def made(plan: Plan, today: date) -> str:
    """What the foot of a paper says of when it was made, and of whose copy it is."""
    return f"Exemplar för {plan.reader}, {dates.day(today)}" if plan.reader else f"Utskriven {dates.day(today)}"
