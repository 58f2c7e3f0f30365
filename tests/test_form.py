"""form.py and validate.py: what the schema demands, told in plain Swedish at the right place."""

from __future__ import annotations

import os
import re
import signal
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from plan_samples import as_yaml, form_of, put, small_plan, source_of
from test_schema import ALL_FIELDS

from ipsite import form, schema
from ipsite import validate as validation
from ipsite.problem import Problem
from ipsite.right_form import example, right_form
from ipsite.schema import Field
from ipsite.validate import restored, validate


def broken(way: tuple[str | int, ...], value: Any, kind: str = "individuell plan") -> list[Problem]:
    """The problems of a small plan with `value` at `way`."""
    plan = small_plan(kind)
    put(plan, way, value)
    return form_of(plan)


KEYS = "«namn: Karin Holm», «roll: LSS-handläggare», «huvudman: kommun»."
MEETING = (
    "under varandra: «slag: planeringsmöte», «tid: 2026-09-14 13:00», «längd_minuter: 60», «plats: Biblioteket, rum 2»."
)


class TestRightForm:
    """The right form that a hint shows is right: written into a plan, it would pass."""

    def test_of_every_field_is_shown(self) -> None:
        assert not [way for _, way, field in ALL_FIELDS if not right_form(field)]

    def test_of_every_field_with_a_value_is_yaml_of_the_right_type(self) -> None:
        types = {"string": str, "integer": int, "boolean": bool, "array": list}
        for _, way, field in ALL_FIELDS:
            if shown := re.fullmatch("Skriv så här: «(.*)»\\.", example(field), re.DOTALL):
                data = source_of(shown[1]).data
                assert list(data) == [field.key], way
                assert isinstance(data[field.key], tuple(types[name] for name in field.types)), way

    def test_names_only_fields_that_exist(self) -> None:
        for _, way, field in ALL_FIELDS:
            inner = field.items or field.entries or field
            named = re.findall("«(\\w+)(?:»|: )", right_form(field))
            assert set(named) - {field.key} <= set(inner.properties), way

    @pytest.mark.parametrize(
        ("way", "words"),
        [
            (("skriven",), "Skriv så här: «skriven: 2026-03-02»."),
            (("fiktiv",), "Skriv «fiktiv: true» om det är så. Annars ska raden inte stå där."),
            (("personer",), "Skriv en nyckel för var och en, till exempel «mamma:», och fälten under den: " + KEYS),
            (
                ("gäller",),
                "Skriv fälten på egna rader, indragna under: «från: 2026-03-16», «till: 2027-03-15».",
            ),
            (
                ("insatser", 0, "beslut"),
                "Skriv fälten på egna rader, indragna under: «datum: 2025-08-12», «gäller_till: 2027-08-11», "
                "«verkställt: 2025-09-01».",
            ),
            (("nuläge", "bra"), "Skriv varje sak på en egen rad under «bra:», med «- » framför."),
            (("möten", 0, "inbjudna"), "Skriv så här: «inbjudna: [handläggare, mamma, god_man]»."),
            (("möten",), "Skriv varje sak på en egen rad under «möten:», med «- » framför, och fälten " + MEETING),
        ],
    )
    def test_is_an_example_or_words(self, way: tuple[str | int, ...], words: str) -> None:
        field = schema.fields("individuell plan").at(way)
        assert field is not None
        assert right_form(field) == words


