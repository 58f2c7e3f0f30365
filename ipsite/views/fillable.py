"""A paper to write on by hand → the same paper as a form that can be filled in on the screen too.

One view serves both: every room and box gets a field, named by the place where it stands, so that the same form gives
the same names each time and no two fields share one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ipsite.slug import free, slug
from ipsite.views.blocks import Block, Checks, Document, Section, Writing
from ipsite.views.rooms import Grid, Input

_Name = Callable[[str, str], Input]


def fillable(document: Document) -> Document:
    """The same paper with a field in each room and box."""
    taken: set[str] = set()

    def give(place: str, says: str) -> Input:
        return Input(free(place, taken), says)

    lead = tuple(_block(block, "blanketten", (), give) for block in document.lead)
    sections = tuple(_section(section, (), give) for section in document.sections)
    return replace(document, lead=lead, sections=sections)


def _section(section: Section, around: tuple[str, ...], give: _Name) -> Section:
    titles = (*around, section.title)
    return replace(section, blocks=tuple(_block(block, section.id, titles, give) for block in section.blocks))


def _block(block: Block, place: str, titles: tuple[str, ...], give: _Name) -> Block:
    if isinstance(block, Section):
        return _section(block, titles, give)
    if not isinstance(block, Writing | Checks | Grid):
        return block
    here = f"{place}_{slug(block.label)}" if block.label else place
    says = _sentences(*titles, *((block.label,) if block.label and block.label not in titles else ()))
    if isinstance(block, Writing):
        return replace(block, input=give(here, says))
    if isinstance(block, Checks):
        boxes = (give(f"{here}_{slug(words)}", _sentences(says, words)) for words, _ in block.items)
        return replace(block, inputs=tuple(boxes))
    rows = range(1, block.rows + 1)
    cells = (tuple(_cell(here, says, title, row, give) for title in block.head[1:]) for row in rows)
    return replace(block, inputs=tuple(cells))


def _cell(place: str, says: str, title: str, row: int, give: _Name) -> Input:
    return give(f"{place}_{row}_{slug(title)}", f"{_sentences(says, title)}, rad {row}")


def _sentences(*parts: str) -> str:
    """ "Mål 1", "Är jag nöjd?", "Ja" → "Mål 1. Är jag nöjd? Ja"."""
    *first, last = parts
    return " ".join((*(part if part.endswith(("?", ".", "!", ":")) else f"{part}." for part in first), last))
