"""What decides how a portfolio is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Mode = Literal["private", "open"]
Progress = Callable[[int, int], None]


def quiet(_done: int, _total: int) -> None:
    """Tells nobody of progress."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides how a portfolio is built. `jobs` is how many papers are made at a time, `store` where finished
    papers are kept from one build to the next, `executor` the address of a cluster that makes them, `progress` is
    called with how many plans have their papers, and of how many."""

    today: date
    mode: Mode = "private"
    papers: bool = True
    jobs: int = 1
    store: Path | None = None
    executor: str = ""
    progress: Progress = quiet
