"""A page printed by the browser, for whoever does not take the PDF: nothing is left alone at the foot of a sheet.

Run with `make check-accessibility` or `pytest -m accessibility`.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from plan_samples import run
from pypdf import PdfReader
from site_helpers import Project, smallest

pytestmark = pytest.mark.accessibility

DAY = "2026-11-22"
HEAD = "Vad Till målet Klart senast Läge"


def sheets(browser: Any, page: Path) -> list[list[str]]:
    """The lines of each sheet."""
    tab = browser.new_page()
    tab.goto(page.as_uri())
    reader = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True, format="A4")))
    return [[line.strip() for line in sheet.extract_text().splitlines() if line.strip()] for sheet in reader.pages]


def test_no_head_of_a_table_and_no_name_is_left_from_what_it_is_of(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "hemma", "--today", DAY).exit_code == 0
    monkeypatch.chdir(tmp_path / "hemma")
    made = Project.__new__(Project)
    made.folder, made.options = tmp_path / "hemma", {}
    names = [f"Hjälpare {number}" for number in range(40)]
    helpers = {f"h{at}": {"namn": name, "roll": "granne", "huvudman": "närstående"} for at, name in enumerate(names)}
    steps = [{"vad": "Gör " + "något " * (at % 30), "vem": f"h{at}", "status": "pågår"} for at in range(40)]
    made.plan(smallest(personer=helpers, mål=[{"mål": "Mål", "status": "pågår", "åtgärder": steps}]), "v/plan")
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    found = sheets(browser, made.folder / "site" / "planer" / "v" / "plan" / "index.html")
    assert sum(HEAD in sheet for sheet in found) > 8
    last = [sheet[-1] for sheet in found]
    assert HEAD not in last
    assert not {f"{name}, granne" for name in names} & set(last)
    assert not [line for line in last if line.endswith("Nära mig")]
