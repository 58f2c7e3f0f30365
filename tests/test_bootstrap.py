"""The two commands of the README: what is locked, what the reader is told, and how tools/venv meets a bare machine."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from ipsite import check, cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
SUPPORTED = ("3.11", "3.12", "3.13")

# --- the locks --------------------------------------------------------------------------------------------------------

ASKED_BY_THE_SITE = [
    *PYPROJECT["project"]["dependencies"],
    *PYPROJECT["build-system"]["requires"],
    "click!=8.3.*",  # breaks MkDocs' live reload
    "mkdocs>=1.6.1,<2",
    "mkdocs-material>=9.8,<10",
    "weasyprint>=70",  # 70.0 is a security release
]
ASKED_BY_THE_TESTS = PYPROJECT["dependency-groups"]["test"]


def locked(lock: Path) -> Iterator[tuple[Requirement, str]]:
    """Each requirement of a lock file, with its whole entry."""
    text = re.sub(r"^ *#.*\n", "", lock.read_text("utf-8"), flags=re.MULTILINE)
    for entry in re.split(r"\n(?! )", text.strip()):
        yield Requirement(entry.split(" \\\n")[0]), entry


def versions(lock: str) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for requirement, _ in locked(ROOT / "requirements" / f"{lock}.txt"):
        version = Version(str(requirement.specifier).removeprefix("=="))
        found.setdefault(canonicalize_name(requirement.name), []).append(version)
    return found


def test_the_lock_of_the_web_checks_names_no_address_and_every_checksum() -> None:
    packages = json.loads((ROOT / "checks" / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert fetched
    assert [name for name, entry in fetched.items() if "resolved" in entry or "://" in entry["version"]] == []
    assert [name for name, entry in fetched.items() if not entry["integrity"].startswith("sha512-")] == []


def assert_met(asked: str, lock: str) -> None:
    requirement = Requirement(asked)
    chosen = versions(lock).get(canonicalize_name(requirement.name), [])
    assert chosen, f"{requirement.name} is not in {lock}.txt: run make lock"
    assert all(version in requirement.specifier for version in chosen)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_requirement_is_one_version_with_a_hash(lock: Path) -> None:
    entries = list(locked(lock))
    assert entries
    for requirement, entry in entries:
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_no_address_and_no_place(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host|\bfile:| @ ", text)
    assert not re.search(r"(^|\s)/\w", text)


@pytest.mark.parametrize("asked", ASKED_BY_THE_SITE)
def test_the_locks_keep_the_bounds_of_the_site(asked: str) -> None:
    assert_met(asked, "site")
    assert_met(asked, "test")


@pytest.mark.parametrize("asked", ASKED_BY_THE_TESTS)
def test_the_locks_keep_the_bounds_of_the_tests(asked: str) -> None:
    assert_met(asked, "test")


@pytest.mark.parametrize("python", SUPPORTED)
@pytest.mark.parametrize("system", [("linux", "Linux"), ("darwin", "Darwin")], ids=["linux", "macos"])
def test_the_tests_run_on_the_versions_that_the_site_is_built_with(python: str, system: tuple[str, str]) -> None:
    def chosen(lock: str) -> dict[str, str]:
        here = {
            "python_version": python,
            "python_full_version": f"{python}.9",
            "sys_platform": system[0],
            "platform_system": system[1],
        }
        entries = [found for found, _ in locked(ROOT / "requirements" / f"{lock}.txt")]
        kept = [found for found in entries if found.marker is None or found.marker.evaluate(here)]
        assert len({found.name for found in kept}) == len(kept), "two versions of one package"
        return {found.name: str(found.specifier) for found in kept}

    assert chosen("site").items() <= chosen("test").items()


# --- what the reader is told ------------------------------------------------------------------------------------------


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, flags=re.MULTILINE))


def test_the_readme_begins_with_the_two_commands() -> None:
    first = re.search(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    assert first
    assert re.findall(r"^make (\S+)", first[1], flags=re.MULTILINE) == ["site", "test"]


def test_every_make_command_of_the_readme_is_a_target() -> None:
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", README, flags=re.MULTILINE)) <= targets()


def test_make_alone_lists_every_target() -> None:
    told = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+) +\S", told, flags=re.MULTILINE)) == targets()
    assert targets() >= {"site", "test", "check-plans", "serve", "clean", "lock", "help"}


@pytest.mark.parametrize("name", ["build", "check", "diff"])
def test_the_readme_tells_of_every_option_and_of_no_other(name: str) -> None:
    command = cli.main.commands[name]
    both = re.search(r"^- (`--today .*)$", README, flags=re.MULTILINE)
    own = re.search(rf"^- `ipsite {name}`: (.*?)\n- ", README, flags=re.MULTILINE | re.DOTALL)
    assert both
    assert own
    told = set(re.findall(r"--[a-z-]+", own[1] + both[1]))
    assert told == {name for option in command.params for name in option.opts if name.startswith("--")}


def test_every_command_that_looks_at_the_day_can_be_told_another() -> None:
    with_day = {name for name, command in cli.main.commands.items() if "today" in {one.name for one in command.params}}
    assert with_day == set(cli.main.commands) - {"serve"}  # a preview is of today


def test_the_plans_in_the_guide_for_homes_are_plans(tmp_path: Path) -> None:
    whole, after = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "hemma.md").read_text("utf-8"), flags=re.DOTALL)
    changed = whole[: whole.index("mål:\n")] + after
    for text in (whole, changed):
        (tmp_path / "plan.yaml").write_text(text, "utf-8")
        assert [told for told in check(tmp_path / "plan.yaml", date(2027, 6, 11)) if told.level == "fel"] == []


def test_the_readmes_plan_is_a_valid_plan(tmp_path: Path) -> None:
    example = re.search(r"`(plans/[^`]+\.yaml)`:\n\n```yaml\n(.*?)```", README, flags=re.DOTALL)
    assert example
    plan = tmp_path / example[1]
    plan.parent.mkdir(parents=True)
    plan.write_text(example[2], "utf-8")
    assert [problem for problem in check(tmp_path / "plans", date(2026, 3, 3)) if problem.level == "fel"] == []
    schema = re.search(r"\$schema=(\S+)", example[2])
    assert schema
    assert (ROOT / Path(example[1]).parent / schema[1]).resolve().is_file()


def test_the_readmes_python_tells_every_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text("format: 1\nslag: sipp\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("plans/a.yaml 2 fel IP0")


def test_every_folder_of_the_readme_is_there_or_is_made() -> None:
    listed = re.findall(r"^\| `([a-z/]+)` \|", README, flags=re.MULTILINE)
    assert "plans" in listed
    assert [name for name in listed if name != "site" and not (ROOT / name).is_dir()] == []


def test_ci_runs_the_readmes_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "set -euo pipefail" in script
    assert script.rstrip().splitlines()[-1] == "make test"


# --- a bare machine: tools/venv with everything around it replaced ----------------------------------------------------

BORROWED = ("sh", "dirname", "cat", "cksum", "tail", "env", "mkdir", "rm")

# A Python of a certain age. `venv`, `pip` and the libraries are there or not as files beside it say.
PYTHON = """#!/bin/sh
case "$*" in
  *sys.exit*) exit FITS ;;
  *weasyprint*) test -e "$MACHINE/has-pango" || { echo "OSError: cannot load library" >&2; exit 1; } ;;
  *print*) echo 3.12 ;;
  *ensurepip*) test -e "$MACHINE/has-venv" ;;
  *"import pip"*) : ;;
  *"-m venv"*) mkdir -p .venv/bin; cat "$0" >.venv/bin/python; chmod +x .venv/bin/python
               echo "VIRTUAL_ENV='$PWD/.venv'" >.venv/bin/activate ;;
  *"-m pip"*) echo "$*" >>"$MACHINE/pip.log" ;;
  *) echo "ran: $*" ;;
