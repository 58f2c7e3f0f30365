"""Mitt år: a time line from the plan's start, month by month, with what happens when. A table says the same.

The line runs down the page, so that it reads alike on a phone and on paper and no words stand in each other's way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from ipsite import dates, widths
from ipsite.model import Plan
from ipsite.views import events
from ipsite.views.blocks import Block, Table
from ipsite.views.drawing import (
    LEADING,
    SCREENS,
    SIZES,
    WIDTHS,
    Box,
    Drawing,
    Figure,
    Label,
    Later,
    Line,
    Shape,
    Sign,
    label,
)
from ipsite.views.events import Event

MADE = "Den dag det här gjordes"
_MONTHS = 12  # after the first one
_CALM = 16  # more than so many things are grouped
_HIGHEST = {"paper": 625.0}  # large print has the table alone: drawn so large, the year is the same list once more
_PIECE = 90.0  # on paper it is drawn in pieces of about this height, between which a sheet may end


@dataclass(frozen=True, slots=True)
class Span:
    """A month, or all that is before the first one or after the last; and what happens in it, each with its day."""

    name: str
    events: tuple[tuple[str, Event], ...]

    @property
    def total(self) -> str:
        """How many things happen; the day of making is not one of them."""
        return f"{sum(event.what != MADE for _, event in self.events)} saker i allt"


def my_year(plan: Plan, today: date) -> tuple[Block, ...]:
    """The year drawn and as a table; nothing when the plan says nothing of what happens when."""
    found = events.year(plan)
    if not any(event.kind != events.FRAME for event in found):
        return ()
    spans = _spans(plan, (*found, Event(today, MADE, events.FRAME)))
    later = partial(draw, spans, today)
    screens = tuple(made for medium in SCREENS for made in later(medium))
    gist = "Tidslinje med månaderna i planens år och vad som händer när. Samma sak står i tabellen här under."
    return (Figure(gist, (*screens, *(Later(medium, later) for medium in _HIGHEST))), table(spans, today))


def table(spans: tuple[Span, ...], today: date) -> Table:
    """The same as the time line, a row for each month."""
    grouped = {span.total for medium in (*SCREENS, *_HIGHEST) for span in _grouped(spans, today, medium)}
    rows = tuple(
        (
            (span.name, span.total) if span.total in grouped else (span.name,),
            tuple(f"{day}: {event.what}" for day, event in span.events) or ("Inget är bestämt.",),
        )
        for span in spans
    )
    return Table("", ("När", "Det här händer"), rows, "year")


def _spans(plan: Plan, found: tuple[Event, ...]) -> tuple[Span, ...]:
    """The months of the plan's year, with what happens; before and after it only when something does."""
    start, end = events.valid(plan)
    first = start.year * 12 + start.month - 1
    last = first + _MONTHS
    if end is not None:
        last = max(first, min(last, end.year * 12 + end.month - 1))
    inside: dict[int, list[tuple[str, Event]]] = {number: [] for number in range(first, last + 1)}
    before: list[tuple[str, Event]] = []
    after: list[tuple[str, Event]] = []
    for event in sorted(found, key=lambda event: (event.when, event.what)):
        number = event.when.year * 12 + event.when.month - 1
        if number in inside:
            inside[number].append((dates.day_of_month(event.when), event))
        else:
            (before if number < first else after).append((dates.day(event.when), event))
    spans = (
        Span("Före det", tuple(before)),
        *(
            Span(dates.month(date(number // 12, number % 12 + 1, 1)).capitalize(), tuple(some))
            for number, some in inside.items()
        ),
        Span("Efter det", tuple(after)),
    )
    return tuple(span for span in spans if span.events or span.name not in ("Före det", "Efter det"))


# --- The drawing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand across: the line of time, the months, the days and what happens."""

    medium: str
    size: float
    width: float
    axis: float
    month: float
    day: float
    what: float

    @property
    def stacked(self) -> bool:
        """Whether what happens stands under its day, since there is no room beside it."""
        return self.what == self.day


class _Part(NamedTuple):
    """A span where it stands: what is drawn, where the line of time meets it, and where the next one begins."""

    shapes: list[Shape]
    meets: list[float]
    end: float


def draw(spans: tuple[Span, ...], today: date, medium: str) -> tuple[Drawing, ...]:
    """The time line for one medium; on paper in pieces, of which each holds at least one span."""
    frame, limit = _frame(spans, medium), _PIECE if medium in _HIGHEST else math.inf
    most = _most(spans, today, frame)
    pieces: list[list[_Part]] = [[]]
    for span in spans:
        part = _part(span, today, frame, most, pieces[-1][-1].end if pieces[-1] else 0.0)
        if pieces[-1] and part.end > limit:
            pieces.append([_part(span, today, frame, most, 0.0)])
        else:
            pieces[-1].append(part)
    return tuple(_drawing(pieces, number, frame) for number in range(len(pieces)))


def _most(spans: tuple[Span, ...], today: date, frame: _Frame) -> int:
    """How many things a span may show, so that each span by itself has room on its sheet."""
    limit = _HIGHEST.get(frame.medium, math.inf)
    many = sum(len(span.events) for span in spans) > _CALM
    full = [span for span in spans if span.events] if limit < math.inf else []
    for most in (5, 3, 2, 1) if many else (_CALM, 5, 3, 2, 1):
        if all(_part(span, today, frame, most, 0.0).end <= limit for span in full):
            return most
    return 0


def _grouped(spans: tuple[Span, ...], today: date, medium: str) -> Iterator[Span]:
    """The spans that do not show all that happens in them."""
    if any(span.events for span in spans):
        most = _most(spans, today, _frame(spans, medium))
        yield from (span for span in spans if len(_shown(span, most)) < len(span.events))


def _frame(spans: tuple[Span, ...], medium: str) -> _Frame:
    width, size = WIDTHS[medium], SIZES[medium]
    gap = size * 0.8
    if medium == "narrow":
        left = size * 1.4
        return _Frame(medium, size, width, size * 0.5, left, left, left)
    axis = max(widths.width(span.name, size, bold=True) for span in spans) + gap
    days = [widths.width(day, size, bold=True) for span in spans for day, _ in span.events if not day[-1].isdigit()]
    day = axis + gap * 1.2
    return _Frame(medium, size, width, axis, 0, day, day + max(days, default=size * 6) + gap)


def _part(span: Span, today: date, frame: _Frame, most: int, top: float) -> _Part:
    """A span whose name stands at the height `top`."""
    frame = _with_room_for_years(span, frame)
    size, y, middle = frame.size, top, top + frame.size * LEADING / 2
    shapes: list[Shape] = [
        label(span.name, frame.month, y, size, frame.width - frame.month, bold=True, ink="ink-soft"),
        Line(((frame.axis - size * 0.35, middle), (frame.axis, middle)), "ink-soft"),
    ]
    meets = [middle]
    if frame.stacked:
        y += size * LEADING
    shown = _shown(span, most)
    for day, event in shown:
        made = _event(day, event, today, frame, y)
        shapes += made
        meets.append(made[-1].y if isinstance(made[-1], Sign) else y)
        y = max(shape.y + shape.height for shape in made if isinstance(shape, Label | Box)) + size * 0.25
    if len(shown) < len(span.events):
        shapes.append(label(span.total, frame.day, y, size, frame.width - frame.day))
        y += size * LEADING
    return _Part(shapes, meets, max(y, top + size * LEADING) + size * 0.55)


def _with_room_for_years(span: Span, frame: _Frame) -> _Frame:
    """Before and after the plan's year the days have years of their own, and what happens begins further in."""
    widest = max((widths.width(day, frame.size, bold=True) for day, _ in span.events), default=0.0)
    return frame if frame.stacked else replace(frame, what=max(frame.what, frame.day + widest + frame.size * 0.8))


def _drawing(pieces: list[list[_Part]], number: int, frame: _Frame) -> Drawing:
    """Spans along the line of time, which lies under all else, as what leads to it does, and on to the next piece."""
    piece, goes_on = pieces[number], number > 0
    meets, end = [y for part in piece for y in part.meets], piece[-1].end
    top = 0.0 if goes_on else min(meets)
    bottom = end if number < len(pieces) - 1 else max(meets)
    line = Line(((frame.axis, top), (frame.axis, bottom)), "ink-soft", frame.size / 8)
    shapes = [*(shape for part in piece for shape in part.shapes), line]
    shapes.sort(key=lambda shape: not isinstance(shape, Line))
    return Drawing(frame.medium, frame.width, end, tuple(shapes), goes_on)


def _shown(span: Span, most: int) -> Sequence[tuple[str, Event]]:
    """What a span has room for: the frame of the plan and what is fixed before tasks, in the order of the days."""
    if len(span.events) <= most:
        return span.events
    made = [item for item in span.events if item[1].what == MADE]
    others = [item for item in span.events if item not in made]
    if len(others) > most + (most > 0):  # a line that says how many takes as much room as one thing
        others = sorted(others, key=lambda item: events.KINDS.index(item[1].kind))[:most]
    return [item for item in span.events if item in others or item in made]


def _event(day: str, event: Event, today: date, frame: _Frame, y: float) -> list[Shape]:
    """A day, what happens on it, and its mark on the line; in a box of its own when it is the day of making."""
    size, made = frame.size, event.what == MADE
    inset = size * 0.3 if made else 0.0
    beside = frame.width if frame.stacked else frame.what - size * 0.4
    first = label(day, frame.day, y + inset, size, beside - frame.day - inset, bold=True)
    down = first.height if frame.stacked else 0
    what = label(event.what, frame.what, y + inset + down, size, frame.width - frame.what - inset)
    mark = "dot" if event.when >= today else "ring"
    middle = first.y + size * LEADING / 2
    shapes: list[Shape] = [first, what, Sign(frame.axis, middle, size * (0.9 if made else 0.6), mark, "ink-soft")]
    if made:
        right = max(first.left + first.width, what.left + what.width)
        left = frame.day - inset
        bottom = max(part.y + part.height for part in (first, what))
        box = Box(left, y, right + inset - left, bottom + inset - y, "sun-surface", "ink", inset)
        shapes.insert(0, box)
    return shapes
