"""All plans of the portfolio, by person. A few people stand on one page; many have a page each, and a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipsite import dates
from ipsite.model import Plan
from ipsite.slug import slug
from ipsite.views.anchors import with_unique_ids
from ipsite.views.blocks import Block, Code, Links, Section, text
from ipsite.views.brief import Brief
from ipsite.views.person_plans import Setting, person_plans
from ipsite.views.sheet import told_apart


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


def on_one_page(people: Mapping[str, Sequence[Plan]], setting: Setting) -> Overview:
    """`/planer/` with all plans of a few people, by name."""
    plans = [plan for own in people.values() for plan in own]
    named = replace(setting, titles=told_apart(plans))
    sections = (Section(slug(f"person {name}"), name, person_plans(own, named)) for name, own in people.items())
    blocks = with_unique_ids(tuple(sections)) or _nothing()
    return Overview("", "Planer", _lead([plan.root.flag("fiktiv") for plan in plans]), blocks, _made(setting.today))


def of_person(name: str, own: Sequence[Plan], folder: str, setting: Setting) -> Overview:
    """The page of a person who has one of her own, in `folder`."""
    named = replace(setting, titles=told_apart(own))
    blocks = with_unique_ids((Section("planer", "Planer", person_plans(own, named)),))
    lead = _lead([plan.root.flag("fiktiv") for plan in own])
    return Overview(folder, f"Planer för {name}", lead, blocks, _made(setting.today))


def of_many(people: Mapping[str, Sequence[Brief]], folders: Mapping[str, str], today: date) -> Overview:
    """`/planer/` as a list of people, each with a page in one of the `folders`, by name."""
    lead = _lead([one.made_up for own in people.values() for one in own])
    return Overview("", "Planer", lead, tuple(_letters(people, folders, today)), _made(today))


def _made(today: date) -> str:
    return f"Sidan gjordes {dates.day(today)}."


def _lead(made_up: Sequence[bool]) -> str:
    """What stands first, by whether each plan is marked as invented."""
    if not made_up:
        return "Här finns inga planer än. Lägg en plan i mappen plans, så syns den här."
    if all(made_up):
        return "Alla planer här är påhittade. Ingen i dem finns på riktigt. Läs dem för att se hur en plan kan se ut."
    return "Här är alla planer. Välj en plan för att läsa den, eller hämta den som PDF."


def _nothing() -> tuple[Block, ...]:
    return (text("Stå i mappen där mkdocs.yml ligger och skriv:"), Code("ipsite new plan-a/ip-2027"))


_ALPHABET = str.maketrans({"å": "{", "ä": "|", "ö": "}"})  # in this order, after z


def _letters(people: Mapping[str, Sequence[Brief]], folders: Mapping[str, str], today: date) -> Iterator[Section]:
    """One line for each person, under the first letter of the name."""
    letters: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(people, key=lambda name: name.casefold().translate(_ALPHABET)):
        letters.setdefault(name[:1].upper(), []).append((f"{folders[name]}/", _line(name, people[name], today)))
    for number, (letter, lines) in enumerate(letters.items(), start=1):
        yield Section(f"bokstav-{number}", letter, (Links(tuple(lines)),))


def _line(name: str, plans: Sequence[Brief], today: date) -> str:
    """ "Alva Lindberg: 3 planer. Omprövas senast 2 mars 2027." """
    reviews = [one.review for one in plans if one.review is not None]
    count = f"{len(plans)} {'plan' if len(plans) == 1 else 'planer'}"
    late = f" Något var försenat när sidan gjordes, {dates.day(today)}." if any(one.is_late for one in plans) else ""
    review = f" Nästa omprövning eller uppföljning senast {dates.day(min(reviews))}." if reviews else ""
    return f"{name}: {count}.{review}{late}"
