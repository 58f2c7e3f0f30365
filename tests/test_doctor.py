"""doctor.py: what is wrong with the computer is seen, and how to mend it is told."""

from __future__ import annotations

import importlib
import importlib.metadata
import sys
import tempfile
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from plan_samples import run
from site_helpers import ROOT

from ipsite import doctor

TODAY = date(2026, 11, 22)


def answers(level: str, folder: Path, today: date = TODAY) -> str:
    found = [answer for answer in doctor.examine(folder, today) if answer.level == level]
    assert all(bool(answer.mend) == (level != "bra") for answer in found)
    return "\n".join(f"{answer.what} {answer.mend}" for answer in found)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: Planer\ntheme: material\nplugins: [ipsite]\n", "utf-8")
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_on_this_computer_nothing_is_wrong(project: Path) -> None:
    made = run("doctor", "--today", "2026-01-01")
    assert made.exit_code == 0, made.output
    for name in (
        "Python",
        "mkdocs ",
        "mkdocs-material ",
        "weasyprint ",
        "click ",
        "Pango",
        "typsnitt",
        "UTF-8",
        "mkdocs.yml",
        "spara",
    ):
        assert name in made.output
    assert "Allt som behövs fungerar." in made.output


@pytest.mark.parametrize(("version", "level"), [((3, 10, 1), "fel"), ((3, 14, 0), "varning"), ((3, 99, 0), "varning")])
def test_another_python(
    version: tuple[int, int, int], level: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    assert "Python 3." in answers(level, project)


def test_a_package_of_the_wrong_version_or_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.metadata.version

    def version(name: str) -> str:
        if name == "pillow":
            raise importlib.metadata.PackageNotFoundError(name)
        return {"click": "8.3.1", "mkdocs": "2.0"}.get(name, real(name))

    monkeypatch.setattr(importlib.metadata, "version", version)
    told = answers("fel", project)
    assert "click 8.3.1 passar inte" in told
    assert "mkdocs 2.0 passar inte" in told
    assert "pillow saknas" in told
    assert "pip install" in told


@pytest.mark.parametrize(
    ("version", "demand", "level"),
    [
        ("8.3.1", "!=8.3.*", "fel"),
        ("8.30", "!=8.3.*", "bra"),
        ("1.10", ">=1.9", "bra"),
        ("2.0", "<2", "fel"),
        ("2.0.dev1", ">=2.0", "fel"),
        ("2.0rc1", "<2", "fel"),
        ("2.1rc1", ">=2.0", "bra"),
        ("3.0", "~=2.0", "fel"),
        ("70", "==70.0", "bra"),
        ("1.0", '>=2; python_version < "3"', ""),
        ("1.0", '>=2; extra == "dask"', ""),
    ],
)
def test_a_version_is_weighed_as_installers_weigh_it(
    version: str, demand: str, level: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: [f"Paket{demand}"])
    monkeypatch.setattr(importlib.metadata, "version", lambda _: version)
    told = [answer for answer in doctor.examine(project, TODAY) if answer.what.startswith("Paket ")]
    assert [answer.level for answer in told] == ([level] if level else [])


def test_what_weighs_versions_may_itself_be_missing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "packaging.requirements", None)
    assert "packaging saknas. Installera ipsite igen" in answers("fel", project)


@pytest.mark.parametrize(("error", "words"), [(OSError("no pango"), "Pango"), (ImportError("x"), "startar inte")])
def test_weasyprint_that_does_not_start(
    error: Exception, words: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        raise error

    monkeypatch.setattr(importlib, "import_module", fail)
    assert words in answers("fel", project)
    assert run("doctor").exit_code == 1


def test_fonts_that_are_gone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "__file__", str(project / "doctor.py"))
    assert "Typsnitten" in answers("fel", project)


def test_another_encoding(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_encodings", lambda: iter([("terminalen", "cp1252"), ("filer", "UTF-8")]))
    assert "terminalen använder inte UTF-8" in answers("varning", project)


def test_a_folder_that_cannot_be_written_in(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    assert "du får inte skriva där" in answers("fel", project)


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    assert "ipsite init" in answers("varning", tmp_path)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("site_name: Planer\n\tplugins: []\n", "mkdocs.yml går inte att använda. Kör «ipsite build»"),
        ("5\n", "mkdocs.yml går inte att använda. Kör «ipsite build»"),
        ("site_name: Planer\ntheme: material\n", "mkdocs.yml saknar tillägget ipsite. Skriv «- ipsite»"),
    ],
)
def test_settings_that_cannot_be_used(written: str, words: str, project: Path) -> None:
    (project / "mkdocs.yml").write_text(written, "utf-8")
    assert words in answers("fel", project)
    assert "Allt som behövs fungerar" not in run("doctor").output


def test_without_mkdocs_the_settings_are_not_looked_at(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipsite.mkdocs.site", None)
    assert "mkdocs.yml" not in answers("fel", project) + answers("bra", project)


@pytest.mark.parametrize(("days", "words"), [(-365, "till 5 maj 2027"), (-30, "bara till"), (1, "inte fått")])
def test_the_end_of_material(days: int, words: str, project: Path) -> None:
    day = doctor.END_OF_MATERIAL + timedelta(days=days)
    assert words in answers("bra" if days == -365 else "varning", project, day)


def test_the_package_says_that_it_is_tried_with_the_same_pythons() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    versions = [one.rpartition(" ")[2] for one in told if one.startswith("Programming Language :: Python :: ")]
    assert versions == [f"3.{minor}" for minor in range(doctor.OLDEST[1], doctor.NEWEST[1] + 1)]
