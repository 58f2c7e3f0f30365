"""Pictures beside plans: looked at when plans are checked, made safe when they are built.

What is built is a new picture: scaled down, turned the right way up, and without the file's metadata
(place, camera, time).
"""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ipsite.problem import Place, Problem

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 20_000_000
MAX_PIXELS = 50_000_000  # decoded, which bounds the memory; a picture that claims more is refused before it is read
MAX_SIDE = 65_535  # the most a JPEG can have; each row takes memory, however short it is
MAX_SCANS = 100  # times that a JPEG goes over the picture, which bounds the time; a photo needs ten or so
SIDE = 800  # pixels, the longest side of what is built

_MISSING = "Bilden finns inte bredvid planen, eller går inte att läsa."
_BESIDE = "Lägg bilden bredvid planen. Är den för stor, eller inte JPEG eller PNG? Spara den på nytt i ett bildprogram."
_SIGNATURES = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


class PictureError(ValueError):
    """The picture cannot be used. The message says why, and `hint` what to do, without the picture's name."""

    def __init__(self, message: str, hint: str = _BESIDE) -> None:
        super().__init__(message)
        self.hint = hint


def problem(error: PictureError, file: str, place: Place) -> Problem:
    """The error as a problem of the plan in `file`."""
    return Problem("IP050", "fel", file, *place, "person.bild", str(error), error.hint)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture that is safe to build: its new file name, bytes, and size in pixels."""

    name: str
    content: bytes
    width: int
    height: int


def check(folder: Path, name: str) -> None:
    """See that the picture `name` beside a plan in `folder` can be built: all that is done then, but for saving it.

    Raises `PictureError` when it cannot.
    """
    _drawn(look_at(folder, name))


def look_at(folder: Path, name: str) -> Path:
    """Look at the picture `name` beside a plan in `folder` without decoding it; give its path.

    Raises `PictureError` when it is missing, a link, too big or not a JPEG or PNG.
    """
    path = _beside(folder, name)
    if Path(name).name != name or path.is_symlink():
        raise PictureError("Bilden ska ligga i samma mapp som planen och får inte vara en länk.")
    if not path.is_file():  # a pipe would be waited for without end
        raise _missing(folder, name)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError:
        raise PictureError(_MISSING) from None
    if size > MAX_BYTES:
        raise PictureError("Bilden är större än 20 MB.")
    if not any(start.startswith(signature) for signature in _SIGNATURES):
        raise PictureError("Bilden är inte en JPEG eller PNG.")
    return path


def _beside(folder: Path, name: str) -> Path:
    """The file `name` in `folder`. macOS writes å in a file's name as two signs, and plans are read as one (NFC)."""
    path = folder / name
    if path.exists() or path.is_symlink() or name.isascii() or not folder.is_dir():
        return path
    return next((file for file in sorted(folder.iterdir()) if unicodedata.normalize("NFC", file.name) == name), path)


def _missing(folder: Path, name: str) -> PictureError:
    """What is wrong when there is no such file. A camera writes BILD.JPG, and not every disk tells it from bild.jpg."""
    names = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
    if name not in names and name.casefold() in map(str.casefold, names):
        other = "Bildens namn har andra stora och små bokstäver i planen än på filen."
        return PictureError(other, "Skriv det likadant, också det som står efter punkten.")
    return PictureError(_MISSING)


@contextmanager
def _strictly() -> Iterator[None]:
    """Pillow as it is from the start: WeasyPrint, once imported, makes it pass over what is missing in a picture.
    It warns of large pictures when it opens them; the limit is ours."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def prepare(path: Path) -> Prepared:
    """Decode, scale and re-encode a picture. Raises `PictureError` when it cannot be decoded."""
    from PIL import Image

    kind, image = _drawn(path)
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    out = io.BytesIO()
    if kind == "PNG":
        clean.save(out, "PNG", optimize=True)
    else:
        clean.save(out, "JPEG", quality=85)
    return Prepared("bild.png" if kind == "PNG" else "bild.jpg", out.getvalue(), *clean.size)


def _drawn(path: Path) -> tuple[str | None, Image.Image]:
    """What kind of file a picture is, and the picture, decoded, scaled down and turned the right way up.

    Raises `PictureError`.
    """
    from PIL import Image, ImageOps

    try:
        with _strictly(), Image.open(path, formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MAX_PIXELS or max(opened.size) > MAX_SIDE:
                raise PictureError("Bilden har för många bildpunkter. Gör den mindre.")
            kind = opened.format
            if kind != "PNG" and _scans(path.read_bytes()) > MAX_SCANS:
                raise PictureError("Bilden är sparad i för många omgångar.")
            opened.draft("RGB", (2 * SIDE, 2 * SIDE))  # a photo is scaled while it is decoded, which spares memory
            mode = "RGBA" if kind == "PNG" else "RGB"
            image = opened if opened.mode == mode else opened.convert(mode)
            image.thumbnail((SIDE, SIDE))
            return kind, ImageOps.exif_transpose(image)
    except PictureError:
        raise
    except Image.DecompressionBombError:  # Pillow's own limit, met before ours
        raise PictureError("Bilden har för många bildpunkter. Gör den mindre.") from None
    except Exception:  # a damaged picture makes Pillow's decoders raise nearly anything
        raise PictureError("Bilden går inte att läsa.") from None


def _scans(jpeg: bytes) -> int:
    """How many times a JPEG goes over the picture. Each takes as long as the picture is large, and a few bytes."""
    scans, at = 0, 2
    while (at := jpeg.find(b"\xff", at)) >= 0:
        marker = jpeg[at + 1 : at + 2]
        if marker in (b"", b"\xd9"):
            break
        if marker == b"\xff":
            at += 1
        elif marker in b"\x00\x01\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7":  # within what is drawn
            at += 2
        else:
            scans += marker == b"\xda"
            at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return scans
