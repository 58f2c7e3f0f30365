"""Texts that a comment may have clipped: "Jag bor på Storgatan #12 och vill …" is read as "Jag bor på Storgatan".

YAML says nothing of it, so the file as it is written is looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from ipsite.load import Source, Way

_WORD = re.compile(r"\S+")
_COMMENT = re.compile(r"(\s+)#(\s*)(\S)")
_AFTER_KEY = re.compile(r"(?:^|:)\s+#")  # or after the dash of an item
_FIELD = re.compile(r" *#\S")  # a comment of words has a blank after its sign
_ENDED = tuple(".!?…:;)\"'”’»")


def clipped(source: Source) -> frozenset[Way]:
    """The ways to all texts that go on after a "#", as it seems. Which of them are free text, the schema knows."""
    if " #" not in source.text and "\t#" not in source.text:  # in most plans, and it is sooner seen than the rest
        return frozenset()
    lines = source.text.split("\n")
    return frozenset(
        way for way, text in texts(source.data) if _goes_on(text, _comment(text, lines, *source.value_place(way)))
    )


def commented_out(source: Source, way: Way) -> bool:
    """Whether the value of an empty field or item stands there as a comment: after the key or the dash, or under it as
    in a new plan."""
    key = source.key_place(way)
    line, *below = source.text.split("\n")[key.line - 1 :]
    under = takewhile(lambda text: text.lstrip().startswith("#") and text.index("#") >= key.column, below)
    return bool(_AFTER_KEY.search(line[key.column - 1 :])) or any(_FIELD.match(text) for text in under)


def texts(data: Any, way: Way = ()) -> Iterator[tuple[Way, str]]:
    """Every text in what was read, with its place."""
    if isinstance(data, str):
        yield way, data
    elif isinstance(data, dict | list):
        for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from texts(inner, (*way, step))


def _comment(text: str, lines: list[str], line: int, column: int) -> re.Match[str] | None:
    """The comment on the line where an unquoted `text` ends: the blanks before it, those in it, and its first sign."""
    written = None
    for word, written in zip(text.split(), _words(lines, line, column), strict=False):
        if written[0] != word:
            return None
    return written and _COMMENT.match(written.string, written.end())


def _words(lines: list[str], line: int, column: int) -> Iterator[re.Match[str]]:
    """What is written from a place on, a word at a time: a line may be long, and hold many texts."""
    start = column - 1
    for number in range(line - 1, len(lines)):
        yield from _WORD.finditer(lines[number], start)
        start = 0


def _goes_on(text: str, comment: re.Match[str] | None) -> bool:
    """Whether what stands after "#" looks like more of the text: as "#12", or as words after one blank and no stop.

    Whoever means a comment most often sets two blanks before it, or begins it with a capital.
    """
    if comment is None:
        return False
    before, inside, first = comment.groups()
    if not inside:
        return first != "#"
    return before == " " and first.islower() and not text.endswith(_ENDED) and any(map(str.isalpha, text))
