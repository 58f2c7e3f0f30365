"""model.py: a source whose form is right → a tree of nodes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from plan_samples import PLANS, as_yaml, small_plan, source_of

from ipsite import model, schema
from ipsite.model import Node, Plan
from ipsite.problem import Place
from ipsite.validate import restored, validate


def plan_of(data: dict[str, Any]) -> Plan:
    source = source_of(as_yaml(data)[0])
    assert validate(source) == []
    return model.plan(restored(source))


MEETING = {"slag": "planeringsmöte", "tid": "2026-09-14 13:00", "längd_minuter": 60, "plats": "Biblioteket"}


class TestPlan:
    def test_says_what_it_is(self) -> None:
        plan = plan_of(small_plan("sip"))
        assert (plan.id, plan.file) == ("plan", "plan.yaml")
        assert (plan.kind, plan.title, plan.status) == ("sip", "Flytta hemifrån", "utkast")
        assert list(plan.people) == ["mamma"]
        assert plan.person.text("namn") == "Alva Lindberg"

    def test_calls_the_person_what_she_wants(self) -> None:
        assert plan_of(small_plan()).called == "Alva Lindberg"
        assert plan_of(small_plan(person={"namn": "Alva Lindberg", "kallas": "Alva"})).called == "Alva"

    @pytest.mark.parametrize("name", ["whole-ip", "whole-sip", "whole-genomforandeplan"])
    def test_has_every_field_in_the_order_of_the_schema(self, name: str) -> None:
        source = source_of((PLANS / "valid" / f"{name}.yaml").read_bytes())
        root = model.plan(restored(source)).root
        assert list(root.value) == list(schema.fields(source.data["slag"]).properties)
        for node in _all(root):
            if isinstance(node.value, dict) and node.field.properties:
                assert list(node.value) == [key for key in node.field.properties if key in node.value]

    def test_leaves_own_keys_out(self) -> None:
        plan = plan_of(small_plan(x_a=1, person={"namn": "A", "x_b": 1}, personer={"x_mall": None}))
        assert not [node for node in _all(plan.root) if any(str(step).startswith("x_") for step in node.path)]

    def test_keeps_people_in_the_order_of_the_file(self) -> None:
        person = {"namn": "A", "roll": "B", "huvudman": "annan"}
        assert list(plan_of(small_plan(personer={"ö": person, "a": person})).people) == ["ö", "a"]

    def test_of_a_source_whose_form_is_wrong_is_an_error(self) -> None:
        with pytest.raises((KeyError, ValueError)):
            model.plan(source_of(as_yaml(small_plan(skriven="i mars"))[0]))


class TestNode:
    NODE = plan_of(
        small_plan(
            fiktiv=False,
            möten=[{**MEETING, "inbjudna": ["mamma", "jag själv"], "leder": "mamma", "privat": True}],
            gäller={"från": "2026-03-16"},
            exemplar=[],
        )
    ).root

    def test_has_its_field_way_and_place(self) -> None:
        node = self.NODE["möten"].value[0]["plats"]
        assert node.field.title == "Plats"
        assert node.path == ("möten", 0, "plats")
        assert isinstance(node.place, Place)

    def test_gives_dates_and_times(self) -> None:
        assert self.NODE.date("skriven") == date(2026, 3, 2)
        assert self.NODE["gäller"].date("till") is None
        assert self.NODE.date("gäller", "till") is None
        assert self.NODE.date("finns_inte", "till") is None
        assert self.NODE.date("gäller", "från") == date(2026, 3, 16)
        assert self.NODE["möten"].value[0].time("tid") == datetime(2026, 9, 14, 13, 0)
        assert self.NODE.time("finns_inte") is None

    def test_gives_text_of_anything_and_none_of_what_is_not_there(self) -> None:
        assert self.NODE["möten"].value[0].text("längd_minuter") == "60"
        assert self.NODE.text("reviderad") == ""

    def test_gives_flags(self) -> None:
        assert self.NODE["möten"].value[0].flag("privat")
        assert not self.NODE.flag("fiktiv")
        assert not self.NODE.flag("finns_inte")

    def test_gives_items(self) -> None:
        assert len(self.NODE.each("möten")) == 1
        assert self.NODE.each("exemplar") == self.NODE.each("mål") == ()

    def test_gives_who_as_keys_however_it_was_written(self) -> None:
        meeting = self.NODE["möten"].value[0]
        assert meeting.who("inbjudna") == ("mamma", "jag själv")
        assert meeting.who("leder") == ("mamma",)
        assert meeting.who("skriver") == ()

    def test_knows_what_is_in_it(self) -> None:
        assert "möten" in self.NODE
        assert "mål" not in self.NODE
        assert self.NODE.get("mål") is None
        assert [node.path for node in self.NODE["gäller"]] == [("gäller", "från")]

    def test_text_is_without_blanks_around_it(self) -> None:
        assert plan_of(small_plan(titel="\u00a0 Flytta \n")).title == "Flytta"

    def test_of_an_alias_has_its_own_way(self) -> None:
        source = source_of((PLANS / "valid" / "aliases.yaml").read_bytes())
        plan = model.plan(restored(source))
        assert plan.title == plan.root["mål"].value[0].text("mål") == "1.10"
        assert plan.root["mål"].value[1]["åtgärder"].value[0]["vad"].path == ("mål", 1, "åtgärder", 0, "vad")


def _all(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node.value, dict | tuple):
        for inner in node:
            yield from _all(inner)
