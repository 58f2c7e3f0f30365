"""Papers for one person: what somebody is to do, the plan in easy words, and a page about the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ipsite import dates
from ipsite.model import Node, Plan
from ipsite.slug import slug, unique
from ipsite.views import events, generic, people
from ipsite.views.blocks import Block, Bullets, Document, Fact, Lines, Notice, Picture, Section, Text, Writing, text
from ipsite.views.goals import deadline, state, task_table, tasks_by_person
from ipsite.views.sheet import listed, part, sheet, whose

NOT_EASY = "Den här texten finns inte på lättläst än."
_WHAT = {
    "individuell plan": ("Det är en individuell plan.", "Planen samlar det stöd som {name} får och vill ha."),
    "sip": ("Det är en SIP.", "Planen säger vad kommunen och regionen ska göra."),
    "genomförandeplan": ("Det är en genomförandeplan.", "Planen säger hur {name} ska få sitt stöd."),
}


def task_sheets(plan: Plan, today: date) -> Iterator[tuple[str, Document]]:
    """A sheet for each one who is to do something, by key."""
    tasks = tasks_by_person(plan)
    for key, name in zip(tasks, unique(tasks), strict=True):
        lead = (Fact("Till", people.names(plan, [key])), text(f"Det här ska du göra i {whose(plan)}."))
        sections = (
            part("Vad, och till när", task_table(tasks[key], today)),
            part("Mina anteckningar", Writing("Det här har jag gjort, och det här behöver jag för att bli klar", 6)),
        )
        yield name, sheet(plan, today, f"Vem gör vad: {people.name(plan, key)}", lead, sections)


def easy_plan(plan: Plan, today: date) -> Document:
    """The plan in easy words, one thought on each line; what has none is shown as it is, and said to be so."""
    lines = tuple(line.format(name=plan.called) for line in _WHAT[plan.kind])
    period = plan.root.get("gäller")
    holds = dates.period(period.date("från"), period.date("till")) if period is not None else ""
    lead: tuple[Block, ...] = (Text(((f"Det här är en plan för {plan.called}.", *lines),)),)
    if holds:
        lead += (Text(((f"Planen gäller {holds}.",),)),)
    if coming := events.coming(plan, today):
        lead += (Bullets(f"Nästa som händer, {dates.day(coming[0].when)}:", tuple((item.what,) for item in coming)),)
    sections = [
        Section(slug(node.field.title), node.field.title, tuple(_easy_parts(plan, node, today)))
        for key in ("mål", "insatser")
        if (node := plan.root.get(key)) is not None
    ]
    title = f"{people.genitive(plan.called)} plan – {plan.title}. Lättläst"
    return sheet(plan, today, title, lead, tuple(sections), layout="easy")


def _easy_parts(plan: Plan, node: Node, today: date) -> Iterator[Section]:
    """Each goal or insats under its own name, with what is to be done."""
    names = unique(f"lättläst {node.field.key} {_name(item)}" for item in node)
    for item, name in zip(node, names, strict=True):
        tasks = item.each("åtgärder")
        ids = unique(f"{name} {task.text('vad')}" for task in tasks)
        inner = (_easy_task(plan, task, key, today) for task, key in zip(tasks, ids, strict=True))
        status = (item.text("status").capitalize(), *generic.private_tag(item))
        yield Section(name, _name(item), (*_easy(item), *inner), tags=status)


def _name(item: Node) -> str:
    return item.text("mål") or item.text("insats")


def _easy(item: Node) -> tuple[Block, ...]:
    if words := item.text("lättläst"):
        return (Text((thoughts(words),)),)
    return (Notice((NOT_EASY,)),)


def _easy_task(plan: Plan, task: Node, name: str, today: date) -> Section:
    parts = (
        *_easy(task),
        Fact("Det gör", people.names(plan, task.who("vem"))),
        Fact("Klart senast", (deadline(task),)),
        Fact("Så är det nu", (state(task, today),)),
    )
    return Section(name, task.text("vad"), parts, card=True, tags=generic.private_tag(task))


def thoughts(words: str) -> Lines:
    """A text with each sentence on a line of its own."""
    return tuple(
        sentence for line in words.splitlines() if line for sentence in re.split(r"(?<=[.!?]) +(?=[A-ZÅÄÖ])", line)
    )


def my_page(plan: Plan, today: date, picture: Picture | None) -> Document | None:
    """One page about the person, to hang up or to give to a substitute; none when the plan says nothing of it."""
    about, speaks = plan.root.get("om_mig"), plan.person.get("så_kommunicerar_jag")
    sections = [part(item.field.title, *listed(about, item.field.key)) for item in about or () if about is not None]
    if speaks is not None:
        sections.insert(0, part(speaks.field.title, Text((generic.value(speaks),))))
    if not sections:
        return None
    lead = (picture,) if picture is not None else ()
    made = sheet(plan, today, f"Min sida: det här är {plan.called}", lead, tuple(sections))
    return replace(made, kind="Min sida", name=plan.called, description=f"Min sida. {plan.called} berättar.")
