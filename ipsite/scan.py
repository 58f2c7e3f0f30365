"""The last look at what was built: does anything lead out, or tell what nobody should read?

Looks in the bytes of every file, after everything else is done. It knows nothing of how the site was made.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from ipsite import personal_number
from ipsite.readable import MARKUP, Read, Unreadable, texts

_OUT = r"""\s*["']?\s*(?:https?:|wss?:|ftp:)?//"""
_FETCHED = "src|srcset|poster|data|background|action|formaction|manifest|xlink:href"
_NOT_FETCHED = r"(?![^<>]*\brel\s*=\s*[\"']?(?:canonical|alternate|prev|next)\b)"
_IN_MARKUP = (
    re.compile(rf"<(?!a\b)[^<>]*\s(?:{_FETCHED})\s*={_OUT}", re.IGNORECASE),
    re.compile(rf"<(?:image|use|base)\b[^<>]*\shref\s*={_OUT}", re.IGNORECASE),
    re.compile(rf"<link\b{_NOT_FETCHED}[^<>]*\shref\s*={_OUT}", re.IGNORECASE),
    re.compile(r"<meta\b[^<>]*\burl\s*=\s*(?:https?:)?//", re.IGNORECASE),
)
_IN_STYLES = (re.compile(rf"url\({_OUT}|@import{_OUT}", re.IGNORECASE),)
_IN_SCRIPTS = (
    re.compile(
        r"(?:fetch|import|importScripts|WebSocket|EventSource|sendBeacon|Worker|open)\s*\("
        r"\s*(?:[\"'](?:GET|POST)[\"']\s*,\s*)?[\"'`](?:https?:|wss?:)?//"
    ),
    re.compile(r"\.(?:src|href)\s*=\s*[\"'`](?:https?:)?//|\bfrom\s*[\"'](?:https?:)?//"),
)
_IN_CODE = {".css": _IN_STYLES, ".js": _IN_SCRIPTS, ".mjs": _IN_SCRIPTS}
_NAME_OF_SVG = b'xmlns="http://'
_REQUEST = 50  # letters, and more than in the longest beginning of a request that the patterns know
_NOT_WORDS = re.compile(  # what a browser does not show: whole styles and scripts, and tags with their attributes
    r"<(style|script)\b.*?</\1|<[a-z!?](?:\"[^\"]*\"|'[^']*'|[^\"'<>])*>", re.IGNORECASE | re.DOTALL
)
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".heic", ".heif")
_PICTURE_METADATA = (b"Exif\x00\x00", b"eXIf", b"http://ns.adobe.com/xap/")
_OF_WEBP = re.compile(rb"RIFF.{4}WEBPVP8X.{4}(.)", re.DOTALL)  # says with a bit each that there is XMP and Exif
LONG = 8  # letters from which a text is looked for however it is broken, and whatever its capitals
_BREAKS = re.compile(r"[\s\u00ad\u2010\u2011-]+")  # where a line may have been broken
_WORD = re.compile(r"\w+")
_KEY = rb"(?:^|[{,])[ \t]*[\"']?%s[\"']?[ \t]*:[ \t]*"  # as YAML and JSON write it
_PLAN = re.compile(
    _KEY % b"slag" + rb"[\"']?(?:individuell plan|sip|genomf\S{1,3}randeplan)", re.MULTILINE | re.IGNORECASE
)
_QUOTING = (*MARKUP, *_IN_CODE, ".json")  # pages and what is searched in show such lines as examples
_MADE_UP = re.compile(_KEY % b"fiktiv" + rb"true\b", re.MULTILINE)
_CUT = re.compile(rb"0<[^>]*>(?:<[^>]*>)*0")  # digits with nothing but tags between, as `digits` tells them


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be there. `message` names the file and never what was found in it."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def scan(
    folder: Path,
    hidden: Collection[str] = (),
    *,
    theme: Iterable[Path] = (),
    shared: bool = False,
    but: Collection[str] = frozenset(),
    read: Read = texts,
) -> list[Finding]:
    """Look through every file under `folder`, by name, but for those that have been looked through already.

    `hidden` are texts that must not stand anywhere; `shared` tells that others than the person get the files,
    so that pictures must have no metadata. Files that lie just so in a folder of `theme` are the theme's own. `read`
    gives the texts of a file.
    """
    found: list[Finding] = []
    folders = tuple(theme)
    for name, path in _files(folder, but):
        if path.is_dir():
            found.append(Finding(name, "är en länk till en mapp. Det letades inte i den."))
        elif not _is_of_the_theme(path, name, folders):
            found += look(name, path.read_bytes(), hidden, shared=shared, read=read)
    return found


