"""Who: keys of a plan's people → what a reader sees."""

from __future__ import annotations

from collections.abc import Iterable

from ipsite.model import MYSELF, Plan
from ipsite.slug import unique

# The four kinds of people around the person, as colours and signs tell them apart.
PARTIES = {
    "kommun": "kommun",
    "region": "region",
    "annan": "annan",
    "företrädare": "nära",
    "närstående": "nära",
}


def name(plan: Plan, key: str) -> str:
    """ "Karin Holm"; for the person "Alva"."""
    return plan.called if key == MYSELF else plan.people[key].text("namn")


def genitive(name: str) -> str:
    """ "Alva" → "Alvas", "Agnes" → "Agnes"."""
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def role(plan: Plan, key: str) -> str:
    """ "LSS-handläggare, Exempelstads kommun"; for the person "jag själv"."""
    if key == MYSELF:
        return MYSELF
    person = plan.people[key]
    organisation = person.text("organisation")
    if organisation == person.text("namn"):
        organisation = ""
    return ", ".join(part for part in (person.text("roll"), organisation) if part)


def with_role(plan: Plan, key: str) -> str:
    """ "Karin Holm, LSS-handläggare"; for the person "Alva, jag själv"; the role once where it stands for the name."""
    title = MYSELF if key == MYSELF else plan.people[key].text("roll")
    return ", ".join(dict.fromkeys((name(plan, key), title)))


def names(plan: Plan, keys: Iterable[str]) -> tuple[str, ...]:
    """One line for each of the people, with role."""
    return tuple(with_role(plan, key) for key in keys)


def names_to_others(plan: Plan, keys: Iterable[str]) -> tuple[str, ...]:
    """The same on a paper that speaks to others: the person is called by name alone, for "I" would be the reader."""
    return tuple(name(plan, key) if key == MYSELF else with_role(plan, key) for key in keys)


def marks(plan: Plan, keys: Iterable[str]) -> list[str]:
    """What tells each of the people apart in the names of files: the key, or for somebody who is named by role the
    role, since a key may be a name."""
    return unique(
        key if key == MYSELF or name(plan, key) != plan.people[key].text("roll") else name(plan, key) for key in keys
    )


def party(plan: Plan, key: str) -> str:
    """Which of the four kinds of people `key` is; "" for the person."""
    return "" if key == MYSELF else PARTIES[plan.people[key].text("huvudman")]
