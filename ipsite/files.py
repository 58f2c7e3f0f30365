"""The table of files that are no papers: text to paste in an e-mail, tables and calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ipsite.artifact import size
from ipsite.audience import to_hand_out
from ipsite.documents import DOCUMENTS, DocumentKind
from ipsite.model import Plan
from ipsite.render import csv
from ipsite.render.ics import ics
from ipsite.render.text import text
from ipsite.views.calendar import calendars
from ipsite.views.sheet import whose
from ipsite.views.task_rows import task_rows

_KINDS = {"txt": "text att klistra in i mejl", "csv": "tabell, CSV", "ics": "kalender, ICS"}


@dataclass(frozen=True, slots=True)
class File:
    """A file of a plan: its address seen from the plan's page, what it is called, and what it holds."""

    address: str
    title: str
    content: bytes

    @property
    def suffix(self) -> str:
        """Its kind, as the end of its name: "txt"."""
        return self.address.rpartition(".")[2]

    @property
    def name(self) -> str:
        """What the file is called, without folder and end."""
        return self.address.rpartition("/")[2].rpartition(".")[0]

    @property
    def label(self) -> str:
        """What the link to it says."""
        return f"{self.title} ({_KINDS[self.suffix]}, {size(len(self.content))})"


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of file: `name` as it is asked for, and `label` for a reader. `needs` is what a plan must have to be of
    use for it."""

    name: str
    label: str
    make: Callable[[Plan, date], Iterator[File]]
    needs: str


def _texts(row: DocumentKind) -> Callable[[Plan, date], Iterator[File]]:
    """The papers of one kind as plain text, beside the papers."""

    def make(plan: Plan, today: date) -> Iterator[File]:
        for name, made in row.of(plan, today):
            yield File(f"{row.folder}/{name}.txt", made.title, text(made).encode())

    return make


def _tasks(plan: Plan, today: date) -> Iterator[File]:
    rows = list(task_rows(to_hand_out(plan), today))
    if rows[1:]:
        yield File("vem-gor-vad/vem-gor-vad.csv", f"Vem gör vad i {whose(plan)}", csv.table(rows))


def _calendars(plan: Plan, today: date) -> Iterator[File]:
    for address, title, entries in calendars(plan, today):
        yield File(address, title, ics(entries, today))


_INVITATION, _TASKS = DOCUMENTS["inbjudan"], DOCUMENTS["vem-gor-vad"]

SORTS = {
    sort.name: sort
    for sort in (
        Sort(
            "inbjudan-text", "Inbjudan till möte som text att klistra in i mejl", _texts(_INVITATION), _INVITATION.needs
        ),
        Sort("vem-gor-vad-text", "Vem gör vad som text att klistra in i mejl", _texts(_TASKS), _TASKS.needs),
        Sort("vem-gor-vad-csv", "Vem gör vad som tabell, för Excel och andra kalkylprogram", _tasks, _TASKS.needs),
        Sort("kalender", "Möten och andra dagar till kalendern", _calendars, "något som har en dag"),
    )
}


def files(plan: Plan, today: date) -> Iterator[File]:
    """Every file of every sort that `plan` has use for."""
    for sort in SORTS.values():
        yield from sort.make(plan, today)
