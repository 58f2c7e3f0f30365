"""«Vem ser vad»: in the person's own copy, what each reader may see today, and what nobody else sees.

Made from `audience` itself: what stands here is what would be built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ipsite import dates
from ipsite.audience import Refusal, copy_for
from ipsite.model import Node, Plan
from ipsite.views import people
from ipsite.views.blocks import Block, Lines, Table, Text

_HEAD = (
    "format",
    "slag",
    "fiktiv",
    "personer",
    "person",
    "titel",
    "status",
    "skriven",
    "reviderad",
    "gäller",
    "ersätter",
)
_COUNTED = {  # what a private item is called: one, several
    "mål": ("mål", "mål"),
    "åtgärder": ("åtgärd", "åtgärder"),
    "insatser": ("insats", "insatser"),
    "möten": ("möte", "möten"),
    "aktiviteter": ("aktivitet", "aktiviteter"),
    "personer": ("persons namn och kontakt", "personers namn och kontakt"),
}
_OTHER = ("annan sak", "andra saker")


def who_sees_what(plan: Plan, today: date) -> tuple[Block, ...]:
    """A table of the readers and their parts, and how much is only in the own copy; none in another's copy."""
    if not plan.own:
        return ()
    readers = {key for entry in plan.root.each("exemplar") for key in entry.who("till")}
    keys = [key for key in plan.people if key in readers]
    rows = tuple((people.names(plan, [key]), *_sees(plan, key, today)) for key in keys)
    caption = f"Det här får var och en se {dates.day(today)}"
    table = (Table(caption, ("Vem", "Ser", "Samtycke"), rows, "views"),) if rows else ()
    alone = "Ingen annan har ett exemplar av planen." if not rows else _only_mine(plan)
    return (*table, Text(((alone,),))) if alone else table


def _sees(plan: Plan, key: str, today: date) -> tuple[Lines, Lines]:
    """What the reader may see today, and until when."""
    made = copy_for(plan, key, today)
    if isinstance(made, Refusal):
        return ("Inget i dag",), (made.message.partition(". ")[0] + ".",)
    names = [name for name in made.root.value if name not in _HEAD]
    titles = tuple(made.root[name].field.title for name in names)
    if all(name in names for name in plan.root.value if name not in _HEAD):
        titles = ("Hela planen",)
    entries = [entry for entry in plan.root.each("exemplar") if key in entry.who("till")]
    days = {entry.date("samtycke", "till_och_med") for entry in entries}
    until = tuple(
        f"Till {dates.day(day)}" if day else "Utan slutdag" for day in sorted(days, key=lambda d: d or date.max)
    )
    traces = ("Inte plats, tid eller bild",) if plan.person.flag("skyddade_uppgifter") else ()
    return (*(titles or ("Bara vem planen är till för",)), *traces), until


def _only_mine(plan: Plan) -> str:
    """ "Bara i ditt exemplar: 1 mål, 2 åtgärder." """
    counts = Counter(_private(plan.root))
    told = [f"{count} {_COUNTED.get(key, _OTHER)[count != 1]}" for key, count in counts.items()]
    return f"Bara i ditt exemplar: {', '.join(told)}." if told else ""


def _private(node: Node, within: str = "") -> Iterator[str]:
    """The list that each private item stands in; what is inside a private item goes with it."""
    held = node.value
    if isinstance(held, dict):
        if node.path and node.flag("privat"):
            yield within
            return
        for key, inner in held.items():
            yield from _private(inner, "personer" if node.path == ("personer",) else key)
    elif isinstance(held, tuple):
        for inner in held:
            yield from _private(inner, within)
