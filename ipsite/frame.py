"""The theme's page as a frame: made once, cut where what is a page's own stands, and filled for page after page.

A frame is rendered with marks in the places of title, description, address, list of contents and body. `cut` takes
the marks away and leaves pieces; `fill` puts a page between them. What is filled in is never searched, so a plan that
holds a mark is text like any other. Pure: text in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from markupsafe import escape

from ipsite.artifact import Heading, Page
from ipsite.translation import unknown

FEW = 2  # headings; a page with no more has no list of contents (theme/partials/links.html)
SAMPLE = 3  # headings that stand for any number of them in a frame with a list


class FrameError(ValueError):
    """The theme's page has not the marks that were put in it, or not as they were put; says which."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Words that stand nowhere else, as long as `word` does not; letters and digits, so that no filter changes them."""

    word: str

    def __getitem__(self, name: str) -> str:
        return f"{self.word}{name}x"  # ends in a letter, so that no mark begins another

    @property
    def body(self) -> str:
        """What stands for the body; with a heading, or the theme would add one."""
        return f"<h1>{self['body']}</h1>"

    @property
    def headings(self) -> tuple[Heading, ...]:
        """What stands for a list of contents."""
        return tuple(Heading(self[f"heading{number}"], self[f"id{number}"]) for number in range(SAMPLE))


@dataclass(frozen=True, slots=True)
class Key:
    """What a frame depends on, beside the site: how deep the page lies and in which folder that the menu leads to, and
    whether there are a list of contents, a description and a twin. `own` is the path of a page that the menu holds,
    which has a frame of its own."""

    depth: int
    under: str
    contents: bool
    description: bool
    twin: str = ""
    easy: bool = False
    own: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Pieces of a page: text and names of slots by turns, beginning and ending with text. `between` are the pieces
    between a heading's address and its title, and between two headings."""

    pieces: tuple[str, ...]
    between: tuple[str, str] = ("", "")


def key_of(url: str, page: Page, folders: Iterable[str], own: Collection[str] = ()) -> Key:
    """The frame that a page at `url` needs. `folders` are those that links in the frame lead through, `own` the paths
    of pages that have frames of their own."""
    rich = len(page.headings) > FEW, bool(page.description), page.twin, page.easy
    if page.path in own:
        return Key(0, "", *rich, own=page.path)
    under = max((folder for folder in folders if url.startswith(folder)), key=len, default="")
    return Key(url.count("/"), under, *rich)


def cut(html: str, marks: Marks, url: str, key: Key) -> Frame:
    """The frame that the theme has rendered with `marks` and at the address `url`. Raises `FrameError`."""
    names = {marks.body: "body", url: "url", marks["title"]: "title", marks["description"]: "description"}
    for heading in marks.headings:
        names |= {heading.id: "id", heading.title: "heading"}
    wanted = sorted((name for name in names if marks.word in name), key=len, reverse=True)
    pieces = re.split("(" + "|".join(map(re.escape, wanted)) + ")", html)
    if any(marks.word.casefold() in text.casefold() for text in pieces[::2]):
        raise FrameError(unknown("the theme has changed a mark"))
    pieces[1::2] = [names[mark] for mark in pieces[1::2]]
    pieces, between = _without_sample(pieces) if key.contents else (pieces, ("", ""))
    slots = pieces[1::2]
    if slots.count("body") != 1 or not set(slots) <= {"body", "url", "title", "description", "contents"}:
        raise FrameError(unknown("the theme does not show the body once, or shows headings elsewhere than in one list"))
    if key.contents != (slots.count("contents") == 1):
        raise FrameError(unknown("the theme does not show the list of contents once"))
    return Frame(tuple(pieces), between)


def _without_sample(pieces: list[str]) -> tuple[list[str], tuple[str, str]]:
    """Pieces with one slot for the list of contents, and what stands between its parts."""
    first = pieces.index("id", 1) if "id" in pieces[1::2] else 0
    last = first + 4 * (SAMPLE - 1) + 2
    sample = pieces[first : last + 1]
    inner, outer = sample[1:2] * SAMPLE, sample[3:4] * (SAMPLE - 1)
    if not first or sample[0::2] != ["id", "heading"] * SAMPLE or sample[1::4] != inner or sample[3::4] != outer:
        raise FrameError(unknown("the theme's list of contents is not made of equal parts"))
    return [*pieces[:first], "contents", *pieces[last + 1 :]], (inner[0], outer[0])


def fill(frame: Frame, page: Page, url: str, body: str) -> str:
    """A page of the site: `page` in the frame, with `body`, its own when links and drawings have been mended."""
    inner, outer = frame.between
    values = {
        "body": body,
        "url": escaped(url),
        "title": shown(page.title),
        "description": escaped(page.description),
        "contents": outer.join(f"{heading.id}{inner}{shown(heading.title)}" for heading in page.headings),
    }
    made = list(frame.pieces)
    made[1::2] = [values[slot] for slot in made[1::2]]
    return "".join(made)


def shown(text: str) -> str:
    """A title as the theme shows it: on one line, escaped."""
    return escaped(" ".join(text.split()))


def escaped(text: str) -> str:
    """Text as Jinja's `e` writes it."""
    return str(escape(text))
