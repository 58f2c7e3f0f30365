"""pairing.py, changes.py, compare.py and views/changes.py: what is new between two plans, in plain Swedish.

Each folder under tests/changes has two plans and what `ipsite diff` must say of them, written by hand and read aloud.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_helpers import KINDS, ROOT, every_field, leaves, other, put, read_plan, smallest

from ipsite.changes import UNTOLD, changes
from ipsite.cli import main
from ipsite.model import Plan
from ipsite.views.changes import told

CASES = sorted(path for path in (ROOT / "tests" / "changes").iterdir() if path.is_dir())


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def sentences(old: Plan, new: Plan) -> list[str]:
    return [sentence for group in told(old, new) for sentence in group.sentences]


# --- Pairs of plans made by hand ----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pair_of_plans_is_told_of_in_these_words(
    case: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed line is read before it is kept: does it sound right? Write anew with --update-golden."""
    monkeypatch.chdir(case)
    made = diff("old.yaml", "new.yaml")
    expected = case / "expected.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(made.output, "utf-8")
    assert made.output == expected.read_text("utf-8")
    assert made.exit_code == (0 if made.output.startswith("Nytt i planen") else 1)


def test_there_are_enough_pairs() -> None:
    assert len(CASES) >= 30


# --- What holds for any two plans ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_has_no_news_since_itself(kind: str, tmp_path: Path) -> None:
    plan = read_plan(tmp_path, every_field(kind)[0])
    assert changes(plan, plan) == ()
    assert told(plan, plan) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_any_one_value_that_changes_is_told_of_or_is_in_the_list_of_untold_fields(kind: str, tmp_path: Path) -> None:
    data, _ = every_field(kind)
    data["personer"]["två"]["namn"] = "qandraz"
    before = read_plan(tmp_path, data)
    silent = []
    for way, field in leaves(kind).items():
        if "const" in field:
            continue  # the same in every plan of the kind
        value: Any = data
        for step in way:
            value = value[step]
        after = read_plan(tmp_path, put(data, way, other(value, field)))
        named = tuple(step for step in way if isinstance(step, str))
        said = sentences(before, after)
        assert len(said) == len(set(said)), way
        if bool(said) == (named in UNTOLD):
            silent.append(way)
    assert silent == []


def test_the_documentation_names_every_field_that_is_not_told_of() -> None:
    record = next((ROOT / "docs" / "utveckling" / "beslut").glob("*-vad-som-ar-nytt.md")).read_text("utf-8")
    assert [way for way in UNTOLD if f"`{'.'.join(way)}`" not in record] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Eva Lindberg Ek", ["Eva Lindberg Ek hette förut Eva Lindberg. Roll: kurator i stället för mamma."]),
        ("Bo Al", ["Inte med längre: Eva Lindberg, mamma.", "Ny i planen: Bo Al, kurator."]),
    ],
)
def test_somebody_whose_name_and_role_have_changed_is_known_by_key_and_a_part_of_the_name(
    name: str, said: list[str], tmp_path: Path
) -> None:
    def people(name: str, role: str) -> dict[str, Any]:
        return smallest(personer={"en": {"namn": name, "roll": role, "huvudman": "region"}})

    before = read_plan(tmp_path, people("Eva Lindberg", "mamma"))
    assert sorted(sentences(before, read_plan(tmp_path, people(name, "kurator")))) == sorted(said)


WORDS = ("buss", "lägenhet", "kören", "Kör", "kaffe", "jobba", "ensam", "mamma", "i", "spelar")
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
tasks = st.fixed_dictionaries(
    {"vad": names, "vem": st.sampled_from(["en", "två", "jag själv"]), "status": st.sampled_from(["pågår", "klar"])},
    optional={"klart": st.sampled_from(["2026-05-15", "2027-03-31"])},
)
goals = st.fixed_dictionaries(
    {"mål": names, "status": st.sampled_from(["planerat", "pågår", "nått"])},
    optional={"mina_ord": names, "viktigast": st.booleans(), "åtgärder": st.lists(tasks, min_size=1, max_size=3)},
)
plans = st.lists(goals, min_size=1, max_size=5)
PEOPLE = {
    "en": {"namn": "Anna Ek", "roll": "mamma", "huvudman": "närstående"},
    "två": {"namn": "Bo Al", "roll": "kurator", "huvudman": "region"},
}
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def with_goals(folder: Path, held: list[dict[str, Any]]) -> Plan:
    return read_plan(folder, smallest(mål=held, personer=PEOPLE))


@SLOW
@given(held=plans, data=st.data())
def test_goals_in_another_order_are_no_news(held: list[dict[str, Any]], data: st.DataObject, tmp_path: Path) -> None:
    before = with_goals(tmp_path, held)
    after = with_goals(tmp_path, data.draw(st.permutations(held)))
    assert sentences(before, after) == []


@SLOW
@given(old=plans, new=plans)
def test_every_sentence_is_a_sentence_and_is_said_in_the_same_way_each_time(
    old: list[dict[str, Any]], new: list[dict[str, Any]], tmp_path: Path
) -> None:
    before, after = with_goals(tmp_path, old), with_goals(tmp_path, new)
    said = sentences(before, after)
    assert said == sentences(before, after)
    for sentence in said:
        assert re.fullmatch(r"[A-ZÅÄÖ”0-9].*[.!?]", sentence), sentence
        assert ".." not in sentence


@SLOW
@given(held=plans, new=goals)
def test_a_goal_more_is_told_of_once_and_no_other_is_said_to_be_new_or_gone(
    held: list[dict[str, Any]], new: dict[str, Any], tmp_path: Path
) -> None:
    said = sentences(with_goals(tmp_path, held), with_goals(tmp_path, [new, *held]))
    assert sum(sentence.startswith("Nytt mål: ") for sentence in said) == 1
    assert len(said) == 1
