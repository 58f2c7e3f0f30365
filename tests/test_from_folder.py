"""The built site opened from a folder, as from a USB stick: in a browser, with the network watched.

In Chromium with Playwright, and in the Firefox that Debian packs (`firefox.py`).
Run with `make check-accessibility` or `pytest -m accessibility`.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from firefox import Firefox
from plan_samples import run
from playwright.sync_api import sync_playwright
from site_helpers import Project, smallest

pytestmark = pytest.mark.accessibility

DAY = "2026-11-22"
PEOPLE = {"granne": {"namn": "Gun Granne", "roll": "granne", "huvudman": "närstående"}}


@pytest.fixture
def browser() -> Iterator[Any]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium saknas. Skriv: sudo apt install chromium"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()


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
    visit.page.wait_for_load_state()
    visit.page.wait_for_timeout(300)
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


def test_the_watch_sees_a_request_outside(browser: Any, tmp_path: Path) -> None:
    """The canary: a page that does ask elsewhere is caught."""
    (tmp_path / "a.html").write_text("<img src='https://example.invalid/x.png'>", "utf-8")
    visit = Visit(browser)
    visit.page.goto((tmp_path / "a.html").as_uri())
    assert visit.outside(tmp_path) == ["https://example.invalid/x.png"]


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
