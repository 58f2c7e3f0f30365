"""Dates in Swedish words."""

from __future__ import annotations

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


def period(start: date | None, end: date | None) -> str:
    """ "från 16 mars 2026 till 15 mars 2027", or what is known of it; "" when nothing is."""
    parts = [f"från {day(start)}" if start else "", f"till {day(end)}" if end else ""]
    return " ".join(part for part in parts if part)
