"""Plans against each other: do the plans of one person agree?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from ipsite.model import Node, Plan
from ipsite.references import resolve
from ipsite.rules.rule import LSS10, OURS, Finding, rule_of_all

Findings = Iterator[tuple[Plan, Finding]]

_Keys = Mapping[str, "_Keys"]
# All that the rules below read of a plan; a summary holds nothing else.
_WHOLE: _Keys = {}
_READ: _Keys = {
    **dict.fromkeys(("slag", "status", "skriven", "ersätter"), _WHOLE),
    "person": {"namn": _WHOLE},
    "gäller": {"från": _WHOLE, "till": _WHOLE},
    "andra_planer": {"plan": _WHOLE},
    "insatser": {
        **dict.fromkeys(("insats", "lagrum", "huvudman", "status"), _WHOLE),
        "beslut": dict.fromkeys(("datum", "gäller_till", "verkställt"), _WHOLE),
    },
    "insats": dict.fromkeys(("insats", "lagrum"), _WHOLE),
    "uppdrag": {"beslut_datum": _WHOLE},
}
_DAYS = {"datum": "beslutsdatum", "gäller_till": "slutdatum", "verkställt": "startdatum"}


def summary(plan: Plan) -> Plan:
    """As much of a plan as the rules of this module need: with it they find the same at the same places."""
    return replace(plan, root=_reduced(plan.root, _READ))


def _reduced(node: Node, keys: _Keys) -> Node:
    if isinstance(node.value, dict):
        return replace(node, value={key: _reduced(node[key], keys[key]) for key in keys if key in node})
    if isinstance(node.value, tuple):
        return replace(node, value=tuple(_reduced(item, keys) for item in node))
    return node


def _by_person(plans: tuple[Plan, ...]) -> list[list[Plan]]:
    people: dict[str, list[Plan]] = {}
    for plan in plans:
        people.setdefault(_name(plan), []).append(plan)
    return list(people.values())


def _name(plan: Plan) -> str:
    """Whose plan it is. Capitals make nobody somebody else, here and in `circles`."""
    return plan.person.text("namn").casefold()


@rule_of_all(
    "IP401",
    "varning",
    "Samma insats i två planer",
    why="Står samma insats med olika datum eller olika huvudman i två planer vet ingen vilken som stämmer. "
    "I en genomförandeplan är det dagen i «uppdrag» som jämförs.",
    law=OURS,
    mend="Kontrollera mot beslutet och rätta den plan som är fel.",
    example="insatser:\n  - insats: Daglig verksamhet\n    huvudman: kommun\n    beslut: {datum: 2026-08-12}",
)
def measures_agree(plans: tuple[Plan, ...], today: date) -> Findings:
    """One insats has one owner and one decision, in whichever plan it stands."""
    for own in _by_person(tuple(plan for plan in plans if plan.status != "avslutad")):
        for one, other in combinations(own, 2):
            mine = tuple(_measures(one))
            for measure in _measures(other):
                found = [_difference(twin, measure) for twin in mine if _same(twin.insats, measure.insats)]
                if found and all(found) and (first := found[0]):
                    yield other, Finding(first[0], f"{first[1]} i {one.id}.")


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a plan tells of an insats: who answers for it, and the days of its decision."""

    insats: Node
    party: Node | None
    days: Mapping[str, Node]


def _measures(plan: Plan) -> Iterator[_Measure]:
    """The insatser of a plan that are not over; of a genomförandeplan also the one that it carries out."""
    for measure in plan.root.each("insatser"):
        if measure.text("status") != "avslutad":
            decision = measure.get("beslut")
            days = {key: decision[key] for key in _DAYS if key in decision} if decision else {}
            yield _Measure(measure, measure.get("huvudman"), days)
    carried_out, commission = plan.root.get("insats"), plan.root.get("uppdrag")
    if carried_out is not None and commission is not None and (day := commission.get("beslut_datum")):
        yield _Measure(carried_out, None, {"datum": day})


def _same(one: Node, other: Node) -> bool:
    """Whether two plans speak of one insats: it has one name, and one paragraph if both name any."""
    laws = {law for node in (one, other) if (law := node.text("lagrum"))}
    return one.text("insats").casefold() == other.text("insats").casefold() and len(laws) < 2