def _files(folder: Path, but: Collection[str]) -> Iterator[tuple[str, Path]]:
    """All files, and links to folders, and their names, seen from the folder, in order, except those with a name in
    `but`. Raises OSError for a folder that cannot be read: nobody is to think that it was looked through."""
    found: list[list[str]] = []
    top = len(os.path.join(folder, ""))  # noqa: PTH118 - the length of what stands before each name
    for base, folders, files in os.walk(folder, onerror=_stop):
        names = files + [name for name in folders if os.path.islink(os.path.join(base, name))]  # noqa: PTH114, PTH118
        inner = base[top:].replace(os.sep, "/")
        paths = [f"{inner}/{name}" for name in names] if inner else names
        found += [path.split("/") for path in paths if path not in but]
    for parts in sorted(found):
        path = Path(folder, *parts)
        if path.is_file() or path.is_dir():
            yield "/".join(parts), path


def _stop(error: OSError) -> None:
    raise error


def _is_of_the_theme(path: Path, name: str, folders: tuple[Path, ...]) -> bool:
    for folder in folders:
        own = Path(f"{folder}/{name}")
        if own.is_file() and own.stat().st_size == path.stat().st_size and own.read_bytes() == path.read_bytes():
            return True
    return False


def look(
    name: str, content: bytes, hidden: Collection[str] = (), *, shared: bool = False, read: Read = texts
) -> Iterator[Finding]:
    """What is wrong with one file, by its name and bytes. `read` gives its texts."""
    suffix = Path(name).suffix.lower()
    if _leads_out(suffix, content):
        yield Finding(name, "hämtar något från en annan plats på nätet.")
    if suffix not in _QUOTING and _is_real_plan(content):
        yield Finding(name, "är en planfil, med allt som står i den. Den får inte ligga bland sidorna i «docs».")
    if shared and suffix in _PICTURES and _has_metadata(content):
        yield Finding(name, "bilden har kvar uppgifter om plats, tid eller kamera.")
    try:
        plain = not hidden and suffix in MARKUP and _is_without_numbers(content)
        readable = [name] if plain else list(read(name, content))
    except Unreadable as error:
        yield Finding(name, str(error))
        return
    if suffix not in (".css", ".map") and next(personal_number.find("\n".join(readable)), None):
        yield Finding(name, "här står något som ser ut som ett personnummer.")
    if hidden and (count := _sought(frozenset(hidden)).count_in([*readable, name.replace("_", " ")])):
        times = "en text" if count == 1 else f"{count} texter"
        yield Finding(name, f"här står {times} ur planerna som läsaren inte får se.")


def _is_real_plan(content: bytes) -> bool:
    """Whether a file is a plan that is not marked as made up. Most have no such key in them, which is quickly seen."""
    return b"slag" in content.lower() and _PLAN.search(content) is not None and not _MADE_UP.search(content)


def _has_metadata(picture: bytes) -> bool:
    """Whether a picture may tell of place, time or camera."""
    webp = _OF_WEBP.match(picture)
    return any(mark in picture for mark in _PICTURE_METADATA) or (webp is not None and webp[1][0] & 0b1100 != 0)