class TestUnknownField:
    def test_is_told_at_its_key(self) -> None:
        [problem] = validate(source_of(as_yaml(small_plan(person={"namn": "A", "kalas": "B"}))[0]))
        assert (problem.code, problem.where, problem.hint) == ("IP020", "person.kalas", "Menade du «kallas»?")

    def test_that_was_meant_for_a_required_one_is_one_problem(self) -> None:
        plan = small_plan()
        plan["anledningar"] = plan.pop("anledning")
        assert [(problem.code, problem.hint) for problem in form_of(plan)] == [("IP020", "Menade du «anledning»?")]

    def test_that_looks_like_a_field_is_told_to_have_a_sign_that_nobody_sees(self) -> None:
        plan = small_plan()
        plan["status\u00a0"] = plan.pop("status")
        [problem] = form_of(plan)
        assert problem.hint == (
            "Menade du «status»? Ser det redan ut så, skriv namnet på nytt: där finns ett tecken som inte syns."
        )

    def test_is_not_guessed_to_be_a_field_that_is_there(self) -> None:
        [problem] = form_of(small_plan(titeln="A"))
        assert "titel»" not in problem.hint

    @pytest.mark.parametrize(
        ("way", "key", "around"),
        [
            ((), "från", "gäller"), ((), "kallas", "person"), ((), "roll", "personer"), ((), "plats", "möten"),
            (("mål", 0), "vad", "åtgärder"), (("mål", 0), "datum", "uppföljning"),
        ],
    )  # fmt: skip
    def test_that_belongs_one_step_further_in_is_told_where(self, way: Any, key: str, around: str) -> None:
        plan = small_plan(mål=[{"mål": "Bo", "status": "planerat"}])
        put(plan, (*way, key), "x")
        [problem] = form_of(plan)
        assert problem.hint == f"Fältet hör hemma under «{around}». Dra in raden, eller flytta den dit."

    @pytest.mark.parametrize(
        "key",
        [
            "personnummer", "Personnr", "samordningsnummer", "samordningsnr", "pnr", "adress", "gatuadress",
            "hemadress", "postadress", "bostadsadress", "diagnos", "diagnoser",
        ],
    )  # fmt: skip
    def test_that_the_format_leaves_out_on_purpose_is_not_guessed_to_be_another(self, key: str) -> None:
        [problem] = form_of(small_plan(person={"namn": "A", key: "x"}))
        assert problem.hint == form._ON_PURPOSE

    def test_of_five_thousand_is_told_without_guessing_at_them_all(self) -> None:
        problems = form_of({**small_plan(), **{f"titel{n}": n for n in range(5000)}})
        assert len(problems) == 5000

    @pytest.mark.parametrize("key", ["Alva är rädd för", "2004", "0701234567", "", "a" * 41, "<<", "alva@example.com"])
    def test_that_may_be_private_text_is_not_shown(self, key: str) -> None:
        [problem] = form_of(small_plan(**{key: "x"}))
        assert problem.where == "…"
        assert problem.message == "Här står något som inte är ett fält."
        assert not key or key not in problem.hint

    def test_is_guessed_at_up_to_the_fiftieth_and_after_that_listed(self) -> None:
        slips: dict[str, Any] = {f"z{n}z{n}z{n}": n for n in range(50)}
        plan = small_plan(**slips, reviderat="x")
        [hint] = [problem.hint for problem in form_of(plan) if problem.where == "reviderat"]
        assert hint.startswith("Fält som kan stå här: ")
        del plan["z7z7z7"]
        [hint] = [problem.hint for problem in form_of(plan) if problem.where == "reviderat"]
        assert hint == "Menade du «reviderad»?"

    def test_may_begin_with_x(self) -> None:
        assert form_of(small_plan(x_eget={"vad": ["som", "helst"]})) == []
        assert [problem.where for problem in form_of(small_plan(x_eget=1, okänt_fält=2))] == ["okänt_fält"]

    def test_is_guessed_to_be_one_that_is_there_when_all_are(self) -> None:
        [problem] = form_of(small_plan(gäller={"från": "2026-01-01", "till": "2026-12-31", "tilll": "x"}))
        assert problem.hint == "Menade du «till»?"

    def test_that_is_like_none_is_told_of_all_when_all_are_there(self) -> None:
        [problem] = form_of(small_plan(gäller={"från": "2026-01-01", "till": "2026-12-31", "kommentar": "x"}))
        assert problem.hint == "Fält som kan stå här: från, till."

    def test_with_a_blank_is_guessed_though_it_is_not_shown(self) -> None:
        [problem] = form_of(small_plan(person={"namn": "A", "så kommunicerar jag": "x"}))
        assert problem.message == "Här står något som inte är ett fält."
        assert problem.hint == "Menade du «så_kommunicerar_jag»?"


