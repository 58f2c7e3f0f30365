"""portfolio.py: which plan files there are, and which files cannot be plans."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from plan_samples import refuse_to_list
from site_helpers import PLANS

from ipsite import portfolio
from ipsite.cli import main


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder `plans` in the current folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "plans"
    folder.mkdir()
    return folder


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("format: 1\n")


def codes(root: Path) -> dict[str, str]:
    return {problem.file: problem.code for problem in portfolio.find(root)[1]}


class TestFind:
    def test_gives_files_and_ids_in_order(self, root: Path) -> None:
        put(root, "b/ip-2026.yaml", "a.yaml", "b/c/d.yaml")
        found, problems = portfolio.find(root)
        assert problems == []
        assert [(plan.id, plan.file) for plan in found] == [
            ("a", "plans/a.yaml"), ("b/c/d", "plans/b/c/d.yaml"), ("b/ip-2026", "plans/b/ip-2026.yaml"),
        ]  # fmt: skip

    def test_passes_over_what_is_no_plan(self, root: Path) -> None:
        put(root, "alva.png", "README.md", ".hidden.yaml", ".git/a.yaml", "anteckning.txt")
        assert portfolio.find(root) == ([], [])

    @pytest.mark.parametrize(
        "name",
        [
            "IP.yaml", "ip 2026.yaml", "ip_2026.yaml", "å.yaml", "ip.2026.yaml", "ip.yml", "ip.YAML", "Alva/ip.yaml",
            "a b/ip.yaml", "a/é.yml", "ip-2026.yaml.txt", "IP.YML.TXT", "a/ip.Yaml.txt",
        ],
    )  # fmt: skip
    def test_tells_of_names_that_cannot_be_ids(self, root: Path, name: str) -> None:
        put(root, name)
        assert portfolio.find(root)[0] == []
        assert codes(root) == {f"plans/{name}": "IP014"}

    @pytest.mark.parametrize(
        ("name", "right"),
        [
            ("Åsas plan.yaml", "asas-plan.yaml"), ("a b/ip 1.yml", "a-b/ip-1.yaml"), ("IP.YAML", "ip.yaml"),
            ("A\u030asa.yaml", "asa.yaml"), ("ip-2026.yaml.txt", "ip-2026.yaml"), ("Ip.YML.TXT", "ip.yaml"),
        ],
    )  # fmt: skip
    def test_shows_the_right_name(self, root: Path, name: str, right: str) -> None:
        put(root, name)
        [problem] = portfolio.find(root)[1]
        if (root / right).exists():
            pytest.skip("the file system does not tell large letters from small")
        assert problem.hint.startswith(f"Byt namn till «{right}». ")

    @pytest.mark.parametrize("name", ["Ζήνων.yaml", "___.yaml", "søren.yaml"])
    def test_shows_no_right_name_that_says_less(self, root: Path, name: str) -> None:
        put(root, name, "x.yaml")
        [problem] = portfolio.find(root)[1]
        assert "Byt namn" not in problem.hint

    @pytest.mark.parametrize("name", ["bra.yml", "bra.yaml.txt"])
    def test_tells_of_a_copy_of_a_plan(self, root: Path, name: str) -> None:
        put(root, name, "bra.yaml")
        [problem] = portfolio.find(root)[1]
        assert problem.hint.startswith("Det finns redan en plan som heter «bra.yaml». ")
        assert "Byt namn" not in problem.hint

    @pytest.mark.parametrize("name", ["ip-2026 kopia.yaml", "Kopia av ip.yaml", "ip - Copy.yaml", "ip-2026 (1).yaml"])
    def test_tells_of_what_is_named_as_a_copy(self, root: Path, name: str) -> None:
        put(root, name)
        [problem] = portfolio.find(root)[1]
        assert problem.hint.startswith("Är filen en kopia, flytta den ut ur «plans». Byt annars namn till «")

    def test_does_not_ask_to_rename_the_settings(self, tmp_path: Path) -> None:
        put(tmp_path, "mkdocs.yml")
        assert "Byt namn" not in portfolio.misnamed(tmp_path / "mkdocs.yml", tmp_path).hint

    def test_tells_of_the_end_that_notepad_adds(self, root: Path) -> None:
        put(root, "ip-2026.yaml.txt")
        [problem] = portfolio.find(root)[1]
        assert "slutar på .txt" in problem.message
        assert "filnamnstillägg" in problem.hint

    @pytest.mark.parametrize("name", ["ip-2026.yaml.rtf", "ip-2026.yml.docx"])
    def test_tells_of_a_plan_that_was_saved_as_a_document(self, name: str, root: Path) -> None:
        put(root, name)
        assert codes(root) == {f"plans/{name}": "IP051"}

    @pytest.mark.parametrize("name", ["ip.docx", "a/Alvas plan.DOC", "ip.odt", "ip.rtf", "ip.pages"])
    def test_gives_a_tip_of_a_document_that_somebody_may_think_is_a_plan(self, name: str, root: Path) -> None:
        put(root, name, "a/~$Alvas plan.docx", ".stversions/ip.docx", "beslut.pdf", "b.yaml")
        found, [problem] = portfolio.find(root)
        assert [plan.id for plan in found] == ["b"]
        assert (problem.code, problem.level, problem.file) == ("IP052", "tips", f"plans/{name}")

    def test_shows_a_name_of_odd_bytes_so_that_it_can_be_printed(self, root: Path) -> None:
        try:
            (root / os.fsdecode(b"\xff\x1b[31m\n.yaml")).write_text("")
        except OSError:
            pytest.skip("the file system refuses such names")
        [problem] = portfolio.find(root)[1]
        assert problem.file == "plans/��[31m�.yaml"
        assert problem.file.encode()


class TestLinks:
    def test_inside_the_folder_are_plans_like_others(self, root: Path) -> None:
        put(root, "a.yaml")
        (root / "b.yaml").symlink_to("a.yaml")
        assert [plan.id for plan in portfolio.find(root)[0]] == ["a", "b"]

    def test_out_of_the_folder_are_told_and_not_read(self, root: Path) -> None:
        put(root.parent, "secret.yaml")
        (root / "a.yaml").symlink_to("../secret.yaml")
        assert portfolio.find(root)[0] == []
        assert codes(root) == {"plans/a.yaml": "IP013"}

    def test_to_folders_outside_are_told_and_not_followed(self, root: Path) -> None:
        put(root.parent, "elsewhere/a.yaml")
        (root / "b").symlink_to("../elsewhere")
        assert portfolio.find(root)[0] == []
        assert codes(root) == {"plans/b": "IP013"}

    def test_to_folders_inside_are_not_followed(self, root: Path) -> None:
        put(root, "a/ip.yaml")
        (root / "b").symlink_to("a")
        (root / "a" / "up").symlink_to("..")
        found, problems = portfolio.find(root)
        assert [plan.id for plan in found] == ["a/ip"]
        assert problems == []

    def test_to_themselves_are_told(self, root: Path) -> None:
        (root / "a.yaml").symlink_to("a.yaml")
        (root / "b").symlink_to("b")
        found, _ = portfolio.find(root)
        assert [plan.id for plan in found] in ([], ["a"])  # Python 3.13 leaves it to the reading

    def test_to_nothing_are_left_to_the_reading(self, root: Path) -> None:
        (root / "a.yaml").symlink_to("nothing.yaml")
        found, problems = portfolio.find(root)
        assert [plan.id for plan in found] == ["a"]
        assert problems == []

    def test_may_lead_to_the_folder_itself(self, root: Path, tmp_path: Path) -> None:
        put(root, "a.yaml")
        (tmp_path / "link").symlink_to(root)
        assert [plan.id for plan in portfolio.find(tmp_path / "link")[0]] == ["a"]


def test_a_folder_that_cannot_be_listed_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "a.yaml", "b/c.yaml")
    refuse_to_list("b", monkeypatch)
    assert [plan.id for plan in portfolio.find(root)[0]] == ["a"]
    assert codes(root) == {"plans/b": "IP001"}


class TestRoot:
    def test_is_the_nearest_folder_called_plans(self, root: Path) -> None:
        put(root, "alva/ip.yaml")
        for path in (root, root / "alva", root / "alva" / "ip.yaml", Path("plans/alva")):
            assert portfolio.root_of(path) == root.resolve()

    def test_is_else_the_folder_itself(self, root: Path) -> None:
        put(root.parent, "mina/ip.yaml")
        assert portfolio.root_of(Path("mina")) == Path("mina")
        assert portfolio.root_of(Path("mina/ip.yaml")) == Path("mina")

    def test_of_a_project_is_its_folder_plans(self, root: Path) -> None:
        put(root, "alva/ip.yaml")
        (root.parent / "mkdocs.yml").touch()
        assert portfolio.root_of(root.parent) == portfolio.root_of(root.parent / "mkdocs.yml") == root


class TestShown:
    def test_is_from_the_current_folder(self, root: Path) -> None:
        assert portfolio.shown(root / "a.yaml") == "plans/a.yaml"
        assert portfolio.shown(Path("plans/a.yaml")) == "plans/a.yaml"

    def test_is_whole_when_it_lies_elsewhere(self, root: Path) -> None:
        assert portfolio.shown(Path("/elsewhere/a.yaml")) == "/elsewhere/a.yaml"


# --- One way to name a plan ---------------------------------------------------------------------------------------

SPELLINGS = [
    "alva/ip-2026", "alva/ip-2026.yaml", "alva/ip-2026.yml", "plans/alva/ip-2026", "plans/alva/ip-2026.yaml",
    "./plans/alva/ip-2026.yaml", "./plans/alva/ip-2026", "plans/../plans/alva/ip-2026", "{whole}/plans/alva/ip-2026",
    "{whole}/plans/alva/ip-2026.yaml",
]  # fmt: skip
NO_PLAN = ["alva/ip-2062", "plans/alva/ip-2062.yaml", "ip-2026", "å" * 300, "alva/ip-2026.txt"]
COMMANDS = {
    "check": ["check", "--format", "json", "{name}"],
    "diff": ["diff", "--format", "json", "{name}"],
    "pdf": ["pdf", "--list", "{name}"],
    "new": ["new", "nyast", "--from", "{name}"],
}


@pytest.fixture
def plans_of_alva(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(PLANS / "alva", tmp_path / "plans" / "alva")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def say(command: str, name: str, whole: Path) -> Result:
    words = [word.format(name=name.format(whole=whole)) for word in COMMANDS[command]]
    made = CliRunner().invoke(main, [*words, "--today", "2026-11-22"])
    assert made.exception is None or isinstance(made.exception, SystemExit), made.exception
    return made


def meant(command: str, told: Result, folder: Path) -> str:
    """The id of the plan that a command took."""
    if command == "check":
        answer = json.loads(told.output)
        assert answer["plans"] == 1
        return "alva/ip-2026"
    if command == "diff":
        return str(json.loads(told.output)["new"])
    if command == "pdf":
        [line] = [line for line in told.output.splitlines() if line.startswith("alva/")]
        return line.partition(":")[0]
    [line] = [
        line for line in (folder / "plans/nyast.yaml").read_text("utf-8").splitlines() if line.startswith("ersätter:")
    ]
    return line.partition(": ")[2]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", SPELLINGS)
def test_a_plan_is_named_in_the_same_ways_for_every_command(name: str, command: str, plans_of_alva: Path) -> None:
    told = say(command, name, plans_of_alva)
    assert told.exit_code == 0, told.output
    assert meant(command, told, plans_of_alva) == "alva/ip-2026"


@pytest.mark.parametrize("command", ["check", "diff", "new"])
@pytest.mark.parametrize("name", NO_PLAN)
def test_what_names_no_plan_names_none_for_any_command(name: str, command: str, plans_of_alva: Path) -> None:
    told = say(command, name, plans_of_alva)
    assert told.exit_code in (1, 2)
    assert f"{Path(name).as_posix()} finns inte" in told.stderr
    assert not (plans_of_alva / "plans/nyast.yaml").exists()


def test_a_folder_is_plans_to_check_and_no_plan(plans_of_alva: Path) -> None:
    assert json.loads(say("check", "plans/alva", plans_of_alva).output)["plans"] > 1
    for command in ("diff", "new"):
        assert "Planen plans/alva finns inte" in say(command, "plans/alva", plans_of_alva).stderr


def test_a_file_elsewhere_is_no_old_plan_to_go_on_from(plans_of_alva: Path) -> None:
    shutil.copy(plans_of_alva / "plans/alva/ip-2026.yaml", plans_of_alva / "usb.yaml")
    assert "Planen usb.yaml finns inte i mappen plans." in say("new", "usb.yaml", plans_of_alva).stderr
    assert portfolio.id_of(Path("usb.yaml"), Path("plans")) is None
    assert say("check", "usb.yaml", plans_of_alva).exit_code in (0, 1)


def test_a_folder_is_found_from_here_and_among_the_plans_and_nowhere_else(root: Path) -> None:
    put(root, "a/ip.yaml", "b/c/ip.yaml")
    put(root.parent, "a/bild.png", "annat/ip.yaml")
    here = {"a": root / "a", "plans/a": Path("plans/a"), "b/c": root / "b" / "c", ".": Path()}
    nowhere = dict.fromkeys(("annat", "ip", "å" * 999))
    assert {name: portfolio.folder_named(name, root) for name in here | nowhere} == here | nowhere
