"""blanks.py and its views, and the fields in render/: forms to fill in on the screen or by hand."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from os.path import basename
from pathlib import Path
from typing import Any

import parity
import pdf_gates
import pikepdf
import pytest
from pikepdf import Name
from PIL import Image
from pypdf import PdfReader, PdfWriter
from site_helpers import TODAY, Html, Project, built_site, pages_of, pdf, words_of
from tagged import Tagged

from ipsite import printing, readable, schema
from ipsite.blanks import FORMS
from ipsite.checking import check_paths
from ipsite.documents import DOCUMENTS
from ipsite.letter import SIGNED, Line, Paragraph, Points
from ipsite.letters import LETTERS
from ipsite.letters_easy import EASY_LETTERS
from ipsite.mkdocs import site
from ipsite.render.environment import fill
from ipsite.render.paper import Paper
from ipsite.render.pdf import from_html
from ipsite.views import blank_letters
from ipsite.views.blank import MEASURES
from ipsite.views.blocks import Block, Checks, Document, Section, Writing
from ipsite.views.fillable import fillable
from ipsite.views.measures import GROUPS
from ipsite.views.rooms import Grid

GOLDEN = Path(__file__).parent / "golden" / "blanks"
PLANS = Path(__file__).parent.parent / "plans"
MILLIMETRE = 72 / 25.4
TYPED = "Åsa Öhrn på ängen"


@cache
def blank(name: str) -> bytes:
    return pdf(FORMS[name].document(), {})


def html(name: str) -> str:
    return fill("paper.html.j2", Paper(FORMS[name].document()))


@cache
def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def fields(content: bytes) -> list[Any]:
    """The fields of a form, in the order of the form."""
    return list(opened(content).Root.AcroForm.Fields)


@cache
def filled(name: str) -> bytes:
    """The form with something in every field, as another program fills it in."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank(name))))
    for page in writer.pages:
        told = {}
        for field in (item.get_object() for item in page.get("/Annots", ())):
            told[str(field["/T"])] = "/Ja" if field["/FT"] == "/Btn" else TYPED
        writer.update_page_form_field_values(page, told, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


every_form = pytest.mark.parametrize("name", FORMS)


# --- Read aloud ---------------------------------------------------------------------------------------------------


@every_form
def test_a_form_says_the_same_as_its_html_and_passes_pdf_ua(name: str) -> None:
    assert parity.faults(blank(name), html(name)) == []
    assert pdf_gates.page_validation(blank(name)) == []


@every_form
def test_a_form_is_read_aloud_as_it_was_when_we_last_listened(name: str, request: pytest.FixtureRequest) -> None:
    told = [*Tagged(blank(name)).lines(), "", *(f"{field.T}: {field.TU}" for field in fields(blank(name)))]
    golden = GOLDEN / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text("\n".join(told) + "\n", "utf-8")
    assert golden.read_text("utf-8").splitlines() == told


def test_no_golden_file_is_left_from_a_form_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(FORMS)


@every_form
def test_a_field_stands_after_the_words_that_it_is_for(name: str) -> None:
    """One who listens hears what to write before the field comes, and both in the same words; a box comes first."""
    before, form = "", Tagged(blank(name))
    for node in form.root.all():
        if node.type == "Form" and str(node.annotations[0].FT) == "/Tx":
            said = str(node.annotations[0].TU)
            heard = re.sub(r", rad \d+$", "", said)
            assert heard.split(". ")[-1] in before, said
        before += node.words if node.type in ("P", "TH", "Caption", "H2", "H3") else ""


@pytest.mark.accessibility
def test_every_form_passes_verapdf_and_qpdf_both_blank_and_filled_in(tmp_path: Path) -> None:
    paths = []
    for name in FORMS:
        for state, content in (("blank", blank(name)), ("filled", filled(name))):
            paths.append(tmp_path / f"{name}-{state}.pdf")
            paths[-1].write_bytes(content)
    assert {path.name: found for path, found in pdf_gates.verapdf(paths, ("ua1",)).items() if found} == {}
    blanks = [path for path in paths if path.stem.endswith("-blank")]
    assert {path.name: found for path, found in pdf_gates.verapdf(blanks, ("2a",)).items() if found} == {}
    assert [found for path in paths if (found := pdf_gates.qpdf(path))] == []


# --- To look at -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["inbjudan", "dagordning", "individuell-plan", "brev-begara-insats"])
def test_fields_beside_one_another_end_where_the_wide_ones_do(name: str) -> None:
    rows: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for number, leaf in enumerate(opened(blank(name)).pages):
        for field in (item for item in leaf.get("/Annots", []) if item.get("/FT") == "/Tx"):
            left, low, right, _ = map(float, field.Rect)
            rows.setdefault((number, round(low)), []).append((left, right))
    halves = [row for row in rows.values() if len(row) == 2 and row[0][0] < 80]
    wide = max(row[0][1] for row in rows.values() if len(row) == 1)
    assert halves
    assert all(abs(max(right for _, right in row) - wide) < 2 for row in halves)  # points


@pytest.mark.parametrize("name", [f"brev-{name}" for name in LETTERS])
def test_what_a_short_field_is_for_stands_on_one_line(name: str) -> None:
    lines = [line for leaf in PdfReader(io.BytesIO(blank(name))).pages for line in leaf.extract_text().splitlines()]
    asked = {str(field.TU) for field in fields(blank(name))} & set(blank_letters.SHORT)
    assert [words for words in sorted(asked) if not any(words in line for line in lines)] == []


# --- Filled in on the screen --------------------------------------------------------------------------------------


@every_form
def test_what_is_filled_in_is_there_when_the_form_is_opened_again(name: str) -> None:
    again = PdfReader(io.BytesIO(filled(name))).get_fields() or {}
    assert len(again) == len(fields(blank(name))) >= 5
    for field in again.values():
        assert field["/V"] == ("/Ja" if field["/FT"] == "/Btn" else TYPED)


@every_form
def test_a_form_that_is_filled_in_still_passes_pdf_ua(name: str) -> None:
    assert pdf_gates.page_validation(filled(name)) == []


def test_what_is_typed_is_drawn_in_the_typeface_of_the_form_with_every_letter() -> None:
    """Between a blank page and a filled one there is ink in each field, and the letters can be read out of the file."""
    for field in fields(filled("inbjudan")):
        if Name.Tx != field.FT:
            continue
        look = field.AP.N
        assert TYPED.encode("cp1252") in look.read_bytes()
        (font,) = look.Resources.Font.values()
        assert "AtkinsonHyperlegibleNext" in str(font.BaseFont)
        assert len(font.FontDescriptor.FontFile2.read_bytes()) > 10_000


@pytest.mark.accessibility
@every_form
def test_what_is_typed_and_ticked_shows_where_the_field_is(name: str, tmp_path: Path) -> None:
    before, after = pictures(blank(name), tmp_path / "blank"), pictures(filled(name), tmp_path / "filled")
    for number, leaf in enumerate(opened(blank(name)).pages):
        for field in leaf.obj.get("/Annots", []):
            assert ink(after[number], field) != ink(before[number], field), str(field.T)


def pictures(content: bytes, path: Path) -> list[Image.Image]:
    """The pages as a viewer draws them."""
    path.with_suffix(".pdf").write_bytes(content)
    tool = shutil.which("pdftoppm")
    assert tool is not None, "pdftoppm saknas på datorn. Skriv: sudo apt install poppler-utils"
    subprocess.run([tool, "-r", "72", "-gray", "-png", f"{path}.pdf", str(path)], check=True)
    return [Image.open(io.BytesIO(page.read_bytes())) for page in sorted(path.parent.glob(f"{path.name}-*.png"))]


def ink(page: Image.Image, field: Any) -> bytes:
    left, low, right, high = (float(side) for side in field.Rect)
    return page.crop((int(left), int(page.height - high), int(right), int(page.height - low))).tobytes()


@every_form
def test_the_scan_of_a_built_site_reads_what_a_form_says(name: str) -> None:
    texts = list(readable.texts(f"{name}.pdf", blank(name)))
    assert any(str(fields(blank(name))[-1].TU) in text for text in texts)
    assert any(TYPED in text for text in readable.texts(f"{name}.pdf", filled(name)))


# --- On paper -----------------------------------------------------------------------------------------------------


@every_form
def test_there_is_room_for_handwriting(name: str) -> None:
    """Nine millimetres for each line: as high as the field is, and as far apart as its lines are drawn."""
    for field in fields(blank(name)):
        left, low, right, high = (float(side) for side in field.Rect)
        if Name.Btn == field.FT:
            assert min(right - left, high - low) >= 5 * MILLIMETRE
            continue
        drawn = [float(y) for y in re.findall(rb"0 ([\d.]+) m", field.AP.N.read_bytes())]
        steps = [*drawn, high - low]
        assert min(after - before for before, after in zip([0.0, *steps], steps, strict=False)) >= 9 * MILLIMETRE
        assert right - left >= 20 * MILLIMETRE or "Klart" in str(field.TU)


@every_form
def test_a_form_is_black_and_grey_where_one_writes(name: str) -> None:
    """Nothing in the fields is told by colour: they are drawn in black and grey alone."""
    for field in fields(blank(name)):
        looks = [field.AP.N] if Name.Tx == field.FT else list(field.AP.N.values())
        for look in looks:
            for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) RG", look.read_bytes()):
                assert max(map(float, (red, green, blue))) - min(map(float, (red, green, blue))) < 0.1


