"""How wide words are in the typefaces of page and paper, and how a text is broken into lines that fit.

Drawings are laid out before anybody draws them, so what they say is measured with the letters that will be used.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_SITE = _PACKAGE / "theme" / "assets" / "ipsite" / "fonts"
# In the order in which they are asked for a letter, for each weight. DejaVu is wide, and stands for typefaces unknown.
_FILES = {
    weight: (
        _SITE / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2",
        _SITE / f"atkinson-hyperlegible-next-latin-ext-{weight}-normal.woff2",
        _SITE / f"dejavu-sans-symbols-{weight}.woff2",
        _PACKAGE / "paper" / "fonts" / "DejaVuSans.ttf",
    )
    for weight in (400, 700)
}
KEPT = _PACKAGE / "paper" / "widths.json"  # made from the typefaces by tests/test_widths.py --update-golden
USUAL = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) + "–—‘’“”„…•€"
_UNKNOWN = 1.3  # of the size: as wide as a picture sign
_SPARE = 1.02  # those who draw round off


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is on one line, in the unit of `size`, and a little to spare."""
    return drawn(text, size, bold=bold) * _SPARE


def drawn(text: str, size: float, *, bold: bool = False) -> float:
    """The sum of the widths of its letters, as the typeface has them."""
    return _sum(text, bold) * size


@lru_cache(maxsize=4096)  # a figure asks for the same text again: for each try, when it is drawn, on paper
def lines(text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text that is to be no wider than `room`. Words stay whole, unless one is wider than that."""
    words = text.split()
    if words and width(whole := " ".join(words), size, bold=bold) <= room:
        return (whole,)
    made: list[str] = []
    for word in (part for whole in words for part in _parts(whole, size, room, bold)):
        longer = f"{made[-1]} {word}" if made else word
        if made and width(longer, size, bold=bold) <= room:
            made[-1] = longer
        else:
            made.append(word)
    return tuple(made)


def _parts(word: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """A word that is too wide, cut after a dash or a slash in it if that will do, or where the room ends."""
    while word and width(word, size, bold=bold) > room:
        fits = 1
        while fits < len(word) and width(word[: fits + 1], size, bold=bold) <= room:
            fits += 1
        soft = max((match.end() for match in re.finditer(r"[-–/@.]", word[:fits])), default=0)
        end = soft if soft > fits // 3 else fits
        while end < len(word) and unicodedata.combining(word[end]):
            end += 1  # a mark stays with its letter
        yield word[:end]
        word = word[end:]
    if word:
        yield word


@lru_cache(maxsize=4096)
def _sum(text: str, bold: bool) -> float:
    """In parts of the size; letter by letter from the left, so that no sum depends on how a text is cut up."""
    return sum(map(_WIDE[700 if bold else 400].__getitem__, text))


class _Wide(dict[str, float]):
    """The width of each letter in a weight, as a part of the size: of usual ones as `KEPT` has it, since to open a
    typeface takes longer than to draw; of others looked up in the typefaces when first asked for."""

    def __init__(self, weight: int) -> None:
        super().__init__(json.loads(KEPT.read_text("utf-8"))[str(weight)])
        self.weight = weight

    def __missing__(self, letter: str) -> float:
        self[letter] = made = advance(letter, self.weight)
        return made


_WIDE = {weight: _Wide(weight) for weight in _FILES}


def advance(letter: str, weight: int) -> float:
    """The width of a letter as the first typeface that has it says, as a part of the size."""
    found = (_advances(path).get(ord(letter)) for path in _FILES[weight])
    return next((wide for wide in found if wide is not None), _UNKNOWN)


@cache
def _advances(path: Path) -> dict[int, float]:
    """The width of each letter that a typeface has, as a part of the size."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        wide, unit = font["hmtx"], font["head"].unitsPerEm
        return {code: wide[name][0] / unit for code, name in font.getBestCmap().items()}
