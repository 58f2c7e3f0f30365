"""The plan in easy words: one thought on each line, concrete first. The page beside the plan's, and the paper.

The plan's own lättläst texts are used where they are written; where one is missing the ordinary words stand, and it
is said that they do. What is counted is only what this copy shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ipsite import dates
from ipsite.model import MYSELF, Node, Plan, is_ahead, is_late
from ipsite.slug import unique
from ipsite.views import events, generic, people
from ipsite.views.blocks import Block, Bullets, Document, Fact, Lines, Notice, Section, Text, Words, paragraphs
from ipsite.views.goals import deadline, tasks_by_person
from ipsite.views.sheet import part, sheet

NOT_EASY = "Den här texten finns inte på lättläst än."
_WHAT = {
    "individuell plan": ("Det är en individuell plan.", "Planen samlar det stöd som {name} får och vill ha."),
    "sip": ("Det är en SIP.", "Planen säger vad kommunen och regionen ska göra."),
    "genomförandeplan": ("Det är en genomförandeplan.", "Planen säger hur {name} ska få sitt stöd."),
}
_OWN_WORDS = ("anledning", "behov", "mina_synpunkter")
_STANDING = {
    "gällande": (),
    "utkast": ("Planen är ett utkast.", "Det betyder att vi skriver på den fortfarande."),
    "avslutad": ("Den här planen är slut.", "Läs den för att se hur det var då."),
}
_STATE = {  # of goals, of what is to be done, and of insatser
    "planerat": "Det här har vi planerat.",
    "pågår": "Det här håller vi på med.",
    "nått": "Målet är nått.",
    "delvis nått": "En del av målet är nått.",
    "vilar": "Vi väntar med det här.",
    "avbrutet": "Vi har slutat med det här.",
    "ej påbörjad": "Det har inte börjat än.",
    "klar": "Det är klart.",
    "blev inte av": "Det blev inte av.",
    "beslutad": "Det är bestämt.",
    "planerad": "Det är planerat.",
    "önskad": "Det här önskar jag.",
    "avslutad": "Det här är slut.",
}


def easy_plan(plan: Plan, today: date) -> Document:
    """The plan in easy words on the day `today`."""
    missing = (Notice((NOT_EASY,)),) if _covered(plan)[0] else ()  # of a plan with none it is said once, in the head
    sections = (
        part("Mina mål", *_goals(plan, today, missing)),
        part("Mitt stöd", *_measures(plan, missing)),
        part("Möten", *_meetings(plan, today)),
        part("De som ska göra något", *_helpers(plan)),
        part("Om den här texten", *_about(plan)),
    )
    title = f"{people.genitive(plan.called)} plan – {plan.title} – lättläst"
    return sheet(plan, today, title, _lead(plan, today), sections, layout="easy")


def _lead(plan: Plan, today: date) -> tuple[Block, ...]:
    lines = tuple(line.format(name=plan.called) for line in _WHAT[plan.kind])
    parts: list[Block] = [Text(((f"Det här är en plan för {plan.called}.", *lines),))]
    holds = dates.period(plan.root.date("gäller", "från"), plan.root.date("gäller", "till"))
    standing = (*((f"Planen gäller {holds}.",) if holds else ()), *_STANDING[plan.status])
    if standing:
        parts.append(Text((standing,)))
    if plan.status != "avslutad" and (coming := events.coming(plan, today)):
        title = f"Det här händer {dates.day(coming[0].when)}:"
        easy = {task.text("vad"): _heading(task, "vad")[0] for task, _ in plan.tasks()}
        parts.append(Bullets(title, tuple((easy.get(event.what, event.what),) for event in coming), look="next"))
    done, able = _covered(plan)
    if not done and able:
        parts.append(Notice(("Planen har ingen lättläst text än.", "Den står med vanliga ord.")))
    elif done < able:
        parts.append(Notice((f"{done} av {able} delar har lättläst text.", "Resten står med vanliga ord.")))
    return (*parts, *_own_words(plan))


def _own_words(plan: Plan) -> tuple[Block, ...]:
    """What the person says first in a plan of its kind, sentence by sentence."""
    found = [node for key in _OWN_WORDS if (node := plan.root.get(key)) is not None]
    return tuple(Words(node.field.title, tuple(thoughts(said) for said in _texts(node))) for node in found)


def _texts(node: Node) -> list[str]:
    return [str(item.value) for item in node] if isinstance(node.value, tuple) else [str(node.value)]


def _covered(plan: Plan) -> tuple[int, int]:
    """How many parts of the plan have words of their own in lättläst, and how many could have."""
    able = [*plan.root.each("mål"), *(task for task, _ in plan.tasks()), *plan.root.each("insatser")]
    return sum("lättläst" in item for item in able), len(able)


def _about(plan: Plan) -> tuple[Block, ...]:
    """At the end, that nothing is missing; what is, is said in the beginning."""
    done, able = _covered(plan)
    return (Text(((f"Alla {able} delar av planen har lättläst text.",),)),) if done == able and able > 1 else ()


def thoughts(words: str) -> Lines:
    """A text with each sentence on a line of its own."""
    return tuple(
        sentence for line in words.splitlines() if line for sentence in re.split(r"(?<=[.!?]) +(?=[A-ZÅÄÖ])", line)
    )


def _heading(item: Node, key: str, missing: tuple[Block, ...] = ()) -> tuple[str, tuple[Block, ...]]:
    """The heading of a goal or of something to do, in easy words if there are any, and the rest of them."""
    lines = thoughts(item.text("lättläst"))
    if not lines:
        return item.text(key), missing
    rest: tuple[Block, ...] = (Text((lines[1:],)),) if lines[1:] else ()
    return lines[0].removesuffix("."), rest


def _goals(plan: Plan, today: date, missing: tuple[Block, ...]) -> Iterator[Section]:
    goals = plan.root.each("mål")
    names = unique(f"lättläst mål {goal.text('mål')}" for goal in goals)
    for goal, name in zip(goals, names, strict=True):
        title, words = _heading(goal, "mål", missing)
        said = goal.get("mina_ord")
        own = (Words(said.field.title, paragraphs(str(said.value))),) if said is not None else ()
        tasks = goal.each("åtgärder")
        ids = unique(f"{name} {task.text('vad')}" for task in tasks)
        inner = (_task(plan, task, key, today, missing) for task, key in zip(tasks, ids, strict=True))
        state = Text(((_STATE[goal.text("status")],),))
        yield Section(name, title, (*words, *own, state, *inner), tags=generic.private_tag(goal))


def _task(plan: Plan, task: Node, name: str, today: date, missing: tuple[Block, ...]) -> Section:
    title, words = _heading(task, "vad", missing)
    late = ("Det var inte klart i tid.", f"Det såg vi {dates.day(today)}.") if is_late(task, today) else ()
    parts = (
        *words,
        Fact("Det gör", people.names(plan, task.who("vem"))),
        Fact("Klart senast", (deadline(task),)),
        Fact("Så är det nu", (_STATE[task.text("status")], *late)),
    )
    return Section(name, title, parts, card=True, tags=generic.private_tag(task))


def _measures(plan: Plan, missing: tuple[Block, ...]) -> Iterator[Section]:
    measures = plan.root.each("insatser")
    names = unique(f"lättläst insats {measure.text('insats')}" for measure in measures)
    for measure, name in zip(measures, names, strict=True):
        words = thoughts(measure.text("lättläst"))
        easy: tuple[Block, ...] = (Text((words,)),) if words else missing
        decided_later = measure.text("status") == "planerad" and measure.text("huvudman") in ("kommun", "region")
        later = ("Beslutet kommer senare.",) if decided_later else ()  # others help, and decide nothing
        state = Text(((_STATE[measure.text("status")], *later),))
        party = people.PARTIES[measure.text("huvudman")]
        tags = generic.private_tag(measure)
        yield Section(name, measure.text("insats"), (*easy, state), card=True, tags=tags, party=party)


def _meetings(plan: Plan, today: date) -> Iterator[Section]:
    """Those that are to come. One without a day may be."""
    ahead = [
        meeting
        for meeting in sorted(plan.root.each("möten"), key=lambda meeting: meeting.text("tid"))
        if is_ahead(meeting, today)
    ]
    names = unique(f"lättläst {meeting.text('slag')} {meeting.text('tid')[:10]}" for meeting in ahead)
    for meeting, name in zip(ahead, names, strict=True):
        start, minutes = meeting.time("tid"), meeting.get("längd_minuter")
        parts: list[Block] = [Fact("När", (dates.moment(start),))] if start else []
        parts += [Fact("Hur länge", (f"{minutes.value} minuter",))] if minutes else []
        parts += [Fact("Var", (meeting.text("plats"),))] if meeting.text("plats") else []
        yield Section(
            name, meeting.text("slag").capitalize(), tuple(parts), card=True, tags=generic.private_tag(meeting)
        )


def _helpers(plan: Plan) -> tuple[Block, ...]:
    keys = [key for key in tasks_by_person(plan) if key != MYSELF]
    return (Bullets("", tuple((line,) for line in people.names(plan, keys))),) if keys else ()
