"""The letters as blank forms."""

from __future__ import annotations

from dataclasses import replace

from ipsite.letter import SIGNED
from ipsite.letters import LETTERS
from ipsite.views.blocks import Block, Document, Writing
from ipsite.views.letters import blocks, layout

# What is written in a few words, and follows another such.
SHORT = (
    "Min individuella plan är från den",
    "Vi gick igenom den senast den",
    "Jag begär den här insatsen (9 § LSS)",
    "Så mycket behöver jag",
    *(line.ask for line in SIGNED[:-1]),
)


def letter(name: str) -> Document:
    """The letter called `name`, with room for everything that its writer knows."""
    made = LETTERS[name]
    return Document(
        id=f"brev-{name}",
        kind="Brev",
        title=made.title,
        lead=blocks(made) if made.easy else tuple(map(_beside, blocks(made))),
        sections=(),
        name=made.title,
        version="Fyll i på skärmen eller för hand",
        made="Spara en kopia",
        description=f"Brev att fylla i: {made.title}.",
        layout=layout(made),
    )


def _beside(block: Block) -> Block:
    """What is short stands side by side, so that a letter keeps to one page if it can."""
    return replace(block, beside=True) if isinstance(block, Writing) and block.label in SHORT else block
