"""The pages and files of plans that hang together: plans × papers → artifacts. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ipsite import agenda
from ipsite.artifact import Artifact, Asset, Heading, Page
from ipsite.circles import EASY, Places, by_person
from ipsite.files import files
from ipsite.model import Plan
from ipsite.picture import Prepared
from ipsite.printing import Printed, shown
from ipsite.problem import Problem
from ipsite.render import html
from ipsite.settings import Settings
from ipsite.views.blocks import Document, Section
from ipsite.views.brief import Brief
from ipsite.views.download import Download
from ipsite.views.easy import easy_plan
from ipsite.views.overview import Overview, of_many, of_person, on_one_page
from ipsite.views.person_plans import Setting
from ipsite.views.plan import document
from ipsite.views.screen import with_links
from ipsite.views.sheet import told_apart, whose
from ipsite.views.shelf import shelves

FOLDER = "planer"  # where plans live on the site
PLAN = "plan.pdf"  # the paper of the plan itself, seen from its page


@dataclass(frozen=True, slots=True)
class Circle:
    """Plans that hang together (see `circles`), the pictures of those that have one, by plan id, and what the checks
    say of them."""

    plans: tuple[Plan, ...]
    images: Mapping[str, Prepared] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def people(self) -> dict[str, tuple[Plan, ...]]:
        """The plans of each person, by name."""
        found: dict[str, tuple[Plan, ...]] = {}
        for plan in self.plans:
            name = plan.person.text("namn")
            found[name] = (*found.get(name, ()), plan)
        return found


def artifacts_of(
    circle: Circle, settings: Settings, where: Places, printed: Collection[Printed] = ()
) -> Iterator[Artifact]:
    """All that stands on the site of a circle, but for the overview of all plans. `printed` are its papers."""
    for plan in circle.plans:
        papers_of = [paper for paper in printed if paper.plan_id == plan.id]
        yield from (Asset(f"{FOLDER}/{plan.id}/{paper.address}", paper.content) for paper in papers_of)
        yield from _of_plan(plan, circle.images.get(plan.id), settings, where, papers_of)
    setting = _setting(circle, settings, where, to_fetch(circle.plans, printed), "../")
    for name, own in circle.people.items():
        if name in where.to_do:
            yield from agenda.pages(own, where.to_do[name], FOLDER, settings)
        if where.people[name]:
            yield _overview_page(of_person(name, own, where.people[name], setting))


def overview(everything: Circle, settings: Settings, where: Places, downloads: Mapping[str, Download]) -> Page:
    """The page of all plans of a few people; `downloads` are the plans' own papers."""
    return _overview_page(on_one_page(everything.people, _setting(everything, settings, where, downloads)))


def overview_of_many(briefs: Iterable[Brief], settings: Settings, where: Places) -> Page:
    """The page of all plans where each person has one of her own."""
    return _overview_page(of_many(by_person(briefs), where.people, settings.today))


def to_fetch(plans: Iterable[Plan], printed: Iterable[Printed]) -> dict[str, Download]:
    """The paper of each plan itself, by the plan's id, as a page in the folder of plans leads to it."""
    called = told_apart(plans, lambda plan: f"{whose(plan)}, {plan.title}")
    return {
        paper.plan_id: Download(
            f"{paper.plan_id}/{paper.address}", f"Hämta {called[paper.plan_id]} (PDF, {paper.size})"
        )
        for paper in printed
        if paper.name == "plan"
    }


def _of_plan(
    plan: Plan, image: Prepared | None, settings: Settings, where: Places, printed: list[Printed]
) -> Iterator[Artifact]:
    """The pages and files of one plan that are no papers."""
    if image:
        yield Asset(f"{FOLDER}/{plan.id}/{image.name}", image.content)
    others = tuple(files(plan, settings.today)) if settings.papers else ()
    yield from (Asset(f"{FOLDER}/{plan.id}/{file.address}", file.content) for file in others)
    links = [Download(paper.address, paper.label) for paper in printed]
    links += [Download(file.address, file.label) for file in others]
    name = plan.person.text("namn")
    if name in where.to_do and plan.status != "avslutad":
        links.append(agenda.link_to(where.to_do[name], plan))
    twin = "" if plan.id in where.alone else f"{EASY}/"
    yield _plan_page(plan, document(plan, settings.today, shown(plan, image), leads=True), tuple(links), twin)
    if twin:
        yield _easy_page(easy_plan(plan, settings.today), printed)


def _setting(
    circle: Circle, settings: Settings, where: Places, downloads: Mapping[str, Download], up: str = ""
) -> Setting:
    to_do = {
        plan.id: f"{where.to_do[name]}/" for name, own in circle.people.items() for plan in own if name in where.to_do
    }
    return Setting(settings.today, downloads, up, circle.problems, to_do)


def _overview_page(view: Overview) -> Page:
    path = "/".join(filter(None, (FOLDER, view.folder)))
    return Page(path, view.title, view.lead, html.overview_page(view), _headings(view.sections), not view.folder)


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
        html.plan_page(with_links(made, papers_of), first, papers_of),
        headings,
        twin=twin,
    )


def _is_first(link: Download) -> bool:
    """Whether a link stands at the top: to the plan as a paper, and to the page of what is to do."""
    return link.address == PLAN or link.address.endswith("/")


def _easy_page(made: Document, printed: list[Printed]) -> Page:
    papers = tuple(
        Download(f"../{paper.address}", f"Hämta planen på lättläst som PDF ({paper.size})")
        for paper in printed
        if paper.name == EASY
    )
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