class TestMissingField:
    def test_is_told_at_the_key_of_the_mapping_that_lacks_it(self) -> None:
        text, lines = as_yaml(small_plan(person={"kallas": "A"}))
        [problem] = validate(source_of(text))
        assert (problem.code, problem.where, problem.line) == ("IP021", "person.namn", lines["person",])

    def test_brings_the_law_that_asks_for_it(self) -> None:
        plan = small_plan("sip")
        del plan["behov"]
        assert [problem.law for problem in form_of(plan)] == ["10 kap. 8 § SoL"]


WHO = "«vem» ska vara en nyckel under «personer», eller en lista med nycklar."


class TestType:
    @pytest.mark.parametrize(
        ("way", "value", "message", "hint"),
        [
            (("titel",), ["a"], "«titel» ska vara text.", "Skriv så här"),
            (("titel",), {"Mål": "a"}, "«titel» ska vara text.", "Står det ett kolon i texten?"),
            (
                ("person", "födelseår"),
                "2004",
                "«födelseår» ska vara ett år, skrivet med fyra siffror.",
                "Ta bort citattecknen.",
            ),
            (("person", "födelseår"), 4.5, "«födelseår» ska vara ett år, skrivet med fyra siffror.", "Skriv så här"),
            (("person", "födelseår"), True, "«födelseår» ska vara ett år, skrivet med fyra siffror.", "Skriv så här"),
            (
                ("person", "födelseår"),
                {"Alva": 1},
                "«födelseår» ska vara ett år, skrivet med fyra siffror.",
                "Skriv så här",
            ),
            (
                ("person", "födelseår"),
                "0",
                "«födelseår» ska vara ett år, skrivet med fyra siffror.",
                "Ta bort citattecknen. Skriv så här",
            ),
            (
                ("person", "födelseår"),
                "-10",
                "«födelseår» ska vara ett år, skrivet med fyra siffror.",
                "Ta bort citattecknen.",
            ),
            (("person", "födelseår"), "007", "«födelseår» ska vara ett år, skrivet med fyra siffror.", "Skriv så här"),
            (("personer", "mamma", "e_post"), [], "«e_post» ska vara text.", "Skriv så här"),
            (("skriven",), {}, "«skriven» ska vara text.", "Står det ett kolon"),
            (("titel",), {"– Flytta": "hem"}, "«titel» ska vara text.", "Står det ett kolon"),
            (("fiktiv",), {"Kim": "nej"}, "«fiktiv» ska vara true eller false.", "Skriv «fiktiv: true» om det är så."),
            (("mål",), {"a": "b", "– vad": "c"}, "«mål» ska vara en lista.", "Raden börjar med ett tankstreck"),
            (("mål",), {}, "«mål» ska vara en lista.", "Skriv varje sak på en egen rad"),
            (("fiktiv",), "false", "«fiktiv» ska vara true eller false.", "Ta bort citattecknen."),
            (("fiktiv",), "true", "«fiktiv» ska vara true eller false.", "Ta bort citattecknen."),
            (("fiktiv",), 1, "«fiktiv» ska vara true eller false.", "Skriv «fiktiv: true» om det är så."),
            (("fiktiv",), "nej", "«fiktiv» ska vara true eller false.", "Skriv «fiktiv: true» om det är så. Annars"),
            (("mål",), "a", "«mål» ska vara en lista.", "Skriv varje sak på en egen rad"),
            (
                ("mål",),
                ["a"],
                "Punkt 1 i «mål» ska ha fält under sig.",
                "Skriv «- » och sedan fälten under varandra: «mål: Alva bor i en egen lägenhet», «status: pågår».",
            ),
            (("person",), "a", "«person» ska ha fält under sig.", "Skriv fälten på egna rader"),
            (("personer", "mamma"), "a", "«mamma» ska ha fält under sig.", "Skriv fälten på egna rader"),
            (("underskrifter",), [{"vem": {}}], WHO, "Skriv så"),
        ],
    )
    def test_is_told_with_the_right_one(self, way: tuple[str, ...], value: Any, message: str, hint: str) -> None:
        [problem] = broken(way, value)
        assert (problem.code, problem.message) == ("IP022", message)
        assert problem.hint.startswith(hint)

    def test_field_of_a_person_without_her_key_is_told_to_have_one_above_it(self) -> None:
        problems = broken(("personer",), {"namn": "Eva Ek", "roll": "mamma", "huvudman": "närstående"})
        assert {problem.message for problem in problems} == {
            f"«{name}» ska ha fält under sig." for name in ("namn", "roll", "huvudman")
        }
        assert {problem.hint for problem in problems} == {
            "Skriv personens nyckel på raden ovanför, till exempel «mamma:», och dra in fälten under den."
        }

    def test_of_an_insats_as_text_is_not_taken_for_a_person_without_her_key(self) -> None:
        [problem] = broken(("insats",), "Daglig verksamhet", "genomförandeplan")
        assert problem.message == "«insats» ska ha fält under sig."
        assert problem.hint == "Skriv fälten på egna rader, indragna under: «insats: Daglig verksamhet»."

    def test_under_a_key_that_may_be_private_text_is_not_named(self) -> None:
        problems = broken(("personer",), {"Eva Ek": "mamma"})
        assert [problem.message for problem in problems if problem.code == "IP022"] == ["Värdet ska ha fält under sig."]


