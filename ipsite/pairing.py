"""Two plans × which of their people, goals, åtgärder, insatser and meetings are the same → pairs of places.

What tells each sort of thing is a table here; the likeness of words is `matching`'s.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from ipsite import law
from ipsite.load import Way
from ipsite.matching import LEAST, Thing, likeness, pairs, words
from ipsite.model import MYSELF, Node, Plan

Pairs = dict[Way, Way]  # place in the old plan → place in the new one

# Lists whose items are told by one field alone: a day, or who it is about.
_TOLD_BY = {
    "uppföljning": "datum",
    "andras_bedömning": "vem",
    "olika_bilder": "vem",
    "exemplar": "till",
    "underskrifter": "vem",
}
_HELD = ("deltog", "anteckningar", "beslut")  # a meeting with any of these has been, and cannot be moved
# In this order: whether the key must be the same, and what else.
_SAME_PERSON = ((True, ("namn",)), (False, ("namn", "roll")), (False, ("namn",)), (True, ("roll",)))
_MOVED = 0.75  # so alike an åtgärd must be to be known again under another goal


def pairing(old: Plan, new: Plan) -> Pairs:
    """Every person, and every item of every list, of `old` that `new` has too."""
    found: Pairs = {("personer", one): ("personer", other) for one, other in same_people(old, new).items()}
    found |= _inside(old.root, new.root, found)
    return found | _moved(old, new, found)


def same_people(old: Plan, new: Plan) -> dict[str, str]:
    """Key in the old plan → key in the new one of those who are the same, or have taken over the same role."""
    before, after = old.people, new.people
    found: dict[str, str] = {}
    for with_key, fields in _SAME_PERSON:
        for one in before:
            others = (one,) if with_key else tuple(after)
            fits = [
                other
                for other in others
                if other in after
                and other not in found.values()
                and all(before[one].text(name) == after[other].text(name) for name in fields)
            ]
            if fits and one not in found:
                found[one] = fits[0]
    for key in before:  # a name that has changed in part: "Eva Lindberg", "Eva Lindberg Ek"
        free = key in after and key not in found and key not in found.values()
        if free and likeness(before[key].text("namn"), after[key].text("namn")):
            found[key] = key
    return found


def who(keys: Sequence[str], same: Pairs) -> frozenset[str]:
    """People of the old plan by the keys that the new plan has for them; those it does not have, by a mark."""
    told = (key if key == MYSELF else same.get(("personer", key), ("", f"\0{key}"))[-1] for key in keys)
    return frozenset(map(str, told))


def content(node: Node) -> Hashable:
    """All that a node says, to be compared."""
    if isinstance(node.value, dict):
        return tuple((key, content(inner)) for key, inner in node.value.items())
    return tuple(map(content, node.value)) if isinstance(node.value, tuple) else node.value


def _inside(old: Node, new: Node, same: Pairs) -> Pairs:
    """The pairs in two nodes that are the same thing."""
    found: Pairs = {}
    if isinstance(old.value, dict) and isinstance(new.value, dict):
        for key in old.value:
            if key in new and (old.path or key != "personer"):
                found |= _inside(old[key], new[key], same)
    elif isinstance(old.value, tuple) and isinstance(new.value, tuple) and old.field.points_to != "person":
        before, after = tuple(old), tuple(new)
        for i, j in _pairs(before, after, same).items():
            found[before[i].path] = after[j].path
            found |= _inside(before[i], after[j], same)
    return found


def _pairs(old: Sequence[Node], new: Sequence[Node], same: Pairs, least: float = LEAST) -> dict[int, int]:
    return pairs([_thing(node, same, old=True) for node in old], [_thing(node, same) for node in new], least)


def _moved(old: Plan, new: Plan, found: Pairs) -> Pairs:
    """Åtgärder that stand under another goal now."""
    taken = set(found.values())
    before = [action for action, _ in old.tasks() if action.path not in found]
    after = [action for action, _ in new.tasks() if action.path not in taken]
    return {before[i].path: after[j].path for i, j in _pairs(before, after, found, _MOVED).items()}


def _thing(node: Node, same: Pairs, *, old: bool = False) -> Thing:
    if not isinstance(node.value, dict):
        return Thing(node.value, str(node.value))
    key = node.field.key
    if key in _TOLD_BY:
        return Thing(content(node), "", _mark(node, _TOLD_BY[key], same, old=old), only_mark=True)
    said = words(" ".join(_texts(node)))
    if key == "möten":
        day = node.text("tid")[:10]
        held = any(name in node for name in _HELD)
        name = f"{node.text('slag')} {day}".strip()
        return Thing(content(node), name, day, said, only_mark=held and bool(day), firm=False)
    return Thing(content(node), _name(node), _kind(node.text("lagrum")), said)


def _mark(node: Node, name: str, same: Pairs, *, old: bool) -> str:
    inner = node.get(name)
    if inner is None or not inner.field.points_to:
        return node.text(name)
    keys = node.who(name)
    return " ".join(sorted(who(keys, same) if old else keys))


def _name(node: Node) -> str:
    """What must be written and is free text: the goal itself, what is to be done, what an insats is."""
    plain = (
        inner
        for inner in node
        if inner.field.required and not (inner.field.choices or inner.field.points_to or inner.field.format)
    )
    return " ".join(inner.value for inner in plain if isinstance(inner.value, str))


def _kind(paragraph: str) -> str:
    """The sort of insats that a paragraph names: 9 § LSS has a point for each; of others nothing is sure."""
    point = law.point_of_nine(paragraph)
    return f"9 § {point} LSS" if point else ""


def _texts(node: Node) -> Iterator[str]:
    for inner in node:
        if isinstance(inner.value, dict | tuple):
            yield from _texts(inner)
        elif isinstance(inner.value, str) and not (inner.field.choices or inner.field.required):
            yield inner.value
