"""Which day it is: the one that is asked for, the one that SOURCE_DATE_EPOCH names, or today."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

FIRST, LAST = date(1970, 1, 1), date(2105, 12, 31)  # the days that the files of a site can be of
TOO_FAR = f"dagen ska ligga mellan {FIRST.year} och {LAST.year}."


class NoDay(ValueError):
    """What should be a day is none. The message is for the user."""


def day(given: str | date | None) -> date:
    """The day of a build: `given` (`today` in mkdocs.yml) if there is one. Raises `NoDay`."""
    found = _written(given) if given else build_day()
    if not FIRST <= found <= LAST:
        raise NoDay(f"{'today i mkdocs.yml' if given else 'SOURCE_DATE_EPOCH eller datorns klocka'}: {TOO_FAR}")
    return found


def build_day() -> date:
    """Today, or the day that SOURCE_DATE_EPOCH names for builds that are to be repeated. Raises `NoDay`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise NoDay("SOURCE_DATE_EPOCH ska vara ett antal sekunder, till exempel 1795305600.") from None


def _written(value: str | date) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise NoDay("today i mkdocs.yml ska vara en dag, skriven som ÅÅÅÅ-MM-DD.") from None
