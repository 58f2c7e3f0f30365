"""Does every reference in a plan point at something? People, other plans, sections of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ipsite import schema
from ipsite.load import Source, Way
from ipsite.model import MYSELF
from ipsite.problem import Problem, field_path
from ipsite.schema import Field
from ipsite.suggest import did_you_mean


def check_references(source: Source, plan_ids: Iterable[str]) -> list[Problem]:
    """Problems for each reference in `source` that points at nothing.

    `plan_ids` are the ids of all plans of the portfolio. Works on a plan with faults of form too:
    what is not a text is passed over, since form has told of it.
    """
    kind = source.data.get("slag")
    if not isinstance(kind, str) or kind not in schema.KINDS:
        return []
    fields = schema.fields(kind)
    ids = tuple(plan_ids)
    return [
        problem
        for field, path, target in _references(source.data, fields, ())
        if (problem := _CHECKS[field.points_to](source, field, path, target, ids))
    ]


def resolve(reference: str, plan_id: str, plan_ids: Iterable[str]) -> str | None:
    """The id that `reference` in the plan `plan_id` names: beside it in its folder, or from the top."""
    folder = plan_id.rpartition("/")[0]
    ids = set(plan_ids)
    for candidate in (f"{folder}/{reference}" if folder else reference, reference):
        if candidate in ids:
            return candidate
    return None


def _references(data: Any, field: Field | None, path: Way) -> Iterator[tuple[Field, Way, str]]:
    if field is None:
        return
    if field.points_to and isinstance(data, str):
        yield field, path, data
    elif field.points_to and isinstance(data, list):
        for index, item in enumerate(data):
            if isinstance(item, str):
                yield field, (*path, index), item
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _references(value, field.properties.get(key, field.entries), (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _references(item, field.items, (*path, index))


def _problem(source: Source, path: Way, code: str, message: str, hint: str) -> Problem:
    return Problem(code, "fel", source.file, *source.value_place(path), field_path(path), message, hint)


def _person(source: Source, field: Field, path: Way, target: str, ids: tuple[str, ...]) -> Problem | None:
    people = source.data.get("personer")
    known = [*(people if isinstance(people, dict) else ()), MYSELF]
    if target in known:
        return None
    hint = did_you_mean(target, known)
    return _problem(
        source,
        path,
        "IP040",
        f"«{field.key}» pekar på någon som inte finns under «personer».",
        f"{hint} Du kan skriva: {' · '.join(known)}.".strip(),
    )


def _plan(source: Source, field: Field, path: Way, target: str, ids: tuple[str, ...]) -> Problem | None:
    if resolve(target, source.id, ids) is not None:
        return None
    folder = source.id.rpartition("/")[0]
    near = [
        *ids,
        *(name.removeprefix(f"{folder}/") for name in ids if folder and name.startswith(f"{folder}/")),
    ]
    hint = did_you_mean(target, near) or "Skriv planens namn utan .yaml: «alva/ip-2026»."
    return _problem(source, path, "IP041", f"«{field.key}» pekar på en plan som inte finns.", hint)


def _section(source: Source, field: Field, path: Way, target: str, ids: tuple[str, ...]) -> Problem | None:
    if target in source.data:
        return None
    known = [key for key in source.data if not key.startswith("x_")]
    return _problem(
        source,
        path,
        "IP042",
        f"«{field.key}» pekar på en del som inte finns i planen.",
        did_you_mean(target, known) or f"Delar i planen: {', '.join(known)}.",
    )


_CHECKS = {"person": _person, "plan": _plan, "avsnitt": _section}
