"""picture.py: what is built is a new picture without the file's secrets; what is no picture is refused in words."""

from __future__ import annotations

import io
import random
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from ipsite import picture
from ipsite.picture import PictureError, Prepared

SECRET = b"HEMLIGPLATS"


def jpeg(path: Path, size: tuple[int, int] = (60, 40), *, orientation: int = 1, mode: str = "RGB") -> Path:
    """A photo as a telephone makes it: place, camera, time, comment and colour profile in the file."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()  # maker
    exif[0x0132] = "2026:11:22 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 19.0, 46.0), 3: "E", 4: (18.0, 4.0, 7.0), 29: "2026:11:22"})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.new(mode, size, "white")
    image.paste("red" if mode == "RGB" else 0, (0, 0, size[0] // 2, size[1]))
    image.save(path, "JPEG", exif=exif, comment=SECRET, icc_profile=profile, xmp=b"<x>" + SECRET + b"</x>")
    assert SECRET in path.read_bytes()
    with Image.open(path) as image:
        assert image.getexif().get_ifd(0x8825)
    return path


def png(path: Path, size: tuple[int, int] = (60, 40), mode: str = "RGBA") -> Path:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    Image.new(mode, size).save(path, "PNG", pnginfo=notes)
    assert SECRET in path.read_bytes()
    return path


def opened(made: Prepared) -> Image.Image:
    return Image.open(io.BytesIO(made.content))


# --- What is built ------------------------------------------------------------------------------------------------


def test_a_photo_loses_place_camera_time_comment_and_profile(tmp_path: Path) -> None:
    made = picture.prepare(jpeg(tmp_path / "a.jpg"))
    assert SECRET not in made.content
    assert b"Exif" not in made.content
    image = opened(made)
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_png_loses_its_notes(tmp_path: Path) -> None:
    made = picture.prepare(png(tmp_path / "a.png"))
    assert SECRET not in made.content
    assert opened(made).info == {}


def test_a_thumbnail_and_bytes_after_the_end_do_not_come_along(tmp_path: Path) -> None:
    path = jpeg(tmp_path / "a.jpg")
    path.write_bytes(path.read_bytes() + b"PK\x03\x04" + SECRET)
    assert SECRET not in picture.prepare(path).content


def test_a_large_picture_is_scaled_down_and_keeps_its_shape(tmp_path: Path) -> None:
    made = picture.prepare(jpeg(tmp_path / "a.jpg", (2400, 1200)))
    assert (made.width, made.height) == opened(made).size == (800, 400)


def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    made = picture.prepare(png(tmp_path / "a.png", (3, 200)))
    assert (made.width, made.height) == (3, 200)


def test_a_photo_taken_on_its_side_is_turned_the_right_way_up(tmp_path: Path) -> None:
    made = picture.prepare(jpeg(tmp_path / "a.jpg", (60, 40), orientation=6))
    assert (made.width, made.height) == (40, 60)
    top, bottom = (opened(made).convert("RGB").getpixel((20, y)) for y in (5, 55))
    assert top != bottom  # what was to the left is now at the top
    assert isinstance(top, tuple)
    assert top[0] > 200 > 100 > top[1]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_used(mode: str, tmp_path: Path) -> None:
    assert opened(picture.prepare(png(tmp_path / "a.png", mode=mode))).format == "PNG"


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_can_be_used(mode: str, tmp_path: Path) -> None:
    Image.new(mode, (30, 20)).save(tmp_path / "a.jpg", "JPEG")
    made = picture.prepare(tmp_path / "a.jpg")
    assert (made.name, opened(made).mode) == ("bild.jpg", "RGB")


def test_a_transparent_picture_stays_transparent(tmp_path: Path) -> None:
    assert opened(picture.prepare(png(tmp_path / "a.png"))).getpixel((0, 0)) == (0, 0, 0, 0)


def test_what_is_built_is_named_by_what_it_is_and_not_by_what_the_file_was_called(tmp_path: Path) -> None:
    assert picture.prepare(jpeg(tmp_path / "karin-holm.png")).name == "bild.jpg"
    assert picture.prepare(png(tmp_path / "karin-holm.jpg")).name == "bild.png"


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    path = jpeg(tmp_path / "a.jpg")
    assert picture.prepare(path) == picture.prepare(path)


# --- What is refused ----------------------------------------------------------------------------------------------


def claiming(width: int, height: int) -> bytes:
    """A few bytes that claim to be a PNG of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "size", [(10_001, 5_000), (20_000, 20_000), (1, picture.MAX_SIDE + 1), (65_536, 9), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_that_claims_to_be_enormous_is_refused_before_it_is_read(
    size: tuple[int, int], tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(claiming(*size))
    with pytest.raises(PictureError, match=r"^Bilden har för många bildpunkter\. Gör den mindre\.$"):
        picture.prepare(picture.look_at(tmp_path, "a.png"))


@pytest.mark.parametrize("lenient", [False, True], ids=["first", "after WeasyPrint, which makes Pillow lenient"])
def test_a_picture_that_is_cut_off_is_refused(lenient: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    path = jpeg(tmp_path / "a.jpg", (600, 400))
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(PictureError, match=r"^Bilden går inte att läsa\.$"):
        picture.prepare(path)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is lenient


def in_many_goes(path: Path, number: int) -> Path:
    """A JPEG that says so many times over that all of the picture is as it was."""
    made = io.BytesIO()
    Image.new("L", (64, 64)).save(made, "JPEG", progressive=True)
    nothing_new = b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x10\x00"
    path.write_bytes(made.getvalue()[:-2] + nothing_new * number + b"\xff\xd9")
    return path


def test_a_photo_that_is_drawn_over_and_over_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """Two megabytes of this, in the largest size, would take hours."""
    assert picture.prepare(in_many_goes(tmp_path / "a.jpg", 50)).width == 64
    with pytest.raises(PictureError, match=r"^Bilden är sparad i för många omgångar\.$"):
        picture.prepare(in_many_goes(tmp_path / "a.jpg", picture.MAX_SCANS))


def test_what_looks_like_another_go_in_a_note_or_after_the_end_of_a_photo_is_none(tmp_path: Path) -> None:
    """As the film after a telephone's moving photo."""
    looks = b"\xff\xda" * (2 * picture.MAX_SCANS)
    Image.new("RGB", (64, 64), "red").save(tmp_path / "a.jpg", "JPEG", comment=looks)
    whole = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(whole.replace(b"\xff\xd9", b"\xff\xff\xd9") + looks)
    assert picture.prepare(tmp_path / "a.jpg").width == 64


def test_a_photo_with_all_that_a_camera_may_write_is_counted_right(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (90, 90), random.Random(1).randbytes(90 * 90 * 3))
    noise.save(tmp_path / "a.jpg", "JPEG", quality=95, restart_marker_blocks=1)
    drawn = (tmp_path / "a.jpg").read_bytes()
    assert b"\xff\x00" in drawn
    assert b"\xff\xd0" in drawn
    assert picture.prepare(tmp_path / "a.jpg").width == 90
    (tmp_path / "a.jpg").write_bytes(drawn[:-2] + b"\xff\xda\x00\x02" * picture.MAX_SCANS + b"\xff\xd9")
    with pytest.raises(PictureError, match="omgångar"):
        picture.prepare(tmp_path / "a.jpg")


def test_text_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("a", "x" * 3_000_000, zip=True)
    Image.new("L", (2, 2)).save(tmp_path / "a.png", pnginfo=notes)
    with pytest.raises(PictureError, match="går inte att läsa"):
        picture.prepare(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b""),
        ("a.png", b"hej"),
        ("a.png", b"GIF89a" + b"\0" * 20),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.jpg", b"%PDF-1.7"),
        ("a.jpg", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.jpg", b"BM" + b"\0" * 60),
        ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
    ],
)
def test_a_file_that_is_not_a_jpeg_or_png_is_refused_whatever_it_is_called(
    name: str, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PictureError, match=r"^Bilden är inte en JPEG eller PNG\.$"):
        picture.look_at(tmp_path, name)


@pytest.mark.parametrize("start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"], ids=["JPEG", "PNG"])
def test_a_file_that_only_begins_as_a_picture_is_refused(start: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(start + b"och sedan text")
    with pytest.raises(PictureError, match=r"^Bilden går inte att läsa\.$"):
        picture.prepare(picture.look_at(tmp_path, "a.jpg"))


@pytest.mark.parametrize("make", [jpeg, png], ids=["JPEG", "PNG"])
def test_a_damaged_picture_is_drawn_or_refused_and_never_a_crash(make: Callable[[Path], Path], tmp_path: Path) -> None:
    whole = make(tmp_path / "whole").read_bytes()
    dice = random.Random(20261122)
    path = tmp_path / "broken"
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            broken[dice.randrange(8, len(broken))] = dice.randrange(256)
        path.write_bytes(broken[: dice.randint(20, len(broken))] if dice.random() < 0.3 else broken)
        try:
            made = picture.prepare(path)
        except PictureError as met:
            with pytest.raises(PictureError, match=f"^{re.escape(str(met))}$"):
                picture.check(tmp_path, path.name)
            continue
        picture.check(tmp_path, path.name)
        assert max(made.width, made.height) <= picture.SIDE


def test_a_picture_over_20_mb_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(picture.MAX_BYTES + 1)
    with pytest.raises(PictureError, match=r"^Bilden är större än 20 MB\.$"):
        picture.look_at(tmp_path, "a.jpg")


@pytest.mark.parametrize("name", ["saknas.jpg", "mapp.jpg", "", ".", ".."])
def test_a_picture_that_is_not_there_is_told_of(name: str, tmp_path: Path) -> None:
    (tmp_path / "mapp.jpg").mkdir()
    with pytest.raises(PictureError, match=r"^Bilden "):
        picture.look_at(tmp_path, name)


def test_a_name_with_other_capitals_is_told_of_as_that(tmp_path: Path) -> None:
    jpeg(tmp_path / "ALVA.JPG")
    (tmp_path / "mapp.jpg").mkdir()
    with pytest.raises(PictureError, match="andra stora och små bokstäver") as met:
        picture.look_at(tmp_path, "alva.jpg")
    assert "likadant" in met.value.hint
    with pytest.raises(PictureError, match="finns inte"):
        picture.look_at(tmp_path, "mapp.jpg")


@pytest.mark.parametrize("name", ["../a.jpg", "inre/a.jpg", "/etc/passwd", "inre/../../a.jpg"])
def test_a_picture_anywhere_else_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "plans" / "inre").mkdir(parents=True)
    jpeg(tmp_path / "a.jpg")
    jpeg(tmp_path / "plans" / "inre" / "a.jpg")
    with pytest.raises(PictureError, match=r"^Bilden ska ligga i samma mapp som planen"):
        picture.look_at(tmp_path / "plans", name)


def test_a_link_to_a_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.jpg").symlink_to(jpeg(tmp_path / "b.jpg"))
    with pytest.raises(PictureError, match="får inte vara en länk"):
        picture.look_at(tmp_path / "plans", "a.jpg")


def test_a_name_with_å_as_macos_writes_it_is_the_same_name(tmp_path: Path) -> None:
    made = jpeg(tmp_path / "a\u030asa.jpg")
    assert picture.look_at(tmp_path, "\u00e5sa.jpg").samefile(made)
    made.unlink()
    made.symlink_to(jpeg(tmp_path / "b.jpg"))
    with pytest.raises(PictureError, match="får inte vara en länk"):
        picture.look_at(tmp_path, "\u00e5sa.jpg")


def test_no_message_tells_what_the_picture_is_called(tmp_path: Path) -> None:
    with pytest.raises(PictureError) as met:
        picture.look_at(tmp_path, "karin-holm.jpg")
    assert "karin" not in str(met.value)
