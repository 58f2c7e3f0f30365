"""Personnummer and samordningsnummer in a text. A plan needs none, so they are refused wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ipsite.problem import Place

_SHAPE = re.compile(r"(?<![\d.,+-])(\d{2})?(\d{2})(\d{2})(\d{2})[-+ \u00a0\u2010-\u2013]?(\d{4})(?![\d,-])")
SIX = b"000000"  # digits together, as `digits` tells them: every number has them, and most texts nowhere
_NOT_FIRST = bytes(range(0x80, 0xC0))  # bytes of a letter after its first
_COORDINATION = 60  # added to the day in a samordningsnummer


def find(text: str) -> Iterator[Place]:
    """Where personnummer and samordningsnummer begin: right date, right check digit."""
    if SIX not in digits(text.encode("utf-8", "surrogatepass")):
        return
    for match in _SHAPE.finditer(text):
        century, year, month, day, last = match.groups()
        if _is_date(century, year, month, int(day)) and _checks(year + month + day + last):
            start = match.start()
            yield Place(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def digits(text: bytes) -> bytes:
    """A text in UTF-8 with a 0 in the place of each digit, and of letters of scripts far away; < and > as they are, and
    a space for all else. A fast way to see that there is no number."""
    return text.translate(_TOLD, _NOT_FIRST)


def _told(byte: int) -> int:
    if byte in b"<>":
        return byte
    begins_a_digit = byte in b"0123456789" or (byte >= 0xD9 and byte != 0xE2)  # E2: dashes, quotation marks and signs
    return ord("0") if begins_a_digit else ord(" ")


_TOLD = bytes(map(_told, range(256)))


def _is_date(century: str | None, year: str, month: str, day: int) -> bool:
    if century is not None and century not in ("18", "19", "20"):
        return False
    day -= _COORDINATION if day > _COORDINATION else 0
    try:
        date(int((century or "20") + year), int(month), day)
    except ValueError:
        return False
    return True


def _checks(ten: str) -> bool:
    """The last of ten digits is the Luhn sum of the first nine."""
    doubled = (int(digit) * (2 - position % 2) for position, digit in enumerate(ten))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
