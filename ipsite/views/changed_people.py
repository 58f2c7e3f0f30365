"""Sentences about people: who is with, who has a copy, who has signed."""

from __future__ import annotations

from collections.abc import Iterator

from ipsite.changes import Change
from ipsite.model import Node
from ipsite.views import people
from ipsite.views.sentences import Both, Said, joined, leaves, listed, stopped

_CONTACT = ("telefon", "e_post")


def everyone(change: Change, both: Both) -> Iterator[tuple[str, str]]:
    """Heading and sentence for each of the people who is new, gone or another; new contacts all together."""
    title = change.field.title
    for person in change.inner:
        if sentence := _person(person, both):
            yield title, sentence
    reached = [person.node.text("namn") for person in change.inner if person.old and person.new and _reach(person)]
    if reached:
        yield title, f"Nya kontaktuppgifter till {listed(reached)}."


def _reach(person: Change) -> bool:
    return any(inner.field.key in _CONTACT for inner in person.inner)


def _person(change: Change, both: Both) -> str:
    """Who is new, gone, or has another name or role; "" when only the contact differs."""
    node = change.node
    name = ", ".join(dict.fromkeys((node.text("namn"), node.text("roll"))))
    if change.is_new:
        return f"Ny i planen: {stopped(name)}"
    if change.old is None or change.is_gone:
        return f"Inte med längre: {stopped(name)}"
    said: list[Said | str] = []
    before = change.old.text("namn")
    if before != node.text("namn"):
        shared = set(before.split()) & set(node.text("namn").split())
        said.append(
            Said("", f" hette förut {before}" if shared else f" är nu {node.text('roll')} i stället för {before}")
        )
    rest = [inner for inner in change.inner if inner.field.key not in ("namn", *_CONTACT)]
    said += leaves(rest, both)
    return joined(node.text("namn"), "personen", said, "Ändrat för") if said else ""


def copies(change: Change, both: Both) -> Iterator[tuple[str, str]]:
    """Who has a copy, and of what; that consent is asked for anew is told of all together."""
    title, agreed = change.field.title, []
    for copy in change.inner:
        name = _whose(copy, both)
        if copy.is_new or copy.is_gone:
            yield title, f"{name} {'får ett exemplar' if copy.is_new else 'har inget exemplar längre'}."
            continue
        fields = {inner.field.key: inner for inner in copy.inner}
        if fields.pop("delar", None):
            yield title, f"{name} får nu se: {listed(_parts_of(copy.node, both))}."
        if fields.pop("samtycke", None):
            agreed.append(name)
        if fields:
            yield title, joined(name, "exemplaret", leaves(fields.values(), both), "Ändrat för")
    if agreed:
        yield title, f"Samtycket är ändrat för {listed(agreed)}."


def _parts_of(copy: Node, both: Both) -> list[str]:
    fields = both.new.root.field.properties
    return [fields[part.value].title if part.value in fields else part.value for part in copy.each("delar")] or [
        "hela planen"
    ]


def signed(change: Change, both: Both) -> Iterator[tuple[str, str]]:
    """Who has signed since. Who has not yet signed the new plan is no news."""
    names = [_whose(item, both) for item in change.inner if not item.is_gone]
    if names:
        yield change.field.title, f"{'Ny underskrift' if len(names) == 1 else 'Nya underskrifter'} av {listed(names)}."


def _whose(item: Change, both: Both) -> str:
    """Whom a copy or a signature is of."""
    plan = both.old if item.is_gone else both.new
    return listed(
        people.name(plan, key)
        for inner in item.node
        if inner.field.points_to == "person"
        for key in item.node.who(inner.field.key)
    )
