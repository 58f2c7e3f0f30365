"""Folding of Swedish text to what addresses, ids and file names can hold. Done here and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def slug(text: str) -> str:
    """ "Öva på att åka buss" → "ova-pa-att-aka-buss"; at most 60 characters, never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "x"


def unique(names: Iterable[str]) -> list[str]:
    """Each name made a slug; a slug that comes again gets a number: "moten", "moten-2"."""
    result: list[str] = []
    taken: set[str] = set()
    for name in names:
        made = base = slug(name)
        number = 1
        while made in taken:
            number += 1
            made = f"{base}-{number}"
        taken.add(made)
        result.append(made)
    return result
