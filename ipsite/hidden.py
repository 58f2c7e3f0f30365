"""What a reader may not see, as texts to look for: whole plans × what was built of them → texts.

The last guard, and no part of `audience`: what that module takes away must not come in by another way, and what it
should have taken away, as `entitled` reads the plan, is looked for even if it did not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

from ipsite import dates, schema, theme_files
from ipsite.entitled import MayRead, entitled, own
from ipsite.model import MYSELF, Node, Plan
from ipsite.scan import LONG, squeezed

SHORTEST = 4  # letters; what is shorter stands everywhere
SHORTEST_NAME = 3  # of a person
_COMMON = re.compile(r"[a-zåäöé]{1,5}")  # a little word of no special meaning
_ENDS = " \t.,;:!?…"  # which a view may leave out or change
_PACKAGE = Path(__file__).parent
_OWN_KINDS = (".py", ".j2", ".html", ".js", ".css", ".md", ".yml", ".json", ".yaml", ".svg")


def hidden(whole: Iterable[Plan], shown: Iterable[Plan], reader: str = "", today: date = date.min) -> frozenset[str]:
    """Texts of `whole` that do not stand where the reader may read in the plans `shown`, nor among the program's
    own words.

    `reader` is a key under «personer», whose consents on the day `today` are read once more; "" or «jag själv» is
    somebody who may read all of what is shown.
    """
    whole, shown = tuple(whole), tuple(shown)
    if reader in ("", MYSELF) and {id(plan.root) for plan in whole} <= {id(plan.root) for plan in shown}:
        return frozenset()  # nothing was taken away
    by_id = {plan.id: entitled(plan, reader, today) if reader not in ("", MYSELF) else own for plan in whole}
    open_texts = {text for plan in shown for text in _of_plan(plan, by_id[plan.id])}
    open_texts |= {plan.reader for plan in shown}
    looked_for = {text for plan in whole for text in _of_plan(plan, own)} - open_texts
    return frozenset(_not_among(looked_for, open_texts)) if looked_for else frozenset()


def _not_among(texts: Iterable[str], open_texts: Iterable[str]) -> Iterator[str]:
    """Those of the texts that do not stand, as whole words, in what everyone with a copy can read."""
    words = "\n".join((*open_texts, _own_words()))
    run_together = squeezed(words)
    for text in texts:
        tight = squeezed(text)
        stands = tight in run_together if len(tight) >= LONG else re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words)
        if not stands:
            yield text


def _of_plan(plan: Plan, may_read: MayRead) -> Iterator[str]:
    """Every text of a plan that may be read, worth looking for; and its id, when that says more than one word."""
    yield from (text for node in _leaves(plan.root, may_read) for text in _texts(node) if _tells(text, node))
    if "/" in plan.id and may_read(("titel",)):
        yield plan.id


def _leaves(node: Node, may_read: MayRead) -> Iterator[Node]:
    if node.field.points_to:
        return  # keys of the file, which no reader meets
    if isinstance(node.value, dict | tuple):
        for inner in node:
            yield from _leaves(inner, may_read)
    elif may_read(node.path) and not node.field.choices:
        yield node


def _texts(node: Node) -> Iterator[str]:
    """A text with single spaces, and each line of a long one by itself; a time of day in words and for calendars."""
    if isinstance(node.value, datetime):
        yield dates.moment(node.value)
        yield f"{node.value:%Y%m%dT%H%M}"
    elif isinstance(node.value, str):
        for part in dict.fromkeys((node.value, *node.value.splitlines())):
            yield " ".join(part.split()).strip(_ENDS)


def _tells(text: str, node: Node) -> bool:
    """Whether a text says enough to be looked for: not the little words that stand everywhere."""
    if node.path[:1] == ("personer",) and node.path[-1] in ("namn", "telefon", "e_post"):
        return len(text) >= SHORTEST_NAME
    return len(text) >= SHORTEST and not _COMMON.fullmatch(text)


@cache
def _own_words() -> str:
    """The words of the program itself and of the theme: labels, help, rules and the law, which stand on every site."""
    files = [path for path in sorted(_PACKAGE.rglob("*")) if path.suffix in _OWN_KINDS]
    files += sorted(path for path in schema.directory().iterdir() if path.suffix in _OWN_KINDS)
    files += [path for folder in theme_files.folders() for path in sorted(folder.glob("partials/languages/sv.html"))]
    return "\n".join(" ".join(path.read_text("utf-8", "replace").split()) for path in files)
