"""Putting a finished site in place: made aside, then swapped in, so that the last good one stands until then."""

from __future__ import annotations

import errno
import shutil
import tempfile
from pathlib import Path


class NotASite(RuntimeError):
    """The folder holds something else than a site that was built here. The message is for the user."""


def stage(site: Path) -> Path:
    """An empty folder beside `site`, on the same disk, to build in.

    Raises `NotASite` when `site` holds files of another kind, which building would take away, and OSError
    where no folder may be made.
    """
    if site.exists() and not _is_site(site):
        raise NotASite(
            f"Mappen {site.name} finns redan och innehåller annat än en byggd webbplats. "
            "Inget i den har ändrats. Välj en annan mapp med --site-dir, eller flytta det som ligger där."
        )
    site.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    folder.chmod(0o755)  # mkdtemp makes it for the owner alone, but a web server is to read it
    return folder


def put_in_place(made: Path, site: Path) -> None:
    """Let the folder `made` take the place of `site`. If that fails, the old site is back where it was."""
    old = made.with_name(f"{made.name}-old")
    had_one = site.exists()
    if had_one:
        Path(site).rename(old)
    try:
        Path(made).rename(site)
    except OSError:
        if had_one:
            Path(old).rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def not_saved(error: OSError) -> str:
    """What to tell the user when the system would not let the site be saved."""
    reasons = {
        errno.EACCES: "du får inte skriva i mappen",
        errno.EPERM: "du får inte skriva i mappen",
        errno.EROFS: "disken går bara att läsa",
        errno.ENOSPC: "disken är full",
        errno.ENOTDIR: "en fil ligger där en mapp skulle vara",
        errno.EEXIST: "en fil ligger där en mapp skulle vara",
    }
    reason = reasons.get(error.errno or 0, error.strerror or str(error))
    return f"Webbplatsen kunde inte sparas: {reason}. Ingen gammal webbplats har ändrats."


def discard(made: Path) -> None:
    """Take away what a build left; nothing where there is nothing."""
    shutil.rmtree(made, ignore_errors=True)


def _is_site(folder: Path) -> bool:
    """Whether `folder` is empty or a site with our theme, so that it may be replaced."""
    if not folder.is_dir():
        return False
    return not any(folder.iterdir()) or (folder / "assets" / "ipsite" / "tokens.css").is_file()
