"""Slips that YAML does not see as such: a blank that is missing, signs of Word's that only look right, a key twice."""

from __future__ import annotations

import re
from typing import NamedTuple

from ipsite.problem import Place, Problem, is_name

_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # blanks that are letters to YAML
_UNSEEN = re.compile(f"[{_ODD}\u00ad\u200b-\u200f\u2060-\u2064]")
_ANEW = "Ser det redan ut så, ta bort mellanslaget och skriv det på nytt."
_WORD = r"[^\W\d]\w{0,39}"


class Slip(NamedTuple):
    """One sort of slip at the beginning of a line or a key. It is mended where the first group of `pattern` stands."""

    pattern: re.Pattern[str]
    message: str
    hint: str


_SLIPS = (
    Slip(
        re.compile(f" *([{_ODD}])"),
        "Raden är indragen med hårda mellanslag. De ser ut som vanliga mellanslag men är inte det.",
        "Ta bort allt före första bokstaven på raden, och gör indraget på nytt med mellanslagstangenten.",
    ),
    Slip(
        re.compile(f"[ {_ODD}]*([‐-―−•·▪●◦])"),
        "Raden börjar med ett tankstreck eller en punkt som i Word. I en planfil är det ingen lista.",
        "Skriv ett vanligt bindestreck och ett mellanslag före varje sak: «- ».",
    ),
    Slip(
        re.compile(f" *-([^\\s-]|[{_ODD}])"),
        "Efter bindestrecket ska det stå ett vanligt mellanslag.",
        f"Skriv så här: «- text». {_ANEW}",
    ),
    Slip(
        re.compile(f" *(?:- +)?{_WORD}:([^\\s/:]|[{_ODD}])"),
        "Efter kolonet ska det stå ett vanligt mellanslag.",
        f"Skriv så här: «titel: text». {_ANEW}",
    ),
    Slip(
        re.compile(f" *(?:- +|{_WORD}: +)+([“”„»«‘’])[^:]*:\\s"),
        "Texten står inom krumma citattecken, som Word och telefoner gör dem. I en planfil räknas bara raka.",
        'Byt dem mot raka citattecken, först och sist i texten: "Mål: flytta".',
    ),
)


def slip(written: str) -> tuple[Slip, int] | None:
    """The slip that `written` begins with, and how many signs stand before the place where it is mended."""
    for one in _SLIPS:
        if found := one.pattern.match(written):
            return one, found.start(1)
    return None


def words_about(written: str) -> str:
    """What is to be said of the slip that `written` begins with; "" when it begins with none."""
    found = slip(written)
    return f"{found[0].message} {found[0].hint}" if found else ""


def unseen_in(key: str) -> str:
    """What is to be said of a key that looks like a field's name, and is not, for a sign that nobody sees; else ""."""
    return (
        "Ser det redan ut så, skriv namnet på nytt: där finns ett tecken som inte syns." if _UNSEEN.search(key) else ""
    )


def name_in(key: str) -> str:
    """The field that a key with a slip begins with: "– vad" → "vad"; the key itself when there is no slip."""
    found = re.search(_WORD, key) if slip(key) else None
    return found[0] if found else key


def duplicate_key(file: str, place: Place, where: str, key: str) -> Problem:
    """The same key twice in one mapping: YAML would silently keep the last."""
    message = f"«{key}» står två gånger på samma ställe." if is_name(key) else "Samma fält står två gånger."
    hint = "Flytta ihop det som står på de två ställena, eller ta bort det ena."
    if re.fullmatch(r"personer\.[^.[]+", where):
        hint = "Är det två personer, ge dem var sin nyckel. Annars tar du bort den ena."
    if where == "x_ignorera":  # two rules tell what to write for each of them
        hint = "Skriv alla regler på en rad: «x_ignorera: {IP101: skäl, IP102: skäl}»."
    if found := slip(key):  # "-mål:" twice is a list whose blanks are missing
        message, hint = found[0].message, found[0].hint
    return Problem("IP006", "fel", file, *place, where, message, hint)