class TestChoices:
    def test_of_two_values_are_both_shown(self) -> None:
        told = broken(("övergripande_ansvar",), {"huvudman": "landsting", "vem": "mamma"}, "sip")
        assert [problem.hint for problem in told if problem.code == "IP023"] == ["Du kan skriva: kommun · region."]


class TestEmpty:
    @pytest.mark.parametrize("value", [None, ""])
    def test_required_field_is_not_advised_to_be_left_out(self, value: object) -> None:
        [problem] = broken(("titel",), value)
        assert (problem.code, problem.message) == ("IP024", "«titel» är tomt.")
        assert "ta bort raden" not in problem.hint

    @pytest.mark.parametrize(
        ("way", "value"),
        [
            (("gäller",), {}), (("gäller",), None), (("gäller",), ""), (("mål",), []), (("mål",), ""),
            (("reviderad",), None), (("reviderad",), ""), (("ersätter",), ""), (("fiktiv",), ""), (("om_mig",), {}),
        ],
    )  # fmt: skip
    def test_other_field_may_be_left_out(self, way: tuple[str, ...], value: object) -> None:
        [problem] = broken(way, value)
        assert (problem.code, problem.message) == ("IP024", f"«{way[0]}» är tomt.")
        assert problem.hint.endswith("Vet du inte än, ta bort raden.")

    @pytest.mark.parametrize(
        "text",
        [
            "gäller: # från: 2026-01-01",
            "gäller:\n  # Första dagen.\n  #från: 2026-01-01\n  # Sista dagen.\n  #till: 2026-02-01",
            "om_mig:\n  viktigt_för_mig:\n    #- Musik varje dag.",
            "om_mig:\n  viktigt_för_mig:\n    - #12 är mitt nummer.",
            "om_mig:\n  viktigt_för_mig:\n    -\n      #12 är mitt nummer.",
        ],
    )
    def test_field_or_item_whose_value_is_a_comment_says_so(self, text: str) -> None:
        [problem] = validate(source_of(f"{as_yaml(small_plan())[0]}\n{text}\n"))
        assert problem.hint == f"{form._COMMENTED} Vet du inte än, ta bort raden."

    def test_mapping_above_a_comment_is_told_what_it_must_have(self) -> None:
        [problem] = validate(source_of(f"{as_yaml(small_plan())[0]}\nnuläge: {{}}\n  #bra: [Jag bor bra.]\n"))
        assert problem.hint.startswith("Skriv minst ett av fälten: ")

    @pytest.mark.parametrize(
        "text", ["reviderad:\n#gäller:\n  #från: 2026-01-01", "reviderad:\n  # Jag frågar Eva.", 'reviderad: "" # nej']
    )
    def test_field_beside_another_comment_does_not(self, text: str) -> None:
        [problem] = validate(source_of(f"{as_yaml(small_plan())[0]}\n{text}\n"))
        assert problem.hint.startswith("Skriv så här: «reviderad: ")

    def test_item_is_told_by_its_number(self) -> None:
        [problem] = broken(("om_mig",), {"viktigt_för_mig": ["a", ""]})
        assert problem.message == "Punkt 2 i «viktigt_för_mig» är tom."

    def test_text_of_blanks_is_empty(self) -> None:
        assert [problem.code for problem in broken(("titel",), " \n ")] == ["IP024"]

    @pytest.mark.parametrize("kind", schema.KINDS)
    def test_mapping_that_must_have_a_field_is_a_problem_wherever_it_stands(self, kind: str) -> None:
        fields = {way: field for of, way, field in ALL_FIELDS if of == kind and len(way) == 1}
        for way, field in fields.items():
            if field.properties and not any(inner.required for inner in field.properties.values()):
                assert [problem.code for problem in broken(way, {}, kind)] == ["IP024"]


