"""Putting a finished site in place: made aside, then swapped in, so that the last good one stands until then.

Where the system can, the old site and the new change places in one step, which nobody can see half done. Elsewhere
there are two renamings, and the next build mends what a crash between them left.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ipsite.exchange import NotPossible, exchange, flush
from ipsite.interrupts import undisturbed
from ipsite.write import reason

_OLD = "-old"  # what the name of a site ends with between two renamings
_PREFIX = "bygge-"  # of folders that are built in, after a dot and the name of the site


@dataclass(frozen=True, slots=True)
class _Held:
    """What goes with a folder that is being built in: a lock that lasts as long as this process, where there can be
    one, and the folders above it that were made for it."""

    lock: int | None
    above: tuple[Path, ...]


_held: dict[Path, _Held] = {}


class NotASite(RuntimeError):
    """The folder holds something else than a site that was built here. The message is for the user."""


def stage(site: Path) -> Path:
    """An empty folder beside `site`, on the same disk, to build in. What crashed builds left there is taken away.

    Raises `NotASite` when `site` holds files of another kind, which building would take away, and OSError
    where no folder may be made.
    """
    place = site.resolve()
    above = tuple(folder for folder in place.parents if not folder.exists())
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place.parent):
        _clear_up(place)
        if place.exists() and not _is_site(place):
            raise NotASite(
                f"Mappen {site.name} finns redan och innehåller annat än en byggd webbplats. "
                "Inget i den har ändrats. Välj en annan mapp med --site-dir, eller flytta det som ligger där."
            )
        folder = Path(tempfile.mkdtemp(prefix=f".{place.name}-{_PREFIX}", dir=place.parent))
        _held[folder] = _Held(_lock(folder, wait=False), above)
    folder.chmod(0o755)  # mkdtemp makes it for the owner alone, but a web server is to read it
    return folder


def end(made: Path, site: Path, *, finished: bool) -> None:
    """Put the folder `made` in the place of `site` when it is finished; else, or where that fails, take it away. Raises
    OSError, and then the old site is where it was."""
    with ExitStack() as left:
        left.callback(discard, made)
        if finished:
            put_in_place(made, site)
            left.pop_all()


def put_in_place(made: Path, site: Path) -> None:
    """Let the folder `made` take the place of `site`, all of it on the disk before. Raises OSError, and then the old
    site is where it was."""
    place = site.resolve()
    flush(made)
    with undisturbed():
        _take_its_place(made, place)
        with suppress(OSError):  # it stands there whatever the disk says
            flush(place.parent, only_itself=True)
        discard(made)


def _take_its_place(made: Path, place: Path) -> None:
    for _ in range(3):  # another build may put its site there, or take it away, between a look and a step
        try:
            if place.exists():
                _swap(made, place)
            else:
                made.rename(place)
            break
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST) or not made.exists():
                raise
    else:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(place))


def _swap(made: Path, place: Path) -> None:
    """Let two folders change places, or, where that cannot be, the one take the place of the other."""
    try:
        exchange(made, place)
    except NotPossible:
        old = made.with_name(f"{made.name}{_OLD}")
        with locked(place.parent):
            place.rename(old)
            try:
                made.rename(place)
            except OSError:
                old.rename(place)
                raise
            old.rename(made)


def not_saved(error: OSError) -> str:
    """What to tell the user when the system would not let the site be saved, or what it is made of be read."""
    if place := _unreadable(error.filename):
        return f"{place} går inte att läsa. Kontrollera att du har rätt till det. Ingen gammal webbplats har ändrats."
    return f"Webbplatsen kunde inte sparas: {reason(error)}. Ingen gammal webbplats har ändrats."


def _unreadable(name: object) -> str:
    """The file that an error is about, or the folder around it, when nobody may read that; else ""."""
    path = Path(name).absolute() if isinstance(name, str) else Path("/")
    there = next(place for place in (path, *path.parents) if os.path.lexists(place))  # a link may lead nowhere
    wanted = os.R_OK | os.X_OK if there.is_dir() else os.R_OK
    return "" if os.access(there, wanted) else os.path.relpath(there)


def discard(made: Path) -> None:
    """Take away what a build left; nothing where there is nothing."""
    _take_away(made)
    if held := _held.pop(made, None):
        if held.lock is not None:
            os.close(held.lock)
        for folder in held.above:
            with suppress(OSError):  # it holds a site by now
                folder.rmdir()


# Builds that crashed, and builds at the same time


def _clear_up(place: Path) -> None:
    """Take away what crashed builds of this site left. A site that had gone out when no other had come in is put
    back."""
    for left in sorted(place.parent.iterdir()):
        if not left.name.startswith(f".{place.name}-{_PREFIX}") or left.is_symlink() or not left.is_dir():
            continue
        if (lock := _lock(left, wait=False)) is None:  # somebody builds there, or nobody can tell
            continue
        os.close(lock)
        if left.name.endswith(_OLD) and not place.exists():
            left.rename(place)
        else:
            _take_away(left)


def _take_away(folder: Path) -> None:
    """A folder and all in it, also where it may not be written in: an old site that was left would hold what the new
    one must not."""
    with suppress(OSError):
        shutil.rmtree(folder)
    if folder.is_dir() and not folder.is_symlink():
        with suppress(OSError):
            folder.chmod(0o700)
            for place, folders, _ in os.walk(folder):
                for below in (Path(place, name) for name in folders):
                    if not below.is_symlink():
                        below.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One at a time, where folders can be locked."""
    lock = _lock(folder, wait=True)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _lock(folder: Path, *, wait: bool) -> int | None:
    """A descriptor that holds a folder until it is closed, or its process ends however that may be; None when
    somebody else holds it, or folders cannot be held here."""
    import fcntl  # not in Windows, where ipsite runs within WSL

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _is_site(folder: Path) -> bool:
    """Whether `folder` is empty or a site with our theme, so that it may be replaced."""
    if not folder.is_dir():
        return False
    return not any(folder.iterdir()) or (folder / "assets" / "ipsite" / "tokens.css").is_file()
