"""build.py and the site that comes of it: whole, the same wherever it is built, and with nothing from elsewhere."""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf
import pytest
from site_helpers import (
    EPOCH,
    KINDS,
    PLANS,
    ROOT,
    TODAY,
    Html,
    built_site,
    contents,
    every_field,
    put,
    read_plan,
    run,
    searched_in,
    smallest,
    words_of,
)

from ipsite import build
from ipsite.artifact import Asset, Page
from ipsite.page import POLICY
from ipsite.settings import Settings

IDS = sorted(path.relative_to(PLANS).with_suffix("").as_posix() for path in PLANS.rglob("*.yaml"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_site(tmp_path_factory)


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Html]:
    """Every page of the site, by its path."""
    found = {path.relative_to(site).as_posix(): Html(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    assert len(found) > len(IDS)  # else all that is asked of every page would hold
    return found


# --- Whole --------------------------------------------------------------------------------------------------------


def test_the_site_has_a_page_and_a_paper_for_each_plan_and_an_overview(pages: dict[str, Html], site: Path) -> None:
    for plan_id in IDS:
        assert f"planer/{plan_id}/index.html" in pages
        assert (site / "planer" / plan_id / "plan.pdf").is_file()
    leads_to = {str(a.get("href")) for a in pages["planer/index.html"].all("a")}
    assert {f"{plan_id}/plan.pdf" for plan_id in IDS} <= leads_to
    assert {f"{plan_id}/index.html" for plan_id in IDS} <= leads_to


def test_every_plan_and_its_lattlast_twin_lead_to_each_other_where_the_texts_do(pages: dict[str, Html]) -> None:
    def switch(page: Html) -> list[tuple[str, str | None]]:
        assert [words_of(node) for node in page.with_class("ip-page__top")[0].iter("a")][-1].startswith("Läs ")
        return [(words_of(node), node.get("href")) for node in page.with_class("ip-switch__link")]

    assert switch(pages["motet/index.html"]) == [("Läs på lättläst", "../motet-lattlast/index.html")]
    for plan_id in IDS:
        assert switch(pages[f"planer/{plan_id}/index.html"]) == [("Läs på lättläst", "lattlast/index.html")]
        twin = pages[f"planer/{plan_id}/lattlast/index.html"]
        assert switch(twin) == [("Läs den vanliga texten", "../index.html")]


def test_every_plan_can_be_found_by_searching(site: Path) -> None:
    found = {doc["location"] for doc in searched_in(site)}
    assert {f"planer/{plan_id}/index.html" for plan_id in IDS} <= found


def test_the_papers_say_their_size_where_they_are_fetched(pages: dict[str, Html], site: Path) -> None:
    for plan_id in IDS:
        size = (site / "planer" / plan_id / "plan.pdf").stat().st_size
        (link,) = [a for a in pages[f"planer/{plan_id}/index.html"].all("a") if a.get("href") == "plan.pdf"]
        assert words_of(link) == f"Hämta planen som PDF ({round(size / 1000)} kB)"
        size = (site / "planer" / plan_id / "lattlast.pdf").stat().st_size
        (link,) = pages[f"planer/{plan_id}/lattlast/index.html"].with_class("ip-button")
        assert words_of(link) == f"Hämta planen på lättläst som PDF ({round(size / 1000)} kB)"


def test_no_page_of_development_notes_is_built(site: Path) -> None:
    assert not (site / "utveckling").exists()


# --- Every page ---------------------------------------------------------------------------------------------------


def test_every_page_is_in_swedish_with_a_title_and_one_main_heading_and_jumps_no_level(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        assert page.root.get("lang") == "sv", path
        assert words_of(next(page.all("title"))), path
        levels = [level for level, _ in page.headings]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, page.headings)
        assert all(title for _, title in page.headings), path


def test_titles_tell_the_pages_apart(pages: dict[str, Html]) -> None:
    titles = [words_of(next(page.all("title"))) for page in pages.values()]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_every_id_is_alone_on_its_page(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        assert sorted(name for name in set(page.ids) if page.ids.count(name) > 1) == [], path


def test_every_table_says_what_its_columns_and_rows_are(pages: dict[str, Html]) -> None:
    tables = [(path, table) for path, page in pages.items() for table in page.all("table")]
    assert tables
    for path, table in tables:
        heads = list(table.iter("th"))
        assert heads, path
        assert {node.get("scope") for node in heads} <= {"col", "row"}, path


def test_every_link_and_picture_leads_somewhere_and_every_anchor_is_there(pages: dict[str, Html], site: Path) -> None:
    dead = [
        (path, address)
        for path, page in pages.items()
        for address in addresses(page)
        if not path.endswith("404.html") and is_dead(address, path, pages, site)
    ]
    assert dead == []


def addresses(page: Html) -> Iterator[str]:
    for node in page.root.iter():
        for name in ("href", "src", "action"):
            if (value := node.get(name)) is not None:
                yield value


def is_dead(address: str, path: str, pages: dict[str, Html], site: Path) -> bool:
    parts = urlsplit(address)
    if parts.scheme in ("https", "http", "mailto", "tel"):  # for the reader to follow, if she wants
        return False
    target = (site / path).parent / unquote(parts.path) if parts.path else site / path
    target = target / "index.html" if target.is_dir() else target
    if parts.scheme or not target.is_file() or not target.resolve().is_relative_to(site.resolve()):
        return True
    if not parts.fragment or target.suffix != ".html":
        return False
    return unquote(parts.fragment) not in pages[target.resolve().relative_to(site.resolve()).as_posix()].ids


@pytest.mark.parametrize("address", ["finns-inte/", "#finns-inte", "../../../etc/passwd", "javascript:x", "data:,x"])
def test_a_dead_link_would_be_seen(address: str, pages: dict[str, Html], site: Path) -> None:
    assert is_dead(address, "index.html", pages, site)


# --- Nothing from elsewhere ---------------------------------------------------------------------------------------

FETCHING = ("src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href", "ping", "manifest")
FETCHING_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "manifest",
}


def fetched_from_elsewhere(page: Html) -> list[str]:
    found = []
    for node in page.root.iter():
        values = [value for name, value in node.attrib.items() if name in FETCHING]
        if node.tag in ("link", "use", "image") and FETCHING_LINKS & set(node.get("rel", "icon").split()):
            values.append(node.get("href", ""))
        found += [value for value in values if re.match(r"\s*(?:[a-z]+:)?//", value, re.IGNORECASE)]
    return found


def inside_the_page(page: Html) -> list[str]:
    """Style and script that stand in the page, which the policy forbids."""
    found = []
    for node in page.root.iter():
        if node.tag == "style" or (node.tag == "script" and (node.get("src") is None or (node.text or "").strip())):
            found.append(str(node.tag))
        found += [name for name in node.attrib if name == "style" or name.startswith("on")]
        found += [value for value in node.attrib.values() if value.strip().lower().startswith("javascript:")]
    return found


def fetched_by_style(text: str) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.findall(r"(?:url\(\s*[\"']?|@import\s*[\"'])((?:[a-z]+:)?//[^\"')]*)", text, re.IGNORECASE)


def test_no_page_fetches_anything_from_elsewhere_or_has_style_or_script_inside_it(pages: dict[str, Html]) -> None:
    assert {path: found for path, page in pages.items() if (found := fetched_from_elsewhere(page))} == {}
    assert {path: found for path, page in pages.items() if (found := inside_the_page(page))} == {}


def test_every_page_forbids_what_it_does_not_need(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        metas = list(page.all("meta"))
        policies = [m.get("content") for m in metas if m.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [POLICY], path
        assert [m.get("content") for m in metas if m.get("name") == "referrer"] == ["no-referrer"], path
    rules = {rule.split()[0]: set(rule.split()[1:]) for rule in POLICY.split(";")}
    assert rules.pop("form-action") == {"'self'", "file:"}  # the search box, also on a page opened from a folder
    assert set().union(*rules.values()) == {"'none'", "'self'", "data:"}


def test_the_pages_load_our_style_and_our_script_and_no_others(pages: dict[str, Html]) -> None:
    loaded = {
        re.sub(r"^(\.\./|\./|/)*", "", str(node.get("src") or node.get("href")))
        for page in pages.values()
        for node in page.all("script", "link")
        if node.tag == "script" or node.get("rel") == "stylesheet"
    }
    assert loaded == {f"assets/ipsite/{name}" for name in ("tokens.css", "site.css", "plan.css", "site.js")}


def test_the_search_page_says_which_scripts_of_the_site_it_looks_in(pages: dict[str, Html], site: Path) -> None:
    results = pages["sok.html"].with_id("ip-results")
    assert results is not None
    parts = results.get("data-parts", "").split(" ")
    assert (results.get("data-base"), parts) == ("./", ["search/search_index.js", "search/planer-0.js"])
    assert {path.relative_to(site).as_posix() for path in site.glob("search/*")} == set(parts)


def test_no_style_sheet_or_drawing_of_the_site_fetches_anything_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.css"):
        assert fetched_by_style(path.read_text("utf-8")) == [], path
    for path in site.rglob("*.svg"):
        assert fetched_from_elsewhere(Html(path.read_text("utf-8"))) == [], path


def test_our_script_names_no_other_host_and_asks_for_nothing(site: Path) -> None:
    script = (site / "assets" / "ipsite" / "site.js").read_text("utf-8")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script, flags=re.DOTALL)
    assert not re.search(r"https?:|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|\bimport\(|\beval\(|innerHTML", code)


@pytest.mark.parametrize(
    "fault",
    [
        "<img src=https://example.com/x.png>",
        "<img srcset='//example.com/x.png 2x'>",
        "<link rel='stylesheet preload' href=http://example.com/x.css>",
        "<link rel=preconnect href=https://example.com>",
        "<video poster=HTTPS://example.com/x.png></video>",
        "<form action=//example.com/></form>",
    ],
)
def test_a_request_to_another_host_would_be_seen(fault: str) -> None:
    assert fetched_from_elsewhere(Html(fault))


@pytest.mark.parametrize(
    "fault", ["<p style='x'>", "<p onclick=x>", "<style>p{}</style>", "<script>x</script>", "<a href=' JavaScript:x'>"]
)
def test_style_or_script_inside_a_page_would_be_seen(fault: str) -> None:
    assert inside_the_page(Html(fault))


@pytest.mark.parametrize("fault", ["a{b:url(//x.se/y)}", "@import 'https://x.se/y'", 'a{b:URL( "http://x.se/y")}'])
def test_a_request_in_a_style_sheet_would_be_seen(fault: str) -> None:
    assert fetched_by_style(fault)


# --- The same everywhere ------------------------------------------------------------------------------------------


def test_mkdocs_builds_the_same_bytes_elsewhere_in_another_process_with_other_workers(
    site: Path, tmp_path: Path
) -> None:
    """The site comes from `ipsite build --jobs 2 --today …` in the checkout; this one differs in all of that."""
    project = tmp_path / "en annan mapp å"
    for name in ("docs", "plans"):
        shutil.copytree(ROOT / name, project / name)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(config.replace("- ipsite:", "- ipsite:\n      jobs: 1", 1), "utf-8")
    made = run("mkdocs", "build", "--strict", cwd=project, PYTHONHASHSEED="2", SOURCE_DATE_EPOCH=EPOCH, TZ="Asia/Tokyo")
    assert made.returncode == 0, made.stderr
    first, second = contents(site), contents(project / "site")
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_no_file_of_the_site_tells_of_the_machine_it_was_built_on(site: Path) -> None:
    paths = {str(ROOT), str(Path.home()), tempfile.gettempdir(), sys.prefix, str(site.parent)} - {"/"}
    for name, content in contents(site).items():
        texts = [content, *(streams(content) if name.endswith(".pdf") else ())]
        for path in paths:
            assert not any(f"{path}/".encode() in text for text in texts), (name, path)


def streams(content: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        for node in opened.objects:
            if isinstance(node, pikepdf.Stream) and node.get("/Subtype") != "/Image":
                yield node.read_bytes()


# --- The pipeline -------------------------------------------------------------------------------------------------


def made_of(folder: Path, *plans: dict[str, Any], **settings: Any) -> list[Page | Asset]:
    read = tuple(read_plan(folder, data, f"vera/plan-{number}") for number, data in enumerate(plans))
    return list(build.artifacts(read, {}, Settings(TODAY, **{"papers": False, **settings})))


def test_what_is_built_comes_in_an_order_that_does_not_change(tmp_path: Path) -> None:
    plans = [smallest(kind) for kind in KINDS]
    made = made_of(tmp_path, *plans)
    paths = [f"planer/vera/plan-{n}{twin}" for n in range(len(plans)) for twin in ("", "/lattlast")]
    assert [item.path for item in made] == [*paths, "planer/vera/att-gora", "planer"]
    assert made_of(tmp_path, *plans) == made


def test_building_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plan = read_plan(tmp_path, smallest())
    before = contents(tmp_path)
    list(build.artifacts((plan,), {}, Settings(TODAY)))
    assert contents(tmp_path) == before


def test_the_day_is_an_argument(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest())
    bodies = {
        day: [item.body for item in build.artifacts((plan,), {}, Settings(day, papers=False)) if isinstance(item, Page)]
        for day in (date(2026, 1, 2), date(2031, 3, 4))
    }
    assert "2\N{NO-BREAK SPACE}januari\N{NO-BREAK SPACE}2026" in bodies[date(2026, 1, 2)][-1]
    assert "4\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2031" in bodies[date(2031, 3, 4)][-1]


def test_a_page_knows_its_title_what_it_is_about_and_its_sections(tmp_path: Path) -> None:
    (page, *_) = made_of(tmp_path, smallest(titel="Flytta", person={"namn": "Vera Vall", "kallas": "Vera"}))
    assert isinstance(page, Page)
    assert (page.title, page.description) == ("Veras plan – Flytta", "Individuell plan enligt 10 § LSS: Flytta.")
    assert [heading.title for heading in page.headings] == [t for level, t in Html(page.body).headings if level == 2]


def test_papers_come_before_the_pages_that_lead_to_them(tmp_path: Path) -> None:
    made = made_of(tmp_path, smallest(), papers=True)
    papers = [item.path for item in made if isinstance(item, Asset)]
    assert papers == [f"planer/vera/plan-0/{name}.pdf" for name in ("plan", "lattlast", "karta", "utvardering")]
    assert [type(item) for item in made[len(papers) :]] == [Page, Page, Page]


def test_a_plans_page_leads_to_each_of_its_papers_and_names_kind_and_size(tmp_path: Path) -> None:
    meeting = {"slag": "planeringsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Hemma"}
    made = made_of(tmp_path, smallest(möten=[meeting]), papers=True)
    (page,) = (item for item in made if isinstance(item, Page) and item.path.endswith("plan-0"))
    links = {a.get("href"): words_of(a) for a in Html(page.body).all("a") if not str(a.get("href")).startswith("#")}
    assert links.pop("../att-gora/")  # the list across the person's plans has its own calendar
    there = "planer/vera/plan-0/"
    files = {item.path for item in made if isinstance(item, Asset)}
    papers = {path.removeprefix(there) for path in files if path.startswith(there)}
    assert set(links) == papers
    assert "moten/2027-01-20-inbjudan.pdf" in papers
    for words in links.values():
        assert re.search(r"\((?:PDF|kalender|tabell|text)\b.*\d+ kB\)$|^Hämta planen som PDF \(\d+ kB\)$", words)
    assert [heading.title for heading in page.headings] == [t for level, t in Html(page.body).headings if level == 2]


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_plan_that_is_marked_as_made_up_passes_the_gate_to_an_open_site(kind: str, tmp_path: Path) -> None:
    full, _ = every_field(kind)
    plans = {
        marked: read_plan(tmp_path, put(full, ("fiktiv",), marked) if marked is not None else without(full, "fiktiv"))
        for marked in (True, False, None)
    }
    assert {marked: len(build.gate((plan,), "open")) for marked, plan in plans.items()} == {True: 0, False: 1, None: 1}
    assert build.gate(tuple(plans.values()), "private") == []


def without(data: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != key}


def test_a_picture_that_cannot_be_used_is_a_problem_at_its_place_without_its_name(tmp_path: Path) -> None:
    plan = read_plan(tmp_path / "plans", smallest(person={"namn": "Vera", "bild": "vera-vall.png"}))
    images, (problem,) = build.pictures((plan,), tmp_path / "plans")
    assert images == {}
    assert (problem.code, problem.level, problem.file, problem.where) == (
        "IP050",
        "fel",
        "vera/plan.yaml",
        "person.bild",
    )
    assert "vera-vall" not in f"{problem.message} {problem.hint}"


def test_settings_are_private_unless_said_otherwise() -> None:
    assert Settings(TODAY).mode == "private"


def test_papers_of_plans_with_the_same_title_are_told_apart_by_the_day_they_were_written(tmp_path: Path) -> None:
    days = ("2025-03-02", "2026-03-02")
    plans = (smallest(titel="Min plan", skriven=day, person={"namn": "Vera"}) for day in days)
    made = made_of(tmp_path, *plans, papers=True)
    (page,) = (item for item in made if isinstance(item, Page) and item.path == "planer")
    words = [words_of(a) for a in Html(page.body).all("a") if str(a.get("href")).endswith(".pdf")]
    assert [re.sub(r"\d+ kB", "kB", said) for said in words] == [
        f"Hämta Veras individuella plan, Min plan, skriven 2 mars {year} (PDF, kB)" for year in (2025, 2026)
    ]
