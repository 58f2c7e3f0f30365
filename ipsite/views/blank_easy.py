"""The blank plan in lättläst: large, few questions, one thought on each line.

It is a plan under 10 § LSS and has a place for all that the paragraph asks for: what is decided, what is planned, what
others do, and a day to go through it again.
"""

from __future__ import annotations

from dataclasses import replace

from ipsite.views import blank
from ipsite.views.blocks import Document, Section, Signature, Text, Writing
from ipsite.views.sheet import part

_LEAD = (
    "Här skriver du din plan.",
    "Du kan skriva på datorn.",
    "Du kan också skriva för hand.",
    "Be gärna någon om hjälp.",
)
_GOALS = 2


def plan() -> Document:
    """What the person wants, in the person's own words."""
    sections = (
        part("Det här är jag", Writing("Jag heter", 1), Writing("Så vill jag att ni pratar med mig", 3)),
        part("Andra som hjälper mig", Writing("Det här gör Försäkringskassan, en förening eller någon annan", 3)),
        part("Så är det nu", Writing("Det här är bra", 3), Writing("Det här vill jag ändra", 3)),
        *(_goal(number) for number in range(1, _GOALS + 1)),
        part("Mitt stöd", Writing("Det här stödet har jag fått ja till", 3), Writing("Det här stödet planerar vi", 3)),
        part("Nästa möte", Writing("Den här dagen ses vi", 1), Writing("Det här vill jag prata om", 3)),
        part(
            "Min plan",
            Text((("Planen är inget beslut.", "Vill du ha nytt stöd? Be om ett beslut också."),)),
            Writing("De här personerna får läsa min plan", 3),
            Writing("Senast den här dagen går vi igenom hela planen igen", 1),
            Text((("Stämmer planen?", "Skriv ditt namn på raden."),)),
            Signature("Jag själv", "eller den som hjälper mig", ""),
        ),
    )
    made = blank.form("lattlast-plan", "Min plan", (), sections)
    return replace(made, lead=(Text((_LEAD,)),), layout="easy-form", description=f"{made.description} Lättläst.")


def _goal(number: int) -> Section:
    blocks = (
        Writing("Det här vill jag", 3),
        Writing("Det här ska vi göra", 3),
        Writing("Den här personen gör det", 1),
        Writing("Den här dagen ska det vara klart", 1),
    )
    return Section(f"det-har-vill-jag-{number}", f"Det här vill jag, nummer {number}", blocks)
