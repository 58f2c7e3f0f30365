"""Everything that plans and program add to a site, or what stops it; in a preview, the problems in the plans' place.

The plans of a family are held in memory; very many are only known, and written by `crowd` when the rest is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ipsite import build, handbook, raw, report
from ipsite.artifact import Artifact, Asset, Page
from ipsite.build import FOLDER
from ipsite.circles import EASY, TO_DO, places
from ipsite.gather import Gathered, gather, is_copy, refused
from ipsite.large import crowd
from ipsite.large.crowd import Crowd
from ipsite.pool import Here, pool
from ipsite.printing import PaperFailed
from ipsite.problem import Problem
from ipsite.settings import Mode, Settings
from ipsite.views.brief import Brief, brief
from ipsite.views.problems import problems


class Stopped(RuntimeError):
    """Nothing is to be built. The message is for the user."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a site gets from us: pages and files, and the `crowd` of plans whose pages are not among them. `hidden`
    gives the texts of the plans that must not be on the site."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...] = ()
    hidden: Callable[[], frozenset[str]] = frozenset
    crowd: Crowd | None = None
    executor: Executor = field(default_factory=Here)


def contents_of(root: Path, settings: Settings, reader: str, workers: ExitStack, *, preview: bool) -> Contents:
    """What the plans under `root` and the handbook add to a site for `reader`. Workers that are needed later end with
    `workers`. Raises `Stopped`."""
    if not preview and not is_copy(reader) and (files := crowd.many(root)):
        executor = workers.enter_context(pool(settings.jobs, crowd.PRELOAD))
        if known := crowd.crowd(root, files, settings, executor):
            pages = (crowd.overview(known, settings), *_handbook())
            return Contents(pages, crowd=known, executor=executor)
    gathered = gather(root, settings.today, settings.mode, reader)
    made = contents(gathered, settings, preview=preview)
    pages = tuple(item for item in made if isinstance(item, Page))
    return Contents(pages, tuple(item for item in made if isinstance(item, Asset)), gathered.hidden)


def contents(gathered: Gathered, settings: Settings, *, preview: bool) -> list[Artifact]:
    """What plans and the handbook add to a site. Raises `Stopped`, in a preview only when a reader may not have a
    copy."""
    if gathered.errors and not preview:
        raise Stopped("Planerna har fel, så webbplatsen byggdes inte.\n\n" + report.text(gathered.errors))
    if gathered.refusals:
        raise Stopped(refused(gathered.refusals))
    try:
        if gathered.errors:
            return [*_with_problems(gathered, settings), *_handbook()]
        return [*build.artifacts(gathered.plans, gathered.images, settings, gathered.problems), *_handbook()]
    except PaperFailed as error:
        raise Stopped(str(error)) from None


def why_not(root: Path, settings: Settings) -> str:
    """Why a crowd that had begun to be written could not be finished."""
    try:
        contents(gather(root, settings.today, settings.mode), replace(settings, papers=False), preview=False)
    except Stopped as error:
        return str(error)
    return "En plan ändrades medan webbplatsen byggdes. Bygg igen."


@cache
def _handbook() -> tuple[Page, ...]:
    """Follows from the program alone, so a preview makes it once."""
    return tuple(handbook.pages())


def _with_problems(gathered: Gathered, settings: Settings) -> Iterator[Artifact]:
    """The plans without errors as always, and the errors of the others at the places of their pages, and of those that
    lie below or beside them: nobody is to be told that a page is gone because a word in a plan is wrong."""
    wrong: dict[str, list[Problem]] = {}
    for problem in gathered.errors:
        wrong.setdefault(problem.file, []).append(problem)
    files = {file.file: file for file in gathered.files if file.file in wrong}
    right = tuple(plan for plan in gathered.plans if plan.file not in wrong)
    seen = {plan.file: plan.person.text("namn") for plan in gathered.plans if settings.mode == "private"}
    names = {name: seen.get(name) or _name(file.path, settings.mode) or file.id for name, file in files.items()}
    briefs = [brief(plan, settings.today) for plan in right]
    where = places([*briefs, *(Brief(files[file].id, name) for file, name in names.items())])
    taken = {f"{FOLDER}/{file.id}" for file in gathered.files}
    for made in build.artifacts(right, gathered.images, replace(settings, papers=False), where=where):
        if made.path != FOLDER:
            taken.add(made.path)
            yield made
    beside: dict[str, list[Problem]] = {}
    for file, name in names.items():
        path = f"{FOLDER}/{files[file].id}"
        yield handbook.page(path, problems(wrong[file], ()))
        beside[f"{path}/{EASY}"] = wrong[file]
        beside.setdefault(f"{path.rpartition('/')[0]}/{TO_DO}", []).extend(wrong[file])
        if where.people[name]:
            beside.setdefault(f"{FOLDER}/{where.people[name]}", []).extend(wrong[file])
    yield from (handbook.page(path, problems(found, ())) for path, found in beside.items() if path not in taken)
    links = tuple((f"{plan.id}/", f"{plan.called}: {plan.title}") for plan in right)
    yield handbook.page(FOLDER, problems(list(gathered.errors), links), listed=True)


_NAME = re.compile(r"^person:(?:.*\n(?![^\s#]))*?.*?\bnamn: *[\"']?([^\n,}#\"']+)", re.MULTILINE)
_MADE_UP = re.compile(r"^fiktiv: *true\b", re.MULTILINE)


def _name(path: Path, mode: Mode) -> str:
    """The person's name in a file that may not be readable as a plan, for the address of a page; "" when it cannot be
    seen, or may be real and the site is open."""
    try:
        text = raw.read(path).decode("utf-8", "replace")
    except OSError:
        return ""
    found = _NAME.search(text) if mode == "private" or _MADE_UP.search(text) else None
    return found[1].strip() if found else ""
