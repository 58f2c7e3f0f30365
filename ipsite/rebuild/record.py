"""What is known of a site that stands: what it was made of and of what each part came. A file beside the project.

Holds texts of the plans, so only its owner may open it. A record that is missing, damaged or of another shape is none.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from ipsite.store import private_folder

_FORMAT = 4
_TABLES = f"""
PRAGMA user_version = {_FORMAT};
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (path TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE plans (id TEXT PRIMARY KEY, circle TEXT NOT NULL, digest BLOB NOT NULL, brief TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE circles (name TEXT PRIMARY KEY, places TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, circle TEXT NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX plans_of ON plans (circle);
CREATE INDEX files_of ON files (circle);
"""
Row = tuple[Any, ...]


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The record at `path`, if there is one that can be used. What is done to it holds when all of it went well."""
    if path.is_symlink() or path.parent.is_symlink() or path.parent.parent.is_symlink() or not path.is_file():
        yield None
        return
    with closing(sqlite3.connect(path, timeout=60)) as connection, connection:
        yield connection if _is_ours(connection) else None


def _is_ours(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA user_version").fetchone() == (_FORMAT,))
    except sqlite3.Error:  # no database, or a damaged one
        return False


def write(path: Path, about: dict[str, Any], tables: dict[str, Iterable[Row]]) -> None:
    """Put a new record in the place of the old one, whole or not at all. Raises OSError and sqlite3.Error."""
    folder = path.parent
    if folder.is_symlink() or folder.parent.is_symlink():
        return
    private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    descriptor, name = tempfile.mkstemp(prefix=".ny-", dir=folder)  # for the owner alone
    os.close(descriptor)
    try:
        with closing(sqlite3.connect(name)) as connection, connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.executescript(_TABLES)
            tell(connection, about)
            for table, rows in tables.items():
                insert(connection, table, rows)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def about(connection: sqlite3.Connection) -> dict[str, Any]:
    """What is known of the site as a whole."""
    return {key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM about")}


def tell(connection: sqlite3.Connection, known: dict[str, Any]) -> None:
    """Keep what is known of the site as a whole, over what was."""
    pairs = ((key, json.dumps(value, ensure_ascii=False)) for key, value in known.items())
    insert(connection, "about", pairs)


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Put rows into a table, over those with the same key."""
    width = {"about": 2, "sources": 2, "plans": 4, "circles": 2, "files": 3}[table]
    marks = ", ".join("?" * width)
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608 - names of ours
