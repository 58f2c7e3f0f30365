"""What a site was built of and how it stands, so that a build that would give the same is not made again.

Nothing here loads MkDocs. What is known counts only as long as everything is as it was: the program, the wishes, the
day, every file that MkDocs may read, and every file of the site itself. Where only plans have changed, `refresh` makes
what follows from them. Whatever is missing, damaged or out of the ordinary means that the site is built.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ipsite import schema, state
from ipsite.publish import locked
from ipsite.rebuild import record
from ipsite.settings import Progress, quiet
from ipsite.store import PRIVATE

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a build: how many pages and papers and where to start; or the problem that stopped it."""

    pages: int = 0
    papers: int = 0
    start: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says that `mkdocs.yml` does not, or says otherwise. Without `today` the day is the one
    that the configuration or SOURCE_DATE_EPOCH names, else today; `reader` is the key of whom a copy is for.
    Without `cache` nothing that was made before is looked for, and no paper is kept. `executor` is the address of a
    cluster that makes the papers."""

    site_dir: Path | None = None
    jobs: int | None = None
    papers: bool = True
    today: date | None = None
    reader: str | None = None
    cache: bool = True
    progress: Progress = quiet
    executor: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site is built of: `roots` are the files and folders that are read, `plans` the folder of plans among them,
    `day` the day that it is built for, `given` that day when mkdocs.yml names it. `digest` tells how all but the plans
    was before the build began, and `states` how each file among the plans was, by its path."""

    roots: tuple[str, ...]
    plans: str
    day: date
    given: str
    digest: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What came of which plans: rows for the tables of `record`, and what more `refresh` has to know. Nothing where a
    site can only be built whole."""

    about: Mapping[str, Any] = field(default_factory=dict)
    plans: Iterable[record.Row] = ()
    circles: Iterable[record.Row] = ()
    files: Iterable[record.Row] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a site found: what the last build `made`, what is known of it, and the files among the plans that
    have `changed`, come or gone since, with how they are now ("" for gone). `stands` tells whether every file of the
    site is as it was; a large one is looked at beside other work, so ask last."""

    place: Path
    made: Made
    about: Mapping[str, Any]
    changed: Mapping[str, str]
    connection: sqlite3.Connection
    stands: Callable[[], bool]


def sources(config_file: Path, wish: Wish, roots: Iterable[Path], plans: Path, day: date, given: str) -> Sources | None:
    """How that which a site is built of is now; None when it cannot be told for certain."""
    paths = tuple(dict.fromkeys(str(path.absolute()) for path in roots))
    top = str(plans.absolute())
    try:
        digest = _digest(config_file, wish, paths, day)
        return Sources(paths, top, day, given, digest, dict(state.files(top)))
    except (state.Unsure, OSError):
        return None


def remember(config_file: Path, wish: Wish, known: Sources, site: Path, made: Made, parts: Parts) -> None:
    """Keep how a site that was just built of `known` stands. A folder that cannot be written in keeps nothing."""
    place = place_of(config_file, wish)
    with suppress(state.Unsure, OSError, sqlite3.Error):
        marks = [state.mark(*one) for one in state.files(str(site))]
        about = {
            "sources": known.digest,
            "roots": known.roots,
            "plans": known.plans,
            "given": known.given,
            "site": str(site.absolute()),
            "files": len(marks),
            "stands": str(state.total(marks)),
            "made": [made.pages, made.papers, made.start],
        }
        tables = {"sources": known.states.items(), "plans": parts.plans, "circles": parts.circles, "files": parts.files}
        record.write(place, {**about, **parts.about}, tables)
    shutil.rmtree(reserve_of(config_file.parent, place), ignore_errors=True)  # of the site that stood before


@contextmanager
def alone(config_file: Path) -> Iterator[None]:
    """One build of a project at a time, as long as it changes what stands and what is known of it."""
    folder = config_file.parent / PRIVATE / "built"
    if folder.is_dir() and not folder.is_symlink() and not folder.parent.is_symlink():
        with locked(folder):
            yield
    else:
        yield  # nothing is known yet, so nobody builds on it


def given_day(config_file: Path, wish: Wish) -> str | None:
    """The day that mkdocs.yml named when the site was built ("" for none); None when nothing is known."""
    with (
        suppress(sqlite3.Error, OSError, KeyError, TypeError, ValueError),
        record.opened(place_of(config_file, wish)) as connection,
    ):
        return str(record.about(connection)["given"]) if connection else None
    return None


@contextmanager
def look(config_file: Path, wish: Wish, day: date) -> Iterator[Look | None]:
    """What has changed since the last build, where nothing but plans has; else None."""
    place = place_of(config_file, wish)
    with record.opened(place) as connection, ExitStack() as beside:
        yield _look(place, config_file, wish, day, connection, beside) if connection else None


def _look(
    place: Path, config_file: Path, wish: Wish, day: date, connection: sqlite3.Connection, beside: ExitStack
) -> Look | None:
    try:
        about = record.about(connection)
        site, stood = str(about["site"]), str(about["stands"])
        count = beside.enter_context(state.beside(site)) if about["files"] >= state.MANY else None
        is_same = about["sources"] == _digest(config_file, wish, tuple(map(str, about["roots"])), day)
        before, now = dict(connection.execute("SELECT path, state FROM sources")), dict(state.files(about["plans"]))
        changed = {path: now.get(path, "") for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        pages, papers, start = about["made"]
        made = Made(int(pages), int(papers), str(start))
        stands = partial(_stands, site, stood, count)
        return Look(place, made, about, changed, connection, stands) if is_same else None
    except (state.Unsure, OSError, KeyError, TypeError, ValueError, sqlite3.Error):
        return None


def _stands(site: str, stood: str, now: Callable[[], int | None] | None) -> bool:
    """Whether the site stands as it `stood`; `now` tells how it does, where somebody is looking already."""
    try:
        return str(now() if now else state.of_all([site])) == stood
    except (state.Unsure, OSError):
        return False


def _digest(config_file: Path, wish: Wish, roots: tuple[str, ...], day: date) -> str:
    """How everything but the plans and the site is."""
    asked = [str(config_file.absolute()), str(wish.site_dir), wish.papers, wish.reader, str(wish.today), wish.executor]
    program = [sys.version, *_installed(), str(state.of_all([str(_PACKAGE), str(schema.directory())]))]
    parts = [*program, *asked, day.isoformat(), *roots, str(state.of_all(roots))]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _installed() -> list[str]:
    """Everything that is installed beside MkDocs, by name and version."""
    found = find_spec("mkdocs")
    if found is None or found.origin is None:
        raise state.Unsure
    return sorted(path.name for path in Path(found.origin).parent.parent.glob("*.dist-info"))


def reserve_of(project: Path, place: Path) -> Path:
    """The reserve of the site that is known of in `place`: see `reserve`."""
    return project / PRIVATE / "reserv" / place.stem


def place_of(config_file: Path, wish: Wish) -> Path:
    """Where what is known of a site is kept: one file for each place that a site is built in and each reader."""
    asked = json.dumps([config_file.name, str(wish.site_dir and wish.site_dir.absolute()), wish.reader, wish.papers])
    name = hashlib.sha256(asked.encode()).hexdigest()[:32]
    return config_file.parent / PRIVATE / "built" / f"{name}.db"
