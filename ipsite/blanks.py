"""The table of blank forms: what can be filled in without a plan, on the screen or by hand.

A form is one row here and a function under `views/`. They follow from the program alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from ipsite.artifact import size
from ipsite.letters import LETTERS
from ipsite.suggest import did_you_mean
from ipsite.views import blank, blank_easy, blank_letters
from ipsite.views.blocks import Document
from ipsite.views.fillable import fillable

FOLDER = "blanketter"
_MARK = re.compile(r"\{\{ blankett ([a-z-]+) \}\}")


@dataclass(frozen=True, slots=True)
class Form:
    """A form: `name` is that of its file (without .pdf), `label` what a link to it says, and `make` its paper, which is
    set in `layout` if one is given."""

    name: str
    label: str
    make: Callable[[], Document]
    layout: str = ""

    def document(self) -> Document:
        """The form, with its fields."""
        made = fillable(self.make())
        return replace(made, layout=self.layout or made.layout)

    @property
    def large(self) -> Form:
        """The same in large print."""
        return replace(self, name=f"{self.name}-storstil", label=f"Stor stil: {self.label}", layout="large")


FORMS = {
    one.name: one
    for row in (
        Form("individuell-plan", "Individuell plan", blank.plan),
        Form("lattlast-plan", "Lättläst plan", blank_easy.plan),
        Form("inbjudan", "Inbjudan till möte", blank.invitation),
        Form("dagordning", "Dagordning och närvarolista", blank.agenda),
        Form("sedan-forra-motet", "Vad har hänt sedan förra mötet?", blank.since_last),
        Form("utvardering", "Utvärdering av planen", blank.evaluation),
        *(
            Form(f"brev-{letter.name}", letter.title, partial(blank_letters.letter, letter.name))
            for letter in LETTERS.values()
        ),
    )
    for one in (row, row.large)
}


def asked(markdown: str) -> Iterable[str]:
    """The names of the forms that a page asks for, each with a mark where its link is to stand."""
    return _MARK.findall(markdown)


def faults(pages: Mapping[str, str]) -> list[str]:
    """What is wrong with the marks on the pages: Markdown by path."""
    return [
        f"{path}: Blanketten «{name}» finns inte. {did_you_mean(name, FORMS)}".strip()
        for path, markdown in pages.items()
        for name in asked(markdown)
        if name not in FORMS
    ]


def linked(markdown: str, sizes: Mapping[str, int], up: str = "") -> str:
    """The Markdown of a page with links to forms, which tell kind and size, in place of the marks. `up` leads from the
    page to the top of the site. A form that has not been made is told of in words."""

    def link(found: re.Match[str]) -> str:
        row = FORMS[found[1]]
        if row.name not in sizes:
            return f"{row.label} (blanketten är inte gjord än)"
        return f"[{row.label} (PDF, {size(sizes[row.name])})]({up}{address(row.name)})"

    return _MARK.sub(link, markdown)


def address(name: str) -> str:
    """Where a form lies on the site."""
    return f"{FOLDER}/{name}.pdf"
