"""references.py: every who, plan and section that a plan names is there."""

from __future__ import annotations

import sys
import time
from typing import Any

import pytest
from plan_samples import as_yaml, small_plan, source_of

from ipsite.problem import Problem
from ipsite.references import check_references, resolve
from ipsite.validate import restored


def references(plan: dict[str, Any], ids: tuple[str, ...] = (), plan_id: str = "alva/ip-2026") -> list[Problem]:
    source = restored(source_of(as_yaml(plan)[0], plan_id))
    return check_references(source, ids)


class TestWho:
    @pytest.mark.parametrize("who", ["mamma", "jag själv", ["mamma", "jag själv"]])
    def test_that_the_plan_knows(self, who: object) -> None:
        assert references(small_plan(underskrifter=[{"vem": who}])) == []

    def test_that_the_plan_does_not_know_is_told_at_the_name(self) -> None:
        plan = small_plan(underskrifter=[{"vem": ["mamma", "pappa"]}])
        text, lines = as_yaml(plan)
        [problem] = check_references(source_of(text), [])
        assert (problem.code, problem.where) == ("IP040", "underskrifter[1].vem[2]")
        assert problem.line == lines["underskrifter", 0, "vem", 1]

    def test_that_is_near_is_guessed(self) -> None:
        assert references(small_plan(underskrifter=[{"vem": "mama"}]))[0].hint == "Menade du «mamma»?"

    def test_that_is_far_brings_all_that_are_there(self) -> None:
        [problem] = references(small_plan(underskrifter=[{"vem": "Karin Holm"}]))
        assert problem.hint.endswith("mamma · jag själv.")
        assert "Karin" not in problem.message + problem.hint

    @pytest.mark.parametrize(
        ("who", "hint"),
        [
            ("mamma, jag själv", "Skriv flera som en lista: «vem: [mamma, jag själv]»."),
            ("mamma och Jag själv", "Skriv flera som en lista: «vem: [mamma, jag själv]»."),
            ("jag själv/mamma", "Skriv flera som en lista: «vem: [jag själv, mamma]»."),
            (["mamma & jag själv"], "Skriv var och en för sig i listan: «mamma, jag själv»."),
            ("Eva Lindberg", "Skriv «mamma» i stället för namnet."),
            ("alva lindberg", "Skriv «jag själv» i stället för namnet."),
        ],
    )
    def test_that_is_written_as_in_a_text_is_shown_as_it_should_be(self, who: object, hint: str) -> None:
        assert [problem.hint for problem in references(small_plan(underskrifter=[{"vem": who}]))] == [hint]

    @pytest.mark.parametrize("who", ["Eva Lindbergs", ",", "mamma,"])
    def test_that_is_not_several_is_not_taken_for_a_list(self, who: str) -> None:
        [problem] = references(small_plan(underskrifter=[{"vem": who}]))
        assert "lista" not in problem.hint
        assert "namnet" not in problem.hint

    @pytest.mark.parametrize("who", ["mamma och Karin", "mamma, pappa", "mama, jag själv", ["Karin & mamma"]])
    def test_that_are_several_and_in_part_unknown_are_not_guessed_to_be_one(self, who: object) -> None:
        [problem] = references(small_plan(underskrifter=[{"vem": who}]))
        assert problem.hint == (
            "Är det flera personer? Skriv deras nycklar som en lista: «[mamma, god_man]». "
            "Var och en ska finnas under «personer»."
        )

    def test_that_two_people_are_called_is_not_guessed(self) -> None:
        people = {"mamma": {"namn": "Eva"}, "moster": {"namn": "Eva"}, "moster_2": "Eva", "x_y": {"namn": "Bo"}}
        [problem, other] = references(small_plan(personer=people, underskrifter=[{"vem": "Eva"}, {"vem": "Bo"}]))
        assert "namnet" not in problem.hint + other.hint

    def test_that_names_a_key_as_it_will_be_when_it_is_mended_is_right(self) -> None:
        people = {"Mamma": {"namn": "A"}}
        assert references(small_plan(personer=people, underskrifter=[{"vem": "mamma"}])) == []
        [problem] = references(small_plan(personer=people, underskrifter=[{"vem": "mama"}]))
        assert problem.hint == "Menade du «mamma»?"

    def test_that_is_myself_needs_nobody_under_people(self) -> None:
        assert references(small_plan(personer={}, underskrifter=[{"vem": "jag själv"}])) == []

    def test_that_names_an_own_key_names_nobody(self) -> None:
        plan = small_plan(personer={"x_mall": {"namn": "A"}}, underskrifter=[{"vem": "x_mall"}])
        assert [problem.code for problem in references(plan)] == ["IP040"]

    def test_is_not_told_twice_when_the_key_itself_is_wrong(self) -> None:
        plan = small_plan(personer={"Karin Holm": {}}, underskrifter=[{"vem": "Karin Holm"}, {"vem": "ingen"}])
        [problem] = references(plan)
        assert problem.where == "underskrifter[2].vem"
        assert "Karin" not in problem.hint

    def test_that_is_a_number_is_a_name_like_another(self) -> None:
        assert [problem.code for problem in references(small_plan(underskrifter=[{"vem": 7}]))] == ["IP040"]

    @pytest.mark.parametrize("who", [None, "", [], {}, [None], [{}], [[]]])
    def test_that_is_no_text_is_left_to_form(self, who: object) -> None:
        assert references(small_plan(underskrifter=[{"vem": who}])) == []

    @pytest.mark.parametrize("people", [None, [], "mamma", {"x_a": None}])
    def test_is_told_whatever_stands_under_people(self, people: object) -> None:
        plan = small_plan(personer=people, underskrifter=[{"vem": "mamma"}])
        assert [problem.code for problem in references(plan)] == ["IP040"]


