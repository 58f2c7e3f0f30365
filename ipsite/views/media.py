"""Which drawings are shown where: a screen gets those for screens, and a paper the one that fits."""

from __future__ import annotations

from dataclasses import replace

from ipsite.views.blocks import Block, Document, Section
from ipsite.views.drawing import SCREENS, Figure

_ON_PAPER = {"large": "large", "map": "landscape"}  # the drawing that suits a layout, when not that of a usual paper


def drawn_for_screen(document: Document) -> Document:
    """The same document with the drawings for screens only."""
    return _with_drawings(document, SCREENS)


def drawn_for_paper(document: Document) -> Document:
    """The same document with the one drawing of each figure that suits its layout, if there is one."""
    return _with_drawings(document, (_ON_PAPER.get(document.layout, "paper"),))


def _with_drawings(document: Document, media: tuple[str, ...]) -> Document:
    def pick(block: Block) -> Block:
        if isinstance(block, Section):
            return in_section(block)
        return block.only(media) if isinstance(block, Figure) else block

    def in_section(section: Section) -> Section:
        picked = map(pick, section.blocks)
        blocks = tuple(block for block in picked if not isinstance(block, Figure) or block.media)
        return section if blocks == section.blocks else replace(section, blocks=blocks)

    return replace(
        document,
        lead=tuple(map(pick, document.lead)),
        sections=tuple(map(in_section, document.sections)),
        parts=tuple(_with_drawings(part, media) for part in document.parts),
    )
