"""Min karta: the person in the middle and, in four fields around, those who help, the near ones nearest.

The same content stands as text below it. On paper the map must be whole on its sheet: what takes too much room is
left to the text, in the order of `_TRIES`, and a field that cannot show all of its people says how many they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from ipsite import widths
from ipsite.model import Plan
from ipsite.views.blocks import Block, Lines, Table, text
from ipsite.views.drawing import (
    COLORS,
    LEADING,
    SIZES,
    WIDTHS,
    Box,
    Drawing,
    Figure,
    Group,
    Label,
    Line,
    Shape,
    Sign,
    label,
)
from ipsite.views.helpers import FIELDS, Helper, helpers, myself

MOST = 16  # people in one picture
_HIGHEST = {"paper": 600.0, "large": 500.0, "landscape": 400.0}
_ABOVE = ("kommun", "region")

Fields = Mapping[str, tuple[Helper, ...]]


@dataclass(frozen=True, slots=True)
class Detail:
    """How much a drawing tells: of how many people, whether with their roles, and how many of the things they do,
    each on no more than so many lines."""

    most: int = MOST
    roles: bool = True
    things: int = 2
    lines: int = 2


_TRIES = (
    *(
        Detail(things=3),
        Detail(),
        Detail(things=1, lines=3),
        Detail(things=1),
        Detail(things=0),
        Detail(things=0, roles=False),
    ),
    *(Detail(most, roles, 0) for most in (12, 8, 4) for roles in (True, False)),
    Detail(0, False, 0),
)


def my_map(plan: Plan, media: tuple[str, ...] = ("wide", "narrow", "paper", "large")) -> tuple[Block, ...]:
    """The map drawn for each of `media`, and the same as a table; nothing when the plan names nobody."""
    fields = helpers(plan)
    if not fields:
        return ()
    drawings = tuple(draw(plan.called, fields, medium) for medium in media)
    gist = f"Karta med {plan.called} i mitten och runt om de som hjälper till. Samma sak står som text här under."
    return (Figure(gist, drawings), *numbers(fields, drawings), table(myself(plan), fields))


def numbers(fields: Fields, drawings: tuple[Drawing, ...]) -> tuple[Block, ...]:
    """How many they are, where there is no room for all in some drawing."""
    parts = [f"{FIELDS[party]}: {_total(some)}." for party, some in fields.items()]
    grouped = any(_total(some) in made.words for some in fields.values() for made in drawings)
    return (text(f"Alla får inte plats på bilden. {' '.join(parts)}"),) if grouped else ()


def _total(some: tuple[Helper, ...]) -> str:
    return f"{len(some)} i allt"


def table(mine: Helper, fields: Fields) -> Table:
    """The same as the map: the person, and then who helps, where they are on it and with what."""
    first: tuple[Lines, ...] = ((mine.name, mine.role), ("I mitten",), mine.does or ("Det är min karta.",))
    rows = [
        (tuple(filter(None, (one.name, one.role))), (FIELDS[party],), one.does or ("Det står inte i planen.",))
        for party, some in fields.items()
        for one in some
    ]
    return Table("", ("Vem", "Var på kartan", "Gör det här"), (first, *rows), "helpers")


# --- The drawing --------------------------------------------------------------------------------------------------


def draw(name: str, fields: Fields, medium: str) -> Drawing:
    """The map for one medium, with as much in it as there is room for, and as large."""
    if medium == "narrow":
        return _narrow(name, fields)
    sizes = (13.0, 12.0, SIZES[medium]) if medium == "landscape" else (SIZES[medium],)
    tries = [(size, Detail()) for size in sizes[:-1]] + [(sizes[-1], detail) for detail in _TRIES]
    for size, detail in tries:
        made = _around(name, fields, medium, size, detail)
        if made.height <= _HIGHEST.get(medium, made.height):
            break
    return made


def _around(name: str, fields: Fields, medium: str, size: float, detail: Detail) -> Drawing:
    """Fields above and below the person, two beside one another."""
    width = WIDTHS[medium]
    gap = size * 2.2
    shown = _shown(fields, detail.most)
    above = [party for party in fields if party in _ABOVE]
    below = [party for party in fields if party not in _ABOVE]
    if not above and len(below) > 1:
        above = [below.pop()]
    shapes: list[Shape] = []
    person = _person(name, size, width - 2 * size, size * 14)
    top = _row(above, fields, shown, width, size, detail)
    low = _row(below, fields, shown, width, size, detail)
    y = max((group.height for _, group in top), default=0)
    middle = y + (gap if top else 0)
    end = middle + person.height
    for x, group in top:
        shapes += _grown(group, y).at(x, 0)
        shapes.append(_link(x, group, width, person, size, y, middle))
    starts = [end + (size * 0.8 if party == "nära" else gap) for party in below]
    floor = max((start + group.height for start, (_, group) in zip(starts, low, strict=True)), default=end)
    for (x, group), start in zip(low, starts, strict=True):
        grown = _grown(group, floor - start)
        shapes += grown.at(x, start)
        shapes.append(_link(x, grown, width, person, size, end, start))
    shapes += person.at((width - person.width) / 2, middle)
    return Drawing(medium, width, floor, tuple(shapes))


def _row(
    parties: list[str], fields: Fields, shown: Mapping[str, int], width: float, size: float, detail: Detail
) -> list[tuple[float, Group]]:
    """Fields beside one another, each with where it begins."""
    room = (width - size * (len(parties) - 1)) / max(len(parties), 1)
    columns = max(1, int(room / (size * 12.5)))
    return [
        (number * (room + size), _field(party, fields[party], shown[party], room, size, columns, detail))
        for number, party in enumerate(parties)
    ]


def _grown(field: Group, height: float) -> Group:
    """The same field with a frame of another height."""
    frame, *rest = field.shapes
    assert isinstance(frame, Box)
    return replace(field, height=height, shapes=(frame._replace(height=height), *rest))


def _link(x: float, group: Group, width: float, person: Group, size: float, top: float, bottom: float) -> Line:
    """A line between a field and the person, straight up and down: no two can cross."""
    center = x + group.width / 2
    reach = person.width / 2 - size
    at = min(max(center, width / 2 - reach), width / 2 + reach)
    return Line(((at, top), (at, bottom)), "ink-soft", size / 8)


def _narrow(name: str, fields: Fields) -> Drawing:
    """For a phone: the person first, and the fields below one another, nearest first, along a line."""
    width, size, detail = WIDTHS["narrow"], SIZES["narrow"], Detail(lines=3)
    shown = _shown(fields, detail.most)
    person = _person(name, size, width, width)
    shapes: list[Shape] = []
    y, inset = person.height, size * 0.9
    for party in sorted(fields, key=lambda party: party != "nära"):
        group = _field(party, fields[party], shown[party], width - inset, size, 1, detail)
        y += size * (0.8 if party == "nära" else 1.2)
        branch = y + size * 1.35
        shapes += group.at(inset, y)
        shapes.append(Line(((1, branch), (inset, branch)), "ink-soft", 2))
        y += group.height
    shapes.append(Line(((1, person.height / 2), (1, branch)), "ink-soft", 2))
    return Drawing("narrow", width, y, (*shapes, *person.at(0, 0)))


def _shown(fields: Fields, most: int) -> dict[str, int]:
    """How many of each field there is room for: one of each in turn, until there are `most`."""
    turns = zip_longest(*([party] * len(some) for party, some in fields.items()))
    order = [party for turn in turns for party in turn if party is not None][:most]
    return {party: order.count(party) for party in fields}


def _person(name: str, size: float, room: float, least: float) -> Group:
    big, pad = size * 1.4, size
    if widths.width(name, big, bold=True) > 3 * (room - 2 * pad):  # a name that would fill the sheet
        big = size
    words = label(name, 0, 0, big, room - 2 * pad, bold=True, middle=True)
    width = max(words.width + 2 * pad, min(least, room))
    height = words.height + pad
    placed = Label(width / 2, pad / 2, name, words.lines, big, "ink", True, True)
    return Group(width, height, (Box(0, 0, width, height, "sun-surface", "ink", size * 1.2, size / 6), placed))


def _field(
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
        total = label(_total(some), pad, y, size, width - 2 * pad)
        shapes.append(total)
        y += total.height + size * 0.6
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
