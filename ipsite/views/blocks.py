"""The pieces that every page and paper is made of.

A view is a tree of these. Each block is written in one place, `templates/blocks.html.j2`, so that headings,
tables and lists are marked up the same way, and accessibly, wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ipsite.views.drawing import Figure
from ipsite.views.pieces import Code as Code
from ipsite.views.pieces import Links as Links
from ipsite.views.pieces import Picture as Picture
from ipsite.views.pieces import Signature as Signature
from ipsite.views.rooms import Grid as Grid
from ipsite.views.rooms import Input

Lines = tuple[str, ...]  # one paragraph: its lines as the writer broke them


@dataclass(frozen=True, slots=True)
class Text:
    """Running text."""

    kind: ClassVar[str] = "text"
    paragraphs: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The person's own words, set large."""

    kind: ClassVar[str] = "words"
    label: str
    paragraphs: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says, on one line: "Område: boende". `link` is where the first of its lines leads."""

    kind: ClassVar[str] = "fact"
    label: str
    lines: Lines
    link: str = ""

    @property
    def opening(self) -> str:
        """The label as it stands before its lines: "Område:", but "Är jag nöjd?"."""
        return self.label if self.label.endswith("?") else f"{self.label}:"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of texts; `label` is a line above it, or "". `look` sets it apart: names in two "columns" where paper has
    little room, or what happens "next"."""

    kind: ClassVar[str] = "bullets"
    label: str
    items: tuple[Lines, ...]
    look: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of each row is the row's heading. `shape` names how the columns share the
    width ("actions", "history", "people"); a table right under its own heading has no caption."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Lines, ...], ...]
    shape: str = ""

    @property
    def titled(self) -> Iterator[tuple[Lines, Iterator[tuple[str, Lines]], bool]]:
        """Each row as its first cell, the others with the heads of their columns, and whether it is so long that it
        may go on on the next sheet: held together it would leave whole sheets empty, and its table without a head."""
        for first, *others in self.rows:
            longest = max(sum(map(len, cell)) for cell in (first, *others))
            yield first, zip(self.head[1:], others, strict=True), longest > _LONG


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know before the rest."""

    kind: ClassVar[str] = "notice"
    lines: Lines


@dataclass(frozen=True, slots=True)
class Checks:
    """Boxes to tick, printed: what each stands for, and whether it is ticked. They stand under one another, in two
    `columns` as names do, or `beside` one another when they are short."""

    kind: ClassVar[str] = "checks"
    label: str
    items: tuple[tuple[str, bool], ...]
    beside: bool = False
    inputs: tuple[Input, ...] = ()  # one for each box, on a form
    columns: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """Room to write by hand: so many lines, under what they are for (or a heading that says it) and an example."""

    kind: ClassVar[str] = "writing"
    label: str
    rows: int
    example: str = ""
    beside: bool = False  # half as wide, so that two stand beside one another
    input: Input | None = None  # on a form


@dataclass(frozen=True, slots=True)
class Quote:
    """Words quoted to the letter, with their source and where to read it."""

    kind: ClassVar[str] = "quote"
    paragraphs: tuple[Lines, ...]
    source: Lines
    link: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards beside one another where there is room."""

    kind: ClassVar[str] = "cards"
    cards: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """What only some want to read: folded under its label, to unfold without a script."""

    kind: ClassVar[str] = "folded"
    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what belongs under it. `card` sets it apart as one thought with a border, and `look` is how
    ("centre", "late"); `party` (kommun, region, annan, nära) answers for it: colour and sign beside the word. The
    heading leads to the address `link`. What is `whole` stays on one sheet: it is filled in and given back."""

    kind: ClassVar[str] = "section"
    id: str
    title: str
    blocks: tuple[Block, ...]
    card: bool = False
    tags: tuple[str, ...] = ()
    party: str = ""
    look: str = ""
    link: str = ""
    whole: bool = False

    @property
    def is_low(self) -> bool:
        """Whether it takes less than about a quarter of a sheet, so that paper can keep it whole with a small gap."""
        return _FRAME * self.card + sum(map(_height, self.blocks)) < _LOW


Block = (
    Text
    | Words
    | Fact
    | Bullets
    | Table
    | Notice
    | Picture
    | Figure
    | Signature
    | Checks
    | Writing
    | Grid
    | Code
    | Quote
    | Links
    | Cards
    | Folded
    | Section
)


_LOW, _FRAME, _SIGNED = 10, 2, 4  # lines
_WIDE = 75  # letters on a line
_LONG = 500  # letters in a cell: half a sheet, in a narrow column


def _height(block: Block) -> int:
    """About how many lines a block takes."""
    if isinstance(block, Fact):
        first, *rest = block.lines or ("",)
        return _rows(f"{block.opening} {first}", *rest)
    if isinstance(block, Text | Words):
        return sum(_rows(*lines) for lines in block.paragraphs)
    if isinstance(block, Bullets):
        return 1 + sum(_rows(*item) for item in block.items)
    if isinstance(block, Checks):
        return 2 if block.beside else len(block.items) + 1
    if isinstance(block, Writing):
        return block.rows + 1
    if isinstance(block, Signature):
        return _SIGNED
    if isinstance(block, Grid):
        return block.rows * (block.lines + 1)
    return _LOW if isinstance(block, Table | Section | Cards | Folded | Figure) else 1


def _rows(*lines: str) -> int:
    """How many rows the lines of a paragraph become on paper."""
    return sum(1 + len(line) // _WIDE for line in lines)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole page or paper. `layout` is how a paper is set, when not as a plan: see `paper/paper.css`; `parts` are the
    papers that a paper of several holds."""

    id: str
    kind: str  # as the reader is told: "Individuell plan enligt 10 § LSS"
    title: str  # "Alvas plan – Flytta hemifrån"
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    name: str  # whose it is, for the foot of each page
    version: str  # "Version 16 mars 2026"
    made: str  # "Utskriven 22 november 2026"
    description: str
    layout: str = ""
    parts: tuple[Document, ...] = ()


def paragraphs(text: str) -> tuple[Lines, ...]:
    """Plain text → its paragraphs; blank lines part them, and lines stay as they were broken."""
    parts = re.split(r"\n\s*\n", text.strip())
    return tuple(tuple(line.strip() for line in part.splitlines()) for part in parts if part)


def text(words: str) -> Text:
    """Plain text as a block."""
    return Text(paragraphs(words))