# As few sheets as there is room on for those who write by hand.
SHEETS = {"individuell-plan": 8, "lattlast-plan": 4, "inbjudan": 2, "dagordning": 2, "sedan-forra-motet": 3,
          "utvardering": 2, "individuell-plan-storstil": 14, "lattlast-plan-storstil": 5, "inbjudan-storstil": 4,
          "dagordning-storstil": 3, "sedan-forra-motet-storstil": 5, "utvardering-storstil": 3,
          **{f"brev-{letter.name}": 2 for letter in EASY_LETTERS}}  # fmt: skip


@every_form
def test_a_form_has_no_more_pages_than_one_wants_to_fill_in(name: str) -> None:
    assert len(pages_of(blank(name))) == SHEETS.get(name, 2 if name.endswith("-storstil") else 1)


@pytest.mark.parametrize("name", ["individuell-plan", "individuell-plan-storstil"])
def test_what_is_said_of_insatser_stands_over_the_first_to_fill_in_and_not_on_the_sheet_before(name: str) -> None:
    (told,) = (told for told in pages_of(blank(name)) if "Planen är inget beslut." in told)
    assert "Beslutade insatser" in told


@pytest.mark.parametrize("name", ["inbjudan", "inbjudan-storstil"])
def test_the_answer_to_an_invitation_is_one_sheet_to_give_back(name: str) -> None:
    sheets = [
        number
        for number, leaf in enumerate(opened(blank(name)).pages)
        for field in leaf.get("/Annots", [])
        if str(field.get("/TU", "")).startswith("Svara på inbjudan")
    ]
    assert len(sheets) == 8
    assert len(set(sheets)) == 1


