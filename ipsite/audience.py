"""Who may see what: Plan × reader → Plan. What a reader may not see is taken away here, and only here.

Every view, page, paper, file name, count and search index is made from what is left, so that nothing can
leak that was never built. The person's own copy is the plan itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import is_

from ipsite import dates
from ipsite.model import MYSELF, Node, Plan, keys_of
from ipsite.references import resolve
from ipsite.suggest import did_you_mean

# Told to every reader who has a copy: what the paper is, whose, and whether it still holds.
_HEAD = ("format", "slag", "titel", "fiktiv", "skriven", "reviderad", "gäller", "status", "person", "personer")
_OF_THE_PERSON = ("namn", "kallas")  # of «person», to a reader who may not see that section
_MOST = 12  # keys that a message counts up; of very many plans there would be a page of them
_FIRST_COPY = "Skriv först under «exemplar» i planen vem som får en kopia, och vilken dag personen sa ja."
# Where the person can be found, when, and how she looks: never outside the own copy of protected data.
TRACES = frozenset(
    {"kommun", "region", "bild", "bildtext", "organisation", "telefon", "e_post", "plats", "tid", "länk"}
    | {"längd_minuter", "utförare", "omfattning", "när", "hur", "nämnd", "anteckningar"}
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a reader gets no copy. `message` names plan and key, never what the plan says."""

    plan: str
    message: str


def copy_for(plan: Plan, reader: str, today: date, visible: Iterable[str] = ()) -> Plan | Refusal:
    """What `reader` (a key under «personer», or «jag själv») may see of `plan` on the day `today`.

    `visible` are the ids of the plans that the reader may know of; references to others are taken away.
    """
    if reader == MYSELF:
        return plan
    if reader not in plan.people:
        return Refusal(plan.id, f"«{reader}» finns inte under «personer».")
    entries = _copies(plan, reader)
    if not entries:
        return Refusal(plan.id, f"«{reader}» har inget exemplar av planen. Lägg till det under «exemplar».")
    agreed = _agreed(plan, reader, today)
    if not agreed:
        ended = " Planen är avslutad: ska läsaren inte ha den längre, ta bort läsaren under «exemplar» i den."
        mend = "Fråga personen och skriv det under «exemplar»."
        return Refusal(plan.id, f"{_no_consent(entries[0], today)} {mend}{ended if plan.status == 'avslutad' else ''}")
    return replace(plan, root=_root(plan, agreed, frozenset(visible)), own=False, reader=_called(plan.people[reader]))


def _called(person: Node) -> str:
    """What a copy says of whose it is: the name, of somebody private the role."""
    return person.text("roll" if person.flag("privat") else "namn")


def copies_for(plans: Iterable[Plan], reader: str, today: date) -> tuple[list[Plan], list[Refusal]]:
    """What `reader` may see of a whole portfolio: the plans of which there is a copy for that reader.

    Any refusal means that nothing is to be built: a copy whose consent has run out, a key that nobody has,
    or one key that stands for different people in different plans.
    """
    everything = list(plans)
    if reader == MYSELF:
        return everything, []
    with_copy = [plan for plan in everything if reader in plan.people and _copies(plan, reader)]
    if not with_copy:
        known = {key for plan in everything for key in plan.people}
        hint = did_you_mean(reader, known - {reader})
        have = sorted({key for plan in everything for key in plan.people if _copies(plan, key)})
        who = f"De som har ett är: {', '.join(have)}." if len(have) <= _MOST else ""
        another = "Ska det finnas ett till, skriv det under «exemplar» i planen." if reader in known else ""
        if not have:
            who, another = _FIRST_COPY, ""
        parts = (f"Ingen plan har ett exemplar för «{reader}».", hint, who, another)
        return [], [Refusal("", " ".join(filter(None, parts)))]
    if len({plan.people[reader].text("namn") for plan in with_copy}) > 1:
        words = f"«{reader}» är olika människor i olika planer. Bygg för en mapp med planer i taget."
        return [], [Refusal(plan.id, words) for plan in with_copy]
    # A consent ends with its plan as a rule; an ended plan is then left out and stops nothing.
    wanted = [plan for plan in with_copy if plan.status != "avslutad" or _agreed(plan, reader, today)] or with_copy
    visible = [plan.id for plan in wanted]
    copies: list[Plan] = []
    refused: list[Refusal] = []
    for plan in wanted:
        if isinstance(made := copy_for(plan, reader, today, visible), Plan):
            copies.append(made)
        else:
            refused.append(made)
    return ([] if refused else copies), refused


def _copies(plan: Plan, reader: str) -> list[Node]:
    """What «exemplar» says of this reader."""
    return [entry for entry in plan.root.each("exemplar") if reader in entry.who("till")]


def _agreed(plan: Plan, reader: str, today: date) -> list[Node]:
    """The copies that the person agrees to today."""
    return [entry for entry in _copies(plan, reader) if _no_consent(entry, today) is None]


