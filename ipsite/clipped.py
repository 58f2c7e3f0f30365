"""Texts that a comment may have clipped: "Jag bor på Storgatan #12 och vill …" is read as "Jag bor på Storgatan".

YAML says nothing of it, so the file as it is written is looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ipsite.load import Source, Way

_WORD = re.compile(r"\S+")
_ENDED = tuple(".!?…:;)\"'”’»")


def clipped(source: Source) -> frozenset[Way]:
    """The ways to all texts that go on after a "#", as it seems. Which of them are free text, the schema knows."""
    if not re.search(r"\s#", source.text):
        return frozenset()
    lines = source.text.split("\n")
    return frozenset(
        way for way, text in texts(source.data) if _goes_on(text, *_after(text, lines, *source.value_place(way)))
    )


def texts(data: Any, way: Way = ()) -> Iterator[tuple[Way, str]]:
    """Every text in what was read, with its place."""
    if isinstance(data, str):
        yield way, data
    elif isinstance(data, dict | list):
        for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from texts(inner, (*way, step))


def _after(text: str, lines: list[str], line: int, column: int) -> tuple[str, str]:
    """The blanks before the "#" that ends an unquoted `text`, and the words after it; "" and "" when none does."""
    words, read, start = text.split(), 0, column - 1
    for number in range(line - 1, len(lines)):
        written, end = lines[number], start
        for found in _WORD.finditer(written, start):  # one at a time: a line may be long, and hold many texts
            if read and found[0].startswith("#"):
                whole = read == len(words)
                return (written[end : found.start()], written[found.start() + 1 :]) if whole else ("", "")
            if read == len(words) or found[0] != words[read]:
                return "", ""
            read, end = read + 1, found.end()
        if read == len(words):
            break
        start = 0
    return "", ""


def _goes_on(text: str, blanks: str, comment: str) -> bool:
    """Whether what stands after "#" looks like more of the text: as "#12", or as words after one blank and no stop.

    Whoever means a comment most often sets two blanks before it, or begins it with a capital.
    """
    if re.match(r"[^\s#]", comment):
        return True
    begins_small = comment.strip()[:1].islower()
    return blanks == " " and begins_small and not text.endswith(_ENDED) and any(map(str.isalpha, text))
