"""Sentences of their own for what a plan is made of: goals, åtgärder, insatser and meetings."""

from __future__ import annotations

from collections.abc import Iterator

from ipsite import dates
from ipsite.changes import Change
from ipsite.model import Node
from ipsite.views import people
from ipsite.views.sentences import Both, Said, dates_of, joined, leaves, listed, stopped

_GOAL = {
    "planerat": " är planerat.",
    "pågår": " pågår nu.",
    "nått": " är uppnått.",
    "delvis nått": " är delvis nått.",
    "vilar": " vilar.",
    "avbrutet": " är avbrutet.",
}
_GOAL_GONE = {
    "nått": "är uppnått och inte med längre",
    "delvis nått": "blev delvis nått och är inte med längre",
    "vilar": "vilade och är inte med längre",
    "avbrutet": "är avbrutet och inte med längre",
}
_ACTION = {
    "ej påbörjad": " är inte påbörjat.",
    "pågår": " pågår.",
    "klar": " är klart.",
    "blev inte av": " blev inte av.",
}
_MEASURE = {"planerad": " är nu planerad.", "önskad": " är nu ett önskemål.", "avslutad": " är avslutad."}
_ONLY_MINE = {True: " syns nu bara i det egna exemplaret.", False: " syns inte längre bara i det egna exemplaret."}


def gone_goal(goal: Node) -> str:
    """A goal that the new plan does not have."""
    return f"Målet ”{goal.text('mål')}” {_GOAL_GONE.get(goal.text('status'), 'är inte med längre')}."


def about_goal(goal: Change, both: Both) -> Iterator[str]:
    """What differs in a goal, under a heading that names it; for a new one, what has been moved to it."""
    rest: list[Change] = []
    for change in goal.inner:
        key = change.field.key
        if key == "mål" and change.old is not None:
            yield f"Förut hette målet: {stopped(change.old.value)}"
        elif key == "status" and change.node.value in _GOAL:
            yield f"Målet{_GOAL[change.node.value]}"
        elif key == "viktigast":
            yield "Målet är viktigast just nu." if _is_so(change) else "Målet är inte längre det viktigaste."
        elif key == "privat":
            yield f"Målet{_ONLY_MINE[_is_so(change)]}"
        elif key not in ("åtgärder", "uppföljning"):
            rest.append(change)
    yield from leaves(rest, both)
    for change in goal.inner:
        if change.field.key == "åtgärder":
            yield from (about_action(action, both) for action in change.inner)
        elif change.field.key == "uppföljning":
            yield from _follow_ups(change, both)


def _is_so(change: Change) -> bool:
    return change.new is not None and change.new.value is True


def about_action(action: Change, both: Both) -> str:
    """An åtgärd that is new, gone, moved or changed."""
    node = action.node
    name = f"”{node.text('vad')}”"
    if action.is_new:
        who = listed(people.name(both.new, key) for key in node.who("vem"))
        by = node.date("klart")
        return f"Nytt att göra: {stopped(node.text('vad'))} Det gör {who}{f', senast {dates.day(by)}' if by else ''}."
    if action.is_gone:
        done = node.text("status") == "klar"
        return f"{name} är klart och inte med längre." if done else f"{name} är inte med längre."
    return joined(name, "det", _of_action(action, both))


def _of_action(action: Change, both: Both) -> Iterator[Said | str]:
    if action.moved is not None:
        yield Said("", f" hörde förut till målet ”{action.moved.text('mål')}”.")
    rest: list[Change] = []
    for change in action.inner:
        key = change.field.key
        if key == "vad" and change.old is not None:
            yield Said("", f" stod förut så här: {stopped(change.old.value)}")
        elif key == "vem":
            yield _doers(*both.came_and_went(change))
        elif key == "klart":
            yield Said("", _deadline(change))
        elif key == "status" and change.node.value in _ACTION:
            yield Said("", _ACTION[change.node.value])
        elif key == "privat":
            yield Said("", _ONLY_MINE[_is_so(change)])
        else:
            rest.append(change)
    yield from leaves(rest, both)


def _doers(came: str, went: str, stay: bool) -> Said:
    if came and went:
        return Said(f"{came} gör nu ", f" i stället för {went}.")
    if came:
        return Said(f"{came} gör nu {'också ' if stay else ''}", ".")
    return Said(f"{went} gör inte längre ", ".")


