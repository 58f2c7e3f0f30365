"""What a calendar should hold of a plan: meetings, deadlines, follow-ups and decisions that run out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from ipsite import dates
from ipsite.model import Node, Plan, is_open
from ipsite.slug import letters
from ipsite.views.sheet import meeting_names, whose

_MOVED = "Om mötet flyttas får du en ny fil. Ta då bort den här tiden ur kalendern."  # a moved meeting has another key


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day, or at a time in Sweden.

    `key` is the same as long as it is the same thing in the plan, whatever is put in before it: a deadline keeps it
    when its day is changed, a meeting that is moved is another. It tells nothing of the plan.
    """

    key: str
    start: date | datetime
    what: str
    minutes: int = 0
    place: str = ""
    link: str = ""
    note: str = ""

    @property
    def day(self) -> date:
        """The day on which it is or begins."""
        return self.start.date() if isinstance(self.start, datetime) else self.start


def calendar(plan: Plan) -> tuple[Entry, ...]:
    """Everything in the plan that has a day, but tasks that are done, in the order of time."""
    found = (*_meetings(plan), *_deadlines(plan), *_reviews(plan), *_decisions(plan))
    return tuple(sorted(_apart(found), key=lambda entry: (str(entry.start), entry.key)))


def calendars(plan: Plan, today: date) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
    """File name, what it is called and what it holds: a calendar of the whole plan, and one of each meeting to come,
    to send with the invitation."""
    if entries := calendar(plan):
        yield "plan.ics", "Alla dagar i planen till din kalender", entries
    for name, meeting in zip(meeting_names(plan), plan.root.each("möten"), strict=True):
        entry = meeting_entry(plan, meeting)
        if entry is not None and entry.day >= today:
            yield f"moten/{name}.ics", f"{entry.what} {dates.day(entry.day)} till kalendern", (entry,)


def meeting_entry(plan: Plan, meeting: Node) -> Entry | None:
    """A meeting; None when its time is not told."""
    start, minutes, link = meeting.time("tid"), meeting.get("längd_minuter"), meeting.text("länk")
    if start is None:
        return None
    return Entry(
        _key(plan, "möte", meeting.text("slag"), str(start)),
        start,
        f"{meeting.text('slag').capitalize()} om {whose(plan)}",
        minutes.value if minutes is not None else 0,
        meeting.text("plats"),
        link,
        f"Mötet på länk: {link}\n{_MOVED}" if link else _MOVED,
    )


def _meetings(plan: Plan) -> Iterator[Entry]:
    for meeting in plan.root.each("möten"):
        if (entry := meeting_entry(plan, meeting)) is not None:
            yield entry


def _deadlines(plan: Plan) -> Iterator[Entry]:
    for action, goal in plan.tasks():
        if is_open(action) and (done_by := action.date("klart")):
            key = _key(plan, "åtgärd", goal.text("mål"), action.text("vad"))
            yield Entry(key, done_by, f"Klart senast i dag: {action.text('vad')}")


def _reviews(plan: Plan) -> Iterator[Entry]:
    for way, when in plan.reviews():
        what = "Sista dag att ompröva" if "omprövas_senast" in way else "Uppföljning av"
        yield Entry(_key(plan, *way), when, f"{what} {whose(plan)}")


def _decisions(plan: Plan) -> Iterator[Entry]:
    for measure, until in plan.last_days():
        key = _key(plan, "beslut", measure.text("insats"), str(measure.date("beslut", "datum")))
        yield Entry(key, until, f"Sista dag för beslutet om ”{measure.text('insats')}”")


def _key(plan: Plan, *matter: str) -> str:
    """What a thing in the plan is, as letters that tell nothing of it."""
    return letters("/".join((plan.id, *matter)), 32)


def _apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The same entries, those that are alike with keys of their own."""
    taken: Counter[str] = Counter()
    for entry in entries:
        taken[entry.key] += 1
        yield replace(entry, key=f"{entry.key}{'x' * (taken[entry.key] - 1)}")
