"""What a reader has a right to see, read from the plan's own words: Plan × reader → a test of places in the plan.

A second reading of the format, by other means than `audience`, which it is there to check. That module cuts a tree;
here a place in the plan either may be read or may not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ipsite.load import Way
from ipsite.model import Node, Plan

# Told to every reader who has a copy: what the paper is, whose, and whether it still holds.
_HEAD = ("format", "slag", "titel", "fiktiv", "skriven", "reviderad", "gäller", "status")
TRACES = frozenset(  # of protected data: where the person is, when, and how she looks
    {"kommun", "region", "nämnd", "organisation", "utförare", "plats", "länk", "telefon", "e_post", "bild", "bildtext"}
    | {"tid", "längd_minuter", "när", "hur", "omfattning", "anteckningar"}
)

MayRead = Callable[[Way], bool]


def entitled(plan: Plan, reader: str, today: date) -> MayRead:
    """Whether `reader` (a key under «personer») may read what stands at a place in `plan` on the day `today`."""
    parts = _parts(plan, reader, today)
    private = frozenset(_private(plan.root))
    protected = plan.person.flag("skyddade_uppgifter")
    met = {reader, *_spoken_of(plan.root, lambda way: way[0] in parts and not _within(way, private))}

    def may_read(way: Way) -> bool:
        if not parts or not way or (protected and any(step in TRACES for step in way)):
            return False
        if way[0] == "personer":
            return _may_meet(way, everyone="personer" in parts, met=met, private=private)
        return not _within(way, private) and (way[0] in parts or way in (("person", "namn"), ("person", "kallas")))

    return may_read


def own(_way: Way) -> bool:
    """The person may read all of the plan."""
    return True


def _may_meet(way: Way, *, everyone: bool, met: set[str], private: frozenset[Way]) -> bool:
    """Whether something about one of the people may be read: of a private person the role, and only if spoken of."""
    if len(way) < 2:
        return True
    if way[:2] in private:
        return str(way[1]) in met and way[2:] in ((), ("roll",), ("huvudman",))
    return everyone or str(way[1]) in met


def _parts(plan: Plan, reader: str, today: date) -> frozenset[str]:
    """The sections that the person has said yes to, by the consents that hold today."""
    parts: set[str] = set()
    for entry in plan.root.each("exemplar"):
        if reader not in entry.who("till") or not _holds(entry.get("samtycke"), today):
            continue
        named = [str(part.value) for part in entry.each("delar")]
        parts.update(_HEAD, named if "delar" in entry else plan.root.value)
    return frozenset(parts)


def _holds(consent: Node | None, today: date) -> bool:
    if consent is None:
        return False
    given, until = consent.date("datum"), consent.date("till_och_med")
    return given is not None and given <= today and (until is None or until >= today)


def _private(node: Node) -> list[Way]:
    """The places of all that is marked as private."""
    if isinstance(node.value, dict) and node.flag("privat"):
        return [node.path]
    return [way for inner in node for way in _private(inner)] if isinstance(node.value, dict | tuple) else []


def _within(way: Way, places: frozenset[Way]) -> bool:
    return any(way[: len(place)] == place for place in places)


def _spoken_of(node: Node, may_read: MayRead) -> set[str]:
    """The keys of people in what may be read."""
    if node.path and not may_read(node.path):
        return set()
    if node.field.points_to == "person":
        keys = node.value if isinstance(node.value, tuple) else (node,)
        return {str(key.value) for key in keys}
    inside = node if isinstance(node.value, dict | tuple) else ()
    return {key for inner in inside for key in _spoken_of(inner, may_read)}
