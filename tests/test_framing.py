"""framing.py: the site is the one that MkDocs would have made, byte for byte, had it rendered each page itself."""

from __future__ import annotations

import gzip
import html as entities
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from material.plugins.search import plugin as material
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents
from site_helpers import CONFIG, Html, Project, contents, searched, smallest
from test_search import SpacedParser

import ipsite
from ipsite import frame, handbook, page, search, search_files
from ipsite.artifact import Page
from ipsite.mkdocs import framing, site, theme
from ipsite.search import SearchError

TITLES = {
    "vera/plan": "Å & Ä «ö»",
    "vera/annan": "'en' \"två\" <b>tre</b>",
    "djupt/ner/vera/plan": r"$1 \1 \g<0> {0} %(a)s {{ config }}",
    "ensam": "&amp; &lt;",
}
OPEN = CONFIG.replace("OPTIONS", "{mode: open, today: 2026-11-22}") + "site_url: https://example.com/ö/\n"


def project_of(folder: Path) -> Project:
    made = Project(folder)
    for plan_id, title in TITLES.items():
        made.plan(smallest(titel=title, fiktiv=True, person={"namn": title, "kallas": title}), plan_id)
    return made


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    some = [one for one in handbook.pages() if one.listed or "IP101" in one.title or "sip" in one.path]
    monkeypatch.setattr("ipsite.contents._handbook", lambda: some)
    return project_of(tmp_path)


def built(project: Project, name: str) -> dict[str, bytes]:
    made = site.build(project.config, site.Wish(papers=False, site_dir=project.folder / name))
    assert made.problem == ""
    return contents(project.folder / name)


