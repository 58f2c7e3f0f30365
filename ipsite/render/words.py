"""What an HTML element says to one who listens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

SVG = "{http://www.w3.org/2000/svg}"


def is_decoration(html: Any) -> bool:
    """Whether an element is there to be seen only."""
    if html.get("aria-hidden") == "true" or html.get("role") in ("presentation", "none"):
        return True
    return bool(html.tag == "img" and html.get("alt") == "")


def alternative(html: Any) -> str:
    """What a picture says in words."""
    if html.tag == "img" or html.get("aria-label"):
        return str(html.get("aria-label") or html.get("alt") or "").strip()
    parts = [html.find(SVG + name) for name in ("title", "desc")]
    return ". ".join(words_of(part).strip(" .") for part in parts if part is not None)


def words_of(html: Any) -> str:
    """The text in an element as it is read: single spaces, also where a line is broken."""
    return re.sub(r"[ \t\r\n\f]+", " ", "".join(_texts(html)))


def _texts(html: Any) -> Iterator[str]:
    yield " " if html.tag == "br" else html.text or ""
    if html.tag == "img":
        yield html.get("alt") or ""
    for child in html:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child.tail or ""


def lost_spaces(source: str, runs: Sequence[str]) -> Iterator[int]:
    """Which runs of painted text must get a space after them to read as `source` does.

    A line that is broken at a space is painted without it, and so is a space that stands alone.
    Words would then be read as one: "på" and "svenska" as "påsvenska".
    """
    at, before = 0, None
    for number, run in enumerate(runs):
        words = run.strip(" \n")
        start = source.find(words, at)
        if start < 0:  # what is painted is not what was written: a word that is broken with a hyphen
            before = None
            continue
        if before is not None and start > at and not (run.startswith(" ") or runs[before].endswith(" ")):
            yield before
        at, before = start + len(words), number
