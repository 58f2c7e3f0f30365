"""check.py and its command: from folders of plan files to problems, exit codes and JSON."""

from __future__ import annotations

import gc
import json
import os
import pty
import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
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
from site_helpers import ROOT
from test_load import HOSTILE

import ipsite
from ipsite import faults, raw
from ipsite.checking import LONGEST
from ipsite.collector import no_collector
from ipsite.load import MAX_VALUES, read
from ipsite.rules import RULES

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


def put(root: Path, **plans: dict[str, Any] | str) -> Path:
    """A folder `plans` under `root` with these plans; `__` stands for a folder."""
    for name, plan in plans.items():
        file = root / "plans" / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(plan if isinstance(plan, str) else as_yaml(plan)[0], "utf-8")
    return root / "plans"


def form_codes(problems: list[Any]) -> list[str]:
    return [problem.code for problem in problems if is_form(problem.code)]


class TestCheck:
    def test_gives_problems_as_values(self, tmp_path: Path) -> None:
        root = put(tmp_path, a=small_plan(status="klar"))
        [problem] = ipsite.check(root, date(2026, 11, 22))
        assert isinstance(problem, ipsite.Problem)
        assert (problem.code, problem.level, problem.line) == ("IP023", "fel", 4)

    def test_of_one_file_looks_for_references_in_the_whole_folder(self, tmp_path: Path) -> None:
        put(tmp_path, alva__b=small_plan(ersätter="a"), alva__a=small_plan(status="klar"))
        assert form_codes(ipsite.check(tmp_path / "plans" / "alva" / "b.yaml", date(2026, 11, 22))) == []

    def test_of_a_folder_inside_keeps_to_it(self, tmp_path: Path) -> None:
        root = put(tmp_path, a__x=small_plan(status="klar"), b__x=small_plan(ersätter="a/x"))
        (root / "a" / "Fel Namn.yaml").write_text("")
        assert form_codes(ipsite.check(root / "b", date(2026, 11, 22))) == []
        assert form_codes(ipsite.check(root / "a", date(2026, 11, 22))) == ["IP014", "IP023"]

    def test_of_what_is_not_there_is_an_error_of_the_caller(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            ipsite.check(tmp_path / "nej", date(2026, 11, 22))

    def test_tells_all_problems_of_all_files_in_reading_order(self, tmp_path: Path) -> None:
        bad = small_plan(status="klar", skriven="i mars")
        root = put(tmp_path, b=bad, a__c=bad, a__b="titel: ]\n")
        problems = ipsite.check(root, date(2026, 11, 22))
        told = [(problem.file.rpartition("plans/")[2], problem.line) for problem in problems]
        assert told == [("a/b.yaml", 1), ("a/c.yaml", 3), ("a/c.yaml", 4), ("b.yaml", 3), ("b.yaml", 4)]

    def test_of_links_tells_of_those_that_lead_out(self, tmp_path: Path) -> None:
        root = put(tmp_path, a=small_plan())
        (tmp_path / "secret.yaml").write_text("hemlig: [")
        (root / "b.yaml").symlink_to("../secret.yaml")
        (root / "c").symlink_to("..")
        (root / "d.yaml").symlink_to("d.yaml")
        (root / "e.yaml").symlink_to("nothing.yaml")
        codes = [problem.code for problem in ipsite.check(root, date(2026, 11, 22)) if is_form(problem.code)]
        assert codes[:2] == ["IP013", "IP013"]
        assert set(codes[2:]) <= {"IP001", "IP013"}
        assert len(codes) == 4

    def test_tells_of_a_picture_that_is_cut_off(self, tmp_path: Path) -> None:
        """As one that was not copied to its end. The build would stop at it."""
        root = put(tmp_path, a=small_plan(person={"namn": "Vera Vall", "bild": "vera.jpg"}))
        Image.frombytes("L", (300, 200), random.Random(1).randbytes(60_000)).save(root / "vera.jpg")
        assert "IP050" not in form_codes(ipsite.check(root, date(2026, 11, 22)))
        whole = (root / "vera.jpg").read_bytes()
        (root / "vera.jpg").write_bytes(whole[: len(whole) // 2])
        [problem] = [one for one in ipsite.check(root, date(2026, 11, 22)) if one.code == "IP050"]
        assert problem.message == "Bilden går inte att läsa."

    @pytest.mark.parametrize(
        ("field", "expected"),
        [
            ("anledning: " + "x" * LONGEST, []),
            (f"anledning: {'x' * LONGEST} {'x' * LONGEST}", []),
            ("anledning: " + "x" * (LONGEST + 1), ["IP019"]),
            ("anledning: " + "hej\u00a0då\u00a0" * 300, ["IP019"]),
            ('anledning: "' + "x\\\n  " * (LONGEST + 1) + '"', ["IP019"]),
            ("anledning: |\n" + "  x\n" * (LONGEST + 1), []),
            (f"x_kladd: &a {'x' * (LONGEST + 1)}\nanledning: Kort.", []),
            (f"x_kladd: &a {'x' * (LONGEST + 1)}\nanledning: *a", ["IP019"]),
        ],
        ids=["as long as may be", "two", "too long", "hard blanks", "joined", "lines", "kept by others", "by an alias"],
    )
    def test_tells_of_a_text_in_which_no_line_can_end(self, field: str, expected: list[str], tmp_path: Path) -> None:
        """A picture that was pasted as text. It took a minute and a half to print, and then failed."""
        plan = small_plan()
        del plan["anledning"]
        put(tmp_path, a=as_yaml(plan)[0] + field + "\n")
        found = ipsite.check(tmp_path, date(2026, 11, 22))
        assert [one.code for one in found if one.level == "fel"] == expected
        assert all(one.where == "anledning" for one in found if one.code == "IP019")

    def test_tells_of_a_wrong_name_in_a_folder_that_a_link_leads_to(self, tmp_path: Path) -> None:
        (tmp_path / "egna").mkdir()
        (tmp_path / "egna" / "Å.yaml").write_text("titel: x\n")
        (tmp_path / "länk").symlink_to("egna")
        assert [problem.code for problem in ipsite.check(tmp_path / "länk", date(2026, 11, 22))] == ["IP014"]

    def test_changes_no_file(self, tmp_path: Path) -> None:
        root = put(tmp_path, a=small_plan(status="klar"), b="titel: [\n")
        before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*")}
        ipsite.check(root, date(2026, 11, 22))
        assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*")} == before


MEASURED = """
import re, sys
from datetime import date
from pathlib import Path
from ipsite.checking import check_paths, problems_of
found = {"problems_of": problems_of, "check_paths": check_paths}[sys.argv[1]]([Path("plans")], date(2026, 11, 22))
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(len(found.files), len(found.plans), peak)
"""


def test_a_large_portfolio_is_checked_in_the_memory_of_a_small_one(tmp_path: Path) -> None:
    text = (ROOT / "plans" / "alva" / "ip-2026.yaml").read_text("utf-8")
    (tmp_path / "plans").mkdir()
    peaks = {}
    for count in (20, 400):
        for number in range(count):
            (tmp_path / "plans" / f"plan-{number}.yaml").write_text(text.replace("Alva ", f"Alva {number}"), "utf-8")
        for way in ("problems_of", "check_paths"):
            files, plans, peak = measured(tmp_path, way)
            assert (files, plans) == (count, count if way == "check_paths" else 0)
            peaks[way, count] = peak
    streamed, whole = (peaks[way, 400] - peaks[way, 20] for way in ("problems_of", "check_paths"))
    assert streamed < whole / 3


def test_hostile_files_are_checked_in_little_memory(tmp_path: Path) -> None:
    peaks = []
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text("x: 1", "utf-8")
    for number, written in enumerate(["", *(make() for make, _ in HOSTILE.values())]):
        content = written if isinstance(written, bytes) else written.encode("utf-8")
        (tmp_path / "plans" / f"fil-{number}.yaml").write_bytes(content)
        if number in (0, len(HOSTILE)):
            peaks.append(measured(tmp_path, "problems_of"))
    (few, _, small), (many, _, large) = peaks
    assert (few, many) == (2, len(HOSTILE) + 2)
    assert large - small < 100_000  # KiB; the files are 14 MB


def measured(folder: Path, way: str) -> tuple[int, int, int]:
    """How many files and plans there were, and the most memory that was used, in KiB."""
    command, path = [sys.executable, "-c", MEASURED, way], {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, cwd=folder, env=path, capture_output=True, text=True, check=True)
    files, plans, peak = map(int, told.stdout.split())
    return files, plans, peak


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer_of(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run("check", "--format", "json", "--today", TODAY, *arguments).stdout)
    return answer


class TestCommand:
    def test_ends_with_0_when_nothing_is_wrong(self, here: Path) -> None:
        put(here, a=small_plan())
        assert run("check", "--today", TODAY).exit_code == 0

    def test_ends_with_1_when_something_is_wrong(self, here: Path) -> None:
        put(here, a=small_plan(status="klar"))
        assert run("check", "--today", TODAY).exit_code == 1

    @pytest.mark.parametrize(
        "arguments",
        [
            ["finns-inte"],
            ["--today", "igår"],
            ["--today", "2026-02-30"],
            ["--format", "xml"],
            ["--okänd"],
            ["--ignore", "IP999"],
        ],
    )  # fmt: skip
    def test_ends_with_2_when_used_wrongly_and_prints_nothing(self, here: Path, arguments: list[str]) -> None:
        put(here, a=small_plan())
        result = run("check", *arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr

    def test_ends_with_2_where_there_is_no_folder_plans(self, here: Path) -> None:
        result = run("check")
        assert result.exit_code == 2
        assert "plans finns inte" in result.stderr

    def test_checks_the_folder_plans_unless_told_otherwise(self, here: Path) -> None:
        put(here, a=small_plan())
        assert answer_of()["plans"] == 1
        assert answer_of("plans/a.yaml")["plans"] == 1

    def test_of_an_empty_folder_finds_nothing(self, here: Path) -> None:
        (here / "plans").mkdir()
        assert answer_of() == {"problems": [], "plans": 0}

    def test_counts_a_plan_once_however_often_it_is_named(self, here: Path) -> None:
        put(here, a__x=small_plan(status="klar"))
        answer = answer_of("plans", "plans/a", "plans/a/x.yaml", str(here / "plans"))
        assert answer["plans"] == 1
        assert len(answer["problems"]) == 1

    def test_looks_where_the_settings_say_that_the_plans_are(self, here: Path) -> None:
        other = [{"slag": "SIP", "gäller": "Vården", "plan": "b/annan"}]
        put(here, a__ip=small_plan(andra_planer=other), b__annan=small_plan()).rename(here / "planerna")
        put(here, a=small_plan(status="klar"))  # in a folder that nobody asked about
        settings = "site_name: A\nplugins: [ipsite: {plans_dir: planerna}]\ntheme: {name: material, language: sv}\n"
        (here / "mkdocs.yml").write_text(settings)
        (here / "docs").mkdir()
        for asked, plans in (((), 2), (("planerna/a",), 1), (("a",), 1), (("b/annan",), 1), (("planerna/a/ip",), 1)):
            answer = answer_of(*asked)
            assert (answer["plans"], {one["level"] for one in answer["problems"]}) == (plans, {"varning"}), asked

        (here / "mkdocs.yml").write_text(settings.replace("planerna", "."))
        (here / "planerna").rename(here / "docs" / "a")
        assert (answer_of()["plans"], [one["code"] for one in answer_of()["problems"]][:1]) == (1, ["IP023"])

    def test_needs_no_more_of_the_settings_than_where_the_plans_are(self, here: Path) -> None:
        put(here, a=small_plan())
        (here / "mkdocs.yml").write_text("1")
        assert answer_of()["plans"] == 1

    def test_of_a_file_with_a_wrong_name_tells_so(self, here: Path) -> None:
        put(here, a=small_plan())
        (here / "plans" / "a.yaml").rename(here / "plans" / "A.yaml")
        assert [problem["code"] for problem in answer_of("plans/A.yaml")["problems"]] == ["IP014"]

    def test_answers_json_in_the_shape_of_the_contract(self, here: Path) -> None:
        put(here, a=small_plan(status="klar"), b=small_plan())
        answer = answer_of()
        assert list(answer) == ["problems", "plans"]
        assert answer["plans"] == 2
        for problem in answer["problems"]:
            assert list(problem) == KEYS
            assert type(problem["line"]) is type(problem["column"]) is int
            assert problem["level"] in ("fel", "varning", "tips")

    def test_writes_nothing_but_json_on_stdout(self, here: Path) -> None:
        put(here, a=small_plan(status="klar"))
        result = run("check", "--format", "json", "--today", TODAY)
        assert result.stderr == ""
        assert json.loads(result.stdout)
        assert "närstående" not in result.stdout

    def test_writes_swedish_as_it_is_spelt(self, here: Path) -> None:
        put(here, a=small_plan(skriven="i mars"))
        assert "ÅÅÅÅ-MM-DD" in run("check", "--format", "json", "--today", TODAY).stdout

    def test_shows_each_problem_in_text_too(self, here: Path) -> None:
        put(here, a=small_plan(status="klar"))
        shown = run("check", "--today", TODAY).stdout
        for words in ("plans/a.yaml:4:9", "fel", "IP023", "utkast · gällande · avslutad", "1 plan"):
            assert words in shown

    def test_counts_warnings_as_errors_when_it_is_to_be_strict(self, here: Path) -> None:
        put(here, a=small_plan())
        assert {problem["level"] for problem in answer_of()["problems"]} == {"varning"}
        assert run("check", "--today", TODAY).exit_code == 0
        strict = run("check", "--today", TODAY, "--strict", "--format", "json")
        assert strict.exit_code == 1
        assert {problem["level"] for problem in json.loads(strict.stdout)["problems"]} == {"fel"}

    def test_leaves_a_rule_without_a_remark_and_the_others_with(self, here: Path) -> None:
        put(here, a=small_plan())
        codes = {problem["code"] for problem in answer_of()["problems"]}
        assert {"IP101", "IP102", "IP107"} <= codes
        left = {problem["code"] for problem in answer_of("--ignore", "IP101", "--ignore", "IP107")["problems"]}
        assert left == codes - {"IP101", "IP107"}

    @pytest.mark.parametrize("code", ["IP501", "IP040"])
    def test_does_not_leave_an_error_without_a_remark(self, code: str, here: Path) -> None:
        put(here, a=small_plan())
        result = run("check", "--ignore", code)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{code} är ett fel och kan inte lämnas utan anmärkning." in result.stderr

    def test_leaves_a_document_without_a_remark(self, here: Path) -> None:
        (put(here, a=small_plan()) / "beslut.docx").touch()
        assert "IP052" in {problem["code"] for problem in answer_of()["problems"]}
        assert "IP052" not in {problem["code"] for problem in answer_of("--ignore", "IP052")["problems"]}

    def test_lists_every_rule_with_its_level_and_law(self) -> None:
        result = run("check", "--rules")
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert [line.split()[:2] for line in lines] == [[code, rule.level] for code, rule in RULES.items()]
        assert all(
            line.endswith(f" {rule.title}  ({rule.law})") for line, rule in zip(lines, RULES.values(), strict=True)
        )

    def test_annotates_for_github_and_counts_beside(self, here: Path) -> None:
        put(here, a=small_plan(status="klar"))
        result = run("check", "--today", TODAY, "--format", "github")
        assert result.exit_code == 1
        assert result.stdout.startswith("::error file=plans/a.yaml,line=4,col=9,title=IP023::")
        assert result.stderr == "1 plan: 1 fel.\n"

    @pytest.mark.parametrize("form", ["text", "github"])
    def test_with_no_plans_says_so_and_shows_no_empty_line(self, form: str, here: Path) -> None:
        (here / "plans").mkdir()
        result = run("check", "--format", form)
        assert result.exit_code == 0
        assert result.output == (
            "Det finns inga planer i plans. En planfil är ren text, och dess namn slutar på .yaml. "
            "Börja på en med «ipsite new NAMN».\n"
        )

    def test_takes_a_plan_by_its_name(self, here: Path) -> None:
        put(here, alva__a=small_plan(status="klar"), alva__b=small_plan(status="klar"))
        for name in ("alva/a", "plans/alva/a", "plans/alva/a.yaml"):
            told = json.loads(run("check", "--format", "json", name).stdout)
            assert told["plans"] == 1
            assert {problem["file"] for problem in told["problems"]} == {"plans/alva/a.yaml"}
        wrong = run("check", "alva/aa")
        assert wrong.exit_code == 2
        assert "alva/aa finns inte. Menade du «alva/a»?" in wrong.stderr

    @pytest.mark.parametrize("name", [(), ("plans/a.yaml",), ("a",)])
    def test_in_the_wrong_folder_says_where_to_stand(self, name: tuple[str, ...], here: Path) -> None:
        result = run("check", *name)
        assert result.exit_code == 2
        assert "finns inte. Stå i mappen med mkdocs.yml när du kontrollerar." in result.stderr

    @pytest.mark.parametrize("start", [b"PK\x03\x04\n", b"\xd0\xcf\x11\xe0", b"%PDF-1.7\n", b"{\\rtf1 hej}"], ids=str)
    def test_of_a_document_says_that_it_is_one(self, start: bytes, here: Path) -> None:
        """Whether it is called what it is or was given the name of a plan; and shows none of it."""
        (here / "plans").mkdir(exist_ok=True)
        for name in ("plan.docx", "plan.yaml"):
            (here / "plans" / name).write_bytes(start)
            result = run("check", f"plans/{name}", "--today", TODAY)
            assert result.exit_code == 1
            assert "Det här är ett dokument, till exempel från Word, och inte en planfil." in result.output
            assert "«ipsite new NAMN»" in result.output
            assert " | " not in result.output

    @pytest.mark.parametrize("name", ["alva", "alva/", "plans/alva"])
    def test_takes_a_folder_as_it_is_called_in_plans(self, name: str, here: Path) -> None:
        put(here, alva__a=small_plan(), alva__b=small_plan(), bo=small_plan())
        assert answer_of(name)["plans"] == 2
        put(here, alva=small_plan())
        assert answer_of("alva")["plans"] == 1  # a plan by its name, as always

    @pytest.mark.parametrize("folder", [".", "plans"])
    def test_of_the_whole_project_is_of_its_plans(self, folder: str, here: Path) -> None:
        """Whose names are counted from the folder plans then too, and mkdocs.yml is no plan."""
        put(here, alva__a=small_plan(), alva__b=small_plan(ersätter="alva/a"))
        (here / "mkdocs.yml").write_text("site_name: Planer", "utf-8")
        answer = answer_of(folder)
        assert answer["plans"] == 2
        assert [one for one in answer["problems"] if one["level"] == "fel"] == []

    def test_of_a_hidden_folder_says_that_its_name_cannot_be_used(self, here: Path) -> None:
        """It is passed over in a whole portfolio: such are made by programs, and may hold copies of plans."""
        put(here, bra=small_plan(), **{"..gammal__kopia": "trasig: ["})
        assert answer_of()["plans"] == 1
        for folder in ("plans/..gammal", "plans/..gammal/kopia.yaml"):
            assert [one["code"] for one in answer_of(folder)["problems"]] == ["IP014"]

    def test_of_a_file_with_the_wrong_name_shows_the_right_one(self, here: Path) -> None:
        (put(here) / "alva").mkdir(parents=True)
        (here / "plans" / "alva" / "Min plan.yaml.txt").write_text("")
        result = run("check", "plans/alva/Min plan.yaml.txt")
        assert result.exit_code == 1
        assert "«alva/min-plan.yaml»" in result.stdout

    def test_reckons_with_the_day_it_is_told(self, here: Path) -> None:
        task = {"vad": "Ringa", "vem": "mamma", "klart": "2026-05-15", "status": "ej påbörjad"}
        put(here, a=small_plan(mål=[{"mål": "Flytta", "status": "pågår", "åtgärder": [task]}]))
        told = {day: run("check", "--format", "json", "--today", day).stdout for day in ("2026-03-20", "2028-01-01")}
        assert told["2026-03-20"] != told["2028-01-01"]

    def test_shows_help_in_swedish(self) -> None:
        result = run("check", "--help")
        assert result.exit_code == 0
        assert "Kontrollera planer" in result.stdout


def process(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m ipsite` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ipsite", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(ipsite.__file__).parents[1]), **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def on_a_terminal(folder: Path, environment: dict[str, str]) -> bytes:
    """What `ipsite check` writes on a terminal."""
    ours, its = pty.openpty()
    surroundings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "ipsite", "check", "--today", TODAY],
        cwd=folder,
        env={**surroundings, "PYTHONPATH": str(ROOT), **environment},
        stdout=its,
        timeout=60,
        check=False,
    )
    written = os.read(ours, 1 << 16)
    os.close(its)
    os.close(ours)
    return written


class TestProcess:
    def test_answers_json_and_nothing_else(self, tmp_path: Path) -> None:
        put(tmp_path, a=small_plan(skriven="i mars"))
        done = process("check", "--format", "json", "--today", TODAY, cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr == b""
        assert json.loads(done.stdout.decode())["problems"][0]["code"] == "IP025"

    def test_of_hostile_files_ends_without_a_traceback(self, tmp_path: Path) -> None:
        root = put(tmp_path, bra=small_plan(), tom="", bomb="x: &x [*x]", tagg="x: !!python/none x")
        (root / "djup.yaml").write_text("x: " + "[" * 5000)
        (root / "byte.yaml").write_bytes(bytes(range(256)))
        (root / "stor.yaml").write_bytes(b"x" * (raw.MAX_BYTES + 1))
        (root / "bred.yaml").write_text("x: [" + "1," * MAX_VALUES + "]")
        (root / "länk.yaml").symlink_to("/etc/hostname")
        done = process("check", "--today", TODAY, cwd=tmp_path)
        assert done.returncode == 1
        assert b"Traceback" not in done.stdout + done.stderr
        for code in ("IP002", "IP003", "IP004", "IP008", "IP009", "IP010", "IP013", "IP017"):
            assert code.encode() in done.stdout

    @pytest.mark.parametrize(
        ("environment", "coloured"), [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)], ids=str
    )
    def test_colours_a_terminal_unless_asked_not_to(
        self, environment: dict[str, str], coloured: bool, tmp_path: Path
    ) -> None:
        put(tmp_path, a=small_plan(skriven="i mars"))
        shown = on_a_terminal(tmp_path, environment)
        assert b"IP025" in shown
        assert (b"\x1b[" in shown) == coloured

    def test_colours_nothing_that_is_piped(self, tmp_path: Path) -> None:
        put(tmp_path, a=small_plan(skriven="i mars"))
        done = process("check", "--today", TODAY, cwd=tmp_path)
        assert b"IP025" in done.stdout
        assert b"\x1b" not in done.stdout + done.stderr

    def test_prints_what_a_terminal_with_few_letters_can_show(self, tmp_path: Path) -> None:
        put(tmp_path, a=small_plan(skriven="i mars"))
        done = process("check", "--today", TODAY, cwd=tmp_path, PYTHONIOENCODING="ascii")
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr

    def test_starts_without_the_heavy_libraries(self, tmp_path: Path) -> None:
        put(tmp_path, a=small_plan(status="klar"))
        watch = (
            "import sys; from ipsite.cli import main\n"
            "try: main(['check', '--today', '" + TODAY + "'])\n"
            "except SystemExit: print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        )
        done = subprocess.run([sys.executable, "-c", watch], cwd=tmp_path, capture_output=True, timeout=60, check=False)
        loaded = set(done.stderr.decode().split())
        assert "ipsite" in loaded
        assert not loaded & {"mkdocs", "material", "weasyprint", "PIL", "jinja2"}


EVERY_RIGHT_PLAN = [*sorted((ROOT / "plans").rglob("*.yaml")), *sorted((PLANS / "valid").rglob("*.yaml"))]


@pytest.mark.parametrize("path", EVERY_RIGHT_PLAN, ids=lambda path: path.stem)
def test_keys_that_nobody_has_are_told_of_whatever_stands_around_them(path: Path, tmp_path: Path) -> None:
    """Every person is renamed, and nothing that speaks of them. The rules read the plan all the same, whether its
    meetings are ahead or over."""
    source, _ = read(path, path.name, "plan")
    assert source is not None
    data = {**source.data, "personer": {f"annan_{key}": one for key, one in source.data["personer"].items()}}
    (tmp_path / "plan.yaml").write_text(as_yaml(data)[0], "utf-8")
    rest = str({key: value for key, value in data.items() if key != "personer"})
    is_spoken_of = any(f"'{key}'" in rest for key in source.data["personer"])
    for day in (date(2020, 1, 1), date(2026, 11, 22), date(2040, 1, 1)):
        codes = {problem.code for problem in ipsite.check(tmp_path, day)}
        assert not codes & {"IP020", "IP021"}
        assert "IP040" in codes or not is_spoken_of


def test_every_code_of_form_and_reference_has_an_example() -> None:
    told = {problem["code"] for folder in example_folders() for problem in _expected(folder)}
    wanted = {f"IP0{number}" for number in (20, 21, 22, 23, 24, 25, 26, 27, 29, 30, 40, 41, 42)}
    assert wanted | set(faults._FILE_FAULTS) | {"IP005", "IP006"} == told | {"IP001", "IP003", "IP013"}


def test_every_valid_example_passes_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_folder(PLANS / "valid", tmp_path, monkeypatch)["problems"] == []


def test_python_does_not_search_for_dead_rings_when_a_command_ends() -> None:
    code = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 0)); import ipsite.cli"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout.split() == [b"True"]


@pytest.mark.parametrize("on", [True, False])
def test_the_search_for_dead_rings_goes_on_as_before_when_much_has_been_made(on: bool) -> None:
    def fail() -> None:
        with no_collector():
            assert not gc.isenabled()
            raise ValueError("fel")

    was_on = gc.isenabled()
    try:
        gc.enable() if on else gc.disable()
        with pytest.raises(ValueError, match="fel"):
            fail()
        assert gc.isenabled() == on
    finally:
        gc.enable() if was_on else gc.disable()
