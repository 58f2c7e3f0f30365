"""Papers read aloud: what a screen reader gets is what the HTML says, and the gates that see to it can fail."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Callable
from pathlib import Path

import pdf_gates
import pytest
import weasyprint
from packaging.version import Version
from parity import faults
from pdf_breaks import BREAKS, HTML, ONLY_VERAPDF, broken, picture
from site_helpers import PLANS, ROOT, TODAY, built_site, pages_of, pdf
from tagged import Tagged

from ipsite.gather import gather
from ipsite.printing import shown
from ipsite.render import tags
from ipsite.render.environment import fill
from ipsite.render.paper import Paper
from ipsite.render.pdf import PaperError, from_html
from ipsite.render.words import lost_spaces
from ipsite.views import blocks
from ipsite.views.blocks import Document
from ipsite.views.plan import document

PAPERS = sorted(path.relative_to(PLANS).with_suffix("").as_posix() for path in PLANS.rglob("*.yaml"))
GOLDEN = Path(__file__).parent / "golden" / "paper"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_site(tmp_path_factory)


@pytest.fixture(scope="session")
def bodies() -> dict[str, str]:
    """The HTML that the paper of each example is made from."""
    made = gather(PLANS, TODAY, "private")
    return {
        plan.id: fill("paper.html.j2", Paper(document(plan, TODAY, shown(plan, made.images.get(plan.id)))))
        for plan in made.plans
    }


@pytest.fixture(scope="session")
def whole() -> bytes:
    """A paper with all that ours can hold, and no fault."""
    made = from_html(HTML, {"bild.png": picture()})
    assert faults(made, HTML) == []
    return made


def html_of(body: str) -> str:
    return f'<!doctype html><html lang="sv"><title>Provet</title><body><h1>Provet</h1>{body}</body></html>'


def paper(body: str) -> Tagged:
    """A paper with `body`, once it has been found to say the same as its HTML."""
    html = html_of(body)
    content = from_html(html, {"bild.png": picture()})
    assert faults(content, html) == []
    assert pdf_gates.page_validation(content) == []
    return Tagged(content)


# --- The examples -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_the_same_as_its_html(name: str, site: Path, bodies: dict[str, str]) -> None:
    assert faults((site / "planer" / name / "plan.pdf").read_bytes(), bodies[name]) == []


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_read_aloud_as_it_was_when_we_last_listened(
    name: str, site: Path, request: pytest.FixtureRequest
) -> None:
    """A changed line is read before it is kept: does it sound right? Write anew with --update-golden."""
    told = "\n".join(Tagged((site / "planer" / name / "plan.pdf").read_bytes()).lines()) + "\n"
    golden = GOLDEN / f"{name.replace('/', '-')}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(told, "utf-8")
    assert golden.read_text("utf-8") == told


def test_no_golden_file_is_left_from_a_plan_that_is_gone() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == [name.replace("/", "-") for name in PAPERS]


@pytest.mark.parametrize("name", PAPERS)
def test_no_row_of_a_table_is_split_between_two_sheets(name: str, site: Path) -> None:
    rows = list(Tagged((site / "planer" / name / "plan.pdf").read_bytes()).root.all("TR"))
    assert [row.words for row in rows if len(row.pages) > 1] == []


def test_a_row_longer_than_a_sheet_leaves_none_empty_and_its_table_with_a_head_on_each() -> None:
    long = blocks.Table("Så har det gått", ("När", "Vad"), ((("I maj",), ("Ord efter ord. " * 400,)),))
    part = blocks.Section("del", "Del", (blocks.Fact("Före", ("tabellen",)), long))
    made = Document("id", "Slag", "Alvas plan", (), (part,), "Alva", "Version", "Utskriven", "Om")
    content = pdf(made, {})
    assert faults(content, fill("paper.html.j2", Paper(made))) == []
    (row,) = next(Tagged(content).root.all("TBody")).all("TR")
    assert sorted(row.pages) == list(range(len(pages_of(content))))
    assert all("När" in sheet for sheet in pages_of(content))


@pytest.mark.accessibility
def test_the_paper_of_every_example_passes_verapdf_as_pdf_ua_and_as_pdf_a(site: Path) -> None:
    paths = [site / "planer" / name / "plan.pdf" for name in PAPERS]
    assert {path: found for path, found in pdf_gates.verapdf(paths).items() if found} == {}


@pytest.mark.accessibility
@pytest.mark.parametrize("name", PAPERS)
def test_the_syntax_of_every_example_is_sound(name: str, site: Path) -> None:
    assert pdf_gates.qpdf(site / "planer" / name / "plan.pdf") == ""


# --- What is split stays one --------------------------------------------------------------------------------------


def test_a_table_over_many_pages_is_one_table_with_one_head(whole: bytes) -> None:
    tagged = Tagged(whole)
    (table,) = tagged.root.all("Table")
    assert len(table.pages) >= 3
    assert len(list(table.all("THead"))) == len(list(table.all("TBody"))) == len(list(table.all("Caption"))) == 1
    assert len(list(table.all("TR"))) == 31


def test_the_head_of_a_table_is_printed_on_each_of_its_sheets(whole: bytes) -> None:
    tagged = Tagged(whole)
    (table,) = tagged.root.all("Table")
    (head,) = table.all("THead")
    printed = pages_of(whole)
    assert all(cell.words in printed[page] for page in table.pages for cell in head.all("TH"))


def test_a_list_over_pages_is_one_list() -> None:
    tagged = paper("<ul>" + "".join(f"<li>Sak {number}<br>som tar två rader</li>" for number in range(90)) + "</ul>")
    (found,) = tagged.root.all("L")
    assert len(found.pages) >= 3
    assert [item.type for item in found.kids if not isinstance(item, str)] == ["LI"] * 90


def test_a_card_and_a_paragraph_over_pages_are_one() -> None:
    long = "Ord efter ord. " * 900
    tagged = paper(f'<section class="ip-plan-card"><h2>Kortet</h2><p>{long}</p></section>')
    (card,) = tagged.root.all("Sect")
    assert [node.type for node in card.all()] == ["H2", "P"]
    assert len(card.pages) >= 3


def test_a_link_over_two_lines_is_one_link_that_says_its_words() -> None:
    words = "Läs mer om hur det går till att få en individuell plan när man har rätt till stöd enligt lagen"
    tagged = paper(f'<p>{"x " * 30}<a href="https://example.com/a">{words}</a></p>')
    (link,) = tagged.root.all("Link")
    assert len(link.annotations) == 2
    assert {str(annotation.Contents) for annotation in link.annotations} == {words}


@pytest.mark.parametrize(("items", "pages"), [(6, {1}), (9, {0, 1})], ids=["low", "tall"])
def test_a_low_card_stays_whole_and_a_tall_one_fills_the_page(items: int, pages: set[int]) -> None:
    inner = blocks.Section("kort", "Kortet", (blocks.Bullets("", (("Sak",),) * items),), card=True)
    before = blocks.Text((("Rad",),) * 19)
    parts = (blocks.Section("del", "Del", (before, inner)), blocks.Section("sist", "Sist", (before,)))
    tagged = Tagged(pdf(Document("id", "Slag", "Plan", (), parts, "", "", "", ""), {}))
    card = next(node for node in tagged.root.all("Sect") if node.words.startswith("Kortet"))
    assert card.pages == pages


# --- What is read, and what is only seen --------------------------------------------------------------------------


def test_the_foot_of_every_page_is_set_apart(whole: bytes) -> None:
    tagged = Tagged(whole)
    assert "Version 1." not in tagged.root.words
    for number in range(len(tagged.pdf.pages)):
        text = " ".join(item.text for item in tagged.artifacts if (item.page, item.kind) == (number, "Footer"))
        assert "Alva Lind. Plan." in text
        assert f"Sida {number + 1} av" in text


def test_decoration_is_seen_and_not_read() -> None:
    tagged = paper(
        '<p><span aria-hidden="true">★</span> Klart '
        '<span class="ip-plan-party ip-plan-party--kommun">Kommunen</span></p>'
        '<p><img src="bild.png" alt="" width="4" height="3"></p>'
    )
    assert tagged.lines() == ["Document Lang=sv", '  H1 "Provet"', '  P "Klart Kommunen"']
    assert {"★", "■"} <= {item.text.strip() for item in tagged.artifacts}


def test_what_is_empty_or_not_shown_leaves_nothing() -> None:
    tagged = paper('<p></p><ul></ul><section><p> </p></section><div><span class="ip-plan-table__label"></span></div>')
    assert tagged.lines() == ["Document Lang=sv", '  H1 "Provet"']


def test_words_do_not_grow_together_at_the_ends_of_lines() -> None:
    text = (
        "Det är jag som bestämmer, <strong>även när det går</strong> <span>långsamt</span> <span>ibland</span>. " * 20
    )
    tagged = paper(f"<p>{text}</p>")
    (paragraph,) = tagged.root.all("P")
    assert paragraph.words == re.sub("<.*?>", "", text).strip()


def test_a_word_broken_in_two_stays_one_word() -> None:
    (paragraph,) = paper(f"<p>{'lång' * 60}</p>").root.all("P")
    assert paragraph.words == "lång" * 60


def test_lines_that_the_writer_broke_are_heard_with_a_pause_between() -> None:
    tagged = paper("<p>Jag vill.<br>Nu.</p><ul><li>Ett<br>två</li></ul>")
    assert tagged.lines()[2:] == [
        "  Div",
        '    P "Jag vill."',
        '    P "Nu."',
        "  L Disc",
        "    LI",
        '      Lbl "•"',
        "      LBody",
        '        P "Ett"',
        '        P "två"',
    ]


def test_text_that_stands_loose_gets_a_paragraph() -> None:
    tagged = paper("<section>Löst <strong>här</strong><p>Eget</p>och här</section><div>Sist</div>")
    assert [node.words for node in tagged.root.all("P")] == ["Löst här", "Eget", "och här", "Sist"]


def test_a_box_to_tick_an_abbreviation_and_a_place_to_write_say_what_they_are() -> None:
    tagged = paper(
        '<p><span role="checkbox" aria-checked="true" aria-label="Ja">☒</span> Ja</p>'
        '<p><abbr title="lag">LSS</abbr></p>'
        '<p><span role="img" aria-label="plats att skriva på">____</span></p>'
    )
    assert tagged.lines()[2:] == [
        "  P",
        '    Form cb on Ja "☒"',
        '    "Ja"',
        "  P",
        '    Span E=lag "LSS"',
        "  P",
        '    Span ActualText=plats att skriva på "____"',
    ]


@pytest.mark.parametrize(
    ("source", "runs", "lost"),
    [
        ("på svenska och", ["på", "svenska och"], [0]),
        ("på svenska", ["på ", "svenska"], []),
        ("på svenska", ["på", " svenska"], []),
        ("påsvenska", ["på", "svenska"], []),
        ("a b c d", ["a", "b", "c", "d"], [0, 1, 2]),
        ("LSS-handläggare", ["LSS-", "handläggare"], []),
        ("ett långt ord här", ["ett", "lå-", "ngt", "ord här"], [2]),
        ("", [], []),
    ],
)
def test_only_spaces_that_were_lost_are_put_back(source: str, runs: list[str], lost: list[int]) -> None:
    assert list(lost_spaces(source, runs)) == lost


# --- What cannot be tagged well stops the paper -------------------------------------------------------------------


@pytest.mark.parametrize("body", ["<dl><dt>a</dt><dd>b</dd></dl>", "<details><summary>a</summary></details>"])
def test_an_element_that_no_one_has_thought_of_is_an_error(body: str) -> None:
    with pytest.raises(PaperError, match="has no tag for PDF"):
        from_html(html_of(body), {})


def test_a_picture_without_words_is_an_error() -> None:
    with pytest.raises(PaperError, match="no text alternative"):
        from_html(html_of('<p><img src="bild.png" width="4" height="3"></p>'), {"bild.png": picture()})


def test_another_version_of_weasyprint_is_an_error_until_someone_has_tried_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    with pytest.raises(PaperError, match=r"70\.1 är installerad"):
        from_html(html_of(""), {})


def test_the_version_that_is_pinned_is_one_that_is_tested() -> None:
    written = (ROOT / "pyproject.toml").read_text("utf-8")
    (low, below), *others = re.findall(r'"weasyprint>=([\d.]+),<([\d.]+)"', written)
    assert not others
    assert all(Version(low) <= Version(tested) < Version(below) for tested in tags.TESTED)
    assert Version(below) <= Version("70.1")  # the next minor version is not let in before it is tested
    assert importlib.metadata.version("weasyprint") in tags.TESTED


def test_weasyprints_own_tag_builder_is_back_in_its_place_afterwards(whole: bytes) -> None:
    assert weasyprint.pdf.add_tags.__module__.startswith("weasyprint")


# --- The gates can fail -------------------------------------------------------------------------------------------


def test_there_are_at_least_thirty_breaks() -> None:
    assert len(BREAKS) >= 30
    assert set(BREAKS) >= ONLY_VERAPDF


@pytest.mark.parametrize("name", sorted(set(BREAKS) - ONLY_VERAPDF))
def test_a_break_is_seen_by_a_quick_gate(name: str, whole: bytes) -> None:
    content = broken(whole, name)
    assert faults(content, HTML) or pdf_gates.page_validation(content)


@pytest.mark.accessibility
def test_every_break_is_seen_by_a_gate_and_verapdf_sees_what_it_alone_can(whole: bytes, tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{name}.pdf" for name in BREAKS}
    for name, path in paths.items():
        path.write_bytes(broken(whole, name))
    sound = tmp_path / "sound.pdf"
    sound.write_bytes(whole)
    found = pdf_gates.verapdf([sound, *paths.values()])
    assert found[sound] == []
    assert {name for name in ONLY_VERAPDF if not found[paths[name]]} == set()
    assert len([name for name, path in paths.items() if found[path]]) >= 25


@pytest.mark.accessibility
@pytest.mark.parametrize("tool", ["java", "qpdf"])
def test_a_tool_that_is_missing_is_told_and_not_passed_over(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates: dict[str, Callable[[], object]] = {
        "java": lambda: pdf_gates.verapdf([tmp_path / "a.pdf"]),
        "qpdf": lambda: pdf_gates.qpdf(tmp_path / "a.pdf"),
    }
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pdf_gates.MissingTool, match="apt install"):
        gates[tool]()
