"""Who does what, as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ipsite.model import Plan, is_late
from ipsite.views import people
from ipsite.views.goals import tasks_by_person

HEAD = ("Vem", "Roll", "Vad", "Till målet", "Klart senast", "Läge", "Försenad")

Row = tuple[str, ...]


def task_rows(plan: Plan, today: date) -> Iterator[Row]:
    """A head and a row for each task of each one, in the order of the days. Days are written so that they sort."""
    yield HEAD
    for key, tasks in tasks_by_person(plan).items():
        for action, goal in tasks:
            done_by = action.date("klart")
            yield (
                people.name(plan, key),
                people.role(plan, key),
                action.text("vad"),
                goal.text("mål"),
                done_by.isoformat() if done_by else "",
                action.text("status"),
                "ja" if is_late(action, today) else "nej",
            )
