"""publisher.py and text_pages.py: a publisher makes the site theirs from mkdocs.yml and docs/ alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from site_helpers import CONFIG, Html, Project, words_of

from ipsite import publisher, statement
from ipsite.mkdocs import site
from ipsite.publisher import Publisher

BY = {"name": "Föreningen *Klara* <planer>", "contact": "hej@example.org", "logo": "utgivare/logga.svg"}
COLOURS = "@media screen { :root { --ip-action: light-dark(#5a1a5e, #e9b8ec); } }\n"
OWN = """\
site_name: Individuell plan i Exempelby
theme: {name: material, language: sv, font: false, palette: {scheme: default, primary: custom, accent: custom}}
plugins: [ipsite]
nav: [Start: index.md, Om oss: utgivare/om-oss.md, Om: om.md, Tillgänglighet: tillganglighet.md]
extra_css: [utgivare/farger.css]
extra:
  generator: false
  ipsite:
    footer: [{title: Om oss, page: utgivare/om-oss.md}]
    publisher:
      name: "Föreningen *Klara* <planer>"
      contact: hej@example.org
      logo: utgivare/logga.svg
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    made = Project(tmp_path)
    (made.folder / "docs" / "utgivare").mkdir()
    made.page('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"></svg>', "utgivare/logga.svg")
    made.page(COLOURS, "utgivare/farger.css")
    made.page("# Om oss\n\nVi är en förening.\n", "utgivare/om-oss.md")
    made.page("---\nvisa_utgivare: true\n---\n\n# Om\n\nText.\n", "om.md")
    made.page("# Programmets redogörelse\n\nText.\n\n[Om](om.md)\n", "tillganglighet.md")
    made.configure(OWN)
    return made


def made(project: Project, name: str = "index.html") -> Html:
    told = site.build(project.config, site.Wish(papers=False))
    assert told.problem == ""
    return Html((project.site / name).read_text("utf-8"))


def test_every_page_says_who_publishes_it_and_how_to_reach_them(project: Project) -> None:
    start = made(project)
    (said,) = start.with_class("ip-footer__by")
    assert words_of(said) == "Utgivare: Föreningen *Klara* <planer>. Kontakt: hej@example.org"
    assert [a.get("href") for a in said.iter("a")] == ["mailto:hej@example.org"]
    for name in ("404.html", "planer/index.html", "utgivare/om-oss/index.html"):
        assert Html((project.site / name).read_text("utf-8")).with_class("ip-footer__by")


def test_the_logo_stands_in_the_link_to_the_start_page_and_says_the_name(project: Project) -> None:
    page = made(project, "om/index.html")
    (brand,) = page.with_class("ip-brand")
    assert words_of(brand) == "Föreningen *Klara* <planer>: Individuell plan i Exempelby"
    (logo,) = page.with_class("ip-brand__logo")
    assert logo.get("src") == "../utgivare/logga.svg"
    assert (project.site / "utgivare" / "logga.svg").is_file()


def test_own_colours_come_after_the_tokens(project: Project) -> None:
    sheets = [node.get("href", "") for node in made(project).all("link") if node.get("rel") == "stylesheet"]
    assert sheets[-1] == "utgivare/farger.css"
    assert any(sheet.endswith("tokens.css") for sheet in sheets[:-1])
    assert (project.site / "utgivare" / "farger.css").read_text("utf-8") == COLOURS


def test_own_pages_stand_in_menu_and_footer(project: Project) -> None:
    start = made(project)
    for place in ("ip-nav", "ip-footer__links"):
        (part, *_) = start.with_class(place)
        assert "utgivare/om-oss/index.html" in {a.get("href") for a in part.iter("a")}


def test_the_page_that_asks_for_it_tells_of_the_publisher_in_their_own_words(project: Project) -> None:
    page = made(project, "om/index.html")
    assert (2, "Vem ger ut webbplatsen?") in page.headings
    assert "Föreningen *Klara* <planer> ger ut webbplatsen" in page.text
    assert "Vem ger ut" not in Html((project.site / "index.html").read_text("utf-8")).text


def test_without_a_publisher_no_page_speaks_of_one(project: Project) -> None:
    project.configure(CONFIG.replace("nav:", "not_in_nav: '*.md'\nnav:"))
    page = made(project, "om/index.html")
    assert "Utgivare" not in page.text
    assert "Vem ger ut" not in page.text


