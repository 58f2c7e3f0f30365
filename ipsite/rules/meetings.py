"""Meetings: who leads, who can decide, who was there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.model import Node, Plan
from ipsite.rules.content import ADVICE, NINE
from ipsite.rules.rule import Finding, rule


@rule(
    "IP114",
    "tips",
    "individuell plan",
    "Någon leder och någon skriver",
    why="När det är bestämt i förväg vem som leder och vem som skriver kan alla andra lyssna.",
    law=ADVICE,
    mend="Skriv vem som leder och vem som skriver på mötet.",
    example="möten:\n  - slag: planeringsmöte\n    leder: god_man\n    skriver: handläggare",
)
def meeting_roles(plan: Plan, today: date) -> Iterator[Finding]:
    """Every coming meeting has somebody who leads and somebody who writes."""
    for meeting in _coming(plan, today):
        for key, word in (("leder", "leder"), ("skriver", "skriver")):
            if key not in meeting:
                yield Finding(meeting, f"Det står inte vem som {word} på mötet.", missing=key)


@rule(
    "IP115",
    "tips",
    "individuell plan",
    "Någon som kan besluta är bjuden",
    why="Ett möte där ingen kan besluta leder lätt till ett möte till. Kommuner råder att bjuda in dem som kan det. "
    "Ett möte som är bara för dig räknas inte.",
    law=ADVICE,
    mend="Bjud in någon från kommunen, och från regionen om regionen ansvarar för något i planen.",
    example="möten:\n  - slag: planeringsmöte\n    inbjudna: [handläggare, habiliteringen]",
    kinds=("individuell plan", "sip"),
)
def deciders_invited(plan: Plan, today: date) -> Iterator[Finding]:
    """Whoever answers for something in the plan is invited, but to no private meeting."""
    answering = {m.text("huvudman") for m in plan.root.each("insatser") if m.text("status") != "avslutad"}
    words = {"kommun": "kommunen", "region": "regionen"}
    for meeting in _coming(plan, today):
        invited = plan.parties(meeting.who("inbjudna"))
        for party, word in words.items():
            if party in answering and party not in invited and not meeting.flag("privat"):
                yield Finding(meeting, f"Ingen från {word} är bjuden till mötet.", missing="inbjudna")


def _coming(plan: Plan, today: date) -> list[Node]:
    return [m for m in plan.root.each("möten") if (start := m.time("tid")) and start.date() >= today]


@rule(
    "IP116",
    "varning",
    "individuell plan",
    "Vilka som var med",
    why="I efterhand är det viktigt att veta vilka som hörde det som sades. Det är en av de nio punkterna.",
    law=NINE,
    mend="Skriv vilka som var med på mötet.",
    example="möten:\n  - slag: planeringsmöte\n    deltog: [handläggare, mamma, god_man]",
)
def attendance(plan: Plan, today: date) -> Iterator[Finding]:
    """A meeting that has been held says who was there."""
    for meeting in plan.root.each("möten"):
        start = meeting.time("tid")
        if start and start.date() < today and not meeting.who("deltog"):
            yield Finding(meeting, "Mötet har varit, men det står inte vilka som var med.", missing="deltog")
