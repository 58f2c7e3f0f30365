"""render/pdf.py: papers that a screen reader, a printer and an archive can trust, made of nothing but what is given."""

from __future__ import annotations

import gc
import io
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page as conformance
import pikepdf
import pytest
import weasyprint
from PIL import Image
from pypdf import PdfReader
from site_helpers import (
    KINDS,
    PLANS,
    TODAY,
    Html,
    built_site,
    every_field,
    missing,
    pages_of,
    pdf,
    put,
    read_plan,
    smallest,
)

from ipsite.blanks import FORMS
from ipsite.render import elements, html
from ipsite.render import pdf as module
from ipsite.render.paper import paper
from ipsite.render.pdf import PaperError, from_html
from ipsite.views import blocks
from ipsite.views.blocks import Document, Section, Text
from ipsite.views.drawing import Figure
from ipsite.views.plan import document

PAPERS = sorted(path.relative_to(PLANS).with_suffix("").as_posix() for path in PLANS.rglob("*.yaml"))
FAMILIES = ("Atkinson-Hyperlegible-Next", "IP-Symbols", "DejaVu-Sans")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_site(tmp_path_factory)


@pytest.fixture(scope="session", params=PAPERS)
def example(request: pytest.FixtureRequest, site: Path) -> Path:
    """The paper of each plan in plans/, as the site holds it."""
    name: str = request.param
    return site / "planer" / name / "plan.pdf"


@pytest.fixture(scope="session", params=KINDS)
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, bytes]:
    """A plan of each kind that fills every field, and its paper."""
    plan = read_plan(tmp_path_factory.mktemp("plan"), every_field(request.param)[0])
    made = document(plan, TODAY, blocks.Picture("bild.png", plan.person.text("bildtext"), 40, 30))
    return made, pdf(made, {"bild.png": png()})


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def paper_of(*parts: blocks.Block, title: str = "Alvas plan") -> Document:
    return Document("id", "Slag", title, (), (Section("del", "Del", parts),), "Alva", "Version", "Utskriven", "Om")


def broken_rules(path: Path) -> list[tuple[str, str]]:
    result = conformance.validate_pdf(str(path), profile="ua1")
    assert result.is_compliant is (not result.failures)
    return [(failure.rule_id, failure.message) for failure in result.failures]


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "plan.pdf"
    path.write_bytes(content)
    return path


# --- Conformance --------------------------------------------------------------------------------------------------


def test_the_paper_of_every_example_is_pdf_ua(example: Path) -> None:
    assert broken_rules(example) == []


def test_a_paper_with_every_field_is_pdf_ua(full: tuple[Document, bytes], tmp_path: Path) -> None:
    assert broken_rules(saved(tmp_path, full[1])) == []


def test_the_gate_can_fail(example: Path, tmp_path: Path) -> None:
    with pikepdf.open(example) as broken:
        del broken.Root.MarkInfo
        broken.save(tmp_path / "broken.pdf")
    assert broken_rules(tmp_path / "broken.pdf") != []


# --- What stands on it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_and_every_day_of_a_plan_stands_on_its_paper(kind: str, tmp_path: Path) -> None:
    data, words = every_field(kind)
    del words["person", "bildtext"]  # what the picture says to those who cannot see it; it has a test of its own
    content = pdf(document(read_plan(tmp_path, data), TODAY), {})
    assert missing(words, " ".join(pages_of(content))) == []


def drawn_in(section: blocks.Section) -> Iterator[str]:
    """What one who listens is told of each drawing in a section."""
    for block in section.blocks:
        if isinstance(block, blocks.Section):
            yield from drawn_in(block)
        elif isinstance(block, Figure):
            yield block.gist