class TestPlans:
    @pytest.mark.parametrize("reference", ["ip-2025", "alva/ip-2025", "goran/sip", "alva/ip-2026"])
    def test_in_the_same_folder_and_from_the_top(self, reference: str) -> None:
        assert references(small_plan(ersätter=reference), ("alva/ip-2025", "alva/ip-2026", "goran/sip")) == []

    def test_that_do_not_exist(self) -> None:
        [problem] = references(small_plan(ersätter="sip"), ("goran/sip", "alva/ip-2026"))
        assert (problem.code, problem.where) == ("IP041", "ersätter")

    @pytest.mark.parametrize(
        ("reference", "guess"), [("ip-2024", "ip-2025"), ("alva/ip-2024", "alva/ip-2025"), ("goran/ip", "goran/ip-2")]
    )
    def test_that_are_near_are_guessed_but_never_the_plan_itself(self, reference: str, guess: str) -> None:
        [problem] = references(small_plan(ersätter=reference), ("alva/ip-2026", "alva/ip-2025", "goran/ip-2"))
        assert problem.hint == f"Menade du «{guess}»? Finns planen inte kvar, ta bort raden."

    @pytest.mark.parametrize("reference", ["Alva/IP 2025", "ip-2025.yaml", "../alva/ip-2025", "/ip", ""])
    def test_that_cannot_be_names_are_left_to_form(self, reference: str) -> None:
        assert references(small_plan(ersätter=reference), ("alva/ip-2025",)) == []

    def test_are_looked_for_deep_in_too(self) -> None:
        related = {"slag": "sip", "gäller": "A", "plan": "nej"}
        assert [problem.where for problem in references(small_plan(andra_planer=[related]))] == ["andra_planer[1].plan"]

    def test_beside_come_before_those_from_the_top(self) -> None:
        assert resolve("ip", "alva/x", ["ip", "alva/ip"]) == "alva/ip"
        assert resolve("ip", "alva/x", {"ip": 1}) == "ip"
        assert resolve("ip", "x", iter(["ip", "alva/ip"])) == "ip"
        assert resolve("ip", "x", ["alva/ip"]) is None


class TestSections:
    def test_that_the_plan_has(self) -> None:
        assert references(small_plan(exemplar=[{"till": "mamma", "delar": ["anledning", "person"]}])) == []

    @pytest.mark.parametrize("section", ["mål", "behov", "finns inte", "x_eget"])
    def test_that_the_plan_has_not(self, section: str) -> None:
        plan = small_plan(x_eget="A", exemplar=[{"till": "mamma", "delar": ["anledning", section]}])
        assert [(problem.code, problem.where) for problem in references(plan)] == [("IP042", "exemplar[1].delar[2]")]

    def test_are_listed_without_own_and_unknown_keys(self) -> None:
        plan = {**small_plan(exemplar=[{"till": "mamma", "delar": ["zzz"]}]), "x_eget": "A", "Alva är rädd": "A"}
        [problem] = references(plan)
        assert "x_eget" not in problem.hint
        assert "Alva" not in problem.hint
        assert "anledning" in problem.hint


@pytest.mark.parametrize("kind", [None, "", 1, [], {}, "vårdplan"])
def test_a_plan_of_no_kind_has_no_references(kind: object) -> None:
    assert check_references(source_of(as_yaml({"slag": kind, "ersätter": "a"})[0]), []) == []


def test_thousands_of_wrong_references_are_told_in_time() -> None:
    people: dict[str, Any] = {f"k{n}": {} for n in range(3000)}
    plan = small_plan(personer=people, exemplar=[{"till": [f"zk{n}" for n in range(3000)]}])
    source = source_of(as_yaml(plan)[0])
    start = time.process_time()
    problems = check_references(source, [])
    assert len(problems) == 3000
    assert all(len(problem.hint) < 1000 for problem in problems)
    assert time.process_time() - start < (20 if sys.gettrace() else 2)  # `make coverage` counts every line
