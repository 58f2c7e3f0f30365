"""views/calendar.py and render/ics.py: calendar files as an independent reader of RFC 5545 understands them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from site_helpers import KINDS, PLANS, TODAY, every_field, put, read_plan, smallest

from ipsite import build
from ipsite.artifact import Asset, Page
from ipsite.audience import copy_for
from ipsite.checking import check_paths
from ipsite.model import Plan
from ipsite.render.ics import ics
from ipsite.settings import Settings
from ipsite.views.calendar import Entry, calendar, calendars
from ipsite.views.events import year
from ipsite.views.to_do import duties

MEETING = {"slag": "planeringsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Rum 2; bakre, dörren"}


def events_of(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def example() -> Plan:
    return next(plan for plan in check_paths([PLANS], TODAY).plans if plan.id == "alva/ip-2026")


@pytest.mark.parametrize("kind", KINDS)
def test_the_calendar_of_a_plan_with_every_field_is_sound(kind: str, tmp_path: Path) -> None:
    plan = read_plan(tmp_path, every_field(kind)[0])
    for _, _, entries in calendars(plan, date(2023, 1, 1)):
        content = ics(entries, TODAY)
        found = events_of(content)
        assert len(found) == len(entries) > 0
        assert all(not event.errors for event in found)
        assert len({event["UID"] for event in found}) == len(found)


def test_a_meeting_says_when_how_long_and_where_with_an_alarm(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest(möten=[{**MEETING, "länk": "https://example.com/m"}]))
    (event,) = events_of(ics(calendar(plan), TODAY))
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2027, 1, 20, 12, 0, tzinfo=UTC)
    assert event.decoded("DURATION") == timedelta(minutes=45)
    assert str(event["LOCATION"]) == "Rum 2; bakre, dörren"
    assert str(event["URL"]) == "https://example.com/m"
    assert str(event["SUMMARY"]).startswith("Planeringsmöte om ")
    assert str(event["DESCRIPTION"]).splitlines() == [
        "Mötet på länk: https://example.com/m",
        "Om mötet flyttas får du en ny fil. Ta då bort den här tiden ur kalendern.",
    ]
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-1)


@pytest.mark.parametrize(
    ("day", "hour"),
    [((2026, 10, 24), 11), ((2026, 10, 26), 12), ((2027, 3, 27), 12), ((2027, 3, 29), 11), ((2040, 7, 1), 11)],
)
def test_the_zone_that_the_file_carries_knows_daylight_saving(day: tuple[int, int, int], hour: int) -> None:
    """The file's own zone is read, not the reader's."""
    content = ics([Entry("a", datetime(*day, 13, 0), "Möte", 30)], TODAY)
    zone: Any
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    told = datetime(*day, 13, 0, tzinfo=zone.to_tz(lookup_tzid=False))
    assert told.astimezone(UTC) == datetime(*day, hour, 0, tzinfo=UTC)


def test_a_deadline_takes_the_whole_day_and_makes_nobody_busy(tmp_path: Path) -> None:
    task = {"vad": "Ringa", "vem": "jag själv", "status": "pågår", "klart": "2026-12-31"}
    done = {**task, "status": "klar"}
    plan = read_plan(tmp_path, smallest(mål=[{"mål": "Bo", "status": "pågår", "åtgärder": [task, done]}]))
    (event,) = events_of(ics(calendar(plan), TODAY))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert event["TRANSP"] == "TRANSPARENT"
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(hours=-15)  # nine the day before, and not in the middle of the night


def test_the_last_day_that_there_is_has_no_day_after_it(tmp_path: Path) -> None:
    """So do some write that a decision has no end. An event with a day and no end takes that day."""
    (event,) = events_of(ics([Entry("a", date.max, "Beslutet går ut")], TODAY))
    assert event.decoded("DTSTART") == date.max
    assert "DTEND" not in event


def test_follow_up_review_and_the_end_of_a_decision_are_there() -> None:
    told = {entry.what: entry.start for entry in calendar(example())}
    assert told["Uppföljning av Alvas individuella plan"] == date(2027, 1, 20)
    assert told["Sista dag att ompröva Alvas individuella plan"] == date(2027, 3, 2)
    assert any(what.startswith("Sista dag för beslutet om ”") for what in told)


def test_only_what_is_decided_has_a_last_day_in_calendar_year_and_to_do(tmp_path: Path) -> None:
    """An insats that is over, or only wished for, asks nothing of anyone (the same days everywhere)."""
    until = {"beslut": {"datum": "2026-01-01", "gäller_till": "2027-05-31"}, "huvudman": "kommun"}
    insatser = [
        {"insats": status, "status": status, **until} for status in ("beslutad", "planerad", "önskad", "avslutad")
    ]
    plan = read_plan(tmp_path, smallest("individuell plan", insatser=insatser))
    day = date(2027, 5, 31)
    assert [entry.what for entry in calendar(plan) if entry.day == day] == ["Sista dag för beslutet om ”beslutad”"]
    assert [event.what for event in year(plan) if event.when == day] == ["Sista dag för beslutet om ”beslutad”"]
    assert [duty.what for duty in duties([plan], TODAY) if duty.when == day] == ["Beslutet om ”beslutad” tar slut"]


def test_what_is_put_in_before_changes_no_key_and_so_does_no_other_copy(tmp_path: Path) -> None:
    task = {"vad": "Ringa", "vem": "jag själv", "status": "pågår", "klart": "2026-12-31"}
    data = smallest(möten=[MEETING], mål=[{"mål": "Bo", "status": "pågår", "åtgärder": [task]}])
    before = {entry.key for entry in calendar(read_plan(tmp_path, data))}
    first = {**MEETING, "tid": "2027-01-10 09:00"}
    data = put(put(data, ("möten",), [first, MEETING]), ("mål", 0, "åtgärder"), [{**task, "vad": "Skriva"}, task])
    after = {entry.key for entry in calendar(read_plan(tmp_path, data))}
    assert before < after
    assert len(after) == 4
    plan = example()
    copy = copy_for(plan, "god_man", TODAY)
    assert isinstance(copy, Plan)
    assert {entry.key for entry in calendar(copy)} < {entry.key for entry in calendar(plan)}


def test_a_deadline_that_is_moved_is_the_same_in_the_calendar(tmp_path: Path) -> None:
    task = {"vad": "Ringa", "vem": "jag själv", "status": "pågår", "klart": "2026-12-31"}
    data = smallest(mål=[{"mål": "Bo", "status": "pågår", "åtgärder": [task]}])
    (before,) = calendar(read_plan(tmp_path, data))
    (moved,) = calendar(read_plan(tmp_path, put(data, ("mål", 0, "åtgärder", 0, "klart"), "2027-02-01")))
    assert (moved.key, moved.start) == (before.key, date(2027, 2, 1))


def test_two_that_are_alike_are_two(tmp_path: Path) -> None:
    first, second = calendar(read_plan(tmp_path, smallest(möten=[MEETING, MEETING])))
    assert first.key != second.key


def test_no_key_tells_which_plan_it_is_of() -> None:
    assert all(entry.key.isalpha() and "alva" not in entry.key for entry in calendar(example()))


def test_the_file_has_what_google_outlook_and_apple_ask_for() -> None:
    content = ics(calendar(example()), TODAY)
    whole: Any = icalendar.Calendar.from_ical(content)
    assert (whole["VERSION"], whole["METHOD"], whole["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert whole["PRODID"]
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert len(list(whole.walk("VTIMEZONE"))) == 1
    for event in whole.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert event.decoded("DTSTAMP").tzinfo is not None
        assert ("DTEND" in event) + ("DURATION" in event) <= 1


def test_lines_are_short_and_whole_letters_and_words_cannot_make_new_lines() -> None:
    hostile = "Å" * 200 + "\nBEGIN:VEVENT\r\nSUMMARY:falsk\\;,"
    entry = Entry("a", date(2027, 1, 1), hostile)
    content = ics([entry, replace(entry, key="b", start=datetime(2027, 1, 1), link="https://a/\nX:b")], TODAY)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    first, second = events_of(content)
    assert str(first["SUMMARY"]).replace("\r", "") == hostile.replace("\r", "")
    assert "X" not in second


def test_the_page_leads_to_a_calendar_of_the_plan_and_one_of_each_meeting_to_come(tmp_path: Path) -> None:
    before = {**MEETING, "tid": "2026-01-20 13:00"}
    plan = read_plan(tmp_path, smallest(möten=[before, MEETING]))
    made = list(build.artifacts((plan,), {}, Settings(TODAY)))
    files = {item.path: item.content for item in made if isinstance(item, Asset) and item.path.endswith(".ics")}
    files = {path: content for path, content in files.items() if path.startswith("planer/vera/plan/")}
    assert sorted(files) == ["planer/vera/plan/moten/2027-01-20.ics", "planer/vera/plan/plan.ics"]
    assert [len(events_of(content)) for _, content in sorted(files.items())] == [1, 2]
    (page,) = (item for item in made if isinstance(item, Page) and item.path.endswith("vera/plan"))
    assert 'href="moten/2027-01-20.ics"' in page.body


def test_a_plan_without_days_has_no_calendar(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest())
    assert [name for name, _, _ in calendars(plan, TODAY)] == []
