"""«Menade du …?»: the nearest of the words that would have been right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 60  # what is longer is no slip of the pen, and comparing it would take time


def nearest(written: str, words: Iterable[str]) -> str:
    """The word among `words` that `written` most likely was meant to be, or ""."""
    if len(written) > _LONGEST:
        return ""
    folded = {word.casefold(): word for word in words}
    hits = difflib.get_close_matches(written.casefold(), folded, n=1, cutoff=0.6)
    return folded[hits[0]] if hits else ""


def did_you_mean(written: str, words: Iterable[str]) -> str:
    """A question that names the nearest word, or ""."""
    word = nearest(written, words)
    return f"Menade du «{word}»?" if word else ""
