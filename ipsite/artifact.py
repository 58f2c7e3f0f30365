"""What a build gives: pages and files of the site."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


def size(count: int) -> str:
    """How large a file of so many bytes is, in the words of a link: "86 kB"."""
    return f"{max(1, round(count / 1000))} kB"


def digest(content: bytes) -> bytes:
    """What tells the content of a file from every other."""
    return hashlib.blake2b(content, digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for the list of contents."""

    title: str
    id: str
    inner: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: `path` is its folder ("planer/plan-a/ip-2026"), `body` the HTML inside the frame.
    A `listed` page belongs in the menu. `twin` is the address, seen from here, of the same text in lättläst, or, for
    a page that is `easy` itself, in ordinary words."""

    path: str
    title: str
    description: str
    body: str
    headings: tuple[Heading, ...]
    listed: bool = False
    twin: str = ""
    easy: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is not a page."""

    path: str
    content: bytes


Artifact = Page | Asset
