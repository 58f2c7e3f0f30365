"""Plans → pages and papers, as a stream of artifacts. Reads pictures, writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from ipsite import agenda, picture
from ipsite.artifact import Artifact, Asset, Heading, Page
from ipsite.documents import ROWS
from ipsite.files import files
from ipsite.model import Plan
from ipsite.portfolio import root_of
from ipsite.printing import Printed, papers, shown
from ipsite.problem import Problem
from ipsite.render import html
from ipsite.settings import Mode, Settings
from ipsite.views.blocks import Document, Section
from ipsite.views.download import Download
from ipsite.views.easy import easy_plan
from ipsite.views.overview import overviews
from ipsite.views.plan import document
from ipsite.views.screen import on_screen
from ipsite.views.sheet import whose
from ipsite.views.shelf import shelves

FOLDER = "planer"  # where plans live on the site
PLAN = "plan.pdf"  # the paper of the plan itself, seen from its page
EASY = "lattlast"  # below a plan's page: its twin, and the paper of the same


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


def artifacts(
    plans: tuple[Plan, ...],
    images: dict[str, picture.Prepared],
    settings: Settings,
    problems: tuple[Problem, ...] = (),
) -> Iterator[Artifact]:
    """Everything that the plans add to a site, in an order that does not change. `problems` are what the checks say
    of them, for the overview."""
    documents = {plan.id: _document(plan, images.get(plan.id), settings.today) for plan in plans}
    printed: dict[str, list[Printed]] = {plan.id: [] for plan in plans}
    if settings.papers:
        for paper in papers(plans, images, settings, [row.name for row in ROWS.values() if row.on_site]):
            printed[paper.plan_id].append(paper)
            yield Asset(f"{FOLDER}/{paper.plan_id}/{paper.address}", paper.content)
    to_do = agenda.agendas(plans, settings)
    ways = agenda.links_to(to_do)
    for plan in plans:
        if image := images.get(plan.id):
            yield Asset(f"{FOLDER}/{plan.id}/{image.name}", image.content)
        others = tuple(files(plan, settings.today)) if settings.papers else ()
        for file in others:
            yield Asset(f"{FOLDER}/{plan.id}/{file.address}", file.content)
        papers_of = [Download(paper.address, paper.label) for paper in printed[plan.id]]
        papers_of += [Download(file.address, file.label) for file in others]
        way = (ways[plan.id],) if plan.id in ways else ()
        yield _plan_page(plan, documents[plan.id], (*papers_of, *way), _twin(plan, documents))
        if _twin(plan, documents):
            yield _easy_page(easy_plan(plan, settings.today), printed[plan.id])
    yield from agenda.pages(to_do, FOLDER, settings)
    downloads = {
        plan.id: Download(f"{plan.id}/{paper.address}", f"Hämta {whose(plan)}, {plan.title} (PDF, {paper.size})")
        for plan in plans
        for paper in printed[plan.id]
        if paper.name == "plan"
    }
    agendas_of = {plan.id: f"{made.path}/" for made in to_do for plan in made.plans}
    for view in overviews(plans, settings.today, downloads, problems, agendas_of):
        path = "/".join(filter(None, (FOLDER, view.folder)))
        body = html.overview_page(view)
        yield Page(path, view.title, view.lead, body, _headings(view.sections), listed=not view.folder)


def _document(plan: Plan, image: picture.Prepared | None, today: date) -> Document:
    return document(plan, today, shown(plan, image))


def _twin(plan: Plan, plans: Collection[str]) -> str:
    """Where the lättläst twin of a plan's page stands, seen from it; "" when another plan has that place."""
    return "" if f"{plan.id}/{EASY}" in plans else f"{EASY}/"


def _plan_page(plan: Plan, made: Document, files: tuple[Download, ...], twin: str) -> Page:
    """The page of a plan: the plan itself to fetch at the top, and its other papers at the end."""
    first = tuple(file for file in files if _is_first(file))
    papers_of = shelves(plan, (file for file in files if not _is_first(file)))
    headings = _headings(made.sections)
    if papers_of:
        headings += (Heading(html.PAPERS, html.PAPERS_ID),)
    return Page(
        f"{FOLDER}/{made.id}",
        made.title,
        made.description,
        html.plan_page(on_screen(made, papers_of), first, papers_of),
        headings,
        twin=twin,
    )


def _is_first(link: Download) -> bool:
    """Whether a link stands at the top: to the plan as a paper, and to the page of what is to do."""
    return link.address == PLAN or link.address.endswith("/")


def _easy_page(made: Document, printed: list[Printed]) -> Page:
    papers = tuple(Download(f"../{paper.address}", paper.label) for paper in printed if paper.name == EASY)
    return Page(
        f"{FOLDER}/{made.id}/{EASY}",
        made.title,
        made.description,
        html.plan_page(made, papers),
        _headings(made.sections),
        twin="../",
        easy=True,
    )


def _headings(sections: tuple[Section, ...]) -> tuple[Heading, ...]:
    return tuple(Heading(section.title, section.id) for section in sections)
