"""Dates that cannot be right, in themselves or in their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.model import Node, Plan
from ipsite.rules.rule import OURS, Finding, rule


def _wrong_order(node: Node | None, first: str, last: str) -> bool:
    if node is None:
        return False
    start, end = node.date(first), node.date(last)
    return start is not None and end is not None and start > end


@rule(
    "IP501",
    "fel",
    "datum",
    "Från före till",
    why="En tid som slutar innan den börjar har ett skrivfel i sig.",
    law=OURS,
    mend="Rätta den dag som är fel.",
    example="gäller:\n  från: 2026-03-16\n  till: 2027-03-15",
)
def from_before_to(plan: Plan, today: date) -> Iterator[Finding]:
    """What begins, begins before it ends."""
    if _wrong_order(valid := plan.root.get("gäller"), "från", "till") and valid:
        yield Finding(valid["till"], "Planen slutar gälla innan den börjar gälla.")
    consents = [copy.get("samtycke") for copy in plan.root.each("exemplar")]
    for consent in (*consents, plan.root.get("samtycke")):
        if consent and _wrong_order(consent, "datum", "till_och_med"):
            yield Finding(consent["till_och_med"], "Samtycket slutar gälla innan det gavs.")
    for measure in plan.root.each("insatser"):
        decision = measure.get("beslut")
        if decision and _wrong_order(decision, "datum", "gäller_till"):
            yield Finding(decision["gäller_till"], "Beslutet slutar gälla innan det fattades.")
        if decision and _wrong_order(decision, "datum", "verkställt"):
            yield Finding(decision["verkställt"], "Insatsen började innan den beslutades.")


@rule(
    "IP502",
    "fel",
    "datum",
    "Ingenting följs upp innan planen är skriven",
    why="Det som bygger på planen kan inte ha hänt före den.",
    law=OURS,
    mend="Rätta dagen, eller dagen i «skriven».",
    example="skriven: 2026-03-02\nreviderad: 2026-03-16\nuppföljning:\n  nästa: 2026-09-14",
)
def nothing_before_written(plan: Plan, today: date) -> Iterator[Finding]:
    """Revision, follow-up, review and evaluation come after the writing."""
    written = plan.root.date("skriven")
    assert written is not None  # the schema demands it
    holders = [
        (plan.root, "reviderad", "Planen är reviderad innan den är skriven."),
        (plan.root.get("uppföljning"), "nästa", "Uppföljningen är satt till innan planen är skriven."),
        (plan.root.get("uppföljning"), "omprövas_senast", "Omprövningen är satt till innan planen är skriven."),
        (plan.root.get("följs_upp"), "när", "Uppföljningen är satt till innan planen är skriven."),
        (plan.root.get("utvärdering"), "datum", "Utvärderingen är gjord innan planen är skriven."),
    ]
    for node, key, message in holders:
        if node is not None and (day := node.date(key)) and day < written:
            yield Finding(node[key], message)
    for meeting in plan.root.each("möten"):
        start = meeting.time("tid")
        if start and start.date() < written and meeting.text("slag") != "planeringsmöte":
            yield Finding(meeting["tid"], "Mötet följer upp planen, men är innan planen är skriven.")


@rule(
    "IP503",
    "fel",
    "datum",
    "Det som har hänt ligger inte i framtiden",
    why="En underskrift, ett beslut eller en anteckning kan inte ha en dag som inte har kommit.",
    law=OURS,
    mend="Rätta dagen. Är det något som ska hända, skriv det som en åtgärd eller ett möte.",
    example="underskrifter:\n  - {vem: jag själv, datum: 2026-03-16}",
)
def past_is_past(plan: Plan, today: date) -> Iterator[Finding]:
    """What has been done is not dated after today."""
    for node, key in _done(plan):
        if node is not None and (day := node.date(key)) and day > today:
            yield Finding(node[key], "Dagen har inte kommit än.")
    born = plan.person.get("födelseår")
    if born is not None and born.value > today.year:
        yield Finding(born, "Födelseåret har inte kommit än.")


def _done(plan: Plan) -> Iterator[tuple[Node | None, str]]:
    """Where a plan tells the day of something that has been done."""
    root = plan.root
    yield from ((root, key) for key in ("skriven", "reviderad", *(() if plan.status == "utkast" else ("fastställd",))))
    yield from ((root.get("erbjudande"), key) for key in ("erbjuden", "begärd"))
    yield from (
        (root.get("utvärdering"), "datum"),
        (root.get("samtycke"), "datum"),
        (root.get("uppdrag"), "beslut_datum"),
    )
    yield from ((item, "datum") for item in root.each("underskrifter"))
    yield from ((note, "datum") for goal in root.each("mål") for note in goal.each("uppföljning"))
    for measure in root.each("insatser"):
        yield measure.get("beslut"), "verkställt"
        if measure.text("status") in ("beslutad", "avslutad"):  # else the day is when it is to be decided
            yield measure.get("beslut"), "datum"


@rule(
    "IP504",
    "varning",
    "datum",
    "Möten under planens tid",
    why="Ett möte efter att planen har slutat gälla hör till nästa plan, eller så är dagen fel.",
    law=OURS,
    mend="Rätta mötets tid, eller ändra hur länge planen gäller.",
    example="gäller:\n  till: 2027-03-15\nmöten:\n  - slag: uppföljningsmöte\n    tid: 2027-01-18 13:00",
)
def meetings_within(plan: Plan, today: date) -> Iterator[Finding]:
    """No meeting comes after the plan has ended."""
    end = plan.root.date("gäller", "till")
    for meeting in plan.root.each("möten"):
        start = meeting.time("tid")
        if end and start and start.date() > end:
            yield Finding(meeting["tid"], "Mötet är efter att planen har slutat gälla.")
