"""What a reader may not see, as texts to look for: whole plans × what was built of them → texts.

The last guard, and no part of `audience`: what that module takes away must not come in by another way, and what
is marked as private is looked for here even if that module should let it through.
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
    """Texts of `whole` that are in none of the plans `shown`, nor in the program's own words.

    When copies are shown, what is marked as private is looked for whether the copies hold it or not.
    """
    whole, shown = tuple(whole), tuple(shown)
    looked_for = _missing(_texts_of(whole), _texts_of(shown))
    if any(not plan.own for plan in shown):
        public = (text for plan in whole for text in _texts(plan.root, private=False))
        looked_for |= _missing((text for plan in whole for text in _private(plan.root)), public)
    return looked_for


def _missing(texts: Iterable[str], among: Iterable[str]) -> frozenset[str]:
    words = "\n".join((*among, _own_words()))
    return frozenset(text for text in texts if len(text) >= SHORTEST and not _stands_in(text, words))


def _stands_in(text: str, words: str) -> bool:
    return text in words and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words) is not None


def _texts_of(plans: Iterable[Plan]) -> Iterator[str]:
    for plan in plans:
        yield from _texts(plan.root)


def _texts(node: Node, *, private: bool = True) -> Iterator[str]:
    """Every text in a node, with single spaces, and each line of a long one by itself; `private` ones too or not."""
    held = node.value
    if node.field.points_to in ("person", "avsnitt"):
        return  # keys of the file, which no reader meets
    if isinstance(held, dict | tuple):
        for inner in _open(node) if not private and _is_private(node) else node:
            yield from _texts(inner, private=private)
    elif isinstance(held, datetime):
        yield dates.moment(held)
    elif isinstance(held, str) and not node.field.choices:
        yield " ".join(held.split())
        if "\n" in held:
            yield from (" ".join(line.split()) for line in held.splitlines())


def _is_private(node: Node) -> bool:
    return isinstance(node.value, dict) and node.flag("privat")


def _open(node: Node) -> tuple[Node, ...]:
    """What others may see of something private: of a person the role, of anything else nothing."""
    return tuple(inner for inner in node if node.path[:1] == ("personer",) and inner.field.key == "roll")


def _private(node: Node) -> Iterator[str]:
    """Every text in what is marked as private."""
    if _is_private(node):
        yield from (text for inner in node if inner not in _open(node) for text in _texts(inner))
    elif isinstance(node.value, dict | tuple):
        for inner in node:
            yield from _private(inner)


@cache
def _own_words() -> str:
    """The words of the program itself: labels, help, rules and the law, which stand on every site."""
    files = [path for path in sorted(_PACKAGE.rglob("*")) if path.suffix in _OWN_KINDS]
    files += sorted(path for path in schema.directory().iterdir() if path.suffix in _OWN_KINDS)
    return "\n".join(" ".join(path.read_text("utf-8", "replace").split()) for path in files)
