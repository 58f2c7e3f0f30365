"""`ipsite doctor`: is there something wrong with the computer, and how is it mended?"""

from __future__ import annotations

import importlib
import importlib.metadata
import locale
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from ipsite import dates
from ipsite.write import reason

OLDEST, NEWEST = (3, 11), (3, 13)  # the whole suite has been run with these and those between
END_OF_MATERIAL = date(2027, 5, 5)  # as its makers have told: no more mends after this day
_SOON = 180  # days before that day from which it is told of
_UPDATE = "Installera ipsite igen: pip install --upgrade --force-reinstall ipsite"
_PANGO = (
    "Installera Pango. Debian, Ubuntu och WSL: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. "
    "macOS: brew install pango. Fedora: sudo dnf install pango."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that was looked at. `mend` tells what to do; "" when nothing is wrong."""

    level: Literal["bra", "varning", "fel"]
    what: str
    mend: str = ""


def examine(folder: Path, today: date) -> list[Answer]:
    """Look at everything that ipsite rests on. `folder` is the project that it should be able to write in."""
    checks: tuple[Callable[[], Iterator[Answer]], ...] = (
        _python, _packages, _pango, _fonts, _encoding, lambda: _settings(folder), lambda: _folder(folder),
        lambda: _material(today),
    )  # fmt: skip
    return [answer for check in checks for answer in check()]


def _python() -> Iterator[Answer]:
    version = sys.version_info[:2]
    shown = ".".join(map(str, version))
    if version < OLDEST:
        yield Answer("fel", f"Python {shown} är för gammal.", "Installera Python 3.13 och sedan ipsite igen.")
    elif version > NEWEST:
        yield Answer("varning", f"Python {shown} är nyare än den som ipsite är prövad med.", "Python 3.13 är prövad.")
    else:
        yield Answer("bra", f"Python {shown}")


def _packages() -> Iterator[Answer]:
    """What ipsite says that it needs, against what is installed."""
    try:
        from packaging.requirements import Requirement  # may be what is missing
    except ImportError:
        yield Answer("fel", "packaging saknas.", _UPDATE)
        return
    for needed in map(Requirement, importlib.metadata.requires("ipsite") or ()):
        if needed.marker and not needed.marker.evaluate({"extra": ""}):
            continue  # not on this machine, or only for those who have asked for more
        try:
            version = importlib.metadata.version(needed.name)
        except importlib.metadata.PackageNotFoundError:
            yield Answer("fel", f"{needed.name} saknas.", _UPDATE)
            continue
        if needed.specifier.contains(version, prereleases=True):
            yield Answer("bra", f"{needed.name} {version}")
        else:
            wanted = ", ".join(sorted(map(str, needed.specifier)))
            yield Answer("fel", f"{needed.name} {version} passar inte. Det behövs {wanted}.", _UPDATE)


def _pango() -> Iterator[Answer]:
    """WeasyPrint loads Pango when it is imported, and says in its own words what is missing."""
    try:
        importlib.import_module("ipsite.render.pdf")
    except OSError:
        yield Answer("fel", "WeasyPrint, som gör PDF-filerna, hittar inte Pango.", _PANGO)
    except ImportError as error:
        yield Answer("fel", f"WeasyPrint, som gör PDF-filerna, startar inte ({error.name or 'okänd del'}).", _UPDATE)
    else:
        yield Answer("bra", "Pango och WeasyPrint startar")


def _fonts() -> Iterator[Answer]:
    package = Path(__file__).parent
    fonts = [*package.glob("paper/fonts/*.ttf"), *package.glob("theme/assets/ipsite/fonts/*.woff2")]
    if len(fonts) < 2 or not all(font.stat().st_size for font in fonts):
        yield Answer("fel", "Typsnitten som hör till ipsite saknas.", _UPDATE)
    else:
        yield Answer("bra", f"{len(fonts)} typsnitt finns")


def _encoding() -> Iterator[Answer]:
    wrong = [name for name, used in _encodings() if used.lower().replace("-", "").replace("_", "") != "utf8"]
    if wrong:
        mend = "Skriv i terminalen: export PYTHONUTF8=1 (Windows: setx PYTHONUTF8 1). Öppna sedan en ny terminal."
        yield Answer("varning", f"Å, ä och ö kan bli fel: {', '.join(wrong)} använder inte UTF-8.", mend)
    else:
        yield Answer("bra", "Å, ä och ö fungerar (UTF-8)")


def _encodings() -> Iterator[tuple[str, str]]:
    yield "filnamn", sys.getfilesystemencoding()
    yield "filer", "utf-8" if sys.flags.utf8_mode else locale.getpreferredencoding(False)
    yield "terminalen", getattr(sys.stdout, "encoding", None) or "utf-8"


def _settings(folder: Path) -> Iterator[Answer]:
    file = folder / "mkdocs.yml"
    if not file.is_file():
        mend = "Gå till mappen med dina planer. Har du ingen: ipsite init MAPP"
        yield Answer("varning", "Den här mappen är inget projekt: mkdocs.yml saknas.", mend)
        return
    try:
        from ipsite.mkdocs.site import NotConfigured, plans_of  # heavy: MkDocs
    except ImportError:  # a package is missing, which `_packages` tells of
        return
    try:
        plans_of(file)
    except NotConfigured as error:
        what, _, mend = str(error).partition(". ")
        yield Answer("fel", f"{what}.", mend)
    else:
        yield Answer("bra", "mkdocs.yml går att använda")


def _folder(folder: Path) -> Iterator[Answer]:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        mend = "Välj en mapp som är din, eller gör plats på disken."
        yield Answer("fel", f"Det går inte att spara i mappen: {reason(error)}.", mend)
    else:
        yield Answer("bra", "Det går att spara i mappen")


def _material(today: date) -> Iterator[Answer]:
    left = (END_OF_MATERIAL - today).days
    end = dates.day(END_OF_MATERIAL)
    mend = "Det du har byggt fungerar ändå. Fråga efter en nyare ipsite innan du lägger något på nätet."
    if left < 0:
        yield Answer("varning", f"Temat Material har inte fått säkerhetsrättningar sedan {end}.", mend)
    elif left < _SOON:
        yield Answer("varning", f"Temat Material får säkerhetsrättningar bara till {end}.", mend)
    else:
        yield Answer("bra", f"Temat Material får säkerhetsrättningar till {end}")
