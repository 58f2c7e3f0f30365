"""A small paper with all that ours can hold, and the ways to break it, one at a time.

Each break is what a bug could do. `test_paper_tags` makes them all and asks which gate sees each.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

Break = Callable[[pikepdf.Pdf], None]
BREAKS: dict[str, Break] = {}
# No quick gate asks whether the file is an archive copy.
ONLY_VERAPDF = {"pdf_a_not_said", "colours_not_described"}

_ROWS = "".join(
    f'<tr><th scope="row">Rad {number}</th><td>Alva<br>Per</td><td>{"Ord på rad. " * 12}</td></tr>'
    for number in range(1, 30)
)
HTML = f"""<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Alvas plan</title></head><body>
<p class="ip-plan-foot">Alva Lind. Plan.<br>Version 1.</p>
<h1>Alvas plan</h1>
<p>Det här är en lång mening som ska brytas på flera rader, så att mellanrummet i radens slut försvinner i filen.</p>
<p><img src="bild.png" alt="En grön dörr med nyckeln i låset." width="40" height="30"></p>
<p><img src="bild.png" alt="" width="40" height="30"></p>
<section><h2>Mina mål</h2><ul><li>Egen dörr</li><li>Kaffe<ul><li>Med mjölk</li></ul></li></ul>
<p lang="en">My own words</p><p>Enligt <abbr title="lagen om stöd och service">LSS</abbr> och
<span lang="en">common sense</span>.</p>
<p><span role="checkbox" aria-checked="false" aria-label="Ja">☐</span> Ja <span aria-hidden="true">dolt</span></p>
</section>
<section><h2>Vem gör vad</h2><h3>Alva</h3><table class="ip-plan-table"><caption>Det här gör vi</caption>
<thead><tr><th scope="col">Vad</th><th scope="col">Vem</th><th scope="col">Läge</th></tr></thead>
<tbody>{_ROWS}<tr><th scope="row">Sist</th><td colspan="2">Alla</td></tr></tbody></table></section>
<section><h2>Mer att läsa</h2><p><a href="https://example.com/plan">Läs om planen på webbplatsen</a></p>
<p><textarea name="ord" aria-label="Mina ord"></textarea></p>
<p><input type="text" name="namn" aria-label="Mitt namn"></p>
<p><input type="checkbox" name="ja" aria-label="Jag kommer"> Jag kommer</p><p>Slut.</p></section></body></html>"""


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def broken(content: bytes, name: str) -> bytes:
    """The paper, broken in the way that is called `name`."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        BREAKS[name](pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


# --- Tools --------------------------------------------------------------------------------------------------------


def _a_break(function: Break) -> Break:
    BREAKS[function.__name__] = function
    return function


def _elements(pdf: pikepdf.Pdf, *types: str) -> list[Any]:
    found = (item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/Type") == "/StructElem")
    return [item for item in found if str(item.S)[1:] in types]


def _metadata(pdf: pikepdf.Pdf, pattern: bytes, instead: bytes = b"") -> None:
    before = pdf.Root.Metadata.read_bytes()
    after = re.sub(pattern, instead, before, flags=re.DOTALL)
    assert after != before
    pdf.Root.Metadata = pdf.make_stream(after, Type=Name.Metadata, Subtype=Name.XML)


def _content(pdf: pikepdf.Pdf, change: Callable[[list[Any]], None], number: int = 0) -> None:
    leaf = pdf.pages[number]
    steps = list(pikepdf.parse_content_stream(leaf))
    change(steps)
    leaf.Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))


def _marked(steps: list[Any], test: Callable[[Any, Any], bool]) -> tuple[int, int]:
    """Where the first marked content that passes the test begins and ends."""
    for start, step in enumerate(steps):
        if str(step.operator) == "BDC" and test(*step.operands):
            return start, next(at for at in range(start, len(steps)) if str(steps[at].operator) == "EMC")
    raise AssertionError("nothing to break")


def _is_text(_tag: Any, properties: Any) -> bool:
    return "/MCID" in properties


def _step(operator: str, *operands: Any) -> Any:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))


# --- What the file says of itself ---------------------------------------------------------------------------------


