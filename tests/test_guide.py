"""guide.py: the texts of the site as one paper, with links that lead inside it and contents that can be trusted."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import page as conformance
import parity
import pdf_gates
import pytest
from mkdocs.utils.meta import get_data
from pypdf import PdfReader
from site_helpers import ROOT, Html, Project, built_site, pages_of, words_of

from ipsite import guide
from ipsite.guide import Chapter
from ipsite.markdown_body import finish_content
from ipsite.mkdocs import site
from ipsite.printing import PaperFailed
from ipsite.settings import Settings

COVER = guide.cover("Individuell plan", "Föreningen <A>", date(2026, 11, 22), easy=False)
TABLE = "<table><thead><tr><th></th><th>Plan</th></tr></thead><tbody><tr><td>Lag</td><td>LSS</td></tr></tbody></table>"
BODY = finish_content(
    '<h1 id="a">Första <em>texten</em></h1><p>Se <a href="../b/#del">andra</a>, <a href="../b/">hela</a>, '
    '<a href="#har">här</a>, <a href="../planer/">planer</a> och <a href="https://example.org/x?a=1&amp;b=2">ute</a>.</p>'
    '<h2 id="har">Här</h2><ol><li>Ett</li><li><p>Två</p><ul><li>Tre</li></ul></li></ol>'
    f'<div class="ip-law"><blockquote><p>Lagen säger.</p></blockquote><p>10 § LSS</p></div>{TABLE}'
)
CHAPTERS = (Chapter("a/", "A", BODY), Chapter("b/", "Andra & sista", '<p>Text.</p><h2 id="del">Del</h2><p>Slut.</p>'))


@pytest.fixture(scope="module")
def small() -> tuple[str, bytes]:
    document = guide.html(COVER, CHAPTERS)
    (made,) = guide.pdfs([document], Settings(date(2026, 11, 22)))
    return document, made


def shown() -> Html:
    return Html(guide.html(COVER, CHAPTERS))


def test_links_lead_inside_the_guide_or_abroad_and_others_are_words() -> None:
    (text, _) = shown().with_class("ip-book-text")
    links = [(words_of(a), a.get("href")) for a in text.iter("a")]
    assert links == [
        ("andra", "#b--del"),
        ("hela", "#b"),
        ("här", "#a--har"),
        ("ute", "https://example.org/x?a=1&b=2"),
    ]
    assert "planer (på webbplatsen) och ute" in words_of(text)


def test_the_sources_have_their_addresses_in_words() -> None:
    address = "https://www.example.org/a/b?c=1&amp;d=2"
    body = (
        f'<p><a href="{address}">Först</a></p>'
        f'<div class="ip-sources"><ul><li><a href="{address}">Rapport</a>, 2020.</li>'
        '<li><a href="http://example.org/">example.org</a></li><li><a href="../b/">andra</a></li></ul></div>'
    )
    shown = Html(guide.html(COVER, (Chapter("a/", "A", body), CHAPTERS[1])))
    (text, _) = shown.with_class("ip-book-text")
    assert words_of(text) == "A Först Rapport (example.org/a/b?c=1&d=2), 2020. example.org andra"


def test_a_link_to_another_text_tells_its_page_but_one_to_a_word_of_the_glossary_does_not(tmp_path: Path) -> None:
    words = '<p>Se <a href="../b/#del">en del</a>, <a href="#har">här</a> och <a href="../ordlista/#ord">ord</a>.</p>'
    chapters = (
        Chapter("a/", "A", f'{words}<h2 id="har">Här</h2>'),
        CHAPTERS[1],
        Chapter("ordlista/", "Ordlista", '<h2 id="ord">Ord</h2><p>Se <a href="../a/">första</a>.</p>'),
    )
    document = guide.html(COVER, chapters)
    (made,) = guide.pdfs([document], Settings(date(2026, 11, 22)))
    told = pages_of(made)
    assert "Se en del (sida 4), här och ord." in told[2]
    assert "Se första (sida 3)." in told[4]
    (tmp_path / "guide.pdf").write_bytes(made)
    assert conformance.validate_pdf(str(tmp_path / "guide.pdf"), profile="ua1").failures == []


@pytest.mark.parametrize("kinds", ["ul ul ul", "ol ol ul", "ul ol ul ul", "ul ul ul ul", "ul ul ol ol"])
def test_a_list_in_a_list_in_a_list_has_signs_that_the_typefaces_have(kinds: str) -> None:
    inner = "<p>Innerst</p>"
    for number, kind in enumerate(reversed(kinds.split())):
        inner = f"<{kind}><li><p>Nivå {number}</p>{inner}</li></{kind}>"
    document = guide.html(COVER, (Chapter("a/", "A", finish_content(f"<h1>A</h1>{inner}")),))
    (made,) = guide.pdfs([document], Settings(date(2026, 11, 22)))
    assert "Innerst" in pages_of(made)[-1]
    assert parity.faults(made, document) == []


@pytest.mark.parametrize("target", ["../b/index.html", "../b", "/b/", "../b/"])
def test_a_page_is_known_however_it_is_addressed(target: str) -> None:
    first = Chapter("a/index.html", "A", f'<h1>A</h1><a class="x" href="{target}">b</a>')
    second = Chapter("b/index.html", "B", "<h1>B</h1>")
    assert 'href="#b">b<' in guide.html(COVER, (first, second))


def test_every_link_inside_has_its_goal_and_no_id_stands_twice() -> None:
    page = shown()
    assert len(page.ids) == len(set(page.ids))
    inside = {str(a.get("href"))[1:] for a in page.all("a") if str(a.get("href")).startswith("#")}
    assert inside <= set(page.ids)


def test_headings_are_one_step_down_under_the_title_and_a_text_without_one_has_its_title() -> None:
    assert shown().headings == [
        (1, "Individuell plan: hela guiden"),
        (2, "Innehåll"),
        (2, "Första texten"),
        (3, "Här"),
        (2, "Andra & sista"),
        (3, "Del"),
    ]


def test_the_publisher_stands_on_the_cover_as_words() -> None:
    assert "Föreningen <A>." in shown().text


def test_the_paper_says_the_same_as_the_html(small: tuple[str, bytes], tmp_path: Path) -> None:
    document, content = small
    # The page numbers are for the eye: the link beside each leads there.
    assert [
        fault
        for fault in parity.faults(content, document)
        if not re.search(r"sida( |\\xa0)\d+\)?' is set apart", fault)
    ] == []
    (tmp_path / "guide.pdf").write_bytes(content)
    assert conformance.validate_pdf(str(tmp_path / "guide.pdf"), profile="ua1").failures == []


def test_each_text_has_a_sheet_of_its_own_and_the_contents_tell_which(small: tuple[str, bytes]) -> None:
    cover, contents, first, second = pages_of(small[1])
    assert cover.startswith("Individuell plan Individuell plan: hela guiden")
    assert "Första texten, sida 3" in contents
    assert "Andra & sista, sida 4" in contents
    assert first.startswith("Första texten")
    assert second.startswith("Andra & sista")


def test_what_cannot_be_printed_is_told() -> None:
    with pytest.raises(PaperFailed, match=r"^Guiden: PDF-filen kunde inte göras"):
        guide.pdfs([guide.html(COVER, [Chapter("a/", "A", "<h1>A</h1><video></video>")])], Settings(date(2026, 11, 22)))


# --- On a site ----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    made = Project(tmp_path)
    made.page("---\ngranskad: 2026-11-22\nvisa_guiden: true\n---\n\n# Start\n\nFörst.\n")
    return made


def build(project: Project, *, papers: bool = True) -> Html:
    told = site.build(project.config, site.Wish(papers=papers, today=date(2026, 11, 22)))
    assert told.problem == ""
    return Html((project.site / "index.html").read_text("utf-8"))


def test_a_page_that_asks_for_it_leads_to_the_guide(project: Project) -> None:
    assert "guide.pdf" in {a.get("href") for a in build(project).all("a")}
    told = " ".join(pages_of((project.site / "guide.pdf").read_bytes()))
    assert "Först." in told
    assert "på papper" not in told.partition("Innehåll")[2]  # who reads it there has it
    assert not (project.site / "guide-lattlast.pdf").exists()


def test_a_page_in_a_folder_that_asks_for_it_leads_to_the_guide_too(project: Project) -> None:
    project.page("---\ngranskad: 2026-11-22\nvisa_guiden: true\n---\n\n# Om oss\n", "utgivare/om-oss.md")
    build(project)
    page = Html((project.site / "utgivare" / "om-oss" / "index.html").read_text("utf-8"))
    (link,) = [str(a.get("href")) for a in page.all("a") if str(a.get("href")).endswith("guide.pdf")]
    assert (project.site / "utgivare" / "om-oss" / link).is_file()


def test_without_papers_there_is_no_guide_and_no_word_of_it(project: Project) -> None:
    assert "guiden" not in build(project, papers=False).text
    assert not (project.site / "guide.pdf").exists()


def test_a_site_where_no_page_asks_has_none(project: Project) -> None:
    project.page("---\ngranskad: 2026-11-22\n---\n\n# Start\n")
    build(project)
    assert not list(project.site.glob("*.pdf"))


def test_a_sign_that_the_typeface_lacks_stops_the_build_with_the_guide_named(project: Project) -> None:
    project.page("---\ngranskad: 2026-11-22\nvisa_guiden: true\n---\n\n# Start\n\n日\n")
    told = site.build(project.config, site.Wish(today=date(2026, 11, 22))).problem
    assert "Guiden: PDF-filen kunde inte göras." in told
    assert not project.site.exists()


def test_a_page_that_was_read_through_more_than_a_year_ago_is_told_of(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    site.build(project.config, site.Wish(papers=False, today=date(2027, 11, 22)))
    assert "granskades" not in capsys.readouterr().err
    for _ in range(2):  # each time, until it has been read
        site.build(project.config, site.Wish(papers=False, today=date(2027, 11, 24)))
        assert "index.md granskades för mer än ett år sedan. Läs igenom den." in capsys.readouterr().err


@pytest.mark.parametrize("name", [guide.PLAIN, guide.EASY])
def test_the_guides_of_the_site_hold_its_texts_and_follow_the_rules(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = built_site(tmp_path_factory) / name
    metas = {file.name: get_data(file.read_text("utf-8"))[1] for file in (ROOT / "docs").glob("*.md")}
    wanted = [meta for meta in metas.values() if meta.get("i_guiden", True) and "vanlig" not in meta]
    contents = [str(item.title) for item in _flat(PdfReader(path).outline)]
    if name == guide.EASY:
        wanted = [metas[meta["lättläst"]] for meta in wanted if "lättläst" in meta]
    assert len(contents) == len(wanted) + 1  # and the list of contents
    assert conformance.validate_pdf(str(path), profile="ua1").failures == []


@pytest.mark.accessibility
def test_the_guides_of_the_site_pass_verapdf_and_have_sound_syntax(tmp_path_factory: pytest.TempPathFactory) -> None:
    paths = [built_site(tmp_path_factory) / name for name in (guide.PLAIN, guide.EASY)]
    assert pdf_gates.verapdf(paths) == {path: [] for path in paths}
    assert [pdf_gates.qpdf(path) for path in paths] == ["", ""]


def _flat(outline: Any) -> list[Any]:
    """The headings right under the title."""
    return [item for item in outline[1] if not isinstance(item, list)]