def by_mkdocs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give MkDocs every page of ours as one that it knows nothing special about."""
    pages: dict[str, Page] = {}

    def add(files: Any, config: Any, path: str, made: Page) -> None:
        in_menu = made.listed and config.nav is None
        inclusion = InclusionLevel.UNDEFINED if in_menu else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, path, content="", inclusion=inclusion))
        pages[path] = made

    def mark(given: Any, *_: Any) -> str:
        made = pages[given.file.src_uri]
        given.meta |= {"description": made.description, "ip_twin": made.twin, "ip_easy": made.easy}
        links = [AnchorLink(entities.escape(heading.title), heading.id, 2) for heading in made.headings]
        given.toc = TableOfContents(links)
        return made.body

    def write(made: framing.Site, _: Any) -> None:
        index = Path(made.config.site_dir, "search", "search_index.json")
        if not index.exists():
            return
        parts = list(search.parts_of_index(index.read_text("utf-8")))
        ours = {f"{one.path}/index.html" for one in pages.values() if one.path.startswith("planer/")}
        plans = [part for part in parts if part.location.partition("#")[0] in ours]
        texts = search_files.texts([search_files.lines(part for part in parts if part not in plans)])
        index.with_name("search_index.js").write_text(texts, "utf-8")
        index.with_name("planer-0.js").write_text(search_files.share([search_files.lines(plans)]), "utf-8")
        index.unlink()

    monkeypatch.setattr(framing, "add", add)
    monkeypatch.setattr(framing, "mark", mark)
    monkeypatch.setattr(framing, "write", write)
    monkeypatch.setattr(material, "Parser", SpacedParser)


CONFIGS = {
    "open": OPEN,
    "private": CONFIG.replace("OPTIONS", "{today: 2026-11-22}"),
    "for files": OPEN + "use_directory_urls: false\n",
    "no menu": OPEN.replace("nav: [Start: index.md, Planer: planer/index.md]\n", ""),
    "a deep menu": OPEN.replace(
        "Planer: planer/index.md",
        "Allt: [{Planer: planer/index.md}, {Vera: [planer/vera/index.md, {Planen: planer/vera/plan/index.md}]}]",
    ),
    "links": OPEN.replace(
        "Planer: planer/index.md", "Planer: planer/index.md, Bild: planer/vera/bild.txt, Ut: 'https://example.com/a/b'"
    )
    + "extra_css: [planer/vera/egen.css]\n",
    "a footer": OPEN.replace(
        "{generator: false}",
        "{generator: false, ipsite: {footer: [{title: Verkligen, page: planer/vera/plan/index.md}]}}",
    ),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_site_is_byte_for_byte_what_mkdocs_would_have_made(
    name: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.configure(CONFIGS[name])
    if name == "a deep menu":
        (project.folder / "docs" / "planer" / "vera").mkdir(parents=True)
        project.page(
            "# Om Vera & Vall\n\nSe [planen](plan/index.md) och [den andra](annan/index.md).\n", "planer/vera/index.md"
        )
    if name == "links":
        (project.folder / "docs" / "planer" / "vera").mkdir(parents=True)
        for file in ("bild.txt", "egen.css"):
            project.page("", f"planer/vera/{file}")
    ours = built(project, "ours")
    by_mkdocs_alone(monkeypatch)
    theirs = built(project, "theirs")
    assert ours.keys() == theirs.keys()
    assert [path for path in ours if ours[path] != theirs[path] and not path.startswith("sitemap")] == []
    for made in (ours, theirs):  # the order of a map means nothing
        assert gzip.decompress(made.pop("sitemap.xml.gz", gzip.compress(b""))) == made.get("sitemap.xml", b"")
    assert addresses(ours) == addresses(theirs)


def addresses(made: dict[str, bytes]) -> list[tuple[str, ...]]:
    """Address and day of each page in the map."""
    entry = re.compile(r"<url>\s*<loc>(.*?)</loc>\s*<lastmod>(.*?)</lastmod>\s*</url>")
    text = made.get("sitemap.xml", b"").decode()
    assert "<loc>" not in entry.sub("", text)
    return sorted(entry.findall(text))


@pytest.mark.parametrize("slot", ["shown", "escaped"])
def test_a_page_filled_otherwise_would_be_seen(slot: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.configure(OPEN)
    before = built(project, "ours")
    monkeypatch.setattr(frame, slot, lambda text: text)
    after = built(project, "canary")
    assert [path for path in before if path.endswith(".html") and before[path] != after[path]]


def test_no_mark_and_no_frame_is_left_anywhere(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipsite.mkdocs.plugin.secrets.token_hex", lambda _: "markerad")
    project.configure(OPEN)
    made = built(project, "site")
    made["sitemap.xml.gz"] = gzip.decompress(made["sitemap.xml.gz"])
    assert len(made) > 20
    assert [path for path, content in made.items() if b"ipmarkerad" in content or "ipmarkerad" in path] == []


def test_a_plan_that_is_called_as_a_mark_is_text_like_any_other(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipsite.mkdocs.plugin.secrets.token_hex", lambda _: "markerad")
    marks = frame.Marks("ipmarkerad")
    words = [marks["title"], marks["description"], marks["id0"], marks["heading1"], marks.body, marks["folder0"]]
    project.plan(smallest(titel=" ".join(words), fiktiv=True, anledning=marks.body), "vera/plan")
    built(project, "site")
    shown = Html((project.site / "planer" / "vera" / "plan" / "index.html").read_text("utf-8"))
    assert shown.headings[0][1].endswith(" ".join(words))
    assert [node.text for node in shown.all("title")] == [f"{shown.headings[0][1]} – Planer"]
    assert marks.body in shown.text


def test_the_map_and_the_search_hold_every_page_once(project: Project) -> None:
    project.configure(OPEN)
    made = built(project, "site")
    pages = {path for path in made if path.endswith("index.html")}
    docs = searched(made["search/search_index.js"], made["search/planer-0.js"])
    places = [doc["location"] for doc in docs]
    assert len(places) == len(set(places))
    assert {place for place in places if "#" not in place} == pages
    assert made["sitemap.xml"].count(b"<loc>") == len(pages)


def test_a_page_that_is_not_filled_stops_the_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "finish_page", lambda html, live: html.replace("<h1>", "<h2>"))
    made = site.build(project.config, site.Wish(papers=False))
    assert "the theme does not show the body once" in made.problem or "has changed a mark" in made.problem
    assert not project.site.exists()


def test_without_search_there_is_no_script_for_it(project: Project) -> None:
    project.configure(OPEN.replace("  - material/search: {lang: sv}\n", ""))
    made = built(project, "site")
    assert not [path for path in made if path.startswith("search/")]
    assert "planer/vera/plan/index.html" in made


def test_an_index_of_another_shape_stops_the_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> Iterator[Any]:
        raise SearchError("not as MkDocs writes it")

    monkeypatch.setattr("ipsite.search.parts_of_index", fail)
    assert "not as MkDocs writes it" in site.build(project.config, site.Wish(papers=False)).problem


def test_the_files_of_the_theme_are_those_that_mkdocs_finds(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "eget" / "assets").mkdir(parents=True)
    (tmp_path / "eget" / "assets" / "egen.css").write_text("", "utf-8")
    (tmp_path / "eget" / "assets" / ".dold").write_text("", "utf-8")
    project.configure(CONFIG.replace("OPTIONS", "{}").replace("name: material,", "name: material, custom_dir: eget,"))
    theirs = load_config(str(project.config))
    theirs.theme.dirs.insert(1, str(Path(ipsite.__file__).parent / "theme"))
    ours = load_config(str(project.config))
    theme.prepare(ours.theme, Path(ipsite.__file__).parent / "theme")
    found = []
    for config in (ours, theirs):
        config.theme.static_templates.add("sok.html")
        files = Files([])
        files.add_files_from_theme(config.theme.get_env(), config)
        found.append([(file.src_uri, file.src_dir) for file in files])
    assert found[0] == found[1]
    assert {"assets/egen.css", "assets/ipsite/plan.css"} <= {name for name, _ in found[0]}


def test_no_template_of_the_theme_is_compiled_again_for_the_next_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert site.build(project.config, site.Wish(papers=False)).problem == ""
    with patch("jinja2.Environment.compile", side_effect=AssertionError):
        assert site.build(project.config, site.Wish(papers=False)).problem == ""


def test_a_site_without_papers_loads_nothing_that_makes_them(project: Project) -> None:
    code = "import sys; sys.argv = ['ipsite', 'build', '--no-pdf']\nfrom ipsite.cli import main\n"
    code += "try:\n    main()\nfinally:\n    print(*sorted(sys.modules))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    loaded = set(made.stdout.splitlines()[-1].split())
    assert {"mkdocs", "jinja2"} <= loaded
    assert not loaded & {"weasyprint", "PIL", "mkdocs.livereload", "concurrent.futures.process"}
