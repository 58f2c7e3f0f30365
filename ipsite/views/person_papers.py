"""Papers for one person: what somebody is to do, and a page about the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ipsite.model import MYSELF, Plan, is_open
from ipsite.views import generic, people
from ipsite.views.blocks import Document, Fact, Picture, Text, Writing, text
from ipsite.views.goals import task_table, tasks_by_person
from ipsite.views.sheet import listed, part, sheet, whose


def task_sheets(plan: Plan, today: date) -> Iterator[tuple[str, Document]]:
    """A sheet for each one who is to do something, by key."""
    tasks = tasks_by_person(plan)
    for key, name in zip(tasks, people.marks(plan, tasks), strict=True):
        to = (plan.called,) if key == MYSELF else people.names(plan, [key])
        left = [task for task in tasks[key] if is_open(task[0])]
        done = [task for task in tasks[key] if task not in left]
        said = "Det här ska du göra" if left else "Du har inget kvar att göra"
        lead = (Fact("Till", to), text(f"{said} i {whose(plan, key)}."))
        sections = (
            part("Vad, och till när", *((task_table(left, today),) if left else ())),
            part("Det här är redan avslutat", *((task_table(done, today),) if done else ())),
            part("Mina anteckningar", Writing("Det här har jag gjort, och det här behöver jag för att bli klar", 6)),
        )
        yield name, sheet(plan, today, f"Vem gör vad: {people.name(plan, key)}", lead, sections)


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