class TestValues:
    @pytest.mark.parametrize(
        "day",
        [
            "2026-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-1-1",
            "20260101",
            "2026-W01-1",
            "26-01-01",
            "0000-01-01",
            "2026-01-01 ",
            "2026-01-01T00:00",
            "٢٠٢٦-٠١-٠١",
            "i mars",
            "x" * 9999,
        ],
    )
    def test_a_day_that_does_not_exist_or_is_written_otherwise(self, day: str) -> None:
        problems = broken(("skriven",), day)
        assert [problem.code for problem in problems] == ([] if day.strip() == "2026-01-01" else ["IP025"])

    @pytest.mark.parametrize("day", ["2024-02-29", "2026-12-31", "1900-01-01"])
    def test_a_day_that_exists(self, day: str) -> None:
        assert broken(("skriven",), day) == []

    def test_a_time_that_is_no_text(self) -> None:
        meeting = {"slag": "planeringsmöte", "tid": [1], "längd_minuter": 60, "plats": "A"}
        assert [problem.code for problem in broken(("möten",), [meeting])] == ["IP022"]

    @pytest.mark.parametrize(
        ("time", "right"),
        [
            ("2026-09-14 13:00", True),
            ("2026-09-14 00:00", True),
            ("2026-09-14 23:59", True),
            ("2026-09-14 09:05", True),
            ("2026-09-14 21:30", True),
            ("2026-09-14 22:15", True),
            ("2026-09-14 25:00", False),
            ("2026-09-14 24:00", False),
            ("2026-09-14 9:00", False),
            ("2026-09-14 13.00", False),
            ("2026-09-14", False),
            ("2026-09-14T13:00", False),
            ("2026-09-14 13:00:00", False),
            ("2026-09-14 13:00Z", False),
            ("2026-09-31 13:00", False),
            ("2026-09-14 13:60", False),
        ],
    )
    def test_a_time(self, time: str, right: bool) -> None:
        meeting = {"slag": "planeringsmöte", "tid": time, "längd_minuter": 60, "plats": "A"}
        assert [problem.code for problem in broken(("möten",), [meeting])] == ([] if right else ["IP025"])

    @pytest.mark.parametrize(
        ("address", "right"),
        [
            ("a@example.com", True),
            ("a.b+c@sub.example.com", True),
            ("åsa@exempel.se", True),
            ("a@b", False),
            ("a", False),
            ("@example.com", False),
            ("a@", False),
            ("a@@b.se", False),
            ("a b@c.se", False),
            ("a@b.se, c@d.se", False),
            *(
                (address.replace("!", sign), False)
                for sign in "<> @"
                for address in ("a!a@b.se", "a@b!b.se", "a@b.s!e")
            ),
            ("a@b.b.se", True),
            ("a@b.s.", False),
            ("a@b.se.", False),
            ("a@" + "b." * 50_000, False),
        ],
    )
    def test_an_e_mail_address(self, address: str, right: bool) -> None:
        codes = [problem.code for problem in broken(("personer", "mamma", "e_post"), address)]
        assert codes == ([] if right else ["IP025"])

    @pytest.mark.parametrize(
        ("name", "right"),
        [
            ("alva.jpg", True),
            ("alva.PNG", True),
            ("Alva på gungan 2.jpeg", True),
            ("alva.vår.png", True),
            ("alva.gif", False),
            ("alva.svg", False),
            ("alva", False),
            (".png", False),
            ("../alva.png", False),
            ("bilder/alva.png", False),
            ("bilder\\alva.png", False),
            ("https://example.com/a.png", False),
            ("C:alva.png", False),
            ("a..png", False),
            ("a\u0007.png", False),
            ("a." * 50_000 + "gif", False),
        ],
    )
    def test_the_name_of_a_picture(self, name: str, right: bool) -> None:
        if "\u0007" in name:
            source = source_of(as_yaml(small_plan(person={"namn": "A", "bild": name}))[0])
            codes = [problem.code for problem in validate(source)]
        else:
            codes = [problem.code for problem in broken(("person", "bild"), name)]
        assert codes == ([] if right else ["IP026"])

    @pytest.mark.parametrize(
        ("link", "right"),
        [
            ("https://example.com", True),
            ("https://example.com/a?b=c#d", True),
            ("http://example.com", False),
            ("https://", False),
            ("javascript:alert(1)", False),
            ("https:///x", False),
            ("https://a b", False),
            (" HTTPS://example.com", False),
        ],
    )
    def test_a_link(self, link: str, right: bool) -> None:
        meeting = {"slag": "planeringsmöte", "tid": "2026-09-14 13:00", "längd_minuter": 60, "plats": "A", "länk": link}
        assert [problem.code for problem in broken(("möten",), [meeting])] == ([] if right else ["IP026"])

    @pytest.mark.parametrize(
        ("value", "right"), [(0, False), (1, True), (3, True), (4, False), (-1, False), (10**30, False), (2.0, True)]
    )
    def test_a_number_in_a_range(self, value: float, right: bool) -> None:
        assert [problem.code for problem in broken(("person", "personkrets"), value)] == ([] if right else ["IP027"])

    @pytest.mark.parametrize(
        ("key", "right"),
        [
            ("mamma", True),
            ("god_man", True),
            ("å", True),
            ("assistent_2", True),
            ("x_mall", True),
            ("Mamma", False),
            ("andré", False),
            ("god man", False),
            ("2a", False),
            ("_a", False),
            ("god-man", False),
            ("jag själv", False),
        ],
    )
    def test_the_key_of_a_person(self, key: str, right: bool) -> None:
        people = {key: {"namn": "A", "roll": "B", "huvudman": "annan"}}
        assert [problem.code for problem in broken(("personer",), people)] == ([] if right else ["IP030"])

    def test_each_wrong_key_of_a_person_is_told_at_its_place(self) -> None:
        person = {"namn": "A", "roll": "B", "huvudman": "annan"}
        text, lines = as_yaml(small_plan(personer={"A": person, "b": person, "C": person}))
        assert [problem.line for problem in validate(source_of(text))] == [
            lines["personer", "A"],
            lines["personer", "C"],
        ]

    def test_the_same_twice_is_told_at_the_second(self) -> None:
        text, lines = as_yaml(small_plan(exemplar=[{"till": ["mamma", "jag själv", "mamma", "mamma"]}]))
        problems = validate(source_of(text))
        assert [(problem.code, problem.where) for problem in problems] == [
            ("IP029", "exemplar[1].till[3]"),
            ("IP029", "exemplar[1].till[4]"),
        ]
        assert problems[0].line == lines["exemplar", 0, "till", 2]

    @pytest.mark.parametrize(
        ("way", "value", "code"),
        [
            (("format",), "två", "IP022"),
            (("status",), [], "IP022"),
            (("person", "födelseår"), 4.5, "IP022"),
            (("person", "födelseår"), 9999.5, "IP022"),
            (("möten",), [{"slag": "planeringsmöte", "tid": "i mars", "längd_minuter": 60, "plats": "A"}], "IP025"),
            (("titel",), "", "IP024"),
        ],
    )
    def test_a_value_with_two_faults_is_told_once(self, way: tuple[str, ...], value: object, code: str) -> None:
        assert [problem.code for problem in broken(way, value)] == [code]

    def test_two_values_with_the_same_fault_are_both_told(self) -> None:
        assert [problem.where for problem in form_of(small_plan(titel=[], skriven=[]))] == ["titel", "skriven"]

    def test_other_values_are_told_beside_one_with_two_faults(self) -> None:
        wrong: dict[str, Any] = {"format": "två", "titel": [], "skriven": [], "status": []}
        assert [problem.where for problem in form_of(small_plan(**wrong))] == list(wrong)


