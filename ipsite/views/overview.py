"""All plans of the portfolio, by person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ipsite import dates
from ipsite.model import Plan
from ipsite.slug import unique
from ipsite.views import events
from ipsite.views.plan import KINDS

_STATUS_ORDER = ("gällande", "utkast", "avslutad")
_KIND_ORDER = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch: where, and what the link says, with kind and size."""

    address: str
    label: str


@dataclass(frozen=True, slots=True)
class PlanCard:
    """One plan in the overview. Addresses are relative to the overview's page; "" is left out."""

    anchor: str
    title: str
    address: str
    kind: str
    status: str
    valid: str
    next: str
    review: str
    pdf: Download | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person with her plans, the valid ones first."""

    id: str
    name: str
    plans: tuple[PlanCard, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The page `/planer/`."""

    title: str
    lead: str
    people: tuple[Person, ...]
    made: str


def overview(plans: Iterable[Plan], today: date, pdfs: dict[str, Download]) -> Overview:
    """The view of the whole portfolio on the day `today`; `pdfs` holds the paper of each plan id."""
    people: dict[str, list[Plan]] = {}
    everything = sorted(plans, key=lambda plan: plan.id)
    for plan in everything:
        people.setdefault(plan.person.text("namn"), []).append(plan)
    ids = [plan.id for plan in everything]
    anchors = dict(zip(ids, unique(f"plan {plan_id}" for plan_id in ids), strict=True))
    person_ids = unique(f"person {name}" for name in people)
    return Overview(
        title="Planer",
        lead=_lead(everything),
        people=tuple(
            Person(
                person_id,
                name,
                tuple(_card(plan, anchors[plan.id], today, pdfs.get(plan.id)) for plan in sorted(own, key=_order)),
            )
            for person_id, (name, own) in zip(person_ids, people.items(), strict=True)
        ),
        made=f"Sidan gjordes {dates.day(today)}.",
    )


def _lead(plans: list[Plan]) -> str:
    if not plans:
        return "Här finns inga planer än. Lägg en plan i mappen plans, så syns den här."
    if all(plan.root.flag("fiktiv") for plan in plans):
        return "Alla planer här är påhittade. Ingen i dem finns på riktigt. Läs dem för att se hur en plan kan se ut."
    return "Här är alla planer. Välj en plan för att läsa den, eller hämta den som PDF."


def _order(plan: Plan) -> tuple[int, int, str]:
    return _STATUS_ORDER.index(plan.status), _KIND_ORDER.index(plan.kind), plan.id


def _card(plan: Plan, anchor: str, today: date, pdf: Download | None) -> PlanCard:
    valid = plan.root.get("gäller")
    live = plan.status != "avslutad"
    coming = events.coming(plan, today) if live else ()
    review = events.review_by(plan) if live else None
    late = ", har passerat" if review and review < today else ""
    return PlanCard(
        anchor=anchor,
        title=plan.title,
        address=f"{plan.id}/",
        kind=KINDS[plan.kind],
        status=plan.status.capitalize(),
        valid=dates.period(valid.date("från"), valid.date("till")) if valid else "",
        next=f"{dates.day(coming[0].when)}: {'; '.join(event.what for event in coming)}" if coming else "",
        review=f"{dates.day(review)}{late}" if review else "",
        pdf=pdf,
    )
