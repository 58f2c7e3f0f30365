"""What a reader may not see, as texts to look for: whole plans × what was built of them → texts.

The last guard, and on purpose no part of `audience`: what that module takes away is looked for here by plain
comparison, so that a fault there is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from ipsite import dates, schema
from ipsite.model import Node, Plan

SHORTEST = 4  # letters; what is shorter stands everywhere
_PACKAGE = Path(__file__).parent
_OWN_KINDS = (".py", ".j2", ".html", ".js", ".css", ".md", ".yml", ".json", ".yaml", ".svg")


def hidden(whole: Iterable[Plan], shown: Iterable[Plan]) -> frozenset[str]:
    """Texts of `whole` that are in none of the plans `shown`, nor in the program's own words."""
    open_words = "\n".join((*_texts_of(shown), _own_words()))
    return frozenset(text for text in _texts_of(whole) if len(text) >= SHORTEST and not _stands_in(text, open_words))


def _stands_in(text: str, words: str) -> bool:
    return text in words and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words) is not None


def _texts_of(plans: Iterable[Plan]) -> Iterator[str]:
    for plan in plans:
        yield from _texts(plan.root)


def _texts(node: Node) -> Iterator[str]:
    """Every text in a node, with single spaces, and each paragraph of a long one by itself."""
    held = node.value
    if node.field.points_to in ("person", "avsnitt"):
        return  # keys of the file, which no reader meets
    if isinstance(held, dict | tuple):
        for inner in node:
            yield from _texts(inner)
    elif isinstance(held, datetime):
        yield dates.moment(held)
    elif isinstance(held, str) and not node.field.choices:
        yield " ".join(held.split())
        if "\n" in held:
            yield from (" ".join(line.split()) for line in held.splitlines())


@cache
def _own_words() -> str:
    """The words of the program itself: labels, help, rules and the law, which stand on every site."""
    files = [path for path in sorted(_PACKAGE.rglob("*")) if path.suffix in _OWN_KINDS]
    files += sorted(path for path in schema.directory().iterdir() if path.suffix in _OWN_KINDS)
    return "\n".join(" ".join(path.read_text("utf-8", "replace").split()) for path in files)
