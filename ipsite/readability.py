"""How hard a Swedish text is to read: LIX and the longest sentence. An indicator, never a verdict.

LIX = words per sentence + share of words longer than six letters, in per cent (Björnsson 1968).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*")
_END = re.compile(r"[.!?…]+(?=\s|$|[”\"»)*_])|\n\s*\n|  \n|\n(?=\s*(?:[-*#|>]|\d+\.)\s)|\s\|\s")
_NOT_PROSE = (
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),  # front matter
    re.compile(r"<div class=\"ip-(?:law|sources)\"[^>]*>.*?</div>", re.DOTALL),  # quoted law, lists of sources
    re.compile(r"```.*?```", re.DOTALL),
    re.compile(r"(?m)^\[\^?[^\]]+\]:.*$|^\*\[.*$"),
    re.compile(r"\]\([^)]*\)|\{[^}]*\}|<[^>]+>|`[^`]*`|(?m:^\|[-: |]+\|$)"),
)


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured of one text."""

    words: int
    sentences: int
    lix: float
    longest: int  # words in the longest sentence
    longest_sentence: str


def prose(markdown: str) -> str:
    """The running text of a Markdown page: without front matter, quoted law, sources, code and addresses."""
    for pattern in _NOT_PROSE:
        markdown = pattern.sub(" ", markdown)
    return markdown


def measure(text: str) -> Measures:
    """LIX and the longest sentence of a plain text; zeros for one without words."""
    sentences = [words for part in _END.split(text) if (words := _WORD.findall(part))]
    count = sum(map(len, sentences))
    if not count:
        return Measures(0, 0, 0.0, 0, "")
    long = sum(len(word.replace("-", "")) > 6 for words in sentences for word in words)
    longest = max(sentences, key=len)
    lix = count / len(sentences) + 100 * long / count
    return Measures(count, len(sentences), round(lix, 1), len(longest), " ".join(longest))
