"""What each reader may see: taken away before any view exists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ipsite import model, schema
from ipsite.audience import TRACES, Refusal, copies_for, copy_for, to_hand_out
from ipsite.load import parse
from ipsite.model import MYSELF, Node, Plan
from ipsite.validate import restored, validate
from ipsite.views.blocks import Document, Fact
from ipsite.views.plan import document

TODAY = date(2026, 11, 22)

TEXT = """
format: 1
slag: individuell plan
titel: Rubriken
skriven: 2026-03-02
status: gällande
ersätter: gammal
person:
  namn: Hela Namnet
  kallas: Kallas
  kommun: Hemlig kommun
  så_kommunicerar_jag: Med bilder
personer:
  handläggare: {namn: Karin, roll: LSS-handläggare, huvudman: kommun, telefon: 0700-00 00 01}
  mamma: {namn: Mammanamnet, roll: vårdnadshavare, huvudman: närstående, telefon: 0700-00 00 02, privat: true}
  dv: {namn: Leila, roll: arbetsledare, huvudman: kommun, organisation: Arbetsplatsen}
  granne: {namn: Grannen, roll: granne, huvudman: närstående}
anledning: Anledningen
mål:
  - mål: Öppna målet
    status: pågår
    åtgärder:
      - {vad: Öppna åtgärden, vem: mamma, status: pågår, klart: 2027-01-01}
      - {vad: Privata åtgärden, vem: dv, status: pågår, privat: true}
  - mål: Privata målet
    status: pågår
    privat: true
insatser:
  - insats: Insatsen
    status: beslutad
    huvudman: kommun
    utförare: Utföraren
    omfattning: Måndagar klockan nio
andra_planer:
  - {slag: genomförandeplan, gäller: Något, plan: alva/annan}
möten:
  - slag: planeringsmöte
    tid: 2026-03-02 13:00
    längd_minuter: 60
    plats: Mötesplatsen
exemplar:
  - till: handläggare
    samtycke: {datum: 2026-03-02, till_och_med: 2027-03-01}
  - till: dv
    delar: [mål]
    samtycke: {datum: 2026-03-02}
  - till: granne
    samtycke: {datum: 2026-03-02, till_och_med: 2026-11-21}
  - till: mamma
