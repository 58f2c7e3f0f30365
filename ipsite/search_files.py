"""The scripts that the search page looks in: one with the site's own texts, and the plans' in shares, so that a plan
that changes costs its share and not all of them.

Scripts, since a page that was opened from a folder (file:) may not fetch JSON. What a plan's circle adds stands
together, a line for each part of a page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from zlib import crc32

from ipsite.search import Part

FOLDER = "search"
TEXTS = f"{FOLDER}/search_index.js"
CIRCLES = 32  # in a share, about
OPENING = "window.ipSearchIndex.docs.push(\n"  # of a share
ENDING = ");\n"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def shares(circles: int) -> int:
    """How many shares so many circles stand in: a power of two, so that the number seldom changes."""
    return 1 if circles <= 2 * CIRCLES else 1 << (-(-circles // CIRCLES) - 1).bit_length()


def share_of(circle: str, count: int) -> int:
    """In which of `count` shares the circle stands whose first plan is `circle`: the same however many others come."""
    return crc32(circle.encode()) % count


def name(share: int) -> str:
    """The script of a share."""
    return f"{FOLDER}/planer-{share}.js"


def names(count: int) -> tuple[str, ...]:
    """All scripts of a site with `count` shares, in the order in which the page loads them."""
    return (TEXTS, *map(name, range(count)))


def lines(parts: Iterable[Part]) -> str:
    """Parts of pages as they stand in a script."""
    return "".join(f"{_line(part)},\n" for part in parts)


def texts(made: Iterable[str]) -> str:
    """The script with the site's own texts, of the lines of its pages; the others add to it."""
    return f'window.ipSearchIndex = {{"docs":[\n{"".join(made)}]}};\n'


def share(made: Iterable[str]) -> str:
    """The script of a share, of the lines of its circles."""
    return f"{OPENING}{''.join(made)}{ENDING}"


def read(script: str) -> Iterator[tuple[str, str]]:
    """The lines of a script of ours, each with the file of the page that it tells of."""
    for line in script.split("\n")[1:-2]:
        yield json.loads(line.removesuffix(","))["location"].partition("#")[0], f"{line}\n"


def replaced(script: str, page: str, made: str) -> str:
    """The script of the texts with other lines for the page whose file is `page`, in the place of the old ones."""
    blocks: dict[str, str] = {}
    for file, line in read(script):
        blocks[file] = blocks.get(file, "") + line
    return texts({**blocks, page: made}.values())


def _line(part: Part) -> str:
    known = {"location": part.location, "title": part.title, "text": part.text}
    return _JSON.encode(known | {"summary": part.summary} if part.summary else known)
