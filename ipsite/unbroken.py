"""What no line may end inside: "22 / november", "10 § / LSS", "4 / av 5" and "34 / kB" each read as two things.

Hard spaces do it, and no tag: where a tag begins, some screen readers stop. But what is to be typed is also copied, and
there a tag holds a short word with a hyphen together: "--" at the end of a line is no option.
"""

from __future__ import annotations

import re

from ipsite.dates import MONTHS

_MONTH = "|".join(MONTHS)
# Both begin with what is seldom seen, and with no more than that: a text is looked through in no time.
_NUMBER = re.compile(
    rf"[0-9][0-9]{{0,3}}(?:(?<![0-9]{{3}})\s(?:{_MONTH})\b"
    r"|(?:\skap\.\s[0-9]{1,4})?(?:\s[a-z])?\s§§?(?:\s[0-9]{1,2}\b)?(?:\s(?:[A-Z]{2,3}|SoL)\b)?"
    r"|\skap\.|\s(?:kB|mål|minuter)\b|\sav\s[0-9]{1,4}\b)"
)
_NUMBERED = re.compile(r"(?:klockan|paragraf|SFS|SOSFS|HSLF-FS|JO|prop\.)\s(?=[0-9])")
_DIGIT = re.compile("[0-9]")
_YEAR = re.compile(rf"(?<=[0-9]\N{{NO-BREAK SPACE}})({_MONTH})\s(?=[0-9]{{4}}\b)")
_HYPHENED = re.compile(r"(?<![^\s/;(])((?=[^\s/&(]{3,16}(?![^\s/&(]))[^\s/&(]*-[^\s/&(]*)")
_WORDS = re.compile(r"<(pre|code)\b.*?</\1>|<[^>]*>|[^<]+", re.DOTALL)


def text(words: str) -> str:
    """The words of a text, a heading or a label: a day with its month and year, and a paragraph with its law. A law
    whose name is not short may stand on the next line."""
    made = cell(words)
    return _YEAR.sub("\\1\N{NO-BREAK SPACE}", made) if "\N{NO-BREAK SPACE}" in made else made


def cell(words: str) -> str:
    """The same in a cell of a table: the year may stand on the next line, since a whole date is wider than a narrow
    column."""
    return _NUMBERED.sub(_hard, _NUMBER.sub(_hard, words)) if _DIGIT.search(words) else words


def typed(words: str) -> list[str]:
    """What is to be typed, also as HTML: every other piece is a word with a hyphen, to be held together."""
    return _HYPHENED.split(words)


def html(body: str) -> str:
    """A page made of Markdown, with its tables. What is to be typed is left as it is."""
    return _WORDS.sub(lambda match: match[0] if match[0].startswith("<") else cell(match[0]), body)


def _hard(match: re.Match[str]) -> str:
    return "\N{NO-BREAK SPACE}".join(match[0].split()) + ("\N{NO-BREAK SPACE}" if match[0][-1].isspace() else "")
