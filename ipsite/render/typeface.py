"""The typeface that forms are filled in with: Atkinson, whole, so that any letter can be typed and not only those that
stand in the paper.

Papers are set in composite fonts with their own numbering of the letters. What programs that fill in forms can write
with is a simple font: one byte for each letter, numbered as in Windows-1252, where å, ä and ö have their places.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pydyf
from fontTools.ttLib import TTFont

NAME = "IpText"  # what the font is called in a form
_FILE = "theme/assets/ipsite/fonts/atkinson-hyperlegible-next-latin-400-normal.woff2"
_FIRST, _LAST = 32, 255
_NONSYMBOLIC = 32
_STEM = 84  # the width of an upright stroke, in thousandths


@dataclass(frozen=True, slots=True)
class _Face:
    content: bytes
    name: str
    widths: tuple[int, ...]
    box: tuple[int, ...]
    ascent: int
    descent: int
    capitals: int


def add(pdf: pydyf.PDF) -> bytes:
    """Put the typeface into a PDF; the reference to it."""
    face = _face()
    file = pydyf.Stream([face.content], {"Length1": len(face.content)}, compress=True)
    pdf.add_object(file)
    descriptor = pydyf.Dictionary(
        {
            **{"Type": "/FontDescriptor", "FontName": f"/{face.name}", "Flags": _NONSYMBOLIC, "ItalicAngle": 0},
            **{"FontBBox": pydyf.Array(face.box), "Ascent": face.ascent, "Descent": face.descent},
            **{"CapHeight": face.capitals, "StemV": _STEM, "FontFile2": file.reference},
        }
    )
    pdf.add_object(descriptor)
    font = pydyf.Dictionary(
        {
            **{"Type": "/Font", "Subtype": "/TrueType", "BaseFont": f"/{face.name}", "Encoding": "/WinAnsiEncoding"},
            **{"FirstChar": _FIRST, "LastChar": _LAST, "Widths": pydyf.Array(face.widths)},
            "FontDescriptor": descriptor.reference,
        }
    )
    pdf.add_object(font)
    reference: bytes = font.reference
    return reference


@cache
def _face() -> _Face:
    with TTFont(Path(__file__).parent.parent / _FILE, recalcTimestamp=False) as font:
        font.flavor = None
        out = io.BytesIO()
        font.save(out)
        letters, advances = font.getBestCmap(), font["hmtx"]

        def width(code: int) -> int:
            letter = bytes([code]).decode("cp1252", "replace")
            return scaled(advances[letters.get(ord(letter), ".notdef")][0])

        per_em: int = font["head"].unitsPerEm

        def scaled(units: int) -> int:
            return round(1000 * units / per_em)

        head, lines = font["head"], font["hhea"]
        return _Face(
            out.getvalue(),
            str(font["name"].getDebugName(6)),
            tuple(width(code) for code in range(_FIRST, _LAST + 1)),
            tuple(scaled(side) for side in (head.xMin, head.yMin, head.xMax, head.yMax)),
            scaled(lines.ascent),
            scaled(lines.descent),
            scaled(font["OS/2"].sCapHeight),
        )
