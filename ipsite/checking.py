"""Checking a portfolio: files → plans and problems. Reads files, writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ipsite import faults, ignore, model, picture, portfolio, signs
from ipsite.clipped import clipped, texts
from ipsite.collector import no_collector
from ipsite.load import Source, read
from ipsite.problem import Problem, field_path, has_errors
from ipsite.references import check_references
from ipsite.rules import check_alone, check_text, check_together
from ipsite.rules.across import summary
from ipsite.validate import validated

LONGEST = 2_000  # signs with no blank between: time to break them into lines grows with their square


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the plans whose form is right, all problems in reading order, and the plan files that were
    looked at."""

    plans: tuple[model.Plan, ...]
    problems: tuple[Problem, ...]
    files: tuple[portfolio.PlanFile, ...]

    @property
    def has_errors(self) -> bool:
        return has_errors(self.problems)


def check(root: Path | str, today: date) -> list[Problem]:
    """All problems of all plans under the folder `root`, or of the one file `root`, on the day `today`.

    The order is that of reading: by file, line and column. Raises FileNotFoundError when there is no
    such folder or file.
    """
    return list(problems_of([Path(root)], today).problems)


def check_paths(paths: Iterable[Path], today: date, plans: Path | None = None) -> Checked:
    """Check files and folders together; references are looked for in the whole portfolio around each. What lies in the
    folder `plans` is of its portfolio, whatever it is called."""
    return _checked(paths, today, lambda plan: plan, plans)


def problems_of(paths: Iterable[Path], today: date, plans: Path | None = None) -> Checked:
    """The same problems without the plans, so that a large portfolio needs little memory: of each plan only what
    rules compare it with others by is kept when its turn is over."""
    return replace(_checked(paths, today, summary, plans), plans=())


def _checked(
    paths: Iterable[Path], today: date, keep: Callable[[model.Plan], model.Plan], root: Path | None = None
) -> Checked:
    plans: dict[str, model.Plan] = {}
    ignored: dict[str, frozenset[str]] = {}
    problems: list[Problem] = []
    looked_at: dict[str, portfolio.PlanFile] = {}
    with no_collector():
        for path in paths:
            if not path.exists():
                raise FileNotFoundError(path)
            wanted, everything, found = _files(path, portfolio.root_around(path, root))
            problems += found
            ids = frozenset(file.id for file in everything)
            for file in wanted:
                looked_at[file.file] = file
                plan, put_aside, met = look_at(file, ids, today)
                problems += met
                if plan is not None:
                    plans[file.file], ignored[file.id] = keep(plan), put_aside
        problems += check_together(tuple(plans.values()), today, ignored)
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: problem.order)
    return Checked(tuple(plans.values()), tuple(ordered), tuple(looked_at.values()))


def look_at(
    file: portfolio.PlanFile, ids: Iterable[str], today: date
) -> tuple[model.Plan | None, frozenset[str], list[Problem]]:
    """One file by itself, in a portfolio of the plans `ids`: its plan if the form is right, the codes it puts aside,
    and its problems."""
    source, problems = read(file.path, file.file, file.id)
    if source is None:
        return None, frozenset(), problems
    source, form = validated(source)
    problems = [*problems, *form, *check_references(source, ids), *ignore.problems(source)]
    problems += [*check_text(source.text, source.file), *_signs(source), *_unbroken(source)]
    if form:
        return None, frozenset(), problems
    plan, put_aside = model.plan(source), ignore.codes(source)
    as_written = replace(plan, clipped=clipped(source))
    problems += [*_picture(plan, file.path), *check_alone(as_written, today, put_aside)]
    return plan, put_aside, problems


def _files(path: Path, root: Path) -> tuple[list[portfolio.PlanFile], list[portfolio.PlanFile], list[Problem]]:
    """The plan files at `path`, all those of the portfolio in `root` around it, and problems with names."""
    everything, problems = portfolio.find(root)
    if path.is_dir():
        below = path.resolve()
        if root.resolve().is_relative_to(below):
            return everything, everything, problems
        if any(part.startswith(".") for part in below.relative_to(root.resolve()).parts):
            return [], everything, [faults.file_problem("IP014", portfolio.shown(path))]  # passed over by all else
        wanted = [file for file in everything if file.path.resolve().is_relative_to(below)]
        return wanted, everything, [p for p in problems if Path(p.file).absolute().is_relative_to(below)]
    wanted = [file for file in everything if file.path.resolve() == path.resolve()]
    if not wanted:
        return [], everything, [portfolio.misnamed(path, root)]
    return wanted, everything, []


def _signs(source: Source) -> list[Problem]:
    """Signs in what is written, not in comments, that no paper could show."""
    lacking = list(signs.missing(source.text))
    shown = str(source.data) if lacking else ""
    return [
        Problem(
            "IP018",
            "fel",
            source.file,
            *place,
            "",
            f"Tecknet «{sign}» (U+{ord(sign):04X}) finns inte i typsnitten, så pappret kan inte visa det.",
            "Skriv det med andra tecken.",
        )
        for sign, place in lacking
        if sign in shown
    ] + [
        Problem(
            "IP018",
            "fel",
            source.file,
            *source.value_place(way),
            "",
            f"Här står ett tecken som inte går att visa (U+{ord(sign):04X}), skrivet med bakvänt snedstreck.",
            "Ta bort det.",
        )
        for way, text in (texts(source.data) if "\\" in source.text else ())
        for sign in signs.escaped(text, source.text)
    ]


def _unbroken(source: Source) -> list[Problem]:
    """Texts in which no line of a paper could end for too long."""
    lines = source.text.split("\n")
    if all(len(line) <= LONGEST for line in lines) and "\\\n" not in source.text:
        return []  # as in most plans; a backslash last on a line joins it to the next
    return [
        faults.file_problem("IP019", source.file, source.value_place(way), field_path(way))
        for way, text in texts(source.data)
        if any(len(part) > LONGEST for part in re.split("[ \t\n]", text))
        and not any(str(step).startswith("x_") for step in way)  # shown to nobody
    ]


def _picture(plan: model.Plan, path: Path) -> list[Problem]:
    """The picture beside the plan: is it there, and can it be drawn?"""
    node = plan.person.get("bild")
    if node is None:
        return []
    try:
        picture.check(path.parent, node.value)
    except picture.PictureError as error:
        return [picture.problem(error, plan.file, node.place)]
    return []
