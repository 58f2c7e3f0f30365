"""HTML → tagged PDF (PDF/UA-1 and PDF/A-2a). The one module, with its tag builder, that knows WeasyPrint.

Fonts come from the package alone and nothing is fetched from outside: the fetcher knows the package's own
files and the pictures it is given. What WeasyPrint logs as a warning is an error here.
"""

from __future__ import annotations

import gc
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.request import url2pathname

_PACKAGE = Path(__file__).parent.parent
# Read by fontconfig when WeasyPrint makes its first font map, so it must be set before the import.
os.environ["FONTCONFIG_FILE"] = str(_PACKAGE / "paper" / "fonts.conf")

import weasyprint  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcherResponse  # noqa: E402

from ipsite.collector import no_collector  # noqa: E402
from ipsite.render import archive, tags  # noqa: E402
from ipsite.render.elements import TagsError  # noqa: E402

_UNKNOWN_SIGN = re.compile(r'unsupported by fonts: "(.+?)" \(')  # in WeasyPrint's words
_BESIDE = "beside://plan/"  # where a document's pictures are said to lie; no such place is ever opened
_ELEMENTS = _PACKAGE / "paper" / "elements.css"
_STYLES = (_PACKAGE / "theme" / "assets" / "ipsite" / "tokens.css", _PACKAGE / "paper" / "paper.css")


class PaperError(RuntimeError):
    """WeasyPrint could not make the paper as it was asked to. The words are its own, or say in Swedish what the
    author can mend."""


@contextmanager
def _rings_in_peace() -> Iterator[None]:
    """Python looks for rings of dead objects again and again while a paper grows, and all that it finds is alive.
    Looking once, when the paper is done, spares a tenth of the time and some memory too."""
    try:
        with no_collector():
            yield
    finally:
        gc.collect(0)  # what has come since


@_rings_in_peace()
def from_html(text: str, pictures: Mapping[str, bytes]) -> bytes:
    """A page of HTML as PDF/UA-1 and PDF/A-2a in one file.

    `pictures` holds the bytes of each picture by the name that the page refers to it with.
    The same page gives the same bytes on every machine with the same versions. Raises `PaperError`.
    """
    style = _style()
    html = _Html(string=text, base_url=_BESIDE, url_fetcher=_Fetcher(pictures))
    with _warnings_are_errors():
        laid_out = html.render(stylesheets=style.sheets, font_config=style.fonts, pdf_variant=archive.VARIANT)
        archive.say_both(laid_out.metadata)
        try:
            with tags.own_tags():
                result: bytes = laid_out.write_pdf(pdf_variant=archive.VARIANT)
        except TagsError as error:
            raise PaperError(str(error)) from error
    return result


def prepare() -> None:
    """Load styles and fonts, so that the first paper does not wait for them. Raises `PaperError`."""
    _style()


@dataclass(frozen=True, slots=True)
class _Style:
    fonts: FontConfiguration
    elements: weasyprint.CSS
    sheets: list[weasyprint.CSS]


class _Html(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint is untyped
    """HTML whose elements look as `elements.css` says, in place of WeasyPrint's longer sheet for all of HTML."""

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [_style().elements]


@cache
def _style() -> _Style:
    """Style sheets and fonts, parsed and loaded once for each process."""
    fonts = FontConfiguration()
    with _warnings_are_errors():
        elements, *sheets = (
            weasyprint.CSS(filename=path, font_config=fonts, url_fetcher=_Fetcher({})) for path in (_ELEMENTS, *_STYLES)
        )
    return _Style(fonts, elements, sheets)


class _Fetcher:
    """Gives the package's own files and the given pictures, and refuses everything else.

    Not a subclass of WeasyPrint's fetcher, which can open addresses; this one has nothing to open them with.
    """

    _fail_on_errors = False  # WeasyPrint asks every fetcher; a refusal is then a warning, which is an error here

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self.pictures = pictures

    def __call__(self, url: str) -> URLFetcherResponse:
        name = url.removeprefix(_BESIDE)
        if name in self.pictures:
            return URLFetcherResponse(url, self.pictures[name], {"Content-Type": _media_type(name)})
        path = Path(url2pathname(url.removeprefix("file:")))
        if url.startswith("file:") and path.resolve().is_relative_to(_PACKAGE) and path.suffix in (".css", ".woff2"):
            return URLFetcherResponse(url, path.read_bytes())
        raise ValueError("refused: only the package's own files and the plan's pictures may be read")


def _media_type(name: str) -> str:
    return "image/png" if name.endswith(".png") else "image/jpeg"


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    """WeasyPrint only logs unknown CSS and missing pictures; here they stop the build."""
    met: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: met.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if signs := {sign for message in met for sign in _UNKNOWN_SIGN.findall(message)}:
        raise PaperError(f"Tecken som typsnitten saknar: {' '.join(sorted(signs))} Skriv planen utan dem.")
    if met:
        raise PaperError("; ".join(met))
