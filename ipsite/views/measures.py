"""Insatser, grouped as the law of each kind of plan groups them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ipsite.model import Node, Plan
from ipsite.slug import unique
from ipsite.views import generic, people
from ipsite.views.blocks import Block, Section, Text


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and which insatser stand under it. `demanded`: the law asks for it, so that it is
    shown, and said to be empty, even when nothing stands there; but not in another's copy, where it may not
    be true."""

    title: str
    holds: Callable[[Node], bool]
    demanded: bool = False
    nothing: str = ""


def _by_others(measure: Node) -> bool:
    return measure.text("huvudman") == "annan"


def _with_status(status: str) -> Callable[[Node], bool]:
    return lambda measure: measure.text("status") == status and not _by_others(measure)


def _owned_by(party: str) -> Callable[[Node], bool]:
    return lambda measure: measure.text("huvudman") == party


_NOTHING = "Inget är skrivet här."
GROUPS = {
    # 10 § LSS: beslutade och planerade insatser, och åtgärder som vidtas av andra än kommunen eller regionen.
    "individuell plan": (
        Group("Beslutade insatser", _with_status("beslutad"), True, _NOTHING),
        Group("Planerade insatser", _with_status("planerad"), True, _NOTHING),
        Group("Åtgärder av andra än kommunen och regionen", _by_others, True, _NOTHING),
        Group("Insatser som jag önskar", _with_status("önskad")),
        Group("Insatser som är avslutade", _with_status("avslutad")),
    ),
    # 10 kap. 8 § SoL andra stycket: vad respektive huvudman ansvarar för, och åtgärder av någon annan.
    "sip": (
        Group("Det här ansvarar kommunen för", _owned_by("kommun"), True, _NOTHING),
        Group("Det här ansvarar regionen för", _owned_by("region"), True, _NOTHING),
        Group("Åtgärder av andra än kommunen och regionen", _by_others, True, _NOTHING),
    ),
    "genomförandeplan": (
        Group("Insatser från kommunen", _owned_by("kommun")),
        Group("Insatser från regionen", _owned_by("region")),
        Group("Insatser från andra", _by_others),
    ),
}


def measures(plan: Plan, node: Node | None) -> tuple[Block, ...]:
    """The section «insatser»: a heading for each group and a card for each insats."""
    items = tuple(node) if node is not None else ()
    ids = dict(zip((id(item) for item in items), unique(f"insats {i.text('insats')}" for i in items), strict=True))
    result: list[Block] = []
    for group in GROUPS[plan.kind]:
        members = [item for item in items if group.holds(item)]
        if not members and not (group.demanded and plan.own):
            continue
        cards: tuple[Block, ...] = tuple(_measure(plan, item, ids[id(item)]) for item in members)
        result.append(Section(unique([group.title])[0], group.title, cards or (Text(((group.nothing,),)),)))
    return tuple(result)


def _measure(plan: Plan, measure: Node, name: str) -> Section:
    status = measure.text("status").capitalize()
    tags = (status, *generic.private_tag(measure))
    shown = generic.blocks(plan, measure, "insats", "status", "huvudman")  # the party says whose it is
    party = people.PARTIES[measure.text("huvudman")]
    return Section(name, measure.text("insats"), shown, card=True, tags=tags, party=party)
