"""How a plan is kept alive: review, meetings, copies, consent, signatures, decisions carried out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, date

from ipsite.law import point_of_nine
from ipsite.model import REVIEWS, Plan
from ipsite.rules.rule import ALL, IP, LSS10, OURS, Finding, rule


def a_year_after(day: date) -> date:
    """The same day a year later, as far as there are years; 29 February becomes 1 March."""
    year = min(day.year + 1, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month, as far as there are years."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, MAXYEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@rule(
    "IP104",
    "varning",
    "individuell plan",
    "En dag för omprövning",
    why="Lagen säger att planen ska omprövas fortlöpande och minst en gång om året. En bestämd dag gör att det blir av.",
    law=LSS10,
    mend="Skriv dagen i «omprövas_senast» under «uppföljning».",
    example="uppföljning:\n  nästa: 2027-01-18\n  omprövas_senast: 2027-03-02",
    kinds=IP,
)
def review_set(plan: Plan, today: date) -> Iterator[Finding]:
    """The plan says by when it is reviewed."""
    follow_up = plan.root.get("uppföljning")
    if plan.status != "avslutad" and (follow_up is None or "omprövas_senast" not in follow_up):
        yield Finding(plan.root, "Planen saknar en dag då den senast ska omprövas.", missing="uppföljning")


@rule(
    "IP105",
    "varning",
    "individuell plan",
    "Omprövning minst en gång om året",
    why="Lagen säger minst en gång om året. En senare dag är för sent.",
    law=LSS10,
    mend="Sätt en dag inom ett år från det att planen skrevs eller reviderades.",
    example="skriven: 2026-03-02\nuppföljning:\n  omprövas_senast: 2027-03-02",
    kinds=IP,
)
def review_within_a_year(plan: Plan, today: date) -> Iterator[Finding]:
    """The review comes within a year after the plan was written."""
    follow_up = plan.root.get("uppföljning")
    if follow_up and (day := follow_up.date("omprövas_senast")) and day > a_year_after(plan.version):
        yield Finding(follow_up["omprövas_senast"], "Omprövningen ligger mer än ett år efter att planen skrevs.")


@rule(
    "IP106",
    "varning",
    "individuell plan",
    "Omprövning eller uppföljning som har passerat",
    why="En plan som inte omprövas blir gammal. Lagen säger minst en gång om året.",
    law=LSS10,
    mend="Ha mötet, skriv vad ni kom fram till, ändra «reviderad» och sätt nya dagar.",
    example="reviderad: 2026-11-16\nuppföljning:\n  nästa: 2027-01-18\n  omprövas_senast: 2027-11-16",
    kinds=ALL,
)
def review_passed(plan: Plan, today: date) -> Iterator[Finding]:
    """Neither review nor follow-up has passed."""
    if plan.status != "gällande":
        return
    for holder, key in REVIEWS:
        node = plan.root.get(holder)
        if node and (day := node.date(key)) and day < today:
            yield Finding(node[key], "Dagen har passerat utan att en ny är satt.")


@rule(
    "IP120",
    "varning",
    "individuell plan",
    "Beslut som inte är verkställt",
    why="Kommunen och regionen ska rapportera beslut enligt 9 § LSS som inte har verkställts inom tre månader. "
    "Det gäller insatsen, inte planen.",
    law="28 f § LSS",
    mend="Har insatsen börjat, skriv dagen i «verkställt». Annars: fråga handläggaren när den börjar.",
    example="beslut:\n  datum: 2026-08-12\n  verkställt: 2026-09-01",
)
def carried_out(plan: Plan, today: date) -> Iterator[Finding]:
    """An insats of 9 § LSS that was granted three months ago has begun."""
    if plan.status == "avslutad":
        return
    for measure in plan.root.each("insatser"):
        decision = measure.get("beslut")
        if measure.text("status") != "beslutad" or decision is None or point_of_nine(measure.text("lagrum")) is None:
            continue
        day = decision.date("datum")
        if day and "verkställt" not in decision and today > _months_after(day, 3):
            yield Finding(decision, "Tre månader har gått sedan beslutet, men det står inte att insatsen har börjat.")


@rule(
    "IP121",
    "varning",
    "individuell plan",
    "Beslut som snart går ut",
    why="Ett beslut med en sista dag gäller inte längre än så. Den som vill ha insatsen kvar behöver begära den igen i god tid.",
    law=OURS,
    mend="Begär insatsen på nytt och skriv den nya tiden när beslutet kommer.",
    example="beslut:\n  datum: 2026-11-02\n  gäller_till: 2028-11-01",
)
def decision_ends(plan: Plan, today: date) -> Iterator[Finding]:
    """No decision ends within 90 days, or has ended."""
    if plan.status == "avslutad":
        return
    for measure in plan.root.each("insatser"):
        decision = measure.get("beslut")
        end = decision.date("gäller_till") if decision else None
        if decision is None or end is None or measure.text("status") != "beslutad":
            continue
        if end < today:
            yield Finding(decision["gäller_till"], "Beslutet har gått ut.")
        elif (end - today).days <= 90:
            yield Finding(decision["gäller_till"], "Beslutet går ut inom 90 dagar.")
