"""The table of blank forms: what can be filled in without a plan, on the screen or by hand.

A form is one row here and a function under `views/`. They follow from the program alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ipsite.views import blank, blank_easy
from ipsite.views.blocks import Document
from ipsite.views.fillable import fillable


@dataclass(frozen=True, slots=True)
class Row:
    """A form: `name` is that of its file (without .pdf), `label` what a link to it says, and `make` its paper."""

    name: str
    label: str
    make: Callable[[], Document]

    def document(self) -> Document:
        """The form, with its fields."""
        return fillable(self.make())


ROWS = {
    row.name: row
    for row in (
        Row("individuell-plan", "Individuell plan", blank.plan),
        Row("lattlast-plan", "Lättläst plan", blank_easy.plan),
        Row("inbjudan", "Inbjudan till möte", blank.invitation),
        Row("dagordning", "Dagordning och närvarolista", blank.agenda),
        Row("sedan-forra-motet", "Vad har hänt sedan förra mötet?", blank.since_last),
        Row("utvardering", "Utvärdering av planen", blank.evaluation),
    )
}
