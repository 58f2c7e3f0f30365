"""Plans that hang together, and where the pages of each person stand: all that a page needs to know of other plans.

A circle holds every plan of a person, and the plans that those name. No page of a circle depends on a plan outside it,
but for the addresses here, so circles can be made one at a time, several at once, and again when one has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ipsite.references import resolve
from ipsite.slug import slug
from ipsite.views.brief import Brief

TO_DO = "att-gora"
EASY = "lattlast"  # below a plan's page: its twin
SEVERAL = 6  # more people than this have a page each


@dataclass(frozen=True, slots=True)
class Places:
    """Where pages stand, below the folder of plans: `to_do` what each person has to do, `people` the page of each
    person ("" when all stand on one page), by name; `alone` are the plans whose twin has no place."""

    to_do: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()

    def of(self, briefs: Iterable[Brief]) -> Places:
        """The places of some plans and their people alone."""
        some = tuple(briefs)
        names = {one.name for one in some}
        return Places(
            {name: self.to_do[name] for name in names if name in self.to_do},
            {name: self.people[name] for name in names if name in self.people},
            self.alone & {one.id for one in some},
        )


def by_person(briefs: Iterable[Brief]) -> dict[str, list[Brief]]:
    """The plans of each person, people and plans in the order of the plans' ids."""
    people: dict[str, list[Brief]] = {}
    for one in sorted(briefs, key=lambda one: one.id):
        people.setdefault(one.name, []).append(one)
    return people


def circles(briefs: Iterable[Brief]) -> tuple[tuple[Brief, ...], ...]:
    """All plans, those together that belong to a person of the same name or name one another. By id, within and
    between."""
    everything = sorted(briefs, key=lambda one: one.id)
    parent = {one.id: one.id for one in everything}

    def root(plan: str) -> str:
        while parent[plan] != plan:
            parent[plan] = plan = parent[parent[plan]]
        return plan

    first: dict[str, str] = {}  # the first plan of each person; rules compare names whatever their capitals
    for one in everything:
        others = (resolve(reference, one.id, parent) for reference in one.names)
        for other in (first.setdefault(one.name.casefold(), one.id), *others):
            if other is not None:
                parent[max(root(one.id), root(other))] = min(root(one.id), root(other))
    found: dict[str, list[Brief]] = {}
    for one in everything:
        found.setdefault(root(one.id), []).append(one)
    return tuple(map(tuple, found.values()))


def places(briefs: Iterable[Brief]) -> Places:
    """Where the pages of each person stand: never where another page does."""
    people = by_person(briefs)
    ids = frozenset(one.id for own in people.values() for one in own)
    folders = {name: own[0].id.rpartition("/")[0] for name, own in people.items()}  # of her first plan
    to_do = {
        name: f"{folders[name]}/{TO_DO}" if folders[name] else TO_DO
        for name, own in people.items()
        if any(one.has_duties for one in own)
    }
    pages = {name: slug(f"person {name}") for name in people}
    several = len(people) > SEVERAL
    return Places(
        _apart(to_do, ids),
        _apart(pages, ids) if several else dict.fromkeys(people, ""),
        frozenset(plan for plan in ids if f"{plan}/{EASY}" in ids),
    )


def _apart(wanted: Mapping[str, str], ids: frozenset[str]) -> dict[str, str]:
    """The addresses that are wanted, with a number where a plan or another page has that place already."""
    taken = set(ids)
    last: dict[str, int] = {}  # the number that was given last, so that many alike take no longer than few
    found: dict[str, str] = {}
    for name, base in wanted.items():
        made, number = base, last.get(base, 1)
        while made in taken:
            number += 1
            made = f"{base}-{number}"
        last[base] = number
        taken.add(made)
        found[name] = made
    return found