def test_the_words_of_a_picture_reach_those_who_cannot_see_it(full: tuple[Document, bytes]) -> None:
    (picture,) = [block for block in full[0].lead if isinstance(block, blocks.Picture)]
    with pikepdf.open(io.BytesIO(full[1])) as opened:
        figures = [
            str(node.Alt)
            for node in opened.objects
            if isinstance(node, pikepdf.Dictionary) and node.get("/S") == "/Figure"
        ]
    drawings = [inner for section in full[0].sections for inner in drawn_in(section)]
    assert drawings
    assert sorted(figures) == sorted([picture.alternative, *drawings])


def test_every_page_says_its_number_whose_it_is_which_version_and_when_it_was_printed(
    full: tuple[Document, bytes],
) -> None:
    made, content = full
    pages = pages_of(content)
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert f"Sida {number} av {len(pages)}" in text
        assert f"{made.name}. {made.kind}." in text
        assert f"{made.version}. Utskriven 22 november 2026." in text


def test_every_page_of_every_example_has_its_number_version_and_date(example: Path) -> None:
    pages = pages_of(example.read_bytes())
    for number, text in enumerate(pages, 1):
        assert f"Sida {number} av {len(pages)}" in text
        assert re.search(r"Version \d+ [a-z]+ 20\d\d\. Utskriven 22 november 2026\.", text)


def test_a_paper_is_a4_in_swedish_with_its_title_shown(example: Path, site: Path) -> None:
    shown = Html((example.parent / "index.html").read_text("utf-8"))
    with pikepdf.open(example) as opened:
        assert {tuple(round(float(side)) for side in leaf.MediaBox) for leaf in opened.pages} == {(0, 0, 595, 842)}
        assert str(opened.Root.Lang) == "sv"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo["/Title"]) == shown.headings[0][1]


def test_the_bookmarks_are_the_headings_of_the_page_and_all_are_open(full: tuple[Document, bytes]) -> None:
    made, content = full
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        marks = list(flat(outline.root, 1))
    headings = Html(html.plan_page(made, ())).headings
    assert [(level, " ".join(title.split())) for level, title, _ in marks] == headings  # a day has a hard space
    assert not any(closed for _, _, closed in marks)


def flat(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str, bool]]:
    for item in items:
        yield level, item.title, item.is_closed
        yield from flat(item.children, level + 1)


SCREEN_ONLY = {"ip-plan-table__label", "ip-plan-downloads", "ip-plan-papers", "ip-plan-links"}


def test_what_a_page_says_its_paper_says_too(example: Path) -> None:
    """Page and paper have one body; on paper only the helps for narrow screens and the downloads are left out."""
    shown = Html((example.parent / "index.html").read_text("utf-8"))
    (body,) = shown.with_class("ip-plan")
    for node in list(body.iter()):
        for child in list(node):
            if SCREEN_ONLY & set(child.get("class", "").split()):
                child.text, child[:] = "", []
    said = set(re.findall(r"\w{4,}", " ".join(body.itertext())))
    printed = set(re.findall(r"\w{4,}", " ".join(pages_of(example.read_bytes()))))
    assert said - printed == set()


# --- Letters ------------------------------------------------------------------------------------------------------


