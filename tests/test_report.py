"""What is shown of problems: for people, for programs and for code hosts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ipsite import excerpt, report
from ipsite.problem import Problem
from ipsite.raw import MAX_BYTES

PROBLEM = Problem("IP021", "fel", "plans/a.yaml", 3, 5, "mål[1].klart", "Fältet saknas.", "Skriv så här.", "10 § LSS")
TIP = Problem("IP112", "tips", "plans/a.yaml", 9, 1, "", "Målet saknar lättläst text.")


def line_of(file: str, number: int) -> str:
    return {3: "    klart: i morgon\x1b[2J\tnu"}.get(number, "")


def test_a_person_sees_place_level_line_caret_field_hint_and_ground() -> None:
    assert report.text([PROBLEM], line_of).splitlines() == [
        "plans/a.yaml:3:5: fel IP021: Fältet saknas.",
        "  3 |     klart: i morgon [2J nu",
        "    |     ^",
        "  Fält: mål[1].klart",
        "  Skriv så här.",
        "  Grund: 10 § LSS",
    ]


def test_without_lines_nothing_of_the_plan_is_shown() -> None:
    assert "klart: i morgon" not in report.text([PROBLEM])


@pytest.mark.parametrize("column", [1, 60, 150, 400])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    long = "".join(chr(97 + i % 26) for i in range(400))
    problem = Problem("IP020", "fel", "a.yaml", 1, column, "", "Fel.")
    _, line, caret = report.text([problem], lambda file, number: long).splitlines()
    assert len(line) <= report.WIDTH + 6
    assert caret.index("^") < report.WIDTH + 6
    if column <= 400:
        assert line[caret.index("^")] == long[column - 1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_that_nobody_writes_to_shows_no_line_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    assert excerpt.reader()(str(tmp_path / "a.yaml"), 1) == ""


def test_the_line_of_a_problem_is_read_from_its_file_if_it_can_be(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfett\r\ntv\xe5\n")
    line = excerpt.reader()
    assert [line(str(file), number) for number in (1, 2, 3)] == ["ett", "tv\ufffd", ""]
    assert line(str(tmp_path / "borta.yaml"), 1) == ""


def test_no_line_is_read_through_a_link_or_of_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "annan.txt").write_text("hemlig", "utf-8")
    (tmp_path / "länk.yaml").symlink_to(tmp_path / "annan.txt")
    (tmp_path / "mapp.yaml").mkdir()
    os.mkfifo(tmp_path / "rör.yaml")
    (tmp_path / "enhet.yaml").symlink_to("/dev/zero")
    line = excerpt.reader()
    assert [line(str(path), 1) for path in sorted(tmp_path.glob("*.yaml"))] == [""] * 4


def test_only_the_beginning_of_a_large_file_is_read(tmp_path: Path) -> None:
    with (tmp_path / "stor.yaml").open("wb") as file:
        file.write(b"ett\n")
        file.truncate(10**12)
    line = excerpt.reader()
    assert line(str(tmp_path / "stor.yaml"), 1) == "ett"
    assert len(line(str(tmp_path / "stor.yaml"), 2)) <= MAX_BYTES + 1


def test_colour_is_only_there_when_asked_for() -> None:
    assert "\x1b[" not in report.text([PROBLEM], line_of)
    assert "\x1b[31mfel\x1b[0m" in report.text([PROBLEM], line_of, colour=True)


def test_signs_that_steer_a_terminal_are_taken_out_of_source_lines() -> None:
    assert "\x1b" not in report.text([PROBLEM], line_of)


@pytest.mark.parametrize(
    ("problems", "plans", "words"),
    [
        ([], 1, "1 plan: inget att anmärka på."),
        ([PROBLEM], 6, "6 planer: 1 fel."),
        ([TIP], 1, "1 plan: 1 tips. Varningar och tips hindrar inget bygge."),
        ([PROBLEM, TIP, TIP], 2, "2 planer: 1 fel, 2 tips."),
    ],
)
def test_the_last_line_sums_up(problems: list[Problem], plans: int, words: str) -> None:
    assert report.summary(problems, plans) == words


def test_json_is_the_contract() -> None:
    read = json.loads(report.as_json([PROBLEM], 4))
    assert list(read) == ["problems", "plans"]
    assert read["plans"] == 4
    assert read["problems"] == [
        {
            "code": "IP021",
            "level": "fel",
            "file": "plans/a.yaml",
            "line": 3,
            "column": 5,
            "where": "mål[1].klart",
            "message": "Fältet saknas.",
            "hint": "Skriv så här.",
            "law": "10 § LSS",
        }
    ]


def test_github_gets_one_line_for_each_with_signs_escaped() -> None:
    odd = Problem("IP020", "varning", "en, mapp:x/a.yaml", 1, 2, "", "100 % fel\nhär.")
    assert report.github([PROBLEM, odd]).splitlines() == [
        "::error file=plans/a.yaml,line=3,col=5,title=IP021::Fältet saknas. Skriv så här.",
        "::warning file=en%2C mapp%3Ax/a.yaml,line=1,col=2,title=IP020::100 %25 fel%0Ahär.",
    ]
