"""The table of documents: every paper that can be made of a plan.

A document is one row here and a function under `views/` that puts blocks together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ipsite import schema
from ipsite.audience import to_hand_out
from ipsite.letters import LETTERS
from ipsite.model import Node, Plan, is_ahead
from ipsite.views.blocks import Document, Picture
from ipsite.views.easy import easy_plan
from ipsite.views.easy_invitation import easy_invitation, my_meeting
from ipsite.views.invitation import invitation, invited
from ipsite.views.letters import letters, needs
from ipsite.views.looking_back import evaluation, since_last
from ipsite.views.map_paper import map_paper
from ipsite.views.meeting_papers import agenda, notes
from ipsite.views.packet import packet
from ipsite.views.person_papers import my_page, task_sheets
from ipsite.views.plan import document
from ipsite.views.sheet import meeting_names

# What tells the papers of one kind apart ("" for an only one), for the names of their files, and the paper.
Made = Iterator[tuple[str, Document]]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: `name` as it is asked for, `label` for a reader, and the kinds of plan that it suits. `needs`
    is what such a plan must have to be of use for it; "" when any is.

    On the site it lies in `folder` below the plan's page, unless it is made by `ipsite pdf` only.
    """

    name: str
    label: str
    make: Callable[[Plan, date, Picture | None], Made]
    needs: str = ""
    folder: str = ""
    on_site: bool = True
    kinds: tuple[str, ...] = tuple(schema.KINDS)

    def of(self, plan: Plan, today: date, picture: Picture | None = None) -> Iterator[tuple[str, Document]]:
        """File name (without .pdf) and document, for each paper of this kind that `plan` has use for."""
        if plan.kind in self.kinds:
            for which, made in self.make(plan, today, picture):
                yield "-".join(filter(None, (which, self.name))), made


def _plan(plan: Plan, today: date, picture: Picture | None) -> Made:
    yield "", document(plan, today, picture)


def _per_meeting(
    view: Callable[[Plan, Node, date], Document], suits: Callable[[Node, date], bool]
) -> Callable[[Plan, date, Picture | None], Made]:
    """One document for each meeting that it suits, by its day. What is handed out there holds nothing private."""

    def make(plan: Plan, today: date, _picture: Picture | None) -> Made:
        for name, shared, meeting in _meetings(plan, today, suits):
            yield name, view(shared, meeting, today)

    return make


def _invitations(view: Callable[[Plan, Node, str, date], Document]) -> Callable[[Plan, date, Picture | None], Made]:
    """One for each who is invited to each meeting to come."""

    def make(plan: Plan, today: date, _picture: Picture | None) -> Made:
        for name, shared, meeting in _meetings(plan, today, is_ahead):
            for mark, key in invited(shared, meeting):
                yield "-".join(filter(None, (name, mark))), view(shared, meeting, key, today)

    return make


def _meetings(plan: Plan, today: date, suits: Callable[[Node, date], bool]) -> Iterator[tuple[str, Plan, Node]]:
    """Each meeting that suits, with its name and the plan as everyone at it may see it."""
    for name, meeting in zip(meeting_names(plan), plan.root.each("möten"), strict=True):
        if suits(meeting, today):
            shared = to_hand_out(plan, meeting)
            yield name, shared, next(other for other in shared.root.each("möten") if other.path == meeting.path)


def _any(_meeting: Node, _today: date) -> bool:
    return True


def _evaluation(plan: Plan, today: date, _picture: Picture | None) -> Made:
    yield "", evaluation(to_hand_out(plan), today)


def _tasks(plan: Plan, today: date, _picture: Picture | None) -> Made:
    yield from task_sheets(to_hand_out(plan), today)


def _easy(plan: Plan, today: date, _picture: Picture | None) -> Made:
    yield "", easy_plan(plan, today)


def _map(plan: Plan, today: date, _picture: Picture | None) -> Made:
    if (made := map_paper(to_hand_out(plan), today)) is not None:
        yield "", made


def _mine(plan: Plan, today: date, picture: Picture | None) -> Made:
    if (made := my_page(plan, today, picture)) is not None:
        yield "", made


def _letter(name: str) -> Callable[[Plan, date, Picture | None], Made]:
    return lambda plan, today, _picture: letters(to_hand_out(plan), name, today)


_MEETING = "ett möte som inte har varit än"

DOCUMENTS = {
    row.name: row
    for row in (
        DocumentKind("plan", "Planen", _plan),
        DocumentKind(
            "motespaket",
            "Mötespaket: alla papper till mötet i en fil",
            _per_meeting(packet, is_ahead),
            _MEETING,
            "moten",
        ),
        DocumentKind("inbjudan", "Inbjudan till möte, en till var och en", _invitations(invitation), _MEETING, "moten"),
        DocumentKind(
            "inbjudan-lattlast",
            "Inbjudan på lättläst, en till var och en",
            _invitations(easy_invitation),
            _MEETING,
            "moten",
        ),
        DocumentKind(
            "mitt-mote",
            "Mitt möte, på lättläst: till den som planen är till för",
            _per_meeting(my_meeting, is_ahead),
            _MEETING,
            "moten",
        ),
        DocumentKind("dagordning", "Dagordning med närvarolista", _per_meeting(agenda, is_ahead), _MEETING, "moten"),
        DocumentKind(
            "sedan-forra-motet",
            "Vad har hänt sedan förra mötet?",
            _per_meeting(since_last, is_ahead),
            _MEETING,
            "moten",
        ),
        DocumentKind("anteckningar", "Mötesanteckningar", _per_meeting(notes, _any), "ett möte", "moten"),
        DocumentKind(
            "vem-gor-vad", "Vem gör vad, ett blad för var och en", _tasks, "en åtgärd som någon ska göra", "vem-gor-vad"
        ),
        DocumentKind("lattlast", "Planen på lättläst", _easy),
        DocumentKind("min-sida", "Min sida", _mine, "något under «om_mig», eller «så_kommunicerar_jag» under «person»"),
        DocumentKind("karta", "Personlig karta", _map, "någon som hjälper till"),
        DocumentKind("utvardering", "Utvärdering", _evaluation),
        *(
            DocumentKind(
                f"brev-{letter.name}",
                f"{'Lättläst brev' if letter.easy else 'Brev'}: {letter.title}",
                _letter(letter.name),
                needs(letter.name),
                on_site=False,
            )
            for letter in LETTERS.values()
        ),
    )
}
