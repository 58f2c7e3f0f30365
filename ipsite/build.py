"""Plans → pages and papers, as a stream of artifacts. Reads pictures, writes nothing."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from ipsite import picture
from ipsite.model import Plan
from ipsite.portfolio import root_of
from ipsite.problem import Problem
from ipsite.render import html
from ipsite.views.blocks import Document, Picture, Section
from ipsite.views.overview import Download, overview
from ipsite.views.plan import document

Mode = Literal["private", "open"]
FOLDER = "planer"  # where plans live on the site


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides how a portfolio is built. `jobs` is how many papers are made at a time."""

    today: date
    mode: Mode = "private"
    papers: bool = True
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for the list of contents."""

    title: str
    id: str
    inner: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: `path` is its folder ("planer/alva/ip-2026"), `body` the HTML inside the frame.
    A `listed` page belongs in the menu."""

    path: str
    title: str
    description: str
    body: str
    headings: tuple[Heading, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is not a page."""

    path: str
    content: bytes


Artifact = Page | Asset


class PaperFailed(RuntimeError):
    """A paper could not be made, through no fault of the author's. The message is for the user."""


def gate(plans: tuple[Plan, ...], mode: Mode) -> list[Problem]:
    """What stops a portfolio from being built in `mode`: a real plan must never reach an open site."""
    if mode == "private":
        return []
    return [
        Problem(
            "IP060",
            "fel",
            plan.file,
            *plan.root["slag"].place,
            "fiktiv",
            "Webbplatsen är öppen, men planen är inte märkt som påhittad.",
            "Är planen påhittad, skriv «fiktiv: true». Är den på riktigt, flytta den till en privat plats "
            "(mode: private i mkdocs.yml).",
        )
        for plan in plans
        if not plan.root.flag("fiktiv")
    ]


def pictures(plans: tuple[Plan, ...], root: Path) -> tuple[dict[str, picture.Prepared], list[Problem]]:
    """The prepared picture of each plan id that has one, and problems with those that cannot be used."""
    prepared: dict[str, picture.Prepared] = {}
    problems: list[Problem] = []
    base = root_of(root)  # which ids are counted from
    for plan in plans:
        node = plan.person.get("bild")
        if node is None:
            continue
        try:
            folder = (base / plan.id).parent
            prepared[plan.id] = picture.prepare(picture.look_at(folder, node.value))
        except picture.PictureError as error:
            problems.append(picture.problem(error, plan.file, node.place))
    return prepared, problems


def artifacts(plans: tuple[Plan, ...], images: dict[str, picture.Prepared], settings: Settings) -> Iterator[Artifact]:
    """Everything that the plans add to a site, in an order that does not change."""
    documents = {plan.id: _document(plan, images.get(plan.id), settings.today) for plan in plans}
    downloads: dict[str, Download] = {}
    if settings.papers:
        for plan_id, content in _papers(documents, images, settings.jobs):
            path = f"{FOLDER}/{plan_id}/plan.pdf"
            label = f"Hämta planen som PDF ({_size(len(content))})"
            downloads[plan_id] = Download(f"{plan_id}/plan.pdf", label)
            yield Asset(path, content)
    for plan in plans:
        if image := images.get(plan.id):
            yield Asset(f"{FOLDER}/{plan.id}/{image.name}", image.content)
        yield _plan_page(documents[plan.id], downloads.get(plan.id))
    view = overview(plans, settings.today, downloads)
    people = tuple(Heading(person.name, person.id) for person in view.people)
    yield Page(FOLDER, view.title, view.lead, html.overview_page(view), people, listed=True)


def _document(plan: Plan, image: picture.Prepared | None, today: date) -> Document:
    shown = None
    if image is not None:
        alternative = plan.person.text("bildtext") or f"Bild på {plan.called}"
        shown = Picture(image.name, alternative, image.width, image.height)
    return document(plan, today, shown)


def _plan_page(made: Document, paper: Download | None) -> Page:
    files = (Download("plan.pdf", paper.label),) if paper else ()
    return Page(
        f"{FOLDER}/{made.id}",
        made.title,
        made.description,
        html.plan_page(made, files),
        _headings(made.sections),
    )


def _headings(sections: tuple[Section, ...]) -> tuple[Heading, ...]:
    return tuple(Heading(section.title, section.id) for section in sections)


def _papers(
    documents: dict[str, Document], images: dict[str, picture.Prepared], jobs: int
) -> Iterator[tuple[str, bytes]]:
    from ipsite.render.pdf import PaperError, pdf  # heavy, and not needed where no paper is made

    shown = [{images[plan_id].name: images[plan_id].content} if plan_id in images else {} for plan_id in documents]
    workers = min(jobs, len(documents))
    pool: AbstractContextManager[Executor | None] = nullcontext()
    if workers > 1:
        pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    with pool as executor:
        made = executor.map(pdf, documents.values(), shown) if executor else map(pdf, documents.values(), shown)
        for plan_id in documents:
            try:
                content = next(made)
            except PaperError as error:
                raise PaperFailed(f"{plan_id}: PDF-filen kunde inte göras. {error}") from error
            except BrokenProcessPool as error:
                raise PaperFailed(
                    f"{plan_id}: programmet som gör PDF-filer stannade, kanske för att minnet tog slut. "
                    "Försök igen med --jobs 1."
                ) from error
            yield plan_id, content


def _size(length: int) -> str:
    return f"{max(1, round(length / 1000))} kB"
