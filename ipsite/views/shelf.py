"""Where the papers of a plan lie on its page: those of each meeting together, so that a long list can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ipsite.model import Plan
from ipsite.slug import unique
from ipsite.views.download import Download
from ipsite.views.sheet import meeting_names, of_the_day

_TASKS, _INVITATION = "vem-gor-vad/", "-inbjudan"
_FEW = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """Papers of one matter: `title` is their heading, or "" for those that come first. `each` are those of which there
    is one to each who is invited, to be folded together under `folded` when they are many."""

    id: str
    title: str
    files: tuple[Download, ...]
    folded: str = ""
    each: tuple[Download, ...] = ()


def shelves(plan: Plan, files: Iterable[Download]) -> tuple[Shelf, ...]:
    """The files of a plan, which their addresses tell apart: the whole plan's first, then those of each meeting in the
    order of time, then who does what."""
    files = tuple(files)
    meetings = sorted(
        zip(meeting_names(plan), plan.root.each("möten"), strict=True), key=lambda pair: pair[1].text("tid")
    )
    longest_first = sorted((name for name, _ in meetings), key=len, reverse=True)
    places = {file: next((name for name in longest_first if _is_of(file, name)), "") for file in files}
    by_name = {name: [file for file in files if places[file] == name] for name, _ in meetings}
    tasks = tuple(file for file in files if file.address.startswith(_TASKS))
    rest = tuple(file for file in files if not places[file] and file not in tasks)
    titles = [of_the_day(meeting).capitalize() for _, meeting in meetings]
    ids = unique(f"papper {name}" for name, _ in meetings)
    found = (
        Shelf("", "", rest),
        *(_meeting(id_, title, by_name[name]) for id_, title, (name, _) in zip(ids, titles, meetings, strict=True)),
        Shelf("papper-vem-gor-vad", "Vem gör vad", tasks),
    )
    return tuple(shelf for shelf in found if shelf.files or shelf.each)


def _is_of(file: Download, meeting: str) -> bool:
    return file.address.startswith((f"moten/{meeting}-", f"moten/{meeting}."))


def _meeting(id_: str, title: str, files: list[Download]) -> Shelf:
    each = tuple(file for file in files if _INVITATION in file.address)
    if len(each) <= _FEW:
        return Shelf(id_, title, tuple(files))
    rest = tuple(file for file in files if file not in each)
    return Shelf(id_, title, rest, f"Inbjudningar, en till var och en ({len(each)} filer)", each)
