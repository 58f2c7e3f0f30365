"""Who shares the plan: copies, consent, signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.model import MYSELF, Plan
from ipsite.rules.rule import IP, NINE, PRIVACY, Finding, rule


@rule(
    "IP117",
    "varning",
    "individuell plan",
    "Vilka som har ett exemplar",
    why="Vilka du vill ge ett exemplar är en av de nio punkterna. Då vet alla vem som kan läsa din plan.",
    law=NINE,
    mend="Skriv vilka som har ett exemplar. Ska ingen ha det, skriv «exemplar: []».",
    example="exemplar:\n  - till: handläggare\n    samtycke: {datum: 2026-03-16, till_och_med: 2027-03-15}",
    kinds=IP,
)
def copies(plan: Plan, today: date) -> Iterator[Finding]:
    """The plan says who has a copy."""
    if plan.status != "utkast" and "exemplar" not in plan.root:
        yield Finding(plan.root, "Det står inte vilka som har ett exemplar av planen.", missing="exemplar")


@rule(
    "IP118",
    "varning",
    "individuell plan",
    "Samtycke som har gått ut",
    why="Ett samtycke gäller så länge som personen har sagt. Efter den dagen behövs ett nytt ja.",
    law=PRIVACY,
    mend="Fråga personen igen och skriv ett nytt datum, eller ta bort exemplaret ur listan.",
    example="exemplar:\n  - till: dv\n    samtycke: {datum: 2026-11-16, till_och_med: 2027-11-15}",
)
def consent_expired(plan: Plan, today: date) -> Iterator[Finding]:
    """No consent that a copy rests on has run out."""
    if plan.status == "avslutad":
        return
    holders = [copy.get("samtycke") for copy in plan.root.each("exemplar")]
    for consent in (*holders, plan.root.get("samtycke")):
        if consent and (day := consent.date("till_och_med")) and day < today:
            yield Finding(consent["till_och_med"], "Samtycket har gått ut.")


@rule(
    "IP119",
    "varning",
    "individuell plan",
    "Två underskrifter",
    why="Underskrifter visar att personen och handläggaren står för planen. De är två av de nio punkterna, men inget lagkrav.",
    law=NINE,
    mend="Skriv under, eller ändra status till «utkast» tills det är gjort.",
    example="underskrifter:\n  - {vem: jag själv, datum: 2026-03-16}\n  - {vem: handläggare, datum: 2026-03-16}",
    kinds=IP,
)
def signatures(plan: Plan, today: date) -> Iterator[Finding]:
    """A plan in force is signed by the person, or a representative, and by kommun or region."""
    if plan.status != "gällande":
        return
    signed = {key for item in plan.root.each("underskrifter") if "datum" in item for key in item.who("vem")}
    parties = plan.parties(signed)
    if MYSELF not in signed and "företrädare" not in parties:
        yield Finding(plan.root, "Personen, eller en företrädare, har inte skrivit under.", missing="underskrifter")
    if not parties & {"kommun", "region"}:
        yield Finding(plan.root, "Ingen från kommunen eller regionen har skrivit under.", missing="underskrifter")
