"""What a calendar should hold of a plan: meetings, deadlines, follow-ups and decisions that run out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ipsite import dates
from ipsite.model import Node, Plan
from ipsite.views.goals import FINISHED
from ipsite.views.sheet import whose

_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # ten digits in a row could be taken for a personal number


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day, or at a time in Sweden. `key` is the same as long as it is the same thing in the plan, also
    when its day is changed; it tells nothing of the plan."""

    key: str
    start: date | datetime
    what: str
    minutes: int = 0
    place: str = ""
    link: str = ""

    @property
    def day(self) -> date:
        """The day on which it is or begins."""
        return self.start.date() if isinstance(self.start, datetime) else self.start


def calendar(plan: Plan) -> tuple[Entry, ...]:
    """Everything in the plan that has a day, but tasks that are done, in the order of time."""
    found = (*_meetings(plan), *_deadlines(plan), *_reviews(plan), *_decisions(plan))
    return tuple(sorted(found, key=lambda entry: (str(entry.start), entry.key)))


def calendars(plan: Plan, today: date) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
    """File name, what it is called and what it holds: a calendar of the whole plan, and one of each meeting to come,
    to send with the invitation."""
    if entries := calendar(plan):
        yield "plan.ics", "Alla dagar i planen till din kalender (ICS)", entries
    for number, meeting in enumerate(plan.root.each("möten"), start=1):
        entry = meeting_entry(plan, meeting)
        if entry is not None and entry.day >= today:
            name = f"moten/{entry.day.isoformat()}-{number}.ics"
            yield name, f"{entry.what} {dates.day(entry.day)} till kalendern (ICS)", (entry,)


def meeting_entry(plan: Plan, meeting: Node) -> Entry | None:
    """A meeting; None when its time is not told."""
    start, minutes = meeting.time("tid"), meeting.get("längd_minuter")
    if start is None:
        return None
    return Entry(
        _key(plan, meeting),
        start,
        f"{meeting.text('slag').capitalize()} om {whose(plan)}",
        minutes.value if minutes is not None else 0,
        meeting.text("plats"),
        meeting.text("länk"),
    )


def _meetings(plan: Plan) -> Iterator[Entry]:
    for meeting in plan.root.each("möten"):
        if (entry := meeting_entry(plan, meeting)) is not None:
            yield entry


def _deadlines(plan: Plan) -> Iterator[Entry]:
    for goal in plan.root.each("mål"):
        for action in goal.each("åtgärder"):
            done_by = action.date("klart")
            if done_by and action.text("status") not in FINISHED:
                yield Entry(_key(plan, action), done_by, f"Klart senast i dag: {action.text('vad')}")


def _reviews(plan: Plan) -> Iterator[Entry]:
    days = (("uppföljning", "nästa", "Uppföljning av"), ("uppföljning", "omprövas_senast", "Sista dag att ompröva"))
    for section, key, what in (*days, ("följs_upp", "när", "Uppföljning av")):
        node = plan.root.get(section)
        if node is not None and (when := node.date(key)):
            yield Entry(_key(plan, node[key]), when, f"{what} {whose(plan)}")


def _decisions(plan: Plan) -> Iterator[Entry]:
    for measure in plan.root.each("insatser"):
        decision = measure.get("beslut")
        if decision is not None and (until := decision.date("gäller_till")):
            yield Entry(_key(plan, decision), until, f"Sista dag för beslutet om {measure.text('insats')}")


def _key(plan: Plan, node: Node) -> str:
    place = "/".join(map(str, (plan.id, *node.path)))
    return hashlib.sha256(place.encode()).hexdigest()[:32].translate(_LETTERS)
