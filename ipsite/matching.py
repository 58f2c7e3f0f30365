"""Which of the old things is which of the new ones, when they may have been moved or worded anew. Pure text.

The same things always give the same pairs: nothing is left to chance or to the order in which a set is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LEAST = 0.5  # so alike two names must be, of 1, to be of the same thing
_SILENT = frozenset(
    (
        *("alla", "allt", "att", "den", "det", "ett", "för", "från", "han", "har", "hon", "hur", "inte", "jag", "kan"),
        *("med", "men", "mig", "min", "mina", "mitt", "när", "och", "också", "sig", "sin", "sina", "sitt", "ska"),
        *("som", "till", "under", "upp", "vara", "vid", "vill"),
    )
)
_BEGINNING = 0.6  # so much of the longer word two forms of a word must share: "kör", "kören"


@dataclass(frozen=True, slots=True)
class Thing:
    """What is looked at to tell things apart.

    `content` is all of it; `name` what it is called; `mark` what tells it for sure ("" when nothing does);
    `words` what else it says. With `only_mark` no likeness of words is enough. Marks that are `firm` also tell
    things apart: two that differ are not of the same thing, unless it has the same name.
    """

    content: Hashable
    name: str
    mark: str = ""
    words: frozenset[str] = frozenset()
    only_mark: bool = False
    firm: bool = True


def pairs(old: Sequence[Thing], new: Sequence[Thing], least: float = LEAST) -> dict[int, int]:
    """Index of old → index of new, for those that are the same thing. Each has one partner at most.

    First those that are just the same, then those with the same name or mark, then the most alike; of equally
    good ones, those whose places are nearest.
    """
    found = _just_the_same(old, new)
    left_old = [i for i in range(len(old)) if i not in found]
    left_new = sorted(set(range(len(new))) - set(found.values()))
    ranked = sorted(
        (-rank, -like, abs(i - j), i, j)
        for i in left_old
        for j in left_new
        for rank, like in [_rank(old[i], new[j], least)]
        if rank
    )
    taken: set[int] = set()
    for _, _, _, i, j in ranked:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return dict(sorted(found.items()))


def _just_the_same(old: Sequence[Thing], new: Sequence[Thing]) -> dict[int, int]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j, thing in enumerate(new):
        places[thing.content].append(j)
    found = {}
    for i, thing in enumerate(old):
        if places[thing.content]:
            found[i] = places[thing.content].pop(0)
    return found


def _rank(old: Thing, new: Thing, least: float) -> tuple[int, float]:
    """How sure it is that they are the same, from 3 to 0 (they are not), and how alike they are."""
    same_name = _folded(old.name) == _folded(new.name) != ""
    same_mark = old.mark == new.mark != ""
    if same_mark or (same_name and not old.only_mark):
        return (3 if same_mark and same_name else 2), _overlap(old.words, new.words)
    if old.only_mark or (old.firm and old.mark and new.mark):
        return 0, 0.0
    names = likeness(old.name, new.name)
    like = max(names, (names + _overlap(old.words, new.words)) / 2)
    return (1, like) if like >= least else (0, 0.0)


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1: the share of their words that the other has, in any form."""
    if _beginnings(one).isdisjoint(_beginnings(other)):
        return 0.0
    first, second = _telling(one), _telling(other)
    left = list(second)
    shared = 0
    for word in first:
        twin = next((candidate for candidate in left if _same_word(word, candidate)), None)
        if twin is not None:
            left.remove(twin)
            shared += 1
    return 2 * shared / (len(first) + len(second))


def words(text: str) -> frozenset[str]:
    """The words of a text that say something."""
    return frozenset(_telling(text))


@lru_cache(1 << 12)
def _telling(text: str) -> tuple[str, ...]:
    """Words of three letters or more that carry meaning, in the order they stand."""
    return tuple(word for word in re.findall(r"[^\W\d_]{3,}", text.casefold()) if word not in _SILENT)


@lru_cache(1 << 12)
def _beginnings(text: str) -> frozenset[str]:
    """How the telling words of a text begin: two texts without any such in common share no word in any form."""
    return frozenset(word[:3] for word in _telling(text))


@lru_cache(1 << 16)
def _same_word(one: str, other: str) -> bool:
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= max(3, _BEGINNING * max(len(one), len(other)))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


@lru_cache(1 << 12)
def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
