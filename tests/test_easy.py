"""views/easy.py: the lättläst twin of every plan page, and the paper of the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from site_helpers import KINDS, TODAY, Html, every_field, missing, read_plan, smallest, words_of

from ipsite import build
from ipsite.artifact import Page
from ipsite.audience import copy_for
from ipsite.model import Plan
from ipsite.render import html
from ipsite.settings import Settings
from ipsite.views.easy import NOT_EASY, easy_plan

Data = dict[str, Any]
TASK = {"vad": "Inkomma med ansökan", "vem": "anna", "status": "pågår", "klart": "2026-11-30"}
GOAL = {"mål": "Självständigt boende", "status": "pågår"}
INSATS = {"insats": "Kontaktperson", "status": "beslutad", "huvudman": "kommun"}
PEOPLE = {"anna": {"namn": "Anna Ek", "roll": "handläggare", "huvudman": "kommun"}}


def page_of(plan: Plan) -> Html:
    return Html(html.plan_page(easy_plan(plan, TODAY), ()))


def easy(folder: Path, **more: Any) -> Html:
    return page_of(read_plan(folder, smallest(**{"personer": PEOPLE, **more})))


def test_easy_words_stand_in_the_place_of_the_ordinary_ones_with_one_thought_on_each_line(tmp_path: Path) -> None:
    task = {**TASK, "lättläst": "Anna skriver till kommunen. Hon ber om en lägenhet. Sedan väntar vi."}
    goal = {**GOAL, "lättläst": "Jag ska bo själv.", "åtgärder": [task]}
    page = easy(tmp_path, mål=[goal])
    part = page.section("Anna skriver till kommunen")
    assert words_of(part.findall("p")[0]) == "Hon ber om en lägenhet. Sedan väntar vi."
    assert len(part.findall("p")[0].findall("br")) == 1
    assert page.section("Jag ska bo själv") is not None
    assert "Inkomma med ansökan" not in page.text
    assert NOT_EASY not in page.text


def test_a_part_without_easy_words_is_shown_with_ordinary_ones_and_said_to_be_so(tmp_path: Path) -> None:
    easy_measure = {**INSATS, "lättläst": "Så här."}
    page = easy(tmp_path, mål=[{**GOAL, "åtgärder": [TASK]}], insatser=[easy_measure])
    for title in ("Självständigt boende", "Inkomma med ansökan"):
        assert NOT_EASY in words_of(page.section(title))


def test_of_a_plan_without_any_easy_words_it_is_said_once(tmp_path: Path) -> None:
    page = easy(tmp_path, mål=[{**GOAL, "åtgärder": [TASK]}], insatser=[INSATS])
    assert NOT_EASY not in page.text
    assert page.text.count("Planen har ingen lättläst text än.") == 1


@pytest.mark.parametrize(
    ("easy_parts", "said"),
    [
        (0, "Planen har ingen lättläst text än. Den står med vanliga ord."),
        (2, "2 av 3 delar har lättläst text. Resten står med vanliga ord."),
    ],
)
def test_how_much_is_covered_is_said_in_the_beginning(easy_parts: int, said: str, tmp_path: Path) -> None:
    parts: list[Data] = [dict(GOAL), dict(TASK), dict(INSATS)]
    for item in parts[:easy_parts]:
        item["lättläst"] = "Så här."
    page = easy(tmp_path, mål=[{**parts[0], "åtgärder": [parts[1]]}], insatser=[parts[2]])
    assert said in " ".join(words_of(node) for node in page.all("header"))


@pytest.mark.parametrize(("party", "decides"), [("kommun", True), ("region", True), ("annan", False)])
def test_a_decision_is_to_come_only_where_somebody_decides(party: str, decides: bool, tmp_path: Path) -> None:
    page = easy(tmp_path, insatser=[{**INSATS, "status": "planerad", "huvudman": party}])
    assert "Det är planerat." in page.text
    assert ("Beslutet kommer senare." in page.text) == decides


def test_a_plan_with_easy_words_everywhere_says_so_at_the_end(tmp_path: Path) -> None:
    page = easy(tmp_path, mål=[{**GOAL, "lättläst": "Så."}], insatser=[{**INSATS, "lättläst": "Så."}])
    assert page.headings[-1] == (2, "Om den här texten")
    assert "Alla 2 delar av planen har lättläst text." in page.text


def test_what_is_hidden_is_not_counted_in_another_readers_copy(tmp_path: Path) -> None:
    hidden = {**GOAL, "mål": "Dolt mål", "privat": True}
    copies = [{"till": "anna", "samtycke": {"datum": "2026-01-01"}}]
    plan = read_plan(tmp_path, smallest(personer=PEOPLE, exemplar=copies, mål=[{**GOAL, "lättläst": "Så."}, hidden]))
    copy = copy_for(plan, "anna", TODAY)
    assert isinstance(copy, Plan)
    assert "1 av 2 delar" in page_of(plan).text
    assert "av 2 delar" not in page_of(copy).text
    assert "Dolt mål" not in page_of(copy).text


def test_the_next_that_happens_is_told_in_easy_words(tmp_path: Path) -> None:
    task = {**TASK, "lättläst": "Anna skriver ett brev."}
    page = easy(tmp_path, mål=[{**GOAL, "åtgärder": [task]}])
    assert "Det här händer 30 november 2026: Anna skriver ett brev" in page.text


@pytest.mark.parametrize(
    ("status", "said"),
    [("utkast", "Planen är ett utkast."), ("avslutad", "Den här planen är slut."), ("gällande", "Planen gäller från")],
)
def test_whether_the_plan_holds_is_said(status: str, said: str, tmp_path: Path) -> None:
    assert said in easy(tmp_path, status=status, gäller={"från": "2026-01-01"}).text


def test_a_meeting_that_has_been_is_left_out(tmp_path: Path) -> None:
    meeting = {"slag": "planeringsmöte", "längd_minuter": 45, "plats": "Hemma"}
    after, before = {**meeting, "tid": "2027-01-20 13:00"}, {**meeting, "tid": "2026-01-20 13:00"}
    page = easy(tmp_path, möten=[before, after])
    assert "onsdag 20 januari 2027 klockan 13.00" in page.text
    assert "2026 klockan" not in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_easy_text_of_a_plan_is_there(kind: str, tmp_path: Path) -> None:
    data, words = every_field(kind)
    page = page_of(read_plan(tmp_path, data))
    assert missing({way: word for way, word in words.items() if way[-1] == "lättläst"}, page.text) == []
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert max(levels) <= 4
    assert len(page.ids) == len(set(page.ids))


def pages(folder: Path, *plan_ids: str) -> dict[str, Page]:
    plans = tuple(read_plan(folder, smallest(titel=plan_id), plan_id) for plan_id in plan_ids)
    made = build.artifacts(plans, {}, Settings(TODAY, papers=False))
    return {item.path: item for item in made if isinstance(item, Page)}


def test_a_plans_page_and_its_twin_lead_to_each_other_and_have_different_titles(tmp_path: Path) -> None:
    made = pages(tmp_path, "vera/plan")
    plain, twin = made["planer/vera/plan"], made["planer/vera/plan/lattlast"]
    assert (plain.twin, plain.easy, twin.twin, twin.easy) == ("lattlast/", False, "../", True)
    assert twin.title == f"{plain.title} – lättläst"
    assert "ip-plan--easy" in twin.body
    assert "ip-plan--easy" not in plain.body


def test_a_plan_that_is_called_as_a_twin_keeps_its_page(tmp_path: Path) -> None:
    made = pages(tmp_path, "vera/plan", "vera/plan/lattlast")
    assert made["planer/vera/plan"].twin == ""
    assert not made["planer/vera/plan/lattlast"].easy
