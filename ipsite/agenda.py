"""The page of what is to do for each person, and its calendar: plans → artifacts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import relpath

from ipsite.artifact import Artifact, Asset, Heading, Page
from ipsite.model import Plan
from ipsite.render import html
from ipsite.render.ics import ics
from ipsite.settings import Settings
from ipsite.views.blocks import Links
from ipsite.views.calendar import calendar
from ipsite.views.download import Download
from ipsite.views.people import genitive
from ipsite.views.to_do import duties, to_do

NAME = "att-gora"


@dataclass(frozen=True, slots=True)
class Agenda:
    """The plans of one person, and where the page stands below the folder of plans."""

    path: str
    plans: tuple[Plan, ...]


def agendas(plans: Iterable[Plan], settings: Settings) -> tuple[Agenda, ...]:
    """One for each person who has something to do: in the folder of her first plan, and never where a plan stands."""
    everything = sorted(plans, key=lambda plan: plan.id)
    people: dict[str, list[Plan]] = {}
    for plan in everything:
        people.setdefault(plan.person.text("namn"), []).append(plan)
    taken = {plan.id for plan in everything}
    made = []
    for own in people.values():
        if not duties(own, settings.today):
            continue
        folder = own[0].id.rpartition("/")[0]
        path = base = f"{folder}/{NAME}" if folder else NAME
        number = 1
        while path in taken:
            number += 1
            path = f"{base}-{number}"
        taken.add(path)
        made.append(Agenda(path, tuple(own)))
    return tuple(made)


def links_to(made: Iterable[Agenda]) -> dict[str, Download]:
    """The way from the page of each plan to the page of what is to do."""
    return {
        plan.id: Download(f"{relpath(agenda.path, plan.id)}/", f"Att göra i {genitive(plan.called)} planer")
        for agenda in made
        for plan in agenda.plans
        if plan.status != "avslutad"
    }


def pages(made: Iterable[Agenda], folder: str, settings: Settings) -> Iterator[Artifact]:
    """The page of each, and beside it a calendar of all days in the plans that are not ended."""
    for agenda in made:
        live = [plan for plan in agenda.plans if plan.status != "avslutad"]
        entries = sorted((e for plan in live for e in calendar(plan)), key=lambda entry: (str(entry.start), entry.key))
        links: tuple[Links, ...] = ()
        if entries and settings.papers:
            yield Asset(f"{folder}/{agenda.path}/{NAME}.ics", ics(entries, settings.today))
            links = (Links(((f"{NAME}.ics", "Alla dagar till din kalender (ICS)"),)),)
        addresses = tuple(f"{relpath(plan.id, agenda.path)}/" for plan in agenda.plans)
        view = to_do(agenda.plans, settings.today, addresses, links)
        if view is not None:
            headings = tuple(Heading(section.title, section.id) for section in view.sections)
            yield Page(f"{folder}/{agenda.path}", view.title, view.description, html.reference_page(view), headings)
