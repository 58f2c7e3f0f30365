"""docs/tillganglighet.md: its figures are those of the latest run of checks/run, kept in checks/result.json."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pdf_gates

from ipsite import dates

ROOT = Path(__file__).parents[1]
STATEMENT = (ROOT / "docs" / "tillganglighet.md").read_text("utf-8")
RESULT: dict[str, Any] = json.loads((ROOT / "checks" / "result.json").read_text("utf-8"))


def rows(result: dict[str, Any]) -> list[str]:
    """The table as it should stand; a failing test shows it, to be pasted."""
    lines = ["| Kontroll | Program | Körningar | Fel |", "|---|---|---:|---:|"]
    for check in result["checks"]:
        tools = ", ".join(f"{tool['tool']} {tool['version']}" for tool in check["tools"]) or "eget program"
        lines.append(f"| {check['about']} | {tools} | {check['runs']} | {check['violations']} |")
    return lines


def sentence(result: dict[str, Any]) -> str:
    day = dates.day(date.fromisoformat(result["date"]))
    return (
        f"Den senaste kontrollen gjordes den {day}. Då hade webbplatsen {result['pages']} sidor. "
        f"Webbläsaren var {result['browser']}."
    )


def test_the_table_is_the_latest_result() -> None:
    assert [line for line in STATEMENT.splitlines() if line.startswith("|")] == rows(RESULT)


def test_the_day_the_pages_and_the_browser_are_those_of_the_result() -> None:
    assert sentence(RESULT) in STATEMENT
    assert f"De andra ser {RESULT['chosen']} sidor." in STATEMENT


def test_the_result_has_no_faults() -> None:
    assert {check["name"]: check["violations"] for check in RESULT["checks"] if check["violations"]} == {}


def test_the_programs_that_papers_are_checked_with_are_those_of_the_tests() -> None:
    """test_paper_set.py, test_paper_tags.py, test_blanks.py and test_guide.py run them all on every PDF."""
    section = STATEMENT.partition("## PDF-filerna")[2].partition("\n## ")[0]
    lock = (ROOT / "requirements" / "test.txt").read_text("utf-8")
    for package in ("opendataloader-pdf", "page-validation"):
        (version,) = re.findall(rf"(?m)^{package}==(\S+)", lock)
        assert f"{package} {version}" in section
    assert "qpdf" in section
    assert pdf_gates.PROFILES == ("ua1", "2a")


def test_other_figures_would_be_told() -> None:
    other = json.loads(json.dumps(RESULT))
    other["pages"] += 1
    other["checks"][0]["runs"] += 1
    assert sentence(other) not in STATEMENT
    assert rows(other) != rows(RESULT)


def test_the_statement_says_what_no_person_has_tested_and_claims_no_certificate() -> None:
    assert "## Det här har ingen människa provat" in STATEMENT
    assert not re.search(r"certifi|garanter|helt förenlig", STATEMENT, re.IGNORECASE)


def test_every_gate_is_tried_with_faults_made_on_purpose() -> None:
    """The page says so. checks/self-test makes the faults, and fails for a gate that does not see them."""
    assert "Vi har gjort fel på sidorna med flit" in STATEMENT
    made = re.findall(r"(?m)^  (?:on|style|code)\(.*", (ROOT / "checks" / "breaks.mjs").read_text("utf-8"))
    assert len(made) >= 30
    untried = [check["name"] for check in RESULT["checks"] if not any(check["name"].split()[0] in one for one in made)]
    assert untried == []