def _deadline(change: Change) -> str:
    if change.new is None:
        return " har ingen sista dag längre."
    if change.old is None:
        return f" ska vara klart {dates.day(change.new.value)}."
    return f" ska vara klart {dates_of(change.new.value, change.old.value)}."


def _follow_ups(change: Change, both: Both) -> Iterator[str]:
    """New follow-ups of a goal together, with how the person rates it in the latest; those that are changed, and
    those that the new plan does not have, without what they say."""
    new = sorted((inner.node for inner in change.inner if inner.is_new), key=lambda note: note.text("datum"))
    if new:
        last, rating = dates.day(new[-1]["datum"].value), new[-1].text("min_bedömning")
        given = f" {both.new.called} ger målet {rating} av 5." if rating else ""
        many = f"{len(new)} nya uppföljningar, den senaste" if len(new) > 1 else "Ny uppföljning"
        yield f"{many} {last}.{given}"
    for inner in change.inner:
        if not inner.is_new and not inner.is_gone:
            yield f"Uppföljningen {dates.day(inner.node['datum'].value)} är ändrad."
    gone = sum(inner.is_gone for inner in change.inner)
    if gone:
        yield f"{gone} {'uppföljningar' if gone > 1 else 'uppföljning'} står bara i den förra planen."


def about_measure(measure: Change, both: Both) -> str:
    """An insats that is new, gone or changed."""
    node = measure.node
    name, status = node.text("insats"), node.text("status")
    if measure.is_new:
        return f"Ny insats: {stopped(name)} Den är {_granted(node) if status == 'beslutad' else status}."
    if measure.is_gone:
        was = {"avslutad": "är avslutad och inte", "önskad": "var önskad och är inte"}.get(status, "är inte")
        return f"{name} {was} med längre."
    return joined(name, "insatsen", _of_measure(measure, both))


def _of_measure(measure: Change, both: Both) -> Iterator[Said | str]:
    rest: list[Change] = []
    for change in measure.inner:
        key = change.field.key
        if key == "insats" and change.old is not None:
            yield Said("", f" hette förut ”{change.old.value}”.")
        elif key == "status" and change.node.value == "beslutad":
            yield Said("", f" är nu {_granted(measure.node)}.")
        elif key == "status" and change.node.value in _MEASURE:
            yield Said("", _MEASURE[change.node.value])
        elif key == "ansvarig":
            yield responsible(*both.came_and_went(change))
        elif key == "privat":
            yield Said("", _ONLY_MINE[_is_so(change)])
        else:
            rest.append(change)
    yield from leaves(rest, both)


def _granted(measure: Node) -> str:
    """What a decision means for the one who asked: by LSS and SoL one is granted what one has asked for."""
    return "beviljad" if any(law in measure.text("lagrum") for law in ("LSS", "SoL")) else "beslutad"


def responsible(came: str, went: str, stay: bool) -> Said:
    """Who answers for something now."""
    if came and went:
        return Said(f"{came} ansvarar nu för ", f" i stället för {went}.")
    if came:
        return Said(f"{came} ansvarar nu {'också ' if stay else ''}för ", ".")
    return Said(f"{went} ansvarar inte längre för ", ".")


def about_meeting(meeting: Change, both: Both) -> str:
    """A meeting that is new or changed; it is called by the day that one knew it by."""
    node = meeting.node
    if meeting.is_new:
        start = node.time("tid")
        return f"Nytt möte: {node.text('slag')}{f' {dates.moment(start)}' if start else ''}."
    assert meeting.old is not None
    start = meeting.old.time("tid")
    kind = node.text("slag")
    name = f"{kind}{'t' if kind.endswith('e') else ''}{f' {dates.day(start)}' if start else ''}"
    return joined(name, "mötet", _of_meeting(meeting, both))


def _of_meeting(meeting: Change, both: Both) -> Iterator[Said | str]:
    rest: list[Change] = []
    for change in meeting.inner:
        if change.field.key == "tid" and change.old is not None and change.new is not None:
            yield Said("", f" är flyttat till {dates.moment(change.new.value)}.")
        elif change.field.key == "privat":
            yield Said("", _ONLY_MINE[_is_so(change)])
        else:
            rest.append(change)
    yield from leaves(rest, both)