esac
"""
APT = """#!/bin/sh
echo "$*" >>"$MACHINE/apt.log"
case "$*" in *install*venv*) : >"$MACHINE/has-venv" ;; *install*pango*) : >"$MACHINE/has-pango" ;; esac
"""
BREW = """#!/bin/sh
echo "$*" >>"$MACHINE/brew.log"
case "$*" in *install*pango*) : >"$MACHINE/has-pango" ;; --prefix) echo /opt/homebrew ;; esac
"""


class Machine:
    """A checkout in a folder with a hard name, on a machine that has only what it is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "en mapp med åäö" / "ipsite"
        for name in ("pyproject.toml", "requirements", "tools", "checks/machine"):
            source, copy = ROOT / name, self.project / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, copy) if source.is_dir() else shutil.copy(source, copy)
        (folder / "bin").mkdir()
        for name in (*BORROWED, "chmod"):
            found = shutil.which(name)
            assert found, name
            (folder / "bin" / name).symlink_to(found)

    def give(self, name: str, script: str) -> "Machine":
        program = self.folder / "bin" / name
        program.write_text(script if script.startswith("#!") else f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)
        return self

    def has(self, *things: str) -> "Machine":
        for thing in things:
            (self.folder / f"has-{thing}").touch()
        return self

    def log(self, name: str) -> list[str]:
        log = self.folder / f"{name}.log"
        return log.read_text("utf-8").splitlines() if log.exists() else []

    def run(self, *words: str, script: str = "tools/venv") -> tuple[int, str]:
        ran = subprocess.run(
            ["/bin/sh", str(self.project / script), *words],
            env={
                "PATH": str(self.folder / "bin"),
                "MACHINE": str(self.folder),
                "LC_ALL": os.environ.get("LC_ALL", "C"),
            },
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return ran.returncode, ran.stdout


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Debian, an ordinary user without sudo, Python 3.12."""
    bare = Machine(tmp_path)
    bare.give("uname", "echo Linux").give("id", "echo 1000").give("apt-get", APT)
    return bare.give("python3", PYTHON.replace("FITS", "0"))


def test_a_machine_with_all_is_made_ready_once(machine: Machine) -> None:
    machine.has("venv", "pango")
    assert machine.run("site", "-m", "ipsite", "build")[0] == 0
    installed = machine.log("pip")
    assert ["--require-hashes" in line for line in installed] == [True, False]
    assert "--no-deps --no-build-isolation" in installed[1]
    assert machine.run("site", "-m", "ipsite", "build") == (0, "ran: -m ipsite build\n")
    assert machine.log("pip") == installed
    assert machine.log("apt") == []


@pytest.mark.parametrize("changed", ["requirements/site.txt", "pyproject.toml"])
def test_what_is_locked_anew_is_installed_anew(machine: Machine, changed: str) -> None:
    machine.has("venv", "pango").run("site", "-V")
    with (machine.project / changed).open("a", encoding="utf-8") as file:
        file.write("# ny\n")
    machine.run("site", "-V")
    assert len(machine.log("pip")) == 4


def test_a_moved_folder_gets_a_new_venv(machine: Machine) -> None:
    machine.has("venv", "pango").run("site", "-V")
    machine.project = machine.project.rename(machine.folder / "flyttad")
    status, told = machine.run("site", "-V")
    assert status == 0
    assert "Gör i ordning .venv" in told


def test_without_a_fit_python_one_is_told_what_to_type(machine: Machine) -> None:
    status, told = machine.give("python3", PYTHON.replace("FITS", "1")).run("site", "-V")
    assert status == 1
    assert "Ingen Python 3.11–3.14 hittades" in told
    assert "sudo apt install python3 python3-venv" in told
    assert "brew install python@3.13" in told


def test_a_fit_python_under_another_name_is_found(machine: Machine) -> None:
    machine.give("python3", PYTHON.replace("FITS", "1")).give("python3.12", PYTHON.replace("FITS", "0"))
    assert machine.has("venv", "pango").run("site", "-V")[0] == 0


def test_without_venv_one_is_told_the_package_of_that_python(machine: Machine) -> None:
    status, told = machine.has("pango").run("site", "-V")
    assert status == 1
    assert "sudo apt install python3.12-venv" in told
    assert machine.log("apt") == []
    assert not (machine.project / ".venv").exists()


def test_without_pango_one_is_told_what_to_type_and_the_next_run_looks_again(machine: Machine) -> None:
    status, told = machine.has("venv").run("site", "-V")
    assert status == 1
    assert "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in told
    assert "OSError: cannot load library" in told
    assert machine.log("apt") == []
    assert machine.has("pango").run("site", "-V")[0] == 0


def test_root_on_debian_gets_what_is_missing(machine: Machine) -> None:
    status, _ = machine.give("id", "echo 0").run("site", "-V")
    assert status == 0
    asked = [line.split() for line in machine.log("apt")]
    assert [("update" in words, words[-1]) for words in asked] == [
        (True, "update"),
        (False, "python3.12-venv"),
        (True, "update"),
        (False, "libharfbuzz-subset0"),
    ]


@pytest.mark.parametrize(("sudo", "status"), [('shift; [ "$1" = true ] || "$@"', 0), ("exit 1", 1)])
def test_sudo_is_used_only_when_it_asks_for_no_password(machine: Machine, sudo: str, status: int) -> None:
    assert machine.has("venv").give("sudo", sudo).run("site", "-V")[0] == status
    assert bool(machine.log("apt")) == (status == 0)


def test_on_macos_homebrew_brings_pango(machine: Machine) -> None:
    status, _ = machine.has("venv").give("uname", "echo Darwin").give("brew", BREW).run("site", "-V")
    assert status == 0
    assert "install --quiet pango" in machine.log("brew")


def test_on_macos_without_homebrew_one_is_told_what_to_type(machine: Machine) -> None:
    status, told = machine.has("venv").give("uname", "echo Darwin").run("site", "-V")
    assert status == 1
    assert "brew install pango" in told


# --- the programs of the checks of accessibility ----------------------------------------------------------------------

CHECKING = {
    "chromium": "chromium", "java": "default-jre-headless", "node": "nodejs npm", "javac": "default-jdk-headless",
    "qpdf": "qpdf", "firefox-esr": "firefox-esr", "hunspell": "hunspell hunspell-sv", "pdftoppm": "poppler-utils",
    "openssl": "openssl",
}  # fmt: skip
# What apt brings: a program for each package that it is asked for.
BRINGS = """#!/bin/sh
echo "$*" >>"$MACHINE/apt.log"
case "$*" in *install*) ;; *) exit ;; esac
for program in PROGRAMS; do
    printf '#!/bin/sh\\n' >"$MACHINE/bin/$program"
    chmod +x "$MACHINE/bin/$program"
