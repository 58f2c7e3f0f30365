"""What was overdue in a plan on the day the page was made: said with that day, since a page grows old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ipsite import dates
from ipsite.model import Plan, is_late
from ipsite.views import people


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something that should have happened on a day, in words."""

    when: date
    what: str


def overdue(plan: Plan, today: date) -> tuple[Overdue, ...]:
    """What was overdue on the day `today` in a plan that is in force, the oldest first; in any other plan nothing."""
    found = [*_tasks(plan, today), *_reviews(plan, today)] if plan.status == "gällande" else []
    return tuple(sorted(found, key=lambda late: (late.when, late.what)))


def _tasks(plan: Plan, today: date) -> Iterator[Overdue]:
    for task, _ in plan.tasks():
        if (due := task.date("klart")) and is_late(task, today):
            who = " och ".join(people.name(plan, key) for key in task.who("vem"))
            yield Overdue(due, f"{task.text('vad').rstrip('.')} ({who}), klart senast {dates.day(due)}.")


_REVIEWS = {
    ("uppföljning", "nästa"): "Planen skulle följas upp {day}.",
    ("uppföljning", "omprövas_senast"): "Planen skulle omprövas senast {day}.",
    ("följs_upp", "när"): "Planen skulle följas upp {day}.",
    ("gäller", "till"): "Planen gällde till {day}, men står som gällande.",
}


def _reviews(plan: Plan, today: date) -> Iterator[Overdue]:
    for (section, key), words in _REVIEWS.items():
        if (day := plan.root.date(section, key)) and day < today:
            yield Overdue(day, words.format(day=dates.day(day)))
