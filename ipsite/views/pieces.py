"""Blocks that hold nothing but texts and numbers: a picture, a piece of a plan file, a list of links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that lies beside the page."""

    kind: ClassVar[str] = "picture"
    source: str  # as the page refers to it
    alternative: str
    width: int  # pixels
    height: int


@dataclass(frozen=True, slots=True)
class Code:
    """Text that is written just so: a piece of a plan file."""

    kind: ClassVar[str] = "code"
    text: str


@dataclass(frozen=True, slots=True)
class Links:
    """Links, each on a line of its own: address and words."""

    kind: ClassVar[str] = "links"
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on, with the name under it and what is already signed."""

    kind: ClassVar[str] = "signature"
    name: str
    role: str
    signed: str  # "Undertecknad 16 mars 2026", or ""
