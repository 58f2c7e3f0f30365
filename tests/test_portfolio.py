"""portfolio.py: which plan files there are, and which files cannot be plans."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ipsite import portfolio


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

    def test_does_not_ask_to_rename_the_settings(self, tmp_path: Path) -> None:
        put(tmp_path, "mkdocs.yml")
        assert "Byt namn" not in portfolio.misnamed(tmp_path / "mkdocs.yml", tmp_path).hint

    def test_tells_of_the_end_that_notepad_adds(self, root: Path) -> None:
        put(root, "ip-2026.yaml.txt")
        [problem] = portfolio.find(root)[1]
        assert "slutar på .txt" in problem.message
        assert "filnamnstillägg" in problem.hint

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
    listing = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
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


class TestShown:
    def test_is_from_the_current_folder(self, root: Path) -> None:
        assert portfolio.shown(root / "a.yaml") == "plans/a.yaml"
        assert portfolio.shown(Path("plans/a.yaml")) == "plans/a.yaml"

    def test_is_whole_when_it_lies_elsewhere(self, root: Path) -> None:
        assert portfolio.shown(Path("/elsewhere/a.yaml")) == "/elsewhere/a.yaml"
