"""Everything that can be read in a file of a site: not only what is shown, but what lies in its bytes.

PDF files are met through pypdf, here and nowhere else.
"""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

from ipsite.collector import sweep
from ipsite.markup import without_tags

MARKUP = (".html", ".htm", ".xhtml", ".svg", ".xml")
_ATTRIBUTE = re.compile(r"""\s[\w:-]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WRITTEN = re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}")  # runs of letters in a file that is no text
_MOST = 50 << 20  # bytes when unpacked: what a map of a site may be, and much less than memory
_ALL = 8 * _MOST  # in one file: a document may be full of pictures
_TOO_MUCH = "det som är packat i filen är för stort för att läsas."
_ZIP = b"PK\x03\x04"  # how it begins, and so do documents of Word's and others
_NOT_UNPACKED = (b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh")  # how files begin that we have nothing to unpack with
_END_OF_TEXT = re.compile(r"</(?:\w+:)?(?:p|h|c|tc|si)>")  # in a document: other tags may stand inside a word
_XML_TAG = re.compile(r"<[^>]*>")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


Read = Callable[[str, bytes], Iterable[str]]
"""What gives the texts of a file, by its name and bytes, as `texts` does."""


class Unreadable(ValueError):
    """A file that cannot be looked into. The message says why, in Swedish."""


def texts(name: str, content: bytes) -> Iterator[str]:
    """All texts in a file, each as one string: what is shown, what is said of it, and what is hidden in it.

    Raises `Unreadable`.
    """
    kind = PurePath(name).suffix.lower()
    yield name
    if kind == ".pdf":
        try:
            yield from _of_pdf(content)
        finally:  # the parts of one that was read hold one another: 700 kB of them
            sweep()
    elif kind in MARKUP:
        for text in _written(content):
            yield from _of_markup(text)
    elif kind in (".png", ".jpg", ".jpeg"):
        yield from _of_bytes(content)
        if kind == ".png":
            yield from _of_png(content)
    elif kind == ".gz":
        yield from _of_bytes(_of_gzip(content))
    elif content.startswith(_ZIP):
        yield from _of_archive(content, [_ALL])
    elif content.startswith(_NOT_UNPACKED):
        raise Unreadable("filen är packad så att den inte går att läsa. Packa upp den.")
    elif b"\x00" in content[:4096]:
        yield from _of_bytes(content)
    else:
        for text in _written(content):
            yield from _of_text(text, kind)


def _written(content: bytes) -> Iterator[str]:
    """A text in UTF-8, and, when it is not quite that, also as Windows writes a text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield content.decode("utf-16", "replace")
    text = content.decode("utf-8", "replace")
    yield text
    if "\ufffd" in text:
        yield content.decode("cp1252", "replace")


def _of_text(text: str, kind: str) -> Iterator[str]:
    yield text
    if kind in (".js", ".json") and "\\" in text:
        yield _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace(r"\n", " ").replace(r"\"", '"')
    if kind == ".json":
        try:
            yield from _strings(json.loads(text))
        except ValueError:
            return


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield from _of_markup(data)
    elif isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _strings(inner)


def _of_markup(text: str) -> Iterator[str]:
    """The text as it is shown, and the value of every attribute; comments too."""
    yield html.unescape(text)
    yield html.unescape(without_tags(text))
    yield from (html.unescape(match[1] or match[2] or "") for match in _ATTRIBUTE.finditer(text))


def _of_bytes(content: bytes) -> Iterator[str]:
    """Whatever looks like letters: metadata in pictures is often written plainly."""
    for run in _WRITTEN.findall(content):
        yield run.decode("latin-1")
        yield run.decode("utf-8", "ignore")
    for encoding in ("utf-16-le", "utf-16-be"):
        yield content.decode(encoding, "ignore") if len(content) < 1_000_000 else ""


def _of_png(content: bytes) -> Iterator[str]:
    """The texts that a PNG keeps packed."""
    at = 8
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        data = content[at + 8 : at + 8 + length]
        if kind in (b"zTXt", b"iTXt", b"eXIf", b"iCCP"):
            for start in range(len(data)):
                if data[start : start + 1] == b"\x78":  # where packed data may begin
                    yield from _of_bytes(_unpacked(data[start:]))
        at += length + 12


def _unpacked(data: bytes) -> bytes:
    """What was packed; nothing of what never was."""
    packed = zlib.decompressobj()
    try:
        made = packed.decompress(data, _MOST)
    except zlib.error:
        return b""
    if packed.unconsumed_tail:
        raise Unreadable(_TOO_MUCH)
    return made


def _of_gzip(content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            made = packed.read(_MOST + 1)
    except (OSError, EOFError, zlib.error):
        raise Unreadable("filen slutar på «.gz» men går inte att packa upp.") from None
    if len(made) > _MOST:
        raise Unreadable(_TOO_MUCH)
    return made


def _of_archive(content: bytes, room: list[int]) -> Iterator[str]:
    """The texts of every file that is packed in one, as a document of Word's is. All together they may have `room` for
    so many bytes when unpacked, also those that lie packed in one another."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                most = min(room[0], _MOST)
                with archive.open(member) as file:
                    data = file.read(most + 1)
                if len(data) > most:
                    raise Unreadable(_TOO_MUCH)
                room[0] -= len(data)
                yield member.filename.replace("_", " ")
                if data.startswith(_ZIP):
                    yield from _of_archive(data, room)
                else:
                    yield from texts(member.filename, data)
                    yield html.unescape(_XML_TAG.sub("", _END_OF_TEXT.sub(" ", data.decode("utf-8", "replace"))))
    except Unreadable:
        raise
    except Exception:  # a damaged file fails in a way of its own for each way of packing
        raise Unreadable("filen är packad så att den inte går att läsa.") from None


# PDF


def _of_pdf(content: bytes) -> Iterator[str]:
    """The text of every page, and every string in the file: title, bookmarks, alternative texts, links,
    metadata and attached files."""
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Unreadable("PDF-filen är låst med lösenord och kan inte läsas.")
        for page in reader.pages:
            yield page.extract_text()
        for number in range(1, int(reader.trailer["/Size"])):  # type: ignore[call-overload]
            yield from _of_object(reader.get_object(number))
        yield from _of_object(reader.trailer.get("/Info"))
    except DependencyError:  # it has no means to unlock a file, and needs none
        raise Unreadable("PDF-filen är låst med lösenord och kan inte läsas.") from None
    except (PyPdfError, KeyError, TypeError, IndexError, AttributeError, zlib.error) as error:
        raise Unreadable("PDF-filen går inte att läsa.") from error


def _of_object(held: object) -> Iterator[str]:
    """The strings in one object of a PDF, but not those of the objects that it refers to."""
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject, TextStringObject

    if isinstance(held, TextStringObject):
        yield str(held)
    elif isinstance(held, ByteStringObject):
        yield from _of_bytes(bytes(held))
    elif isinstance(held, ArrayObject):
        for inner in list.__iter__(held):
            yield from _of_object(inner)
    elif isinstance(held, DictionaryObject):
        for key, inner in dict.items(held):
            if not (key == "/ID" and dict.get(held, "/Type") == "/XRef"):  # the file's own number, made by chance
                yield from _of_object(inner)
        if isinstance(held, StreamObject) and _holds_text(held):
            yield from _of_text(held.get_data().decode("utf-8", "replace"), "")


def _holds_text(stream: object) -> bool:
    """Whether a stream is metadata or an attached file, not the drawing of a page, a font or a picture."""
    assert isinstance(stream, dict)
    return dict.get(stream, "/Type") in ("/Metadata", "/EmbeddedFile")
