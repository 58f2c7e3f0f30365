"""The page of a plan on the screen: what it is made of, links that last, invitations, and long plans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from site_helpers import KINDS, PLANS, TODAY, Html, every_field, read_plan, smallest, words_of

from ipsite import build
from ipsite.artifact import Page
from ipsite.audience import copy_for
from ipsite.checking import check_paths
from ipsite.model import Plan
from ipsite.render import html
from ipsite.render.environment import fill
from ipsite.settings import Settings
from ipsite.views.blocks import Section
from ipsite.views.download import Download
from ipsite.views.plan import document
from ipsite.views.screen import with_links
from ipsite.views.shelf import Shelf

GOLDEN = Path(__file__).parent / "golden" / "page"
Data = dict[str, Any]
MEETING = {"slag": "planeringsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Hemma"}
INSATS = {"insats": "Kontaktperson", "status": "beslutad", "huvudman": "kommun"}


def goal(name: str, **more: Any) -> Data:
    return {"mål": name, "status": "pågår", **more}


def shown(plan: Plan, *shelves: Shelf) -> Html:
    return Html(html.plan_page(with_links(document(plan, TODAY), shelves), (), shelves))


def page_of(folder: Path, **more: Any) -> Html:
    return shown(read_plan(folder, smallest(**more)))


# --- The examples, as they are met on the screen ------------------------------------------------------------------


@cache
def examples() -> dict[str, Page]:
    """The pages of the plans and of the portfolio, by their paths."""
    plans = check_paths([PLANS], TODAY).plans
    made = build.artifacts(plans, {}, Settings(TODAY, "open", papers=False))
    return {item.path: item for item in made if isinstance(item, Page)}


PATHS = sorted(examples())
_SAID = ("h1", "h2", "h3", "h4", "p", "li", "th", "td", "caption", "summary")


def outline(body: str) -> str:
    """A page as lines: what each piece is, its words, and where its links lead; drawings are left out."""
    return "\n".join(_lines(Html(body).root)) + "\n"


def _lines(node: Element) -> Iterator[str]:
    if node.tag == "svg":
        return
    if node.tag in _SAID and not any(inner.tag in _SAID for inner in node.iter() if inner is not node):
        links = [f" -> {a.get('href')}" for a in node.iter("a")]
        yield f"{node.tag}{_at(node)} {words_of(node)}{''.join(links)}"
        return
    if node.tag in ("section", "header", "table", "details", "blockquote"):
        yield f"[{node.tag}{_classes(node)}]"
    for child in node:
        yield from _lines(child)


def _at(node: Element) -> str:
    return f"#{node.get('id')}" if node.get("id") else ""


def _classes(node: Element) -> str:
    return "".join(f" {name.removeprefix('ip-plan-')}" for name in node.get("class", "").split())


@pytest.mark.parametrize("path", PATHS)
def test_the_pages_of_the_examples_say_what_was_read_and_kept(path: str, request: pytest.FixtureRequest) -> None:
    """A changed line is read before it is kept: does it sound right? Write anew with --update-golden."""
    golden = GOLDEN / f"{path.replace('/', '-')}.txt"
    told = outline(examples()[path].body)
    if request.config.getoption("--update-golden"):
        golden.write_text(told, "utf-8")
    assert golden.read_text("utf-8") == told


def test_no_golden_page_is_left_from_a_plan_that_is_gone() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {path.replace("/", "-") for path in PATHS}


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_one_main_heading_parts_with_names_and_something_in_each(path: str) -> None:
    page = Html(examples()[path].body)
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for part in page.all("section"):
        assert words_of(part) != words_of(part[0]), words_of(part)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("plan", [pytest.param(plan, id=plan.id) for plan in check_paths([PLANS], TODAY).plans])
def test_there_is_a_card_for_each_goal_insats_and_meeting(plan: Plan) -> None:
    page = Html(examples()[f"planer/{plan.id}"].body)
    cards = [words_of(card[0]) for card in page.with_class("ip-plan-card")]
    for key, name in (("mål", "mål"), ("insatser", "insats")):
        for item in plan.root.each(key):
            assert item.text(name) in cards
    meetings = [card for card in cards if re.match(r"(Planerings|Uppföljnings|Utvärderings)möte ", card)]
    assert len(meetings) == len(plan.root.each("möten"))


# --- Links that last ----------------------------------------------------------------------------------------------


def test_every_card_has_a_link_to_itself_with_words_of_its_own(tmp_path: Path) -> None:
    page = page_of(tmp_path, mål=[goal("Flytta"), goal("Arbeta")], insatser=[INSATS], möten=[MEETING])
    links = {words_of(a): a.get("href", "") for a in page.all("a")}
    assert list(links) == [
        f"Länk hit: {name}" for name in ("Flytta", "Arbeta", "Kontaktperson", "Planeringsmöte 20 januari 2027")
    ]
    assert {address.removeprefix("#") for address in links.values()} <= set(page.ids)


@pytest.mark.parametrize("kind", KINDS)
def test_links_of_a_plan_with_every_field_lead_somewhere_and_differ(kind: str, tmp_path: Path) -> None:
    page = shown(read_plan(tmp_path, every_field(kind)[0]))
    here = [a for a in page.all("a") if words_of(a).startswith("Länk hit: ")]
    assert len(here) == len(page.with_class("ip-plan-card"))
    assert len({a.get("href") for a in here}) == len(here)
    assert {a.get("href", "").removeprefix("#") for a in here} <= set(page.ids)


def test_links_stay_the_same_when_other_things_come_before(tmp_path: Path) -> None:
    first = {"mål": [goal("Flytta")], "insatser": [INSATS], "möten": [MEETING]}
    more: Data = {
        "mål": [goal("Nytt"), *first["mål"]],
        "insatser": [{**INSATS, "insats": "Ny"}, *first["insatser"]],
        "möten": [{**MEETING, "tid": "2027-01-10 13:00"}, *first["möten"]],
    }
    before, after = page_of(tmp_path, **first), page_of(tmp_path, **more)
    links = {words_of(a): a.get("href") for a in before.all("a")}
    assert links.items() <= {words_of(a): a.get("href") for a in after.all("a")}.items()


def test_a_paper_has_no_links_to_itself(tmp_path: Path) -> None:
    made = document(read_plan(tmp_path, smallest(mål=[goal("Flytta")])), TODAY)
    assert "Länk hit" not in fill("page.html.j2", html.PlanPage(made, ()))
    assert "Länk hit" in fill("page.html.j2", html.PlanPage(with_links(made), ()))


def test_a_meeting_leads_to_its_papers(tmp_path: Path) -> None:
    papers = Shelf("papper-mote", "Planeringsmöte 20 januari 2027", (Download("moten/a.pdf", "Inbjudan (PDF, 1 kB)"),))
    page = shown(read_plan(tmp_path, smallest(möten=[MEETING])), papers)
    links = {words_of(a): a.get("href") for a in page.all("a")}
    assert links["Papper till planeringsmöte 20 januari 2027"] == "#papper-mote"
    assert "papper-mote" in page.ids


@pytest.mark.parametrize(
    ("place", "leads"),
    [("https://example.com/möte?a=1&b=2", True), ("https://example.com och sal 3", False), ("javascript:a()", False)],
)
def test_an_address_in_a_card_can_be_followed_on_the_page_and_is_plain_on_paper(
    place: str, leads: bool, tmp_path: Path
) -> None:
    plan = read_plan(tmp_path, smallest(möten=[{**MEETING, "plats": place, "länk": "https://example.com/mote"}]))
    found = {words_of(a): a.get("href") for a in shown(plan).all("a")}
    assert found["https://example.com/mote"] == "https://example.com/mote"
    assert (found.get(place) == place) is leads
    paper = fill("page.html.j2", html.PlanPage(document(plan, TODAY), ()))
    assert not [a for a in Html(paper).all("a") if str(a.get("href")).startswith("https:")]


def test_what_is_inside_a_card_gets_no_link_of_its_own(tmp_path: Path) -> None:
    made = document(read_plan(tmp_path, smallest(möten=[{**MEETING, "anteckningar": "Vi sågs."}])), TODAY)
    (part,) = [part for part in with_links(made).sections if part.id == "moten"]
    (card,) = part.blocks
    assert isinstance(card, Section)
    assert [type(block).__name__ for block in card.blocks].count("Links") == 1
    assert "Länk hit: Anteckningar" not in shown(read_plan(tmp_path, smallest(möten=[MEETING]))).text


# --- Invitations --------------------------------------------------------------------------------------------------


def test_a_draft_of_ones_own_invites_to_write_what_is_missing(tmp_path: Path) -> None:
    draft = page_of(tmp_path, status="utkast")
    for title in ("Mina mål", "Möten"):
        assert "Här kan ni skriva" in words_of(draft.section(title))
    assert "Här kan ni skriva" not in page_of(tmp_path, status="gällande").text


def test_another_readers_copy_is_not_invited(tmp_path: Path) -> None:
    people = {"anna": {"namn": "Anna Ek", "roll": "granne", "huvudman": "närstående"}}
    copies = [{"till": "anna", "samtycke": {"datum": "2026-01-01"}}]
    copy = copy_for(read_plan(tmp_path, smallest(status="utkast", personer=people, exemplar=copies)), "anna", TODAY)
    assert isinstance(copy, Plan)
    assert "Här kan ni skriva" not in shown(copy).text


# --- Long plans ---------------------------------------------------------------------------------------------------


def test_sixty_goals_are_sixty_cards_each_with_its_own_link_and_the_contents_stay_short(tmp_path: Path) -> None:
    task = {"vad": "Ringa", "vem": "jag själv", "klart": "2026-12-01", "status": "pågår"}
    goals = [goal(f"Mål nummer {n}", mina_ord="Jag vill.", åtgärder=[task]) for n in range(60)]
    plan = read_plan(tmp_path, smallest(mål=goals))
    made = [item for item in build.artifacts((plan,), {}, Settings(TODAY, papers=False)) if isinstance(item, Page)]
    page = Html(made[0].body)
    assert len(page.with_class("ip-plan-card")) == 60
    assert len(set(page.ids)) == len(page.ids)
    assert len(made[0].headings) < 12
    assert [words_of(card[0]) for card in page.with_class("ip-plan-card")] == [g["mål"] for g in goals]