def _is_without_numbers(markup: bytes) -> bool:
    """Whether it is easy to see that no six digits stand together in a page: not as it is written, nor with tags taken
    out of it, nor written as references to signs."""
    if b"&" in markup:
        markup = markup.replace(b"&#39;", b"'").replace(b"&#34;", b'"')  # which are in many a page
        if b"&#" in markup or b"&<" in markup:
            return False
    if b"\0" in markup:  # in UTF-16
        return False
    told = personal_number.digits(markup)
    return personal_number.SIX not in told and not _CUT.search(told)


def _leads_out(suffix: str, content: bytes) -> bool:
    """Whether anything would be fetched from elsewhere. All that is has `//` in it, so nothing is looked at closely but
    what stands around that; the name of SVG is fetched by nobody."""
    if content.count(b"//") == content.count(_NAME_OF_SVG) or suffix not in (*MARKUP, *_IN_CODE):
        return False
    text = content.decode("utf-8", "replace")
    if suffix in _IN_CODE:
        return _any(_IN_CODE[suffix], _before_slashes(text))
    if _any(_IN_MARKUP, _around_slashes(text)):
        return True
    in_code = (*_IN_STYLES, *_IN_SCRIPTS)
    code = "\n".join(match[0] for match in _NOT_WORDS.finditer(text)) if _any(in_code, _before_slashes(text)) else ""
    return _any(in_code, [code])


def _any(patterns: Iterable[re.Pattern[str]], texts: Iterable[str]) -> bool:
    return any(pattern.search(text) for text in texts for pattern in patterns)


def _slashes(text: str) -> Iterator[int]:
    at = text.find("//")
    while at >= 0:
        yield at
        at = text.find("//", at + 1)


def _around_slashes(text: str) -> Iterator[str]:
    """What stands around each `//`, from the < before it to the next < or >. No tag that is looked for goes further."""
    for at in _slashes(text):
        ends = (end for end in (text.find("<", at), text.find(">", at)) if end >= 0)
        yield text[max(0, text.rfind("<", 0, at)) : min(ends, default=len(text))]


def _before_slashes(text: str) -> Iterator[str]:
    """What stands before each `//`, with it: as much as a request in code can take; everything, when white space takes
    the room."""
    for at in _slashes(text):
        start = max(0, at - 4 * _REQUEST)
        before = text[start : at + 2]
        if start and len("".join(before.split())) < _REQUEST:
            yield text
            return
        yield before


def squeezed(text: str) -> str:
    """A text with all that a line may be broken at taken away, and in small letters."""
    return _BREAKS.sub("", text).casefold()


@dataclass(frozen=True, slots=True)
class _Sought:
    """Texts to look for, so laid out that a file is gone through once, however many they are: long ones by how they
    begin, when squeezed, and short ones by their first word."""

    long: dict[str, list[str]]
    short: dict[str, list[str]]

    def count_in(self, readable: list[str]) -> int:
        """How many of the texts stand in what was read of a file: long ones anywhere, short ones as whole words."""
        spaced = normalize("NFC", "\n".join(" ".join(text.split()) for text in readable))  # macOS names files otherwise
        run_together = squeezed(spaced)
        begun = {run_together[at : at + LONG] for at in range(len(run_together) - LONG + 1)} if self.long else set()
        words = set(_WORD.findall(spaced)) if self.short else set()
        found = sum(text in run_together for start in begun & self.long.keys() for text in self.long[start])
        short = [text for word in words & self.short.keys() for text in self.short[word]]
        return found + sum(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", spaced) is not None for text in short)


@lru_cache(maxsize=4)
def _sought(texts: frozenset[str]) -> _Sought:
    long: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for text in texts:
        tight = squeezed(text)
        if len(tight) >= LONG:
            long.setdefault(tight[:LONG], []).append(tight)
        elif word := _WORD.search(text):
            short.setdefault(word[0], []).append(text)
    return _Sought(long, short)
