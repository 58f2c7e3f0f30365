"""Signs that the papers' typefaces lack: looked for when plans are checked, so that no paper is made with gaps.

fontTools is read only when a text holds an unusual sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ipsite.problem import Place

_PACKAGE = Path(__file__).parent
_FONTS = ("paper/fonts/*.ttf", "theme/assets/ipsite/fonts/*-400*.woff2")
# Letters, digits and marks of western Europe, which Atkinson has; nothing needs to be looked up for them.
_UNUSUAL = re.compile("[^\t\n\x20-\x7e\xa0-\xff–—‘’“”„…•€\u200d\ufe0f]")

_NO_SIGNS = (
    "Cc",
    "Cn",
    "Co",
    "Cs",
    "Zl",
    "Zp",
)  # categories of Unicode: control, not assigned, private, halves, breaks


def missing(text: str) -> Iterator[tuple[str, Place]]:
    """Each sign of `text` that no typeface of the papers has, once, with the place where it first stands."""
    told: set[str] = set()
    for match in _UNUSUAL.finditer(text):
        sign, start = match[0], match.start()
        if sign not in told and sign.isprintable() and ord(sign) not in _covered():
            told.add(sign)
            yield sign, Place(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def escaped(text: str, written: str) -> Iterator[str]:
    """Each sign of `text` that can be shown by nothing and does not stand in the file as it was `written`: it came in
    by an escape of YAML's («\\x1b»), past what is looked for in files."""
    for sign in sorted(set(_UNUSUAL.findall(text)) - {"\r"}):
        gap = ord(sign) not in _covered() if sign.isprintable() else unicodedata.category(sign) in _NO_SIGNS
        if gap and sign not in written:
            yield sign


@cache
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    codes: set[int] = set()
    for path in (path for pattern in _FONTS for path in _PACKAGE.glob(pattern)):
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    return frozenset(codes)
