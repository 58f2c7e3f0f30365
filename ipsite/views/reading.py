"""How hard the texts of the site are to read, for those who edit them."""

from __future__ import annotations

from collections.abc import Iterable

from ipsite.readability import Measures
from ipsite.views.blocks import Section, Table, text
from ipsite.views.reference import Reference

EASY, PLAIN = 30, 45  # LIX at most: lättläst, other texts


def readability(texts: Iterable[tuple[str, bool, Measures]]) -> Reference:
    """How hard each text of the site is to read, for those who edit it: title, lättläst or not, measures."""
    rows = tuple(
        (
            (title,),
            (f"LIX {_decimal(found.lix)}, högst {EASY if easy else PLAIN}",),
            (f"{found.longest} ord: {found.longest_sentence}",),
        )
        for title, easy, found in texts
    )
    return Reference(
        "För dig som skriver",
        "Så lätta är texterna att läsa",
        "LIX och den längsta meningen i varje text på webbplatsen.",
        (
            text(
                "LIX räknar hur långa meningarna är och hur många långa ord de har. Måttet säger något, men inte allt: "
                "det ser inte om texten hänger ihop. Lagtext som vi citerar är inte med."
            ),
        ),
        (Section("texter", "Alla texter", (Table("", ("Text", "LIX", "Längsta meningen"), rows, "views"),)),),
    )


def _decimal(number: float) -> str:
    return str(number).replace(".", ",")
