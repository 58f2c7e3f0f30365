"""`ipsite diff`: two plans by file or id → what is new, in sentences. Reads files, writes nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ipsite import excerpt, portfolio, report
from ipsite.checking import check_paths
from ipsite.comparable import comparable, same_person
from ipsite.model import MYSELF, Plan
from ipsite.references import resolve
from ipsite.suggest import did_you_mean
from ipsite.views.changes import NOTHING, Group, told


class NotCompared(RuntimeError):
    """The plans cannot be compared. The message is for the user."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which plans were compared, by id and title, and what is new."""

    old: str
    new: str
    old_title: str
    new_title: str
    groups: tuple[Group, ...]


def compare(root: Path, names: tuple[str, ...], reader: str, today: date) -> Comparison:
    """What is new in the last of `names` (files, or ids of plans under `root`) since the first, or, when there is one
    name, since the plan that it takes over from; only what `reader` may see (a key, or "" for the person), on the day
    `today`. Raises `NotCompared`."""
    new_path = _path(names[-1], root)
    new = _plan(new_path, root)
    old = _plan(_path(names[0], root) if len(names) > 1 else _before(new, new_path, root), root)
    if old.kind != new.kind:
        raise NotCompared(f"Planerna är av olika slag: {old.kind} och {new.kind}. Jämför två planer av samma slag.")
    if not same_person(old, new):
        raise NotCompared("Planerna är till för olika personer. Jämför två planer för samma person.")
    both = comparable(old, new, reader or MYSELF, today)
    if both is None:
        raise NotCompared(_refused(reader, old, new))
    return Comparison(old.id, new.id, old.title, new.title, told(*both))


def _path(name: str, root: Path) -> Path:
    """The file of the plan that was named. Raises `NotCompared`."""
    if found := portfolio.named(name, root):
        return found
    is_here = root.is_dir()
    help_ = did_you_mean(name, portfolio.by_id(portfolio.root_of(root))) if is_here else "Stå i mappen med mkdocs.yml."
    raise NotCompared(f"Planen {portfolio.shown(Path(name))} finns inte. {help_}".strip())


def _plan(path: Path, root: Path) -> Plan:
    """The plan in a file. A fault of form stops, and a person who is not there; what is against law or sense does
    not, nor a plan that lies elsewhere."""
    checked = check_paths([path], date.min, root)
    errors = [problem for problem in checked.problems if problem.level == "fel"]
    if not checked.plans or any(problem.code == "IP040" for problem in errors):
        wrong = report.text(errors, excerpt.reader())
        raise NotCompared(f"Planen har fel, så den kan inte jämföras.\n\n{wrong}")
    return checked.plans[0]


def _before(new: Plan, path: Path, root: Path) -> Path:
    """The file of the plan that `new` takes over from."""
    written = new.root.text("ersätter")
    if not written:
        raise NotCompared(
            f"Planen {new.id} säger inte vilken plan den ersätter. Skriv den gamla planen först: ipsite diff GAMMAL NY."
        )
    ids = portfolio.by_id(portfolio.root_around(path, root))
    found = resolve(written, new.id, ids)
    if found is None:
        help_ = did_you_mean(written, [name for name in ids if name != new.id])
        raise NotCompared(f"Planen {new.id} ersätter {written}, som inte finns. {help_}".strip())
    return ids[found]


def _refused(reader: str, old: Plan, new: Plan) -> str:
    keys = set(old.people) | set(new.people)
    if reader not in keys:
        return f"«{reader}» finns inte under «personer». {did_you_mean(reader, keys)}".strip()
    return f"«{reader}» har inte exemplar av båda planerna i dag, så det finns inget att jämföra."


def as_text(made: Comparison) -> str:
    """Lines to read or to hear: a heading for each group, and a line for each thing."""
    lines = [f"Nytt i planen ”{made.new_title}” ({made.new})", f"sedan planen ”{made.old_title}” ({made.old})"]
    if not made.groups:
        lines += ["", NOTHING]
    for group in made.groups:
        lines += ["", group.title, *(f"- {sentence}" for sentence in group.sentences)]
    return "\n".join(_printable(line) for line in lines)


def _printable(line: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in line)


def as_json(made: Comparison) -> str:
    """The contract for programs: {"old", "new", "old_title", "new_title", "groups": [{"title", "sentences"}]}."""
    return json.dumps(asdict(made), ensure_ascii=False, indent=2)
