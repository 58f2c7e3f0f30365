"""What the search page looks in: every part of every page, by its heading.

The parts of the pages that MkDocs makes come from its index. Those of our own bodies are found here, in the same way
as Material finds them, without a parser for all of HTML: the bodies come from our own templates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from ipsite.artifact import Page
from ipsite.links import as_file
from ipsite.markup import words
from ipsite.translation import unknown

_EASY = re.compile(r"^index-lattlast/(?=index\.html$)|-lattlast(?=(?:/index)?\.html$)")  # in the file of a page

_HOLDERS = r"(?:section|article|header|details|div|h[1-6])\b"  # what headings stand in, and they themselves
_SPLIT = re.compile(rf"<(/?)({_HOLDERS})([^>]*)>")
_APART = re.compile(r"</?(?:p|pre|li|ol|ul|br|t[dh])\b[^>]*>")  # what keeps the words around it apart
_OTHER_TAGS = re.compile(rf"</?(?!{_HOLDERS})[a-z][^>]*>")
_ID = re.compile(r'\sid="([^"]*)"')
_DRAWINGS = '<div class="ip-figure" data-search-exclude>'
_ENDED = 1_000  # a depth that no element has


class SearchError(ValueError):
    """An index that is not as MkDocs writes it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its address, its heading, and its words; the first of a page may have a summary."""

    location: str
    title: str
    text: str
    summary: str = ""


def parts_of_index(index_json: str) -> Iterator[Part]:
    """The parts in the index that MkDocs has written. Raises `SearchError`."""
    try:
        for part in json.loads(index_json)["docs"]:
            yield _part(part["location"], words(part["title"]), words(part["text"]))
    except (KeyError, TypeError, ValueError) as error:
        raise SearchError(unknown(f"the search index: {error}")) from error


def in_order(parts: Iterable[Part], menu: Mapping[str, str]) -> list[Part]:
    """Parts of pages in the order of the `menu`, which is summaries by address: of pages that are found equally well,
    the search page shows the first one first. A lättläst text follows its twin, and what is not there comes last."""
    summaries = {as_file(url or "./"): summary for url, summary in menu.items()}
    places = {file: number for number, file in enumerate(summaries)}

    def place(part: Part) -> tuple[int, bool]:
        file = part.location.partition("#")[0]
        plain = _EASY.sub("", file)
        return places.get(plain, len(places)), file != plain

    known = (replace(part, summary=summaries.get(part.location, "")) for part in parts)
    return sorted(known, key=place)


def parts_of_page(page: Page, url: str) -> Iterator[Part]:
    """The parts of a page that we have made, which lies at `url`: what comes before the first heading that can be
    linked to, and then each such heading with what belongs to it."""
    address = as_file(url or "./")
    for number, section in enumerate(_sections(page.body)):
        title = words("".join(section.title) or escape(page.title))
        text = words("".join(section.text))
        yield Part(f"{address}#{section.id}", title, text) if section.id and number else _part(url, title, text)


def _part(place: str, title: str, text: str) -> Part:
    """A lättläst page often has the same heading as its twin; in a list of pages they must be told apart."""
    file = as_file(place or "./")
    if _EASY.search(file) and "lättläst" not in title.lower():
        title = f"{title} – lättläst"
    return Part(file, title, text)


@dataclass(slots=True)
class _Section:
    """A heading with what follows it, while a body is read; `depth` is how many elements the heading stands in."""

    depth: int
    id: str = ""
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def _without_drawings(body: str) -> str:
    """A body without its figures: most tags of a page stand there, and no words to find (render/svg.py)."""
    first, *others = body.split(_DRAWINGS)
    return first + "".join(text.partition("</div>")[2] for text in others)


def _sections(body: str) -> list[_Section]:
    """The parts of a body. A section ends where the element that holds its heading does, and the words after that
    belong to the section around it."""
    found: list[_Section] = []
    here = _Section(0)
    depth, heading = 0, ""
    pieces = _SPLIT.split(_OTHER_TAGS.sub("", _APART.sub(" ", _without_drawings(body))))
    for text, close, tag, attributes in zip(pieces[0::4], pieces[1::4], pieces[2::4], pieces[3::4], strict=False):
        named = _ID.search(attributes) if tag[1:].isdigit() and not close else None
        if not found and (text or named is None or tag != "h1"):
            found.append(here)
        if text:
            (here.title if heading else here.text).append(text)
        if not close:
            depth += 1
            if named:
                here, heading = _Section(depth, named[1]), tag
                found.append(here)
            continue
        if here.depth > depth and (outer := next((one for one in reversed(found) if one.depth <= depth), None)):
            here.depth, here = _ENDED, outer
        depth -= 1
        heading = "" if tag == heading else heading
    here.text.append(pieces[-1])
    return found or [here]
