"""views/to_do.py and agenda.py: what is next for a person, and for each one who has something to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from site_helpers import KINDS, PLANS, ROOT, TODAY, Html, every_field, read_plan, rows_of, smallest, words_of

from ipsite import agenda, build
from ipsite.artifact import Asset, Page
from ipsite.audience import copy_for
from ipsite.checking import check_paths
from ipsite.circles import places
from ipsite.model import Plan
from ipsite.settings import Settings
from ipsite.views.brief import brief
from ipsite.views.to_do import duties

Data = dict[str, Any]
PEOPLE = {
    "anna": {"namn": "Anna Ek", "roll": "mamma", "huvudman": "närstående"},
    "bo": {"namn": "Bo Al", "roll": "kurator", "huvudman": "region"},
}


def task(what: str, day: str = "", status: str = "pågår", who: Any = "anna") -> Data:
    return {"vad": what, "vem": who, "status": status, **({"klart": day} if day else {})}


def plan_of(folder: Path, *tasks: Data, plan_id: str = "kim/ip", **more: Any) -> Plan:
    goals = [{"mål": "Bo", "status": "pågår", "åtgärder": list(tasks)}] if tasks else []
    person = {"namn": "Kim Berg", "kallas": "Kim"}
    given = {"mål": goals, "personer": PEOPLE, "person": person, "insatser": [], **more}
    return read_plan(folder, smallest(**{key: held for key, held in given.items() if held != []}), plan_id)


def place_of(plans: tuple[Plan, ...], today: date = TODAY) -> Mapping[str, str]:
    """Where the page of each person stands, by name."""
    return places(brief(plan, today) for plan in plans).to_do


def page_of(plans: tuple[Plan, ...], today: date = TODAY) -> Html:
    made = agenda.pages(plans, place_of(plans, today)[plans[0].person.text("namn")], "planer", Settings(today))
    return Html(next(item.body for item in made if isinstance(item, Page)))


def test_each_thing_stands_under_when_it_is_to_be_done(tmp_path: Path) -> None:
    tasks = (
        task("Sent", "2026-11-21"),
        task("I dag", "2026-11-22"),
        task("I november", "2026-11-30"),
        task("I december", "2026-12-01"),
        task("Nästa november", "2027-11-22"),
        task("Någon gång"),
        task("Gjort", "2026-11-21", "klar"),
        task("Aldrig", "2026-12-01", "blev inte av"),
    )
    page = page_of((plan_of(tmp_path, *tasks),))
    first = {heading: [row[0] for row in rows_of(page.section(heading))] for _, heading in page.headings[1:5]}
    assert first == {
        "Försenat när sidan gjordes, 22 november 2026": ["Sent"],
        "Den här månaden, november 2026": ["I dag", "I november"],
        "Senare": ["I december", "Nästa november"],
        "Ingen dag är bestämd": ["Någon gång"],
    }
    assert "Sidan gjordes 22 november 2026. Det som var försenat den dagen står överst." in page.text


def test_what_is_empty_is_not_there(tmp_path: Path) -> None:
    page = page_of((plan_of(tmp_path, task("Ringa", "2027-01-01")),))
    assert [heading for _, heading in page.headings] == [
        "Att göra i Kims planer",
        "Senare",
        "Var och en",
        "Anna Ek",
        "Planerna",
    ]
    assert "försenat" not in page.text
    nothing = plan_of(tmp_path, task("Ringa", status="klar"))
    assert place_of((nothing,)) == {}


def test_a_plan_that_is_ended_asks_nothing_of_anyone(tmp_path: Path) -> None:
    assert duties((plan_of(tmp_path, task("Ringa"), status="avslutad"),), TODAY) == ()


def test_each_one_has_a_list_and_the_person_is_first(tmp_path: Path) -> None:
    both = task("Handla", "2026-11-20", who=["bo", "jag själv"])
    page = page_of((plan_of(tmp_path, task("Ringa"), both),))
    names = [heading for level, heading in page.headings if level == 3]
    assert names == ["Kim", "Bo Al", "Anna Ek"]
    assert rows_of(page.section("Kim")) == [["Handla", "När: 20 november 2026. Försenat.", f"Plan: {title_of(page)}"]]
    assert [row[0] for row in rows_of(page.section("Anna Ek"))] == ["Ringa"]


def title_of(page: Html) -> str:
    return rows_of(page.section("Kim"))[0][2].removeprefix("Plan: ")


def test_meetings_reviews_and_decisions_that_end_are_there_with_who_answers_for_them(tmp_path: Path) -> None:
    meeting = {"slag": "uppföljningsmöte", "längd_minuter": 30, "plats": "Hemma", "leder": "anna", "inbjudna": ["bo"]}
    measure = {"insats": "Daglig verksamhet", "huvudman": "kommun", "ansvarig": "bo"}
    plan = plan_of(
        tmp_path,
        möten=[{**meeting, "tid": "2027-01-20 13:00"}, {**meeting, "tid": "2026-11-21 13:00"}],
        insatser=[
            {**measure, "status": "beslutad", "beslut": {"datum": "2025-01-01", "gäller_till": "2027-02-01"}},
            {**measure, "status": "avslutad", "beslut": {"datum": "2024-01-01", "gäller_till": "2025-01-01"}},
        ],
        uppföljning={"nästa": "2027-01-20", "omprövas_senast": "2026-11-01"},
    )
    told = [(duty.when, duty.what, duty.who, duty.told) for duty in duties((plan,), TODAY)]
    everyone = ("Alla som är med i planen",)
    assert told == [
        (date(2026, 11, 1), "Planen ska vara omprövad", everyone, ()),
        (date(2027, 1, 20), "Planen följs upp", everyone, ()),
        (date(2027, 1, 20), "Uppföljningsmöte klockan 13.00", ("Anna Ek leder mötet",), ("Kim", "Anna Ek", "Bo Al")),
        (date(2027, 2, 1), "Beslutet om ”Daglig verksamhet” tar slut", ("Bo Al",), ("Bo Al",)),
    ]


def test_all_plans_of_a_person_are_one_list_with_one_calendar_and_each_plan_leads_there(tmp_path: Path) -> None:
    one = plan_of(tmp_path, task("Ringa", "2026-12-01"), plan_id="kim/ip")
    other = plan_of(tmp_path, task("Skriva", "2026-12-02"), plan_id="kim/annan/sip")
    made = list(build.artifacts((one, other), {}, Settings(TODAY)))
    pages = {item.path: item for item in made if isinstance(item, Page)}
    page = Html(pages["planer/kim/annan/att-gora"].body)
    assert [row[0] for row in rows_of(page.section("Senare"))] == ["Ringa", "Skriva"]
    assert [link.get("href") for link in page.section("Planerna").iter("a")] == ["../sip/", "../../ip/"]
    assert 'href="../annan/att-gora/"' in pages["planer/kim/ip"].body
    assert 'href="../att-gora/"' in pages["planer/kim/annan/sip"].body
    assert 'href="kim/annan/att-gora/"' in pages["planer"].body
    (content,) = (item.content for item in made if isinstance(item, Asset) and item.path.endswith("att-gora.ics"))
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 2
    assert 'href="att-gora.ics"' in pages["planer/kim/annan/att-gora"].body


def test_plans_with_the_same_title_are_told_apart_by_the_day_they_were_written(tmp_path: Path) -> None:
    first = plan_of(tmp_path, task("Ringa"), titel="Min plan", skriven="2026-03-02")
    second = plan_of(tmp_path, task("Ringa"), plan_id="kim/ny", titel="Min plan", skriven="2026-11-20")
    other = plan_of(tmp_path, task("Ringa"), plan_id="kim/sip", titel="Min SIP")
    ended = plan_of(tmp_path, plan_id="kim/slut", titel="Min SIP", status="avslutad")
    page = page_of((first, second, other, ended))
    links = [words_of(link) for link in page.section("Planerna").iter("a")]
    assert links == ["Min plan, skriven 2 mars 2026", "Min plan, skriven 20 november 2026", "Min SIP"]
    rows = rows_of(page.with_class("ip-plan-part")[0])
    assert {row[-1] for row in rows} == {f"Plan: {title}" for title in links}


def test_plans_of_two_kinds_with_the_same_title_are_told_apart_by_their_kinds(tmp_path: Path) -> None:
    one = plan_of(tmp_path, task("Ringa", "2026-12-02"), titel="Mitt liv")
    other = read_plan(tmp_path, smallest("sip", titel="Mitt liv"), "kim/sip")
    page = page_of((one, other))
    assert [words_of(a) for a in page.section("Planerna").iter("a")] == ["Mitt liv, individuell plan", "Mitt liv, SIP"]
    assert rows_of(page.section("Var och en"))[0][-1] == "Plan: Mitt liv, individuell plan"


def test_two_persons_in_one_folder_and_a_plan_with_that_name_each_have_their_place(tmp_path: Path) -> None:
    plans = (
        plan_of(tmp_path, task("Ringa"), plan_id="hem/att-gora"),
        plan_of(tmp_path, task("Ringa"), plan_id="hem/lo", person={"namn": "Lo Ask"}),
        plan_of(tmp_path, task("Ringa"), plan_id="ensam", person={"namn": "Mi Ek"}),
    )
    assert list(place_of(plans).values()) == ["att-gora", "hem/att-gora-2", "hem/att-gora-3"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_is_told_only_of_what_is_in_the_readers_copy(kind: str, tmp_path: Path) -> None:
    data, _ = every_field(kind)
    data["exemplar"] = [{"till": "en", "samtycke": {"datum": "2026-01-01"}}]
    for name in ("mål", "möten", "insatser"):
        data[name][1]["privat"] = True
        data[name][0]["privat"] = False
    plan = read_plan(tmp_path, data)
    copy = copy_for(plan, "en", TODAY)
    assert isinstance(copy, Plan)
    mine = {duty.what for duty in duties((plan,), date(2023, 1, 1))}
    seen = {duty.what for duty in duties((copy,), date(2023, 1, 1))}
    assert seen < mine
    hidden = {
        item.text(key) for name, key in (("mål", "mål"), ("insatser", "insats")) for item in (plan.root.each(name)[1],)
    }
    assert not any(word in what for word in hidden for what in seen)


def test_without_files_the_page_leads_to_none(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, task("Ringa", "2026-12-01"))
    settings = replace(Settings(TODAY), papers=False)
    made = list(agenda.pages((plan,), "kim/att-gora", "planer", settings))
    assert [type(item) for item in made] == [Page]
    assert ".ics" not in made[0].body  # type: ignore[union-attr]


def test_the_examples_are_told_of_as_when_we_last_read_them(request: pytest.FixtureRequest) -> None:
    """A changed line is read before it is kept. Write anew with --update-golden."""
    plans = tuple(plan for plan in check_paths([PLANS], TODAY).plans if plan.id.startswith("alva/"))
    page = page_of(plans)
    lines = [f"{'#' * level} {heading}" for level, heading in page.headings]
    told = "\n".join([*lines, "", *(" | ".join(row) for row in rows_of(page.root))]) + "\n"
    golden = ROOT / "tests" / "golden" / "to-do" / "alva.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, "utf-8")
    assert golden.read_text("utf-8") == told
