"""views/overview.py and what it shows of a person: planernas plan, what was overdue, and whether plans agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from site_helpers import TODAY, Html, overviews, read_plan, smallest, words_of

from ipsite.audience import copies_for
from ipsite.checking import check_paths
from ipsite.circles import SEVERAL
from ipsite.model import MYSELF, Plan
from ipsite.problem import Problem
from ipsite.render import html
from ipsite.rules import check_alone, check_together
from ipsite.views.download import Download
from ipsite.views.overview import Overview

Data = dict[str, Any]
VALID: Data = {"status": "gällande", "person": {"namn": "Alva Lind", "kallas": "Alva"}}
KARIN = {"karin": {"namn": "Karin Holm", "roll": "handläggare", "huvudman": "kommun"}}


def plan(folder: Path, plan_id: str, kind: str = "individuell plan", **more: Any) -> Plan:
    return read_plan(folder, smallest(kind, **{**VALID, **more}), plan_id)


def shown(view: Overview) -> Html:
    return Html(html.overview_page(view))


def found_in(plans: list[Plan]) -> tuple[Problem, ...]:
    """All that the rules find."""
    alone = [problem for one in plans for problem in check_alone(one, TODAY, frozenset())]
    return (*alone, *check_together(tuple(plans), TODAY, {}))


def page_of(plans: list[Plan], *, checked: bool = False, **papers: Download) -> Html:
    found = found_in(plans) if checked else ()
    return shown(next(overviews(plans, TODAY, papers, found)))


def titles(page: Html) -> list[str]:
    return [title for _, title in page.headings]


# --- Planernas plan -----------------------------------------------------------------------------------------------


def test_a_plan_says_whose_it_is_how_long_it_holds_what_is_next_and_when_it_is_reviewed(tmp_path: Path) -> None:
    mine = plan(
        tmp_path,
        "alva/ip",
        titel="Flytta",
        gäller={"från": "2026-03-16", "till": "2027-03-15"},
        uppföljning={"nästa": "2026-12-01", "omprövas_senast": "2027-03-02"},
        underskrifter=[{"vem": MYSELF}],
        mål=[{"mål": "Bo själv", "status": "pågår"}],
    )
    paper = Download("alva/ip/plan.pdf", "Hämta Alvas individuella plan, Flytta (PDF, 1 kB)")
    page = shown(next(overviews([mine], TODAY, {"alva/ip": paper})))
    links = [(a.get("href"), words_of(a)) for a in page.all("a")]
    assert links == [("alva/ip/", "Flytta"), ("alva/ip/plan.pdf", "Hämta Alvas individuella plan, Flytta (PDF, 1 kB)")]
    assert page.headings == [(1, "Planer"), (2, "Alva Lind"), (3, "Flytta")]
    card = words_of(page.section("Flytta"))
    for words in (
        "Gällande",
        "Omprövas senast 2 mars 2027",
        "Alvas individuella plan, enligt 10 § LSS",
        "Gäller: från 16 mars 2026 till 15 mars 2027",
        "Handlar om: 1 mål",
        "Härnäst, 1 december 2026: Uppföljning",
    ):
        assert words in card


def test_the_individuell_plan_is_first_and_larger_then_those_around_it_drafts_and_what_is_over(tmp_path: Path) -> None:
    plans = [
        plan(tmp_path, "alva/a", titel="Förr", status="avslutad"),
        plan(tmp_path, "alva/b", titel="Skiss", status="utkast"),
        plan(tmp_path, "alva/c", "genomförandeplan", titel="Snickeriet"),
        plan(tmp_path, "alva/d", "sip", titel="Vård"),
        plan(tmp_path, "alva/e", titel="Flytta"),
    ]
    page = page_of(plans)
    order = ["Flytta", "Vård", "Snickeriet", "Utkast", "Skiss", "Avslutade planer"]
    assert [title for title in titles(page) if title in order] == order
    assert [words_of(node[0]) for node in page.with_class("ip-plan-card--centre")] == ["Flytta"]
    assert [words_of(a) for a in page.section("Avslutade planer").iter("a")] == ["Förr: individuell plan"]


def test_a_sip_and_a_genomforandeplan_say_who_answers_for_them(tmp_path: Path) -> None:
    answers = {"huvudman": "region", "vem": "karin"}
    page = page_of(
        [
            plan(tmp_path, "alva/sip", "sip", titel="Vård", personer=KARIN, övergripande_ansvar=answers),
            plan(tmp_path, "alva/gp", "genomförandeplan", titel="Dagar", utförare="Snickeriet AB"),
        ]
    )
    assert "Övergripande ansvar: Regionen Karin Holm, handläggare" in words_of(page.section("Vård"))
    assert "Utförare: Snickeriet AB" in words_of(page.section("Dagar"))


def test_headings_of_plans_with_the_same_title_say_what_tells_them_apart(tmp_path: Path) -> None:
    first = plan(tmp_path, "alva/ip", titel="Min plan", skriven="2026-03-02")
    second = plan(tmp_path, "alva/sip", "sip", titel="Min plan")
    other = plan(tmp_path, "kim/ip", titel="Min plan", person={"namn": "Kim Berg", "kallas": "Kim"})
    assert [title for title in titles(page_of([first, second])) if "Min plan" in title] == [
        "Min plan, individuell plan",
        "Min plan, SIP",
    ]
    found = titles(page_of([first, second, other]))
    assert [title for title in found if "Min plan" in title] == [
        "Min plan, Alvas individuella plan",
        "Min plan, Alvas SIP",
        "Min plan, Kims individuella plan",
    ]


def test_a_plan_that_is_only_named_stands_beside_and_one_that_has_a_file_is_told_of_there(tmp_path: Path) -> None:
    others = [
        {"slag": "genomförandeplan", "gäller": "Dagarna", "plan": "alva/gp"},
        {"slag": "habiliteringsplan", "gäller": "Rullstol", "ansvarig": "karin", "följs_upp": "2026-12-01"},
    ]
    mine = plan(tmp_path, "alva/ip", titel="Flytta", personer=KARIN, andra_planer=others)
    page = page_of([mine, plan(tmp_path, "alva/gp", "genomförandeplan", titel="Snickeriet")])
    assert "I planen ”Flytta”: Dagarna" in words_of(page.section("Snickeriet"))
    named = words_of(page.section("Habiliteringsplan"))
    assert named == (
        "Habiliteringsplan Rullstol Ansvarig: Karin Holm, handläggare Följs upp: 1 december 2026 Nämns i: Flytta"
    )
    assert titles(page).count("Genomförandeplan") == 0


def test_ten_years_of_plans_are_folded_to_one_line_each(tmp_path: Path) -> None:
    years = range(2016, 2026)
    over = [
        plan(
            tmp_path,
            f"alva/ip-{y}",
            titel=f"År {y}",
            status="avslutad",
            skriven=f"{y}-03-01",
            gäller={"från": f"{y}-03-01"},
        )
        for y in years
    ]
    page = page_of([*over, plan(tmp_path, "alva/ip-2026", titel="Nu")])
    (folded,) = page.all("details")
    assert words_of(folded[0]) == "Visa 10 avslutade planer"
    assert [words_of(a) for a in folded.iter("a")] == [
        f"År {y}: individuell plan, från 1 mars {y}" for y in reversed(years)
    ]
    assert titles(page) == ["Planer", "Alva Lind", "Nu", "Hänger planerna ihop?", "Avslutade planer"]


def test_a_lonely_draft_has_a_place_of_its_own_and_nothing_is_said_of_other_plans(tmp_path: Path) -> None:
    page = page_of([plan(tmp_path, "alva/ip", titel="Skiss", status="utkast")], checked=True)
    assert titles(page) == ["Planer", "Alva Lind", "Utkast", "Skiss"]


def test_no_plans_at_all_invite_to_write_one() -> None:
    page = page_of([])
    assert "Här finns inga planer än." in page.text
    assert "ipsite new" in page.text


# --- What was overdue ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"uppföljning": {"omprövas_senast": "2026-11-21"}}, "Planen skulle omprövas senast 21 november 2026."),
        ({"uppföljning": {"nästa": "2026-11-21"}}, "Planen skulle följas upp 21 november 2026."),
        ({"gäller": {"till": "2026-11-21"}}, "Planen gällde till 21 november 2026, men står som gällande."),
    ],
)
def test_what_was_overdue_on_the_day_the_page_was_made_is_said_with_that_day(
    more: Data, said: str, tmp_path: Path
) -> None:
    page = page_of([plan(tmp_path, "alva/ip", titel="Flytta", **more)])
    assert words_of(page.section("Försenat när sidan gjordes, 22 november 2026")).endswith(f"Flytta: {said}")
    over = page_of([plan(tmp_path, "alva/ip", status="avslutad", **more)])
    assert "Försenat" not in over.text
    on_the_day: Data = {key: dict.fromkeys(value, "2026-11-22") for key, value in more.items()}
    assert "Försenat" not in page_of([plan(tmp_path, "alva/ip", **on_the_day)]).text


def test_a_late_task_names_who_and_when_and_many_are_cut_with_their_number(tmp_path: Path) -> None:
    tasks = [
        {"vad": f"Sak {n:02}", "vem": ["karin", MYSELF], "klart": f"2026-10-{n:02}", "status": "pågår"}
        for n in range(1, 11)
    ]
    page = page_of(
        [plan(tmp_path, "alva/ip", personer=KARIN, mål=[{"mål": "M", "status": "pågår", "åtgärder": tasks}])]
    )
    lines = [words_of(item) for item in page.section("Försenat när sidan gjordes, 22 november 2026").iter("li")]
    assert lines[0].endswith("Sak 01 (Karin Holm och Alva), klart senast 1 oktober 2026.")
    assert len(lines) == 7
    assert lines[-1] == "Och 4 saker till. Läs dem i planerna."


def test_a_review_that_should_have_been_is_not_said_to_come(tmp_path: Path) -> None:
    page = page_of([plan(tmp_path, "alva/ip", titel="Flytta", uppföljning={"omprövas_senast": "2026-11-21"})])
    assert "Skulle omprövas senast 21 november 2026" in words_of(page.section("Flytta"))
    assert "Omprövas senast" not in page.text


# --- Do the plans agree? ------------------------------------------------------------------------------------------


def two_that_differ(folder: Path, **more: Any) -> list[Plan]:
    measure = {"insats": "Ledsagarservice", "status": "beslutad", "huvudman": "kommun", "lagrum": "9 § 3 LSS"}
    return [
        plan(folder, "alva/ip", titel="Flytta", insatser=[measure], uppföljning={"nästa": "2027-01-01"}, **more),
        plan(folder, "alva/sip", "sip", titel="Vård", insatser=[{**measure, "huvudman": "region"}], **more),
    ]


def test_what_the_checks_find_between_plans_is_told_in_words_and_leads_to_the_plan(tmp_path: Path) -> None:
    part = page_of(two_that_differ(tmp_path), checked=True).section("Hänger planerna ihop?")
    assert [(a.get("href"), words_of(a)) for a in part.iter("a")] == [
        ("alva/sip/", "Vård, Ledsagarservice: insatsen har en annan huvudman i planen ”Flytta”.")
    ]
    lists = [words_of(item) for item in part.iter("li")][1:]
    assert lists == ["Vård", "Ledsagarservice", "Ledsagarservice: Flytta och Vård."]


def test_plans_that_agree_are_said_to(tmp_path: Path) -> None:
    plans = [plan(tmp_path, "alva/ip"), plan(tmp_path, "alva/sip", "sip")]
    assert "Planerna säger inte emot varandra." in page_of(plans, checked=True).text


def test_another_readers_copy_hints_at_nothing_between_plans(tmp_path: Path) -> None:
    copies = [{"till": "karin", "samtycke": {"datum": "2026-01-01"}}]
    whole = two_that_differ(tmp_path, personer=KARIN, exemplar=copies)
    seen, refused = copies_for(whole, "karin", TODAY)
    assert refused == []
    page = shown(next(overviews(seen, TODAY, {}, found_in(whole))))
    assert "Hänger planerna ihop?" not in page.text
    assert "Hänger planerna ihop?" in page_of(whole, checked=True).text


# --- Many people --------------------------------------------------------------------------------------------------


def portfolio(folder: Path, count: int) -> list[Plan]:
    names = ["Örjan Ek", "Åsa Ek", "Ärla Ek", "Zara Ek", *(f"Bo {n:03}" for n in range(count - 4))]
    return [plan(folder, f"p{n}/ip", person={"namn": name}) for n, name in enumerate(names)]


def test_a_few_people_are_on_one_page_and_more_have_a_page_each_and_a_list(tmp_path: Path) -> None:
    few, many = (list(overviews(portfolio(tmp_path, count), TODAY, {})) for count in (SEVERAL, SEVERAL + 1))
    assert [view.folder for view in few] == [""]
    assert len(many) == 1 + SEVERAL + 1
    index = shown(many[0])
    addresses = [a.get("href") for a in index.all("a")]
    assert addresses == [f"{folder}/" for folder in sorted_by_name(many[1:])]
    assert titles(index) == ["Planer", "B", "Z", "Å", "Ä", "Ö"]
    for view in many[1:]:
        page = shown(view)
        assert page.headings[0] == (1, view.title)
        assert next(page.all("a")).get("href", "").startswith("../p")


def sorted_by_name(views: list[Overview]) -> Iterator[str]:
    ends = {"Å": "1", "Ä": "2", "Ö": "3"}

    def key(view: Overview) -> str:
        name = view.title.removeprefix("Planer för ")
        return f"~{ends[name[0]]}" if name[0] in ends else name

    return (view.folder for view in sorted(views, key=key))


def test_a_persons_page_never_takes_the_place_of_a_plan(tmp_path: Path) -> None:
    plans = portfolio(tmp_path, SEVERAL + 1)
    taken = plan(tmp_path, "person-zara-ek", person={"namn": "Zara Ek"})
    folders = [view.folder for view in overviews([*plans, taken], TODAY, {})]
    assert "person-zara-ek" not in folders
    assert "person-zara-ek-2" in folders


def test_the_list_of_a_thousand_people_is_one_line_for_each(tmp_path: Path) -> None:
    one = plan(tmp_path, "p/ip", uppföljning={"nästa": "2026-11-01", "omprövas_senast": "2027-03-02"})
    names = [f"Person {n:04}" for n in range(1000)]
    plans = [renamed(one, name, f"p{n}/ip") for n, name in enumerate(names)]
    views = list(overviews(plans, TODAY, {}))
    assert len(views) == 1001
    lines = [words_of(item) for item in shown(views[0]).all("li")]
    review = "Nästa omprövning eller uppföljning senast 2 mars 2027."
    late = "Något var försenat när sidan gjordes, 22 november 2026."
    assert lines == [f"{name}: 1 plan. {review} {late}" for name in names]


def renamed(one: Plan, name: str, plan_id: str) -> Plan:
    person = one.person
    called = replace(person, value={**person.value, "namn": replace(person["namn"], value=name)})
    return replace(one, id=plan_id, root=replace(one.root, value={**one.root.value, "person": called}))


def test_people_and_plans_whose_names_fold_to_the_same_have_ids_of_their_own(tmp_path: Path) -> None:
    plans = [
        plan(tmp_path, plan_id, person={"namn": name})
        for name, plan_id in (("Innehåll", "a/b-c"), ("Innehall", "a-b/c"), ("Ö", "a-b-c"), ("李", "b"))
    ]
    page = page_of(plans)
    ids = [node.get("id", "") for node in page.all("h2", "h3")]
    assert len(set(ids)) == len(ids) == 12
    assert not {name for name in ids if name.startswith("ip-")}  # the frame's own


def test_the_examples_have_one_page_with_levels_that_jump_nowhere() -> None:
    plans = check_paths([Path(__file__).parents[1] / "plans"], TODAY).plans
    page = page_of(list(plans), checked=True)
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not re.search(r"\bIP\d{3}\b", page.text)  # codes are for those who write
