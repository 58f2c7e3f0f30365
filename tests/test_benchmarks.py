"""benchmarks/: they run, with small numbers; what they measure is no matter for a test."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys

import pytest
from site_helpers import ROOT

sys.path.append(str(ROOT / "benchmarks"))
papers = importlib.import_module("papers")


def ran(name: str, *arguments: str) -> str:
    made = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / name), *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return made.stdout


def test_the_check_is_measured_against_a_peer() -> None:
    told = ran("check.py", "--peer", "true", "--plans", "2", "--large", "8", "--runs", "1")
    assert re.search(r"^2 planer, median av 1: ipsite \d+\.\d\d s, check-jsonschema \d+\.\d\d s$", told, re.MULTILINE)
    assert re.search(r"^kvot \d+\.\d$", told, re.MULTILINE)
    assert re.findall(r"^(\d+) planer: .* \d+ planer på en sekund, högst \d+ MiB$", told, re.MULTILINE) == [
        "2",
        "4",
        "8",
    ]


def test_the_preview_is_measured() -> None:
    told = ran("serve.py", "--plans", "1", "--pages", "1", "--runs", "1")
    assert len(re.findall(r"^\w+ serve, en \w+ sparas: \d+\.\d\d s$", told, re.MULTILINE)) == 3


ROW = r"^\| (\w+) \| (.+?) \| \d+\.\d\d \| (?:\d+\.\d|–) \| \d+ \|$"
OURS = ["från början", "inget ändrat", "en plan ändrad, första gången", "en plan ändrad"]


def test_the_site_is_measured_against_mkdocs() -> None:
    told = ran("site.py", "--sizes", "1")
    assert re.findall(ROW, told, re.MULTILINE) == [
        *(("1", f"ipsite, {what}") for what in OURS),
        ("1", "MkDocs och Material"),
        ("1", "MkDocs och Material, utan ritningar"),
    ]
    assert told.count("█ ") == 6


def test_the_site_of_a_family_is_measured_against_one_without_plans() -> None:
    told = ran("site.py", "--sizes", "", "--family")
    names = [*(f"ipsite, {what}" for what in OURS), "MkDocs och Material, utan planer"]
    assert re.findall(ROW, told, re.MULTILINE) == [("familj", name) for name in names]


def test_papers_are_measured_against_weasyprint_alone() -> None:
    told = ran("pdf.py", "--plans", "1")
    rows = re.findall(r"^\| ([^|]+) \| 3 \| [\d.]+ \| [\d.]+ \| [\d.]+ \| ([\d.]+) \| \d+ \|$", told, re.MULTILINE)
    assert [name for name, _ in rows] == [
        "ipsite, en process",
        "ipsite, två processer",
        "WeasyPrint, ett dokument i taget",
        "ipsite, allt i mellanlagret",
        "ipsite, en plan ändrad",
    ]
    assert dict(rows)["WeasyPrint, ett dokument i taget"] == "1.0"
    assert told.count("█ ") == 5


PAGE = """<html><head><title>Borta</title></head><body><h1>Min plan</h1><section><h2>Mål_1 <svg>inte</svg></h2>
<ul><li>Ett #ord</li></ul><p>Rad ett<br>rad två</p><table><caption>Vem</caption><tr><th>A</th><th>B</th></tr>
<tr><td>C</td><td><span class="ip-plan-table__label">B: </span><p>d</p><p>e</p></td></tr>
</table></section></body></html>"""


ABOVE = ["Ett \\#ord", "Rad ett rad två", "Vem"]


@pytest.mark.parametrize(
    ("made", "lines"),
    [
        (
            papers.as_markdown(PAGE),
            ["# Min plan", r"## Mål\_1", f"- {ABOVE[0]}", *ABOVE[1:], "| A | B |\n| --- | --- |\n| C | d e |"],
        ),
        (
            papers.as_typst(PAGE, "min").partition("\n\n")[2],
            ["= Min plan", r"== Mål\_1", f"- {ABOVE[0]}", *ABOVE[1:],
             "#table(columns: 2, table.header([A], [B]), [C], [d e])"],
        ),
    ],
)  # fmt: skip
def test_the_peers_get_the_same_words(made: str, lines: list[str]) -> None:
    assert made == "\n\n".join(lines) + "\n"
