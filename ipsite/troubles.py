"""The pages of a preview while plans have faults: what is wrong, where the plans would have stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ipsite import build, portfolio
from ipsite.build import FOLDER, Heading, Page
from ipsite.gather import Gathered
from ipsite.problem import Problem
from ipsite.render import html
from ipsite.views.problems import problems


def pages(gathered: Gathered, root: Path, settings: build.Settings) -> Iterator[build.Artifact]:
    """The plans without errors as always, and the errors of the others at the places of their pages."""
    ids = {file.file: file.id for file in portfolio.find(portfolio.root_of(root))[0]}
    wrong: dict[str, list[Problem]] = {}
    for problem in gathered.errors:
        wrong.setdefault(problem.file, []).append(problem)
    right = tuple(plan for plan in gathered.plans if plan.file not in wrong)
    for made in build.artifacts(right, gathered.images, replace(settings, papers=False)):
        if made.path != FOLDER:
            yield made
    for file, found in wrong.items():
        if file in ids:
            yield _page(f"{FOLDER}/{ids[file]}", found, ())
    links = tuple((f"{plan.id}/index.html", f"{plan.called}: {plan.title}") for plan in right)
    yield _page(FOLDER, list(gathered.errors), links, listed=True)


def _page(path: str, found: list[Problem], links: tuple[tuple[str, str], ...], *, listed: bool = False) -> Page:
    made = problems(found, links)
    headings = tuple(Heading(section.title, section.id) for section in made.sections)
    return Page(path, made.title, made.description, html.reference_page(made), headings, listed)
