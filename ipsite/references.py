"""Does every reference in a plan point at something? People, other plans, sections of the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from functools import cache
from typing import Any, NamedTuple

from ipsite import schema
from ipsite.load import Source, Way
from ipsite.model import MYSELF
from ipsite.problem import Problem, field_path, is_name
from ipsite.schema import Field
from ipsite.suggest import as_key, did_you_mean

_MOST_GUESSES = 50  # in one plan; so many wrong references have another cause than slips of the pen
_MOST_SHOWN = 30
_BETWEEN = re.compile(r"\s*[,;/&+]\s*(?:och\s+)?|\s+och\s+")
_AS_LIST = "Skriv deras nycklar som en lista: «[mamma, god_man]»."
_MANY = 1000  # plans, beyond which only those in the same folder are guessed among: each guess looks at all of them


class _Reference(NamedTuple):
    """A place that names something, and the name."""

    field: Field
    path: Way
    target: str


class _Targets(NamedTuple):
    """What references of one sort may point at, and how to tell of one that points at nothing.

    `words` gives the right ones, to guess among and to show; `otherwise` the hint when nothing is near, and `meant`
    that for what says whom it means, but otherwise than it should. All are asked for when something is wrong only:
    all plans of a large portfolio are too many to list for each of them.
    """

    code: str
    message: str
    holds: Callable[[str], bool]
    words: Callable[[], Collection[str]]
    otherwise: Callable[[], str]
    meant: Callable[[_Reference], str] = lambda reference: ""
    after: str = ""  # what is true whether it is guessed or not


def check_references(source: Source, plan_ids: Iterable[str]) -> list[Problem]:
    """Problems for each reference in `source` that points at nothing.

    `plan_ids` are the ids of all plans of the portfolio. Works on a plan with faults of form too:
    what is not a text, or not written as a reference, is passed over, since form has told of it.
    """
    kind = source.data.get("slag")
    if not isinstance(kind, str) or kind not in schema.KINDS:
        return []
    fields = schema.fields(kind)
    ids = plan_ids if isinstance(plan_ids, Set) else frozenset(plan_ids)
    targets = {"person": _people(source), "plan": _plans(source, ids), "avsnitt": _sections(source, fields)}
    broken = [
        reference
        for reference in _references(source.data, _trail(kind), ())
        if not targets[reference.field.points_to].holds(reference.target)
    ]
    return [
        _problem(source, reference, targets[reference.field.points_to], guess=number < _MOST_GUESSES)
        for number, reference in enumerate(broken)
    ]


def resolve(reference: str, plan_id: str, plan_ids: Iterable[str]) -> str | None:
    """The id that `reference` in the plan `plan_id` names: beside it in its folder, or from the top."""
    folder = plan_id.rpartition("/")[0]
    ids = plan_ids if isinstance(plan_ids, Set | Mapping) else set(plan_ids)
    for candidate in (f"{folder}/{reference}" if folder else reference, reference):
        if candidate in ids:
            return candidate
    return None


def _references(data: Any, trail: _Trail | None, path: Way) -> Iterator[_Reference]:
    if trail is None:
        return
    field = trail.field
    if field.points_to:
        named = [(path, data)] if isinstance(data, str) else []
        if isinstance(data, list):
            named = [((*path, index), item) for index, item in enumerate(data) if isinstance(item, str)]
        yield from (_Reference(field, *one) for one in named if one[1] and re.search(field.pattern, one[1]))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _references(value, trail.properties.get(key, trail.entries), (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _references(item, trail.items, (*path, index))


class _Trail(NamedTuple):
    """A field with what inside it leads on to references; None stands for what does not."""

    field: Field
    properties: dict[str, _Trail | None]
    entries: _Trail | None
    items: _Trail | None


@cache
def _trail(kind: str) -> _Trail | None:
    """Where the references of a kind of plan may be, so that the rest need not be looked through."""
    return _lead(schema.fields(kind))


def _lead(field: Field | None) -> _Trail | None:
    if field is None:
        return None
    inner = {key: _lead(one) for key, one in field.properties.items()}
    entries, items = _lead(field.entries), _lead(field.items)
    return _Trail(field, inner, entries, items) if field.points_to or any(inner.values()) or entries or items else None


def _problem(source: Source, reference: _Reference, targets: _Targets, *, guess: bool) -> Problem:
    hint = (targets.meant(reference) or did_you_mean(reference.target, targets.words())) if guess else ""
    return Problem(
        targets.code,
        "fel",
        source.file,
        *source.value_place(reference.path),
        field_path(reference.path),
        f"«{reference.field.key}» {targets.message}",
        (hint or targets.otherwise()) + targets.after,
        reference.field.law,
    )


def _people(source: Source) -> _Targets:
    people = source.data.get("personer")
    people = people if isinstance(people, dict) else {}
    keys = [key for key in people if not key.startswith("x_")]

    @cache
    def words() -> list[str]:
        return [*dict.fromkeys(as_key(key) or key for key in keys if is_name(key)), MYSELF]

    def meant(reference: _Reference) -> str:
        return _several(reference, words()) or _by_name(reference, source.data)

    return _Targets(
        "IP040",
        "pekar på någon som inte finns under «personer».",
        {*keys, *map(as_key, filter(is_name, keys)), MYSELF}.__contains__,  # a key that is refused will be mended
        words,
        lambda: f"Lägg till personen under «personer», eller skriv en som finns: {_listed(words())}.",
        meant,
    )


def _several(reference: _Reference, words: Iterable[str]) -> str:
    """The hint for people written in a row, as in a text: "mamma och ledsagare"."""
    known = {word.casefold(): word for word in words}
    written = _BETWEEN.split(reference.target)
    parts = [known.get(part.casefold(), "") for part in written]
    if len(parts) < 2 or not all(written):
        return ""
    if not all(parts):  # a guess at one of them would leave out the others
        return f"Är det flera personer? {_AS_LIST} Var och en ska finnas under «personer»."
    listed = ", ".join(parts)
    if isinstance(reference.path[-1], int):
        return f"Skriv var och en för sig i listan: «{listed}»."
    return f"Skriv flera som en lista: «{reference.field.key}: [{listed}]»."


def _by_name(reference: _Reference, data: Mapping[str, Any]) -> str:
    """The hint for somebody who is called by name, where the key should stand. It does not repeat the name."""
    people = data["personer"] if isinstance(data.get("personer"), dict) else {}
    known = [(as_key(key), one) for key, one in people.items() if is_name(key) and not key.startswith("x_")]
    known.append((MYSELF, data.get("person")))
    name = reference.target.casefold()
    keys = [key for key, one in known if isinstance(one, dict) and str(one.get("namn", "")).casefold() == name]
    return f"Skriv «{keys[0]}» i stället för namnet." if len(keys) == 1 and keys[0] else ""


def _plans(source: Source, ids: Set[str]) -> _Targets:
    folder = f"{source.id.rpartition('/')[0]}/"

    def words() -> list[str]:
        near = [name for name in ids if name.startswith(folder)] if len(ids) > _MANY else ids
        others = [name for name in near if name != source.id]
        return [*others, *(name.removeprefix(folder) for name in others if name.startswith(folder))]

    return _Targets(
        "IP041",
        "pekar på en plan som inte finns.",
        lambda target: resolve(target, source.id, ids) is not None,
        words,
        lambda: "Skriv planfilens namn utan .yaml, med mapp om den ligger i en annan mapp: «plan-a/ip-2026».",
        after=" Finns planen inte kvar, ta bort raden.",
    )


def _sections(source: Source, fields: Field) -> _Targets:
    words = [key for key in fields.properties if key in source.data]
    return _Targets(
        "IP042",
        "pekar på en del som inte finns i planen.",
        words.__contains__,
        lambda: words,
        lambda: f"Delar som finns i planen: {_listed(words)}.",
    )


def _listed(words: list[str]) -> str:
    return " · ".join(words[:_MOST_SHOWN]) + (" …" if len(words) > _MOST_SHOWN else "")
