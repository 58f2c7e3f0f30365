"""The built site opened from a folder, as from a USB stick: in a browser, with the network watched.

In Chromium with Playwright, and in the Firefox that Debian packs (`firefox.py`).
Run with `make check-accessibility` or `pytest -m accessibility`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from firefox import Firefox
from PIL import Image
from plan_samples import run
from site_helpers import Project, smallest

from ipsite import search_files
from ipsite.search import Part

pytestmark = pytest.mark.accessibility

DAY = "2026-11-22"
PEOPLE = {"granne": {"namn": "Gun Granne", "roll": "granne", "huvudman": "närstående"}}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A private project as `ipsite init` makes it, with two plans."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "hemma", "--today", DAY).exit_code == 0
    monkeypatch.chdir(tmp_path / "hemma")
    made = Project.__new__(Project)
    made.folder, made.options = tmp_path / "hemma", {}
    copies = [{"till": "granne", "delar": ["personer"], "samtycke": {"datum": "2026-01-01"}}]
    made.plan(smallest(titel="Odla tomater", anledning="Dolda skälet", personer=PEOPLE, exemplar=copies), "v/odla")
    made.plan(smallest(titel="Resa till havet", anledning="Havsbrisen"), "v/resa")
    return made


class Visit:
    """A page in a browser that notes every request and every complaint."""

    def __init__(self, browser: Any) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_context().new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def outside(self, folder: Path) -> list[str]:
        inside = (folder.as_uri(), "data:", "about:", "blob:")
        return [url for url in self.requests if not url.startswith(inside)]


def found(visit: Visit, folder: Path, words: str) -> str:
    """What the search page shows for `words`, asked for as a reader does."""
    visit.page.goto((folder / "index.html").as_uri())
    field = visit.page.locator("input[type=search], input[name=q]").first
    field.fill(words)
    field.press("Enter")
    visit.page.locator("#ip-search-status:not(:empty)").wait_for()
    return str(visit.page.locator("main").inner_text())


def test_the_own_site_works_from_a_folder_without_any_request_outside(browser: Any, project: Project) -> None:
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    folder = project.folder / "site"
    visit = Visit(browser)
    for file in sorted(folder.rglob("*.html")):
        if file.name != "404.html" and "regler" not in file.parts:
            visit.page.goto(file.as_uri())
            assert visit.page.locator("h1").count() == 1, file
    assert "Odla tomater" in found(visit, folder, "tomat")
    visit.page.get_by_role("link", name="Odla tomater").first.click()
    assert "Dolda skälet" in visit.page.locator("main").inner_text()
    assert (visit.outside(folder), visit.complaints) == ([], [])


def test_the_search_of_a_copy_finds_nothing_that_is_hidden(browser: Any, project: Project) -> None:
    assert run("build", "--no-pdf", "--today", DAY, "--for", "granne").exit_code == 0
    folder = project.folder / "kopior" / "granne"
    visit = Visit(browser)
    assert "Gun Granne" in found(visit, folder, "Gun Granne")
    for hidden in ("Dolda skälet", "Havsbrisen", "Resa till havet"):
        shown = found(visit, folder, hidden).replace(hidden, "", 1)  # the page repeats what was asked for
        assert hidden not in shown
    assert (visit.outside(folder), visit.complaints) == ([], [])


def test_a_search_among_very_many_plans_looks_in_a_few_parts_at_a_time_and_shows_the_best(
    browser: Any, project: Project
) -> None:
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    folder = project.folder / "site"
    page = folder / "sok.html"
    parts = [f"search/planer-{number}.js" for number in range(30)]
    for number, name in enumerate(parts):
        docs = [Part(f"planer/{number}-{one}/index.html", "Plan", "Ett xylofonkort.") for one in range(5)]
        docs += [Part(f"planer/{number}-bäst/index.html", "Xylofon", "")] if number == 29 else []
        (folder / name).write_text(search_files.share([search_files.lines(docs)]), "utf-8")
    page.write_text(page.read_text("utf-8").replace(parts[0], " ".join(parts)), "utf-8")
    visit = Visit(browser)
    shown = found(visit, folder, "xylofon")
    assert "Vi hittade ”xylofon” på 151 sidor. Här är de 100 som passar bäst." in shown
    hits = visit.page.locator("#ip-results > li")
    assert (hits.count(), hits.first.inner_text()) == (100, "Xylofon")
    assert visit.page.evaluate("window.ipSearchIndex.docs.length") < 50
    assert visit.page.locator("progress").count() == 0
    (folder / parts[7]).unlink()
    assert "Sökningen kunde inte laddas" in found(visit, folder, "xylofon")


SEARCHED = (
    Part("andra/index.html", "Andra planer", "Så använder du dem."),
    Part("andra/index.html#ip", "I din individuella plan", "En plan till."),
    Part("plan/index.html", "Vad är en individuell plan?", "Du begär en plan."),
    Part("nej/index.html", "När det blir nej", "Du kan skriva igen.", "Om du nekas en plan eller får avslag."),
    Part("motet/index.html", "Mötet", "Vi ses.", "Den som kallar till möte, och de som kommer."),
    Part("god/index.html", "God man", "Hjälper till."),
    Part("man/index.html", "En man med en god plan", "Kommunens plan är god, och man är nöjd."),
    Part("lätt/index.html", "Genomförandeplan – lättläst", "Kort."),
    Part("lång/index.html", "IP och genomförandeplan", "Lång."),
    Part("lång/index.html#g", "Genomförandeplan", "Lång."),
    Part("kort/index.html", "Genomförandeplan", "Kort."),
    Part("under/index.html", "Under bordet", "Hur ofta den måste skrivas."),
    Part("frågor/index.html", "Frågor", "Svar."),
    Part("frågor/index.html#hur-ofta", "Hur ofta måste den skrivas under?", "Aldrig."),
)


ASKED = {  # what is asked for: the first page that is found, and what is told
    "plan": ("Vad är en individuell plan?", "på 7 sidor"),  # not "Andra planer", though it stands first
    "hur begär jag en plan?": ("Vad är en individuell plan?", "på 1 sida"),
    "begära plan": ("Vad är en individuell plan?", "på 1 sida"),
    "vem kallar till möte": ("Mötet", "på 1 sida"),
    "kallas möten": ("Mötet", "på 1 sida"),
    "nekad plan": ("När det blir nej", "på 1 sida"),
    "god man": ("God man", "på 2 sidor"),
    "genomförandeplan": ("Genomförandeplan", "på 3 sidor"),
    "avslag fogde": ("När det blir nej", "Ingen sida har alla orden i ”avslag fogde”. 1 sida har några av dem."),
    "måste den skrivas under?": ("Frågor", "på 2 sidor"),  # in the words of a heading
    "vad är en": ("Vad är en individuell plan?", "på 1 sida"),
    "fogde": ("", "Vi hittade inte ”fogde”."),
}


def test_the_page_that_one_means_is_the_first_that_is_found(browser: Any, project: Project) -> None:
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    folder = project.folder / "site"
    (folder / search_files.TEXTS).write_text(search_files.texts([search_files.lines(SEARCHED)]), "utf-8")
    (folder / search_files.name(0)).write_text(search_files.share([]), "utf-8")
    visit = Visit(browser)
    for query, (first, told) in ASKED.items():
        assert told in found(visit, folder, query)
        links = visit.page.locator("#ip-results > li > a").all_inner_texts()
        assert next(iter(links), "") == first, query
    found(visit, folder, "individuell begära")
    assert set(visit.page.locator("mark").all_inner_texts()) == {"individuell", "begär"}


def test_the_rules_for_plan_files_come_after_all_else_that_is_found(browser: Any, project: Project) -> None:
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    visit = Visit(browser)
    found(visit, project.folder / "site", "insats")
    links = visit.page.locator("#ip-results > li > a").evaluate_all("links => links.map(link => link.pathname)")
    are_rules = ["/regler/ip" in link for link in links]
    assert are_rules == sorted(are_rules)
    assert set(are_rules) == {False, True}


def test_the_watch_sees_a_request_outside(browser: Any, tmp_path: Path) -> None:
    """The canary: a page that does ask elsewhere is caught."""
    (tmp_path / "a.html").write_text("<img src='https://example.invalid/x.png'>", "utf-8")
    visit = Visit(browser)
    visit.page.goto((tmp_path / "a.html").as_uri())
    assert visit.outside(tmp_path) == ["https://example.invalid/x.png"]


@pytest.mark.parametrize(("size", "most"), [((400, 2400), 290), ((300, 400), 240), ((3000, 300), 20)])
def test_a_picture_keeps_its_shape_and_leaves_room_for_the_plan(
    size: tuple[int, int], most: int, browser: Any, project: Project
) -> None:
    Image.new("RGB", size).save(project.folder / "plans" / "v" / "bild.png")
    project.plan(smallest(person={"namn": "Vera", "bild": "bild.png", "bildtext": "Vera"}), "v/bild")
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    page = Visit(browser).page
    page.goto((project.folder / "site" / "planer" / "v" / "bild" / "index.html").as_uri())
    box = page.locator(".ip-plan-picture img").bounding_box()
    assert box["height"] <= most
    assert (box["width"] - 2) / (box["height"] - 2) == pytest.approx(size[0] / size[1], rel=0.05)  # 2: the border


# Firefox


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    opened = Firefox(tmp_path / "profil")
    yield opened
    opened.close()


MAIN = "return document.querySelector('main')?.innerText ?? ''"
CLICK = "[...document.querySelectorAll('main a')].find(link => link.textContent.includes(arguments[0])).click()"
SEARCH = """
    const field = document.querySelector('input[type=search], input[name=q]');
    field.value = arguments[0];
    field.form.requestSubmit();
