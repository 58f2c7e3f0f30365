"""Min karta: the person in the middle and, in four fields around, those who help, the near ones nearest.

The same content stands as text below it. On paper the map must be whole on its sheet: what takes too much room is
left to the text, in the order of `_TRIES`, and a field that cannot show all of its people says how many they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import zip_longest

from ipsite.model import Plan
from ipsite.views.blocks import Block, Lines, Table, text
from ipsite.views.drawing import (
    SCREENS,
    SIZES,
    WIDTHS,
    Box,
    Drawing,
    Figure,
    Group,
    Later,
    Line,
    Shape,
)
from ipsite.views.map_boxes import MOST, Detail, field_box, person_box, total
from ipsite.views.support import FIELDS, Helper, helpers, myself

# On the paper of a plan half a sheet, so that a sheet before it that it does not fit on is not left empty, and so that
# what it says as text begins beside it. The paper «personlig karta» has room for more.
_HIGHEST = {"paper": 345.0, "large": 500.0, "landscape": 400.0}
_ABOVE = ("kommun", "region")

Fields = Mapping[str, tuple[Helper, ...]]


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
    drawn = tuple(draw(plan.called, fields, medium) for medium in media if medium in SCREENS)
    later = tuple(Later(medium, partial(_drawn, plan.called, fields)) for medium in media if medium not in SCREENS)
    gist = f"Karta med {plan.called} i mitten och runt om de som hjälper till. Samma sak står som text här under."
    return (Figure(gist, (*drawn, *later)), *numbers(plan.called, fields, media), table(myself(plan), fields))


def numbers(name: str, fields: Fields, media: Iterable[str]) -> tuple[Block, ...]:
    """How many they are, where there is no room for all in some drawing."""
    parts = [f"{FIELDS[party]}: {total(some)}." for party, some in fields.items()]
    grouped = any(_is_grouped(name, fields, medium) for medium in media)
    return (text(f"Alla får inte plats på bilden. {' '.join(parts)}"),) if grouped else ()


def _is_grouped(name: str, fields: Fields, medium: str) -> bool:
    """Whether a drawing leaves somebody out. The first of `_TRIES` leave out equally many."""
    people, size, limit = sum(map(len, fields.values())), SIZES[medium], _HIGHEST.get(medium, math.inf)
    last = next(number for number, detail in enumerate(_TRIES) if detail.most < MOST)
    fits = (
        one
        for one in _TRIES[last - 1 :]
        if limit == math.inf or _around(name, fields, medium, size, one).height <= limit
    )
    return people > next(fits, _TRIES[-1]).most


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


def _drawn(name: str, fields: Fields, medium: str) -> tuple[Drawing, ...]:
    return (draw(name, fields, medium),)


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
    person = person_box(name, size, width - 2 * size, size * 14)
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
        (number * (room + size), field_box(party, fields[party], shown[party], room, size, columns, detail))
        for number, party in enumerate(parties)
    ]


def _grown(field: Group, height: float) -> Group:
    """The same field with a frame of another height."""
    frame, *rest = field.shapes
    assert isinstance(frame, Box)
    return Group(field.width, height, (frame._replace(height=height), *rest))


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
    person = person_box(name, size, width, width)
    shapes: list[Shape] = []
    y, inset = person.height, size * 0.9
    for party in sorted(fields, key=lambda party: party != "nära"):
        group = field_box(party, fields[party], shown[party], width - inset, size, 1, detail)
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