done
"""


def test_without_the_programs_of_the_checks_one_is_told_what_to_type(machine: Machine) -> None:
    status, told = machine.run(script="checks/machine")
    assert status == 2
    assert f"sudo apt install {' '.join(CHECKING.values())}" in told
    status, told = machine.run("web", script="checks/machine")
    assert (status, "sudo apt install chromium default-jre-headless nodejs npm \n" in told) == (2, True)
    assert machine.log("apt") == []


@pytest.mark.parametrize("lacking", CHECKING)
def test_only_what_is_missing_is_named(lacking: str, machine: Machine) -> None:
    for program in {*CHECKING, "npm"} - {lacking}:
        machine.give(program, "exit 0")
    status, told = machine.run(script="checks/machine")
    assert status == 2
    assert f"sudo apt install {CHECKING[lacking]} \n" in told


def test_root_gets_the_programs_of_the_checks_once(machine: Machine) -> None:
    machine.give("id", "echo 0").give("apt-get", BRINGS.replace("PROGRAMS", " ".join([*CHECKING, "npm"])))
    assert machine.run(script="checks/machine")[0] == 0
    assert machine.log("apt")[1].endswith(" ".join(CHECKING.values()))
    assert machine.run(script="checks/machine") == (0, "")
    assert machine.run("chromium", script="checks/machine")[1].strip().endswith("/bin/chromium")
    assert len(machine.log("apt")) == 2


def test_a_machine_of_the_checks_sees_to_all_that_tests_ask_for() -> None:
    """Every «sudo apt install» that a test says must be a package that checks/machine brings."""
    asked = {
        package
        for path in (ROOT / "tests").glob("*.py")
        if path.name != Path(__file__).name
        for line in re.findall(r"sudo apt install ([a-z0-9 -]+)", path.read_text("utf-8"))
        for package in line.split()
    }
    assert asked
    assert asked <= {package for packages in CHECKING.values() for package in packages.split()}
