"""Papers that look back: what has happened since the last meeting, and whether it became as the person wanted."""

from __future__ import annotations

from datetime import date

from ipsite.model import Node, Plan, is_open
from ipsite.schema import Field
from ipsite.slug import unique
from ipsite.views import generic, people
from ipsite.views.blocks import Block, Bullets, Checks, Document, Fact, Section, Words, Writing, paragraphs, text
from ipsite.views.goals import deadline, state
from ipsite.views.sheet import listed, of_the_day, part, sheet, when_and_where

SCALE = ("1, mycket dåligt", "2", "3", "4", "5, mycket bra")
_DECIDED = ("1, ingenting", "2", "3", "4", "5, så mycket som jag ville")
_ROWS = 3  # to write an answer on


def since_last(plan: Plan, meeting: Node, today: date) -> Document:
    """Every task that is still open, with room to write what has happened, and the person's own rating of each goal."""
    last = _meeting_before(plan, meeting)
    lead: list[Block] = [text("Fyll i det här före mötet, eller tillsammans på mötet."), *when_and_where(meeting)]
    if last is not None:
        lead.append(Fact("Förra mötet", (of_the_day(last),)))
    goals = [goal for goal in plan.root.each("mål") if goal.text("status") not in ("nått", "avbrutet") or _open(goal)]
    ids = unique(f"mål {goal.text('mål')}" for goal in goals)
    sections = (
        part("Det här bestämde vi förra gången", *(listed(last, "beslut") if last is not None else ())),
        *(_goal(plan, goal, name, today) for goal, name in zip(goals, ids, strict=True)),
        part("Mål som vi är klara med", *_closed(plan, goals)),
        part("Något annat som har hänt", Writing("Skriv det som är viktigt", 4)),
    )
    return sheet(plan, today, f"Inför {of_the_day(meeting)}: vad har hänt sedan sist?", tuple(lead), sections)


def _meeting_before(plan: Plan, meeting: Node) -> Node | None:
    start = meeting.time("tid")
    held = [
        (time, other) for other in plan.root.each("möten") if (time := other.time("tid")) and start and time < start
    ]
    return max(held, key=lambda pair: pair[0])[1] if held else None


def _open(goal: Node) -> list[Node]:
    tasks = [action for action in goal.each("åtgärder") if is_open(action)]
    return sorted(tasks, key=lambda action: action.date("klart") or date.max)


def _goal(plan: Plan, goal: Node, name: str, today: date) -> Section:
    parts: list[Block] = []
    if own := goal.text("mina_ord"):
        parts.append(Words(goal["mina_ord"].field.title, paragraphs(own)))
    tasks = _open(goal)
    ids = unique(f"{name} {action.text('vad')}" for action in tasks)
    parts += [_task(plan, action, key, today) for action, key in zip(tasks, ids, strict=True)]
    if not tasks:
        parts.append(text("Alla åtgärder till det här målet är avslutade."))
    title = goal.text("mål")
    asked = f"Så tycker jag att det går med målet ”{title.rstrip('.')}”"  # which may stand on a sheet before this one
    parts += (*_finished(goal), *_last_rating(goal), rating(asked, SCALE))
    return Section(name, title, tuple(parts))


def _finished(goal: Node) -> tuple[Block, ...]:
    """What is done already, or did not come about, so that nothing that was decided is out of sight."""
    tasks = [action for action in goal.each("åtgärder") if not is_open(action)]
    lines = tuple((f"{action.text('vad').rstrip('.')}: {action.text('status')}.",) for action in tasks)
    return (Bullets("Det här är redan avslutat:", lines),) if lines else ()


def _last_rating(goal: Node) -> tuple[Block, ...]:
    notes = sorted(goal.each("uppföljning"), key=lambda note: note.text("datum"))
    rated = [note for note in notes if "min_bedömning" in note]
    if not rated:
        return ()
    words = (*generic.value(rated[-1]["min_bedömning"]), *generic.value(rated[-1]["datum"]))
    return (Fact("Så tyckte jag sist", (", ".join(words),)),)


def _closed(plan: Plan, goals: list[Node]) -> tuple[Block, ...]:
    """The goals that are reached or given up, with their state."""
    closed = [goal for goal in plan.root.each("mål") if goal not in goals]
    lines = tuple((f"{goal.text('mål').rstrip('.')}: {goal.text('status')}.",) for goal in closed)
    return (Bullets("", lines),) if lines else ()


def _task(plan: Plan, action: Node, name: str, today: date) -> Section:
    status = action.field.properties["status"]
    parts = (
        Fact(action["vem"].field.title, people.names(plan, action.who("vem"))),
        Fact("Klart senast", (deadline(action),)),
        Fact("Läget i planen", (state(action, today),)),
        Checks("Så är det nu", tuple((str(choice).capitalize(), False) for choice in status.choices), beside=True),
        Writing("Det här har hänt", 2),
    )
    return Section(name, action.text("vad"), parts, card=True, whole=True)


def rating(label: str, words: tuple[str, ...], chosen: int = 0) -> Checks:
    """Boxes for the words of a scale; `chosen` is the number of the one that is ticked, or 0."""
    return Checks(label, tuple((said, number == chosen) for number, said in enumerate(words, 1)), beside=True)


def evaluation(plan: Plan, today: date) -> Document:
    """The questions of «utvärdering» as the schema has them, answered where the plan answers them."""
    field = plan.root.field.properties["utvärdering"]
    answers = plan.root.get("utvärdering")
    reached = tuple(_reached(goal) for goal in plan.root.each("mål"))
    questions = tuple(question(asked, answers) for asked in field.properties.values())
    sections = (part("Så gick det med målen", *reached), part("Så blev det", *questions))
    lead = (text("Det är du som planen är till för som svarar. Andra kan hjälpa dig att skriva."),)
    return sheet(plan, today, f"Utvärdering av {people.genitive(plan.called)} plan", lead, sections, layout="brev")


def _reached(goal: Node) -> Checks:
    status = goal.field.properties["status"]
    boxes = tuple((str(choice).capitalize(), False) for choice in status.choices if choice != "planerat")
    return Checks(goal.text("mål"), boxes, beside=True)


def question(field: Field, answers: Node | None) -> Block:
    """One question: boxes for what is chosen among, else the answer or room to write it."""
    given = answers.get(field.key) if answers is not None else None
    if field.choices:
        boxes = tuple((str(c).capitalize(), given is not None and given.value == c) for c in field.choices)
        return Checks(field.title, boxes, beside=True)
    if field.maximum == len(_DECIDED):
        return rating(field.title, _DECIDED, given.value if given is not None else 0)
    if given is None:
        return Writing(field.title, _ROWS if field.items else 1)
    if field.items:
        return Bullets(field.title, tuple(generic.value(item) for item in given))
    return Fact(field.title, generic.value(given))
