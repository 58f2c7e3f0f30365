"""Folding of Swedish text to what addresses, ids and file names can hold. Done here and nowhere else."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 60
_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # ten digits in a row could be taken for a personal number
_ASCII = re.compile(r"[\x00-\x7f]+")
_MARK = 6  # letters at the end of what is cut


@lru_cache(maxsize=2048)  # every plan has the same headings
def slug(text: str) -> str:
    """ "Öva på att åka buss" → "ova-pa-att-aka-buss"; at most 60 characters, never empty.

    What is longer is cut, and letters of other scripts are left out; such a text ends with letters of its own, so
    that two of them are told apart by what they say, and not by which of them stands first.
    """
    apart = unicodedata.normalize("NFKD", text)
    folded = re.sub(r"[^a-z0-9]+", "-", apart.encode("ascii", "ignore").decode().lower()).strip("-")
    if len(folded) <= _LONGEST and not any(map(str.isalpha, _ASCII.sub("", apart))):
        return folded or "x"
    whole = " ".join(re.findall(r"\w+", apart.lower()))
    return f"{folded[: _LONGEST - _MARK - 1].rstrip('-') or 'x'}-{letters(whole, _MARK)}"


def letters(text: str, count: int) -> str:
    """So many letters that follow from a text and tell nothing of it."""
    return hashlib.sha256(text.encode()).hexdigest()[:count].translate(_LETTERS)


def unique(names: Iterable[str]) -> list[str]:
    """Each name made a slug; a slug that comes again gets a number: "moten", "moten-2"."""
    taken: set[str] = set()
    return [free(slug(name), taken) for name in names]


def free(name: str, taken: set[str]) -> str:
    """The name, or the first like it with a number that is not `taken` ("moten-2"); it is taken from then on."""
    made, number = name, 1
    while made in taken:
        number += 1
        made = f"{name}-{number}"
    taken.add(made)
    return made
