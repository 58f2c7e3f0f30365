"""A site that stands, made anew where plans have changed and nowhere else, without MkDocs.

What follows from the changed plans is made as a whole build makes it, put into the frames of the last build, looked
through, and shown in one step. Wherever that could give another site than a whole build, or something is wrong,
nothing is done and the site is built whole, which also tells what is wrong.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from ipsite import state, store
from ipsite.filling import NoFrame
from ipsite.interrupts import undisturbed
from ipsite.large.known import Wrong
from ipsite.page import PageError
from ipsite.printing import PaperFailed
from ipsite.rebuild import record, renewed, reserve
from ipsite.rebuild.built import Look, Made, Wish, reserve_of
from ipsite.rebuild.renewed import Renewed
from ipsite.settings import Settings

# A fault in a plan, a sort of page that is new to the site, no room, a damaged record: the whole build tells of it.
_FOR_A_WHOLE_BUILD = (Wrong, NoFrame, PageError, PaperFailed, state.Unsure, OSError, sqlite3.Error)


def refresh(project: Path, look: Look, wish: Wish, day: date) -> Made | None:
    """Make the site of `project` anew where the plans that `look` found have changed; None when it is to be built
    whole. The caller sees to it that nobody else builds meanwhile, and builds whole also when a bug is raised."""
    if "kind" not in look.about:
        return None  # a copy for somebody else
    try:
        return _refreshed(project, look, wish, day)
    except _FOR_A_WHOLE_BUILD:
        look.connection.rollback()  # what is half told is not known
        return None


def _refreshed(project: Path, look: Look, wish: Wish, day: date) -> Made | None:
    about = look.about
    kept = store.of_project(project).folder if about["is_kept"] and wish.cache else None
    settings = Settings(
        today=day,
        mode=about["mode"],
        papers=bool(about["papers"]),
        jobs=wish.jobs or int(about["jobs"]),
        store=kept,
        executor=about["executor"],  # another wish is another record
        progress=wish.progress,
    )
    found = renewed.renewed(look, settings)
    if found is None or not look.stands():
        return None
    with undisturbed():
        return _shown(look, found, reserve_of(project, look.place))


def _shown(look: Look, found: Renewed, aside: Path) -> Made:
    """Show what has been made, and keep what is known of it. Raises OSError, sqlite3.Error and `state.Unsure`."""
    stands = look.about["stands"]
    if found.written or found.removed:
        record.tell(look.connection, {"stands": "", "has_reserve": False})
        look.connection.commit()  # whoever meets this half done builds the site whole
        try:
            stands = _swapped(look, aside, found)
        except OSError:
            shutil.rmtree(aside, ignore_errors=True)  # half of it is of no use, and there may be no room
            with suppress(OSError):  # another site has its reserve there
                aside.parent.rmdir()
            raise
    for table, key, gone in found.gone:
        look.connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", ((one,) for one in gone))  # noqa: S608
    for table, rows in found.rows.items():
        record.insert(look.connection, table, rows)
    made = replace(look.made, pages=look.made.pages + found.pages, papers=look.made.papers + found.papers)
    known = {"stands": str(stands), "made": [made.pages, made.papers, made.start]}
    has_reserve = bool(found.written or found.removed) or look.about["has_reserve"]
    record.tell(look.connection, {**known, "has_reserve": has_reserve})
    look.connection.commit()
    return made


def _swapped(look: Look, aside: Path, found: Renewed) -> int:
    """Let the site and a changed reserve change places; how the site stands then. Raises OSError and
    `state.Unsure`."""
    site = Path(look.about["site"])
    stood = int(look.about["stands"]) if look.about["has_reserve"] and aside.is_dir() else None
    if stood is None and not reserve.make(site, aside):
        raise OSError
    before = _marks(site, [*found.written, *found.removed])
    reserve.change(aside, found.written, found.removed)
    reserve.show(site, aside)
    reserve.follow(site, aside, found.written, found.removed)
    expected = None if stood is None else state.total([stood, -before, _marks(site, found.written)])
    if expected is not None and look.about["files"] >= state.MANY:
        return expected  # to look at them all would take longer than all the rest
    stands = state.of_all([str(site)])
    if expected not in (None, stands):
        raise OSError  # somebody has been in the reserve
    return stands


def _marks(site: Path, paths: Iterable[str]) -> int:
    """A number that stands for those of the files that are there."""
    there = (str(site / path) for path in paths)
    return state.total(state.mark(path, state.of_file(os.lstat(path))) for path in there if os.path.lexists(path))
