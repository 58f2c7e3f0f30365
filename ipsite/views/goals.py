"""Goals as cards, and who does what as one table for each person."""

from __future__ import annotations

from datetime import date

from ipsite import dates
from ipsite.model import MYSELF, Node, Plan, is_late
from ipsite.slug import unique
from ipsite.views import generic, people
from ipsite.views.blocks import Block, Fact, Lines, Section, Table, Words, paragraphs
from ipsite.views.progress import progress
from ipsite.views.sentences import capital

Task = tuple[Node, Node]  # an åtgärd and its goal
# What the tables have a column or a form for; any other field is shown with its label.
_ACTION = ("vad", "vem", "klart", "status", "lättläst")
_NOTE = ("datum", "hände", "min_bedömning", "andras_bedömning")


def goals(plan: Plan, node: Node, today: date) -> tuple[Block, ...]:
    """The section «mål»: a card for each goal, the person's own words first."""
    ids = unique(f"mål {goal.text('mål')}" for goal in node)
    return tuple(_goal(plan, goal, name, today) for goal, name in zip(node, ids, strict=True))


def _goal(plan: Plan, goal: Node, name: str, today: date) -> Section:
    own = goal.text("mina_ord")
    easy = goal.get("lättläst")
    parts: list[Block] = []
    if own:
        parts.append(Words(goal["mina_ord"].field.title, paragraphs(own)))
    if easy is not None:
        parts.append(Fact(easy.field.title, generic.value(easy)))
    if goal.each("åtgärder"):
        parts.append(_actions(plan, goal, today))
    parts += generic.blocks(plan, goal, "mål", "mina_ord", "lättläst", "status", "viktigast", "åtgärder", "uppföljning")
    if goal.each("uppföljning"):
        parts += (*progress(plan, goal), _follow_ups(plan, goal))
    important = ("Viktigast just nu",) if goal.flag("viktigast") else ()
    tags = (*important, capital(goal.text("status")), *generic.private_tag(goal))
    return Section(name, goal.text("mål"), tuple(parts), card=True, tags=tags)


def _actions(plan: Plan, goal: Node, today: date) -> Table:
    rows = tuple(
        (
            _what(plan, action),
            people.names(plan, action.who("vem")),
            (deadline(action),),
            (state(action, today),),
        )
        for action in goal.each("åtgärder")
    )
    return Table("Det här gör vi för att nå målet", ("Vad", "Vem", "Klart senast", "Läge"), rows, "actions")


def _what(plan: Plan, action: Node) -> Lines:
    easy = action.text("lättläst")
    private = "Privat: bara i det egna exemplaret." if action.flag("privat") else ""
    lines = (action.text("vad"), f"Lättläst: {easy}" if easy else "", *generic.summary(plan, action, *_ACTION), private)
    return tuple(line for line in lines if line)


def deadline(action: Node) -> str:
    """When an action should be done, in words."""
    done_by = action.date("klart")
    return dates.day(done_by) if done_by else "Ingen dag bestämd"


def state(action: Node, today: date) -> str:
    """How far an action has come, and whether it was late on the day the page was made; its last day stands beside."""
    text = capital(action.text("status"))
    return f"{text}. Försenad, som det såg ut {dates.day(today)}." if is_late(action, today) else text


def _follow_ups(plan: Plan, goal: Node) -> Table:
    rows = []
    for note in sorted(goal.each("uppföljning"), key=lambda note: str(note["datum"].value)):
        mine = note.get("min_bedömning")
        ratings = [f"{plan.called}: {mine.value} av 5"] if mine else []
        for other in note.each("andras_bedömning"):
            ratings += _rating(plan, other)
        happened = (*generic.value(note["hände"]), *generic.summary(plan, note, *_NOTE))
        rows.append((generic.value(note["datum"]), happened, tuple(ratings) or ("Ingen bedömning",)))
    return Table("Så har det gått", ("Datum", "Det här hände", "Så bra går det"), tuple(rows), "history")


def _rating(plan: Plan, other: Node) -> Lines:
    raters = " och ".join(people.name(plan, key) for key in other.who("vem")) or "Någon annan"
    score = f"{other.text('bedömning')} av 5" if "bedömning" in other else "ingen bedömning"
    return (f"{raters}: {score}", *generic.summary(plan, other, "vem", "bedömning"))


def who_does_what(plan: Plan, today: date) -> tuple[Block, ...]:
    """One table for each person who is to do something, in the order of the dates."""
    tasks = tasks_by_person(plan)
    ids = unique(f"gör {people.name(plan, key)}" for key in tasks)
    return tuple(_tasks(plan, key, name, tasks[key], today) for key, name in zip(tasks, ids, strict=True))


def tasks_by_person(plan: Plan) -> dict[str, list[Task]]:
    """What each one is to do, in the order of the dates; the person first, then the others as the plan has them."""
    tasks: dict[str, list[Task]] = {}
    for action, goal in plan.tasks():
        for key in action.who("vem"):
            tasks.setdefault(key, []).append((action, goal))
    order = [key for key in (MYSELF, *plan.people) if key in tasks]
    return {key: sorted(tasks[key], key=lambda task: task[0].date("klart") or date.max) for key in order}


def _tasks(plan: Plan, key: str, name: str, tasks: list[Task], today: date) -> Section:
    title = people.with_role(plan, key)
    return Section(name, title, (task_table(tasks, today),), party=people.party(plan, key))


def task_table(tasks: list[Task], today: date) -> Table:
    """What somebody is to do, for which goal, by when, and how far it has come."""
    rows = tuple(
        ((action.text("vad"),), (goal.text("mål"),), (deadline(action),), (state(action, today),))
        for action, goal in tasks
    )
    return Table("", ("Vad", "Till målet", "Klart senast", "Läge"), rows, "actions")