def _no_consent(entry: Node, today: date) -> str | None:
    """Why the consent of a copy does not hold today; None when it does."""
    consent = entry.get("samtycke")
    if consent is None or (given := consent.date("datum")) is None:
        return "Samtycke saknas för det här exemplaret."
    if given > today:
        return f"Samtycket gäller först från {dates.day(given)}."
    until = consent.date("till_och_med")
    if until is not None and until < today:
        return f"Samtycket gick ut {dates.day(until)}."
    return None


def to_hand_out(plan: Plan, meeting: Node | None = None) -> Plan:
    """The plan as everyone at a meeting may see it: without what is private, but with `meeting`, which they are at."""

    def told(node: Node) -> Node:
        return _only(node, lambda key: key != "privat") if node is meeting else _map(node, told)

    root = _without_private(told(plan.root))
    return replace(plan, root=_people(root, everyone=True), own=False)


def _root(plan: Plan, agreed: list[Node], visible: frozenset[str]) -> Node:
    parts = _parts(agreed)
    root = _without_private(plan.root if parts is None else _sections(plan.root, parts))
    root = _without_references(root, plan.id, visible)
    if plan.person.flag("skyddade_uppgifter"):
        root = _without_traces(root)
    return _people(root, everyone=parts is None or "personer" in parts)


def allowed_parts(plan: Plan, reader: str, today: date) -> frozenset[str] | None:
    """The sections of `plan` that the person agrees to that `reader` sees; None for all of them."""
    return _parts(_agreed(plan, reader, today))


def with_parts(plan: Plan, parts: frozenset[str] | None) -> Plan:
    """A copy with no more than `parts`, what every reader is told, and the people."""
    return plan if parts is None else replace(plan, root=_sections(plan.root, parts))


def _sections(root: Node, parts: frozenset[str]) -> Node:
    kept = {key: node for key, node in root.value.items() if key in parts or key in _HEAD}
    if "person" not in parts:
        kept["person"] = _only(kept["person"], lambda key: key in _OF_THE_PERSON)
    return replace(root, value=kept)


def _parts(agreed: list[Node]) -> frozenset[str] | None:
    """The sections that the copies together allow; None for all of them."""
    if any("delar" not in entry for entry in agreed):
        return None
    return frozenset(part.value for entry in agreed for part in entry.each("delar"))


def _only(node: Node, holds: Callable[[str], bool]) -> Node:
    return replace(node, value={key: inner for key, inner in node.value.items() if holds(key)})


def _map(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """The same tree with every inner node changed, or taken away where `change` gives None; the node itself, and no
    copy, where that changes nothing."""
    if isinstance(node.value, dict):
        made = {key: change(inner) for key, inner in node.value.items()}
        if all(map(is_, made.values(), node.value.values())):
            return node
        return replace(node, value={key: inner for key, inner in made.items() if inner is not None})
    if isinstance(node.value, tuple):
        items = tuple(map(change, node.value))
        if all(map(is_, items, node.value)):
            return node
        return replace(node, value=tuple(inner for inner in items if inner is not None))
    return node


def _without_private(node: Node) -> Node:
    """Items marked «privat» taken away; people so marked stay, since others may have tasks from them."""

    def change(inner: Node) -> Node | None:
        in_a_list = isinstance(inner.path[-1], int)
        if in_a_list and isinstance(inner.value, dict) and inner.flag("privat"):
            return None
        return _map(inner, change)

    return _map(node, change)


def _without_references(root: Node, plan_id: str, visible: frozenset[str]) -> Node:
    """References to plans that the reader may not know of taken away."""

    def change(inner: Node) -> Node | None:
        if inner.field.points_to == "plan" and resolve(inner.value, plan_id, visible) is None:
            return None
        return _map(inner, change)

    return _map(root, change)


def _without_traces(root: Node) -> Node:
    def change(inner: Node) -> Node | None:
        return None if inner.field.key in TRACES else _map(inner, change)

    return _map(root, change)


def _people(root: Node, *, everyone: bool) -> Node:
    """The people that the copy may name: all, or those that what is left speaks of; private ones by role."""
    spoken_of = _named(root)
    people = root["personer"]
    kept = {
        key: _by_role(person) if person.flag("privat") else person
        for key, person in people.value.items()
        if (everyone and not person.flag("privat")) or key in spoken_of
    }
    return replace(root, value={**root.value, "personer": replace(people, value=kept)})


def _named(node: Node) -> frozenset[str]:
    if node.field.points_to == "person":
        return frozenset(keys_of(node))
    if isinstance(node.value, str | int | float | date):
        return frozenset()
    return frozenset(key for inner in node for key in _named(inner))


def _by_role(person: Node) -> Node:
    """A private person: the role stands where the name stood."""
    role = person["roll"]
    return replace(person, value={"namn": replace(role, field=person["namn"].field), "roll": role,
                                  "huvudman": person["huvudman"]})  # fmt: skip
