"""Lines of files, for messages that show where something stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from ipsite import raw


def reader() -> Callable[[str, int], str]:
    """A function from file and line number (from 1) to the line, or "" when it cannot be had.

    It keeps the file it read last, since problems come file by file. The problem may be that there is no reading it:
    a pipe never ends, a link may lead out of the project, and of what is too large for a plan the beginning will do.
    """

    @lru_cache(maxsize=1)
    def lines(file: str) -> list[str]:
        path = Path(file)
        try:
            content = b"" if path.is_symlink() else raw.read(path)
        except OSError:
            return []
        return [] if raw.is_document(content) else content.decode("utf-8-sig", "replace").splitlines()

    def line(file: str, number: int) -> str:
        held = lines(file)
        return held[number - 1] if number <= len(held) else ""

    return line
