"""How a plan is kept alive: review, meetings, copies, consent, signatures, decisions carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ipsite.model import MYSELF, Node, Plan
from ipsite.rules.content import ADVICE, LSS10, NINE
from ipsite.rules.rule import ALL, IP, Finding, rule


def _written(plan: Plan) -> date:
    day = plan.root.date("reviderad") or plan.root.date("skriven")
    assert day is not None  # the schema demands «skriven»
    return day


def a_year_after(day: date) -> date:
    """The same day a year later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


@rule(
    "IP104",
    "varning",
    "individuell plan",
    "En dag för omprövning",
    why="Lagen säger att planen ska omprövas fortlöpande och minst en gång om året. En bestämd dag gör att det blir av.",
    law=LSS10,
    mend="Skriv dagen under «uppföljning».",
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
    if follow_up and (day := follow_up.date("omprövas_senast")) and day > a_year_after(_written(plan)):
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
    places = (("uppföljning", "omprövas_senast"), ("uppföljning", "nästa"), ("följs_upp", "när"))
    for holder, key in places:
        node = plan.root.get(holder)
        if node and (day := node.date(key)) and day < today:
            yield Finding(node[key], "Dagen har passerat utan att en ny är satt.")


@rule(
    "IP114",
    "tips",
    "individuell plan",
    "Någon leder och någon skriver",
    why="När det är bestämt i förväg vem som leder och vem som skriver kan alla andra lyssna.",
    law=ADVICE,
    mend="Skriv vem som leder och vem som skriver på mötet.",
    example="möten:\n  - slag: planeringsmöte\n    leder: god_man\n    skriver: handläggare",
)
def meeting_roles(plan: Plan, today: date) -> Iterator[Finding]:
    """Every coming meeting has somebody who leads and somebody who writes."""
    for meeting in _coming(plan, today):
        for key, word in (("leder", "leder"), ("skriver", "skriver")):
            if key not in meeting:
                yield Finding(meeting, f"Det står inte vem som {word} på mötet.", missing=key)


@rule(
    "IP115",
    "tips",
    "individuell plan",
    "Någon som kan besluta är bjuden",
    why="Ett möte där ingen kan besluta leder lätt till ett möte till. Kommuner råder att bjuda in dem som kan det.",
    law=ADVICE,
    mend="Bjud in någon från kommunen, och från regionen om regionen ansvarar för något i planen.",
    example="möten:\n  - slag: planeringsmöte\n    inbjudna: [handläggare, habiliteringen]",
    kinds=("individuell plan", "sip"),
)
def deciders_invited(plan: Plan, today: date) -> Iterator[Finding]:
    """Whoever answers for something in the plan is invited."""
    answering = {m.text("huvudman") for m in plan.root.each("insatser") if m.text("status") != "avslutad"}
    words = {"kommun": "kommunen", "region": "regionen"}
    for meeting in _coming(plan, today):
        invited = {plan.people[key].text("huvudman") for key in meeting.who("inbjudna") if key != MYSELF}
        for party, word in words.items():
            if party in answering and party not in invited:
                yield Finding(meeting, f"Ingen från {word} är bjuden till mötet.", missing="inbjudna")


def _coming(plan: Plan, today: date) -> list[Node]:
    return [m for m in plan.root.each("möten") if (start := m.time("tid")) and start.date() >= today]


@rule(
    "IP116",
    "varning",
    "individuell plan",
    "Vilka som var med",
    why="I efterhand är det viktigt att veta vilka som hörde det som sades. Det är en av de nio punkterna.",
    law=NINE,
    mend="Skriv vilka som var med på mötet.",
    example="möten:\n  - slag: planeringsmöte\n    deltog: [handläggare, mamma, god_man]",
)
def attendance(plan: Plan, today: date) -> Iterator[Finding]:
    """A meeting that has been held says who was there."""
    for meeting in plan.root.each("möten"):
        start = meeting.time("tid")
        if start and start.date() < today and not meeting.who("deltog"):
            yield Finding(meeting, "Mötet har varit, men det står inte vilka som var med.", missing="deltog")


@rule(
    "IP117",
    "varning",
    "individuell plan",
    "Vilka som har ett exemplar",
    why="Du bestämmer vilka som ska ha din plan. Det är en av de nio punkterna.",
    law=NINE,
    mend="Skriv vilka som har ett exemplar. Ska ingen ha det, skriv «exemplar: []».",
    example="exemplar:\n  - till: handläggare\n    samtycke: {datum: 2026-03-16, till_och_med: 2027-03-15}",
    kinds=IP,
)
def copies(plan: Plan, today: date) -> Iterator[Finding]:
    """The plan says who has a copy."""
    if plan.status != "utkast" and "exemplar" not in plan.root:
        yield Finding(plan.root, "Det står inte vilka som har ett exemplar av planen.", missing="exemplar")


@rule(
    "IP118",
    "varning",
    "individuell plan",
    "Samtycke som har gått ut",
    why="Ett samtycke gäller så länge som personen har sagt. Efter den dagen får exemplaret inte lämnas ut igen.",
    law="Skydd för personuppgifter",
    mend="Fråga personen igen och skriv ett nytt datum, eller ta bort exemplaret ur listan.",
    example="exemplar:\n  - till: dv\n    samtycke: {datum: 2026-11-16, till_och_med: 2027-11-15}",
)
def consent_expired(plan: Plan, today: date) -> Iterator[Finding]:
    """No consent that a copy rests on has run out."""
    if plan.status == "avslutad":
        return
    holders = [copy.get("samtycke") for copy in plan.root.each("exemplar")]
    for consent in (*holders, plan.root.get("samtycke")):
        if consent and (day := consent.date("till_och_med")) and day < today:
            yield Finding(consent["till_och_med"], "Samtycket har gått ut.")


@rule(
    "IP119",
    "varning",
    "individuell plan",
    "Två underskrifter",
    why="När planen gäller ska det synas att personen och handläggaren har sagt ja. Två av de nio punkterna är underskrifter.",
    law=NINE,
    mend="Skriv under, eller ändra status till «utkast» tills det är gjort.",
    example="underskrifter:\n  - {vem: jag själv, datum: 2026-03-16}\n  - {vem: handläggare, datum: 2026-03-16}",
    kinds=IP,
)
def signatures(plan: Plan, today: date) -> Iterator[Finding]:
    """A plan in force is signed by the person, or a representative, and by kommun or region."""
    if plan.status != "gällande":
        return
    signed = {key for item in plan.root.each("underskrifter") if "datum" in item for key in item.who("vem")}
    parties = {plan.people[key].text("huvudman") for key in signed if key != MYSELF}
    if MYSELF not in signed and "företrädare" not in parties:
        yield Finding(plan.root, "Personen, eller en företrädare, har inte skrivit under.", missing="underskrifter")
    if not parties & {"kommun", "region"}:
        yield Finding(plan.root, "Ingen från kommunen eller regionen har skrivit under.", missing="underskrifter")


_NINE = re.compile(r"9 §(?: p(?:unkt)?\.?)? ?(\d+) LSS")


def point_of_nine(measure: Node) -> int | None:
    """Which of the ten insatser of 9 § LSS the measure is, by its lagrum ("9 § 10 LSS" → 10)."""
    found = _NINE.search(measure.text("lagrum"))
    return int(found[1]) if found else None


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
        if measure.text("status") != "beslutad" or decision is None or point_of_nine(measure) is None:
            continue
        day = decision.date("datum")
        if day and "verkställt" not in decision and today > _months_after(day, 3):
            yield Finding(decision, "Mer än tre månader har gått sedan beslutet, men insatsen har inte börjat.")


@rule(
    "IP121",
    "varning",
    "individuell plan",
    "Beslut som snart går ut",
    why="När tiden i ett beslut går ut upphör insatsen. Den som vill ha den kvar behöver begära den igen i god tid.",
    law="Vår egen ordning",
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
        elif end <= today + timedelta(days=90):
            yield Finding(decision["gäller_till"], "Beslutet går ut inom 90 dagar.")
