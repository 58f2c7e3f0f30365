"""What a site was built of and how it stands, so that a build that would give the same is not made again.

Nothing here loads MkDocs. A record holds digests and no text of any plan. It counts only as long as everything is as
it was: the program, the wishes, the day, every file that MkDocs may read, and every file of the site itself. Whatever
is missing, damaged or out of the ordinary means that the site is built.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ipsite import schema
from ipsite.settings import Progress, quiet

FOLDER = ".ipsite"  # beside mkdocs.yml; may be taken away at any time
_FORMAT = 1
_PACKAGE = Path(__file__).parent


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
    Without `cache` nothing that was made before is looked for, and no paper is kept."""

    site_dir: Path | None = None
    jobs: int | None = None
    papers: bool = True
    today: date | None = None
    reader: str | None = None
    cache: bool = True
    progress: Progress = quiet


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site is built of: `roots` are the files and folders that are read, `day` the day that it is built for,
    `given` that day when mkdocs.yml names it, and `digest` how all of it was before the build began."""

    roots: tuple[str, ...]
    day: date
    given: str
    digest: str


class _Unsure(Exception):
    """A file that cannot be told of for certain."""


def sources(config_file: Path, wish: Wish, roots: Iterable[Path], day: date, given: str) -> Sources | None:
    """How that which a site is built of is now; None when it cannot be told for certain."""
    paths = tuple(dict.fromkeys(str(path.absolute()) for path in roots))
    try:
        return Sources(paths, day, given, _digest_of_sources(config_file, wish, paths, day))
    except (_Unsure, OSError):
        return None


def remember(config_file: Path, wish: Wish, known: Sources, site: Path, made: Made) -> None:
    """Keep how a site that was just built of `known` stands. A folder that cannot be written in keeps nothing."""
    with suppress(_Unsure, OSError):
        record = {
            "sources": known.digest,
            "roots": known.roots,
            "given": known.given,
            "site": str(site.absolute()),
            "stands": _digest([site]),
            "made": [made.pages, made.papers, made.start],
        }
        _write(_place(config_file, wish), json.dumps(record, ensure_ascii=False).encode())


def given_day(config_file: Path, wish: Wish) -> str | None:
    """The day that mkdocs.yml named when the site was built ("" for none); None when nothing is known."""
    record = _read(_place(config_file, wish))
    return str(record["given"]) if record else None


def standing(config_file: Path, wish: Wish, day: date) -> Made | None:
    """What the last build gave, if this one would give the same and it stands untouched; else None."""
    record = _read(_place(config_file, wish))
    if record is None:
        return None
    try:
        roots, site = tuple(map(str, record["roots"])), Path(str(record["site"]))
        if record["sources"] != _digest_of_sources(config_file, wish, roots, day) or record["stands"] != _digest(
            [site]
        ):
            return None
        pages, papers, start = record["made"]
        return Made(int(pages), int(papers), str(start))
    except (_Unsure, OSError, KeyError, TypeError, ValueError):
        return None


def _digest_of_sources(config_file: Path, wish: Wish, roots: Iterable[str], day: date) -> str:
    asked = [
        str(config_file.absolute()),
        str(wish.site_dir),
        wish.papers,
        wish.reader,
        str(wish.today),
        day.isoformat(),
    ]
    parts = [_FORMAT, sys.version, *_program(), *asked, _digest(map(Path, roots))]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _program() -> Iterator[str]:
    """The program itself and everything that is installed beside MkDocs, by name and version."""
    yield _digest([_PACKAGE, schema.directory()])
    found = find_spec("mkdocs")
    if found is None or found.origin is None:
        raise _Unsure
    yield from sorted(path.name for path in Path(found.origin).parent.parent.glob("*.dist-info"))


def _digest(paths: Iterable[Path]) -> str:
    """How every file at or under `paths` is. Raises `_Unsure` for a link, which may lead anywhere."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path}\0".encode())
        for name, status in sorted(_files(str(path))):
            seen = (name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_mode)
            digest.update(repr(seen).encode())
    return digest.hexdigest()


def _files(path: str) -> Iterator[tuple[str, os.stat_result]]:
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        raise _Unsure
    if not stat.S_ISDIR(status.st_mode):
        yield path, status
        return
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.is_symlink():
                raise _Unsure
            else:
                yield entry.path, entry.stat(follow_symlinks=False)


def _place(config_file: Path, wish: Wish) -> Path:
    """Where the record of a site is kept: one for each place that a site is built in and each reader."""
    asked = json.dumps([config_file.name, str(wish.site_dir and wish.site_dir.absolute()), wish.reader, wish.papers])
    return config_file.parent / FOLDER / "built" / f"{hashlib.sha256(asked.encode()).hexdigest()[:32]}.json"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        if path.is_symlink() or path.parent.is_symlink() or path.parent.parent.is_symlink():
            return None
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _write(path: Path, content: bytes) -> None:
    folder = path.parent
    if folder.is_symlink() or folder.parent.is_symlink():
        return
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, exist_ok=True)
        one.chmod(0o700)
    descriptor, name = tempfile.mkstemp(prefix=".ny-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
