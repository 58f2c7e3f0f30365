"""New projects and new plans on disk. Nothing that is there already is ever changed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from ipsite import schema
from ipsite.draft import draft
from ipsite.interrupts import undisturbed
from ipsite.load import read
from ipsite.portfolio import by_id, id_of, is_id, named, shown
from ipsite.renewal import NotRenewable, renewed
from ipsite.slug import slug
from ipsite.suggest import did_you_mean
from ipsite.write import new_file, reason

PLANS = "plans"
FIRST = "min-plan"  # the folder of the first plan: a name that tells of nobody
_STARTER = Path(__file__).parent / "starter"
_SCHEMA_LINE = re.compile(r"(?m)^(# yaml-language-server: \$schema=)(?:\.\./)*schema/")


class NotMade(RuntimeError):
    """Nothing was made. The message says why and what to do, in Swedish."""


# Projects


def init(folder: Path, today: date) -> Path:
    """Make a project in `folder`, which must be empty or not there; the path of its first plan.

    Raises `NotMade`, and leaves nothing half done.
    """
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise NotMade(f"{shown(folder)} är inte en mapp. Välj ett annat namn.")
        if folder.exists() and any(folder.iterdir()):
            raise NotMade(f"Mappen {shown(folder)} är inte tom. Inget i den har ändrats. Välj en ny mapp.")
        files = dict(_files(today))
        with undisturbed():
            _fill(folder, files)
    except OSError as error:
        raise NotMade(f"Mappen {shown(folder)} kunde inte göras: {reason(error)}.") from None
    return folder / PLANS / FIRST / _first_name(today)


def _first_name(today: date) -> str:
    return f"ip-{today.year}.yaml"


def _files(today: date) -> Iterator[tuple[str, str]]:
    """Every file of a new project: its place and its text."""
    for name, place in (("gitignore", ".gitignore"), ("bilder.txt", f"{PLANS}/{FIRST}/bilder.txt")):
        yield place, (_STARTER / name).read_text("utf-8")
    for name in ("mkdocs.yml", "README.md", "docs/index.md"):
        yield name, (_STARTER / name).read_text("utf-8")
    for file in sorted(schema.directory().glob("*.schema.json")):
        yield f"schema/{file.name}", file.read_text("utf-8")
    kind = next(iter(schema.KINDS))
    yield f"{PLANS}/{FIRST}/{_first_name(today)}", draft(kind, today, schema_at=f"../../schema/{schema.KINDS[kind]}")


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    """All files at once: made aside in the folder, then moved up."""
    was_there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".ny-", dir=folder))
    moved: list[Path] = []
    try:
        for place, text in files.items():
            new_file(aside / place, text.encode())
        for made in sorted(aside.iterdir()):
            moved.append(made.rename(folder / made.name))
        aside.rmdir()
    except OSError:
        for made in (*moved, aside):
            shutil.rmtree(made, ignore_errors=True) if made.is_dir() else made.unlink(missing_ok=True)
        if not was_there:
            folder.rmdir()
        raise


# Plans


def new_plan(
    project: Path,
    name: str,
    kind: str,
    today: date,
    *,
    old: str = "",
    answers: Mapping[str, str] | None = None,
    plans: Path = Path(PLANS),
) -> Path:
    """Write a new plan in the folder `plans` of `project`; its path. Raises `NotMade`.

    `old` names the plan that the new one takes over after; `answers` are what the writer has said already.
    """
    path = place(project / plans, name)
    text = _renewed(project / plans, old, today) if old else draft(kind, today, answers, "schema/" + schema.KINDS[kind])
    text = _SCHEMA_LINE.sub(
        lambda line: line[1] + Path(os.path.relpath(project / "schema", path.parent)).as_posix() + "/", text
    )
    if not (project / "schema").is_dir():
        text = "\n".join(line for line in text.split("\n") if not _SCHEMA_LINE.match(line))
    try:
        with undisturbed():
            new_file(path, text.encode())
    except FileExistsError:
        raise NotMade(_taken(path)) from None
    except OSError as error:
        raise NotMade(f"Planen kunde inte sparas: {reason(error)}.") from None
    return path


def place(plans: Path, name: str) -> Path:
    """Where a new plan called `name` will lie in the folder `plans`. Raises `NotMade` when it cannot."""
    path = plans / f"{_id_of(name, plans)}.yaml"
    if not plans.is_dir():
        here = f"Mappen {shown(plans)} finns inte här."
        raise NotMade(f"{here} Gör ett nytt projekt med «ipsite init», eller stå i rätt mapp.")
    if not path.resolve().is_relative_to(plans.resolve()):
        raise NotMade(f"Planen skulle hamna utanför mappen {shown(plans)}. Välj en annan mapp.")
    if path.exists() or path.is_symlink():
        raise NotMade(_taken(path))
    return path


def _taken(path: Path) -> str:
    return f"{shown(path)} finns redan och har inte ändrats. Välj ett annat namn."


def _id_of(name: str, plans: Path) -> str:
    """A name as it is written at the terminal → the plan's id."""
    plan_id = Path(name).as_posix().removeprefix(f"{shown(plans)}/").removesuffix(".yaml").removesuffix(".yml")
    if not is_id(plan_id):
        better = "/".join(slug(part) for part in plan_id.split("/") if part not in ("", ".", ".."))
        if not any(sign.isdigit() for sign in better):  # it may be whom the plan is for
            better = "plan-a/ip-2027"
        raise NotMade(
            "Planens namn får bara ha små bokstäver a–z, siffror och bindestreck, med mapp om du vill. Skriv inte "
            f"personens namn i det. Skriv till exempel «{better}»."
        )
    return plan_id


def _renewed(plans: Path, old: str, today: date) -> str:
    path = named(old, plans)
    plan_id = id_of(path, plans) if path else None
    if path is None or plan_id is None:
        raise NotMade(
            f"Planen {shown(Path(old))} finns inte i mappen {shown(plans)}. {did_you_mean(old, by_id(plans))}".strip()
        )
    source, _ = read(path, shown(path), plan_id)
    if source is None:
        raise NotMade(f"{shown(path)} går inte att läsa. Kontrollera den med «ipsite check» först.")
    try:
        return renewed(source, today)
    except NotRenewable as error:
        raise NotMade(str(error)) from None
