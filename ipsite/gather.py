"""A folder of plans × who it is for → what may be built, or what stops it. One way for the site and for papers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipsite import build, picture
from ipsite.audience import Refusal, copies_for
from ipsite.checking import check_paths
from ipsite.comparable import with_comparisons
from ipsite.hidden import hidden
from ipsite.model import MYSELF, Plan
from ipsite.portfolio import PlanFile
from ipsite.problem import Problem
from ipsite.settings import Mode

COPIES = "kopior"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found. `plans` are those to build, as the reader may see them; `whole` are all plans as they are
    written, and `files` those that they lie in, or should; `reader` and `today` are what was asked for. Nothing is to
    be built while there are `refusals` or errors among the `problems`."""

    plans: tuple[Plan, ...]
    whole: tuple[Plan, ...]
    files: tuple[PlanFile, ...]
    images: dict[str, picture.Prepared]
    problems: tuple[Problem, ...]
    refusals: tuple[Refusal, ...]
    reader: str
    today: date

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "fel")

    def hidden(self) -> frozenset[str]:
        """Texts of the plans that must not be in what is built."""
        compared = (both for plan in self.plans for both in plan.compared or ())
        named = {other for plan in self.plans for other in plan.beside}
        beside = (plan for plan in self.whole if plan.id in named)
        return hidden(self.whole, (*self.plans, *compared, *beside), self.reader, self.today)


def gather(root: Path, today: date, mode: Mode, reader: str = "", only: Collection[str] = ()) -> Gathered:
    """What of the plans under `root` may be built on the day `today` for `reader` (a key, or "" for the person);
    `only` are the ids of the plans that are wanted, when it is not all."""
    checked = check_paths([root], today)
    wanted = [plan for plan in checked.plans if not only or plan.id in only]
    copies, refusals = copies_for(wanted, reader or MYSELF, today)
    wrong = {problem.file for problem in checked.problems if problem.level == "fel"}  # a preview shows the other plans
    shown = tuple(with_comparisons(copies, checked.plans, reader or MYSELF, today, wrong))
    images, faults = build.pictures(shown, root)
    # the checks have told of a picture that cannot be used; one that has changed since is told of here alone
    problems = tuple(dict.fromkeys((*checked.problems, *faults, *build.gate(checked.plans, mode))))
    return Gathered(shown, checked.plans, checked.files, images, problems, tuple(refusals), reader, today)


def refused(refusals: tuple[Refusal, ...]) -> str:
    """Why there is no copy, one line for each plan."""
    return "\n".join(f"{refusal.plan}: {refusal.message}" if refusal.plan else refusal.message for refusal in refusals)


def is_copy(reader: str) -> bool:
    """Whether what is built is for somebody else than the person."""
    return reader not in ("", MYSELF)


def place_of(site: Path, project: Path, reader: str) -> Path:
    """Where a site is to stand: a copy never by default where the person's own site does."""
    return project / COPIES / reader if is_copy(reader) and site == project / "site" else site
