"""The wheel: what is in it, and that it works where nothing else of the project is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from site_helpers import ROOT, Html, Project, smallest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def packed(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it, which borrows the other packages of this one; its folder of programs."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, with_pip=False, symlinks=True)
    programs = folder / "bin"
    call(
        *(sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check"),
        *("install", "--quiet", "--no-deps", "--no-index", str(wheel)),
        cwd=folder,
    )
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return programs


def call(*command: str, cwd: Path) -> str:
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV", "VIRTUAL_ENV"))}
    made = subprocess.run(
        command, cwd=cwd, env=alone, capture_output=True, text=True, encoding="utf-8", check=False, timeout=400
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout


def test_all_of_the_package_and_the_schemas_are_in_the_wheel_as_they_are(packed: dict[str, bytes]) -> None:
    expected = {
        f"ipsite/{path.relative_to(ROOT / 'ipsite').as_posix()}": path
        for path in (ROOT / "ipsite").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= {f"ipsite/schema/{path.name}": path for path in (ROOT / "schema").iterdir()}
    for kind in ("schema/", "templates/", "theme/", "theme/assets/ipsite/fonts/", "paper/", "paper/fonts/"):
        assert any(name.startswith(f"ipsite/{kind}") for name in expected), kind
    assert [name for name, path in expected.items() if packed.get(name) != path.read_bytes()] == []


def test_the_source_archive_holds_all_of_the_project_and_gives_the_same_wheel(
    packed: dict[str, bytes], tmp_path: Path
) -> None:
    call(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path), cwd=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        opened.extraction_filter = getattr(
            tarfile, "data_filter", None
        )  # Python 3.11.4 and later, and Debian 12 has 3.11.2
        opened.extractall(tmp_path)
    (source,) = (path for path in tmp_path.iterdir() if path.is_dir())
    kept = call("git", "ls-files", cwd=ROOT).split("\n") if (ROOT / ".git").exists() else ["pyproject.toml"]
    assert [name for name in kept if name and not name.startswith('"') and not (source / name).is_file()] == []
    assert not [path for path in source.iterdir() if path.name in ("site", "kopior", "papper", ".venv", ".git")]
    call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=source)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as again:
        assert {name: again.read(name) for name in again.namelist()} == packed


def test_nothing_else_is_in_the_wheel(packed: dict[str, bytes]) -> None:
    tops = {name.split("/")[0] for name in packed}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"ipsite"}
    assert not [name for name in packed if "__pycache__" in name or name.endswith((".pyc", ".orig"))]
    assert not [name for name, content in packed.items() if f"{ROOT}/".encode() in content]


def test_every_font_has_its_licence_beside_it(packed: dict[str, bytes]) -> None:
    licences = {
        "atkinson": ("OFL.txt", b"SIL OPEN FONT LICENSE"),
        "dejavu": ("DEJAVU-LICENSE.txt", b"Bitstream Vera"),
        "notoemoji": ("NOTO-EMOJI-OFL.txt", b"SIL Open Font License"),
    }
    fonts = [name for name in packed if name.endswith((".woff2", ".ttf", ".otf"))]
    assert len(fonts) >= 7
    for name in fonts:
        folder, _, file = name.rpartition("/")
        licence, words = next(found for start, found in licences.items() if file.lower().startswith(start))
        assert words in packed[f"{folder}/{licence}"], name


def test_the_wheel_says_what_it_needs_and_what_it_offers(packed: dict[str, bytes]) -> None:
    (about,) = [content for name, content in packed.items() if name.endswith(".dist-info/METADATA")]
    (points,) = [content for name, content in packed.items() if name.endswith(".dist-info/entry_points.txt")]
    metadata = Parser().parsestr(about.decode())
    assert (metadata["Name"], metadata["Requires-Python"]) == ("ipsite", ">=3.11")
    needs = {name.split(";")[0].strip() for name in metadata.get_all("Requires-Dist", [])}
    for name in ("click", "jinja2", "jsonschema", "mkdocs", "mkdocs-material", "pillow", "pyyaml", "weasyprint"):
        assert any(need.startswith(name) for need in needs), name
    assert "ipsite = ipsite.__main__:main" in points.decode()
    assert "ipsite = ipsite.mkdocs.plugin:IpsitePlugin" in points.decode()
    assert "ipsite/py.typed" in packed


def test_the_installed_package_checks_and_builds_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.plan(smallest(titel="Flytta"))
    where = call(str(installed / "python"), "-c", "import ipsite; print(ipsite.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)

    answer = json.loads(call(str(installed / "ipsite"), "check", "--format", "json", cwd=tmp_path))
    assert answer["plans"] == 1
    assert {problem["level"] for problem in answer["problems"]} <= {"varning", "tips"}

    call(str(installed / "ipsite"), "build", "--no-pdf", cwd=tmp_path)
    page = Html((project.site / "planer" / "vera" / "plan" / "index.html").read_text("utf-8"))
    assert page.headings[0][1].endswith("plan – Flytta")
    assert (project.site / "assets" / "ipsite" / "fonts" / "OFL.txt").is_file()


def test_python_m_ipsite_is_the_same_program(installed: Path, tmp_path: Path) -> None:
    said = [
        call(*command, "--help", cwd=tmp_path).split("\n", 1)[1]
        for command in ([str(installed / "ipsite")], [str(installed / "python"), "-m", "ipsite"])
    ]
    assert said[0] == said[1]
