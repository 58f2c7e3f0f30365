"""Plans → pages and papers, as a stream of artifacts. Reads pictures, writes nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ipsite import picture
from ipsite.artifact import Artifact
from ipsite.circles import Places, circles, places
from ipsite.documents import DOCUMENTS
from ipsite.model import Plan
from ipsite.plan_pages import FOLDER as FOLDER
from ipsite.plan_pages import Circle, artifacts_of, overview, overview_of_many, to_fetch
from ipsite.portfolio import root_of
from ipsite.printing import Printed, papers
from ipsite.problem import Problem
from ipsite.settings import Mode, Settings
from ipsite.views.brief import brief
from ipsite.views.download import Download


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
    plans: Iterable[Plan],
    images: Mapping[str, picture.Prepared],
    settings: Settings,
    problems: tuple[Problem, ...] = (),
    where: Places | None = None,
) -> Iterator[Artifact]:
    """Everything that the plans add to a site, in an order that does not change. `problems` are what the checks say
    of them, for the overview; `where` says where pages stand when that follows from more plans than these."""
    by_id = {plan.id: plan for plan in sorted(plans, key=lambda plan: plan.id)}
    briefs = [brief(plan, settings.today) for plan in by_id.values()]
    where = where or places(briefs)
    groups = (Circle(tuple(by_id[one.id] for one in own), images, problems) for own in circles(briefs))
    downloads: dict[str, Download] = {}
    for circle, printed in with_papers(groups, len(by_id), settings):
        downloads |= to_fetch(circle.plans, printed)
        yield from artifacts_of(circle, settings, where, printed)
    if any(where.people.values()):
        yield overview_of_many(briefs, settings, where)
    else:
        yield overview(Circle(tuple(by_id.values()), images, problems), settings, where, downloads)


def with_papers(groups: Iterable[Circle], total: int, settings: Settings) -> Iterator[tuple[Circle, list[Printed]]]:
    """Each circle with its papers. They are made several at a time, whichever circle they belong to, and no more
    circles are taken than that needs. `total` counts the plans. Raises `PaperFailed`."""
    if not settings.papers:
        yield from ((circle, []) for circle in groups)
        return
    waiting: deque[tuple[Circle, list[Printed]]] = deque()

    def taken() -> Iterator[tuple[Plan, picture.Prepared | None]]:
        for circle in groups:
            waiting.append((circle, []))
            yield from ((plan, circle.images.get(plan.id)) for plan in circle.plans)

    names = [row.name for row in DOCUMENTS.values() if row.on_site]
    for paper in papers(taken(), total, settings, names):
        while all(plan.id != paper.plan_id for plan in waiting[0][0].plans):
            yield waiting.popleft()
        waiting[0][1].append(paper)
    yield from waiting
