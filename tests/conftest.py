"""Options and profiles for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time, so that a change is what makes a test fail; look further with
# HYPOTHESIS_PROFILE=wide.
settings.register_profile(
    "steady", derandomize=True, max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("wide", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/plans/invalid/*/problems.json anew; read every changed line before you keep it",
    )


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The sites that are built whole from now on, by MkDocs."""
    from ipsite.mkdocs import site
    from ipsite.rebuild import built  # heavy, and not for every test

    asked: list[Path] = []
    original = site.build

    def build(config_file: Path, wish: built.Wish) -> built.Made:
        asked.append(config_file)
        return original(config_file, wish)

    monkeypatch.setattr(site, "build", build)
    return asked


@pytest.fixture
def browser() -> Iterator[Any]:
    """Chromium, by Playwright."""
    from playwright.sync_api import sync_playwright  # heavy, and not for every test

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium saknas. Skriv: sudo apt install chromium"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()