def _difference(one: _Measure, other: _Measure) -> tuple[Node, str] | None:
    if one.party and other.party and one.party.value != other.party.value:
        return other.party, "Insatsen har en annan huvudman"
    for key, day in other.days.items():
        if key in one.days and one.days[key].value != day.value:
            return day, f"Beslutet har ett annat {_DAYS[key]}"
    return None


@rule_of_all(
    "IP402",
    "varning",
    "En annan plan som är avslutad",
    why="En plan som hänvisar till en avslutad plan leder läsaren fel.",
    law=OURS,
    mend="Hänvisa till den plan som gäller nu.",
    example="andra_planer:\n  - slag: genomförandeplan\n    gäller: Daglig verksamhet\n    plan: plan-a/genomforandeplan-2026",
)
def related_plans_live(plans: tuple[Plan, ...], today: date) -> Findings:
    """A plan that is in force does not lean on one that has ended."""
    by_id = {plan.id: plan for plan in plans}
    for plan in plans:
        for related in plan.root.each("andra_planer") if plan.status != "avslutad" else ():
            target = resolve(related.text("plan"), plan.id, by_id) if "plan" in related else None
            if target and by_id[target].status == "avslutad":
                yield plan, Finding(related["plan"], "Planen som nämns är avslutad.")


@rule_of_all(
    "IP403",
    "fel",
    "Planer som ersätter varandra i ring",
    why="Två planer kan inte båda ha kommit efter den andra.",
    law=OURS,
    mend="Låt bara den nyare planen ha «ersätter».",
    example="ersätter: plan-a/ip-2025",
)
def no_loops(plans: tuple[Plan, ...], today: date) -> Findings:
    """Following `ersätter` comes to an end."""
    older = _older(plans)
    for plan in plans:
        seen, here = {plan.id}, older.get(plan.id)
        while here is not None and here not in seen:
            seen.add(here)
            here = older.get(here)
        if here == plan.id:
            yield plan, Finding(plan.root["ersätter"], "Planen ersätter sig själv, direkt eller genom andra planer.")


def _older(plans: tuple[Plan, ...]) -> dict[str, str]:
    ids = {plan.id for plan in plans}
    found = {plan.id: resolve(plan.root.text("ersätter"), plan.id, ids) for plan in plans if "ersätter" in plan.root}
    return {plan: older for plan, older in found.items() if older is not None}


@rule_of_all(
    "IP404",
    "varning",
    "Den ersatta planen är avslutad",
    why="När en ny plan gäller ska den gamla vara avslutad. Annars kan någon följa fel plan.",
    law=OURS,
    mend="Skriv «status: avslutad» i den gamla planen. Kontrollera att båda gäller samma person.",
    example="status: avslutad",
)
def replaced_has_ended(plans: tuple[Plan, ...], today: date) -> Findings:
    """The plan that was replaced has ended and was the same person's."""
    by_id = {plan.id: plan for plan in plans}
    for plan_id, older_id in _older(plans).items():
        plan, older = by_id[plan_id], by_id[older_id]
        if plan.status == "gällande" and older.status == "gällande":
            yield plan, Finding(plan.root["ersätter"], "Planen som ersätts är inte avslutad.")
        if _name(plan) != _name(older):
            yield plan, Finding(plan.root["ersätter"], "Planen som ersätts gäller någon annan.")


@rule_of_all(
    "IP405",
    "varning",
    "En individuell plan i taget",
    why="Lagen talar om en plan, med alla insatser. Så som vi läser den har en person en individuell plan åt gången.",
    law=LSS10,
    mend="Avsluta den ena planen, eller för samman dem.",
    example="status: avslutad",
)
def one_at_a_time(plans: tuple[Plan, ...], today: date) -> Findings:
    """A person has one valid individuell plan for each day."""
    valid = tuple(plan for plan in plans if plan.kind == "individuell plan" and plan.status == "gällande")
    for own in _by_person(valid):
        for one, other in combinations(own, 2):
            if _overlap(one, other):
                yield other, Finding(other.root["status"], f"Även planen {one.id} gäller samtidigt.")


def _overlap(one: Plan, other: Plan) -> bool:
    (a, b), (c, d) = _span(one), _span(other)
    return a <= d and c <= b


def _span(plan: Plan) -> tuple[date, date]:
    start = plan.root.date("gäller", "från") or plan.root.date("skriven") or date.min
    return start, plan.root.date("gäller", "till") or date.max
