"""Words and names too long for a phone: every page stays inside the window, also with the reader's own spacing.

The gates in `checks/` look at the examples, whose words are as long as words are; a family's may be longer.
Run with `make check-accessibility` or `pytest -m accessibility`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from plan_samples import run
from site_helpers import ROOT, Project, smallest

pytestmark = pytest.mark.accessibility

DAY = "2026-11-22"
WORD = "Specialpedagogiskkonsulentverksamhetsutvecklingssamordningsgruppen"
NAME = "Maximilianalexanderkarlgustaffredrik Wolfeschlegelsteinhausenbergerdorff-Österåkersgård"
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
OUTSIDE = """[...document.querySelectorAll('main *, header *')]
    .filter(part => part.checkVisibility() && getComputedStyle(part).clipPath === 'none')
    .filter(part => !part.closest('thead, svg, .ip-skip') && part.getBoundingClientRect().right > innerWidth + 1)
    .map(part => part.localName + '.' + part.className + ': ' + part.innerText.slice(0, 40))"""


def long_plan(**more: Any) -> dict[str, Any]:
    """A plan where every name and text that has a place of its own on a page is one long word."""
    helper = {"namn": NAME, "roll": WORD, "organisation": WORD, "huvudman": "kommun"}
    helper |= {"e_post": f"{WORD.lower()}@{WORD.lower()}.example.com"}
    steps = [{"vad": WORD, "vem": "hjälpare", "klart": "2026-12-01", "status": "ej påbörjad", "lättläst": WORD}]
    seen = [{"datum": "2026-06-01", "hände": WORD, "min_bedömning": 3}]
    goal = {"mål": WORD, "mina_ord": WORD, "lättläst": WORD, "status": "pågår", "åtgärder": steps, "uppföljning": seen}
    measure = {"insats": WORD, "status": "beslutad", "huvudman": "kommun", "ansvarig": "hjälpare", "utförare": WORD}
    meeting = {"slag": "planeringsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": WORD}
    meeting |= {"länk": f"https://example.com/{WORD}", "inbjudna": ["hjälpare"], "dagordning": [WORD]}
    person = {"namn": NAME, "så_kommunicerar_jag": WORD, "kommun": WORD}
    other = {"slag": "SIP", "gäller": WORD, "ansvarig": "hjälpare"}
    parts: dict[str, Any] = {"mål": [goal], "insatser": [measure], "möten": [meeting], "andra_planer": [other]}
    copies = [{"till": "hjälpare", "samtycke": {"datum": "2026-01-01"}}]
    named: dict[str, Any] = {"titel": WORD, "person": person, "personer": {"hjälpare": helper}, "exemplar": copies}
    return smallest(**named, **parts, **more)


Built = Callable[..., list[Path]]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    """Builds a private project with plans and gives their pages."""

    def build(**plans: dict[str, Any]) -> list[Path]:
        monkeypatch.chdir(tmp_path)
        assert run("init", "hemma", "--today", DAY).exit_code == 0
        monkeypatch.chdir(tmp_path / "hemma")
        made = Project.__new__(Project)
        made.folder, made.options = tmp_path / "hemma", {}
        for name, data in plans.items():
            made.plan(data, f"v/{name}")
        told = run("build", "--no-pdf", "--today", DAY)
        assert told.exit_code == 0, told.output
        return sorted((made.folder / "site" / "planer").rglob("*.html"))

    return build


@pytest.mark.parametrize("spacing", ["/**/", SPACING], ids=["as it is", "with more space"])
@pytest.mark.parametrize("width", [320, 1024])
def test_no_word_reaches_outside_the_window(width: int, spacing: str, browser: Any, built: Built) -> None:
    pages = built(lang=long_plan(status="gällande"), slut=long_plan(status="avslutad"))
    page = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 700}).new_page()
    assert len(pages) > 6
    for file in pages:
        page.goto(file.as_uri())
        page.add_style_tag(content=spacing)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        assert page.evaluate(OUTSIDE) == [], file
        assert page.evaluate("document.documentElement.scrollWidth") <= width, file


BROKEN = """[...document.querySelectorAll('.ip-plan-table :is(th, td)')].flatMap(cell => {
    const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
    const range = document.createRange();
    for (let node = words.nextNode(); node; node = words.nextNode())
        for (const { 0: word, index } of node.data.matchAll(/[^\\s-]+/g)) {
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            if (range.getClientRects().length > 1) found.push(word);
        }
    return found;
})"""


def usual_plan(work: str) -> dict[str, Any]:
    """Words that are long, and of which plans are full. `work` is somebody's, and who does a thing is told with it."""
    helper = {"namn": "Försäkringskassan", "roll": work, "huvudman": "annan", "e_post": "tommy.granlund@example.com"}
    step = {"vad": "Ordna bostadsstöd", "vem": "hjälpare", "klart": "2026-09-30", "status": "ej påbörjad"}
    seen = {"datum": "2026-09-30", "hände": "Habiliteringsplan", "min_bedömning": 3}
    goal = {"mål": "Pengarna räcker hela månaden", "status": "pågår", "åtgärder": [step], "uppföljning": [seen]}
    measure: dict[str, Any] = {
        "insats": "Aktivitetsersättning",
        "status": "beslutad",
        "huvudman": "annan",
        "ansvarig": "hjälpare",
    }
    measure |= {"beslut": {"datum": "2026-01-01", "gäller_till": "2026-12-31"}}
    copies = [{"till": "hjälpare", "samtycke": {"datum": "2026-01-01"}}]
    return smallest(status="gällande", personer={"hjälpare": helper}, mål=[goal], insatser=[measure], exemplar=copies)


