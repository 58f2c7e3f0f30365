"""What is new since the old plan, in plain sentences: two plans → groups under the headings of the plan.

A goal, an åtgärd, an insats and a meeting have sentences of their own here; any other field is told by `sentences`
from its label alone, so that a field added to the schema is told of at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipsite import dates
from ipsite.changes import Change, changes
from ipsite.model import Node, Plan
from ipsite.pairing import pairing
from ipsite.slug import slug
from ipsite.views.blocks import Block, Bullets, Section, text
from ipsite.views.changed_people import copies, everyone, signed
from ipsite.views.changed_things import about_goal, about_measure, about_meeting, gone_goal, responsible
from ipsite.views.sentences import Both, Said, is_short, items, joined, leaves, one_line, stopped

ABOUT = "Om planen"
_FIRST = (
    *("titel", "status", "gäller", "anledning", "behov", "mål", "insats", "utförare", "uppdrag", "aktiviteter"),
    *("insatser", "möten", "uppföljning", "följs_upp", "personer", "person"),
)
NOTHING = "Inget har ändrats sedan förra planen."
_STATUS = {"utkast": "Planen är ett utkast.", "gällande": "Planen gäller nu.", "avslutad": "Planen är avslutad."}


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that belong together, under a heading."""

    title: str
    sentences: tuple[str, ...]


def told(old: Plan, new: Plan) -> tuple[Group, ...]:
    """Everything that differs between two plans of one kind; nothing when nothing does."""
    both = Both(old, new, pairing(old, new))
    groups: dict[str, list[str]] = {}
    for change in sorted(changes(old, new, both.same), key=_rank):
        for title, sentence in _section(change, both):
            groups.setdefault(title, []).append(sentence)
    return tuple(Group(title, tuple(sentences)) for title, sentences in groups.items())


def _rank(change: Change) -> int:
    """What one looks for first stands first: the plan itself, goals, insatser, meetings, people, and then the rest."""
    return _FIRST.index(change.field.key) if change.field.key in _FIRST else len(_FIRST)


def since(old: Plan, new: Plan) -> Section:
    """The section «Nytt sedan förra planen»."""
    opening = f"Jämfört med planen ”{old.title}”, version {dates.day(old.version)}."
    groups = told(old, new)
    title = "Nytt sedan förra planen"
    if not groups:
        return Section(slug(title), title, (text(f"{opening} {NOTHING}"),))
    parts: tuple[Block, ...] = tuple(
        Section(slug(f"nytt {group.title}"), group.title, (Bullets("", tuple((one,) for one in group.sentences)),))
        for group in groups
    )
    return Section(slug(title), title, (text(opening), *parts))


def _section(change: Change, both: Both) -> Iterator[tuple[str, str]]:
    """Heading and sentence, for all that differs in one field at the top of the plan."""
    title = change.field.title
    if change.field.key in _LISTS:
        yield from _LISTS[change.field.key](change, both)
    elif change.field.key in ("titel", "status", "gäller"):
        yield from ((ABOUT, sentence) for sentence in _about(change, both))
    elif change.inner and not isinstance(change.node.value, dict):
        if change.inner[0].node.value and isinstance(change.inner[0].node.value, dict):
            yield from ((title, sentence) for sentence in _things(change, both))
        else:
            yield from ((title, sentence) for sentence in items("", change))
    elif change.inner and not (change.is_new and any(isinstance(inner.node.value, tuple) for inner in change.inner)):
        yield from ((title, sentence) for sentence in leaves(change.inner, both))
    else:
        yield title, _whole(change, both)


def _whole(change: Change, both: Both) -> str:
    """A field at the top that has no parts that are told of one by one; the heading is its label."""
    if change.field.points_to == "person":
        came, went, _ = both.came_and_went(change)
        return " ".join(filter(None, (f"Nu {came}." if came else "", f"Inte längre {went}." if went else "")))
    if change.is_new or change.is_gone:
        return "Den här delen är ny." if change.is_new else "Den här delen är inte med längre."
    assert change.old is not None
    assert change.new is not None
    if is_short(change.old) and is_short(change.new):
        return stopped(f"{one_line(change.new)} i stället för {one_line(change.old)}")
    return "Texten är omskriven."


def _about(change: Change, both: Both) -> Iterator[str]:
    if change.field.key == "status":
        yield _STATUS.get(str(change.node.value)) or leaves([change], both)[0]
    elif change.field.key == "gäller":
        now, before = (_period(node) for node in (change.new, change.old))
        parts = (f"Planen gäller {now}." if now else "", f"Den förra gällde {before}." if before else "")
        yield " ".join(filter(None, parts))
    else:
        yield from leaves([change], both)


def _period(node: Node | None) -> str:
    return dates.period(node.date("från"), node.date("till")) if node is not None else ""


def _goals(change: Change, both: Both) -> Iterator[tuple[str, str]]:
    title = change.field.title
    for goal in change.inner:
        if goal.is_new:
            yield title, f"Nytt mål: {stopped(goal.node.text('mål'))}"
    for goal in change.inner:
        if goal.is_gone:
            yield title, gone_goal(goal.node)
    for goal in change.inner:
        if not goal.is_gone:
            under = f"Mål: {goal.node.text('mål')}"
            yield from ((under, sentence) for sentence in about_goal(goal, both))


def _measures(change: Change, both: Both) -> Iterator[tuple[str, str]]:
    yield from ((change.field.title, about_measure(measure, both)) for measure in change.inner)


def _meetings(change: Change, both: Both) -> Iterator[tuple[str, str]]:
    title = change.field.title
    for meeting in change.inner:
        if not meeting.is_gone:
            yield title, about_meeting(meeting, both)
    gone = [meeting.node for meeting in change.inner if meeting.is_gone]
    if gone:
        many = f"{len(gone)} möten" if len(gone) > 1 else "1 möte"
        yield title, f"{many} står bara i den förra planen."


def _things(change: Change, both: Both) -> Iterator[str]:
    """A list of mappings without sentences of its own: what each is, and what in it differs."""
    for item in change.inner:
        name = _name(item)
        if item.is_new:
            yield f"Nytt: {stopped(name)}"
        elif item.is_gone:
            yield f"Inte med längre: {stopped(name)}"
        else:
            yield joined(name, name, _parts(item, both))


def _parts(item: Change, both: Both) -> Iterator[Said | str]:
    for inner in item.inner:
        if inner.field.key == "ansvarig":
            yield responsible(*both.came_and_went(inner))
    yield from leaves((inner for inner in item.inner if inner.field.key != "ansvarig"), both)


def _name(item: Change) -> str:
    """What an item is called: its required texts."""
    texts = [inner for inner in item.node if inner.field.required and isinstance(inner.value, str)]
    return ", ".join(one_line(inner) for inner in texts if not inner.field.points_to) or item.field.title


_LISTS = {
    "mål": _goals,
    "insatser": _measures,
    "möten": _meetings,
    "personer": everyone,
    "exemplar": copies,
    "underskrifter": signed,
}
