"""Views → the HTML that papers are made of."""

from __future__ import annotations

from dataclasses import dataclass

from ipsite.render.environment import fill
from ipsite.views.blocks import Document
from ipsite.views.media import drawn_for_paper


@dataclass(frozen=True, slots=True)
class Paper:
    """What the template of a paper sees."""

    made: Document

    @property
    def document(self) -> Document:
        """The document as it is laid out for paper."""
        return drawn_for_paper(self.made)


def paper(document: Document) -> str:
    """A document as a page of HTML for paper."""
    return fill("paper.html.j2", Paper(document))
