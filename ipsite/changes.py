"""Two plans of the same kind → what differs, as values in the order in which a reader meets the fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipsite.load import Way
from ipsite.model import Node, Plan, keys_of
from ipsite.pairing import Pairs, content, pairing, who
from ipsite.schema import Field

# Of the file or of each plan by itself, and no news. The decision record names them; nothing else is passed over.
UNTOLD = frozenset(
    {("format",), ("slag",), ("fiktiv",), ("skriven",), ("reviderad",), ("ersätter",), ("person", "bild")}
)
# What stands in the old plan only because it belonged to it.
UNTOLD_WHEN_GONE = frozenset({("underskrifter",), ("utvärdering",)})


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in one field or one item of a list. Without `old` it is new, without `new` it is gone; with
    both, `inner` says what in it differs, unless it is a single value; a mapping that is new has its fields there.
    `moved` is the goal that it stood under."""

    field: Field
    old: Node | None
    new: Node | None
    inner: tuple[Change, ...] = ()
    moved: Node | None = None

    @property
    def node(self) -> Node:
        """The new one, or the old one when there is no new."""
        node = self.new if self.new is not None else self.old
        assert node is not None  # one of them is always there
        return node

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def is_gone(self) -> bool:
        return self.new is None


@dataclass(frozen=True, slots=True)
class _Both:
    """The pairs of two plans, and the goals that åtgärder have been moved from."""

    pairs: Pairs
    old_items: dict[Way, Node]
    partners: dict[Way, Node]  # place in the new plan → its partner in the old one

    def partner(self, item: Node) -> Node | None:
        return self.partners.get(item.path)


def changes(old: Plan, new: Plan, pairs: Pairs | None = None) -> tuple[Change, ...]:
    """Everything that differs between two plans of one kind, but what is in `UNTOLD`. The order of items in a list
    is no difference, nor is the key under which a person stands. `pairs` is their pairing, when it is known."""
    pairs = pairing(old, new) if pairs is None else pairs
    items = dict(_items(old.root))
    both = _Both(pairs, items, {there: items[here] for here, there in pairs.items()})
    return tuple(_fields(old.root, new.root, both))


def _items(node: Node) -> Iterator[tuple[Way, Node]]:
    """Every item of every list, and every person, by its place."""
    if isinstance(node.value, dict | tuple):
        for inner in node:
            if isinstance(node.value, tuple) or node.field.entries is not None:
                yield inner.path, inner
            yield from _items(inner)


def _way(node: Node) -> tuple[str, ...]:
    return tuple(step for step in node.path if isinstance(step, str))


def _fields(old: Node, new: Node, both: _Both) -> Iterator[Change]:
    """What differs in two mappings."""
    for key, field in new.field.properties.items():
        before, after = old.get(key), new.get(key)
        if before is not None or after is not None:
            yield from _field(field, before, after, both)


def _field(field: Field, old: Node | None, new: Node | None, both: _Both) -> Iterator[Change]:
    held = new if new is not None else old
    assert held is not None
    if _way(held) in UNTOLD or (new is None and _way(held) in UNTOLD_WHEN_GONE):
        return
    if field.points_to == "person":
        before = who(keys_of(old), both.pairs)
        if before != frozenset(keys_of(new)):
            yield Change(field, old, new)
    elif isinstance(held.value, tuple) or field.entries is not None:
        if inner := tuple(_list(old, new, both)):
            yield Change(field, old, new, inner)
    elif old is None or new is None:
        if held.value is not False:  # what is not said is not so
            yield Change(field, old, new, tuple(_all_new(new, both)))
    elif isinstance(held.value, dict):
        if inner := tuple(_fields(old, new, both)):
            yield Change(field, old, new, inner)
    elif old.value != new.value:
        yield Change(field, old, new)


def _all_new(node: Node | None, both: _Both) -> Iterator[Change]:
    """The fields of a mapping that is new."""
    if node is not None and isinstance(node.value, dict):
        for inner in node:
            yield from _field(inner.field, None, inner, both)


def _list(old: Node | None, new: Node | None, both: _Both) -> Iterator[Change]:
    """What differs in two lists, or in the people of two plans: in the order of the new one, then what is gone."""
    for item in new or ():
        before = both.partner(item)
        if before is None:
            yield Change(item.field, None, item, tuple(_moved_into(item, both)))
        elif moved := _moved_from(before, item, both):
            yield Change(item.field, before, item, tuple(_fields(before, item, both)), moved)
        elif isinstance(item.value, dict):
            if inner := tuple(_fields(before, item, both)):
                yield Change(item.field, before, item, inner)
        elif content(before) != content(item):
            yield Change(item.field, before, item)
    for item in old or ():
        if item.path not in both.pairs:
            yield Change(item.field, item, None)


def _moved_from(old: Node, new: Node, both: _Both) -> Node | None:
    """The goal that an åtgärd stood under, when it stands under another now."""
    if new.field.key != "åtgärder" or both.pairs.get(old.path[:2]) == new.path[:2]:
        return None
    return both.old_items[old.path[:2]]


def _moved_into(goal: Node, both: _Both) -> Iterator[Change]:
    """Åtgärder from other goals in a goal that is new."""
    if goal.field.key == "mål" and isinstance(goal.value, dict) and (actions := goal.get("åtgärder")):
        moved = tuple(change for change in _list(None, actions, both) if change.moved is not None)
        if moved:
            yield Change(actions.field, None, actions, moved)
