"""What of two plans a reader may compare: what the reader may see in both of them, and nothing more.

What is marked as private in either plan is taken away from both, so that nobody can read from «new» or «no longer
there» that something has become private. Parts that are shared in one of them only are taken away too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from ipsite.audience import Refusal, allowed_parts, copy_for, with_parts
from ipsite.load import Way
from ipsite.model import MYSELF, Node, Plan
from ipsite.pairing import Pairs, pairing
from ipsite.references import resolve

_PROTECTED = ("person", "skyddade_uppgifter")


def comparable(old: Plan, new: Plan, reader: str, today: date, visible: Iterable[str] = ()) -> tuple[Plan, Plan] | None:
    """Both plans as `reader` may see them on the day `today`; None when the reader may not see both, or when the key
    is not the same human being in both, or when the plans are of different kinds or for different persons."""
    if old.kind != new.kind or not same_person(old, new):
        return None
    if reader == MYSELF:
        return old, new
    if any(reader not in plan.people for plan in (old, new)):
        return None
    if old.people[reader].text("namn") != new.people[reader].text("namn"):
        return None
    pairs = pairing(old, new)
    seen = frozenset(visible) | {old.id, new.id}
    made = [copy_for(plan, reader, today, seen) for plan in _as_private(old, new, pairs)]
    if any(isinstance(copy, Refusal) for copy in made):
        return None
    before, after = (copy for copy in made if isinstance(copy, Plan))
    for parts in (allowed_parts(old, reader, today), allowed_parts(new, reader, today)):
        before, after = with_parts(before, parts), with_parts(after, parts)
    back = {there: here for here, there in pairs.items()}
    return _with_people_of(before, after, back), _with_people_of(after, before, pairs)


def same_person(old: Plan, new: Plan) -> bool:
    """Whether two plans are for the same person: by the name, or by what she is called."""
    return any(old.person.text(key) == new.person.text(key) != "" for key in ("namn", "kallas"))


def with_comparisons(
    copies: Iterable[Plan], whole: Collection[Plan], reader: str, today: date, wrong: Collection[str] = ()
) -> list[Plan]:
    """`copies` for a reader, each with what it may be compared with (the plan that it takes over from, if that is
    among the `whole` plans, the reader may see it, and nothing in its file is `wrong`) and with the titles of those of
    the reader's plans that it names: the person has all of them, also when only some are copied."""
    everything = {plan.id: plan for plan in whole}
    made = list(copies)
    titles = {plan.id: plan.title for plan in (whole if reader == MYSELF else made)}
    result = []
    for copy in made:
        new = everything[copy.id]
        before = resolve(new.root.text("ersätter"), new.id, everything)
        old = everything[before] if before not in (None, new.id) else None
        compared = comparable(old, new, reader, today, titles) if old and old.file not in wrong else None
        result.append(replace(copy, compared=compared, beside=_beside(copy, titles)))
    return result


def _beside(plan: Plan, titles: Mapping[str, str]) -> dict[str, str]:
    """Of the titles, by id, those of the other plans that `plan` names."""
    named = (resolve(related.text("plan"), plan.id, titles) for related in plan.root.each("andra_planer"))
    return {other: titles[other] for other in named if other not in (None, plan.id)}


def _as_private(old: Plan, new: Plan, pairs: Pairs) -> tuple[Plan, Plan]:
    """The plans with everything private that is private in either of them, and data protected if they are in either."""
    hidden_old, hidden_new = _hidden(old.root), _hidden(new.root)
    back = {there: here for here, there in pairs.items()}
    protected = any(plan.person.flag("skyddade_uppgifter") for plan in (old, new))
    return (
        _marked(old, {back[way] for way in hidden_new if way in back}, protected=protected),
        _marked(new, {pairs[way] for way in hidden_old if way in pairs}, protected=protected),
    )


def _hidden(node: Node, *, within: bool = False) -> set[Way]:
    """The places of all items that are private, or inside something private."""
    private = within or (isinstance(node.value, dict) and bool(node.path) and node.flag("privat"))
    found = {node.path} if private else set()
    if isinstance(node.value, dict | tuple):
        for inner in node:
            found |= _hidden(inner, within=private)
    return found


def _marked(plan: Plan, private: set[Way], *, protected: bool) -> Plan:
    """The plan with the items at `private` marked as private."""

    def mark(node: Node) -> Node:
        if isinstance(node.value, tuple):
            return replace(node, value=tuple(map(mark, node.value)))
        if not isinstance(node.value, dict):
            return node
        inner = {key: mark(value) for key, value in node.value.items()}
        if node.path in private and "privat" in node.field.properties:
            inner["privat"] = Node(node.field.properties["privat"], True, (*node.path, "privat"), node.place)
        if protected and node.path == _PROTECTED[:1]:
            inner[_PROTECTED[1]] = Node(node.field.properties[_PROTECTED[1]], True, _PROTECTED, node.place)
        return replace(node, value=inner)

    return replace(plan, root=mark(plan.root))


def _with_people_of(plan: Plan, other: Plan, here: Pairs) -> Plan:
    """`plan` with the people whom only `other` names to the reader, though both plans have them: else they would look
    new or gone. `here` are the places in `plan` of what stands in `other`."""
    people = plan.root["personer"]
    more = {
        str(place[-1]): replace(person, path=place)
        for key, person in other.people.items()
        if (place := here.get(("personer", key))) is not None and place[-1] not in plan.people
    }
    everyone = replace(people, value={**people.value, **more})
    return replace(plan, root=replace(plan.root, value={**plan.root.value, "personer": everyone}))
