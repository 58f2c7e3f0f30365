"""Problems → what the terminal, a program or a code host shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from ipsite.problem import Level, Problem

_WORDS: dict[Level, tuple[str, str]] = {
    "fel": ("fel", "fel"),
    "varning": ("varning", "varningar"),
    "tips": ("tips", "tips"),
}


def text(problems: Sequence[Problem]) -> str:
    """Problems for a person to read, one paragraph each."""
    return "\n\n".join(_paragraph(problem) for problem in problems)


def _paragraph(problem: Problem) -> str:
    lines = [f"{problem.file}:{problem.line}:{problem.column}: {problem.level} {problem.code}"]
    lines.append(f"  {f'{problem.where}: ' if problem.where else ''}{problem.message}")
    if problem.hint:
        lines.append(f"  {problem.hint}")
    if problem.law:
        lines.append(f"  Enligt {problem.law}.")
    return "\n".join(lines)


def summary(problems: Sequence[Problem], plans: int) -> str:
    """One line: "6 planer. 1 fel, 2 varningar." """
    counts = Counter(problem.level for problem in problems)
    told = [f"{counts[level]} {_WORDS[level][counts[level] != 1]}" for level in _WORDS if counts[level]]
    looked_at = f"{plans} {'plan' if plans == 1 else 'planer'}"
    return f"{looked_at}: {', '.join(told) if told else 'inga fel'}."


def as_json(problems: Sequence[Problem], plans: int) -> str:
    """The contract for programs: {"problems": […], "plans": N}."""
    return json.dumps(
        {"problems": [problem.as_dict() for problem in problems], "plans": plans},
        ensure_ascii=False,
        indent=2,
    )
