"""Everything that is needed on the table at a meeting, as one paper in parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ipsite.model import Node, Plan
from ipsite.views.anchors import with_unique_ids
from ipsite.views.blocks import Document, Section, text
from ipsite.views.invitation import invitation
from ipsite.views.looking_back import evaluation, since_last
from ipsite.views.meeting_papers import agenda, notes
from ipsite.views.sheet import of_the_day, sheet, when_and_where


def packet(plan: Plan, meeting: Node, today: date) -> Document:
    """The papers of a meeting: invitation, agenda, what has happened since, and notes; and the evaluation, unless one
    meets to plan. Each can be printed on both sides and taken from the rest."""
    looks_back = meeting.text("slag") != "planeringsmöte"
    parts = (
        invitation(plan, meeting, "", today),
        agenda(plan, meeting, today),
        since_last(plan, meeting, today),
        notes(plan, meeting, today),
        *((evaluation(plan, today),) if looks_back else ()),
    )
    lead = (text("Alla papper till mötet. Skriv ut på båda sidor: varje del börjar på ett eget blad."),)
    made = sheet(plan, today, f"Mötespaket – {of_the_day(meeting)}", (*lead, *when_and_where(meeting)), ())
    return replace(made, parts=_apart(parts))


def _apart(parts: tuple[Document, ...]) -> tuple[Document, ...]:
    """The same parts with ids that differ all through the paper."""
    wrapped = tuple(Section(f"del-{number}", part.title, part.sections) for number, part in enumerate(parts, start=1))
    return tuple(
        replace(part, sections=tuple(block for block in whole.blocks if isinstance(block, Section)))
        for part, whole in zip(parts, with_unique_ids(wrapped), strict=True)
    )
