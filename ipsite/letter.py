"""What a letter is made of: sentences with slots for what its writer fills in, and where to sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

EASY = "-lattlast"  # how the name of a letter in lättläst ends
SLOT = re.compile(r"\[([^\]]+)\]")  # what the writer fills in, in the words that tell what


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a letter. Where its slots cannot be filled, `ask` stands instead, with `rows` lines to write on:
    short ones, `beside` another such, when both are always asked for."""

    text: str
    ask: str = ""
    rows: int = 1
    beside: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        """What the writer fills in."""
        return tuple(SLOT.findall(self.text))


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences without slots."""

    items: tuple[str, ...]


Paragraph = tuple[Line, ...] | Points

MY_NAME = Line("Jag heter [namn].", "Jag heter")
SIGNED = (Line("[Ort och datum]", "Ort och datum"), Line("[Namn]", "Namn"), Line("[Så når ni mig]", "Så når ni mig"))


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: what it is called in addresses and file names, its heading, and its text before the signature.

    `to` is whom it is sent to; `laws` are names in schema/lagrum.yaml.
    """

    name: str
    title: str
    laws: tuple[str, ...]
    to: Line
    paragraphs: tuple[Paragraph, ...]

    @property
    def easy(self) -> bool:
        """Whether it is in lättläst: each sentence is a line."""
        return self.name.endswith(EASY)

    @property
    def subject(self) -> str:
        """What it asks for: the name of the letter that says the same in ordinary words."""
        return self.name.removesuffix(EASY)

    def markdown(self) -> str:
        """The letter to copy from a page."""
        signed = "  \n".join(line.text for line in SIGNED)
        said = (_paragraph(part, "  \n" if self.easy else " ") for part in self.paragraphs)
        parts = (self.to.text, f"**{self.title}**", *said, signed)
        quoted = "\n".join(f"> {line}" if line else ">" for line in "\n\n".join(parts).split("\n"))
        return f'<div class="ip-letter" markdown>\n\n{quoted}\n\n</div>'


def _paragraph(part: Paragraph, between: str) -> str:
    if isinstance(part, Points):
        return "\n".join(f"- {item}" for item in part.items)
    return between.join(line.text for line in part)
