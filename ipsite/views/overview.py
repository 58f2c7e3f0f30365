"""All plans of the portfolio, by person. A few people stand on one page; many have a page each, and a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ipsite import dates
from ipsite.model import Plan
from ipsite.problem import Problem
from ipsite.slug import slug
from ipsite.views import events
from ipsite.views.anchors import with_unique_ids
from ipsite.views.blocks import Block, Code, Links, Section, text
from ipsite.views.download import Download
from ipsite.views.overdue import overdue
from ipsite.views.person_plans import Setting, person_plans

SEVERAL = 6  # more people than this have a page each


@dataclass(frozen=True, slots=True)
class Overview:
    """The page `/planer/`, or the page of one person below it; `folder` is its name there, "" for the first."""

    folder: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    made: str

    @property
    def sections(self) -> tuple[Section, ...]:
        """What the list of contents names."""
        return tuple(block for block in self.blocks if isinstance(block, Section))


def overviews(
    plans: Iterable[Plan],
    today: date,
    papers: Mapping[str, Download],
    problems: tuple[Problem, ...] = (),
    to_do: Mapping[str, str] | None = None,
) -> Iterator[Overview]:
    """The pages of the whole portfolio on the day `today`, the first of them `/planer/`; `papers` holds the paper of
    each plan id, and `to_do` the address of the page of what is to do, seen from `/planer/`."""
    everything = sorted(plans, key=lambda plan: plan.id)
    people: dict[str, list[Plan]] = {}
    for plan in everything:
        people.setdefault(plan.person.text("namn"), []).append(plan)
    made = f"Sidan gjordes {dates.day(today)}."
    setting = Setting(today, papers, problems=problems, to_do=to_do or {})
    if len(people) <= SEVERAL:
        sections = (Section(slug(f"person {name}"), name, person_plans(own, setting)) for name, own in people.items())
        blocks = with_unique_ids(tuple(sections)) or _nothing()
        yield Overview("", "Planer", _lead(everything), blocks, made)
        return
    folders = _folders(people, everything)
    yield Overview("", "Planer", _lead(everything), tuple(_letters(people, folders, today)), made)
    below = Setting(today, papers, "../", problems, to_do or {})
    for name, own in people.items():
        page = with_unique_ids((Section("planer", "Planer", person_plans(own, below)),))
        yield Overview(folders[name], f"Planer för {name}", _lead(own), page, made)


def _lead(plans: list[Plan]) -> str:
    if not plans:
        return "Här finns inga planer än. Lägg en plan i mappen plans, så syns den här."
    if all(plan.root.flag("fiktiv") for plan in plans):
        return "Alla planer här är påhittade. Ingen i dem finns på riktigt. Läs dem för att se hur en plan kan se ut."
    return "Här är alla planer. Välj en plan för att läsa den, eller hämta den som PDF."


def _nothing() -> tuple[Block, ...]:
    return (text("Stå i mappen där mkdocs.yml ligger och skriv:"), Code("ipsite new alva/ip-2027"))


def _folders(people: Iterable[str], plans: Iterable[Plan]) -> dict[str, str]:
    """Where each person's page stands: never where a plan's page does."""
    taken = {plan.id for plan in plans}
    folders: dict[str, str] = {}
    for name in people:
        made = base = slug(f"person {name}")
        number = 1
        while made in taken:
            number += 1
            made = f"{base}-{number}"
        taken.add(made)
        folders[name] = made
    return folders


_ALPHABET = str.maketrans({"å": "{", "ä": "|", "ö": "}"})  # in this order, after z


def _letters(people: dict[str, list[Plan]], folders: dict[str, str], today: date) -> Iterator[Section]:
    """One line for each person, under the first letter of the name."""
    letters: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(people, key=lambda name: name.casefold().translate(_ALPHABET)):
        letters.setdefault(name[:1].upper(), []).append((f"{folders[name]}/", _line(name, people[name], today)))
    for number, (letter, lines) in enumerate(letters.items(), start=1):
        yield Section(f"bokstav-{number}", letter, (Links(tuple(lines)),))


def _line(name: str, plans: list[Plan], today: date) -> str:
    """ "Alva Lindberg: 3 planer. Omprövas senast 2 mars 2027." """
    live = [plan for plan in plans if plan.status == "gällande"]
    reviews = [day for plan in live if (day := events.review_by(plan)) is not None]
    count = f"{len(plans)} {'plan' if len(plans) == 1 else 'planer'}"
    late = f" Något var försenat {dates.day(today)}." if any(overdue(plan, today) for plan in live) else ""
    review = f" Nästa omprövning eller uppföljning senast {dates.day(min(reviews))}." if reviews else ""
    return f"{name}: {count}.{review}{late}"
