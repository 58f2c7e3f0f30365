"""What is next in all plans of one person: late, this month, later, and for each one who is to do something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ipsite import dates
from ipsite.model import Node, Plan, is_ahead, is_open
from ipsite.slug import slug
from ipsite.views import people
from ipsite.views.anchors import with_unique_ids
from ipsite.views.blocks import Block, Lines, Links, Section, Table, text
from ipsite.views.reference import Reference
from ipsite.views.sheet import everyone_at, told_apart

_EVERYONE = "Alla som är med i planen"
_NO_DAY = "Ingen dag är bestämd"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is to be done or to happen. `who` are names, in the words that are shown; `told` are the names of
    all whose own list it belongs to, and `plan` is what the plan is called."""

    when: date | None
    what: str
    who: Lines
    told: tuple[str, ...]
    plan: str

    def is_late(self, today: date) -> bool:
        """Whether its day was before `today`."""
        return self.when is not None and self.when < today


def duties(plans: Iterable[Plan], today: date) -> tuple[Duty, ...]:
    """What is left to do in plans that are not ended, in the order of time; what has no day stands last."""
    live = [plan for plan in plans if plan.status != "avslutad"]
    titles = told_apart(live)
    found = [duty for plan in live for duty in _of(plan, titles[plan.id], today)]
    return tuple(sorted(found, key=lambda duty: (duty.when or date.max, duty.what)))


def _of(plan: Plan, title: str, today: date) -> Iterator[Duty]:
    yield from _tasks(plan, title)
    yield from _meetings(plan, title, today)
    yield from _ends(plan, title)
    yield from _reviews(plan, title)


def _tasks(plan: Plan, title: str) -> Iterator[Duty]:
    for action, _ in plan.tasks():
        if is_open(action):
            names = _names(plan, action, "vem")
            yield Duty(action.date("klart"), action.text("vad"), names, names, title)


def _meetings(plan: Plan, title: str, today: date) -> Iterator[Duty]:
    for meeting in plan.root.each("möten"):
        start = meeting.time("tid")
        if start is None or not is_ahead(meeting, today):
            continue
        leads = tuple(f"{name} leder mötet" for name in _names(plan, meeting, "leder"))
        all_there = tuple(people.name(plan, key) for key in everyone_at(meeting, "leder", "skriver", "inbjudna"))
        words = f"{meeting.text('slag').capitalize()} klockan {start:%H.%M}"
        yield Duty(start.date(), words, leads or ("Alla som är bjudna",), all_there, title)


def _ends(plan: Plan, title: str) -> Iterator[Duty]:
    """The last days of decisions that are in force."""
    for measure, until in plan.last_days():
        names = _names(plan, measure, "ansvarig")
        words = f"Beslutet om ”{measure.text('insats')}” tar slut"
        yield Duty(until, words, names or ("Ingen ansvarig är skriven",), names, title)


def _reviews(plan: Plan, title: str) -> Iterator[Duty]:
    for way, when in plan.reviews():
        words = "Planen ska vara omprövad" if "omprövas_senast" in way else "Planen följs upp"
        yield Duty(when, words, (_EVERYONE,), (), title)


def _names(plan: Plan, node: Node, key: str) -> tuple[str, ...]:
    return tuple(people.name(plan, one) for one in node.who(key))


def to_do(
    plans: tuple[Plan, ...], today: date, addresses: tuple[str, ...], files: tuple[Block, ...] = ()
) -> Reference | None:
    """The page of one person's plans; None when nothing is left to do. `addresses` lead to the plans, seen from the
    page, and `files` to what lies beside it."""
    found = duties(plans, today)
    if not found:
        return None
    called = plans[0].called
    made = dates.day(today)
    title = f"Att göra i {people.genitive(called)} planer"
    late = " Det som var försenat den dagen står överst." if any(duty.is_late(today) for duty in found) else ""
    lead = (text(f"Här står allt som är på gång för {called}."), text(f"Sidan gjordes {made}.{late}"), *files)
    there = [pair for pair in zip(plans, addresses, strict=True) if pair[0].status != "avslutad"]
    titles = told_apart(plan for plan, _ in there)
    links = Links(tuple((address, titles[plan.id]) for plan, address in there))
    sections = (*_by_time(found, today), _by_person(found, today, called), Section("planerna", "Planerna", (links,)))
    return Reference(
        "Att göra",
        title,
        f"{title}, som det såg ut {made}.",
        lead,
        with_unique_ids(tuple(section for section in sections if section.blocks)),
    )


def _by_time(found: tuple[Duty, ...], today: date) -> Iterator[Section]:
    """What is late, what is this month, what is later and what has no day, each if there is any."""
    month = f"{dates.MONTHS[today.month - 1]} {today.year}"
    titles = {
        "forsenat": f"Försenat när sidan gjordes, {dates.day(today)}",
        "den-har-manaden": f"Den här månaden, {month}",
        "senare": "Senare",
        "ingen-dag": _NO_DAY,
    }
    groups: dict[str, list[Duty]] = {name: [] for name in titles}
    for duty in found:
        groups[_group(duty, today)].append(duty)
    yield from (Section(name, titles[name], (_table(group),)) for name, group in groups.items() if group)


def _group(duty: Duty, today: date) -> str:
    if duty.when is None:
        return "ingen-dag"
    if duty.is_late(today):
        return "forsenat"
    return "den-har-manaden" if (duty.when.year, duty.when.month) == (today.year, today.month) else "senare"


def _table(group: list[Duty]) -> Table:
    rows = tuple(((duty.what,), duty.who, (_day(duty),), (duty.plan,)) for duty in group)
    return Table("", ("Vad", "Vem", "När", "Plan"), rows, "duties")


def _day(duty: Duty) -> str:
    return dates.day(duty.when) if duty.when else _NO_DAY


def _by_person(found: tuple[Duty, ...], today: date, called: str) -> Section:
    """The same for each one: the person first, then the others in the order in which something is asked of them."""
    names = dict.fromkeys((called, *(name for duty in found for name in duty.told)))
    parts = []
    for name in names:
        rows = tuple(
            ((duty.what,), (f"{_day(duty)}. Försenat." if duty.is_late(today) else _day(duty),), (duty.plan,))
            for duty in found
            if name in duty.told
        )
        if rows:
            parts.append(Section(slug(f"gör {name}"), name, (Table("", ("Vad", "När", "Plan"), rows, "own"),)))
    return Section("var-och-en", "Var och en", tuple(parts))
