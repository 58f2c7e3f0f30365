"""Fields of a form that is filled in on the screen: what each is called, and a table of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Input:
    """A field: `name` is its own in the whole form and the same each time, `says` is what a listener hears."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to write in: what stands above its columns, and so many rows, each of so many lines.
    The rows are numbered under the first heading. `shape` is how the columns share the width ("points")."""

    kind: ClassVar[str] = "grid"
    label: str
    head: tuple[str, ...]
    rows: int
    lines: int = 1
    shape: str = ""
    inputs: tuple[tuple[Input, ...], ...] = ()  # row by row, on a form

    @property
    def cells(self) -> tuple[tuple[Input | None, ...], ...]:
        """The cells after the number of each row; those of a paper for the pen alone are None."""
        return self.inputs or ((None,) * (len(self.head) - 1),) * self.rows
