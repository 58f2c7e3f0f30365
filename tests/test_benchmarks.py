"""benchmarks/: they run, with small numbers; what they measure is no matter for a test."""

from __future__ import annotations

import re
import subprocess
import sys

from site_helpers import ROOT


def ran(name: str, *arguments: str) -> str:
    made = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / name), *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return made.stdout


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