@pytest.mark.parametrize("name", [name for name in FORMS if name.endswith("-storstil")])
def test_a_form_in_large_print_asks_the_same_and_has_nothing_small(name: str) -> None:
    """Nothing is under 18 points, printed or typed, and each field is as wide as a word that somebody writes large."""
    texts = [part for leaf in PdfReader(io.BytesIO(blank(name))).pages for part in sizes(leaf)]
    assert min(texts) >= 18
    usual = {str(field.T) for field in fields(blank(name.removesuffix("-storstil")))}
    assert {str(field.T) for field in fields(blank(name))} == usual
    for field in fields(blank(name)):
        if Name.Tx == field.FT:
            assert float(str(field.DA).split()[1]) >= 18
            assert float(field.Rect[2]) - float(field.Rect[0]) >= 40 * MILLIMETRE or "Klart" in str(field.TU)


def sizes(leaf: Any) -> list[float]:
    """How large each piece of text on a page is, in points."""
    found: list[float] = []

    def see(text: str, page: list[float], place: list[float], _: object, size: float) -> None:
        if text.strip():
            found.append(round(abs(size * page[3] * place[3]), 2))

    leaf.extract_text(visitor_text=see)
    return found


@every_form
def test_every_field_is_inside_its_page_and_on_no_other_field(name: str) -> None:
    for leaf in opened(blank(name)).pages:
        boxes = [[float(side) for side in field.Rect] for field in leaf.obj.get("/Annots", [])]
        right, high = float(leaf.mediabox[2]), float(leaf.mediabox[3])
        for number, box in enumerate(boxes):
            assert box[0] > 15 * MILLIMETRE
            assert box[2] < right - 15 * MILLIMETRE
            assert box[1] > 20 * MILLIMETRE
            assert box[3] < high - 15 * MILLIMETRE
            for other in boxes[number + 1 :]:
                apart = (
                    box[2] <= other[0] + 1 or other[2] <= box[0] + 1 or box[3] <= other[1] + 1 or other[3] <= box[1] + 1
                )
                assert apart


# --- One view for both --------------------------------------------------------------------------------------------


