"""How it has gone towards a goal: what each one thought, from time to time, as squares filled from one to five.

The same numbers stand in the table beside it. A single time is no progress, and nothing is drawn of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ipsite import dates
from ipsite.model import Node, Plan
from ipsite.views import people
from ipsite.views.blocks import Block, Fact, text
from ipsite.views.drawing import (
    COLORS,
    LEADING,
    SCREENS,
    SIZES,
    Box,
    Drawing,
    Figure,
    Group,
    Label,
    Later,
    Shape,
    Sign,
    label,
)

_STEPS = 5
_TIMES, _RATERS = 8, 5  # in one picture
_WIDTHS = {"wide": 640.0, "narrow": 240.0, "paper": 432.0, "large": 432.0}  # inside the card of a goal
_HIGHEST = {"paper": 600.0, "large": 540.0}


Times = dict[int, str]  # the follow-ups that are shown: their numbers, and their days in words


@dataclass(frozen=True, slots=True)
class Rater:
    """One who has said how well it goes: name, party ("" for the person), and the score at each time by its number."""

    name: str
    party: str
    scores: tuple[tuple[int, int], ...]


def progress(plan: Plan, goal: Node) -> tuple[Block, ...]:
    """The chart of a goal, and a word on what has no room in it; nothing before there are two times to compare."""
    raters, times = _raters(plan, goal)
    if len(times) < 2:
        return ()
    latest = dict(list(times.items())[-_TIMES:])
    shown = tuple(rater for rater in raters[:_RATERS] if any(number in latest for number, _ in rater.scores))
    later = partial(draw, shown, latest)
    screens = (made for medium in SCREENS for made in later(medium))
    left_out = [f"de {_TIMES} senaste gångerna"] if len(times) > _TIMES else []
    left_out += [f"{_RATERS} av de {len(raters)} som har svarat"] if len(raters) > _RATERS else []
    more = (text(f"Bilden visar {' och '.join(left_out)}."),) if left_out else ()
    gist = f"Så bra går det, från 1 till {_STEPS}, gång efter gång. Samma siffror står i tabellen här under."
    figure = Figure(gist, (*screens, *(Later(medium, later) for medium in _HIGHEST)))
    return (Fact("Så bra går det", (f"1 är mycket dåligt och {_STEPS} är mycket bra.",)), figure, *more)


def _raters(plan: Plan, goal: Node) -> tuple[tuple[Rater, ...], Times]:
    """Everyone who has given a score, the person first, and the times at which somebody did."""
    scores: dict[tuple[str, str], dict[int, int]] = {}
    times: Times = {}
    notes = sorted(goal.each("uppföljning"), key=lambda note: str(note["datum"].value))
    for number, note in enumerate(notes):
        for rater, score in _scores(plan, note):
            scores.setdefault(rater, {})[number] = score
            times[number] = dates.day(note["datum"].value)
    order = sorted(scores, key=lambda rater: rater[1] != "")
    return tuple(Rater(*rater, tuple(scores[rater].items())) for rater in order), times


def _scores(plan: Plan, note: Node) -> Iterator[tuple[tuple[str, str], int]]:
    mine = note.get("min_bedömning")
    if mine is not None:
        yield (plan.called, ""), mine.value
    for other in note.each("andras_bedömning"):
        keys = other.who("vem")
        if "bedömning" in other:
            party = people.party(plan, keys[0]) if keys else "annan"
            yield (
                (" och ".join(people.name(plan, key) for key in keys) or "Någon annan", party or "nära"),
                other["bedömning"].value,
            )


# --- The drawing --------------------------------------------------------------------------------------------------


def draw(raters: tuple[Rater, ...], times: Times, medium: str) -> tuple[Drawing, ...]:
    """The chart for one medium: times beside one another; where that is too wide or too high, one rater after the
    other, on as many sheets as it takes."""
    limit = _HIGHEST.get(medium, math.inf)
    if medium != "narrow" and (made := _beside(raters, times, medium)).height <= limit:
        return (made,)
    units = [_unit(rater, times, medium) for rater in raters]
    sheets: list[list[Group]] = [[]]
    for unit in units:
        if sheets[-1] and sum(other.height for other in sheets[-1]) + unit.height > limit:
            sheets.append([])
        sheets[-1].append(unit)
    return tuple(_stacked(sheet, medium, sheet is not sheets[0]) for sheet in sheets)


def _columns(medium: str) -> tuple[int, float]:
    """How many times there is room for beside one another, and from one to the next."""
    width, size = _WIDTHS[medium], SIZES[medium]
    beside = max(1, int((width + size) / (size * 10)))
    return beside, (width + size) / beside


def _beside(raters: tuple[Rater, ...], times: Times, medium: str) -> Drawing:
    """Times in columns, and a row for each rater."""
    width, size = _WIDTHS[medium], SIZES[medium]
    beside, step = _columns(medium)
    shapes: list[Shape] = []
    y = 0.0
    for start in range(0, len(times), beside):
        some = list(times)[start : start + beside]
        heads = [label(times[time], column * step, y, size, step - size) for column, time in enumerate(some)]
        shapes += heads
        y = max(head.y + head.height for head in heads) + size * 0.2
        for rater in raters:
            given = [(some.index(time), score) for time, score in rater.scores if time in some]
            if given:
                named, y = _name(rater, width, size, y)
                shapes += named
                for column, score in given:
                    shapes += _score(column * step, y, size, score, rater)
                y += size * (LEADING + 0.3)
        y += size * 0.7
    return Drawing(medium, width, y - size * 0.7, tuple(shapes))


def _unit(rater: Rater, times: Times, medium: str) -> Group:
    """One rater, with each time above what he or she thought then."""
    width, size = _WIDTHS[medium], SIZES[medium]
    beside, step = _columns(medium)
    shapes, y = _name(rater, width, size, 0.0)
    given = [(times[time], score) for time, score in rater.scores if time in times]
    for start in range(0, len(given), beside):
        for column, (day, score) in enumerate(given[start : start + beside]):
            shapes.append(label(day, column * step, y, size, step))
            shapes += _score(column * step, y + size * LEADING, size, score, rater)
        y += size * (2 * LEADING + 0.2)
    return Group(width, y + size * 0.5, tuple(shapes))


def _stacked(units: list[Group], medium: str, goes_on: bool) -> Drawing:
    shapes: list[Shape] = []
    y = 0.0
    for unit in units:
        shapes += unit.at(0, y)
        y += unit.height
    return Drawing(medium, _WIDTHS[medium], y, tuple(shapes), goes_on)


def _name(rater: Rater, width: float, size: float, y: float) -> tuple[list[Shape], float]:
    """Who thought so, with the sign of the party, and where it ends."""
    indent = size * 1.2 if rater.party else 0.0
    name = label(rater.name, indent, y, size, width - indent, bold=True)
    shapes: list[Shape] = [name]
    if rater.party:
        shapes.append(Sign(size * 0.45, y + size * LEADING / 2, size * 0.7, rater.party, _ink(rater)))
    return shapes, name.y + name.height


def _ink(rater: Rater) -> str:
    return f"{COLORS[rater.party]}-ink" if rater.party else "ink"


def _score(x: float, y: float, size: float, score: int, rater: Rater) -> Iterator[Shape]:
    """Five squares, as many filled as the score says, and the score in words."""
    side, ink = size * 0.9, _ink(rater)
    for number in range(_STEPS):
        fill = ink if number < score else "surface"
        yield Box(x + number * side * 1.2 + 1, y + size * 0.2, side, side, fill, ink, side * 0.15, side / 12)
    words = f"{score} av {_STEPS}"
    yield Label(x + size * 5.6, y, words, (words,), size)
