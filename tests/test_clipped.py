"""clipped.py and its rule: text that goes on after a "#" is told of, ordinary comments are not."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from plan_samples import PLANS, as_yaml, small_plan, source_of
from site_helpers import ROOT

from ipsite import check, draft, schema
from ipsite.checking import check_paths
from ipsite.clipped import clipped, commented_out
from ipsite.problem import Problem
from ipsite.rules import RULES

DAY = date(2026, 11, 22)
WORDS = "Jag ska flytta."


def told(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "plans" / "a.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return [problem for problem in check(path.parent, DAY) if problem.code == "IP127"]


def with_reason(written: str) -> str:
    """A small plan whose `anledning` is written so."""
    text = as_yaml(small_plan())[0]
    assert f'"{WORDS}"' in text
    return text.replace(f'"{WORDS}"', written)


@pytest.mark.parametrize(
    "written",
    [
        "Jag bor på Storgatan #12 och vill bo kvar.", "Jag vill # stå på scen", "Jag vill. #stå", "Plats  #3",
        "Jag vill # ännu mer", "Jag vill\t#3", "Jag\n  vill bo #12 här", "Jag\n\n  vill # inte",
        "Jag vill # iPad", "Jag bor på plan X # och vill bo kvar",
    ],
)  # fmt: skip
def test_text_that_goes_on_after_the_sign_is_told_of(written: str, tmp_path: Path) -> None:
    [problem] = told(tmp_path, with_reason(written))
    assert (problem.level, problem.where) == ("varning", "anledning")
    assert "Jag" not in f"{problem.message}{problem.where}"


@pytest.mark.parametrize(
    "written",
    [
        '"Storgatan #12 och"', "'Storgatan #12'", "|\n  Storgatan #12 och\n  vill # stå", ">-\n  Storgatan #12",
        "Storgatan#12 och", "Jag vill  # en kommentar", "Jag vill # En kommentar", "Jag vill. # en kommentar",
        "Jag vill # 3 gånger", "Jag vill ## rubrik", "Jag vill #", "Jag vill # ", '"Jag" # en kommentar',
        "Jag vill\n# en kommentar", "Jag vill\n#fält: som inte används",
        "&a Jag vill # en kommentar", "> # kommentar\n  > Jag vill",
    ],
)  # fmt: skip
def test_a_comment_or_a_text_with_the_sign_in_it_is_left_in_peace(written: str, tmp_path: Path) -> None:
    assert told(tmp_path, with_reason(written)) == []


@pytest.mark.parametrize(
    "written", ["- En sak\n  - En till #2 här", "[En sak , En till #2 här\n  ]", "[En sak,\nEn\ntill #2 här\n]"]
)
def test_in_a_list_it_is_told_of_at_the_item(written: str, tmp_path: Path) -> None:
    text = as_yaml(small_plan("sip"))[0].replace('behov:\n  - "Hjälp på morgonen."\n', f"behov:\n  {written}\n")
    problems = told(tmp_path, text)
    assert [problem.where for problem in problems] == ["behov[2]"]


def test_the_first_text_in_brackets_is_told_of() -> None:
    assert clipped(source_of("titel: Hej\nx_a: [En sak #2 här\n  ]\n")) == {("x_a", 0)}


def test_an_empty_text_is_no_text() -> None:
    assert clipped(source_of('x_a: ""\nx_b: "" #fält\n')) == frozenset()


def test_fields_that_are_not_written_freely_may_have_any_comment(tmp_path: Path) -> None:
    text = as_yaml(small_plan())[0] + "underskrifter:\n  - vem: mamma #sedan i går\n"
    for written in ("utkast", "2026-03-02", "individuell plan"):
        assert f'"{written}"' in text
        text = text.replace(f'"{written}"', f"{written} #sedan i går")
    assert told(tmp_path, text) == []
    assert "IP101" in [problem.code for problem in check(tmp_path / "plans", DAY)]  # the rules have been asked


def test_a_number_before_a_comment_is_no_text(tmp_path: Path) -> None:
    text = as_yaml(small_plan())[0].replace('huvudman: "närstående"', "huvudman: närstående\n    telefon: 0700 # jobb")
    assert "0700 # jobb" in text
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(("between", "after"), [(", ", "]"), ("\n  , ", "]")])
def test_thousands_of_texts_take_no_time(between: str, after: str) -> None:
    source = source_of(f"{as_yaml(small_plan())[0]}x_a: [{between.join(['text' * 4] * 40_000)}{after}  # slut\n")
    start = time.process_time()
    assert clipped(source) == frozenset()
    assert time.process_time() - start < 2


@pytest.mark.parametrize("kind", schema.KINDS)
def test_no_new_plan_is_told_of(kind: str, tmp_path: Path) -> None:
    text = draft.draft(kind, DAY)
    assert " #" in text
    assert told(tmp_path, text) == []
    assert "IP126" in [problem.code for problem in check(tmp_path / "plans", DAY)]  # the rules have been asked


@pytest.mark.parametrize("folder", [ROOT / "plans", PLANS / "valid"], ids=["plans", "valid"])
def test_no_example_is_told_of(folder: Path) -> None:
    assert [problem for problem in check_paths([folder], DAY).problems if problem.code == "IP127"] == []


def test_the_example_of_the_rule_is_right(tmp_path: Path) -> None:
    reason, status = RULES["IP127"].example.split("\n")
    text = re.sub("(?m)^status:.*$", status, re.sub("(?m)^anledning:.*$", reason, as_yaml(small_plan())[0]))
    assert "# den här" in text
    assert told(tmp_path, text) == []


def test_a_plan_without_the_sign_has_no_such_text() -> None:
    assert clipped(source_of("titel: Jag vill bo kvar")) == frozenset()


@pytest.mark.parametrize(
    ("written", "is_so"),
    [
        ("mål:\n  #- mål: Bo\n", True),
        ("mål:\n#- mål: Bo\n", False),
        ("mål:\n #- mål: Bo\n", True),
        ("mål:\n  # Skriv målen här.\n  #- mål: Bo\n", True),
        ("mål:\n  # Skriv målen här.\n", False),
        ("mål:\n", False),
        ("mål: \n", False),
        ("mål: # Bo\n", True),
        ("mål:   #Bo\n", True),
        ("mål:\nstatus: utkast #- mål: Bo\n", False),
        ("mål:\nstatus: #utkast\n", False),
        ("mål:\nanledning: x\n#- mål: Bo\n", False),
    ],
)
def test_a_field_whose_value_is_a_comment_is_told_from_one_that_is_empty(written: str, is_so: bool) -> None:
    source = source_of(f"slag: sip\nför: 1 #- nej\n{written}")
    assert commented_out(source, ("mål",)) is is_so


def test_a_comment_is_of_the_field_that_it_stands_after() -> None:
    source = source_of('person: {namn: "a: #b", kallas: , k: } # en person\n')
    assert [commented_out(source, ("person", key)) for key in ("kallas", "k")] == [False, False]
    assert commented_out(source_of("k: #b\n"), ("k",)) is True


def test_an_item_whose_value_is_a_comment_is_told_from_one_that_is_empty() -> None:
    source = source_of("mål:\n  - #12 är bra.\n  -\n  -\n    #12 är bra.\n  # - Mer\n")
    assert [commented_out(source, ("mål", item)) for item in (0, 1, 2)] == [True, False, True]


def test_what_is_commented_out_further_out_belongs_to_another_field() -> None:
    source = source_of("person:\n  kallas:\n#titel: Bo\n")
    assert commented_out(source, ("person", "kallas")) is False
    source = source_of("person:\n  kallas:\n  #namn: Bo\n")
    assert commented_out(source, ("person", "kallas")) is False
    source = source_of("person:\n  kallas:\n   #Bo\n")
    assert commented_out(source, ("person", "kallas")) is True
