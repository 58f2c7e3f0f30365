"""What the theme's templates cannot mend in Material's frame, and what no page may hold.

Two pure functions: `finish_page` for a whole page, `finish_body` for a body that goes into a frame finished before.
Every replacement in the frame must hit as often as it is meant to; otherwise `PageError` names it, so that a new
version of Material stops the build instead of a reader.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ipsite.links import as_files
from ipsite.translation import unknown

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'self' file:"
)
"""Content-Security-Policy of every page: nothing from elsewhere, nothing inline. In Firefox, a form on a page that was
opened from a folder may not be sent to the page beside it unless «file:» says so."""


class PageError(ValueError):
    """A page that is not as this module expects it; the message says what was missed or is forbidden."""


class _Mend(NamedTuple):
    """One replacement in Material's frame and how many times it must hit. Where nothing is put in the place, the white
    space before goes too; a pattern that began with white space would be tried at each of a page's thousand."""

    name: str
    pattern: re.Pattern[str]
    text: str
    times: int = 1


_FRAME = (
    _Mend("check boxes behind the labels", re.compile(r'<input class="md-toggle" [^>]*>'), "", times=2),
    _Mend("overlay", re.compile(r'<label class="md-overlay" for="__drawer"></label>'), ""),
    _Mend("dialog", re.compile(r'<div class="md-dialog" .*?</div>\s*</div>', re.DOTALL), ""),
    _Mend("announcement", re.compile(r'<div data-md-component="announce">\s*</div>'), ""),
    _Mend(
        "skip link",
        re.compile(r'<div data-md-component="skip">.*?</div>', re.DOTALL),
        '<nav class="ip-skip" aria-label="Genväg">'
        '<a class="ip-skip__link" href="#ip-innehall">Gå till innehållet</a></nav>',
    ),
    _Mend(
        "main",
        re.compile(r'<main class="md-main"[^>]*>'),
        '<main class="ip-main" id="ip-innehall" tabindex="-1">',
    ),
)
_POLICY = _Mend(
    "policy", re.compile(r'<meta charset="utf-8">'),
    f'<meta charset="utf-8">\n      <meta http-equiv="Content-Security-Policy" content="{POLICY}">',
)  # fmt: skip
_LONE_LINK = re.compile(r"(<(li|p)>\s*<a )((?:(?!class=)[^>])*>(?:(?!</a>).)*)(</a>)([.?!]?)(?=\s*</\2>)", re.DOTALL)
_UNNAMED_SVG = re.compile(r"<svg(?=[\s>])(?![^>]*\s(?:aria-|role=))")

_TAG = re.compile(r"<([a-zA-Z][\w:-]*)((?:[^<>\"']++|\"[^\"]*\"|'[^']*')*)>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_INLINE = re.compile(r"(?:^|[\s/])(style|on[a-z]+)\s*=", re.IGNORECASE)
_FETCHED = re.compile(r"\s(?:src|srcset|poster|data)\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_FOREIGN_LINK = re.compile(r"\shref\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_SUSPECT = re.compile(r"<(?:style|script|link)|//", re.IGNORECASE)
_HARMLESS = re.compile(r"(?!(?:style|on[a-z]+)=)[a-z][a-z0-9-]*=")
_FETCHING = frozenset(("src=", "srcset=", "poster=", "data="))
_NAME_OF_SVG = "http://www.w3.org/2000/svg"
_NOT_FETCHED = re.compile(r"\srel\s*=\s*[\"']?(?:canonical|alternate|prev|next)\b", re.IGNORECASE)


def finish_page(html: str, *, live: bool = False) -> str:
    """Mend Material's frame around a page and refuse what the policy forbids. Raises `PageError`.

    `live` leaves the policy out, and only that: MkDocs' own preview server adds an inline script to reload the page.
    """
    for mend in _FRAME if live else (*_FRAME, _POLICY):
        html = _mended(html, mend)
    if missing := re.search(r' data-ip-missing="([^"]*)"', html):
        raise PageError(
            f"Sidan «{missing[1]}» finns inte i mappen «docs». "
            "Den nämns i sidfoten i mkdocs.yml, eller överst på en sida."
        )
    return finish_body(html)


def _mended(html: str, mend: _Mend) -> str:
    *before, last = mend.pattern.split(html)
    if len(before) != mend.times:
        raise PageError(unknown(f"{mend.name}: expected {mend.times} in the page, found {len(before)}"))
    if not mend.text:
        before = [piece.rstrip() for piece in before]
    return mend.text.join((*before, last))


def finish_body(html: str) -> str:
    """What `finish_page` does to every part of a page, its frame or its body. Raises `PageError`."""
    # Not a part of a sentence, so a target of full size. It holds the stop too, which could else get a line of its own.
    html = _LONE_LINK.sub(r'\1class="ip-lone" \3\5\4', html)
    html = _UNNAMED_SVG.sub('<svg aria-hidden="true" focusable="false"', html)
    if not _is_plain(html):
        _refuse_forbidden(html)
    return as_files(html)


def _refuse_forbidden(html: str) -> None:
    """Raise `PageError` if anything in the page is inline script or style, or would be fetched from another host."""
    for name, attributes in _TAG.findall(html):
        name, bare = name.lower(), _QUOTED.sub("", attributes)
        if name == "style" or (name == "script" and not re.search(r"\ssrc\s*=", bare)):
            raise PageError(f"<{name}> får inte stå i en sida. Lägg det i en egen fil i «docs».")
        if inline := _INLINE.search(bare):
            raise PageError(f"«{inline[1]}» på <{name}> får inte stå i en sida. Lägg det i en egen fil i «docs».")
        fetched = _FETCHED.search(attributes)
        if name == "link" and not _NOT_FETCHED.search(attributes):
            fetched = fetched or _FOREIGN_LINK.search(attributes)
        if fetched:
            raise PageError(f"<{name}> skulle hämtas från en annan webbplats. Lägg filen i «docs», eller gör en länk.")


def _is_plain(html: str) -> bool:
    """Whether it is easy to see that nothing in the page is forbidden, as in most bodies: every = is that of a value in
    double quotes, no value has a tag in it, and no attribute or element is one that could be forbidden."""
    *pieces, last = html.split('"')
    before, values = set(pieces[0::2]), pieces[1::2]
    if len(pieces) % 2 or "'" in html or "=" in last or "<" in "".join(values):
        return False
    names = {text[text.rfind(" ") + 1 :].lower() for text in before}
    if any(text.find("=") != len(text) - 1 for text in before) or not all(map(_HARMLESS.fullmatch, names)):
        return False
    addresses = [value for value in values if "//" in value and value != _NAME_OF_SVG]
    if addresses and (names & _FETCHING or any(map(_FETCHED.search, addresses))):
        return False
    return not _SUSPECT.search("\n".join((*before, last)))
