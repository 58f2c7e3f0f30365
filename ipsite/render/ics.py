"""Entries of a calendar → iCalendar (RFC 5545), with the time of day in Sweden and a reminder for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from ipsite.views.calendar import Entry

_NINE_THE_DAY_BEFORE = "-PT15H"  # of what takes a whole day: not at midnight
_OCTETS = 75  # of a line, without its end
_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


def ics(entries: Iterable[Entry], made: date) -> bytes:
    """A calendar file. `made` is the day that the file says of itself, so that the same plan gives the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ipsite//SV",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *_ZONE.splitlines(),
    ]
    for entry in entries:
        lines += _event(entry, made)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(entry: Entry, made: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.key}@ipsite.invalid"
    yield f"DTSTAMP:{made:%Y%m%d}T000000Z"
    yield f"SUMMARY:{_text(entry.what)}"
    if isinstance(entry.start, datetime):
        yield f"DTSTART;TZID=Europe/Stockholm:{entry.start:%Y%m%dT%H%M%S}"
        if entry.minutes:
            yield f"DURATION:PT{entry.minutes}M"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.start:%Y%m%d}"
        if entry.start < date.max:  # «9999-12-31» is how some write that a decision has no end
            yield f"DTEND;VALUE=DATE:{entry.start + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"  # one is not busy on that day
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    if entry.link:
        yield f"URL:{''.join(entry.link.split())}"
    if entry.note:  # Google and Outlook show no URL
        yield f"DESCRIPTION:{_text(entry.note)}"
    trigger = "-P1D" if isinstance(entry.start, datetime) else _NINE_THE_DAY_BEFORE
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.what)}", f"TRIGGER:{trigger}")
    yield "END:VALARM"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """Words with the signs escaped that the format has uses for."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A line as lines of at most 75 octets, no letter split; those that go on begin with a space."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > _OCTETS:
            yield part
            part = " "
        part += letter
    yield part