@pytest.fixture(params=["", str(ROOT / "ipsite" / "paper" / "fonts.conf")], ids=["exact", "in whole pixels"])
def letters(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters as wide as they are drawn, and as many machines set them. Asked for before the browser, which is told."""
    if request.param:
        monkeypatch.setenv("FONTCONFIG_FILE", request.param)
    else:
        monkeypatch.delenv("FONTCONFIG_FILE", raising=False)


@pytest.mark.parametrize("width", [320, 705, 768, 1024, 1280])
def test_the_words_that_are_usual_stand_whole_in_tables(
    width: int,
    letters: None,
    browser: Any,
    built: Built,
) -> None:
    page = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 700}).new_page()
    pages = built(vanlig=usual_plan("arbetsförmedlare, Logopedmottagningen, Hjo"))
    seen: list[Any] = []
    for file in pages:
        page.goto(file.as_uri())
        assert page.evaluate(BROKEN) == [], file
        seen += page.locator(".ip-plan-table").all()
    assert len(seen) > 8


def test_tables_of_usual_words_stay_inside_the_window_with_text_twice_as_large(browser: Any, built: Built) -> None:
    page = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 700}).new_page()
    for file in built(vanlig=usual_plan("arbetsförmedlare, Logopedmottagningen, Hjo")):
        page.goto(file.as_uri())
        page.add_style_tag(content="html { font-size: 200% }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, file


NAMED_BESIDE = """
([size, name]) => {
  document.documentElement.style.fontSize = size;
  const brand = document.querySelector('.ip-brand'), words = document.createRange();
  brand.textContent = name;
  words.selectNodeContents(brand);
  const here = words.getBoundingClientRect();
  return [...document.querySelectorAll('.ip-header__button')].map((button) => button.getBoundingClientRect())
    .map((at) => at.left >= here.right || at.top >= here.bottom);
}
"""


@pytest.mark.parametrize("text", [["200%", "Individuell plan"], ["100%", "Socialförvaltningen i Exempelstad"]])
def test_the_name_of_the_site_is_not_under_the_buttons(text: list[str], browser: Any, built: Built) -> None:
    page = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 700}).new_page()
    page.goto(built(vanlig=smallest())[0].as_uri())
    assert page.evaluate(NAMED_BESIDE, text) == [True, True]


def test_a_broken_word_is_seen(browser: Any, built: Built) -> None:
    """The canary."""
    pages = built(lang=usual_plan(WORD))
    page = browser.new_context(bypass_csp=True, viewport={"width": 768, "height": 700}).new_page()
    page.goto(next(file for file in pages if file.parent.name == "lang").as_uri())
    assert set(page.evaluate(BROKEN)) == {WORD}
