"""Papers for one meeting: the agenda and the notes.

They are given to everyone who is invited, so the plan that they are made from holds nothing private.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ipsite.model import Node, Plan
from ipsite.views import people
from ipsite.views.blocks import Block, Bullets, Checks, Document, Table, Text, Writing, paragraphs
from ipsite.views.meetings import views
from ipsite.views.sheet import everyone_at, listed, of_the_day, part, sheet, tasks_at, texts, when_and_where

_BESIDE = 3  # so many views have room beside one another


def agenda(plan: Plan, meeting: Node, today: date) -> Document:
    """For the table: what to talk about, ticked off as one goes, and who is there."""
    points = tuple((f"{number}. {point[0]}", False) for number, point in enumerate(texts(meeting, "dagordning"), 1))
    sections = (
        part("Så fungerar mötet för mig", *listed(meeting, "så_fungerar_mötet_för_mig")),
        part(
            "Det här pratar vi om",
            Checks("Kryssa när vi är klara med en punkt", points)
            if points
            else Writing("Skriv en punkt på varje rad", 6),
            Writing("Nästa möte: dag, tid och plats", 1),
        ),
        part("Vilka som är med", *_attendance(plan, meeting)),
    )
    lead = (*when_and_where(meeting), *tasks_at(plan, meeting))
    return sheet(plan, today, f"Dagordning för {of_the_day(meeting)}", lead, sections, layout="brev")


def _attendance(plan: Plan, meeting: Node) -> tuple[Block, ...]:
    boxes = tuple((line, False) for line in people.names(plan, everyone_at(meeting, "inbjudna")))
    return Checks("Kryssa för den som är här", boxes, columns=True), Writing("Andra som är här", 1)


def notes(plan: Plan, meeting: Node, today: date) -> Document:
    """What was said, decided and seen differently; room to write where nothing stands yet."""
    came = tuple((line,) for line in people.names(plan, meeting.who("deltog")))
    sections = (
        part("Vilka som var med", *((Bullets("", came),) if came else _attendance(plan, meeting))),
        part("Det här sa vi", *_said(meeting)),
        part("Det här bestämde vi", *(listed(meeting, "beslut") or (Writing("Vad, vem och till när", 5),))),
        part("Det här ser vi olika på", *_views(plan, meeting)),
        part("Nästa möte", Writing("Dag, tid och plats", 2)),
    )
    lead = (*when_and_where(meeting), *tasks_at(plan, meeting))
    return sheet(plan, today, f"Anteckningar till {of_the_day(meeting)}", lead, sections)


def _said(meeting: Node) -> tuple[Block, ...]:
    if written := meeting.text("anteckningar"):
        return (Text(paragraphs(written)),)
    points = [point[0] for point in texts(meeting, "dagordning")]
    return tuple(Writing(point, 3) for point in points) or (Writing("Anteckningar", 8),)


def _views(plan: Plan, meeting: Node) -> tuple[Block, ...]:
    """How each one sees it: side by side when there is room for it, and nobody's view hidden."""
    seen = meeting.each("olika_bilder")
    if not seen:
        return Writing(f"Så ser {plan.called} på det", 2), Writing("Så ser någon annan på det. Skriv vem", 2)
    by_rows = replace(views(plan, meeting), caption="")  # the heading says it
    if len(seen) > _BESIDE:
        return (by_rows,)
    told = tuple(lines for _, lines in by_rows.rows)
    who = tuple(" och ".join(names) for names, _ in by_rows.rows)
    return (Table("", ("Vem", *who), (((by_rows.head[1],), *told),), "beside"),)
