"""What happens when: every date of a plan that somebody has to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ipsite.model import Plan, is_open

_REVIEW = {"nästa": "Uppföljning", "omprövas_senast": "Planen omprövas senast", "när": "Planen följs upp"}
FIXED, TASK, FRAME = KINDS = ("fixed", "task", "frame")  # of events: when there is no room for all, the first go first


@dataclass(frozen=True, slots=True)
class Event:
    """Something that should happen on a day."""

    when: date
    what: str
    kind: str = FIXED


def events(plan: Plan) -> tuple[Event, ...]:
    """Meetings, deadlines that are still open, follow-ups and reviews, in the order of time."""
    return _in_order((*_meetings(plan), *_deadlines(plan), *_reviews(plan)))


def year(plan: Plan) -> tuple[Event, ...]:
    """The same, and when decisions run out and the plan itself begins and ends."""
    return _in_order((*events(plan), *_decisions(plan), *_frame(plan)))


def _in_order(found: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(set(found), key=lambda event: (event.when, event.what)))


def _meetings(plan: Plan) -> Iterator[Event]:
    for meeting in plan.root.each("möten"):
        if start := meeting.time("tid"):
            yield Event(start.date(), meeting.text("slag").capitalize())


def _deadlines(plan: Plan) -> Iterator[Event]:
    for action, _ in plan.tasks():
        if is_open(action) and (done_by := action.date("klart")):
            yield Event(done_by, action.text("vad"), TASK)


def _reviews(plan: Plan) -> Iterator[Event]:
    yield from (Event(when, _REVIEW[key]) for (_, key), when in plan.reviews())


def _decisions(plan: Plan) -> Iterator[Event]:
    for measure, until in plan.last_days():
        yield Event(until, f"Sista dag för beslutet om ”{measure.text('insats')}”")


def _frame(plan: Plan) -> Iterator[Event]:
    start, end = valid(plan)
    if "gäller" in plan.root:
        yield Event(start, "Planen börjar gälla", FRAME)
    if end is not None:
        yield Event(end, "Planens sista dag", FRAME)


def valid(plan: Plan) -> tuple[date, date | None]:
    """The first day of the plan, or the day that it was written, and the last one if it has one."""
    written = plan.root.date("skriven")
    assert written is not None  # the schema demands it
    return plan.root.date("gäller", "från") or written, plan.root.date("gäller", "till")


def coming(plan: Plan, today: date) -> tuple[Event, ...]:
    """What happens on the next day on which something happens, from `today` on."""
    ahead = [event for event in events(plan) if event.when >= today]
    return tuple(event for event in ahead if event.when == ahead[0].when)


def review_by(plan: Plan) -> date | None:
    """The day by which the plan must be reviewed or followed up, if the plan says one."""
    return next((day for _, day in plan.reviews()), None)
