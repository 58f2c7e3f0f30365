"""The Containerfile: what it copies and runs, and, with `make check-accessibility`, its steps done for real.

No registry of images is asked. The steps are done in an empty environment instead of an image, and what they made is
then used where there is no network.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from site_helpers import ROOT

TEXT = (ROOT / "Containerfile").read_text("utf-8")
STEPS = [
    (line.split(None, 1)[0], line.split(None, 1)[1])
    for line in re.sub(r"\s*\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", TEXT)).splitlines()
    if line.strip()
]


def steps(kind: str) -> list[str]:
    return [rest for name, rest in STEPS if name == kind]


def test_the_image_is_made_of_a_python_that_the_project_has_locks_for() -> None:
    assert steps("FROM") == ["${BASE}"]
    (base,) = steps("ARG")
    assert re.fullmatch(r"BASE=docker\.io/library/python:3\.1[123]-slim-\w+", base)


def test_pango_is_the_same_as_tools_venv_asks_for() -> None:
    (wanted,) = re.findall(r"debian_pango='(.+)'", (ROOT / "tools" / "venv").read_text("utf-8"))
    assert wanted in steps("RUN")[0]


def test_only_what_is_locked_is_fetched_and_the_program_itself_without_the_net() -> None:
    installs = [run for run in steps("RUN") if "pip install" in run]
    assert len(installs) == 2
    assert all(word in installs[0] for word in ("--require-hashes", "--only-binary :all:", "requirements/site.txt"))
    assert all(word in installs[1] for word in ("--no-index", "--no-deps", "--no-build-isolation"))


def test_all_that_is_copied_is_there_and_no_plan_is() -> None:
    rules = (ROOT / ".dockerignore").read_text("utf-8").split("\n")
    let_in = [rule[1:] for rule in rules if rule.startswith("!")]
    sources = [name for copy in steps("COPY") for name in shlex.split(copy)[:-1]]
    assert "*" in rules
    assert sorted(sources) == sorted(let_in)
    assert all((ROOT / name).exists() for name in sources)
    assert not any(fnmatch(name, "plans*") for name in let_in)


def test_the_guide_and_the_file_itself_say_the_same_commands() -> None:
    guide = (ROOT / "docs" / "hemma.md").read_text("utf-8")
    assert "docker build -t ipsite -f Containerfile ." in guide
    for text in (guide, TEXT):
        assert re.search(r'run --rm -it --network none -v "\$\{?PWD\}?:/planer" ipsite build', text)
    assert shlex.split(steps("WORKDIR")[0]) == ["/planer"]


@pytest.mark.accessibility  # of the slow ones
def test_the_steps_make_a_program_that_builds_where_there_is_no_network(tmp_path: Path) -> None:
    image, plans = tmp_path / "image", tmp_path / "planer"
    for copy in steps("COPY"):
        *sources, target = shlex.split(copy)
        for name in sources:
            into = image / target.lstrip("/")
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, into, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                into = into / Path(name).name if target.endswith("/") else into
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, into)
    for run in steps("RUN")[1:]:  # the first is Debian's packages, which are here
        command = run.replace("/opt/", f"{image}/opt/").replace("python3 ", f"{sys.executable} ")
        made = subprocess.run(["sh", "-ec", command], capture_output=True, text=True, check=False, timeout=500)
        assert made.returncode == 0, made.stderr
    plans.mkdir()
    (program,) = [word.strip('[]"') for word in steps("ENTRYPOINT")]
    environment = {"HOME": str(tmp_path), "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
    for arguments in (["init", "."], ["check"], ["build", "--jobs", "2"], ["pdf"]):
        alone = ["unshare", "--map-root-user", "--net", f"{image}{program}", *arguments]
        made = subprocess.run(
            alone, cwd=plans, env=environment, capture_output=True, text=True, check=False, timeout=200
        )
        assert made.returncode == 0, made.stdout + made.stderr
    assert (plans / "site" / "index.html").is_file()
    assert list((plans / "papper").glob("*.pdf"))