class TestKind:
    @pytest.mark.parametrize("kind", schema.KINDS)
    def test_of_each_plan_is_known(self, kind: str) -> None:
        assert form_of(small_plan(kind)) == []

    CHOICES = "individuell plan · sip · genomförandeplan."
    WRITE = f"Skriv vilket slags plan det är: {CHOICES} Till exempel: «slag: individuell plan»."
    CHOOSE = f"Du kan skriva: {CHOICES}"

    @pytest.mark.parametrize(
        ("slag", "code", "hint"),
        [
            ("SIP", "IP023", f"Menade du «sip»? {CHOOSE}"),
            ("genomförandeplanen", "IP023", f"Menade du «genomförandeplan»? {CHOOSE}"),
            ("vårdplan", "IP023", CHOOSE),
            ("", "IP024", WRITE),
            (None, "IP024", WRITE),
            (["sip"], "IP023", f"Menade du «sip»? {CHOOSE}"),
            (True, "IP023", CHOOSE),
            ({}, "IP023", CHOOSE),
        ],
    )
    def test_that_is_wrong_is_the_only_problem_and_told_at_the_value(self, slag: object, code: str, hint: str) -> None:
        text, _ = as_yaml({"titl": 1, "slag": slag})
        words = {"IP023": "«slag» har ett värde som inte går att välja.", "IP024": "«slag» är tomt."}[code]
        source = source_of(text)
        place = source.value_place(("slag",))
        assert validate(source) == [Problem(code, "fel", source.file, *place, "slag", words, hint)]

    def test_that_is_not_there_is_told_at_the_top(self) -> None:
        source = source_of("titel: A\ntyp: sip\n")
        words = "Fältet «slag» saknas."
        assert validate(source) == [Problem("IP021", "fel", source.file, 1, 1, "slag", words, self.WRITE)]

    @pytest.mark.parametrize("slip", ["Slag", "slg", "slagg"])
    def test_under_a_misspelt_key_is_found(self, slip: str) -> None:
        source = source_of(f"titel: A\n{slip}: sip\n")
        words = f"Fältet «{slip}» finns inte här."
        assert validate(source) == [Problem("IP020", "fel", source.file, 2, 1, slip, words, "Menade du «slag»?")]

    def test_under_a_key_that_may_be_private_text_is_not_shown(self) -> None:
        source = source_of("slag!: sip\n")
        assert [problem.message for problem in validate(source)] == ["Fältet «slag» saknas."]

    def test_under_its_own_key_is_not_sought_under_another(self) -> None:
        source = source_of("slagg: sip\nslag: vårdplan\n")
        assert [(problem.code, problem.where) for problem in validate(source)] == [("IP023", "slag")]


