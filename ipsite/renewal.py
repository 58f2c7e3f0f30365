"""Last year's plan as the beginning of this year's: its text, edited line by line.

Comments, order and the writer's own words stay. What belonged to the old plan and cannot be true of the new one
(its signatures, copies, meetings that have been, days that have passed) is commented out, not thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ipsite.load import Source, Way, parse
from ipsite.model import FINISHED
from ipsite.validate import validate, validated

_OLD_PARTS = {  # top-level fields that are the old plan's own, and what to tell of them
    "reviderad": "",
    "gäller": "Den gamla planens tid. Skriv den nya när planen gäller.",
    "utvärdering": "Så blev den gamla planen.",
    "erbjudande": "Gällde den gamla planen. Skriv när den här erbjöds eller begärdes.",
    "exemplar": "Samtycke gäller en plan i taget. Fråga igen vilka som får ha den här.",
    "underskrifter": "Den gamla planens underskrifter. Den nya skrivs under när den är klar.",
}
_DAYS_AHEAD = ("klart", "nästa", "omprövas_senast", "följs_upp", "när")  # deadlines; what has happened stays
_REVIEW = ("uppföljning", "omprövas_senast")  # a year after the old plan; the new one has a year of its own
_FINISHED = {
    "mål": ("nått", "delvis nått", "avbrutet"),
    "åtgärder": FINISHED,
    "insatser": ("avslutad",),
}
_CONSENT = ("datum", "till_och_med")


class NotRenewable(ValueError):
    """The old plan cannot be carried over. The message says why, without what the plan says."""


@dataclass
class _Changes:
    """Lines to change: commented out, notes above them, and lines that stand in their place."""

    out: set[int] = field(default_factory=set)
    notes: dict[int, list[str]] = field(default_factory=dict)
    instead: dict[int, str] = field(default_factory=dict)

    def note(self, line: int, words: str) -> None:
        if words:
            self.notes.setdefault(line, []).append(words)


def renewed(old: Source, today: date) -> str:
    """The text of a new plan after `old`, begun on the day `today`. Raises `NotRenewable`."""
    (old, wrong), lines = validated(old), old.text.split("\n")
    if wrong:
        raise NotRenewable("Den gamla planen har fel. Kontrollera den med «ipsite check» först.")
    if _is_flow(lines, old, ()):
        raise NotRenewable("Den gamla planen är skriven med klamrar runt allt. Börja med en ny plan i stället.")
    edit = _Edit(old, lines, today)
    edit.head()
    edit.old_parts()
    edit.consent_of_the_old_plan()
    edit.meetings_that_have_been()
    edit.days_that_have_passed()
    edit.what_is_finished()
    text = edit.text()
    made, problems = parse(text.encode(), old.file, old.id)
    if made is None or problems or validate(made):
        raise NotRenewable("Den gamla planen är skriven på ett sätt som inte går att föra över. Börja med en ny plan.")
    return text


def _is_flow(lines: list[str], source: Source, way: Way) -> bool:
    """Whether the value at `way` is written within brackets, so that lines say nothing of its parts."""
    place = source.value_place(way)
    return lines[place.line - 1][place.column - 1 : place.column] in ("{", "[")


class _Edit:
    """The changes to one plan. A class, because each step looks at what the ones before it have commented out."""

    def __init__(self, old: Source, lines: list[str], today: date) -> None:
        self.old, self.lines, self.today = old, lines, today
        self.changes = _Changes()
        self.gone: set[Way] = set()

    # Where things stand

    def block(self, way: Way) -> range:
        """The lines (from 0) of a field or of an item of a list, without blank lines and notes before the next."""
        place = self.old.key_place(way)
        start = place.line - 1
        indent = len(self.lines[start]) - len(self.lines[start].lstrip(" "))
        if isinstance(way[-1], str):
            indent = place.column - 1
        end = start + 1
        while end < len(self.lines) and self._belongs(self.lines[end], indent, is_key=isinstance(way[-1], str)):
            end += 1
        while end > start + 1 and (not (last := self.lines[end - 1].strip()) or last.startswith("#")):
            end -= 1
        return range(start, end)

    @staticmethod
    def _belongs(line: str, indent: int, *, is_key: bool) -> bool:
        text = line.lstrip(" ")
        deep = len(line) - len(text)
        if not text.strip() or text.startswith("#"):
            return True
        return deep > indent or (is_key and deep == indent and text.startswith(("- ", "-\n")))

    def is_of_its_own(self, way: Way) -> bool:
        """Whether nothing but dashes stands before it on its line, so that it can be commented out."""
        place = self.old.key_place(way)
        return not self.lines[place.line - 1][: place.column - 1].strip(" -")

    # The steps

    def head(self) -> None:
        self.say_instead("status", "utkast", f"\nersätter: {self.old.id}")
        self.say_instead("skriven", str(self.today))
        if "ersätter" in self.old.data:
            self.comment_out(("ersätter",), "Den gamla planen ersatte en ännu äldre.")
        if "fastställd" in self.old.data:
            line = self.say_instead("fastställd", str(self.today))
            self.changes.note(line, "Skriv dagen då den nya planen fastställs.")

    def say_instead(self, key: str, value: str, after: str = "") -> int:
        """Give a field that has a day or one of a few words another one; a comment after it stays. The field's line."""
        number = self.old.key_place((key,)).line - 1
        comment = re.search(r"\s+#.*", self.lines[number])
        self.changes.instead[number] = f"{key}: {value}{comment.group() if comment else ''}{after}"
        return number

    def old_parts(self) -> None:
        for key, words in _OLD_PARTS.items():
            if key in self.old.data:
                self.comment_out((key,), words)

    def consent_of_the_old_plan(self) -> None:
        """A SIP rests on a consent, which was for the old plan."""
        given = self.old.data.get("samtycke")
        if not isinstance(given, dict) or self.old.data["slag"] != "sip":
            return
        block = self.block(("samtycke",))
        first = self.lines[block.start]
        if _is_flow(self.lines, self.old, ("samtycke",)):
            self.changes.out |= set(block)
            self.changes.instead[block.start] = f"#{first}\nsamtycke:\n  gäller: Fråga personen igen."
        elif not set(given) - set(_CONSENT):
            self.changes.out |= set(block)
            self.changes.instead[block.start] = f"{first}\n  gäller: Fråga personen igen."
        else:
            for key in filter(given.__contains__, _CONSENT):
                self.comment_out(("samtycke", key))
        self.changes.note(block.start, "Samtycket gällde den gamla planen. Fråga personen igen.")

    def meetings_that_have_been(self) -> None:
        meetings = self.old.data.get("möten", [])
        past = [("möten", number) for number, meeting in enumerate(meetings) if meeting["tid"][:10] < str(self.today)]
        if past and len(past) == len(meetings):
            self.comment_out(("möten",), "Möten om den gamla planen.")
            return
        for way in past:
            self.comment_out(way, "Ett möte om den gamla planen.")

    def days_that_have_passed(self) -> None:
        ways = [way for way, value in _leaves(self.old.data) if self._must_be_set_anew(way, value)]
        for way in sorted(ways, key=len):
            around = way[:-1]
            if any(way[: len(gone)] == gone for gone in self.gone):
                continue
            inside = _at(self.old.data, around)
            if around and isinstance(inside, dict) and all((*around, key) in ways for key in inside):
                self.comment_out(around, "Den gamla planens dagar. Bestäm nya.")
            else:
                why = "Den gamla planens dag" if way == _REVIEW else "Dagen har passerat"
                self.comment_out(way, f"{why}. Bestäm en ny.")

    def _must_be_set_anew(self, way: Way, value: Any) -> bool:
        if way[-1] not in _DAYS_AHEAD or not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return False
        is_done = way[-1] == "klart" and _at(self.old.data, way[:-1]).get("status") in _FINISHED["åtgärder"]
        return (value < str(self.today) and not is_done) or way == _REVIEW

    def what_is_finished(self) -> None:
        for way, value in _leaves(self.old.data):
            if len(way) < 3 or way[-1] != "status" or not isinstance(way[-2], int):
                continue
            if value in _FINISHED.get(str(way[-3]), ()) and self.is_of_its_own(way[:-1]):
                start = self.old.key_place(way[:-1]).line - 1
                self.changes.note(start, f"Stod som «{value}» i den gamla planen. Ta bort det som är färdigt.")

    # Writing

    def comment_out(self, way: Way, words: str = "") -> None:
        """Comment out a field or an item; one within brackets is left, with a note above its line."""
        self.gone.add(way)
        start = self.old.key_place(way).line - 1
        if self.is_of_its_own(way):
            self.changes.out |= set(self.block(way))
            self.changes.note(start, words)
        elif words and start not in self.changes.notes:
            self.changes.note(start, f"Se över raden under. {words}")

    def text(self) -> str:
        result: list[str] = []
        for number, line in enumerate(self.lines):
            indent = line[: len(line) - len(line.lstrip(" "))]
            result += [f"{indent}# {words}" for words in self.changes.notes.get(number, ())]
            if number in self.changes.instead:
                result.append(self.changes.instead[number])
            elif number in self.changes.out and line.strip():
                result.append(self._commented(number, line, indent))
            else:
                result.append(line)
        return "\n".join(result)

    def _commented(self, number: int, line: str, indent: str) -> str:
        """A line as a comment. The first field of an item leaves its dash to those after it."""
        rest = line[len(indent) :]
        after = number + 1
        goes_on = (
            after < len(self.lines) and after not in self.changes.out and self.lines[after].startswith(f"{indent}  ")
        )
        if rest.startswith("- ") and goes_on:
            return f"{indent}- #{rest[2:]}"
        return f"{indent}#{rest}"


def _leaves(data: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    entries: Iterable[tuple[Any, Any]] = ()
    if isinstance(data, dict):
        entries = data.items()
    elif isinstance(data, list):
        entries = enumerate(data)
    else:
        yield way, data
    for key, inner in entries:
        yield from _leaves(inner, (*way, key))


def _at(data: Any, way: Way) -> Any:
    for step in way:
        data = data[step]
    return data
