"""Plans → pages and papers, as a stream of artifacts. Reads pictures, writes nothing."""

from __future__ import annotations

import multiprocessing
from collections.abc import Collection, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from ipsite import picture
from ipsite.documents import ROWS
from ipsite.model import Plan
from ipsite.portfolio import root_of
from ipsite.problem import Problem
from ipsite.render import html
from ipsite.render.ics import ics
from ipsite.views.blocks import Document, Picture, Section
from ipsite.views.calendar import calendars
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


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper of a plan: what its file is called (without .pdf), and its address seen from the plan's page."""

    plan_id: str
    name: str
    address: str
    title: str
    content: bytes

    @property
    def label(self) -> str:
        """What the link to it says."""
        size = f"{max(1, round(len(self.content) / 1000))} kB"
        return f"Hämta planen som PDF ({size})" if self.name == "plan" else f"{self.title} (PDF, {size})"


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
    printed: dict[str, list[Printed]] = {plan.id: [] for plan in plans}
    if settings.papers:
        for paper in papers(plans, images, settings, [row.name for row in ROWS.values() if row.on_site]):
            printed[paper.plan_id].append(paper)
            yield Asset(f"{FOLDER}/{paper.plan_id}/{paper.address}", paper.content)
    for plan in plans:
        if image := images.get(plan.id):
            yield Asset(f"{FOLDER}/{plan.id}/{image.name}", image.content)
        files = tuple(_calendars(plan, settings.today)) if settings.papers else ()
        for path, _, content in files:
            yield Asset(f"{FOLDER}/{plan.id}/{path}", content)
        links = [Download(path, words) for path, words, _ in files]
        yield _plan_page(documents[plan.id], printed[plan.id], links)
    downloads = {
        plan_id: Download(f"{plan_id}/{paper.address}", paper.label)
        for plan_id, made in printed.items()
        for paper in made
        if paper.name == "plan"
    }
    view = overview(plans, settings.today, downloads)
    people = tuple(Heading(person.name, person.id) for person in view.people)
    yield Page(FOLDER, view.title, view.lead, html.overview_page(view), people, listed=True)


def papers(
    plans: tuple[Plan, ...],
    images: dict[str, picture.Prepared],
    settings: Settings,
    names: Collection[str],
    layout: str = "",
) -> Iterator[Printed]:
    """The documents in `names` of each plan, set in `layout` if one is given."""
    wanted = [
        (row, name, replace(made, layout=layout or made.layout))
        for row in (ROWS[name] for name in names)
        for plan in plans
        for name, made in row.of(plan, settings.today, _shown(plan, images.get(plan.id)))
    ]
    contents = _papers(tuple(made for _, _, made in wanted), images, settings.jobs)
    for (row, name, made), content in zip(wanted, contents, strict=True):
        yield Printed(made.id, name, "/".join(filter(None, (row.folder, f"{name}.pdf"))), made.title, content)


def _document(plan: Plan, image: picture.Prepared | None, today: date) -> Document:
    return document(plan, today, _shown(plan, image))


def _shown(plan: Plan, image: picture.Prepared | None) -> Picture | None:
    if image is None:
        return None
    alternative = plan.person.text("bildtext") or f"Bild på {plan.called}"
    return Picture(image.name, alternative, image.width, image.height)


def _calendars(plan: Plan, today: date) -> Iterator[tuple[str, str, bytes]]:
    """Calendar files of a plan: address seen from its page, the words of the link, and bytes."""
    for name, words, entries in calendars(plan, today):
        yield name, words, ics(entries, today)


def _plan_page(made: Document, printed: list[Printed], calendars: list[Download]) -> Page:
    files = (*(Download(paper.address, paper.label) for paper in printed), *calendars)
    headings = _headings(made.sections)
    if files[1:]:
        headings += (Heading(html.PAPERS, html.PAPERS_ID),)
    return Page(
        f"{FOLDER}/{made.id}",
        made.title,
        made.description,
        html.plan_page(made, files[:1], files[1:]),
        headings,
    )


def _headings(sections: tuple[Section, ...]) -> tuple[Heading, ...]:
    return tuple(Heading(section.title, section.id) for section in sections)


def _papers(documents: tuple[Document, ...], images: dict[str, picture.Prepared], jobs: int) -> Iterator[bytes]:
    """The papers of documents, whose ids are those of their plans, in the same order."""
    from ipsite.render.pdf import PaperError, pdf  # heavy, and not needed where no paper is made

    shown = [{images[paper.id].name: images[paper.id].content} if paper.id in images else {} for paper in documents]
    workers = min(jobs, len(documents))
    pool: AbstractContextManager[Executor | None] = nullcontext()
    if workers > 1:
        pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    with pool as executor:
        made = executor.map(pdf, documents, shown) if executor else map(pdf, documents, shown)
        for plan_id in (paper.id for paper in documents):
            try:
                content = next(made)
            except PaperError as error:
                raise PaperFailed(f"{plan_id}: PDF-filen kunde inte göras. {error}") from error
            except BrokenProcessPool as error:
                raise PaperFailed(
                    f"{plan_id}: programmet som gör PDF-filer stannade, kanske för att minnet tog slut. "
                    "Försök igen med --jobs 1."
                ) from error
            yield content
