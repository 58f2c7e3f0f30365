"""The ids of a page's parts: each alone on its page, and the first to have one keeps it."""

from __future__ import annotations

from dataclasses import replace

from ipsite.slug import free
from ipsite.views.blocks import Block, Cards, Folded, Section


def with_unique_ids(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The same sections with ids that differ all through the page; the first to have an id keeps it."""
    taken: set[str] = set()

    def mend(block: Block) -> Block:
        if isinstance(block, Cards):
            return Cards(tuple(card for card in map(mend, block.cards) if isinstance(card, Section)))
        if isinstance(block, Folded):
            return Folded(block.label, tuple(mend(inner) for inner in block.blocks))
        if not isinstance(block, Section):
            return block
        name = free(block.id, taken)
        blocks = tuple(map(mend, block.blocks))
        return block if (name, blocks) == (block.id, block.blocks) else replace(block, id=name, blocks=blocks)

    return tuple(section for section in map(mend, sections) if isinstance(section, Section))
