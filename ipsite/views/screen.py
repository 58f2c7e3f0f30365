"""What a page has and a paper has not: a way to copy the address of a goal, an insats or a meeting, and from a meeting
to its papers and to where it is held on link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ipsite.views.blocks import Block, Document, Fact, Links, Section
from ipsite.views.shelf import Shelf

_ADDRESS = re.compile(r"https://[^\s/]+(?:/\S*)?")


def with_links(document: Document, shelves: Iterable[Shelf] = ()) -> Document:
    """The same document with links in its cards; `shelves` are the papers that stand on the same page."""
    papers = {shelf.title: shelf.id for shelf in shelves if shelf.title}
    return replace(document, sections=tuple(_linked(part, papers) for part in document.sections))


def _linked(part: Section, papers: dict[str, str]) -> Section:
    return replace(part, blocks=tuple(_card(block, papers) for block in part.blocks))


def _card(block: Block, papers: dict[str, str]) -> Block:
    if not isinstance(block, Section):
        return block
    if not block.card:
        return _linked(block, papers)
    links = [(f"#{papers[block.title]}", f"Papper till {_small(block.title)}")] if block.title in papers else []
    links.append((f"#{block.id}", f"Länk hit: {block.title}"))
    *others, last = tuple(_followed(inner) for inner in block.blocks) or (Links(()),)
    if isinstance(last, Links):  # one list, whatever the card leads to already
        return replace(block, blocks=(*others, Links((*last.items, *links))))
    return replace(block, blocks=(*others, last, Links(tuple(links))))


def _followed(block: Block) -> Block:
    """A fact that is an address and nothing else, as one that can be followed."""
    if isinstance(block, Fact) and len(block.lines) == 1 and _ADDRESS.fullmatch(block.lines[0]):
        return replace(block, link=block.lines[0])
    return block


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
