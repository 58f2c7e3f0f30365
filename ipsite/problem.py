"""What an author can get wrong, as a value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

Level = Literal["fel", "varning", "tips"]


class Place(NamedTuple):
    """Where something stands in a text file. Both numbers start at 1, as editors count."""

    line: int
    column: int


START = Place(1, 1)

_NAME = re.compile(r"[^\W\d]\w{0,39}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a plan.

    `where` is the path of the field ("mål[2].åtgärder[1].klart"), counted from 1 as people count.
    `message` says what is wrong and `hint` shows how right looks; neither holds private text.
    `law` is the paragraph or source that the demand rests on, or "".
    """

    code: str
    level: Level
    file: str
    line: int
    column: int
    where: str
    message: str
    hint: str = ""
    law: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order in which people read: by file, then from top to bottom."""
        return (self.file, self.line, self.column, self.code, self.where)

    def as_dict(self) -> dict[str, str | int]:
        """The problem as JSON writes it; the keys are a public contract."""
        return asdict(self)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them must be mended before anything can be built."""
    return any(problem.level == "fel" for problem in problems)


def is_name(key: str) -> bool:
    """Whether `key` may be shown: a word that can name a field. Other keys may be private text gone astray."""
    return _NAME.fullmatch(key) is not None


def field_path(path: tuple[str | int, ...]) -> str:
    """("mål", 1, "klart") → "mål[2].klart": the way to a field, counted from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step if is_name(step) else '…'}"
    return text.removeprefix(".")
