"""The theme's tokens: every colour stands there, and what is read or seen has contrast enough (WCAG 1.4.6, 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).parents[1] / "ipsite" / "theme" / "assets" / "ipsite"
PAPER = ASSETS.parents[2] / "paper" / "paper.css"


def test_the_name_of_where_one_is_can_stand_on_two_lines_of_a_phone_as_a_text_does() -> None:
    """The links before it are as high as a finger needs; the name is none, and its lines belong together."""
    rules = dict(re.findall(r"\n(\.ip-path__list[^{]*) {([^}]*)}", (ASSETS / "site.css").read_text("utf-8")))
    assert "line-height: var(--ip-target)" in rules[".ip-path__list :is(a, span)"]
    assert "line-height: var(--ip-leading-tight)" in rules[".ip-path__list span"]


def test_every_template_of_the_theme_says_which_fault_it_mends() -> None:
    """Or that it is ours alone: who meets a new version of Material must know why each is there."""
    templates = sorted(ASSETS.parents[1].rglob("*.html"))
    assert len(templates) > 10
    begins = {path.name: path.read_text("utf-8") for path in templates}
    assert [name for name, text in begins.items() if not re.match(r"\{#- (?:Mends|Ours alone)[:;]? \w", text)] == []


@pytest.mark.parametrize("sheet", [ASSETS / "site.css", ASSETS / "plan.css", PAPER], ids=lambda path: path.name)
def test_no_colour_is_told_but_in_the_tokens(sheet: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"[\s:(,]#[0-9a-f]{3,8}\b(?=[^{}]*})|\b(?:rgb|hsl|oklch|oklab|lab|lch)a?\(", css) == []
    assert re.search(r"color: var\(--ip-", css)


def schemes() -> dict[str, dict[str, str]]:
    css = (ASSETS / "tokens.css").read_text("utf-8")
    light = dict(re.findall(r"--ip-([\w-]+): (#[0-9a-f]{6});", css.split("@font-face")[0]))
    pairs = re.findall(r"--ip-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", css)
    assert {name: value for name, value, _ in pairs} == light, "paper and screen must share the light scheme"
    return {"light": light, "dark": {name: value for name, _, value in pairs}}


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


WHO = ("kommun", "region", "andra", "nara")
INKS = ("ink", "ink-soft", "action", "action-strong", "warning", *(f"{who}-ink" for who in WHO))
GROUNDS = ("ground", "surface", "shade", "action-surface", "sun-surface")
READ = [
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((ink, f"{who}-surface") for who in WHO for ink in (f"{who}-ink", "ink", "ink-soft")),
    *((ink, "warning-surface") for ink in ("ink", "warning")),
    ("on-action", "action-fill"),
    ("on-action", "action-fill-strong"),
    ("on-sun", "sun"),
]
SEEN = [*(("line-strong", ground) for ground in GROUNDS[:3]), ("focus-inner", "focus-outer")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_reaches_7_to_1_and_all_edges_3_to_1(scheme: str) -> None:
    colours = schemes()[scheme]
    measured = {(a, b): contrast(colours[a], colours[b]) for a, b in READ + SEEN}
    weak = {pair: round(value, 2) for pair, value in measured.items() if value < (3 if pair in SEEN else 7)}
    assert not weak


def test_a_paper_that_is_printed_without_colour_can_be_read() -> None:
    """Contrast is what is left of colours on a printer with black alone."""
    printed = (ASSETS / "tokens.css").read_text("utf-8").split("@media print")[1]
    colours = schemes()["light"] | dict(re.findall(r"--ip-([\w-]+): (#[0-9a-f]{6});", printed))
    css = PAPER.read_text("utf-8")
    grounds = {"ground", *re.findall(r"background: var\(--ip-([\w-]+)\)", css)}
    inks = set(re.findall(r"[{; ]color: var\(--ip-([\w-]+)\)", css))
    edges = set(re.findall(r"border[\w-]*: [^;}]*var\(--ip-([\w-]+)\)", css)) - {"sun"}  # the mark of own words
    assert {"ink", "ink-soft"} <= inks
    assert "line-strong" in edges
    measured = {(ink, ground): contrast(colours[ink], colours[ground]) for ground in grounds for ink in inks | edges}
    assert not {pair: round(value, 2) for pair, value in measured.items() if value < (7 if pair[0] in inks else 3)}


def test_contrast_itself_can_tell() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")
