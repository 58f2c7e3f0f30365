"""Everything that plans and program add to a site, or what stops it; in a preview, the problems in the plans' place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from ipsite import build, handbook, portfolio, report
from ipsite.artifact import Artifact, Page
from ipsite.build import FOLDER
from ipsite.gather import Gathered, refused
from ipsite.printing import PaperFailed
from ipsite.problem import Problem
from ipsite.settings import Settings
from ipsite.views.problems import problems


class Stopped(RuntimeError):
    """Nothing is to be built. The message is for the user."""


def contents(gathered: Gathered, root: Path, settings: Settings, *, preview: bool) -> list[Artifact]:
    """What the plans under `root` and the handbook add to a site. Raises `Stopped`, in a preview only when a
    reader may not have a copy."""
    if gathered.errors and not preview:
        raise Stopped("Planerna har fel, så webbplatsen byggdes inte.\n\n" + report.text(gathered.errors))
    if gathered.refusals:
        raise Stopped(refused(gathered.refusals))
    try:
        if gathered.errors:
            return [*_with_problems(gathered, root, settings), *_handbook()]
        return [*build.artifacts(gathered.plans, gathered.images, settings, gathered.problems), *_handbook()]
    except PaperFailed as error:
        raise Stopped(str(error)) from None


@cache
def _handbook() -> tuple[Page, ...]:
    """Follows from the program alone, so a preview makes it once."""
    return tuple(handbook.pages())


def _with_problems(gathered: Gathered, root: Path, settings: Settings) -> Iterator[Artifact]:
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
            yield handbook.page(f"{FOLDER}/{ids[file]}", problems(found, ()))
    links = tuple((f"{plan.id}/", f"{plan.called}: {plan.title}") for plan in right)
    yield handbook.page(FOLDER, problems(list(gathered.errors), links), listed=True)
