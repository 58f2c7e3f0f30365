"""What decides how a portfolio is built."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Mode = Literal["private", "open"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides how a portfolio is built. `jobs` is how many papers are made at a time."""

    today: date
    mode: Mode = "private"
    papers: bool = True
    jobs: int = 1
