"""Checking a portfolio: files → plans and problems. Reads files, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipsite import faults, model, portfolio
from ipsite.load import Source, read
from ipsite.problem import Problem
from ipsite.references import check_references
from ipsite.rules import check_rules
from ipsite.validate import validate


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the plans whose form is right, all problems in reading order, and
    how many plan files were looked at."""

    plans: tuple[model.Plan, ...]
    problems: tuple[Problem, ...]
    files: int

    @property
    def has_errors(self) -> bool:
        return any(problem.level == "fel" for problem in self.problems)


def check(root: Path | str, today: date) -> list[Problem]:
    """All problems of all plans under the folder `root`, or of the one file `root`, on the day `today`.

    The order is that of reading: by file, line and column. Raises FileNotFoundError when there is no
    such folder or file.
    """
    return list(check_paths([Path(root)], today).problems)


def check_paths(paths: Iterable[Path], today: date) -> Checked:
    """Check files and folders together; references are looked for in the whole portfolio around each."""
    plans: list[model.Plan] = []
    problems: list[Problem] = []
    files = 0
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        wanted, everything, found = _files(path)
        problems += found
        files += len(wanted)
        ids = [file.id for file in everything]
        for file in wanted:
            plan, met = _check_file(file, ids)
            problems += met
            plans += [plan] if plan else []
    problems += check_rules(plans, today)
    return Checked(tuple(plans), tuple(sorted(set(problems), key=lambda problem: problem.order)), files)


def _files(path: Path) -> tuple[list[portfolio.PlanFile], list[portfolio.PlanFile], list[Problem]]:
    """The plan files at `path`, all those of the portfolio around it, and problems with names."""
    root = portfolio.root_of(path)
    everything, problems = portfolio.find(root)
    if path.is_dir():
        below = path.resolve()
        wanted = [file for file in everything if file.path.resolve().is_relative_to(below)]
        return wanted, everything, [p for p in problems if Path(p.file).resolve().is_relative_to(below)]
    wanted = [file for file in everything if file.path.resolve() == path.resolve()]
    if not wanted:
        return [], everything, [faults.file_problem("IP014", portfolio.shown(path))]
    return wanted, everything, []


def _check_file(file: portfolio.PlanFile, ids: list[str]) -> tuple[model.Plan | None, list[Problem]]:
    source: Source | None
    source, problems = read(file.path, file.file, file.id)
    if source is None:
        return None, problems
    form = validate(source)
    return (None if form else model.plan(source)), form + check_references(source, ids)
