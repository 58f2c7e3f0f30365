"""Planernas plan: the individuell plan of one person in the middle, and the other plans around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ipsite import dates
from ipsite.model import Node, Plan
from ipsite.problem import Problem
from ipsite.references import resolve
from ipsite.schema import in_text
from ipsite.slug import slug
from ipsite.views import events, people
from ipsite.views.agreement import agreement
from ipsite.views.blocks import Block, Bullets, Cards, Fact, Folded, Lines, Links, Section, Text, text
from ipsite.views.download import Download
from ipsite.views.overdue import overdue
from ipsite.views.plan import KINDS
from ipsite.views.sentences import capital
from ipsite.views.sheet import whose

_KIND_ORDER = tuple(KINDS)
_MOST_LATE = 6
_MOST_ENDED = 3
_PARTY = {"kommun": "Kommunen", "region": "Regionen"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a person's plans are shown with: the day, the papers by plan id (addresses seen from where all plans lie),
    the way there from the page, what the checks have said, where what is to do stands, and what each plan is called
    (of those with the same title, what tells them apart), the last two by plan id."""

    today: date
    papers: Mapping[str, Download]
    up: str = ""
    problems: tuple[Problem, ...] = ()
    to_do: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def person_plans(plans: Iterable[Plan], setting: Setting) -> tuple[Block, ...]:
    """All plans of one person, as parts of her section: those in force with the individuell plan first, what was
    overdue, drafts, how they hang together, and those that are over."""
    own = sorted(plans, key=lambda plan: (_KIND_ORDER.index(plan.kind), plan.id))
    live, drafts, ended = ([plan for plan in own if plan.status == s] for s in ("gällande", "utkast", "avslutad"))
    centre = [plan for plan in live if plan.kind == "individuell plan"]
    around = [_card(plan, live, setting) for plan in live if plan not in centre] + _only_named(live, setting)
    blocks: list[Block] = [_card(plan, live, setting, look="centre") for plan in centre]
    if around:
        blocks.append(Cards(tuple(around)))
    blocks += _late(live, setting)
    if ways := [setting.to_do[plan.id] for plan in own if plan.id in setting.to_do]:
        blocks.append(Links(((f"{setting.up}{ways[0]}", f"Att göra i {people.genitive(own[0].called)} planer"),)))
    if drafts:
        cards = Cards(tuple(_card(plan, live, setting) for plan in drafts))
        blocks.append(Section(f"utkast-{_key(own)}", "Utkast", (cards,)))
    if told := agreement([*live, *drafts], setting.problems, setting.titles, setting.up):
        blocks.append(Section(f"ihop-{_key(own)}", "Hänger planerna ihop?", told))
    if ended:
        blocks.append(Section(f"avslutade-{_key(own)}", "Avslutade planer", _ended(ended, setting)))
    return tuple(blocks)


def _key(plans: list[Plan]) -> str:
    return slug(plans[0].person.text("namn"))


def _late(live: list[Plan], setting: Setting) -> tuple[Section, ...]:
    pairs = ((late, plan) for plan in live for late in overdue(plan, setting.today))
    found = sorted(pairs, key=lambda pair: pair[0].when)
    if not found:
        return ()
    items: list[Lines] = [(f"{setting.titles[plan.id]}: {late.what}",) for late, plan in found[:_MOST_LATE]]
    if rest := len(found) - _MOST_LATE:
        items += [(f"Och {rest} saker till. Läs dem i planerna.",)] if rest > 0 else []
    title = f"Försenat när sidan gjordes, {dates.day(setting.today)}"
    return (Section(f"forsenat-{_key(live)}", title, (Bullets("", tuple(items)),), card=True, look="late"),)


def _card(plan: Plan, live: list[Plan], setting: Setting, look: str = "") -> Section:
    facts: tuple[Block, ...] = (
        *_valid(plan),
        *_covers(plan),
        *_owner(plan),
        *_named_in(plan, live, setting),
        *_next(plan, setting.today),
    )
    paper = setting.papers.get(plan.id)
    links = (Links(((f"{setting.up}{paper.address}", paper.label),)),) if paper else ()
    return Section(
        slug(f"plan {plan.id}"),
        setting.titles[plan.id],
        (Text(((_kind(plan),),)), *facts, *links),
        card=True,
        tags=(plan.status.capitalize(), *_review(plan, setting.today)),
        look=look,
        link=f"{setting.up}{plan.id}/",
    )


def _kind(plan: Plan) -> str:
    return f"{whose(plan)}, enligt 10 § LSS" if plan.kind == "individuell plan" else KINDS[plan.kind]


