"""A plan as a tree of nodes: the last place where raw data is seen.

A node knows its field, so labels and order come from the schema and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from ipsite import schema
from ipsite.load import Mark, Source, Way
from ipsite.problem import Place
from ipsite.schema import Field

MYSELF = "jag själv"
FINISHED = ("klar", "blev inte av")  # of an åtgärd
# Where the days of reviews stand; the first is the one that must be kept, when a plan has more.
REVIEWS = (("uppföljning", "omprövas_senast"), ("uppföljning", "nästa"), ("följs_upp", "när"))


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a plan.

    `value` is a text, number, truth value, date or time; for a list a tuple of nodes; for a mapping a
    dict of nodes in the schema's order. Fields that begin with `x_` are the writer's own and left out.
    """

    field: Field
    value: Any
    path: Way
    place: Place

    def __iter__(self) -> Iterator[Node]:
        """The nodes inside, in the order in which a reader meets them."""
        return iter(self.value.values() if isinstance(self.value, dict) else self.value)

    def __contains__(self, key: str) -> bool:
        return key in self.value

    def __getitem__(self, key: str) -> Node:
        return cast(Node, self.value[key])

    def get(self, key: str) -> Node | None:
        """The node under `key`, or None when the writer left it out."""
        found: Node | None = self.value.get(key)
        return found

    def text(self, key: str) -> str:
        """The text, number or choice under `key` as text; "" when left out."""
        node = self.value.get(key)
        return "" if node is None else str(node.value)

    def flag(self, key: str) -> bool:
        """Whether `key` is there and true."""
        node = self.get(key)
        return node is not None and node.value is True

    def date(self, *way: str) -> date | None:
        """The date under a key, or further in; None when the writer left out any of it."""
        node: Node | None = self
        for key in way:
            node = node.get(key) if node is not None else None
        return None if node is None else cast(date, node.value)

    def time(self, key: str) -> datetime | None:
        """The date with time of day under `key` (Europe/Stockholm, without a zone)."""
        node = self.get(key)
        return None if node is None else cast(datetime, node.value)

    def each(self, key: str) -> tuple[Node, ...]:
        """The nodes of the list under `key`; none when left out."""
        node = self.get(key)
        return () if node is None else cast(tuple[Node, ...], node.value)

    def who(self, key: str) -> tuple[str, ...]:
        """The person keys under `key`, written as one key or as a list of them."""
        return keys_of(self.get(key))


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan whose form is right. `own` is the person's own copy: the whole plan, from which nothing has
    been taken away; `reader` is what somebody else is called whose copy it is. `compared` is the plan that it takes
    over from and the plan itself, as whoever reads it may compare them; `beside` are the titles, by id, of the other
    plans that it names and that the same reader has; `clipped` are the ways to texts that a comment may have clipped,
    while the plan is checked."""

    id: str
    file: str
    root: Node
    own: bool = True
    reader: str = ""
    compared: tuple[Plan, Plan] | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    clipped: frozenset[Way] = frozenset()

    @property
    def kind(self) -> str:
        """ "individuell plan", "sip" or "genomförandeplan"."""
        return self.root.text("slag")

    @property
    def title(self) -> str:
        return self.root.text("titel")

    @property
    def status(self) -> str:
        return self.root.text("status")

    @property
    def person(self) -> Node:
        return self.root["person"]

    @property
    def called(self) -> str:
        """What the person is called in everyday speech."""
        return self.person.text("kallas") or self.person.text("namn")

    @property
    def people(self) -> dict[str, Node]:
        """Everyone the plan names, by the key that the format uses for who."""
        return cast(dict[str, Node], self.root["personer"].value)

    @property
    def version(self) -> date:
        """The day of the plan as it stands: when it was revised, or else written."""
        day = self.root.date("reviderad") or self.root.date("skriven")
        assert day is not None  # the schema demands «skriven»
        return day

    def reviews(self) -> Iterator[tuple[tuple[str, str], date]]:
        """The days on which the plan is to be looked at again, each after the place of `REVIEWS` where it stands."""
        return ((way, day) for way in REVIEWS if (day := self.root.date(*way)))

    def last_days(self) -> Iterator[tuple[Node, date]]:
        """The insatser that are decided for a time, each with the last day of its decision."""
        for measure in self.root.each("insatser"):
            if measure.text("status") == "beslutad" and (until := measure.date("beslut", "gäller_till")):
                yield measure, until

    def tasks(self) -> Iterator[tuple[Node, Node]]:
        """Every åtgärd, with the goal that it is for."""
        return ((task, goal) for goal in self.root.each("mål") for task in goal.each("åtgärder"))

    def parties(self, keys: Iterable[str]) -> frozenset[str]:
        """For whom those that `keys` name speak («huvudman»). A key that nobody has speaks for none: what it stands in
        is read before anybody has said that it is wrong."""
        people = self.people
        return frozenset(people[key].text("huvudman") for key in keys if key in people)


def keys_of(node: Node | None) -> tuple[str, ...]:
    """The keys that a node is, written as one key or as a list of them; none without a node."""
    if node is None:
        return ()
    return tuple(item.value for item in node) if isinstance(node.value, tuple) else (node.value,)


def is_open(action: Node) -> bool:
    """Whether an åtgärd may still be done."""
    return action.text("status") not in FINISHED


def is_late(action: Node, today: date) -> bool:
    """Whether an action should have been finished before `today` and is not."""
    done_by = action.date("klart")
    return done_by is not None and done_by < today and is_open(action)


def is_ahead(meeting: Node, today: date) -> bool:
    """Whether a meeting is to come. One that has no day yet may be."""
    start = meeting.time("tid")
    return start is None or start.date() >= today


def plan(source: Source) -> Plan:
    """A source whose form is right → its plan. Raises KeyError or ValueError on one that is not."""
    fields = schema.fields(source.data["slag"])
    return Plan(source.id, source.file, _node(source.data, fields, (), source.mark))


def _node(data: Any, field: Field, path: Way, mark: Mark) -> Node:
    if isinstance(data, dict):
        order = [key for key in field.properties if key in data]
        if field.entries is not None:
            order += [key for key in data if key not in field.properties and not key.startswith("x_")]
        inner = {key: field.properties.get(key, field.entries) for key in order}
        return Node(
            field,
            {key: _node(data[key], cast(Field, inner[key]), (*path, key), mark.inner[key]) for key in order},
            path,
            mark.place,
        )
    if isinstance(data, list):
        items = cast(Field, field.items)
        nodes = tuple(_node(item, items, (*path, i), mark.inner[i]) for i, item in enumerate(data))
        return Node(field, nodes, path, mark.place)
    return Node(field, _value(data, field), path, mark.place)


def _value(data: Any, field: Field) -> Any:
    if field.format == "date":
        return date.fromisoformat(data)
    if field.format == "datum-tid":
        return datetime.fromisoformat(data)
    return data.strip() if isinstance(data, str) else data
