"""Who helps the person, from where, and with what: the same for the map that is drawn and for the text below it."""

from __future__ import annotations

from dataclasses import dataclass

from ipsite.model import MYSELF, Node, Plan, is_open
from ipsite.views import people

FIELDS = {"kommun": "Kommunen", "region": "Regionen", "nära": "Nära mig", "annan": "Andra"}  # as one reads them
_PRIVATE = " (privat)"
_GIVEN = ("beslutad", "planerad")  # what is only wished for is done by nobody yet


@dataclass(frozen=True, slots=True)
class Helper:
    """One who helps: name, role ("" where it stands for the name), and what he or she does, the most lasting first."""

    name: str
    role: str
    does: tuple[str, ...]


def helpers(plan: Plan) -> dict[str, tuple[Helper, ...]]:
    """Everyone that the plan names, by party; parties with nobody are left out."""
    does = _tasks(plan)
    found: dict[str, list[Helper]] = {party: [] for party in FIELDS}
    for key, person in plan.people.items():
        name, role = people.name(plan, key), person.text("roll")
        private = _PRIVATE if person.flag("privat") and plan.own else ""
        made = Helper(name, f"{role if role != name else ''}{private}".strip(), tuple(dict.fromkeys(does.get(key, ()))))
        found[people.party(plan, key)].append(made)
    return {party: tuple(some) for party, some in found.items() if some}


def myself(plan: Plan) -> Helper:
    """The person, with what he or she does."""
    return Helper(plan.called, MYSELF, tuple(dict.fromkeys(_tasks(plan).get(MYSELF, ()))))


def _tasks(plan: Plan) -> dict[str, list[str]]:
    """What each one does, by key: what they give, what they answer for, and then what they have promised to do."""
    does: dict[str, list[str]] = {}
    for who, words in (*_given(plan), *_answered_for(plan), *_promised(plan)):
        for key in who:
            does.setdefault(key, []).append(words)
    return does


def _said(node: Node, key: str) -> str:
    return f"{node.text(key)}{_PRIVATE if node.flag('privat') else ''}"


def _given(plan: Plan) -> list[tuple[tuple[str, ...], str]]:
    measures = [item for item in plan.root.each("insatser") if item.text("status") in _GIVEN]
    return [(item.who("ansvarig"), _said(item, "insats")) for item in measures]


def _answered_for(plan: Plan) -> list[tuple[tuple[str, ...], str]]:
    answers = plan.root.get("övergripande_ansvar")
    found = [(answers.who("vem"), "Har det övergripande ansvaret")] if answers is not None else []
    if contact := plan.root.who("fast_vårdkontakt"):
        found.append((contact, plan.root["fast_vårdkontakt"].field.title))
    return found


def _promised(plan: Plan) -> list[tuple[tuple[str, ...], str]]:
    found = [(item.who("ansvarig"), _said(item, "vad")) for item in plan.root.each("aktiviteter")]
    for task, goal in plan.tasks():
        if is_open(task):
            said = f"{task.text('vad')}{_PRIVATE}" if goal.flag("privat") else _said(task, "vad")
            found.append((task.who("vem"), said))
    return found
