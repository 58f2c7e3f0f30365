"""Faults in the text of a plan file, told in plain Swedish."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import yaml

from ipsite.problem import START, Place, Problem
from ipsite.slips import slip

_FILE_FAULTS = {
    "IP001": (
        "Filen eller mappen går inte att läsa.",
        "Kontrollera att den finns och att du har rätt att läsa den.",
    ),
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
        "Filen innehåller flera planer. En fil ska vara en plan.",
        "Ta bort raden «---» mitt i filen, eller lägg den andra planen i en egen fil.",
    ),
    "IP008": (
        "Texten börjar med ett utropstecken. Det betyder något särskilt i YAML och kan inte stå så här.",
        'Sätt hela texten inom citattecken: "!Viktigt".',
    ),
    "IP009": (
        "Texten börjar med en stjärna. Det betyder något särskilt i YAML, en hänvisning till något tidigare i filen.",
        'Sätt hela texten inom citattecken: "*Viktigt".',
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
        "Här finns ett tecken som inte kan stå i en plan. Det syns kanske inte.",
        "Ta bort raden och skriv den på nytt för hand.",
    ),
    "IP013": (
        "Det här är en länk som leder ut ur mappen med planer.",
        "Lägg själva filen eller mappen här i stället för en länk.",
    ),
    "IP014": (
        "Filens eller mappens namn går inte att använda för en plan.",
        "Använd små bokstäver a–z, siffror och bindestreck, och avsluta med .yaml: «plan-a/ip-2026.yaml».",
    ),
    "IP015": (
        "Ett fältnamn ska vara ett enda ord eller flera ord med understreck.",
        "Skriv till exempel «mina_ord: Jag vill …».",
    ),
    "IP016": (
        "Raden börjar med «%». Det betyder något särskilt i YAML och kan inte stå i en plan.",
        "Ta bort raden. Hör den till en text, dra in den lika långt som texten ovanför.",
    ),
    "IP017": (
        "Planen blir orimligt stor.",
        "Kontrollera att det är rätt fil. Hänvisningar med «*» kan göra en liten fil mycket stor.",
    ),
    "IP019": (
        "Här står mer än 2 000 tecken i rad utan något vanligt mellanslag.",
        "Är det en bild som har klistrats in, lägg den bredvid planen. Är det text, byt hårda mellanslag mot vanliga.",
    ),
    "IP051": (
        "Det här är ett dokument, till exempel från Word, och inte en planfil. En planfil är ren text.",
        "Börja på en plan med «ipsite new NAMN» och kopiera in texten. Det räcker inte att byta namn på dokumentet.",
    ),
}


class _Fault(NamedTuple):
    """One sort of fault: libyaml's words for it, ours, and where it is best mended.

    That is "here", where the parser noticed it; at the "start" of the broken thing; where the "line" begins;
    or at the "tab". A fault may come of a slip on its own line, or on the one above: so many lines are looked at first.
    """

    pattern: str
    message: str
    hint: str
    at: Literal["here", "start", "line", "tab"] = "here"
    lines: int = 0


# libyaml's words (they hold nothing of the user's text), and after them those of `_circumstances`.
# The first that is found holds.
_YAML_FAULTS = (
    _Fault(
        r"\btab\b",
        "Raden är indragen med tabb. Indrag ska göras med mellanslag.",
        "Byt tabben mot två mellanslag för varje nivå.",
        at="tab",
    ),
    _Fault(
        "mapping values are not allowed.*after a colon",
        "Ett kolon står där det inte kan stå.",
        'Hör kolonet till texten, sätt hela texten inom citattecken: «titel: "Mål: flytta"». '
        "Är det ett nytt fält, skriv det på en egen rad.",
        lines=1,
    ),
    _Fault(
        "mapping values are not allowed",
        "Raden är indragen på ett annat sätt än raderna ovanför, eller så saknar raden ovanför ett kolon.",
        "Låt fält som hör ihop börja lika långt in. "
        'Hör raden till texten ovanför, sätt hela texten inom citattecken: "Mål: flytta".',
        at="line",
        lines=2,
    ),
    _Fault(
        "scanning a quoted scalar",
        "Ett citattecken öppnas här men stängs aldrig.",
        'Avsluta texten med samma citattecken som den börjar med: "så här".',
        at="start",
    ),
    _Fault(
        "escape character|escape code|hexdecimal",
        "Ett omvänt snedstreck (\\) mellan dubbla citattecken betyder något särskilt och kan inte stå så här.",
        "Byt de dubbla citattecknen mot enkla: 'så här'.",
    ),
    _Fault(
        "expected ',' or ']'",
        "En lista öppnas här med «[» men stängs inte.",
        "Skriv «[mamma, god_man]», eller en rad för varje sak med «- » framför. "
        'Hör tecknet till en text, sätt texten inom citattecken: "[så här]".',
        at="start",
    ),
    _Fault(
        "expected ',' or '}'",
        "En klammer öppnas här med «{» men stängs inte.",
        "Skriv «{vem: jag själv, datum: 2026-03-16}», eller varje fält på en egen rad. "
        'Hör tecknet till en text, sätt texten inom citattecken: "{så här}".',
        at="start",
    ),
    _Fault(
        "cannot start any token|expected node content|keys are not allowed|scanning an a|a tag|tag handle",
        "Texten börjar med ett tecken som betyder något särskilt i YAML.",
        'Sätt hela texten inom citattecken: "@hemma".',
        at="start",
    ),
    _Fault(
        "scanning a block scalar",
        "Efter «|» eller «>» ska texten börja på nästa rad.",
        "Skriv texten på raderna under, indragen med två mellanslag. "
        'Hör tecknet till texten, sätt hela texten inom citattecken: "> 10 timmar".',
        at="start",
    ),
    _Fault(
        "could not find expected ':'",
        "Raden saknar kolon, eller så är den fel indragen.",
        "Ett fält skrivs «titel: text», och en sak i en lista «- text». "
        "Hör raden till texten ovanför, dra in den med fler mellanslag.",
        at="start",
        lines=1,
    ),
    _Fault(
        "block sequence entries",
        "En lista ska börja på en egen rad, under fältets namn.",
        "Skriv två mellanslag och «- » framför varje sak i listan. "
        'Hör bindestrecket till texten, sätt hela texten inom citattecken: "- 10 grader".',
        lines=1,
    ),
    _Fault(
        "expected '-' indicator",
        "Raden är indragen på ett annat sätt än raderna ovanför, eller så saknas «- » framför den.",
        "Låt fält som hör ihop börja lika långt in. Börjar en ny sak i listan här, skriv «- » framför.",
        lines=1,
    ),
    _Fault(
        "expected key.*first on its line",
        "Raden är indragen på ett annat sätt än raderna ovanför.",
        "Låt fält som hör ihop börja lika långt in. Hör raden till texten ovanför, dra in den lika långt som den.",
        lines=1,
    ),
    _Fault(
        "expected key",
        "Raden fortsätter här, fast texten är slut efter ett citattecken eller en parentes.",
        "Kontrollera att citattecknen hör ihop, här och på raderna ovanför. "
        "Finns citattecken i texten, sätt den inom den andra sortens citattecken: 'Hon sa \"hej\"'.",
    ),
    _Fault(
        "document start",
        "Texten fortsätter efter planens slut.",
        "Ta bort rader med bara «---» eller «...», och klamrar runt hela planen.",
    ),
)
_OTHER_FAULT = _Fault(
    "",
    "Texten går inte att läsa som YAML.",
    "Kontrollera indrag, kolon och citattecken på raden och den ovanför.",
)


def file_problem(code: str, file: str, place: Place = START, where: str = "") -> Problem:
    """The problem `code` (IP001–IP019 and IP051) in `file`; the words come from the table of file faults."""
    message, hint = _FILE_FAULTS[code]
    return Problem(code, "fel", file, *place, where, message, hint)


def yaml_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """libyaml's error → a problem in plain Swedish at the place where it is best mended."""
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    mark = getattr(error, "problem_mark", None)
    words = f"{problem} {context}; {_circumstances(text, mark) if mark else ''}"
    fault = next((fault for fault in _YAML_FAULTS if re.search(fault.pattern, words)), _OTHER_FAULT)
    if fault.at == "start":
        mark = getattr(error, "context_mark", None) or mark
    place = Place(mark.line + 1, mark.column + 1) if mark else START
    for number in range(place.line, max(0, place.line - fault.lines), -1):
        if found := slip(_line(text, number - 1)):
            return Problem("IP005", "fel", file, number, found[1] + 1, "", found[0].message, found[0].hint)
    line = _line(text, place.line - 1)
    if fault.at in ("line", "tab"):
        column = line.find("\t") if fault.at == "tab" else len(line) - len(line.lstrip())
        place = Place(place.line, column + 1)
    return Problem("IP005", "fel", file, *place, "", fault.message, fault.hint)


def _circumstances(text: str, mark: yaml.Mark) -> str:
    """What libyaml does not say but the line shows."""
    line = _line(text, mark.line)
    before, indent = line[: mark.column], line[: len(line) - len(line.lstrip())]
    signs = {
        "tab": "\t" in indent or line[mark.column : mark.column + 1] == "\t",
        "after a colon": re.search(r":\s", before) is not None,
        "first on its line": not before.strip(),
    }
    return ", ".join(sign for sign, holds in signs.items() if holds)


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number] if number < len(lines) else ""