@_a_break
def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@_a_break
def language_that_is_none(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("svenska språket")


@_a_break
def another_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("en")


@_a_break
def no_title_in_the_metadata(pdf: pikepdf.Pdf) -> None:
    _metadata(pdf, rb"<dc:title>.*?</dc:title>")


@_a_break
def another_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = String("plan.pdf")


@_a_break
def title_not_shown(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@_a_break
def pdf_ua_not_said(pdf: pikepdf.Pdf) -> None:
    _metadata(pdf, rb'pdfuaid:part="1"')


@_a_break
def pdf_a_not_said(pdf: pikepdf.Pdf) -> None:
    _metadata(pdf, rb'pdfaid:part="2"')


@_a_break
def colours_not_described(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@_a_break
def no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


@_a_break
def not_said_to_be_tagged(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@_a_break
def no_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@_a_break
def no_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


@_a_break
def tabulator_follows_the_page(pdf: pikepdf.Pdf) -> None:
    for leaf in pdf.pages:
        del leaf.obj["/Tabs"]


# --- Headings, texts, order ---------------------------------------------------------------------------------------


@_a_break
def heading_level_jumped(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "H2")[-1].S = Name.H4


@_a_break
def first_heading_is_not_the_highest(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "H1")[0].S = Name.H2


@_a_break
def heading_is_a_paragraph(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "H2")[1].S = Name.P


@_a_break
def tag_that_no_reader_knows(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "P")[0].S = Name.Stycke


@_a_break
def part_is_lost(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    document.K = Array(list(document.K)[:-1])


@_a_break
def order_is_reversed(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    document.K = Array(list(document.K)[::-1])


@_a_break
def text_is_read_twice(pdf: pikepdf.Pdf) -> None:
    paragraph = _elements(pdf, "P")[0]
    paragraph.K = Array([*paragraph.K, paragraph.K[0]])


@_a_break
def text_is_not_marked(pdf: pikepdf.Pdf) -> None:
    def change(steps: list[Any]) -> None:
        start, end = _marked(steps, _is_text)
        del steps[end], steps[start]

    _content(pdf, change)


@_a_break
def text_is_set_apart(pdf: pikepdf.Pdf) -> None:
    def change(steps: list[Any]) -> None:
        start, _ = _marked(steps, _is_text)
        steps[start] = _step("BMC", Name.Artifact)

    _content(pdf, change)


@_a_break
def space_at_the_end_of_a_line_is_lost(pdf: pikepdf.Pdf) -> None:
    paragraph = _elements(pdf, "P")[0]
    mark = int(paragraph.K[0])

    def change(steps: list[Any]) -> None:
        start, end = _marked(steps, lambda _, properties: properties.get("/MCID") == mark)
        show = next(step for step in steps[start:end] if str(step.operator) == "TJ")
        show.operands[0].__delitem__(-1)

    _content(pdf, change)


@_a_break
def language_of_a_paragraph_is_lost(pdf: pikepdf.Pdf) -> None:
    del next(item for item in _elements(pdf, "P") if "/Lang" in item)["/Lang"]


@_a_break
def language_of_some_words_is_lost(pdf: pikepdf.Pdf) -> None:
    del next(item for item in _elements(pdf, "Span") if "/Lang" in item)["/Lang"]


@_a_break
def words_of_an_abbreviation_are_lost(pdf: pikepdf.Pdf) -> None:
    del next(item for item in _elements(pdf, "Span") if "/E" in item)["/E"]


@_a_break
def box_to_tick_is_only_a_sign(pdf: pikepdf.Pdf) -> None:
    del _elements(pdf, "Form")[0]["/A"]


# --- Fields of a form ---------------------------------------------------------------------------------------------


def _fields(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pdf.Root.AcroForm.Fields)


@_a_break
def field_says_nothing(pdf: pikepdf.Pdf) -> None:
    del _fields(pdf)[0]["/TU"]


@_a_break
def field_says_something_else(pdf: pikepdf.Pdf) -> None:
    _fields(pdf)[0].TU = String("Text")


@_a_break
def field_has_no_name(pdf: pikepdf.Pdf) -> None:
    del _fields(pdf)[1]["/T"]


@_a_break
def two_fields_share_a_name(pdf: pikepdf.Pdf) -> None:
    first, second, _ = _fields(pdf)
    first.T = second.T


@_a_break
def field_is_outside_the_structure(pdf: pikepdf.Pdf) -> None:
    field = _fields(pdf)[0]
    element = next(item for item in _elements(pdf, "Form") if item.get("/K") and _leads_to(item, field))
    element.K = Array()


def _leads_to(element: Any, field: Any) -> bool:
    kids = [kid for kid in element.K if isinstance(kid, Dictionary) and "/Obj" in kid]
    return any(kid.Obj.objgen == field.objgen for kid in kids)


@_a_break
def fields_stand_in_another_order_in_the_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields = Array(reversed(_fields(pdf)))


@_a_break
def fields_are_gone_through_in_another_order(pdf: pikepdf.Pdf) -> None:
    leaf = pdf.pages[-1]
    leaf.obj.Annots = Array(reversed(list(leaf.obj.Annots)))


@_a_break
def form_asks_the_viewer_to_draw_it(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.NeedAppearances = True


@_a_break
def field_has_no_look(pdf: pikepdf.Pdf) -> None:
    del _fields(pdf)[0]["/AP"]


@_a_break
def field_does_something(pdf: pikepdf.Pdf) -> None:
    _fields(pdf)[0].A = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


# --- What repeats and what decorates ------------------------------------------------------------------------------


@_a_break
def foot_of_the_page_is_read(pdf: pikepdf.Pdf) -> None:
    def change(steps: list[Any]) -> None:
        start, _ = _marked(steps, lambda _, properties: properties.get("/Subtype") == "/Footer")
        steps[start] = _step("BDC", Name.P, Dictionary(MCID=999))

    _content(pdf, change)


@_a_break
def foot_of_the_page_is_not_told_apart(pdf: pikepdf.Pdf) -> None:
    def change(steps: list[Any]) -> None:
        for at, step in enumerate(steps):
            if str(step.operator) == "BDC" and step.operands[1].get("/Subtype") == "/Footer":
                steps[at] = _step("BMC", Name.Artifact)

    _content(pdf, change)


@_a_break
def repeated_table_head_is_read(pdf: pikepdf.Pdf) -> None:
    head = _elements(pdf, "TH")[0]
    page = pdf.pages[2]

    def change(steps: list[Any]) -> None:
        start, _ = _marked(steps, lambda _, properties: properties.get("/Subtype") == "/Header")
        steps[start] = _step("BDC", Name.TH, Dictionary(MCID=998))

    _content(pdf, change, 2)
    head.K = Array([*head.K, Dictionary(Type=Name.MCR, Pg=page.obj, MCID=998)])


# --- Pictures -----------------------------------------------------------------------------------------------------


@_a_break
def picture_without_words(pdf: pikepdf.Pdf) -> None:
    del _elements(pdf, "Figure")[0]["/Alt"]


@_a_break
def picture_with_empty_words(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "Figure")[0].Alt = String("")


@_a_break
def picture_that_says_its_file_name(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "Figure")[0].Alt = String("bild.png")


@_a_break
def picture_outside_the_page(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "Figure")[0].A.BBox = Array([0, -400, 40, -300])


# --- Tables and lists ---------------------------------------------------------------------------------------------


@_a_break
def heads_do_not_say_what_they_are_heads_of(pdf: pikepdf.Pdf) -> None:
    for cell in _elements(pdf, "TH"):
        del cell.A["/Scope"]


@_a_break
def row_head_says_that_it_is_a_column_head(pdf: pikepdf.Pdf) -> None:
    next(cell for cell in _elements(pdf, "TH") if cell.A.Scope == "/Row").A.Scope = Name.Column


@_a_break
def head_is_a_common_cell(pdf: pikepdf.Pdf) -> None:
    for cell in _elements(pdf, "TH"):
        cell.S = Name.TD
        del cell["/A"]


@_a_break
def cell_is_a_paragraph(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "TD")[0].S = Name.P


@_a_break
def wide_cell_says_the_wrong_width(pdf: pikepdf.Pdf) -> None:
    next(cell for cell in _elements(pdf, "TD") if "/ColSpan" in cell.get("/A", {})).A.ColSpan = 3


@_a_break
def table_becomes_two(pdf: pikepdf.Pdf) -> None:
    table = _elements(pdf, "Table")[0]
    body = _elements(pdf, "TBody")[0]
    rows = list(body.K)
    second = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Table, P=table.P, K=Array(rows[20:])))
    for row in rows[20:]:
        row.P = second
    body.K = Array(rows[:20])
    table.P.K = Array([*table.P.K, second])


@_a_break
def item_of_a_list_is_a_paragraph(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "LI")[0].S = Name.P


@_a_break
def list_does_not_say_how_it_is_marked(pdf: pikepdf.Pdf) -> None:
    del _elements(pdf, "L")[0]["/A"]


# --- Links --------------------------------------------------------------------------------------------------------


def _annotation(pdf: pikepdf.Pdf) -> Any:
    return next(leaf.obj.Annots[0] for leaf in pdf.pages if "/Annots" in leaf.obj)


@_a_break
def link_says_nothing(pdf: pikepdf.Pdf) -> None:
    del _annotation(pdf)["/Contents"]


@_a_break
def link_says_its_address(pdf: pikepdf.Pdf) -> None:
    _annotation(pdf).Contents = String("https://example.com/plan")


@_a_break
def link_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    _annotation(pdf).A.URI = String("https://example.com/annat")


@_a_break
def link_cannot_be_followed_from_the_text(pdf: pikepdf.Pdf) -> None:
    link = _elements(pdf, "Link")[0]
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])


@_a_break
def link_is_not_said_to_be_one(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "Link")[0].S = Name.Span


@_a_break
def link_does_not_know_its_text(pdf: pikepdf.Pdf) -> None:
    del _annotation(pdf)["/StructParent"]


@_a_break
def page_does_not_know_its_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/StructParents"]


# --- Letters ------------------------------------------------------------------------------------------------------


@_a_break
def letters_are_not_in_the_file(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary):
            for key in ("/FontFile2", "/FontFile3"):
                if key in item:
                    del item[key]


@_a_break
def letters_are_not_said_to_be_letters(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/ToUnicode" in item:
            del item["/ToUnicode"]
