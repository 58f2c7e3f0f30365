"""A plan as a document: the same for the page and for the paper.

Sections stand in the schema's order. A section with a form of its own has a function here; every
other one is made by `generic` from the schema alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ipsite import dates
from ipsite.model import Node, Plan
from ipsite.slug import slug
from ipsite.views import events, generic, paperwork, people
from ipsite.views.anchors import with_unique_ids
from ipsite.views.blocks import (
    Block,
    Bullets,
    Document,
    Fact,
    Picture,
    Section,
    Words,
    paragraphs,
    text,
)
from ipsite.views.changes import since
from ipsite.views.goals import goals, who_does_what
from ipsite.views.map import my_map
from ipsite.views.measures import measures
from ipsite.views.meetings import meetings
from ipsite.views.other_plans import other_plans
from ipsite.views.sharing import who_sees_what
from ipsite.views.timeline import my_year

KINDS = {
    "individuell plan": "Individuell plan enligt 10 § LSS",
    "sip": "Samordnad individuell plan, SIP",
    "genomförandeplan": "Genomförandeplan",
}
# Said in the head of the page or gathered in «Om planen».
_HEAD = (
    "format",
    "slag",
    "titel",
    "fiktiv",
    "skriven",
    "reviderad",
    "gäller",
    "status",
    "ersätter",
    "person",
)
_LATE = ("personer", "exemplar", "underskrifter")
_BEFORE_MAP = "mål"  # a section of every kind of plan
_ALWAYS = ("insatser", "underskrifter")  # shown in the own copy even when nothing stands there

_INVITES = {  # said in a draft of one's own where nothing stands yet
    "mål": "Här kan ni skriva målen: det som du vill ska hända, vem som gör vad, och till när.",
    "möten": "Här kan ni skriva när ni ska träffas, var, och vad ni ska prata om.",
}


def document(plan: Plan, today: date, picture: Picture | None = None, *, leads: bool = False) -> Document:
    """The view of a plan on the day `today`; `picture` is the person's picture, if there is one. A page `leads` to the
    other plans on the site, as no paper can."""
    return Document(
        id=plan.id,
        kind=KINDS[plan.kind],
        title=f"{people.genitive(plan.called)} plan – {plan.title}",
        lead=_lead(plan, today, picture),
        sections=with_unique_ids(tuple(_sections(plan, today, leads=leads))),
        name=plan.person.text("namn"),
        version=f"Version {dates.day(plan.version)}",
        made=paperwork.made(plan, today),
        description=f"{KINDS[plan.kind]}: {plan.title}.",
    )


def _lead(plan: Plan, today: date, picture: Picture | None) -> tuple[Block, ...]:
    parts: list[Block] = [*paperwork.made_up(plan), *paperwork.whose_copy(plan, today)]
    if picture is not None:
        parts.append(picture)
    parts.append(Fact("Läge", (plan.status.capitalize(),)))
    if valid := plan.root.get("gäller"):
        period = dates.period(valid.date("från"), valid.date("till"))
        lines = (period, *generic.summary(plan, valid, "från", "till"))
        parts.append(Fact(valid.field.title, tuple(line for line in lines if line)))
    if coming := events.coming(plan, today):
        title = f"Härnäst, {dates.day(coming[0].when)}:"
        parts.append(Bullets(title, tuple((event.what,) for event in coming), look="next"))
    if speaks := plan.person.get("så_kommunicerar_jag"):
        parts.append(Fact(speaks.field.title, generic.value(speaks)))
    return tuple(parts)


def _sections(plan: Plan, today: date, *, leads: bool) -> list[Section]:
    order = [key for key in plan.root.field.properties if key not in _HEAD and key not in _LATE]
    result: list[Section] = []
    for key in (*order, *_LATE):
        if key == _LATE[0] and plan.compared is not None:
            result.append(since(*plan.compared))
        node = plan.root.get(key)
        if node is not None or (plan.own and key in _ALWAYS):
            result.append(_section(plan, key, node, today, leads=leads))
        elif key in _INVITES and plan.own and plan.status == "utkast":
            title = plan.root.field.properties[key].title
            result.append(Section(slug(title), title, (text(_INVITES[key]),)))
        if key == "mål" and (tasks := who_does_what(plan, today)):
            result.append(Section("vem-gor-vad", "Vem gör vad", tasks))
        if key == _BEFORE_MAP:
            result.append(Section("min-karta", "Min karta", my_map(plan)))
            result.append(Section("mitt-ar", "Mitt år", my_year(plan, today)))
        if key == "exemplar" and node is not None and (seen := who_sees_what(plan, today)):
            result.append(Section("vem-ser-vad", "Vem ser vad", seen))
    result.append(Section("om-planen", "Om planen", paperwork.about(plan)))
    return [section for section in result if section.blocks]


def _section(plan: Plan, key: str, node: Node | None, today: date, *, leads: bool) -> Section:
    field = plan.root.field.properties[key]
    return Section(slug(field.title), field.title, _blocks(plan, key, node, today, leads=leads))


def _blocks(plan: Plan, key: str, node: Node | None, today: date, *, leads: bool) -> tuple[Block, ...]:
    if key == "insatser":
        return measures(plan, node)
    if key == "underskrifter":
        return paperwork.signatures(plan, node)
    assert node is not None  # only the two above are shown without one
    if key == "mål":
        return goals(plan, node, today)
    if key == "andra_planer":
        return other_plans(plan, node, leads=leads)
    if key in _OWN_FORM:
        return _OWN_FORM[key](plan, node)
    return generic.section(plan, node)


def _words(plan: Plan, node: Node) -> tuple[Block, ...]:
    return (Words("", paragraphs(str(node.value))),)


def _each_thing(plan: Plan, node: Node) -> tuple[Block, ...]:
    return (Words("", tuple(words for thing in node for words in paragraphs(str(thing.value)))),)


_OWN_FORM: dict[str, Callable[[Plan, Node], tuple[Block, ...]]] = {
    "anledning": _words,
    "behov": _each_thing,
    "mina_synpunkter": _each_thing,
    "möten": meetings,
    "personer": paperwork.contacts,
    "exemplar": paperwork.copies,
}
