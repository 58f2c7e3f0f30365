"""How far long work has come, and about how long is left: a new line now and then, for eyes and for screen readers."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import click

from ipsite.settings import Progress, quiet

EVERY = 5.0  # seconds between lines; work that is shorter says nothing


def meter() -> Progress:
    """What tells of long work on the terminal; quiet where what is said goes to a file or another program."""
    if not sys.stderr or not sys.stderr.isatty():
        return quiet
    return Meter(time.monotonic, lambda line: click.echo(line, err=True))


@dataclass(slots=True)
class Meter:
    """Says how many plans are done, when it is time. A class because it remembers when it last did."""

    clock: Callable[[], float]
    say: Callable[[str], object]
    began: float = field(init=False)
    last: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.last = self.clock()

    def __call__(self, done: int, total: int) -> None:
        now = self.clock()
        if done >= total or now - self.last < EVERY:
            return
        self.last = now
        left = f" Ungefär {_time((now - self.began) / done * (total - done))} kvar." if done else ""
        self.say(f"{done} av {total} planer är klara.{left}")


def _time(seconds: float) -> str:
    """About how long, in words: nobody needs the seconds of minutes or the minutes of hours."""
    if seconds < 55:
        return f"{max(5, round(seconds / 5) * 5)} sekunder"
    minutes = round(seconds / 60)
    if minutes < 60:
        return "1 minut" if minutes == 1 else f"{minutes} minuter"
    hours = round(seconds / 3600)
    return "1 timme" if hours == 1 else f"{hours} timmar"
