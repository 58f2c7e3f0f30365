"""Meetings: who leads, who can decide, who was there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.model import Node, Plan, is_ahead
from ipsite.rules.rule import ADVICE, IP, NINE, Finding, rule


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
        if meeting.flag("privat"):
            continue
        invited = plan.parties(meeting.who("inbjudna"))
        absent = [word for party, word in words.items() if party in answering and party not in invited]
        if not absent and not invited & set(words):
            absent = ["kommunen eller regionen"]
        for word in absent:
            yield Finding(meeting, f"Ingen från {word} är bjuden till mötet.", missing="inbjudna")


def _coming(plan: Plan, today: date) -> list[Node]:
    return [m for m in plan.root.each("möten") if "tid" in m and is_ahead(m, today)]


@rule(
    "IP128",
    "varning",
    "individuell plan",
    "En dag för uppföljning",
    why="När det är bestämt vilken dag ni ses igen blir det lättare av. Tid för uppföljning är en av de nio punkterna.",
    law=NINE,
    mend="Skriv dagen i «nästa» under «uppföljning», eller bestäm ett möte för uppföljning eller utvärdering.",
    example="uppföljning:\n  nästa: 2027-01-18\n  omprövas_senast: 2027-03-02",
    kinds=IP,
)
def follow_up_set(plan: Plan, today: date) -> Iterator[Finding]:
    """A plan in force says when those who made it meet again."""
    follow_up = plan.root.get("uppföljning")
    meets = any(meeting.text("slag") != "planeringsmöte" for meeting in _coming(plan, today))
    if plan.status == "gällande" and not meets and (follow_up is None or "nästa" not in follow_up):
        at, missing = (plan.root, "uppföljning") if follow_up is None else (follow_up, "nästa")
        yield Finding(at, "Det står inte när planen ska följas upp.", missing=missing)


@rule(
    "IP116",
    "varning",
    "individuell plan",
    "Vilka som var med",
    why="I efterhand är det viktigt att veta vilka som hörde det som sades. Det är en av de nio punkterna.",
    law=NINE,
    mend="Skriv vilka som var med under «deltog». Har planen inget möte, skriv mötet där ni gjorde den.",
    example="möten:\n  - slag: planeringsmöte\n    deltog: [handläggare, mamma, god_man]",
)
def attendance(plan: Plan, today: date) -> Iterator[Finding]:
    """A meeting that has been held says who was there, and an individuell plan in force has had one."""
    if plan.kind in IP and plan.status == "gällande" and not plan.root.each("möten"):
        yield Finding(plan.root, "Planen har inget möte, så det står inte vilka som var med.", missing="möten")
    for meeting in plan.root.each("möten"):
        start = meeting.time("tid")
        if start and start.date() < today and not meeting.who("deltog"):
            yield Finding(meeting, "Mötet har varit, men det står inte vilka som var med.", missing="deltog")
