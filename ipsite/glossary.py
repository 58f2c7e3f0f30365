"""Hard words lead to the glossary where they first stand on a page, without script.

The links have no `title`: what it says is shown to a mouse alone, not to a finger or a keyboard, some screen readers
read it aloud after the word and others do not, and it can neither be enlarged nor kept. The glossary is one press away.

Which words, the glossary itself says in its front matter (`länkas`: the id of a heading, and how the word begins).
Pure: finished HTML in, the same with links out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PAGE = "ordlista.md"
KEY = "länkas"

_ENDINGS = "en|et|n|t|s|a|as|ar|ad|at|ade|ades|er|erna|arna|ens|ets|ning|ningen|ningar"
_TAG = re.compile(r"(<[^>]+>)")
_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)")
# Words here are left as they are: links, cells (where a word may stand alone, too low to hit) and headings, what
# others have said, code. In <strong> a text explains a word itself, and then needs no link.
_CLOSED = {"a", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "q", "code", "pre", "th", "caption"}
_EXPLAINS = {"strong", "dfn"}
_QUOTED = re.compile(r"”[^”]*”|»[^»]*»")
_HEADING = re.compile(r"(?m)^#+ .*\{#([\w-]+)\}\s*$")


@dataclass(frozen=True, slots=True)
class Terms:
    """The words that are linked: id in the glossary → what finds the word."""

    patterns: Mapping[str, re.Pattern[str]]


def terms(given: Mapping[str, str]) -> Terms:
    """The words to link, from the front matter that `faults` has found nothing wrong with."""
    return Terms(
        {id_: re.compile(rf"(?i)(?<![\w-]){re.escape(word)}(?:{_ENDINGS})?(?![\w-])") for id_, word in given.items()}
    )


def faults(given: Mapping[str, str], markdown: str) -> Iterator[str]:
    """Words that would lead nowhere."""
    there = set(_HEADING.findall(markdown))
    for id_ in given:
        if id_ not in there:
            yield f"{PAGE}: «{KEY}» nämner «{id_}», men ordlistan har ingen rubrik med {{#{id_}}}."


def linked(html: str, words: Terms, address: str) -> str:
    """A page with a link at the first place of each word; `address` is the glossary's, seen from the page."""
    left = {id_: pattern for id_, pattern in words.patterns.items() if f'{address}#{id_}"' not in html}
    made: list[str] = []
    around: list[str] = []  # the elements that words must be left alone in
    for part in _TAG.split(html):
        if part.startswith("<"):
            _step(part, around)
            made.append(part)
        elif not around:
            made.append(_with_links(part, left, address))
        else:
            if around[-1] in _EXPLAINS:
                _drop(part, left)
            made.append(part)
    return "".join(made)


def _step(tag: str, around: list[str]) -> None:
    """Go in or out of an element."""
    found = _NAME.match(tag)
    if found is None or found[2] not in _CLOSED | _EXPLAINS:
        return
    if not found[1]:
        around.append(found[2])
    elif around and around[-1] == found[2]:
        around.pop()


def _drop(text: str, left: dict[str, re.Pattern[str]]) -> None:
    for id_ in [id_ for id_, pattern in left.items() if pattern.search(text)]:
        del left[id_]


def _with_links(text: str, left: dict[str, re.Pattern[str]], address: str) -> str:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    places: list[tuple[int, int, str]] = []
    for id_, pattern in left.items():
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(a < end and start < b for a, b in quoted) and all(end <= a or b <= start for a, b, _ in places):
                places.append((start, end, id_))
                break
    for start, end, id_ in sorted(places, reverse=True):
        del left[id_]
        text = f'{text[:start]}<a href="{address}#{id_}">{text[start:end]}</a>{text[end:]}'
    return text
