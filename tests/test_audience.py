"""What each reader may see: taken away before any view exists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ipsite import model, schema
from ipsite.audience import TRACES, Refusal, copies_for, copy_for
from ipsite.load import parse
from ipsite.model import MYSELF, Node, Plan
from ipsite.validate import validate
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


def plan(text: str = TEXT) -> Plan:
    source, problems = parse(text.encode(), "plan.yaml", "alva/plan")
    assert source is not None, problems
    assert validate(source) == []
    return model.plan(source)


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


def test_the_role_stands_for_a_private_person_who_does_something() -> None:
    assert copied("handläggare").people["mamma"].text("namn") == "vårdnadshavare"
    assert "vårdnadshavare" in seen("dv")


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


def test_a_finished_plan_without_consent_tells_how_to_leave_it_out() -> None:
    refused = copy_for(plan(TEXT.replace("status: gällande", "status: avslutad")), "granne", TODAY)
    assert isinstance(refused, Refusal)
    assert "ta bort läsaren under «exemplar»" in refused.message


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
        ("granne", "gick ut 21 november 2026"),
        ("mamma", "Samtycke saknas"),
        ("ingen", "finns inte under «personer»"),
    ],
)
def test_no_copy_without_consent_today(reader: str, words: str) -> None:
    refused = copy_for(plan(), reader, TODAY)
    assert isinstance(refused, Refusal)
    assert words in refused.message


def test_a_consent_that_has_not_begun_is_none() -> None:
    refused = copy_for(plan(), "dv", date(2026, 3, 1))
    assert isinstance(refused, Refusal)
    assert "2 mars 2026" in refused.message


def test_a_reader_without_a_copy_gets_none() -> None:
    without = TEXT.replace("  - till: mamma\n", "")
    assert isinstance(copy_for(plan(without), "mamma", TODAY), Refusal)


def test_the_traces_are_fields_that_exist() -> None:
    def keys(field: schema.Field) -> set[str]:
        inner = [*field.properties.values(), *filter(None, (field.items, field.entries))]
        return {field.key} | {key for child in inner for key in keys(child)}

    known = {key for name in schema.KINDS for key in keys(schema.fields(name))}
    assert known >= TRACES


# All plans of a portfolio


def test_a_reader_gets_the_plans_with_a_copy_and_no_others() -> None:
    other = plan(TEXT.replace("  - till: dv\n", "  - till: granne\n"))
    copies, refused = copies_for([plan(), other], "dv", TODAY)
    assert [made.own for made in copies] == [False]
    assert refused == []


def test_one_copy_without_consent_stops_all() -> None:
    copies, refused = copies_for([plan()], "granne", TODAY)
    assert copies == []
    assert "gick ut" in refused[0].message


def test_a_key_that_nobody_has_is_told_of_with_the_nearest() -> None:
    _, refused = copies_for([plan()], "handlaggare", TODAY)
    assert "Menade du «handläggare»?" in refused[0].message


def test_a_copy_for_a_key_that_the_plan_does_not_explain_is_no_copy() -> None:
    """The check tells of such a key (IP040); until it is mended there is nobody to give the copy to."""
    _, refused = copies_for([plan(TEXT.replace("  - till: mamma\n", "  - till: kusin\n"))], "kusin", TODAY)
    assert "Ingen plan har ett exemplar" in refused[0].message


def test_one_key_for_two_people_in_two_plans_stops() -> None:
    """«handläggare» may be Karin in one plan and Omar in the next; neither may get the other's."""
    _, refused = copies_for([plan(), plan(TEXT.replace("namn: Karin", "namn: Omar"))], "handläggare", TODAY)
    assert "olika människor" in refused[0].message


def test_an_ended_plan_whose_consent_has_run_out_is_left_out_and_stops_nothing() -> None:
    ended = TEXT.replace("status: gällande\nersätter", "status: avslutad\nersätter")
    ended = ended.replace(
        "    samtycke: {datum: 2026-03-02}\n", "    samtycke: {datum: 2025-03-02, till_och_med: 2026-03-01}\n"
    )
    copies, refused = copies_for([plan(ended), plan()], "dv", TODAY)
    assert (len(copies), refused) == (1, [])
    assert copies[0].status == "gällande"
    _, refused = copies_for([plan(ended)], "dv", TODAY)
    assert "gick ut" in refused[0].message


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