def fonts_of(content: bytes) -> Iterator[tuple[str, bool]]:
    """Name and whether it is embedded, of every font that draws."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        for node in opened.objects:
            if isinstance(node, pikepdf.Dictionary) and node.get("/Subtype") in ("/CIDFontType2", "/CIDFontType0"):
                described = node.FontDescriptor
                yield str(node.BaseFont).split("+")[1], "/FontFile2" in described or "/FontFile3" in described
            elif isinstance(node, pikepdf.Dictionary) and node.get("/Type") == "/Font" and node.Subtype != "/Type0":
                yield str(node.get("/BaseFont")), False


def test_every_font_is_embedded_and_the_packages_own(example: Path) -> None:
    fonts = list(fonts_of(example.read_bytes()))
    assert fonts
    assert all(embedded for _, embedded in fonts)
    assert [name for name, _ in fonts if not name.startswith(FAMILIES)] == []


def test_no_letter_is_drawn_as_an_empty_box(example: Path) -> None:
    with pikepdf.open(example) as opened:
        texts = [text for leaf in opened.pages for text in drawn(leaf)]
    letters = {text[at : at + 2] for text in texts for at in range(0, len(text), 2)}
    assert len(letters) > 30
    assert b"\0\0" not in letters  # the glyph .notdef


def drawn(leaf: pikepdf.Page) -> Iterator[bytes]:
    for step in pikepdf.parse_content_stream(leaf, "Tj TJ"):
        for part in step.operands:
            pieces = part if isinstance(part, pikepdf.Array) else [part]
            yield from (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))


@pytest.mark.parametrize(
    "name",
    ["Michał Żółć", "Đặng Văn", "Şükrü Ağaoğlu", "Čović Šehić", "Жанна Їжак", "Μαρία", "مريم", "Zoë Ångström"],
)
def test_the_letters_of_a_name_are_drawn_as_those_letters_also_in_bold(name: str, tmp_path: Path) -> None:
    """The validator compares each drawn letter with the font, so that one font's letter in another's shape is seen."""
    content = pdf(paper_of(Text(((name,),)), title=name), {})
    assert broken_rules(saved(tmp_path, content)) == []
    assert [name_ for name_, _ in fonts_of(content) if not name_.startswith(FAMILIES)] == []


@pytest.mark.parametrize("sign", ["日", "字", "ቃ"])
def test_a_sign_that_no_font_has_is_an_error_that_names_it_and_not_an_empty_box(sign: str) -> None:
    with pytest.raises(PaperError, match=rf"^Tecken som typsnitten saknar: {sign} Skriv planen utan dem\.$"):
        pdf(paper_of(Text(((f"Hej {sign}",),))), {})


def test_a_word_without_end_is_printed_to_its_end() -> None:
    text = "".join(PdfReader(io.BytesIO(pdf(paper_of(Text((("x" * 400,),))), {}))).pages[0].extract_text().split())
    assert "x" * 400 in text


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{{ view }}", "**fet** [a](javascript:b)", "&lt;b&gt; \"'", "</title><h1>x"],
)
def test_hostile_text_is_printed_as_it_was_written_in_the_title_too(text: str, tmp_path: Path) -> None:
    data = smallest(titel=text, anledning=text, person={"namn": text, "kallas": "Alva"})
    content = pdf(document(read_plan(tmp_path, data), TODAY), {})
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert str(opened.docinfo["/Title"]) == f"Alvas plan – {text}"
        assert str(opened.docinfo["/Author"]) == text
        assert text in str(opened.docinfo["/Subject"])
    assert pages_of(content)[0].count(text) >= 3


# --- Nothing from outside -----------------------------------------------------------------------------------------


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any) -> None:
        raise AssertionError(f"a connection was tried: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    "source",
    [
        "http://example.com/x.png",
        "https://example.com/x.png",
        "//example.com/x.png",
        "ftp://example.com/x.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "../../../../etc/passwd",
        "other.png",
        Path(module.__file__).as_uri(),
        (Path(module.__file__).parents[1] / "theme" / ".." / ".." / "mkdocs.yml").as_uri(),
    ],
)
def test_nothing_but_the_given_pictures_can_be_read(source: str) -> None:
    with pytest.raises(PaperError, match="refused"):
        pdf(paper_of(blocks.Picture(source, "En bild", 1, 1)), {"bild.png": png()})


def test_a_paper_is_made_without_a_network(no_network: None) -> None:
    assert pdf(paper_of(blocks.Picture("bild.png", "En bild", 40, 30)), {"bild.png": png()}).startswith(b"%PDF")


@pytest.mark.parametrize("broken", [b"", b"not a picture", png()[:40]], ids=["empty", "text", "cut"])
def test_a_picture_that_cannot_be_drawn_stops_the_paper(broken: bytes) -> None:
    with pytest.raises(PaperError):
        pdf(paper_of(blocks.Picture("bild.png", "En bild", 40, 30)), {"bild.png": broken})


@pytest.mark.parametrize(
    "fault",
    [
        "<style>p { no-such-property: 1 }</style>",
        "<style>@import 'http://example.com/x.css';</style>",
        "<img src=x.png>",
    ],
    ids=["unknown CSS", "CSS from elsewhere", "missing picture"],
)
def test_what_weasyprint_warns_of_is_an_error_and_the_next_paper_is_made_as_before(
    fault: str,
) -> None:
    before = pdf(paper_of(), {})
    with pytest.raises(PaperError):
        from_html(f"<html lang=sv><title>x</title>{fault}<h1>x</h1>", {})
    assert pdf(paper_of(), {}) == before


# --- The same bytes -----------------------------------------------------------------------------------------------


def test_a_paper_is_the_same_whatever_was_made_before_it(full: tuple[Document, bytes]) -> None:
    pdf(paper_of(Text((("Något annat, ł och ☐",),))), {})
    assert pdf(full[0], {"bild.png": png()}) == full[1]


def every_element() -> str:
    """A page with each element that a paper may have, those of a list in each other."""
    known = elements._TYPES.keys() | elements._SILENT | elements._MAKERS.keys()
    alone = sorted(
        tag for tag in known if not re.fullmatch(r"html|body|t.*|caption|li|col.*|[uo]l|img|input|.*svg|[bw]+r", tag)
    )
    lists = "<ul><li>a<ul><li>b</ul></ul><ol><li>c<ul><li>d</ul></ol><ol><li>e<ol><li>p</ol></ol>"
    table = "<table><caption>f<col><thead><tr><th>g<tfoot><tr><td>h<tbody><tr><th>i<td>j<br>k<wbr>l</table>"
    written = "".join(f"<{tag} title=t>{tag} m</{tag}>" for tag in alone)
    return f"<html lang=sv><title>A</title><h1>B</h1><a href='#x'>n</a>{lists}{table}{written}<p id=x>o"


@pytest.mark.parametrize("source", [*FORMS, "every element", "every field"])
def test_a_paper_is_the_same_with_the_whole_of_weasyprints_own_style_sheet(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if source in FORMS:
        page = paper(FORMS[source].document())
    elif source == "every field":
        page = paper(document(read_plan(tmp_path, every_field(KINDS[0])[0]), TODAY))
    else:
        page = every_element()
    made = from_html(page, {})
    monkeypatch.setattr(module._Html, "_ua_stylesheets", weasyprint.HTML._ua_stylesheets)
    assert from_html(page, {}) == made


def test_a_paper_leaves_no_more_behind_than_the_one_before_and_python_looks_for_dead_objects_again() -> None:
    left = []
    for _ in range(4):
        pdf(paper_of(blocks.Text((("Ett ord.",),))), {})
        left.append(len(gc.get_objects()))
    assert gc.isenabled()
    assert left[3] - left[1] < 200
    with pytest.raises(PaperError):
        pdf(paper_of(blocks.Text((("日",),))), {})
    assert gc.isenabled()


def test_a_paper_tells_no_time_of_day_and_no_path(example: Path) -> None:
    with pikepdf.open(example) as opened:
        assert set(opened.docinfo.keys()) <= {"/Title", "/Author", "/Subject", "/Producer", "/Keywords"}
        assert b"file:" not in b"".join(bytes(node.read_bytes()) for node in opened.objects if is_text_stream(node))


def is_text_stream(node: object) -> bool:
    return isinstance(node, pikepdf.Stream) and node.get("/Type") == "/Metadata"


def test_changing_a_word_of_the_plan_changes_the_paper(tmp_path: Path) -> None:
    data = smallest()
    first = pdf(document(read_plan(tmp_path, data), TODAY), {})
    assert pdf(document(read_plan(tmp_path, put(data, ("titel",), "Annat")), TODAY), {}) != first