def written(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield from written(block.blocks)
        elif isinstance(block, Writing | Checks | Grid):
            yield block


def small(*parts: Block) -> Document:
    return Document("id", "Slag", "Titel", (), (Section("del", "Del", parts),), "Namn", "", "", "")


@every_form
def test_the_same_view_without_fields_is_a_paper_to_write_on_by_hand(name: str) -> None:
    content = pdf(FORMS[name].make(), {})
    assert "/AcroForm" not in opened(content).Root
    assert pdf_gates.page_validation(content) == []


def test_names_tell_their_place_and_are_never_shared() -> None:
    twice = Checks("Så är det", (("Ja", False), ("Nej", False)))
    made = fillable(small(Writing("Jag vill", 2), twice, twice, Grid("", ("Nr", "Vad"), 2)))
    names = [*written(made.sections)]
    assert names[0].input.name == "del_jag-vill"  # type: ignore[union-attr]
    assert [put.name for put in names[1].inputs] == ["del_sa-ar-det_ja", "del_sa-ar-det_nej"]  # type: ignore[union-attr]
    assert [put.name for put in names[2].inputs] == ["del_sa-ar-det_ja-2", "del_sa-ar-det_nej-2"]  # type: ignore[union-attr]
    assert [row[0].name for row in names[3].inputs] == ["del_1_vad", "del_2_vad"]  # type: ignore[union-attr, index]


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (Writing("Jag vill", 1), "Del. Jag vill"),
        (Writing("", 1), "Del"),
        (Checks("Är jag nöjd?", (("Ja", False),)), "Del. Är jag nöjd? Ja"),
        (Grid("", ("Nr", "Vad"), 1), "Del. Vad, rad 1"),
    ],
)
def test_a_field_says_where_it_stands_and_what_it_is_for(block: Block, says: str) -> None:
    (field,) = fields(pdf(fillable(small(block)), {}))
    assert str(field.TU) == says


def test_the_same_form_is_the_same_file() -> None:
    assert pdf(FORMS["inbjudan"].document(), {}) == blank("inbjudan")


def test_no_more_can_be_typed_than_is_seen() -> None:
    for field in fields(blank("individuell-plan")):
        if Name.Tx == field.FT:
            assert int(field.Ff) & 1 << 23
            assert bool(int(field.Ff) & 1 << 12) is (float(field.Rect[3]) - float(field.Rect[1]) > 12 * MILLIMETRE)


def test_boxes_have_two_states_and_begin_without_a_cross() -> None:
    boxes = [field for field in fields(blank("utvardering")) if Name.Btn == field.FT]
    assert boxes
    for box in boxes:
        assert (box.V, box.AS, set(box.AP.N.keys())) == (Name.Off, Name.Off, {"/Ja", "/Off"})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_papers_made_from_plans_have_printed_boxes_and_no_fields(name: str) -> None:
    for plan in check_paths([PLANS], TODAY).plans[:1]:
        for _, document in DOCUMENTS[name].of(plan, TODAY):
            assert "/AcroForm" not in opened(pdf(document, {})).Root


def test_what_is_made_without_a_field_is_no_form() -> None:
    made = from_html('<html lang="sv"><title>T</title><body><h1>T</h1></body></html>', {})
    assert "/AcroForm" not in opened(made).Root


# --- What is asked ------------------------------------------------------------------------------------------------


def test_the_plan_asks_for_what_the_law_asks_for_and_what_plans_often_hold() -> None:
    told = " ".join(pages_of(blank("individuell-plan")))
    for words in ("Beslutade insatser", "Planerade insatser", "Åtgärder av andra än kommunen och regionen",
                  "minst en gång om året (10 § LSS)", "Därför vill jag ha en plan", "Skriven", "Vem gör det",
                  "Nästa uppföljning", "Vilka som har ett exemplar", "Underskrifter"):  # fmt: skip
        assert words in told


def test_the_lättläst_plan_has_a_place_for_all_that_the_law_asks_for() -> None:
    told = " ".join(pages_of(blank("lattlast-plan")))
    for words in ("Det här stödet har jag fått ja till", "Det här stödet planerar vi",
                  "Det här gör Försäkringskassan, en förening eller någon annan",
                  "Senast den här dagen går vi igenom hela planen igen", "Planen är inget beslut."):  # fmt: skip
        assert words in told


def test_every_group_of_insatser_that_the_law_asks_for_is_in_the_form() -> None:
    titles = [group.title for group in GROUPS["individuell plan"]]
    assert {group.title for group in GROUPS["individuell plan"] if group.demanded} <= set(MEASURES) <= set(titles)


