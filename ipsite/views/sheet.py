"""What every paper for a meeting has in common: its head and foot, and when and where one meets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ipsite import dates
from ipsite.model import MYSELF, Node, Plan
from ipsite.schema import in_text
from ipsite.slug import slug, unique
from ipsite.views import paperwork, people
from ipsite.views.anchors import with_unique_ids
from ipsite.views.blocks import Block, Bullets, Document, Fact, Lines, Section, Writing
from ipsite.views.plan import KINDS


def sheet(
    plan: Plan, today: date, title: str, lead: tuple[Block, ...], sections: tuple[Section, ...], layout: str = ""
) -> Document:
    """A paper of `plan` with the parts that hold something."""
    return Document(
        id=plan.id,
        kind=KINDS[plan.kind],
        title=title,
        lead=(*paperwork.made_up(plan), *lead),
        sections=with_unique_ids(tuple(section for section in sections if section.blocks)),
        name=plan.person.text("namn"),
        version=f"Planens version {dates.day(plan.version)}",
        made=paperwork.made(plan, today),
        description=f"{title}. {KINDS[plan.kind]}.",
        layout=layout,
    )


def part(title: str, *blocks: Block) -> Section:
    """A section of a paper."""
    return Section(slug(title), title, blocks)


def whose(plan: Plan, reader: str = "") -> str:
    """ "Alvas individuella plan", "Görans SIP"; "din SIP" to the one whose plan it is."""
    called = "individuella plan" if plan.kind == "individuell plan" else in_text(plan.kind)
    return f"{'din' if reader == MYSELF else people.genitive(plan.called)} {called}"


def told_apart(plans: Iterable[Plan], name: Callable[[Plan], str] = lambda plan: plan.title) -> dict[str, str]:
    """What each plan is called, by its id: its name, and where several have the same also what tells them apart, which
    is their kind, or else whose they are, or else the day that each was written."""
    same: dict[str, list[Plan]] = {}
    for plan in plans:
        same.setdefault(name(plan), []).append(plan)
    return {plan_id: words for called, group in same.items() for plan_id, words in _apart(called, group)}


def _apart(called: str, group: list[Plan]) -> Iterator[tuple[str, str]]:
    if len(group) == 1:
        yield group[0].id, called
        return
    ways = ([words(plan) for plan in group] for words in (_kind, whose, _written))
    told = next((words for words in ways if len(set(words)) == len(group)), [_written(plan) for plan in group])
    yield from ((plan.id, f"{called}, {words}") for plan, words in zip(group, told, strict=True))


def _kind(plan: Plan) -> str:
    return in_text(plan.kind)


def _written(plan: Plan) -> str:
    return f"skriven {dates.day(plan.root['skriven'].value)}"


def when_and_where(meeting: Node) -> tuple[Block, ...]:
    """Day, time, length and place, as they are written; room to write what is not known."""
    start, minutes = meeting.time("tid"), meeting.get("längd_minuter")
    long = f"{minutes.value} minuter" if minutes else ""
    end = dates.later(start, minutes.value) if start and minutes else None
    if start:
        parts: list[Block] = [Fact("När", (dates.moment(start) + (f" till {end:%H.%M} ({long})" if end else ""),))]
    else:
        parts = [Writing("Dag och tid", 1), *((Fact("Hur länge", (long,)),) if long else ())]
    parts.append(Fact("Var", (meeting.text("plats"),)) if meeting.text("plats") else Writing("Plats", 1))
    if link := meeting.text("länk"):
        parts.append(Fact("Du kan också vara med på länk", (link,), link))
    return tuple(parts)


def tasks_at(plan: Plan, meeting: Node, speaks: str = "") -> tuple[Block, ...]:
    """Who leads, who writes and who speaks for the person, which a paper in another's words calls `speaks`."""
    names = people.names_to_others if speaks else people.names
    called = {"leder": "", "skriver": "", "för_min_talan": speaks}
    return tuple(
        Fact(words or meeting[key].field.title, names(plan, meeting.who(key)))
        for key, words in called.items()
        if key in meeting
    )


def everyone_at(meeting: Node, *fields: str) -> tuple[str, ...]:
    """The keys of all in `fields` of a meeting, the person first and each one once."""
    return tuple(dict.fromkeys((MYSELF, *(key for field in fields for key in meeting.who(field)))))


def listed(node: Node, key: str) -> tuple[Block, ...]:
    """The texts of the list under `key`, for a part whose heading says what they are."""
    return (Bullets("", items),) if (items := texts(node, key)) else ()


def texts(node: Node, key: str) -> tuple[Lines, ...]:
    """The texts of the list under `key`."""
    return tuple((str(item.value),) for item in node.each(key))


def meeting_names(plan: Plan) -> list[str]:
    """What tells the meetings of a plan apart in the names of files: the day, and the time where two share a day.

    It does not change when another meeting is put in before.
    """
    starts = [meeting.time("tid") for meeting in plan.root.each("möten")]
    days = [start.date() for start in starts if start]
    return unique(
        f"{start:%Y-%m-%d}{f' kl {start:%H %M}' if days.count(start.date()) > 1 else ''}" if start else "utan dag"
        for start in starts
    )


def of_the_day(meeting: Node) -> str:
    """ "uppföljningsmöte 20 januari 2027"."""
    start = meeting.time("tid")
    return f"{meeting.text('slag')} {dates.day(start) if start else ''}".strip()