"""


def wait_for(browser: Firefox, words: str, body: str = MAIN) -> str:
    """What is on the page once `words` stand there."""
    for _ in range(100):
        if words in (text := str(browser.script(body))):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{words!r} is not in {text!r}")


def test_the_own_site_works_from_a_folder_in_firefox_too(firefox: Firefox, project: Project) -> None:
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    folder = project.folder / "site"
    for file in sorted(folder.rglob("*.html")):
        if file.name != "404.html" and "regler" not in file.parts:
            firefox.goto(file.as_uri())
            assert firefox.script("return document.querySelectorAll('h1').length") == 1, file
            styled = "return getComputedStyle(document.querySelector('main')).fontFamily"
            assert "Atkinson" in firefox.script(styled), file
    firefox.goto((folder / "index.html").as_uri())
    firefox.script(SEARCH, "tomat")
    assert "Odla tomater" in wait_for(firefox, "Odla tomater")
    firefox.script(CLICK, "Odla tomater")
    assert "Dolda skälet" in wait_for(firefox, "Dolda skälet")
    assert firefox.outside() == []


def test_the_search_of_a_copy_finds_nothing_that_is_hidden_in_firefox(firefox: Firefox, project: Project) -> None:
    assert run("build", "--no-pdf", "--today", DAY, "--for", "granne").exit_code == 0
    start = (project.folder / "kopior" / "granne" / "index.html").as_uri()
    for words, stands in (("Gun Granne", True), ("Dolda skälet", False), ("Resa till havet", False)):
        firefox.goto(start)
        firefox.script(SEARCH, words)
        shown = wait_for(firefox, words)  # the page repeats what was asked for
        time.sleep(1)
        assert (words in str(firefox.script(MAIN)).replace(words, "", 1)) is stands, shown
    assert firefox.outside() == []


def test_the_watch_in_firefox_sees_a_request_outside(firefox: Firefox, tmp_path: Path) -> None:
    """The canary: pages that do ask elsewhere are caught, with and without encryption."""
    for number, address in enumerate(("https://safe.invalid/x.png", "http://plain.invalid/x.png")):
        page = tmp_path / f"{number}.html"
        page.write_text(f"<img src='{address}'>", "utf-8")
        firefox.goto(page.as_uri())
    assert firefox.outside() == ["safe.invalid", "plain.invalid"]


def rich(title: str) -> dict[str, Any]:
    """A plan with a goal, an insats and a meeting."""
    meeting = {"slag": "planeringsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Växthuset"}
    goals = [{"mål": "Jag odlar solrosor", "status": "pågår", "lättläst": "Jag odlar stora gula blommor."}]
    measures = [{"insats": "Ledsagarservice", "status": "beslutad", "huvudman": "kommun"}]
    return smallest(titel=title, mål=goals, insatser=measures, möten=[meeting])


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_plan_can_be_read_and_its_links_followed(script: bool, browser: Any, project: Project) -> None:
    project.plan(rich("Blommor"), "v/blommor")
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    page = browser.new_context(java_script_enabled=script, viewport={"width": 320, "height": 700}).new_page()
    page.goto((project.folder / "site" / "planer" / "index.html").as_uri())
    page.get_by_role("link", name="Blommor", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text().endswith("Blommor")
    page.get_by_role("link", name="Länk hit: Jag odlar solrosor").click()
    assert page.url.endswith("#mal-jag-odlar-solrosor")
    page.locator(".ip-toc summary").click()
    page.locator(".ip-toc").get_by_role("link", name="Möten").click()
    assert page.url.endswith("#moten")
    page.get_by_role("link", name="Läs på lättläst").click()
    assert "Jag odlar stora gula blommor" in page.locator("main").inner_text()
    page.get_by_role("link", name="Läs den vanliga texten").click()
    assert "Växthuset" in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320 if script else True


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_the_list_of_contents_is_one_press_away_however_far_down_one_is(
    script: bool, browser: Any, project: Project
) -> None:
    project.plan(rich("Blommor"), "v/blommor")
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    page = browser.new_context(java_script_enabled=script, viewport={"width": 320, "height": 600}).new_page()
    page.goto((project.folder / "site" / "planer" / "v" / "blommor" / "index.html").as_uri())
    back = page.get_by_role("link", name="På den här sidan", exact=True)
    contents = page.locator(".ip-toc summary")
    assert back.bounding_box()["y"] > 600
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(200)
    assert 500 < back.bounding_box()["y"] < 600 - 44
    back.click()
    assert 0 <= contents.bounding_box()["y"] < 100
    if script:
        assert page.locator(".ip-toc").get_by_role("link", name="Möten").is_visible()
        contents.click()  # folded again, and pressed again at the same address
        back.click()
        assert page.locator(".ip-toc").get_by_role("link", name="Möten").is_visible()
    assert page.locator(":focus").evaluate("part => part.id") == "ip-toc-title"


def test_what_gets_the_focus_is_scrolled_clear_of_the_way_to_the_contents(browser: Any, project: Project) -> None:
    project.plan(rich("Blommor"), "v/blommor")
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    page = browser.new_context(viewport={"width": 320, "height": 500}).new_page()
    page.goto((project.folder / "site" / "planer" / "v" / "blommor" / "index.html").as_uri())
    page.evaluate("document.querySelectorAll('.ip-plan a').forEach(link => { link.style.float = 'right'; })")

    def is_covered() -> Any:
        """Tab leads to a link that lies where the way to the contents is."""
        page.evaluate("""() => {
            const [one, next] = document.querySelectorAll('.ip-plan-card .ip-plan-links a');
            scrollBy(0, next.getBoundingClientRect().bottom - innerHeight + 20);
            one.focus({ preventScroll: true });
        }""")
        page.keyboard.press("Tab")
        return page.evaluate("""() => {
            const [part, link] = [document.activeElement, document.querySelector('.ip-up__link')];
            const [a, b] = [part.getBoundingClientRect(), link.getBoundingClientRect()];
            return part !== link && a.right > b.left && a.bottom > b.top && a.top < b.bottom;
        }""")

    assert is_covered() is False
    page.evaluate("document.documentElement.style.scrollPaddingBottom = '0'")
    assert is_covered() is True  # the canary


def test_the_search_tells_which_plan_and_where_in_it(browser: Any, project: Project) -> None:
    project.plan(rich("Blommor"), "v/blommor")
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    shown = found(Visit(browser), project.folder / "site", "solrosor")
    assert "plan – Blommor" in shown
    assert "Under rubriken Mina mål" in shown or "Under rubriken Jag odlar solrosor" in shown
    easy = found(Visit(browser), project.folder / "site", "stora gula")
    assert "Blommor – lättläst" in easy
