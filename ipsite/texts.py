"""The text pages of a site together: are they fit to be published, and do ordinary and lättläst belong together?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipsite import readability, review
from ipsite.readability import Measures

EASY, PLAIN = "lättläst", "vanlig"  # front matter: the twin's path under docs/


@dataclass(frozen=True, slots=True)
class Text:
    """A page under docs/: its path there, its front matter and its Markdown without it."""

    path: str
    meta: dict[str, Any]
    markdown: str

    @property
    def is_easy(self) -> bool:
        """Whether the page is written in lättläst: it names the ordinary page beside it."""
        return PLAIN in self.meta


def faults(texts: Iterable[Text]) -> list[str]:
    """What stops the pages from being published, each with the page's path."""
    by_path = {text.path: text for text in texts}
    found = [f"{text.path}: {fault}" for text in by_path.values() for fault in review.faults(text.meta, text.markdown)]
    return found + [fault for text in by_path.values() for fault in _without_twin(text, by_path)]


def _without_twin(text: Text, by_path: dict[str, Text]) -> Iterator[str]:
    for key, back in ((EASY, PLAIN), (PLAIN, EASY)):
        if key not in text.meta:
            continue
        twin = by_path.get(str(text.meta[key]))
        if twin is None:
            yield f"{text.path}: «{key}» nämner en sida som inte finns: {text.meta[key]}."
        elif twin.meta.get(back) != text.path:
            yield f"{twin.path}: «{back}: {text.path}» saknas. Sidorna ska leda till varandra."


def old(texts: Iterable[Text], today: date) -> list[str]:
    """The pages that were read through more than a year ago."""
    return [text.path for text in texts if review.is_old(text.meta, today)]


def measured(texts: Iterable[Text]) -> list[tuple[str, bool, Measures]]:
    """Title, lättläst or not, and measures of each page, the hardest first."""
    found = [
        (str(text.meta.get("title", text.path)), text.is_easy, readability.measure(readability.prose(text.markdown)))
        for text in texts
    ]
    return sorted(found, key=lambda item: (-item[2].lix, item[0]))
