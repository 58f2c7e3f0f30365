"""The boxes of the map: the person, and a field with those who help, as they are drawn for one medium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipsite import widths
from ipsite.views.drawing import COLORS, LEADING, Box, Group, Label, Shape, Sign, label
from ipsite.views.support import FIELDS, Helper

MOST = 16  # people in one picture


@dataclass(frozen=True, slots=True)
class Detail:
    """How much a drawing tells: of how many people, whether with their roles, and how many of the things they do,
    each on no more than so many lines."""

    most: int = MOST
    roles: bool = True
    things: int = 2
    lines: int = 2


def person_box(name: str, size: float, room: float, least: float) -> Group:
    """The person, in a box at least so wide."""
    big, pad = size * 1.4, size
    if widths.width(name, big, bold=True) > 3 * (room - 2 * pad):  # a name that would fill the sheet
        big = size
    words = label(name, 0, 0, big, room - 2 * pad, bold=True, middle=True)
    width = max(words.width + 2 * pad, min(least, room))
    height = words.height + pad
    placed = Label(width / 2, pad / 2, name, words.lines, big, "ink", True, True)
    return Group(width, height, (Box(0, 0, width, height, "sun-surface", "ink", size * 1.2, size / 6), placed))


def field_box(
    party: str, some: tuple[Helper, ...], shown: int, width: float, size: float, columns: int, detail: Detail
) -> Group:
    """A field with its heading and as many of its people as are shown, row by row."""
    pad, color = size * 0.8, COLORS[party]
    title = Label(pad + size * 1.5, pad, FIELDS[party], (FIELDS[party],), size * 1.15, f"{color}-ink", True)
    shapes: list[Shape] = [Sign(pad + size * 0.5, pad + title.height / 2, size, party, f"{color}-ink"), title]
    y = pad + title.height + size * 0.35
    columns = min(columns, max(shown, 1))
    room = (width - 2 * pad - size * (columns - 1)) / columns
    for row in _rows([_helper(one, room, size, detail) for one in some[:shown]], columns):
        for number, group in enumerate(row):
            shapes += group.at(pad + number * (room + size), y)
        y += max(group.height for group in row) + size * 0.6
    if shown < len(some):
        rest = label(total(some), pad, y, size, width - 2 * pad)
        shapes.append(rest)
        y += rest.height + size * 0.6
    whole = y - size * 0.6 + pad
    return Group(width, whole, (Box(0, 0, width, whole, f"{color}-surface", f"{color}-ink", size * 0.6), *shapes))


def _rows(groups: list[Group], columns: int) -> Iterator[list[Group]]:
    for start in range(0, len(groups), columns):
        yield groups[start : start + columns]


def _helper(one: Helper, room: float, size: float, detail: Detail) -> Group:
    """One who helps: the name, the role, and what there is room for of what he or she does."""
    shapes: list[Shape] = []
    y = 0.0
    for words, bold in ((one.name, True), (one.role if detail.roles else "", False)):
        if words:
            shapes.append(made := label(words, 0, y, size, room, bold=bold))
            y += made.height
    dent = size * 0.9
    does = [words for words in one.does if len(widths.lines(words, size, room - dent)) <= detail.lines]
    for words in does[: detail.things]:
        shapes.append(Sign(size * 0.3, y + size * LEADING / 2, size * 0.3, "dot", "ink"))
        shapes.append(made := label(words, dent, y, size, room - dent))
        y += made.height
    return Group(room, y, tuple(shapes))


def total(some: tuple[Helper, ...]) -> str:
    """What a field says that has no room for all of its people."""
    return f"{len(some)} i allt"
