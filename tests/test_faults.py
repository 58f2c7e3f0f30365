"""faults.py: what is wrong with the text of a file, in words that a parent understands."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from plan_samples import example_folders, read_text

from ipsite import faults
from ipsite.problem import START

# text → line, column, a piece of the message that belongs to it
CASES: dict[str, tuple[int, int, str]] = {
    "titel: Mål: flytta\n": (1, 11, "Ett kolon står där det inte kan stå"),
    "titel: “Mål: flytta”\n": (1, 8, "Texten står inom krumma citattecken"),
    'titel: "Mål": flytta\n': (1, 13, "Ett kolon står där det inte kan stå"),
    "titel:\tMål:\tflytta\n": (1, 11, "Ett kolon står där det inte kan stå"),
    "titel: A\n  status: B\n": (2, 3, "Raden är indragen på ett annat sätt"),
    "person:\n  namn: A\n   kallas: B\n": (3, 4, "Raden är indragen på ett annat sätt"),
    "person:\n   namn: A\n  kallas: B\n": (3, 3, "Raden är indragen på ett annat sätt"),
    "mål:\n  - A\n - B\n": (3, 2, "Raden är indragen på ett annat sätt"),
    "titel: A\n- B\n": (2, 1, "Raden är indragen på ett annat sätt"),
    "text: |\n   A\n  B\n": (3, 3, "Raden är indragen på ett annat sätt"),
    'titel: "A\nstatus: B\n': (1, 8, "Ett citattecken öppnas här"),
    "titel: 'A\nstatus: B\n": (1, 8, "Ett citattecken öppnas här"),
    'titel: "A\n---\n"\n': (1, 8, "Ett citattecken öppnas här"),
    'titel: "A\nstatus: "B"\n': (2, 10, "Raden fortsätter här"),
    'titel: "A" B\n': (1, 12, "Raden fortsätter här"),
    "titel: 'Alvas' plan\n": (1, 16, "Raden fortsätter här"),
    "vem: [mamma]]\n": (1, 13, "Raden fortsätter här"),
    'titel: "A\\q"\n': (1, 10, "Ett omvänt snedstreck"),
    'titel: "C:\\Users"\n': (1, 13, "Ett omvänt snedstreck"),
    'titel: "\\ud800"\n': (1, 11, "Ett omvänt snedstreck"),
    "vem: [mamma, pappa\nstatus: B\n": (1, 6, "En lista öppnas här"),
    "vem: [mamma": (1, 6, "En lista öppnas här"),
    "vem: {namn: A\nstatus: B\n": (1, 6, "En klammer öppnas här"),
    "titel: @hemma\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: `A`\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: %A\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: * A\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: & A\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: ]\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: , A\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: ? A\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: !<A\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: !a!b A\n": (1, 8, "Texten börjar med ett tecken"),
    "titel: > A\n": (1, 8, "Efter «|» eller «>»"),
    "titel: |A\n": (1, 8, "Efter «|» eller «>»"),
    "titel: A\nhej\nstatus: B\n": (2, 1, "Raden saknar kolon"),
    "titel: A\nhej\n": (2, 1, "Raden saknar kolon"),
    "mål:\n  - A\n  titel: B\n": (3, 3, "Raden är indragen på ett annat sätt än raderna ovanför, eller så saknas «- »"),
    "mål:\n  - mål: A\n   status: B\n": (3, 4, "Raden är indragen på ett annat sätt än raderna ovanför, eller så"),
    "mål: - A\n": (1, 6, "En lista ska börja på en egen rad"),
    "person:\n\tnamn: A\n": (2, 1, "Raden är indragen med tabb"),
    "person:\n  namn: A\n\tkallas: B\n": (3, 1, "Raden är indragen med tabb"),
    "text: |\n A\n\tB\n": (3, 1, "Raden är indragen med tabb"),
    "text: A\n \tB: C\n": (2, 2, "Raden är indragen med tabb"),
    "mål:\n-\tmål: A\n": (2, 2, "Raden är indragen med tabb"),
    "titel: A\nstatus:B\nslag: C\n": (2, 8, "Efter kolonet ska det stå"),
    "titel: A\nstatus:\u00a0B\n": (2, 8, "Efter kolonet ska det stå"),
    "titel: A\nmål:\u00a0\nslag: C\n": (2, 5, "Efter kolonet ska det stå"),
    "mål:\n  - mål:A\n    status: B\n": (2, 9, "Efter kolonet ska det stå"),
    "mål:\n  -mål: A\n   status: B\n": (2, 4, "Efter bindestrecket ska det stå"),
    "mål:\n  -\u00a0mål: A\n    status: B\n": (2, 4, "Efter bindestrecket ska det stå"),
    "mål:\n  – mål: A\n    status: B\n": (2, 3, "Raden börjar med ett tankstreck"),
    "person:\n  namn: A\n \u00a0kallas: B\n": (3, 2, "Raden är indragen med hårda mellanslag"),
    "person:\n\u00a0\u00a0namn: A\n  kallas: B\n": (2, 1, "Raden är indragen med hårda mellanslag"),
    "titel: A\n  Kl:10\n  status: B\n": (2, 6, "Efter kolonet ska det stå"),
    "titel: A\nhttps://x\nstatus: B\n": (2, 1, "Raden saknar kolon"),
    "text: |\n  – A\n  b:c\n d\n": (4, 2, "Raden är indragen på ett annat sätt"),
    "titel: A\n...\nB\n": (3, 1, "Texten fortsätter efter planens slut"),
    "{titel: A}\nstatus: B\n": (2, 1, "Texten fortsätter efter planens slut"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=map(repr, CASES))
def test_a_slip_in_yaml_is_told_where_it_is_mended(text: str, expected: tuple[int, int, str]) -> None:
    _, [problem] = read_text(text)
    assert problem.code == "IP005"
    assert (problem.line, problem.column) == expected[:2]
    assert problem.message.startswith(expected[2])


@pytest.mark.parametrize("fault", faults._YAML_FAULTS, ids=lambda fault: fault.pattern)
def test_no_fault_is_told_that_nothing_causes(fault: faults._Fault) -> None:
    assert any(fault.message.startswith(message) for _, _, message in CASES.values())


@pytest.mark.parametrize("fault", [*faults._YAML_FAULTS, faults._OTHER_FAULT], ids=lambda fault: fault.message)
def test_the_right_form_in_a_hint_is_right(fault: faults._Fault) -> None:
    for shown in re.findall("«(.*?)»", fault.hint):
        if ": " in shown or shown.startswith("["):
            assert yaml.safe_load(shown)


@pytest.mark.parametrize("code", faults._FILE_FAULTS)
def test_every_fault_of_a_file_has_an_example_or_a_test(code: str) -> None:
    made_in_tests = {"IP001", "IP003", "IP013"}  # see test_load and test_portfolio
    golden = {
        problem["code"]
        for folder in example_folders()
        for problem in json.loads((folder / "problems.json").read_text("utf-8"))["problems"]
    }
    assert code in golden | made_in_tests


def test_an_error_that_yaml_gives_no_place_for_is_told_all_the_same() -> None:
    problem = faults.yaml_problem(yaml.YAMLError("odd"), "titel: A\n", "plan.yaml")
    assert (problem.line, problem.column) == START
    assert problem.message == faults._OTHER_FAULT.message
