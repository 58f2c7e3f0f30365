"""Problems as a page, for the writer who looks at the site while writing: the words of `ipsite check`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ipsite.problem import Problem
from ipsite.views.blocks import Block, Fact, Links, Section, Text
from ipsite.views.reference import Reference

TITLE = "Planerna har fel"


def problems(found: Sequence[Problem], others: Iterable[tuple[str, str]] = ()) -> Reference:
    """What is wrong, problem by problem; `others` are addresses and titles of plans that can be read."""
    lead = Text(((("Rätta och spara. Då visas planen igen.",)),))
    sections = tuple(_section(number, problem) for number, problem in enumerate(found, start=1))
    if links := tuple(others):
        sections += (Section("andra-planer", "Planer utan fel", (Links(links),)),)
    return Reference("Kontroll av planerna", TITLE, "Vad som är fel i planerna.", (lead,), sections)


def _section(number: int, problem: Problem) -> Section:
    place = f"{problem.file}, rad {problem.line}, tecken {problem.column}"
    parts: list[Block] = [Fact("Var", (place,))]
    if problem.where:
        parts.append(Fact("Fält", (problem.where,)))
    if problem.hint:
        parts.append(Text(((problem.hint,),)))
    if problem.law:
        parts.append(Fact("Grund", (problem.law,)))
    return Section(f"problem-{number}", f"{problem.level.capitalize()} {problem.code}: {problem.message}", tuple(parts))
