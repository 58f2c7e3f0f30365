"""Problems → what a person, a program or a code host is shown. Pure: the lines of files are handed in."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ipsite.problem import Level, Problem
from ipsite.rules import Rule

LineOf = Callable[[str, int], str]  # file, line number from 1 → the line's text, "" when it cannot be had

WIDTH = 100  # signs of a source line that are shown
_WORDS: dict[Level, tuple[str, str]] = {
    "fel": ("fel", "fel"),
    "varning": ("varning", "varningar"),
    "tips": ("tips", "tips"),
}
_GITHUB: dict[Level, str] = {"fel": "error", "varning": "warning", "tips": "notice"}
_COLOURS: dict[Level, str] = {"fel": "31", "varning": "33", "tips": "36"}


def _no_line(file: str, number: int) -> str:
    return ""


def text(problems: Sequence[Problem], line_of: LineOf = _no_line, *, colour: bool = False) -> str:
    """Problems for a person to read: a paragraph each.

    With `line_of` the line of the file is shown with a mark under the place. Leave it out where others may
    read what is written, as in the log of a build.
    """
    return "\n\n".join(_paragraph(problem, line_of, colour) for problem in problems)


def _paragraph(problem: Problem, line_of: LineOf, colour: bool) -> str:
    level = _paint(problem.level, _COLOURS[problem.level], colour)
    place = _paint(f"{problem.file}:{problem.line}:{problem.column}", "1", colour)
    lines = [f"{place}: {level} {problem.code}: {problem.message}"]
    lines += _excerpt(line_of(problem.file, problem.line), problem.column, problem.line)
    if problem.where:
        lines.append(f"  Fält: {problem.where}")
    if problem.hint:
        lines.append(f"  {problem.hint}")
    if problem.law:
        lines.append(f"  Grund: {problem.law}")
    return "\n".join(lines)


def _paint(words: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if colour else words


def _excerpt(line: str, column: int, number: int) -> list[str]:
    """The source line and a caret; a long line is cut around the place, and signs that steer a terminal go."""
    if not line.strip():
        return []
    line = "".join(sign if sign.isprintable() else " " for sign in line)
    start = max(0, column - 1 - WIDTH * 2 // 3) if len(line) > WIDTH else 0
    shown = line[start : start + WIDTH]
    return [f"  {number} | {shown}", f"  {' ' * len(str(number))} | {' ' * (column - 1 - start)}^"]


def summary(problems: Sequence[Problem], plans: int, places: Sequence[str] = ()) -> str:
    """One line: "6 planer: 1 fel, 2 varningar." With no plan, and nothing wrong, it names the `places` looked in."""
    if not plans and not problems:
        return none_in(places)
    counts = Counter(problem.level for problem in problems)
    told = [f"{counts[level]} {_WORDS[level][counts[level] != 1]}" for level in _WORDS if counts[level]]
    looked_at = f"{plans} {'plan' if plans == 1 else 'planer'}"
    then = " Varningar och tips hindrar inget bygge." if told and not counts["fel"] else ""
    return f"{looked_at}: {', '.join(told) if told else 'inget att anmärka på'}.{then}"


def none_in(places: Sequence[str]) -> str:
    """What is said where there are no plans, though there may be documents."""
    looked_in = " eller ".join(places) or "mappen"
    return (
        f"Det finns inga planer i {looked_in}. En planfil är ren text, och dess namn slutar på .yaml. "
        "Börja på en med «ipsite new NAMN»."
    )


def as_json(problems: Sequence[Problem], plans: int) -> str:
    """The contract for programs: {"problems": […], "plans": N}."""
    return json.dumps(
        {"problems": [problem.as_dict() for problem in problems], "plans": plans}, ensure_ascii=False, indent=2
    )


def github(problems: Sequence[Problem]) -> str:
    """One annotation a line, in GitHub's form of workflow commands."""
    return "\n".join(
        f"::{_GITHUB[problem.level]} file={_escaped(problem.file)},line={problem.line},col={problem.column},"
        f"title={problem.code}::{_escaped(f'{problem.message} {problem.hint}'.strip(), value=False)}"
        for problem in problems
    )


def _escaped(words: str, *, value: bool = True) -> str:
    signs = "%\r\n:," if value else "%\r\n"
    return re.sub(f"[{signs}]", lambda match: f"%{ord(match[0]):02X}", words)


def rules(every: Iterable[Rule]) -> str:
    """The list of rules, one a line."""
    return "\n".join(f"{rule.code}  {rule.level:<7}  {rule.title}  ({rule.law})" for rule in every)
