"""One difference → a Swedish sentence, for any field: by its label, and in the same few turns of speech."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ipsite import dates
from ipsite.changes import Change
from ipsite.model import Node, Plan, keys_of
from ipsite.pairing import Pairs, who
from ipsite.views import generic, people

_SHORT = 60  # letters; a longer text is only said to be changed, so that nobody has to compare it by ear
_LISTED = 3  # so many items of a list are read out


@dataclass(frozen=True, slots=True)
class Both:
    """The two plans that are compared, and who in them is the same."""

    old: Plan
    new: Plan
    same: Pairs

    def came_and_went(self, change: Change) -> tuple[str, str, bool]:
        """Names of those who are new in a field of people, names of those who are gone, and whether anyone stays."""
        after = keys_of(change.new)
        before = keys_of(change.old)
        was, now = who(before, self.same), frozenset(after)
        came = [people.name(self.new, key) for key in after if key not in was]
        went = [people.name(self.old, key) for key in before if not who([key], self.same) <= now]
        return listed(came), listed(went), bool(was & now)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a thing, whose name goes between `before` and `after`."""

    before: str
    after: str


def listed(words: Iterable[str]) -> str:
    """ "Anna, Bo och Cecilia"."""
    *first, last = tuple(words) or ("",)
    return f"{', '.join(first)} och {last}" if first else last


def stopped(words: str) -> str:
    """A sentence with its full stop, once."""
    words = " ".join(words.split())
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def capital(words: str) -> str:
    """Words as they stand first in a sentence."""
    return words[:1].upper() + words[1:]


def joined(name: str, pronoun: str, said: Iterable[Said | str], opening: str = "Ändrat i") -> str:
    """Sentences about one thing in a row: it is named in the first, and then "det" or "insatsen"."""
    parts: list[str] = []
    called = name
    for one in said:
        if isinstance(one, Said):
            inside = f"”{called}”" if one.before and called == name and name[:1] != "”" else called
            words = f"{one.before}{inside}{one.after}"
            parts.append(stopped(capital(words)))
        else:
            parts += [stopped(one)] if parts else [stopped(f"{opening} {name}"), stopped(one)]
        called = pronoun
    return " ".join(parts)


def dates_of(new: date, old: date) -> str:
    """ "15 maj 2026 i stället för 31 mars": the year is said once when it is the same."""
    before = dates.day(old)
    if new.year == old.year:
        before = before.removesuffix(f" {old.year}")
    return f"{dates.day(new)} i stället för {before}"


def leaves(changes: Iterable[Change], both: Both) -> list[str]:
    """Sentences for any fields: those with short values one by one, then long texts together."""
    told: list[str] = []
    gathered: dict[str, list[str]] = {}
    for change in changes:
        if isinstance(change.node.value, dict) and change.inner:
            told += leaves(change.inner, both)
        elif isinstance(change.node.value, tuple) and change.field.points_to != "person":
            told += items(f"under ”{change.field.title}”", change)
        elif words := _leaf(change, both):
            told.append(words)
        else:
            gathered.setdefault(_sort(change), []).append(f"”{change.field.title}”")
    return [*told, *(f"{sort}: {listed(titles)}." for sort, titles in gathered.items())]


def _sort(change: Change) -> str:
    if change.is_gone:
        return "Står inte med längre"
    return "Nytt" if change.is_new else "Ändrad text"


def _leaf(change: Change, both: Both) -> str:
    """A sentence with the value itself, or "" when it is to be gathered with others."""
    title, node = change.field.title, change.node
    if change.field.points_to == "person":
        return _people(title, *both.came_and_went(change))
    if node.value is True and change.is_gone:
        return f"{title}: nej."
    if isinstance(node.value, dict) or change.is_gone or not is_short(change.new):
        return ""
    assert change.new is not None
    if change.old is None or isinstance(node.value, bool):
        return stopped(f"{title}: {one_line(change.new)}")
    if not is_short(change.old):
        return stopped(f"{title} är nu: {one_line(change.new)}")
    if type(node.value) is date:
        return f"{title}: {dates_of(node.value, change.old.value)}."
    return stopped(f"{title}: {one_line(change.new)} i stället för {one_line(change.old)}")


def _people(title: str, came: str, went: str, stay: bool) -> str:
    if came and went:
        return f"{title}: nu också {came}, men inte {went}." if stay else f"{title}: {came} i stället för {went}."
    if came:
        return f"{title}: {'nu också ' if stay else ''}{came}."
    return f"{title}: inte längre {went}."


def items(where: str, change: Change) -> list[str]:
    """Sentences for a list of texts: what is new, what is worded anew, what is gone."""
    new = [inner for inner in change.inner if inner.is_new]
    gone = [inner for inner in change.inner if inner.is_gone]
    anew = [inner for inner in change.inner if not inner.is_new and not inner.is_gone]
    parts = (("Nytt", new), ("Ändrat", anew), ("Inte med längre", gone))
    return [_items(f"{word} {where}".strip(), found) for word, found in parts if found]


def _items(opening: str, found: list[Change]) -> str:
    if len(found) > _LISTED:
        return f"{opening}: {len(found)} punkter."
    return f"{opening}: {' '.join(stopped(_item(inner.node)) for inner in found)}"


def _item(node: Node) -> str:
    return node.field.title if isinstance(node.value, dict) else one_line(node)


def is_short(node: Node | None) -> bool:
    """Whether a value can stand inside a sentence."""
    if node is None or not isinstance(node.value, str):
        return True
    whole = len(node.value) <= _SHORT and "\n" not in node.value
    return whole and re.search(r"[.!?…](\s+[A-ZÅÄÖ]|$)", node.value) is None


def one_line(node: Node) -> str:
    """A single value in words, on one line."""
    return " ".join(generic.value(node))
