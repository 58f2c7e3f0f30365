"""Meetings as cards: before, during and after."""

from __future__ import annotations

from ipsite import dates
from ipsite.model import Node, Plan
from ipsite.slug import unique
from ipsite.views import generic, people
from ipsite.views.blocks import Block, Bullets, Fact, Section, Table, Text, paragraphs

_OWN_FORM = ("slag", "tid", "längd_minuter", "anteckningar", "olika_bilder", "inbjudna", "deltog")
_VIEW = ("vem", "ser_det_så")


def meetings(plan: Plan, node: Node) -> tuple[Block, ...]:
    """The section «möten», in the order of time."""
    held = sorted(node, key=lambda meeting: meeting.text("tid"))
    ids = unique(f"{meeting.text('slag')} {meeting.text('tid')[:10]}".strip() for meeting in held)
    return tuple(_meeting(plan, meeting, name) for meeting, name in zip(held, ids, strict=True))


def _meeting(plan: Plan, meeting: Node, name: str) -> Section:
    start, minutes = meeting.time("tid"), meeting.get("längd_minuter")  # both gone where data is protected
    parts: list[Block] = [Fact("När", (dates.moment(start),))] if start else []
    if minutes:
        parts.append(Fact("Hur länge", (f"{minutes.value} minuter",)))
    parts += generic.blocks(plan, meeting, *_OWN_FORM)
    for key in ("inbjudna", "deltog"):
        if meeting.who(key):
            parts.append(
                Bullets(meeting[key].field.title, tuple((line,) for line in people.names(plan, meeting.who(key))))
            )
    if notes := meeting.get("anteckningar"):
        body = Text(paragraphs(str(notes.value)))
        parts.append(Section(f"{name}-anteckningar", notes.field.title, (body,)))
    if meeting.each("olika_bilder"):
        parts.append(views(plan, meeting))
    title = f"{meeting.text('slag').capitalize()} {dates.day(start) if start else ''}".strip()
    return Section(name, title, tuple(parts), card=True, tags=generic.private_tag(meeting))


def views(plan: Plan, meeting: Node) -> Table:
    """How each one sees it, side by side; nobody's view is hidden."""
    rows = tuple(
        (
            people.names(plan, view.who("vem")) or ("Inte sagt",),
            (view.text("ser_det_så"), *generic.summary(plan, view, *_VIEW)),
        )
        for view in meeting.each("olika_bilder")
    )
    return Table(meeting["olika_bilder"].field.title, ("Vem", "Ser det så här"), rows, "views")
