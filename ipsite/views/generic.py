"""Any field → blocks, by the schema alone.

A field that no view has a form of its own for is shown by this module, so that a field added to the
schema is on the page and on paper at once.
"""

from __future__ import annotations

from datetime import datetime

from ipsite import dates
from ipsite.model import Node, Plan, keys_of
from ipsite.slug import slug
from ipsite.views import people
from ipsite.views.blocks import Block, Bullets, Fact, Lines, Section, Text

_SILENT = ("privat",)  # shown as a tag on what it belongs to


def blocks(plan: Plan, node: Node, *handled: str) -> tuple[Block, ...]:
    """The blocks of everything in the mapping `node` but the keys in `handled`."""
    result: list[Block] = []
    for child in node:
        if child.field.key not in handled and child.field.key not in _SILENT:
            result += block(plan, child)
    return tuple(result)


def block(plan: Plan, node: Node) -> tuple[Block, ...]:
    """One field with its label: a fact, a list of texts, or cards."""
    field = node.field
    if field.points_to == "person":
        return (Fact(field.title, people.names(plan, keys_of(node))),)
    if isinstance(node.value, dict):
        return (Fact(field.title, _without_echo(field.title, summary(plan, node))),)
    if isinstance(node.value, tuple):
        if node.value and isinstance(node.value[0].value, dict):
            return tuple(card(plan, item) for item in node)
        return (Bullets(field.title, tuple(value(item) for item in node)),) if node.value else ()
    return (Fact(field.title, value(node)),)


def section(plan: Plan, node: Node) -> tuple[Block, ...]:
    """A top-level field as the content of its section, whose heading already says its label."""
    if isinstance(node.value, dict):
        return blocks(plan, node)
    if isinstance(node.value, tuple) and node.value and not isinstance(node.value[0].value, dict):
        is_people = node.field.points_to == "person"
        lines = tuple((line,) for line in people.names(plan, keys_of(node))) if is_people else ()
        return (Bullets("", lines or tuple(value(item) for item in node)),)
    if isinstance(node.value, tuple):
        return block(plan, node)
    shown = people.names(plan, [node.value]) if node.field.points_to == "person" else value(node)
    return (Text((shown,)),)


def card(plan: Plan, node: Node) -> Section:
    """A mapping in a list as a card: its first required text is the heading."""
    keys = [child.field.key for child in node if child.field.required and isinstance(child.value, str)]
    heading = keys[0] if keys else ""
    title = node.text(heading) if heading else node.field.title
    name = slug(f"{node.field.key} {title}")  # the key keeps it apart from the ids of the page's frame
    return Section(name, title, blocks(plan, node, heading), card=True, tags=private_tag(node))


def summary(plan: Plan, node: Node, *handled: str) -> Lines:
    """A mapping, but the keys in `handled`, as lines: "Beslutad: 12 augusti 2025"."""
    lines: list[str] = []
    for inner in blocks(plan, node, *handled):
        if isinstance(inner, Fact):
            lines.append(f"{inner.opening} {'; '.join(inner.lines)}")
        elif isinstance(inner, Bullets):
            lines += [f"{inner.label}: {' '.join(item)}" for item in inner.items]
    return tuple(lines)


def _without_echo(label: str, lines: Lines) -> Lines:
    """The lines under a label; the first says no label that echoes it, as in "Beslut: Beslutsdag: 2 mars 2026"."""
    first, *rest = lines or ("",)
    own, _, said = first.partition(": ")
    return (said, *rest) if own in (label, f"{label}sdag") else lines


def value(node: Node) -> Lines:
    """A single value in words, as lines."""
    held = node.value
    if isinstance(held, bool):
        return ("ja" if held else "nej",)
    if isinstance(held, datetime):
        return (dates.moment(held),)
    if node.field.format == "date":
        return (dates.day(held),)
    if node.field.maximum == 5 and isinstance(held, int):
        return (f"{held} av 5",)
    return tuple(line for line in str(held).splitlines() if line.strip())


def private_tag(node: Node) -> tuple[str, ...]:
    """The tag on what is in the person's own copy only."""
    return ("Privat",) if node.flag("privat") else ()
