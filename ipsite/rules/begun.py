"""What a new plan begins with, and what should not be left of it when the plan is shown to others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.draft import ASKED
from ipsite.model import Node, Plan
from ipsite.rules.rule import Finding, rule


@rule(
    "IP126",
    "varning",
    "individuell plan",
    "Det som ska fyllas i",
    why="En ny plan börjar med «Fyll i» där du ska skriva. Det som står kvar syns på sidan och på pappret.",
    law="Vår egen ordning",
    mend="Skriv det som gäller i stället, eller ta bort fältet om planen inte behöver det.",
    example="personer:\n  handläggare:\n    namn: Karin Holm\n    roll: LSS-handläggare\n    huvudman: kommun",
)
def filled_in(plan: Plan, today: date) -> Iterator[Finding]:
    """Nothing of the words that a new plan begins with is left."""
    for node in _texts(plan.root):
        if node.value.startswith(ASKED):
            yield Finding(node, "Här står fortfarande «Fyll i».")


def _texts(node: Node) -> Iterator[Node]:
    """Every text in it, in the order of the schema."""
    if isinstance(node.value, str):
        yield node
    elif isinstance(node.value, dict | tuple):
        for inner in node:
            yield from _texts(inner)
