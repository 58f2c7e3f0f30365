"""A second set of names for the files of a site, so that a few can be changed out of sight and all shown in one step.

The reserve has the same files as the site, as hard links: no room but for the names. What changes is written there, the
two change places, and what had been the site is brought up to date. A file that both have is never written in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ipsite.exchange import exchange, flush


def make(site: Path, reserve: Path) -> bool:
    """Give every file of `site` a second name under `reserve`; whether the disk could."""
    shutil.rmtree(reserve, ignore_errors=True)
    try:
        reserve.parent.mkdir(mode=0o700, exist_ok=True)
        reserve.mkdir()
        reserve.chmod(site.stat().st_mode & 0o777)  # it will be the site
        for folder, folders, names in os.walk(site):
            place = reserve / Path(folder).relative_to(site)
            for name in folders:
                (place / name).mkdir()
            for name in names:
                os.link(Path(folder, name), place / name, follow_symlinks=False)
    except OSError:
        shutil.rmtree(reserve, ignore_errors=True)
        return False
    return True


def change(folder: Path, written: Mapping[str, bytes], removed: Iterable[str]) -> None:
    """Write and remove files below `folder` without touching other names of what was there. Raises OSError."""
    _remove(folder, removed)
    for path, content in written.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.write_bytes(content)


def show(site: Path, reserve: Path) -> None:
    """Let the site and its reserve change places. Raises OSError; `NotPossible` where there is no such step."""
    flush(reserve)
    exchange(reserve, site)
    with suppress(OSError):  # it is shown whatever the disk says
        flush(site.parent, only_itself=True)


def follow(site: Path, reserve: Path, written: Iterable[str], removed: Collection[str]) -> None:
    """Bring the reserve, which was the site, up to date. Raises OSError."""
    _remove(reserve, removed)
    for path in written:
        place = reserve / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        os.link(site / path, place, follow_symlinks=False)


def _remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove files, and folders that have nothing in them then."""
    for path in paths:
        place = folder / path
        place.unlink(missing_ok=True)
        with suppress(OSError):  # not empty
            for above in place.parents:
                if above == folder:
                    break
                above.rmdir()