def test_the_statement_takes_the_place_of_the_page_in_docs(project: Project) -> None:
    project.configure(OWN + "    accessibility: {dos: false, shortcomings: [Sökningen, Lättläst]}\n")
    page = made(project, "tillganglighetsredogorelse/index.html")
    assert (1, "Tillgänglighets\N{SOFT HYPHEN}redogörelse") in page.headings  # wider than a phone
    assert all("\N{SOFT HYPHEN}" not in words_of(part) for part in page.all("title", "a", "nav"))
    assert "Programmets redogörelse" not in page.text
    assert not (project.site / "tillganglighet").exists()
    (links,) = Html((project.site / "index.html").read_text("utf-8")).with_class("ip-footer__links")
    assert "tillganglighetsredogorelse/index.html" in {a.get("href") for a in links.iter("a")}


def test_without_one_the_page_in_docs_stands(project: Project) -> None:
    assert "Programmets redogörelse" in made(project, "tillganglighet/index.html").text
    assert not (project.site / "tillganglighetsredogorelse").exists()


def test_a_site_without_that_page_gets_one(project: Project) -> None:
    (project.folder / "docs" / "tillganglighet.md").unlink()
    project.configure(OWN.replace(", Tillgänglighet: tillganglighet.md", "") + "    accessibility: {dos: false}\n")
    assert "Tillgänglighetsredogörelse" in made(project, "tillganglighetsredogorelse/index.html").text  # in the path


def test_a_statement_that_the_law_asks_for_and_that_is_not_whole_stops_the_site(project: Project) -> None:
    project.configure(OWN + "    accessibility: {dos: true, actor: Exempelby}\n")
    told = site.build(project.config, site.Wish(papers=False)).problem
    assert "service: namnet på den digitala servicen" in told
    assert "actor:" not in told
    assert not project.site.exists()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("    publisher:", "    publischer:", "«publischer» finns inte. Menade du «publisher»?"),
        ("    publisher:", "    Publisher:", "«Publisher» finns inte. Menade du «publisher»?"),
        ("    footer:", "    accesibility: {dos: false}\n    footer:", "Menade du «accessibility»?"),
        ("    footer:", "    private: true\n    footer:", "«private» finns inte."),
        ("  ipsite:\n", "  ipsites:\n", "«ipsites» finns inte. Menade du «ipsite»?"),
        ("  ipsite:\n", "  social: []\n  ipsite: ja\n  own:\n", "ska ha «publisher», «accessibility» eller «footer»"),
    ],
)
def test_a_name_that_nobody_reads_stops_the_site(project: Project, right: str, wrong: str, said: str) -> None:
    project.configure(OWN.replace(right, wrong, 1))
    told = site.build(project.config, site.Wish(papers=False)).problem
    assert said in told
    assert not project.site.exists()


def test_an_empty_part_of_ours_is_as_none_at_all(project: Project) -> None:
    project.configure(CONFIG.replace("nav:", "not_in_nav: '*.md'\nnav:").replace("false}\nval", "false, ipsite:}\nval"))
    assert "Utgivare" not in made(project).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Föreningen", "ska ha «name»"),
        ({**BY, "nam": "x"}, "Menade du «name»?"),
        ({**BY, "name": " "}, "«name» saknas"),
        ({**BY, "contact": None}, "«contact» ska vara"),
        ({**BY, "contact": "javascript:alert(1)"}, "«contact» ska vara"),
        ({**BY, "contact": "http://example.org"}, "«contact» ska vara"),
        ({**BY, "logo": "utgivare/loga.svg"}, "Menade du «utgivare/logga.svg»?"),
    ],
)
def test_what_is_wrong_is_told(given: Any, said: str) -> None:
    assert said in " ".join(publisher.faults(given, ["utgivare/logga.svg", "index.md"]))


def test_what_is_right_is_read() -> None:
    assert list(publisher.faults(BY, ["utgivare/logga.svg"])) == []
    (fault,) = publisher.faults(BY, ["utgivare.md", "utgivare/logga.md"])
    assert fault.endswith("finns inte i mappen docs.")  # a page is no logo to have meant
    assert publisher.read({"name": " Anna ", "contact": "https://example.org"}) == Publisher(
        "Anna", "https://example.org"
    )
    assert publisher.read(BY).link == "mailto:hej@example.org"


def test_the_examples_for_publishers_are_right() -> None:
    """docs/utgivare.md: what it tells a publisher to write is what the program takes."""
    page = (Path(__file__).parents[1] / "docs" / "utgivare.md").read_text("utf-8")
    ours: dict[str, Any] = {}
    for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL):
        ours |= yaml.safe_load(block).get("extra", {}).get("ipsite", {})
    assert list(publisher.faults(ours["publisher"], [ours["publisher"]["logo"]])) == []
    assert list(statement.faults(ours["accessibility"])) == []
    rows = re.findall(r"^\| `(\w+)` \| (\d+)\.", page, re.MULTILINE)
    assert rows == [(key, str(number)) for number, key in enumerate(statement.ITEMS, 1)]
