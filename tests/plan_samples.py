"""What several test modules need: small plans as values, YAML with known lines, and the example folders."""

from __future__ import annotations

import copy
import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ipsite.cli import main
from ipsite.load import Source, Way, parse
from ipsite.problem import Problem
from ipsite.references import check_references
from ipsite.validate import restored, validate

PLANS = Path(__file__).parent / "plans"
TODAY = "2026-11-22"

_COMMON: dict[str, Any] = {
    "format": 1,
    "titel": "Flytta hemifrån",
    "skriven": "2026-03-02",
    "status": "utkast",
    "person": {"namn": "Alva Lindberg"},
    "personer": {"mamma": {"namn": "Eva Lindberg", "roll": "mamma", "huvudman": "närstående"}},
}
_OWN: dict[str, dict[str, Any]] = {
    "individuell plan": {"anledning": "Jag ska flytta."},
    "sip": {
        "behov": ["Hjälp på morgonen."],
        "övergripande_ansvar": {"huvudman": "kommun"},
        "samtycke": {"datum": "2026-03-02"},
    },
    "genomförandeplan": {
        "insats": {"insats": "Daglig verksamhet"},
        "utförare": "Snickeriet",
        "uppdrag": {"nämnd": "Socialnämnden"},
        "fastställd": "2026-03-20",
        "följs_upp": {"när": "2026-10-01"},
    },
}


def small_plan(kind: str = "individuell plan", **more: Any) -> dict[str, Any]:
    """A new plan of `kind` with nothing but what it must have, and `more`."""
    return copy.deepcopy({**_COMMON, "slag": kind, **_OWN[kind], **more})


def put(data: Any, way: Way, value: Any) -> None:
    """Set the value at `way`."""
    for step in way[:-1]:
        data = data[step]
    data[way[-1]] = value


def take(data: Any, way: Way) -> Any:
    """The value at `way`."""
    for step in way:
        data = data[step]
    return data


def as_yaml(data: dict[str, Any]) -> tuple[str, dict[Way, int]]:
    """Plan data as YAML, and the line of each key and list item: an oracle that does not share the reader's code.

    Every text is quoted as JSON quotes it; every key and every item has a line of its own.
    """
    lines: list[str] = []
    places: dict[Way, int] = {}
    _write(data, (), "", lines, places)
    return "\n".join(lines) + "\n", places


def _write(value: Any, way: Way, indent: str, lines: list[str], places: dict[Way, int]) -> None:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in entries:
        here = (*way, step)
        plain = isinstance(step, str) and step.isidentifier()
        key = "-" if isinstance(step, int) else f"{step if plain else json.dumps(step, ensure_ascii=False)}:"
        places[here] = len(lines) + 1
        if isinstance(inner, dict | list) and inner:
            lines.append(f"{indent}{key}")
            if isinstance(step, int):
                places[here] += 1  # an item begins where its first content stands
            _write(inner, here, f"{indent}  ", lines, places)
        else:
            lines.append(f"{indent}{key} {json.dumps(inner, ensure_ascii=False)}")


def read_text(text: str | bytes, plan_id: str = "plan") -> tuple[Source | None, list[Problem]]:
    """Parse `text` as the file `plan.yaml`."""
    return parse(text.encode() if isinstance(text, str) else text, "plan.yaml", plan_id)


def source_of(text: str | bytes, plan_id: str = "plan") -> Source:
    """The source of a text that can be read."""
    source, problems = read_text(text, plan_id)
    assert source is not None, problems
    return source


def form_of(data: dict[str, Any], plan_ids: tuple[str, ...] = ()) -> list[Problem]:
    """All problems of form and reference in plan data."""
    source = restored(source_of(as_yaml(data)[0]))
    return validate(source) + check_references(source, plan_ids)


def is_form(code: str) -> bool:
    """Whether a problem is of reading, form or reference; law and sense begin at IP100."""
    return int(code.removeprefix("IP")) < 100


def example_folders() -> list[Path]:
    """Each folder of plans that are wrong, with the expected problems beside them."""
    return sorted(path for path in (PLANS / "invalid").iterdir() if path.is_dir())


def check_folder(folder: Path, into: Path, monkeypatch: Any) -> dict[str, Any]:
    """What `ipsite check --format json` says of a copy of `folder` in `into`, without problems of law and sense."""
    root = into / "plans"
    shutil.copytree(folder, root, ignore=shutil.ignore_patterns("problems.json"), dirs_exist_ok=True)
    monkeypatch.chdir(root)
    answer: dict[str, Any] = json.loads(run("check", "--format", "json", "--today", TODAY, ".").stdout)
    answer["problems"] = [problem for problem in answer["problems"] if is_form(problem["code"])]
    return answer


def run(*arguments: str) -> Result:
    """`ipsite` with `arguments`; anything but a normal end is an error of the test."""
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def pressed(step: Callable[..., Any]) -> Callable[..., Any]:
    """The same step, with Ctrl-C as soon as it is taken."""

    def with_ctrl_c(*arguments: Any, **more: Any) -> Any:
        made = step(*arguments, **more)
        os.kill(os.getpid(), signal.SIGINT)
        return made

    return with_ctrl_c


def refuse_to_list(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody list a folder of this name, root neither."""
    listing = os.scandir

    def refuse(path: str) -> Any:
        if Path(path).name == name:
            raise PermissionError(13, "denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
