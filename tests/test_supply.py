"""What ipsite is made of, and how that is kept in sight: reasons, the list of parts, the audit and the pipelines."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from site_helpers import CONFIG, ROOT, Project, contents, run, smallest

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements" / "site.txt").read_text("utf-8")


def sbom() -> Any:
    """The module `tools/sbom.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "tools" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Reasons


@pytest.mark.parametrize("asked", [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["test"]])
def test_every_dependency_has_a_reason_and_a_lowest_version(asked: str) -> None:
    requirement = Requirement(asked)
    told = "".join(
        (ROOT / "docs" / "utveckling" / name).read_text("utf-8")
        for name in ("beslut/0002-beroenden.md", "leveranskedja.md")
    )
    rows = [line.split("|")[1] for line in told.splitlines() if line.startswith("|")]
    assert any(re.search(rf"(?<![\w-]){re.escape(requirement.name)}(?![\w-])", row) for row in rows), requirement.name
    assert any(bound.operator in (">=", "==") for bound in requirement.specifier), asked


FREE = re.compile(r"\b(?:MIT|BSD|Apache|PSF|MPL|Mozilla)\b")


def test_every_locked_package_has_a_licence_that_is_told_of() -> None:
    told = (ROOT / "docs" / "utveckling" / "leveranskedja.md").read_text("utf-8")
    assert "MIT, BSD, Apache 2.0, PSF 2.0 eller MPL 2.0" in told
    locked = sorted(set(re.findall(r"(?m)^([A-Za-z0-9._-]+)==", LOCK)))
    licences = {name: licence_of(found) for name, found in zip(locked, map(installed, locked), strict=True) if found}
    assert len(licences) > 40
    assert {name: said for name, said in licences.items() if not FREE.search(said)} == {}
    assert [name for name, said in licences.items() if "GNU" in said] == ["pyphen"]  # or MPL, as is told


def licence_of(package: Distribution) -> str:
    about = package.metadata
    sorts = [words for words in about.get_all("Classifier") or [] if words.startswith("License")]
    return " · ".join([*(about.get_all("License-Expression") or []), *(about.get_all("License") or []), *sorts])


def installed(name: str) -> Distribution | None:
    """A locked package; None for one that other machines need."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


# The list of parts


def test_the_list_of_parts_holds_every_locked_package_with_version_and_checksums() -> None:
    made = sbom().sbom(LOCK, PYPROJECT["project"])
    locked = re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK)
    assert [(part["name"], part["version"]) for part in made["components"]] == locked
    assert sum(len(part["hashes"]) for part in made["components"]) == LOCK.count("--hash=sha256:")
    assert all(part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}" for part in made["components"])
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")


def test_the_list_of_parts_tells_what_asks_for_what() -> None:
    made = sbom().sbom(LOCK, PYPROJECT["project"])
    refs = {part["bom-ref"] for part in made["components"]} | {made["metadata"]["component"]["bom-ref"]}
    asks = {entry["ref"]: entry["dependsOn"] for entry in made["dependencies"]}
    assert set(asks) == refs
    assert {ref for asked in asks.values() for ref in asked} <= refs
    own = {
        name.partition("@")[0].removeprefix("pkg:pypi/") for name in asks[f"ipsite@{PYPROJECT['project']['version']}"]
    }
    assert {Requirement(asked).name for asked in PYPROJECT["project"]["dependencies"]} <= own
    (weasyprint,) = [asked for ref, asked in asks.items() if "/weasyprint@" in ref]
    assert any("/tinycss2@" in ref for ref in weasyprint)


def test_the_same_lock_gives_the_same_bytes_and_another_lock_another_number(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        subprocess.run([sys.executable, ROOT / "tools" / "sbom.py", tmp_path / name], check=True)
    first = (tmp_path / "a.json").read_bytes()
    assert first == (tmp_path / "b.json").read_bytes()
    other = sbom().sbom(LOCK.replace("mkdocs==1", "mkdocs==2"), PYPROJECT["project"])
    assert other["serialNumber"] != json.loads(first)["serialNumber"]


# The audit

ANSWERS = {
    "nothing known": ("echo 'No known vulnerabilities found'", 0, "Inga kända brister."),
    "something known": ("echo 'Found 1 known vulnerability in 1 package'; exit 1", 1, "Found 1 known"),
    "no answer": ("echo 'ConnectionError: no name' >&2; exit 1", 2, "Ingenting är prövat"),
    "passed over": ("echo 'x  Dependency not found on PyPI and could not be audited'", 2, "Ingenting är prövat"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_the_audit_never_says_that_all_is_well_when_it_could_not_ask(case: str, tmp_path: Path) -> None:
    does, status, words = ANSWERS[case]
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    made = subprocess.run(
        ["sh", ROOT / "tools" / "audit"],
        env={**os.environ, "AUDIT": str(program)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, words in made.stdout + made.stderr) == (status, True)
    assert ("Inga kända brister" in made.stdout) is (status == 0)


# Pipelines and hooks

OWN = [ROOT / ".github" / "workflows" / "test.yml", ROOT / ".gitlab-ci.yml"]
PIPELINES = {name: ROOT / "tools" / "pipelines" / f"{name}.yml" for name in ("github", "gitlab")}


PART = re.compile(r"\$\{\{ matrix\.part \}\}|\$PART")


def commands(pipeline: Path) -> list[str]:
    """The commands of a pipeline in their order."""
    data = yaml.safe_load(pipeline.read_text("utf-8"))
    jobs = data["jobs"].values() if "jobs" in data else [job for job in data.values() if isinstance(job, dict)]
    found: list[str] = []
    for job in jobs:
        found += [step["run"] for step in job.get("steps", ()) if "run" in step]
        found += job.get("script", ())
    return found


@pytest.mark.parametrize("pipeline", OWN, ids=["github", "gitlab"])
def test_the_projects_own_pipelines_run_the_tests_with_every_python_and_the_audit(pipeline: Path) -> None:
    text, told = pipeline.read_text("utf-8"), commands(pipeline)
    assert '"3.11", "3.12", "3.13"' in text
    assert re.search(r"part: \[papers, pages\]", text, re.IGNORECASE)
    run_by_it = {PART.sub(part, command) for part in ("papers", "pages") for command in told}
    for target in ("test", "lowest", "sbom", "audit", "check-accessibility-of-papers", "check-accessibility-of-pages"):
        assert f"make {target}" in run_by_it, target
    assert "checks/machine" in told
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"))
    assert {command.split()[1] for command in run_by_it if command.startswith("make")} <= set(targets)


def follow(pipeline: Path, project: Project) -> tuple[str, str]:
    """Do what a pipeline does but for installing; the command that stopped it, and what was said."""
    programs = project.folder / "bin"
    programs.mkdir(exist_ok=True)
    (programs / "ipsite").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ipsite "$@"\n')
    (programs / "ipsite").chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    for command in commands(pipeline):
        if "apt-get" in command or "pip install" in command:
            continue
        made = subprocess.run(
            ["sh", "-ec", command],
            cwd=project.folder,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            return command, made.stdout + made.stderr
    return "", ""


OPEN = CONFIG.replace("  - ipsite: OPTIONS", "  - ipsite:\n      mode: open\n      papers: false")


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_publishes_invented_plans_and_refuses_a_real_one(name: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.configure(OPEN)
    project.plan(smallest(titel="Påhittad", fiktiv=True), "a/plan")
    assert follow(PIPELINES[name], project) == ("", "")
    assert (tmp_path / "public" / "planer" / "a" / "plan" / "index.html").is_file()

    before = contents(tmp_path / "public")
    real = smallest(titel="På riktigt")
    real.pop("fiktiv", None)
    project.plan(real, "b/plan")
    stopped, told = follow(PIPELINES[name], project)
    assert stopped.startswith("ipsite build")
    assert "inte märkt som påhittad" in told
    assert contents(tmp_path / "public") == before


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("mode", ["private", "", "opensesame"])
def test_a_pipeline_stops_when_the_site_is_not_said_to_be_open(mode: str, name: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.configure(OPEN.replace("mode: open", f"mode: {mode}" if mode else "jobs: 1"))
    stopped, told = follow(PIPELINES[name], project)
    assert stopped.startswith("grep")
    assert told == "mkdocs.yml säger inte «mode: open», så inget läggs ut.\n"


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("locked", [True, False])
def test_a_pipeline_installs_what_it_is_told_to_and_the_locked_versions_before_that(
    locked: bool, name: str, tmp_path: Path
) -> None:
    (tmp_path / "pip").write_text('#!/bin/sh\necho "$@" >>told\n')
    (tmp_path / "pip").chmod(0o755)
    if locked:
        (tmp_path / "requirements.txt").touch()
    installs = [command for command in commands(PIPELINES[name]) if "pip install" in command]
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    for command in installs:
        env = {**os.environ, "PATH": path, "IPSITE": "an ipsite.whl"}
        subprocess.run(["sh", "-ec", command], cwd=tmp_path, env=env, check=True)
    first = ["install --require-hashes --only-binary :all: -r requirements.txt"] if locked else []
    assert (tmp_path / "told").read_text("utf-8").splitlines() == [*first, "install an ipsite.whl"]


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_that_is_not_told_what_to_install_says_so(name: str, tmp_path: Path) -> None:
    (install,) = [command for command in commands(PIPELINES[name]) if "IPSITE" in command and "pip" in command]
    env = {**os.environ, "IPSITE": ""}
    made = subprocess.run(["sh", "-ec", install], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert made.returncode != 0
    assert "IPSITE: är tom. Säg i variabeln vad som ska installeras" in made.stderr


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_takes_settings_with_windows_line_ends(name: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.configure(OPEN)
    project.config.write_bytes(project.config.read_bytes().replace(b"\n", b"\r\n"))
    project.plan(smallest(titel="Påhittad", fiktiv=True), "a/plan")
    assert follow(PIPELINES[name], project) == ("", "")


def test_the_hook_for_pre_commit_stops_a_plan_with_errors_and_lets_a_right_one_through(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("ipsite-check", "python", False)
    assert re.search(hook["files"], "plans/alva/ip-2026.yaml")
    assert not re.search(hook["files"], "docs/index.md")
    project = Project(tmp_path)
    project.plan(smallest(titel="Rätt"))
    assert run(*hook["entry"].split(), cwd=tmp_path).returncode == 0
    project.plan({**smallest(titel="Fel"), "staus": "utkast"})
    made = run(*hook["entry"].split(), cwd=tmp_path)
    assert (made.returncode, "«staus» finns inte" in made.stdout) == (1, True)


# Places and names


def test_a_project_in_a_folder_with_spaces_and_swedish_letters_and_windows_line_ends_builds(tmp_path: Path) -> None:
    project = Project(tmp_path / "Åsas planer, två ö")
    path = project.plan(smallest(titel="Överallt"))
    for file in (path, project.config, project.folder / "docs" / "index.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    made = run("ipsite", "build", "--no-pdf", cwd=project.folder)
    assert made.returncode == 0, made.stderr
    page = (project.site / "planer" / "vera" / "plan" / "index.html").read_bytes()
    assert "Överallt".encode() in page
    assert b"\r" not in page
    assert run("ipsite", "pdf", cwd=project.folder).returncode == 0


@pytest.mark.parametrize("other", ["Vera/plan", "vera/Plan", "VERA/PLAN"])
def test_two_plans_that_only_capitals_tell_apart_are_an_error_that_names_the_file(other: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.plan(smallest(titel="Ett"))
    project.plan(smallest(titel="Två"), other)
    made = run("ipsite", "check", cwd=tmp_path)
    assert made.returncode == 1
    assert f"plans/{other}.yaml" in made.stdout
    assert "IP014" in made.stdout
