"""What is written: nothing is left of what a new plan begins with, and nothing is lost on the way from the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.draft import ASKED
from ipsite.model import Node, Plan
from ipsite.rules.rule import OURS, Finding, rule


@rule(
    "IP126",
    "varning",
    "individuell plan",
    "Det som ska fyllas i",
    why="En ny plan börjar med «Fyll i» där du ska skriva. Det som står kvar syns på sidan och på pappret.",
    law=OURS,
    mend="Skriv det som gäller i stället, eller ta bort fältet om planen inte behöver det.",
    example="personer:\n  handläggare:\n    namn: Karin Holm\n    roll: LSS-handläggare\n    huvudman: kommun",
)
def filled_in(plan: Plan, today: date) -> Iterator[Finding]:
    """Nothing of the words that a new plan begins with is left."""
    for node in _texts(plan.root):
        if node.value.startswith(ASKED):
            yield Finding(node, "Här står fortfarande «Fyll i».")


@rule(
    "IP127",
    "varning",
    "individuell plan",
    "Text efter #",
    why="I en planfil är # med mellanslag före en kommentar. Det som står efter på raden syns varken på sidan eller på "
    "pappret.",
    law=OURS,
    mend='Hör det till texten, sätt citattecken om hela texten: "Lägenhet #12". '
    "Är det en kommentar, skriv två mellanslag före # och ett efter.",
    example='anledning: "Jag bor i lägenhet #12 och vill bo kvar."\nstatus: utkast  # den här raden har en kommentar',
)
def whole_texts(plan: Plan, today: date) -> Iterator[Finding]:
    """No free text goes on in a comment."""
    for node in _texts(plan.root) if plan.clipped else ():
        field = node.field
        free = not (field.choices or field.format or field.pattern or field.points_to)
        if node.path in plan.clipped and free and "string" in field.types:
            yield Finding(node, "Texten slutar vid «#», och det som står efter räknas som en kommentar.")


def _texts(node: Node) -> Iterator[Node]:
    """Every text in it, in the order of the schema."""
    if isinstance(node.value, str):
        yield node
    elif isinstance(node.value, dict | tuple):
        for inner in node:
            yield from _texts(inner)
