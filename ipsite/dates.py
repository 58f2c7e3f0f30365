"""Dates in Swedish words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def day(value: date) -> str:
    """2026-03-02 → "2 mars 2026"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def day_of_month(value: date) -> str:
    """2026-03-02 → "2 mars"."""
    return f"{value.day} {MONTHS[value.month - 1]}"


def month(value: date) -> str:
    """2026-03-02 → "mars 2026"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """2026-03-02 13:00 → "måndag 2 mars 2026 klockan 13.00"."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)} klockan {value:%H.%M}"


def later(value: datetime, minutes: int) -> datetime | None:
    """So many minutes later; None when the calendar has no such day."""
    try:
        return value + timedelta(minutes=minutes)
    except OverflowError:
        return None


_MONTH = "|".join(MONTHS)
_A_DAY = re.compile(rf"\b([0-9]{{1,2}}) ({_MONTH}) ([0-9]{{4}})\b")


def unbroken(text: str) -> str:
    """The text of a heading, whose days no line is broken in: "20 / januari 2027" reads as two things."""
    return _A_DAY.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}\\3", text)


_DATED = re.compile(rf"[0-9] (?:{_MONTH})")  # found in no time, since it begins with a few signs only
_DAY_AND_MONTH = re.compile(rf"\b([0-9]{{1,2}}) ({_MONTH})\b")


def whole_days(text: str) -> str:
    """The text, set so that no line ends between a day and its month: "22 / november" reads as two things.

    A hard space does it, and no tag: where a tag begins, some screen readers stop. The year may stand on the next line,
    since a whole date is wider than a narrow column.
    """
    return _DAY_AND_MONTH.sub("\\1\N{NO-BREAK SPACE}\\2", text) if _DATED.search(text) else text


def period(start: date | None, end: date | None) -> str:
    """ "från 16 mars 2026 till 15 mars 2027", or what is known of it; "" when nothing is."""
    parts = [f"från {day(start)}" if start else "", f"till {day(end)}" if end else ""]
    return " ".join(part for part in parts if part)
