"""The whole guide on paper: text pages in the order of the menu, as one HTML document with cover and contents.

Pure but for `pdfs`, which hands the documents to WeasyPrint. Links between texts of the guide lead inside it, and tell
the page; those to pages of the site that are not in it become words that say so. The sources have their addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from posixpath import normpath
from urllib.parse import urldefrag, urljoin

from ipsite import dates, glossary
from ipsite.markup import words
from ipsite.printing import Sheet, printed
from ipsite.render.environment import fill
from ipsite.settings import Settings

PLAIN, EASY = "guide.pdf", "guide-lattlast.pdf"

_ID = re.compile(r'(<[a-z][^>]*?\s)id="([^"]*)"')
_LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_ON_PAPER = "Hela guiden på papper"
_TO_GUIDES = re.compile(rf"<h2\b[^>]*>{_ON_PAPER}.*?</ul>", re.DOTALL)
_SOURCES = re.compile(r'<div class="ip-sources">.*?</div>', re.DOTALL)
_GLOSSARY = glossary.PAGE.removesuffix(".md")
_ABROAD = ("https:", "http:", "mailto:", "tel:")
_FIRST_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_LEVEL = re.compile(r"(</?h)([1-5])\b")  # one step down, under the title of the guide
_END = "</body>"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A text page: its address from the top of the site, its menu title, and its finished HTML."""

    url: str
    title: str
    html: str

    @property
    def key(self) -> str:
        """What the ids of the text begin with in the guide."""
        return re.sub(r"\W+", "-", self.url.removesuffix("index.html").removesuffix(".html")).strip("-") or "start"

    @property
    def heading(self) -> str:
        """What the contents call it: its first heading, without tags."""
        found = _FIRST_HEADING.search(self.html)
        return words(found[1]) if found else self.title


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands first, and at the foot of every page."""

    site: str
    title: str
    description: str
    publisher: str
    made: str  # "Utskriven 22 november 2026"
    easy: bool = False


def cover(site: str, publisher: str, today: date, *, easy: bool) -> Cover:
    """What the guide of a site says of itself."""
    name = "Hela guiden på lättläst" if easy else "Hela guiden"
    words = "Alla lättlästa texter" if easy else "Alla texter på webbplatsen om planen"
    made = f"Utskriven {dates.day(today)}"
    return Cover(site, f"{site}: {name.lower()}", f"{words}, att läsa på papper.", publisher, made, easy)


def section(names: Iterable[str], up: str = "") -> str:
    """The words that lead to the guides, as Markdown for the end of a page that asks for them (`visa_guiden: true`).

    `up` leads from the page to the top of the site.
    """
    words = {PLAIN: "Hela guiden som PDF", EASY: "Hela guiden på lättläst som PDF"}
    links = "\n".join(f"- [{words[name]}]({up}{name})" for name in names)
    return f"\n\n## {_ON_PAPER}\n\nHär är texterna samlade, att skriva ut eller läsa utan internet.\n\n{links}\n"


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the template sees: all that stands before the texts."""

    cover: Cover
    chapters: tuple[Chapter, ...]


def html(cover: Cover, chapters: Iterable[Chapter]) -> str:
    """The guide as a page of HTML for paper."""
    chapters = tuple(chapters)
    keys = {_place(chapter.url): chapter.key for chapter in chapters}
    texts = "".join(_text(chapter, keys) for chapter in chapters)
    opening, end = fill("guide.html.j2", _Opening(cover, chapters)).split(_END)  # titles are escaped, so once
    return f"{opening}{texts}{_END}{end}"


def pdfs(documents: Iterable[str], settings: Settings) -> list[bytes]:
    """Guides as PDF/UA-1, in the same order. Raises `PaperFailed`."""
    wanted = ((None, Sheet("Guiden", document)) for document in documents)
    return [content for _, content in printed(wanted, settings)]


def _text(chapter: Chapter, keys: dict[str, str]) -> str:
    inner = _TO_GUIDES.sub("", chapter.html)  # whoever reads the guide has it
    inner = _ID.sub(lambda match: f'{match[1]}id="{chapter.key}--{match[2]}"', inner)
    inner = _SOURCES.sub(lambda match: _LINK.sub(_with_address, match[0]), inner)
    inner = _LINK.sub(lambda match: _link(match[1], match[2], chapter, keys), inner)
    title = "" if _FIRST_HEADING.search(inner) else f"<h1>{escape(chapter.title)}</h1>"
    inner = _LEVEL.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", f"{title}\n{inner}")
    return f'<article class="ip-book-text" id="{chapter.key}">\n{inner}\n</article>\n'


def _with_address(link: re.Match[str]) -> str:
    """A link among the sources, with its address in words for whoever reads on paper, where it leads abroad."""
    found = re.fullmatch(r"https?://(?:www\.)?(.*?)/?", link[1])
    if found is None or found[1] == link[2]:
        return link[0]
    return f'{link[0]} <span class="ip-book-address">({found[1]})</span>'


def _link(target: str, words: str, chapter: Chapter, keys: dict[str, str]) -> str:
    """A link as it stands in the guide. One to another text tells its page, but for the words of the glossary: they are
    many, and stand there in order. `data-to` is where the style sheet takes the number from."""
    if target.startswith(_ABROAD):
        return f'<a href="{target}">{words}</a>'
    place, part = urldefrag(urljoin(f"/{chapter.url}", target))
    key = keys.get(_place(place))
    if key is None:
        return f"{words} (på webbplatsen)"
    goal = f"#{key}--{part}" if part else f"#{key}"
    told = "" if key in (chapter.key, _GLOSSARY) else f'<span class="ip-book-page" data-to="{goal}"></span>'
    return f'<a href="{goal}">{words}</a>{told}'


def _place(address: str) -> str:
    """An address from the top of the site in one form, with or without index.html."""
    return normpath("/" + address.strip("/").removesuffix("index.html"))