"""
MEND = "Fråga personen och skriv det under «exemplar»."


def plan(text: str = TEXT, plan_id: str = "alva/plan") -> Plan:
    source, problems = parse(text.encode(), "plan.yaml", plan_id)
    assert source is not None, problems
    assert validate(source) == []
    return model.plan(restored(source))


def copied(reader: str, text: str = TEXT, visible: tuple[str, ...] = ()) -> Plan:
    made = copy_for(plan(text), reader, TODAY, visible)
    assert isinstance(made, Plan), made
    return made


def texts(value: Any) -> str:
    """Everything that can be read in a node or in a view, in one string."""
    if isinstance(value, Node):
        inner = value.value.values() if isinstance(value.value, dict) else value.value
        return " ".join(map(texts, inner)) if isinstance(value.value, dict | tuple) else str(value.value)
    if isinstance(value, tuple):
        return " ".join(map(texts, value))
    if hasattr(value, "__dataclass_fields__"):
        return " ".join(texts(getattr(value, name)) for name in value.__dataclass_fields__)
    return str(value)


def seen(reader: str, text: str = TEXT) -> str:
    made = copied(reader, text)
    page: Document = document(made, TODAY)
    return f"{texts(made.root)} {texts(page)}"


def test_the_own_copy_is_the_plan_itself() -> None:
    whole = plan()
    assert copy_for(whole, MYSELF, TODAY) is whole


@pytest.mark.parametrize("hidden", ["Privata åtgärden", "Privata målet", "Mammanamnet", "0700-00 00 02"])
def test_what_is_private_is_in_no_other_copy(hidden: str) -> None:
    assert hidden in texts(plan().root)
    for reader in ("handläggare", "dv"):
        assert hidden not in seen(reader)


@pytest.mark.parametrize("part", ["insatser", "möten", "exemplar"])
def test_a_part_from_which_nothing_is_taken_away_is_the_part_itself(part: str) -> None:
    whole = plan()
    made = copy_for(whole, "handläggare", TODAY, ("alva/annan",))
    assert isinstance(made, Plan)
    assert made.root[part] is whole.root[part]
    assert made.root["mål"] is not whole.root["mål"]


def test_the_role_stands_for_a_private_person_who_does_something() -> None:
    assert copied("handläggare").people["mamma"].text("namn") == "vårdnadshavare"
    assert "vårdnadshavare" in seen("dv")


def test_of_a_private_person_nothing_but_the_role_and_whom_it_is_played_for_is_told() -> None:
    person = copied("handläggare").people["mamma"]
    assert {key: node.value for key, node in person.value.items()} == {
        "namn": "vårdnadshavare", "roll": "vårdnadshavare", "huvudman": "närstående",
    }  # fmt: skip
    assert [node.field.key for node in person] == ["namn", "roll", "huvudman"]


def test_several_who_do_something_together_are_all_in_the_copy() -> None:
    assert set(copied("dv", TEXT.replace("vem: mamma", "vem: [mamma, granne]")).people) == {"mamma", "granne"}


def test_a_reader_of_some_parts_sees_those_and_who_is_in_them() -> None:
    made = copied("dv")
    assert set(made.root.value) == {
        "format", "slag", "titel", "skriven", "status", "person", "personer", "mål",
    }  # fmt: skip
    assert set(made.people) == {"mamma"}
    assert set(made.person.value) == {"namn", "kallas"}
    for hidden in ("Anledningen", "Insatsen", "Mötesplatsen", "Hemlig kommun", "Grannen", "Karin", "Med bilder"):
        assert hidden not in seen("dv")


def test_everyone_but_the_private_is_in_a_copy_whose_parts_name_them() -> None:
    made = copied("dv", TEXT.replace("delar: [mål]", "delar: [personer]"))
    assert set(made.people) == {"handläggare", "dv", "granne"}
    assert "mål" not in made.root


def test_a_copy_with_the_section_of_the_person_tells_all_of_it() -> None:
    made = copied("dv", TEXT.replace("delar: [mål]", "delar: [person]"))
    assert set(made.person.value) == {"namn", "kallas", "kommun", "så_kommunicerar_jag"}
    assert "mål" not in made.root


@pytest.mark.parametrize("again", ["", "    delar: [anledning]\n"], ids=["the whole plan", "another part"])
def test_several_copies_for_a_reader_are_read_together(again: str) -> None:
    more = f"exemplar:\n  - till: [granne, dv]\n{again}    samtycke: {{datum: 2026-03-02}}\n"
    made = copied("dv", TEXT.replace("exemplar:\n", more))
    assert ("mål" in made.root, "anledning" in made.root) == (True, True)
    assert ("insatser" in made.root) is (not again)


def test_of_several_copies_only_those_that_are_agreed_to_count() -> None:
    more = "exemplar:\n  - till: dv\n    samtycke: {datum: 2026-01-02, till_och_med: 2026-02-02}\n"
    assert "insatser" not in copied("dv", TEXT.replace("exemplar:\n", more)).root


def test_a_finished_plan_without_consent_tells_how_to_leave_it_out() -> None:
    refused = copy_for(plan(TEXT.replace("status: gällande", "status: avslutad")), "granne", TODAY)
    ended = "Planen är avslutad: ska läsaren inte ha den längre, ta bort läsaren under «exemplar» i den."
    assert refused == Refusal("alva/plan", f"Samtycket gick ut 21 november 2026. {MEND} {ended}")


def test_nothing_is_said_of_parts_that_the_reader_may_not_see() -> None:
    titles = [section.title for section in document(copied("dv"), TODAY).sections]
    assert titles == ["Mina mål", "Vem gör vad", "Min karta", "Mitt år", "Vilka som är med", "Om planen"]
    assert "Inget är skrivet" not in seen("dv")


def test_a_group_emptied_for_a_reader_is_not_said_to_be_empty() -> None:
    hidden = TEXT.replace("    omfattning: Måndagar klockan nio\n", "    privat: true\n")
    assert "Inget är skrivet" in texts(document(plan(hidden), TODAY))
    assert "Inget är skrivet" not in seen("handläggare", hidden)


def test_counts_and_dates_come_from_what_is_left() -> None:
    only_private = TEXT.replace("      - {vad: Öppna åtgärden, vem: mamma, status: pågår, klart: 2027-01-01}\n", "")
    assert "Vem gör vad" not in seen("handläggare", only_private)


def test_references_to_plans_that_the_reader_may_not_know_of_are_gone() -> None:
    assert "alva/annan" not in texts(copied("handläggare").root)
    assert "alva/annan" in texts(copied("handläggare", visible=("alva/annan",)).root)
    assert "gammal" not in texts(copied("handläggare").root)


def test_protected_data_tells_no_place_time_or_picture_in_any_other_copy() -> None:
    protected = TEXT.replace("  kallas: Kallas\n", "  kallas: Kallas\n  skyddade_uppgifter: true\n")
    assert "Mötesplatsen" in texts(plan(protected).root)
    for trace in ("Mötesplatsen", "13.00", "13:00", "Utföraren", "Måndagar", "Arbetsplatsen", "Hemlig kommun"):
        assert trace not in seen("handläggare", protected)


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        ("granne", f"Samtycket gick ut 21 november 2026. {MEND}"),
        ("mamma", f"Samtycke saknas för det här exemplaret. {MEND}"),
        ("ingen", "«ingen» finns inte under «personer»."),
    ],
)
def test_no_copy_without_consent_today(reader: str, words: str) -> None:
    assert copy_for(plan(), reader, TODAY) == Refusal("alva/plan", words)


def test_a_consent_that_has_not_begun_is_none() -> None:
    refused = copy_for(plan(), "dv", date(2026, 3, 1))
    assert refused == Refusal("alva/plan", f"Samtycket gäller först från 2 mars 2026. {MEND}")
    assert isinstance(copy_for(plan(), "dv", date(2026, 3, 2)), Plan)


def test_a_consent_without_the_day_of_the_yes_is_none() -> None:
    text = TEXT.replace("{datum: 2026-03-02, till_och_med: 2027-03-01}", "{till_och_med: 2027-03-01}")
    words = f"Samtycke saknas för det här exemplaret. {MEND}"
    assert copy_for(plan(text), "handläggare", TODAY) == Refusal("alva/plan", words)


def test_a_consent_holds_its_last_day() -> None:
    assert isinstance(copy_for(plan(), "granne", date(2026, 11, 21)), Plan)


def test_a_reader_without_a_copy_gets_none() -> None:
    without = plan(TEXT.replace("  - till: mamma\n", ""))
    words = "«mamma» har inget exemplar av planen. Lägg till det under «exemplar»."
    assert copy_for(without, "mamma", TODAY) == Refusal("alva/plan", words)


def test_the_traces_are_fields_that_exist() -> None:
    def keys(field: schema.Field) -> set[str]:
        inner = [*field.properties.values(), *filter(None, (field.items, field.entries))]
        return {field.key} | {key for child in inner for key in keys(child)}

    known = {key for name in schema.KINDS for key in keys(schema.fields(name))}
    assert known >= TRACES


# What everyone at a meeting gets

MEETINGS = TEXT.replace(
    "möten:\n",
    "möten:\n"
    "  - {slag: planeringsmöte, tid: 2026-04-01 10:00, längd_minuter: 60, plats: Hemliga salen, privat: true}\n"
    "  - {slag: planeringsmöte, tid: 2026-05-01 10:00, längd_minuter: 60, plats: Hemliga rummet, privat: true}\n",
).replace("anledning:", "  vän: {namn: Vännen, roll: vän, huvudman: närstående}\nanledning:")


def test_what_is_handed_out_at_a_meeting_has_nothing_private_and_everyone_else() -> None:
    made = to_hand_out(plan(MEETINGS))
    for hidden in ("Privata åtgärden", "Privata målet", "Mammanamnet", "0700-00 00 02", "Hemliga"):
        assert hidden in texts(plan(MEETINGS).root)
        assert hidden not in texts(made.root)
    assert "Öppna åtgärden" in texts(made.root)
    assert {key: person.text("namn") for key, person in made.people.items()} == {
        "handläggare": "Karin", "mamma": "vårdnadshavare", "dv": "Leila", "granne": "Grannen", "vän": "Vännen",
    }  # fmt: skip
    assert made.own is False


def test_those_at_a_private_meeting_are_told_of_it_and_of_no_other() -> None:
    whole = plan(MEETINGS)
    made = to_hand_out(whole, whole.root["möten"].value[0])
    [meeting, other] = made.root["möten"].value
    assert (meeting.text("plats"), other.text("plats")) == ("Hemliga salen", "Mötesplatsen")
    assert "privat" not in meeting
    assert "mål" in made.root


# All plans of a portfolio


def test_a_reader_gets_the_plans_with_a_copy_and_no_others() -> None:
    other = plan(TEXT.replace("  - till: dv\n", "  - till: granne\n"))
    copies, refused = copies_for([plan(), other], "dv", TODAY)
    assert [made.own for made in copies] == [False]
    assert refused == []


ENDED = TEXT.replace("status: gällande\nersätter", "status: avslutad\nersätter")
RUN_OUT = "    samtycke: {datum: 2025-03-02, till_och_med: 2026-03-01}\n"


def without_consent(text: str) -> str:
    """The same plan, but «dv» had a copy until the first of March."""
    return text.replace("    samtycke: {datum: 2026-03-02}\n", RUN_OUT)


def test_one_copy_without_consent_stops_all() -> None:
    copies, refused = copies_for([plan(), plan(without_consent(TEXT), "alva/andra")], "dv", TODAY)
    assert copies == []
    assert refused == [Refusal("alva/andra", f"Samtycket gick ut 1 mars 2026. {MEND}")]


def test_the_person_gets_every_plan_as_it_is() -> None:
    plans = [plan(), plan(without_consent(TEXT), "alva/andra")]
    copies, refused = copies_for(plans, MYSELF, TODAY)
    assert [made is whole for made, whole in zip(copies, plans, strict=True)] == [True, True]
    assert refused == []


def test_a_key_that_nobody_has_is_told_of_with_the_nearest() -> None:
    copies, refused = copies_for([plan()], "handlaggare", TODAY)
    words = "Ingen plan har ett exemplar för «handlaggare». Menade du «handläggare»? "
    words += "De som har ett är: dv, granne, handläggare, mamma."
    assert (copies, refused) == ([], [Refusal("", words)])


def test_a_person_without_a_copy_is_not_told_to_be_somebody_else() -> None:
    _, refused = copies_for([plan(TEXT.replace("  - till: mamma\n", ""))], "mamma", TODAY)
    words = "Ingen plan har ett exemplar för «mamma». De som har ett är: dv, granne, handläggare. "
    words += "Ska det finnas ett till, skriv det under «exemplar» i planen."
    assert refused == [Refusal("", words)]


@pytest.mark.parametrize(("count", "listed"), [(12, True), (13, False)])
def test_those_who_have_a_copy_are_counted_up_as_long_as_they_are_few(count: int, listed: bool) -> None:
    keys = [f"granne_{number:02}" for number in range(count)]
    people = "".join(f"  {key}: {{namn: Grannen, roll: granne, huvudman: närstående}}\n" for key in keys)
    before, _, _ = TEXT.partition("exemplar:\n")
    text = (
        before.replace("anledning:", f"{people}anledning:")
        + "exemplar:\n"
        + "".join(f"  - till: {key}\n" for key in keys)
    )
    _, refused = copies_for([plan(text)], "okänd", TODAY)
    told = f" De som har ett är: {', '.join(keys)}." if listed else ""
    assert refused == [Refusal("", f"Ingen plan har ett exemplar för «okänd».{told}")]


def test_where_nobody_has_a_copy_it_is_told_how_one_is_given() -> None:
    before, _, _ = TEXT.partition("exemplar:\n")
    _, refused = copies_for([plan(before)], "mamma", TODAY)
    words = "Skriv först under «exemplar» i planen vem som får en kopia, och vilken dag personen sa ja."
    assert refused == [Refusal("", f"Ingen plan har ett exemplar för «mamma». {words}")]


def test_a_copy_for_a_key_that_the_plan_does_not_explain_is_no_copy() -> None:
    """The check tells of such a key (IP040); until it is mended there is nobody to give the copy to."""
    _, refused = copies_for([plan(TEXT.replace("  - till: mamma\n", "  - till: kusin\n"))], "kusin", TODAY)
    assert "Ingen plan har ett exemplar" in refused[0].message


def test_one_key_for_two_people_in_two_plans_stops() -> None:
    """«handläggare» may be Karin in one plan and Omar in the next; neither may get the other's."""
    plans = [plan(), plan(TEXT.replace("namn: Karin", "namn: Omar"), "omar/plan")]
    copies, refused = copies_for(plans, "handläggare", TODAY)
    words = "«handläggare» är olika människor i olika planer. Bygg för en mapp med planer i taget."
    assert (copies, refused) == ([], [Refusal("alva/plan", words), Refusal("omar/plan", words)])