def test_the_questions_are_the_titles_of_the_schema() -> None:
    told = " ".join(pages_of(blank("individuell-plan")))
    properties = schema.fields("individuell plan").properties
    for key in ("om_mig", "nuläge"):
        for field in properties[key].properties.values():
            assert field.title in told


@every_form
def test_every_form_tells_how_to_fill_in(name: str) -> None:
    told = pages_of(blank(name))[0]
    assert any(words in told for words in ("Ingenting skickas", "Du kan skriva på datorn.", "Fyll i på skärmen"))
    assert ("Skriv inte personnummer" in told) is not name.startswith("brev-")


# --- On a site ----------------------------------------------------------------------------------------------------

PAGE = "---\ngranskad: 2026-11-22\n---\n\n# Start\n\n- {{ blankett utvardering }}\n- {{ blankett brev-paminnelse }}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    made = Project(tmp_path)
    made.page(PAGE)
    return made


def build(project: Project, name: str = "index.html", *, papers: bool = True) -> Html:
    told = site.build(project.config, site.Wish(papers=papers, today=TODAY))
    assert told.problem == ""
    return Html((project.site / name).read_text("utf-8"))


def test_a_page_that_asks_for_forms_has_links_that_tell_kind_and_size(project: Project) -> None:
    links = {str(a.get("href")): words_of(a) for a in build(project).all("a") if "blanketter/" in str(a.get("href"))}
    assert list(links) == ["blanketter/utvardering.pdf", "blanketter/brev-paminnelse.pdf"]
    for address, told in links.items():
        content = (project.site / address).read_bytes()
        assert told.endswith(f" (PDF, {round(len(content) / 1000)} kB)")
        assert content == blank(Path(address).stem)
    assert sorted(path.name for path in (project.site / "blanketter").iterdir()) == sorted(map(basename, links))


def test_a_page_in_a_folder_leads_to_its_forms_too(project: Project) -> None:
    project.page(PAGE, "utgivare/om-oss.md")
    place = "utgivare/om-oss/index.html"
    links = [str(a.get("href")) for a in build(project, place).all("a") if "blanketter/" in str(a.get("href"))]
    assert len(links) == 2
    assert all((project.site / place).parent.joinpath(link).is_file() for link in links)


def test_a_site_without_papers_names_the_forms_and_links_to_none(project: Project) -> None:
    page = build(project, papers=False)
    assert "Utvärdering av planen (blanketten är inte gjord än)" in page.text
    assert not (project.site / "blanketter").exists()


def test_a_form_that_does_not_exist_stops_the_build_and_tells_what_was_meant(project: Project) -> None:
    project.page(PAGE.replace("utvardering", "utvardring"))
    told = site.build(project.config, site.Wish(today=TODAY))
    assert "index.md" in told.problem
    assert "Menade du «utvardering»?" in told.problem


def test_a_letter_that_does_not_exist_stops_the_build_and_tells_where(project: Project) -> None:
    project.page("# Start\n\n{{ brev begara }}\n")
    told = site.build(project.config, site.Wish(papers=False, today=TODAY))
    assert "index.md: Brevet «begara» finns inte" in told.problem
    assert not project.site.exists()


def test_a_form_that_cannot_be_made_stops_the_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise printing.PaperFailed("Blanketten utvardering: PDF-filen kunde inte göras.")

    monkeypatch.setattr(printing, "forms", failing)
    told = site.build(project.config, site.Wish(today=TODAY))
    assert "Blanketten utvardering: PDF-filen kunde inte göras." in told.problem
    assert not project.site.exists()


def test_the_site_has_every_form_on_its_page_and_says_what_each_is_for(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = built_site(tmp_path_factory) / "blanketter"
    assert {path.stem for path in folder.glob("*.pdf")} == set(FORMS)
    page = Html((folder / "index.html").read_text("utf-8"))
    for row in FORMS.values():
        (item,) = (item for item in page.all("li") if f"{row.label} (PDF" in words_of(item))
        assert len(words_of(item)) > len(row.label) + 40


def test_every_letter_has_a_form_with_its_heading() -> None:
    for letter in LETTERS.values():
        assert Html(html(f"brev-{letter.name}")).headings[0] == (1, letter.title)
    asks = {line.ask for letter in LETTERS.values() for part in letter.paragraphs for line in part_lines(part)}
    assert set(blank_letters.SHORT) <= asks | {line.ask for line in SIGNED}


def part_lines(part: Paragraph) -> tuple[Line, ...]:
    return () if isinstance(part, Points) else part
