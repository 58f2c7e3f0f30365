"""The paper «personlig karta»: the map on one sheet on its side, and the same as text on the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ipsite.model import Plan
from ipsite.views import people
from ipsite.views.blocks import Document, Section
from ipsite.views.drawing import Figure
from ipsite.views.map import my_map
from ipsite.views.sheet import sheet


def map_paper(plan: Plan, today: date) -> Document | None:
    """The map of `plan`; none when it names nobody."""
    drawn = my_map(plan, ("landscape", "large"))
    if not drawn:
        return None
    pictures = tuple(block for block in drawn if isinstance(block, Figure))
    told = Section("som-text", "Samma sak som text", tuple(block for block in drawn if block not in pictures))
    made = sheet(plan, today, f"{people.genitive(plan.called)} karta", pictures, (told,), layout="map")
    return replace(made, kind="Personlig karta", description=f"Personlig karta. De här hjälper {plan.called}.")
