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
