"""Finished papers kept beside a project, each under a key that follows from all that it is made of.

What cannot be kept is simply made again: a store that is damaged, full or read-only is one that holds nothing. Several
builds may use the same store at once.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PRIVATE = ".ipsite"  # beside mkdocs.yml: what the program keeps, private text too; may be taken away at any time
MOST_BYTES = 1_000_000_000  # of papers that the last build had no use for
DAYS = 30  # unused papers are kept for so long
_IGNORED = "# Planernas text ligger här. Mappen hör inte hemma i Git. Den går alltid att ta bort.\n*\n"
_DIGEST = hashlib.sha256


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of papers. `most_bytes` is how much is kept beside what the last build used."""

    folder: Path
    most_bytes: int = MOST_BYTES

    def get(self, key: str) -> bytes | None:
        """What was kept under `key`, or None. A damaged entry counts as none."""
        path = self._path(key)
        try:
            if path.is_symlink() or self._is_elsewhere():
                return None
            seal, content = (raw := path.read_bytes())[: _DIGEST().digest_size], raw[_DIGEST().digest_size :]
            if seal != _seal(key, content):
                return None
            os.utime(path)  # it was of use now
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`. Whoever looks meets all of it or nothing."""
        path = self._path(key)
        with suppress(OSError):
            if self._is_elsewhere():
                return
            private_folder(self.folder.parent)
            for folder in (self.folder, path.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")  # for the owner alone
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_seal(key, content) + content)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def prune(self, used: Collection[str]) -> None:
        """Take away what has not been used for long, and the oldest of what is too much; never what is in `used`.

        Time is counted from the last use of any entry, so that no clock is read.
        """
        entries = sorted(self._entries(), reverse=True)
        room = self.most_bytes
        for seconds, size, path in entries:
            if path.name in used:
                continue
            room -= size
            if room < 0 or seconds < entries[0][0] - DAYS * 24 * 3600:
                with suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Last use, size and place of each entry, and of what a build that was stopped left half written."""
        for path in self.folder.glob("*/*") if not self._is_elsewhere() else ():
            with suppress(OSError):
                status = path.lstat()
                yield status.st_mtime, status.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _is_elsewhere(self) -> bool:
        """Whether a link leads out of the project. Nothing private is written through one."""
        return self.folder.is_symlink() or self.folder.parent.is_symlink()


def of_project(project: Path) -> Store:
    """The papers of the project in the folder `project`."""
    return Store(project / PRIVATE / "pdf")


def private_folder(folder: Path) -> None:
    """Make `folder` one that only its owner may open and that Git passes over. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)  # it may have been made by somebody else
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text(_IGNORED, "utf-8")


def _seal(key: str, content: bytes) -> bytes:
    """What shows that an entry is whole and lies under its own key."""
    return _DIGEST(key.encode() + b"\0" + content).digest()
