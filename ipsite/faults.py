"""Faults in the text of a plan file, told in plain Swedish."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from ipsite.problem import START, Place, Problem

# What YAML forbids in a stream (YAML 1.2.2, 5.1), lone carriage returns included.
FORBIDDEN_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")

_FILE_FAULTS = {
    "IP001": ("Filen går inte att läsa.", "Kontrollera att filen finns och att du har rätt att läsa den."),
    "IP002": (
        "Filen är inte sparad som UTF-8.",
        "Öppna filen i en textredigerare, välj Spara som och kodningen UTF-8.",
    ),
    "IP003": (
        "Filen är större än 1 MiB.",
        "En plan är text. Kontrollera att det är rätt fil. Bilder läggs i egna filer bredvid planen.",
    ),
    "IP004": ("Filen är tom.", "En plan börjar med raden «format: 1»."),
    "IP007": (
        "Filen innehåller flera dokument. En fil är en plan.",
        "Ta bort raden «---» mitt i filen, eller lägg den andra planen i en egen fil.",
    ),
    "IP008": (
        "Texten börjar med ett utropstecken, som YAML läser som en tagg. Taggar går inte att använda.",
        'Skriv texten inom citattecken: "!Viktigt".',
    ),
    "IP009": (
        "En hänvisning med «*» pekar på något som inte finns, eller gör filen orimligt stor.",
        'Skriv ut texten i stället. Ska texten börja med en stjärna, sätt citattecken: "*".',
    ),
    "IP010": (
        "Fälten ligger för djupt inne i varandra.",
        "Kontrollera indragen. En plan behöver aldrig mer än åtta nivåer.",
    ),
    "IP011": (
        "Planen ska börja med fält, inte med en lista eller en lös text.",
        "Skriv fältets namn, kolon och mellanslag överst: «format: 1».",
    ),
    "IP012": (
        "Här finns ett tecken som inte syns och inte får finnas i en plan.",
        "Ta bort raden och skriv den på nytt.",
    ),
    "IP013": (
        "Filen är en länk som leder ut ur mappen med planer.",
        "Lägg själva filen i mappen i stället för en länk.",
    ),
    "IP014": (
        "Filens eller mappens namn har tecken som inte går att använda.",
        "Använd små bokstäver a–z, siffror och bindestreck: «alva/ip-2026.yaml».",
    ),
    "IP015": (
        "Ett fältnamn ska vara ett enda ord eller flera ord med understreck.",
        "Skriv till exempel «mina_ord: Jag vill …».",
    ),
}


class _Fault(NamedTuple):
    pattern: str
    message: str
    hint: str
    at_start: bool = False  # the place to mend is where the broken thing begins, not where it was noticed


# libyaml's words (they hold nothing of the user's text) → ours. The first that is found holds.
_YAML_FAULTS = (
    _Fault(
        "tab",
        "Raden är indragen med tabb. Indrag ska göras med mellanslag.",
        "Byt tabben mot två mellanslag för varje nivå.",
    ),
    _Fault(
        "mapping values are not allowed",
        "Ett kolon står där det inte kan stå.",
        'Står det ett kolon i texten, sätt hela texten inom citattecken: «titel: "Mål: flytta"». '
        "Är det ett nytt fält, kontrollera att det börjar lika långt in som fälten intill.",
    ),
    _Fault(
        "scanning a quoted scalar|unexpected end of stream|unexpected document indicator",
        "Ett citattecken öppnas här men stängs aldrig.",
        'Avsluta texten med samma citattecken som den börjar med: "så här".',
        at_start=True,
    ),
    _Fault(
        "unknown escape character",
        "Ett omvänt snedstreck (\\) inom citattecken betyder något särskilt och kan inte stå så här.",
        "Byt de dubbla citattecknen mot enkla: 'så här'.",
    ),
    _Fault(
        "expected ',' or ']'",
        "En lista öppnas med «[» men stängs inte.",
        "Skriv «[en, två]» eller en rad för varje sak, med «- » framför.",
        at_start=True,
    ),
    _Fault(
        "expected ',' or '}'",
        "En klammer öppnas med «{» men stängs inte.",
        "Skriv «{vem: jag själv, datum: 2026-03-16}» eller varje fält på en egen rad.",
        at_start=True,
    ),
    _Fault(
        "cannot start any token",
        "Texten börjar med ett tecken som betyder något särskilt i YAML.",
        'Sätt texten inom citattecken: "@hemma".',
    ),
    _Fault(
        "could not find expected ':'",
        "Raden saknar kolon, eller så är den fel indragen.",
        "Ett fält skrivs «namn: text». Hör raden till texten ovanför, dra in den lika långt.",
        at_start=True,
    ),
    _Fault(
        "expected '-' indicator|block sequence entries",
        "En lista är fel indragen, eller så saknas «- » framför en rad i den.",
        "Skriv listan under fältets namn, med två mellanslag och «- » framför varje rad.",
    ),
    _Fault(
        "expected key|anchor|alias",
        "Här hade ett nytt fält väntats.",
        "Kontrollera indraget, och att text med citattecken i är skriven inom den andra sortens citattecken.",
    ),
    _Fault(
        "tag",
        "Texten börjar med ett utropstecken, som YAML läser som en tagg. Taggar går inte att använda.",
        'Skriv texten inom citattecken: "!Viktigt".',
    ),
    _Fault(
        "document start|YAML document|directive",
        "Texten fortsätter efter planens slut, eller börjar med en rad som inte hör till en plan.",
        "Ta bort rader som börjar med «%», «---» eller «...».",
    ),
)
_OTHER_FAULT = _Fault(
    "",
    "Texten går inte att läsa som YAML.",
    "Kontrollera indrag, kolon och citattecken på raden och den ovanför.",
)


def file_problem(code: str, file: str, place: Place = START, where: str = "") -> Problem:
    """The problem `code` (IP001–IP015) in `file`; the words come from the table of file faults."""
    message, hint = _FILE_FAULTS[code]
    return Problem(code, "fel", file, *place, where, message, hint)


def yaml_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """libyaml's error → a problem in plain Swedish at the place where it is best mended."""
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None)
    words = f"{problem} {context}"
    if mark is not None and _starts_with_tab(text, mark.line):
        words = "tab"
    fault = next((fault for fault in _YAML_FAULTS if re.search(fault.pattern, words)), _OTHER_FAULT)
    if fault.at_start and start is not None:
        mark = start
    place = Place(mark.line + 1, mark.column + 1) if mark is not None else START
    return Problem("IP005", "fel", file, *place, "", fault.message, fault.hint)


def _starts_with_tab(text: str, line: int) -> bool:
    lines = text.split("\n")
    indent = re.match(r"[ \t]*", lines[line]) if line < len(lines) else None
    return indent is not None and "\t" in indent[0]


def duplicate_key(file: str, place: Place, where: str, key: str) -> Problem:
    """The same key twice in one mapping: YAML would silently keep the last."""
    return Problem(
        "IP006",
        "fel",
        file,
        *place,
        where,
        f"Fältet «{key}» står två gånger på samma ställe." if _is_plain(key) else "Samma fält står två gånger.",
        "Behåll det ena, eller gör en lista av de två.",
    )


def _is_plain(key: str) -> bool:
    """A field name may be shown; anything longer might be private text gone astray."""
    return re.fullmatch(r"\w{1,40}", key) is not None