def test_an_ended_plan_whose_consent_has_run_out_is_left_out_and_stops_nothing() -> None:
    ended = plan(without_consent(ENDED), "alva/gammal")
    copies, refused = copies_for([ended, plan()], "dv", TODAY)
    assert ([made.id for made in copies], refused) == (["alva/plan"], [])
    _, refused = copies_for([ended], "dv", TODAY)
    assert "gick ut" in refused[0].message


def test_an_ended_plan_whose_consent_holds_is_given() -> None:
    copies, refused = copies_for([plan(ENDED, "alva/gammal"), plan()], "dv", TODAY)
    assert ([made.id for made in copies], refused) == (["alva/gammal", "alva/plan"], [])


def test_a_copy_names_the_plans_that_the_reader_has_copies_of_too() -> None:
    other = TEXT.replace("  - till: handläggare\n", "  - till: granne\n")
    for text, named in ((TEXT, True), (other, False)):
        copies, _ = copies_for([plan(), plan(text, "alva/annan")], "handläggare", TODAY)
        assert ("alva/annan" in texts(copies[0].root)) is named


def whose(made: Plan) -> tuple[str, ...]:
    """What stands by «Exemplar» at the head of the page."""
    facts = [block for block in document(made, TODAY).lead if isinstance(block, Fact) and block.label == "Exemplar"]
    return facts[0].lines if facts else ()


def test_a_copy_says_whose_it_is_the_day_and_that_it_is_what_the_person_agreed_to() -> None:
    made = copied("handläggare")
    (day, words) = whose(made)
    assert day == "För Karin, 22 november 2026."
    assert "Kallas har sagt ja" in words
    assert document(made, TODAY).made == "Exemplar för Karin, 22 november 2026"


def test_a_copy_for_somebody_private_says_the_role() -> None:
    text = TEXT.replace("  - till: mamma\n", "  - till: mamma\n    samtycke: {datum: 2026-03-02}\n")
    assert document(copied("mamma", text), TODAY).made == "Exemplar för vårdnadshavare, 22 november 2026"


def test_the_own_copy_says_no_reader() -> None:
    assert document(plan(), TODAY).made == "Utskriven 22 november 2026"
    assert whose(plan()) == ()