def test_every_keyword_has_a_message_that_says_something() -> None:
    """A range with one end, a pattern beside a format: what the schema may come to use."""
    field = schema.fields("individuell plan").at(("person", "personkrets"))
    assert isinstance(field, Field)
    source = source_of("person: {personkrets: 9}\n")
    picture = schema.fields("individuell plan").at(("person", "bild"))
    assert isinstance(picture, Field)
    alone = form.Breach(source, ("person", "bild"), replace(picture, examples=()), "pattern", "^a", "b")
    assert next(form.problems(alone)).hint == picture.description
    day = schema.fields("individuell plan").at(("skriven",))
    assert isinstance(day, Field)
    beside = form.Breach(source, ("skriven",), day, "pattern", "^2", "1999-01-01")
    assert [(told.code, told.hint) for told in form.problems(beside)] == [
        ("IP025", "Skriv så här: «skriven: 2026-03-02».")
    ]
    several = form.Breach(source, ("person",), replace(field, types=("string", "integer")), "type", "integer", [])
    assert next(form.problems(several)).message == "«person» ska vara text eller ett heltal."
    for low, high, words in [(1, None, "minst 1"), (None, 3, "högst 3"), (1, 3, "ett tal mellan 1 och 3")]:
        one_end = replace(field, minimum=low, maximum=high)
        breach = form.Breach(source, ("person", "personkrets"), one_end, "maximum", 3, 9)
        assert next(form.problems(breach)).message == f"«personkrets» ska vara {words}."


