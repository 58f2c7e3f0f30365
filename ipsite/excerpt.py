"""Lines of files, for messages that show where something stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from ipsite import raw


def reader() -> Callable[[str, int], str]:
    """A function from file and line number (from 1) to the line, or "" when it cannot be had.

    It keeps the file it read last, since problems come file by file.
    """

    @lru_cache(maxsize=1)
    def lines(file: str) -> list[str]:
        try:
            return raw.read(Path(file)).decode("utf-8-sig", "replace").splitlines()
        except OSError:
            return []

    def line(file: str, number: int) -> str:
        held = lines(file)
        return held[number - 1] if number <= len(held) else ""

    return line