def _valid(plan: Plan) -> tuple[Fact, ...]:
    period = dates.period(plan.root.date("gäller", "från"), plan.root.date("gäller", "till"))
    return (Fact("Gäller", (period,)),) if period else ()


def _covers(plan: Plan) -> tuple[Fact, ...]:
    """What the plan is about: the insats that it carries out, or how much stands in it."""
    carried = plan.root.get("insats")
    measures = [measure for measure in plan.root.each("insatser") if measure.text("status") != "avslutad"]
    goals = len(plan.root.each("mål"))
    parts = [carried.text("insats")] if carried is not None else []
    parts += [f"{goals} mål"] if goals else []
    parts += [f"{len(measures)} {'insats' if len(measures) == 1 else 'insatser'}"] if measures else []
    return (Fact("Handlar om", (", ".join(parts),)),) if parts else ()


def _owner(plan: Plan) -> tuple[Fact, ...]:
    """Who answers for a SIP or carries out a genomförandeplan. An individuell plan is the person's own."""
    if answers := plan.root.get("övergripande_ansvar"):
        lines = (*filter(None, (_PARTY.get(answers.text("huvudman"), ""),)), *people.names(plan, answers.who("vem")))
        return (Fact("Övergripande ansvar", lines),) if lines else ()
    return (Fact("Utförare", (plan.root.text("utförare"),)),) if plan.root.text("utförare") else ()


def _named_in(plan: Plan, live: list[Plan], setting: Setting) -> tuple[Fact, ...]:
    """What the individuell plan says of this one."""
    ids = [plan.id]
    return tuple(
        Fact(f"I planen ”{setting.titles[other.id]}”", (related.text("gäller"),))
        for other in live
        for related in other.root.each("andra_planer")
        if other is not plan and "plan" in related and resolve(related.text("plan"), other.id, ids)
    )


def _next(plan: Plan, today: date) -> tuple[Bullets, ...]:
    coming = events.coming(plan, today)
    if not coming:
        return ()
    return (Bullets(f"Härnäst, {dates.day(coming[0].when)}:", tuple((event.what,) for event in coming)),)


def _review(plan: Plan, today: date) -> tuple[str, ...]:
    """The clock: by which day the plan must be looked at again."""
    day = events.review_by(plan)
    if day is None:
        return ()
    words = ("Omprövas", "omprövas") if plan.kind == "individuell plan" else ("Följs upp", "följas upp")
    return (f"Skulle {words[1]} senast {dates.day(day)}" if day < today else f"{words[0]} senast {dates.day(day)}",)


def _only_named(live: list[Plan], setting: Setting) -> list[Section]:
    """Other plans that a plan names and that have no file here."""
    ids = [plan.id for plan in live]
    return [
        _named(plan, related, setting)
        for plan in live
        for related in plan.root.each("andra_planer")
        if not ("plan" in related and resolve(related.text("plan"), plan.id, ids))
    ]


def _named(plan: Plan, related: Node, setting: Setting) -> Section:
    follow_up = related.date("följs_upp")
    parts: list[Block] = [text(related.text("gäller"))]
    if keys := related.who("ansvarig"):
        parts.append(Fact("Ansvarig", people.names(plan, keys)))
    if follow_up:
        parts.append(Fact("Följs upp", (dates.day(follow_up),)))
    parts.append(Fact("Nämns i", (setting.titles[plan.id],)))
    kind = related.text("slag")
    title = capital(kind)
    return Section(slug(f"nämnd {plan.id} {related.text('gäller')}"), title, tuple(parts), card=True, look="named")


def _ended(ended: list[Plan], setting: Setting) -> tuple[Block, ...]:
    """A line for each plan that is over, and its paper, the latest first; many of them are folded."""
    newest = sorted(ended, key=lambda plan: str(plan.root["skriven"].value), reverse=True)
    items: list[tuple[str, str]] = []
    for plan in newest:
        items.append((f"{setting.up}{plan.id}/", _line(plan)))
        if paper := setting.papers.get(plan.id):
            items.append((f"{setting.up}{paper.address}", paper.label))
    links = Links(tuple(items))
    return (links,) if len(ended) <= _MOST_ENDED else (Folded(f"Visa {len(ended)} avslutade planer", (links,)),)


def _line(plan: Plan) -> str:
    period = dates.period(plan.root.date("gäller", "från"), plan.root.date("gäller", "till"))
    return ", ".join(filter(None, (f"{plan.title}: {in_text(plan.kind)}", period)))
