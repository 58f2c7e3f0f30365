"""dates.py: dates as Swedes say them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ipsite import dates


def test_a_day() -> None:
    assert dates.day(date(2026, 3, 2)) == "2 mars 2026"


def test_every_month_is_named() -> None:
    assert [dates.day(date(2026, month, 1)).split()[1] for month in range(1, 13)] == list(dates.MONTHS)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 2, 13, 0), "måndag 2 mars 2026 klockan 13.00"),
        (datetime(2026, 9, 13, 8, 5), "söndag 13 september 2026 klockan 08.05"),
    ],
)
def test_a_moment(moment: datetime, words: str) -> None:
    assert dates.moment(moment) == words


def test_minutes_later_until_the_calendar_ends() -> None:
    assert dates.later(datetime(2026, 12, 31, 23, 30), 45) == datetime(2027, 1, 1, 0, 15)
    assert dates.later(datetime(9999, 12, 31, 23, 30), 45) is None


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 3, 16), date(2027, 3, 15), "från 16 mars 2026 till 15 mars 2027"),
        (date(2026, 3, 16), None, "från 16 mars 2026"),
        (None, date(2027, 3, 15), "till 15 mars 2027"),
        (None, None, ""),
    ],
)
def test_a_period(start: date | None, end: date | None, words: str) -> None:
    assert dates.period(start, end) == words
