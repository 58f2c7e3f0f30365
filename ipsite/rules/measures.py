"""Insatser: whose they are and what the law says of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.law import point_of_nine
from ipsite.model import Plan
from ipsite.rules.rule import ALL, IP, OURS, Finding, rule


@rule(
    "IP122",
    "varning",
    "individuell plan",
    "Daglig verksamhet och personkrets",
    why="Lagen ger rätt till daglig verksamhet åt dem som hör till personkrets 1 och 2, inte till personkrets 3.",
    law="7 § LSS",
    mend="Kontrollera «personkrets». Hör personen till personkrets 3 kan stödet ha en annan grund än LSS.",
    example="person:\n  personkrets: 1",
)
def daily_activity(plan: Plan, today: date) -> Iterator[Finding]:
    """Daglig verksamhet is for personkrets 1 and 2."""
    if plan.person.text("personkrets") != "3":
        return
    for measure in plan.root.each("insatser"):
        if point_of_nine(measure.text("lagrum")) == 10:
            yield Finding(measure["lagrum"], "Daglig verksamhet enligt LSS gäller personkrets 1 och 2.")


@rule(
    "IP123",
    "tips",
    "individuell plan",
    "Rätt huvudman för insatsen",
    why="Regionen svarar för råd och stöd, 9 § 1 LSS. Kommunen svarar för de andra nio. De kan avtala om annat.",
    law="2 § LSS",
    mend="Kontrollera «huvudman». Har kommunen och regionen avtalat om annat är det rätt som det står.",
    example="insatser:\n  - insats: Råd och stöd\n    lagrum: 9 § 1 LSS\n    huvudman: region",
)
def responsible_party(plan: Plan, today: date) -> Iterator[Finding]:
    """Region answers for 9 § 1 LSS and kommun for the rest, unless they have agreed otherwise."""
    for measure in plan.root.each("insatser"):
        point = point_of_nine(measure.text("lagrum"))
        if point is None:
            continue
        right = "region" if point == 1 else "kommun"
        if measure.text("huvudman") != right:
            yield Finding(measure["huvudman"], f"Insatsen brukar ha huvudmannen «{right}».")


@rule(
    "IP124",
    "tips",
    "individuell plan",
    "En beslutad insats har ett beslut",
    why="Det är beslutet som ger rätt till insatsen, inte planen. Med dagen i planen går beslutet att hitta.",
    law=OURS,
    mend="Skriv dagen för beslutet, och gärna när det slutar gälla.",
    example="beslut:\n  datum: 2026-08-12\n  gäller_till: 2028-08-11",
    kinds=ALL,
)
def decision_dated(plan: Plan, today: date) -> Iterator[Finding]:
    """A granted insats says when it was granted."""
    for measure in plan.root.each("insatser"):
        decision = measure.get("beslut")
        if measure.text("status") == "beslutad" and (decision is None or "datum" not in decision):
            yield Finding(measure, "Insatsen är beslutad, men dagen för beslutet står inte.", missing="beslut")


@rule(
    "IP125",
    "tips",
    "individuell plan",
    "Begär det du önskar",
    why="En önskan i planen ger ingen rätt till insatsen. Begär du den ska du få ett beslut, och ett avslag "
    "på en insats enligt 9 § LSS går att överklaga.",
    law="9 § LSS",
    mend="Begär insatsen hos kommunen eller regionen, så får du ett beslut. Är den begärd och ni räknar med den, ändra "
    "«status» till «planerad».",
    example="insatser:\n  - insats: Kontaktperson\n    lagrum: 9 § 4 LSS\n    status: planerad\n    huvudman: kommun",
    kinds=IP,
)
def request_wishes(plan: Plan, today: date) -> Iterator[Finding]:
    """A wish for an insats in a plan in force should be requested."""
    if plan.status != "gällande":
        return
    for measure in plan.root.each("insatser"):
        if measure.text("status") == "önskad" and measure.text("huvudman") != "annan":
            yield Finding(measure["status"], "Insatsen är önskad. Är den begärd?")
