"""All that decides the bytes of a paper, beside its HTML and pictures: found without loading WeasyPrint.

Two papers with the same key have the same bytes. What may only seem to matter counts too: at worst a paper is made
once more than it had to be.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import sys
import sysconfig
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
# What papers are made with: our own code, style sheets, fonts and their configuration.
FOLDERS = ("render", "paper", "theme/assets/ipsite")
SUFFIXES = (".py", ".css", ".conf", ".woff2", ".ttf")
PACKAGES = (
    *("weasyprint", "pydyf", "tinyhtml5", "webencodings", "tinycss2", "cssselect2", "pyphen", "pillow", "cffi"),
    *("fonttools", "brotli", "brotlicffi", "zopfli"),
)
# A library's names on Linux, macOS and Windows, and its function that tells the version.
_LIBRARIES = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), "pango_version_string"),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"), "hb_version_string"),
    "fontconfig": (("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"), "FcGetVersion"),
    "fribidi": (("libfribidi.so.0", "libfribidi.0.dylib", "libfribidi-0.dll"), ""),
    "subset": (("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"), ""),
}
SURROUNDINGS = ("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "PANGO_LANGUAGE", "FC_LANG", "WEASYPRINT_DLL_DIRECTORIES")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The programs, files and surroundings that papers are made with, by name."""

    packages: Mapping[str, str]
    libraries: Mapping[str, str]
    files: Mapping[str, str]
    surroundings: Mapping[str, str]


def key(html: str, pictures: Iterable[tuple[str, bytes]], recipe: Recipe) -> str:
    """What the paper that `recipe` makes of a page of HTML and its pictures (name and bytes) is kept under."""
    beside = sorted((name, hashlib.sha256(content).hexdigest()) for name, content in pictures)
    told = json.dumps([html, beside, asdict(recipe)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def here() -> Recipe:
    """The recipe of this program on this machine."""
    return Recipe(_packages(), _libraries(), files(_PACKAGE), _surroundings())


def differences(ours: Recipe, theirs: Recipe) -> list[str]:
    """What is not the same in two recipes, by name."""
    sides = [{name: item for part in asdict(one).values() for name, item in part.items()} for one in (ours, theirs)]
    return sorted(name for name in {**sides[0], **sides[1]} if sides[0].get(name) != sides[1].get(name))


def files(package: Path) -> dict[str, str]:
    """The digest of every file of the package that papers are made with."""
    places = (path for folder in FOLDERS for path in sorted((package / folder).rglob("*")) if path.suffix in SUFFIXES)
    return {path.relative_to(package).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in places}


def _packages() -> dict[str, str]:
    found = {"python": sys.version, "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _libraries() -> dict[str, str]:
    """The versions of the libraries that set text, as far as they tell."""
    return {name: _version(*library) for name, library in _LIBRARIES.items()}


def _version(names: tuple[str, ...], function: str) -> str:
    for name in names:
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(name)
            if not function:
                return name
            call = getattr(library, function)
            if not function.endswith("_string"):
                return str(call())
            call.restype = ctypes.c_char_p
            return str(call().decode())
    return ""


def _surroundings() -> dict[str, str]:
    return {"machine": sysconfig.get_platform(), **{name: os.environ.get(name, "") for name in SURROUNDINGS}}
