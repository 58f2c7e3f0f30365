"""The page of what is to do for a person, and its calendar: plans → artifacts. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import relpath

from ipsite.artifact import Artifact, Asset, Heading, Page
from ipsite.circles import TO_DO
from ipsite.model import Plan
from ipsite.render import html
from ipsite.render.ics import ics
from ipsite.settings import Settings
from ipsite.views.blocks import Links
from ipsite.views.calendar import calendar
from ipsite.views.download import Download
from ipsite.views.people import genitive
from ipsite.views.to_do import to_do


def link_to(path: str, plan: Plan) -> Download:
    """The way from the page of a plan to the page of what is to do, at `path` below the folder of plans."""
    return Download(f"{relpath(path, plan.id)}/", f"Att göra i {genitive(plan.called)} planer")


def pages(plans: tuple[Plan, ...], path: str, folder: str, settings: Settings) -> Iterator[Artifact]:
    """The page of one person, whose plans these are, and beside it a calendar of all days in those that have not
    ended; at `path` below the site's `folder` of plans."""
    live = [plan for plan in plans if plan.status != "avslutad"]
    entries = sorted((e for plan in live for e in calendar(plan)), key=lambda entry: (str(entry.start), entry.key))
    links: tuple[Links, ...] = ()
    if entries and settings.papers:
        yield Asset(f"{folder}/{path}/{TO_DO}.ics", ics(entries, settings.today))
        links = (Links(((f"{TO_DO}.ics", "Alla dagar till din kalender (ICS)"),)),)
    addresses = tuple(f"{relpath(plan.id, path)}/" for plan in plans)
    view = to_do(plans, settings.today, addresses, links)
    if view is not None:
        headings = tuple(Heading(section.title, section.id) for section in view.sections)
        yield Page(f"{folder}/{path}", view.title, view.description, html.reference_page(view), headings)
