"""Pieces of HTML → their words, for those who look in pages or name a part of one."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<[^>]+>")
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|mark|span|strong|sub|sup)\b[^>]*>", re.IGNORECASE)


def without_tags(html: str) -> str:
    """A piece of HTML with a space for each tag, but for those that may stand inside a word."""
    return _TAG.sub(" ", _INLINE.sub("", html))


def words(html: str) -> str:
    """The words of a piece of HTML as they are read: with one space between them, and whole."""
    text = without_tags(html) if "<" in html else html
    return " ".join(unescape(text).replace("\N{SOFT HYPHEN}", "").split())
