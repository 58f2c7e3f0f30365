"""Plans read a few at a time, of which only what others need to know is kept: for portfolios of any size.

It knows of right plans only. Whatever is wrong anywhere makes it give up, and the plans are then read in the other way,
by `gather`, which tells of all that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipsite import ignore, model, raw
from ipsite.artifact import digest
from ipsite.build import pictures
from ipsite.checking import look_at
from ipsite.collector import no_collector
from ipsite.comparable import with_comparisons
from ipsite.load import parse
from ipsite.plan_pages import Circle
from ipsite.portfolio import PlanFile
from ipsite.problem import has_errors
from ipsite.references import resolve
from ipsite.rules import check_together
from ipsite.validate import validated
from ipsite.views.brief import Brief, brief


@dataclass(frozen=True, slots=True)
class Known:
    """A plan that is right by itself. `digest` tells what stands in its file from all else."""

    file: PlanFile
    digest: bytes
    brief: Brief


class Wrong(RuntimeError):
    """Something is wrong with a plan, or it has changed since it was read. Says nothing more: `gather` does."""


class _Anything(frozenset[str]):
    """The plans that a reference may lead to, as long as nobody has read them all: every one."""

    def __contains__(self, _: object) -> bool:
        return True


def read_all(files: Sequence[PlanFile], today: date) -> list[Known]:
    """Plans each read and checked by itself on the day `today`. Raises `Wrong`."""
    with no_collector():
        return [_read(file, today) for file in files]


def _read(file: PlanFile, today: date) -> Known:
    before = digest(_content(file))
    plan, _, problems = look_at(file, _Anything(), today)
    if plan is None or has_errors(problems):
        raise Wrong
    return Known(file, before, brief(plan, today))


def refuse_dead_ends(briefs: Iterable[Brief], ids: frozenset[str]) -> None:
    """See that every plan that a plan names is there. Raises `Wrong`."""
    if any(resolve(name, one.id, ids) is None for one in briefs for name in one.names):
        raise Wrong


def circle_of(some: Sequence[Known], root: Path, today: date) -> Circle:
    """The plans of a circle under `root` in full, as they were when they were read. Raises `Wrong`."""
    plans: list[model.Plan] = []
    put_aside: dict[str, frozenset[str]] = {}
    for one in some:
        content = _content(one.file)
        source, _ = parse(content, one.file.file, one.file.id)
        if source is None or digest(content) != one.digest:
            raise Wrong
        source, wrong = validated(source)
        if wrong:
            raise Wrong
        plans.append(model.plan(source))
        put_aside[one.file.id] = ignore.codes(source)
    problems = check_together(tuple(plans), today, put_aside)
    images, faults = pictures(tuple(plans), root)
    if faults or has_errors(problems):
        raise Wrong
    return Circle(tuple(with_comparisons(plans, plans, model.MYSELF, today)), images, tuple(problems))


def _content(file: PlanFile) -> bytes:
    try:
        return raw.read(file.path)
    except OSError:
        raise Wrong from None
