"""Words and names too long for a phone: every page stays inside the window, also with the reader's own spacing.

The gates in `checks/` look at the examples, whose words are as long as words are; a family's may be longer.
Run with `make check-accessibility` or `pytest -m accessibility`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plan_samples import run
from site_helpers import Project, smallest

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


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The pages of a private project with long words in its plans."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "hemma", "--today", DAY).exit_code == 0
    monkeypatch.chdir(tmp_path / "hemma")
    made = Project.__new__(Project)
    made.folder, made.options = tmp_path / "hemma", {}
    made.plan(long_plan(status="gällande"), "v/lang")
    made.plan(long_plan(status="avslutad"), "v/slut")
    told = run("build", "--no-pdf", "--today", DAY)
    assert told.exit_code == 0, told.output
    return sorted((made.folder / "site" / "planer").rglob("*.html"))


@pytest.mark.parametrize("spacing", ["/**/", SPACING], ids=["as it is", "with more space"])
@pytest.mark.parametrize("width", [320, 1024])
def test_no_word_reaches_outside_the_window(width: int, spacing: str, browser: Any, pages: list[Path]) -> None:
    page = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 700}).new_page()
    assert len(pages) > 6
    for file in pages:
        page.goto(file.as_uri())
        page.add_style_tag(content=spacing)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        assert page.evaluate(OUTSIDE) == [], file
        assert page.evaluate("document.documentElement.scrollWidth") <= width, file
