"""check.py and its command: from folders of plan files to problems, exit codes and JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ipsite
from ipsite import decode, faults
from ipsite.load import MAX_VALUES
from plan_samples import (
    PLANS,
    TODAY,
    as_yaml,
    check_folder,
    example_folders,
    is_form,
    run,
    small_plan,
)

SECRET = "hemlig"  # stands in every private value, key and file name of the wrong examples
KEYS = ["code", "level", "file", "line", "column", "where", "message", "hint", "law"]


@pytest.mark.parametrize("folder", example_folders(), ids=lambda folder: folder.name)
class TestWrongExamples:
    def test_gives_exactly_the_expected_problems(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        answer = check_folder(folder, tmp_path, monkeypatch)
        golden = folder / "problems.json"
        if request.config.getoption("--update-golden"):
            golden.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", "utf-8")
        assert answer == json.loads(golden.read_text("utf-8"))

    def test_is_wrong_and_says_so_in_whole_sentences(self, folder: Path) -> None:
        problems = _expected(folder)
        assert problems
        for problem in problems:
            assert list(problem) == KEYS
            assert problem["level"] == "fel"
            for words in (problem["message"], problem["hint"]):
                assert words
                assert words == words.strip()
                assert words[0].isupper() or words[0] == "«"
                assert words[-1] in ".?"
                assert "  " not in words

    def test_tells_nothing_private(self, folder: Path) -> None:
        for problem in _expected(folder):
            told = f"{problem['message']} {problem['hint']} {problem['where']}".casefold()
            assert SECRET not in told

    def test_plants_private_text(self, folder: Path) -> None:
        """So that the test above can fail."""
        raw = b"".join(path.read_bytes() for path in folder.rglob("*.y*ml")).lower().replace(b"\0", b"")
        assert SECRET.encode() in raw or folder.name in ("empty-file", "empty-of-blanks", "empty-document")


def _expected(folder: Path) -> list[dict[str, Any]]:
    problems: list[dict[str, Any]] = json.loads((folder / "problems.json").read_text("utf-8"))["problems"]
    return problems