def test_ctrl_c_while_a_schema_is_compiled_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = validation.jsonschema_rs.Draft7Validator

    def deaf(*arguments: Any, **more: Any) -> Any:
        """Does as the library does with about every sixth Ctrl-C: says that it is ignored, and goes on."""
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)
        return compiled(*arguments, **more)

    monkeypatch.setattr(validation.jsonschema_rs, "Draft7Validator", deaf)
    with pytest.raises(KeyboardInterrupt):
        validation._quick.__wrapped__("sip")


def test_a_key_that_is_empty_is_told_how_keys_are_written_and_a_value_that_is_empty_as_that() -> None:
    [key] = form_of(small_plan(personer={"": {"namn": "A", "roll": "granne", "huvudman": "närstående"}}))
    [value] = form_of(small_plan(format=None))
    assert (key.code, value.code) == ("IP030", "IP024")


def test_a_key_is_not_guessed_to_be_one_that_stands_there_already() -> None:
    people = small_plan()["personer"]
    for others, guess in (({}, "Menade du «eva_ek»? "), ({"eva_ek": people["mamma"]}, "Börja med en bokstav")):
        told = broken(("personer",), {**people, **others, "Eva_Ek": people["mamma"]})
        assert [problem.hint[: len(guess)] for problem in told if problem.code == "IP030"] == [guess]


@pytest.mark.parametrize(
    ("least", "words"), [(999, "ett tal mellan 999"), (1000, "ett år med fyra siffror, mellan 1000")]
)
def test_a_number_of_four_figures_at_least_is_a_year(least: int, words: str) -> None:
    source = source_of(as_yaml(small_plan(person={"namn": "A", "födelseår": 7}))[0])
    way = ("person", "födelseår")
    field = schema.fields("individuell plan").at(way)
    assert field is not None
    breach = form.Breach(source, way, replace(field, minimum=least, maximum=2100), "minimum", least, 7)
    [problem] = form.problems(breach)
    assert words in problem.message
    [problem] = form.problems(replace(breach, keyword="type", value="sju"))
    assert ("skrivet med fyra siffror" in problem.message) == (least == 1000)


def test_a_field_whose_value_is_commented_out_says_just_that() -> None:
    text = as_yaml(small_plan())[0].replace('"Flytta hemifrån"', '#"Flytta hemifrån"')
    [problem] = validate(source_of(text))
    assert problem.hint == "Det som står efter «#» räknas inte. Ta bort «#» framför det som ska gälla."


@pytest.mark.parametrize("kind", ["[a]", "okänd", "1.10"])
def test_the_texts_of_an_unknown_kind_of_plan_are_left_as_they_were_read(kind: str) -> None:
    source = source_of(f"slag: {kind}\ntitel: 1.10\n")
    assert restored(source) is source
