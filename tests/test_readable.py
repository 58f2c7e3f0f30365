"""readable.py: what lies in the bytes of each kind of file can be read."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from ipsite.readable import Unreadable, texts
from ipsite.render.pdf import from_html

WORD = "Hemligheten å ä ö"


def holds(name: str, content: bytes, word: str = WORD) -> bool:
    return any(word in " ".join(text.split()) for text in texts(name, content))


def page(body: str, title: str = "Titel") -> bytes:
    return from_html(f'<html lang="sv"><head><title>{title}</title></head><body><h1>x</h1>{body}</body></html>', {})


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{WORD}</p>",
        "<p>Hemlig<b>heten</b> &aring; &#228; ö</p>",
        f"<img alt='{WORD}'>",
        f'<p title="{WORD}">x</p>',
        f"<!-- {WORD} -->",
        "<p>Hemligheten\n å\n<br>ä ö</p>",
    ],
    ids=["text", "marked up", "alternative", "title", "comment", "broken lines"],
)
def test_html_is_read_as_it_is_shown_and_as_it_is_written(html: str) -> None:
    assert holds("a.html", html.encode())


def test_search_data_is_read_behind_its_escapes() -> None:
    assert holds("a.json", json.dumps({"docs": [{"text": f"<p>{WORD}</p>"}]}).encode())
    assert holds("a.js", f"x = {json.dumps(WORD)};".encode())


def packed_in_one(files: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", way) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("name", ["plan.docx", "plan.odt", "allt.zip", "utan-ändelse"])
def test_what_lies_in_a_document_is_read(name: str) -> None:
    sheet = packed_in_one({"xl/sheet.xml": b"<c>hemligt</c><c>blad</c>"})
    page = b"<w:p><w:t>hem</w:t><w:t>lig</w:t></w:p><w:p>dag</w:p><w:comment w:author='Vera Vall'/>"
    files = {"word/document.xml": page, "word/embeddings/Boken_om_Vera.xlsx": sheet, "foto-av-Vera.jpg": b""}
    read = list(texts(name, packed_in_one(files)))
    assert read[0] == name
    for said in ("hemlig dag", "Vera Vall", "foto-av-Vera.jpg", "Boken om Vera", "hemligt blad"):
        assert any(said in text for text in read), said


def test_a_document_never_takes_more_than_so_much_memory_however_it_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipsite.readable._MOST", 10_000)
    monkeypatch.setattr("ipsite.readable._ALL", 17_000)
    most, over = b"a" * 10_000, b"a" * 10_001
    inner = packed_in_one({"a": most})
    assert list(texts("a.zip", packed_in_one({"a": most, "b": most[:7_000]})))
    for files in ({"a": over}, {"a": most, "b": most[:7_001]}, {"a": inner, "b": inner}):
        with pytest.raises(Unreadable, match="för stort"):
            list(texts("a.zip", packed_in_one(files)))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04x", b"7z\xbc\xaf\x27\x1c\0", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"BZh91AY&SY"]
)
def test_what_is_packed_in_a_way_that_nobody_can_read_is_told_of(content: bytes) -> None:
    with pytest.raises(Unreadable, match="packad så att den inte går att läsa"):
        list(texts("a.bin", content))


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@given(changes=st.lists(st.tuples(st.integers(4, 299), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_document_is_read_or_told_of(way: int, changes: list[tuple[int, int]]) -> None:
    content = bytearray(packed_in_one({"word/document.xml": b"<w:p>hej</w:p>" * 20, "å.txt": b"hej"}, way))
    for place, byte in changes:
        content[-place if place < len(content) else -4] = byte
    with suppress(Unreadable):
        list(texts("a.docx", bytes(content)))


def test_a_document_with_a_name_that_is_no_text_is_told_of() -> None:
    content = packed_in_one({"å.txt": b"hej"}).replace("å".encode(), b"\xff\xff")
    with pytest.raises(Unreadable, match="packad så att den inte går att läsa"):
        list(texts("a.docx", content))


def test_a_document_that_is_locked_is_told_of() -> None:
    flags = re.compile(rb"(PK\x03\x04..|PK\x01\x02....)\0", re.DOTALL)
    locked = flags.sub(lambda start: start[1] + b"\x01", packed_in_one({"a": b"hej"}))
    with pytest.raises(Unreadable, match="packad så att den inte går att läsa"):
        list(texts("a.docx", locked))


@pytest.mark.parametrize("name", ["lista.csv", "sida.html", "anteckning.txt", "data.json"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_read_however_it_is_coded(name: str, coding: str) -> None:
    read = list(texts(name, '{"vem": "Åsa Öberg"} – €'.encode(coding)))
    assert any("Åsa Öberg" in text for text in read)


def test_a_text_of_two_codings_is_read_in_both() -> None:
    read = list(texts("lista.csv", "Åsa Öberg;".encode() + "Örjan Ås".encode("cp1252")))
    for said in ("Åsa Öberg", "Örjan Ås"):
        assert any(said in text for text in read), said


def test_names_of_files_are_read() -> None:
    assert holds(f"{WORD}.bin", b"")


def test_packed_text_is_unpacked() -> None:
    assert holds("sitemap.xml.gz", gzip.compress(WORD.encode()))
    assert holds("sitemap.xml.gz", gzip.compress(b"karta") + gzip.compress(WORD.encode()))


@pytest.mark.parametrize(
    "content",
    [b"ingen karta", gzip.compress(b"karta", mtime=0)[:-9], b"\x1f\x8b\x08" + b"\0" * 7 + b"\xff"],
    ids=["plain", "cut off", "nothing in it"],
)
def test_what_cannot_be_unpacked_is_told_of(content: bytes) -> None:
    with pytest.raises(Unreadable, match="packa upp"):
        list(texts("sitemap.xml.gz", content))


def in_gzip(told: bytes) -> tuple[str, bytes]:
    return "a.gz", gzip.compress(told)


def in_png(told: bytes) -> tuple[str, bytes]:
    data = b"Comment\0\0" + zlib.compress(told)
    return "a.png", b"\x89PNG\r\n\x1a\n" + len(data).to_bytes(4) + b"zTXt" + data + bytes(4)


@pytest.mark.parametrize("packed", [in_gzip, in_png])
def test_what_is_packed_never_takes_more_than_so_much_memory(
    packed: Callable[[bytes], tuple[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipsite.readable._MOST", 1_000)
    assert holds(*packed(f"{'x' * 900} {WORD}".encode()))
    with pytest.raises(Unreadable, match="för stort"):
        list(texts(*packed(b"x" * 1_001)))


@pytest.mark.parametrize("packed", [True, False])
def test_the_metadata_of_pictures_is_read(packed: bool) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_itxt("Comment", WORD, zip=packed)
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=told)
    assert holds("a.png", out.getvalue())


def test_exif_of_a_photo_is_read() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Hemma hos Vera"
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    assert holds("a.jpg", out.getvalue(), "Hemma hos Vera")


def test_the_pages_title_and_links_of_a_pdf_are_read() -> None:
    assert holds("a.pdf", page(f"<p>{WORD}</p>"))
    assert holds("a.pdf", page("", WORD))
    assert holds("a.pdf", page("<a href='https://example.com/hemligheten'>x</a>"), "example.com/hemligheten")


def test_the_number_that_a_pdf_is_told_apart_by_is_not_words() -> None:
    """It is made by chance from all of the file, so in one of a thousand it looks like a personnummer."""
    made = page("<p>x</p>")
    by_chance = b"6701081843d0b0ed931e76acefc07a49"
    content = re.sub(rb"\(([0-9a-f]{32})\)", b"(" + by_chance + b")", made)
    assert content.count(by_chance) == 2
    assert not holds("a.pdf", content, by_chance.decode())


def test_attached_files_and_hidden_strings_of_a_pdf_are_read() -> None:
    with pikepdf.open(io.BytesIO(page("<p>x</p>"))) as pdf:
        pdf.attachments["a.txt"] = WORD.encode()
        pdf.Root["/Hidden"] = pdf.make_indirect(pikepdf.Dictionary({"/T": pikepdf.String("Gömd sträng")}))
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert holds("a.pdf", out.getvalue())
    assert holds("a.pdf", out.getvalue(), "Gömd sträng")


def test_what_cannot_be_looked_into_is_told_of() -> None:
    with pytest.raises(Unreadable, match="går inte att läsa"):
        list(texts("a.pdf", b"%PDF-1.7\nnej"))
    with pikepdf.open(io.BytesIO(page("<p>x</p>"))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    with pytest.raises(Unreadable, match="låst"):
        list(texts("a.pdf", out.getvalue()))


def test_a_damaged_picture_is_read_as_far_as_it_goes() -> None:
    chunk = b"\x00\x00\x00\x20iTXt" + zlib.compress(b"x" * 9)
    assert list(texts("a.png", b"\x89PNG\r\n\x1a\n" + chunk))
