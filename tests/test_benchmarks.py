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


def test_the_site_is_measured_against_mkdocs() -> None:
    told = ran("site.py", "--sizes", "1")
    assert re.findall(r"^\| 1 \| (.+?) \| \d+\.\d\d \| \d+\.\d\d \| \d+\.\d \| \d+ \|$", told, re.MULTILINE) == [
        "ipsite, från början",
        "ipsite, inget ändrat",
        "ipsite, en plan ändrad",
        "MkDocs och Material",
    ]
    assert told.count("█ ") == 4
