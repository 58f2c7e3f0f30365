"""What happens when: every date of a plan that somebody has to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ipsite.model import Plan
from ipsite.views.goals import FINISHED


@dataclass(frozen=True, slots=True)
class Event:
    """Something that should happen on a day."""

    when: date
    what: str


def events(plan: Plan) -> tuple[Event, ...]:
    """Meetings, deadlines that are still open, follow-ups and reviews, in the order of time."""
    found = [
        Event(start.date(), meeting.text("slag").capitalize())
        for meeting in plan.root.each("möten")
        if (start := meeting.time("tid"))
    ]
    for goal in plan.root.each("mål"):
        for action in goal.each("åtgärder"):
            done_by = action.date("klart")
            if done_by and action.text("status") not in FINISHED:
                found.append(Event(done_by, action.text("vad")))
    if follow_up := plan.root.get("uppföljning"):
        for key, what in (("nästa", "Uppföljning"), ("omprövas_senast", "Planen omprövas senast")):
            if when := follow_up.date(key):
                found.append(Event(when, what))
    if (carried := plan.root.get("följs_upp")) and (when := carried.date("när")):
        found.append(Event(when, "Planen följs upp"))
    return tuple(sorted(set(found), key=lambda event: (event.when, event.what)))


def coming(plan: Plan, today: date) -> tuple[Event, ...]:
    """What happens on the next day on which something happens, from `today` on."""
    ahead = [event for event in events(plan) if event.when >= today]
    return tuple(event for event in ahead if event.when == ahead[0].when)


def review_by(plan: Plan) -> date | None:
    """The day by which the plan must be reviewed or followed up, if the plan says one."""
    if node := plan.root.get("uppföljning"):
        return node.date("omprövas_senast") or node.date("nästa")
    node = plan.root.get("följs_upp")
    return node.date("när") if node else None
