"""letters.py and views/letters.py: one source for the letters that pages show to copy and that papers are made of."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from markdown import markdown  # type: ignore[import-untyped]
from site_helpers import ROOT, TODAY, Html, pages_of, pdf, read_plan, smallest

from ipsite import law
from ipsite.documents import DOCUMENTS
from ipsite.letter import EASY, SIGNED, Letter, Points
from ipsite.letters import LETTERS, UnknownLetter, filled
from ipsite.letters_easy import EASY_LETTERS
from ipsite.readability import measure
from ipsite.render.environment import fill
from ipsite.render.paper import Paper
from ipsite.schema import KINDS
from ipsite.views.blocks import Block, Bullets, Text, Writing
from ipsite.views.letters import blocks, needs
from ipsite.views.reading import EASY as EASY_LIX

ALL = [pytest.param(letter, id=letter.name) for letter in LETTERS.values()]
PEOPLE = {"anna": {"namn": "Anna Ek", "roll": "LSS-handläggare", "organisation": "Kommunen", "huvudman": "kommun"}}
WISH = {"insats": "Kontaktperson", "lagrum": "9 § 4 LSS", "status": "önskad", "huvudman": "kommun"}
GRANTED = {"insats": "Daglig verksamhet", "lagrum": "9 § 10 LSS", "status": "beslutad", "huvudman": "kommun"}


def sentences(letter: Letter) -> list[str]:
    return [
        words
        for part in letter.paragraphs
        for words in (part.items if isinstance(part, Points) else (line.text for line in part))
    ]


def words(parts: tuple[Block, ...]) -> list[str]:
    """What each block says; a room to write ends with its number of lines."""
    said = []
    for block in parts:
        if isinstance(block, Text):
            said.append(" ".join(line for paragraph in block.paragraphs for line in paragraph))
        elif isinstance(block, Bullets):
            said.append(" ".join((block.label, *(item[0] for item in block.items))).strip())
        elif isinstance(block, Writing):
            said.append(f"{block.label}: {block.rows}")
    return said


def made(folder: Path, name: str, **more: Any) -> dict[str, list[str]]:
    plan = read_plan(folder, smallest(more.pop("kind", "individuell plan"), **more))
    return {which: words(document.lead) for which, document in DOCUMENTS[f"brev-{name}"].of(plan, TODAY)}


@pytest.mark.parametrize("letter", ALL)
def test_a_letter_to_copy_holds_every_sentence_once_and_where_to_sign(letter: Letter) -> None:
    html = markdown(filled(f"Före\n\n{{{{ brev {letter.name} }}}}\n\nEfter"), extensions=["md_in_html"])
    told = " ".join(Html(html).text.split())
    for sentence in (letter.title, *sentences(letter), *(line.text for line in SIGNED)):
        assert told.count(sentence) == 1
    assert html.count('<div class="ip-letter">') == html.count("<blockquote>") == 1
    assert told.startswith("Före")
    assert told.endswith("Efter")


@pytest.mark.parametrize("letter", ALL)
def test_a_blank_letter_says_every_sentence_or_has_room_to_write_it(letter: Letter) -> None:
    parts = blocks(letter)
    told = " ".join(words(parts))
    assert "[" not in told
    lines = [line for part in letter.paragraphs if not isinstance(part, Points) for line in part]
    for line in lines:
        assert (line.ask if line.slots else line.text) in told
    assert [block.label for block in parts if isinstance(block, Writing)][-3:] == [line.ask for line in SIGNED]


@pytest.mark.parametrize("letter", ALL)
def test_every_slot_has_a_question_that_ends_as_a_label_does(letter: Letter) -> None:
    for part in (*letter.paragraphs, (letter.to,) if letter.to else ()):
        for line in () if isinstance(part, Points) else part:
            assert bool(line.slots) == bool(line.ask)
            assert not line.ask.endswith((".", ":"))


@pytest.mark.parametrize("letter", ALL)
def test_a_letter_rests_on_paragraphs_that_the_registry_knows_and_that_the_page_names(letter: Letter) -> None:
    assert set(letter.laws) <= set(law.registry())
    page = (ROOT / "docs" / f"brev{EASY if letter.easy else ''}.md").read_text("utf-8")
    head = page.split("---")[1]
    assert [name for name in letter.laws if name not in head] == []
    assert f"{{{{ brev {letter.name} }}}}" in page


@pytest.mark.parametrize("letter", EASY_LETTERS, ids=lambda letter: letter.name)
def test_an_easy_letter_has_one_short_thought_on_each_line(letter: Letter) -> None:
    assert letter.easy
    lines = filled(f"{{{{ brev {letter.name} }}}}").splitlines()
    for sentence in sentences(letter):
        assert len([line for line in lines if line.lstrip("> -").rstrip() == sentence]) == 1
    told = measure(". ".join(sentence.strip(".:") for sentence in sentences(letter)) + ".")
    assert told.longest <= 12, told.longest_sentence
    assert told.lix <= EASY_LIX


def test_an_easy_letter_stands_beside_one_that_asks_for_the_same_in_law() -> None:
    others = {letter.name: LETTERS[letter.subject] for letter in EASY_LETTERS}
    assert {name: LETTERS[name].laws for name in others} == {name: other.laws for name, other in others.items()}


def test_a_page_that_asks_for_a_letter_that_is_not_there_is_told_of_it() -> None:
    with pytest.raises(UnknownLetter, match="Brevet «begara» finns inte"):
        filled("{{ brev begara }}")


# --- Filled in from a plan ----------------------------------------------------------------------------------------


def test_a_request_for_a_plan_tells_what_is_granted_and_whom_to_invite(tmp_path: Path) -> None:
    when = {"tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Biblioteket"}
    meeting = {"slag": "planeringsmöte", **when, "inbjudna": ["anna"], "så_fungerar_mötet_för_mig": ["Paus ofta."]}
    plan = {"status": "utkast", "insatser": [GRANTED, WISH], "möten": [meeting], "personer": PEOPLE}
    (told,) = made(tmp_path, "begara-plan", **plan, person={"namn": "Vera Ek"}).values()
    assert "Jag heter Vera Ek. Jag har beviljats daglig verksamhet enligt LSS." in told
    assert "Jag vill att de här personerna bjuds in: Anna Ek, LSS-handläggare" in told
    assert "Det här behöver jag för att mötet ska bli bra för mig: Paus ofta." in told
    assert "Jag vill gärna ha det första mötet (dag eller vecka): 1" in told


@pytest.mark.parametrize(
    ("kind", "status", "given"),
    [("individuell plan", "gällande", False), ("individuell plan", "utkast", True), ("sip", "gällande", True)],
)
def test_who_has_a_plan_does_not_ask_for_one(kind: str, status: str, given: bool, tmp_path: Path) -> None:
    for name in ("begara-plan", "paminnelse", "bara-sip"):
        assert bool(made(tmp_path, name, kind=kind, status=status)) == given
    assert bool(made(tmp_path, "begara-sip", kind=kind, status=status)) == (kind != "sip")


def test_who_has_a_plan_asks_that_it_be_gone_through_and_tells_how_old_it_is(tmp_path: Path) -> None:
    meeting = {"slag": "uppföljningsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Biblioteket"}
    plan = {
        "status": "gällande",
        "skriven": "2025-03-02",
        "personer": PEOPLE,
        "möten": [{**meeting, "inbjudna": ["anna"]}],
    }
    (told,) = made(tmp_path, "omprovning", **plan).values()
    assert any("Min individuella plan är från den 2 mars 2025." in said for said in told)
    assert "Vi gick igenom den senast den: 1" in told
    assert "Jag vill att de här personerna bjuds in: Anna Ek, LSS-handläggare" in told
    for other in ({"status": "utkast"}, {"status": "avslutad"}, {"kind": "sip"}, {"kind": "genomförandeplan"}):
        assert made(tmp_path, "omprovning", **other) == {}


def test_an_appeal_has_room_for_the_decision_which_the_plan_does_not_know(tmp_path: Path) -> None:
    (told,) = made(tmp_path, "overklaga", person={"namn": "Vera Ek"}).values()
    assert told[0] == "Till nämnden som beslutade, för prövning i förvaltningsrätten: 1"
    assert "Beslutet är fel, för att: 6" in told
    assert "Vera Ek" in told


def test_each_wish_under_lss_becomes_a_letter_of_its_own_to_the_one_who_answers_for_it(tmp_path: Path) -> None:
    other = {**WISH, "insats": "Ledsagarservice", "lagrum": "9 § 3 LSS", "omfattning": "Varje lördag"}
    measures = [GRANTED, {**WISH, "ansvarig": "anna"}, {**WISH, "lagrum": "8 kap. 7 § HSL"}, other]
    first, second = made(tmp_path, "begara-insats", insatser=measures, personer=PEOPLE).items()
    assert (first[0], second[0]) == ("1-brev-begara-insats", "2-brev-begara-insats")
    assert first[1][0] == "Till Anna Ek, LSS-handläggare, Kommunen"
    assert any("Jag begär kontaktperson enligt 9 § 4 LSS." in said for said in first[1])
    assert any("Så mycket behöver jag: varje lördag." in said for said in second[1])
    assert any("i min individuella plan från" in said for said in second[1])


def test_an_easy_letter_is_filled_in_as_the_other_is_with_each_sentence_on_its_line(tmp_path: Path) -> None:
    when = {"tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Biblioteket"}
    meeting = {"slag": "planeringsmöte", **when, "inbjudna": ["anna"], "så_fungerar_mötet_för_mig": ["Paus ofta."]}
    asked = {"status": "utkast", "erbjudande": {"begärd": "2026-02-03"}, "personer": PEOPLE}
    plan = {**asked, "insatser": [GRANTED, {**WISH, "ansvarig": "anna"}], "möten": [meeting]}
    me = {"namn": "Vera Ek"}
    (told,) = made(tmp_path, f"begara-plan{EASY}", **plan, person=me).values()
    assert "Jag heter Vera Ek. Jag har daglig verksamhet enligt LSS." in told
    assert "Jag vill ha med de här personerna: Anna Ek, LSS-handläggare" in told
    assert "På mötet behöver jag: Paus ofta." in told
    (told,) = made(tmp_path, f"paminnelse{EASY}", **asked, person=me).values()
    assert any("Den 3 februari 2026 bad jag om en individuell plan." in said for said in told)
    (told,) = made(tmp_path, f"begara-insats{EASY}", **plan, person=me).values()
    assert told[0] == "Till Anna Ek, LSS-handläggare, Kommunen"
    assert "Jag heter Vera Ek. Jag ber om kontaktperson enligt paragraf 9 i LSS." in told
    (told,) = made(tmp_path, f"overklaga{EASY}", **plan, person=me).values()
    assert "Jag heter Vera Ek." in told
    parts = blocks(LETTERS[f"begara-plan{EASY}"], {"namn": "Vera Ek", "insats": "kontaktperson"})
    assert Text((("Jag heter Vera Ek.", "Jag har kontaktperson enligt LSS."),)) in parts


@pytest.mark.parametrize("lagrum", ["9 § punkt 4 LSS", "9§ 4 LSS", "9 § p. 4 LSS"])
def test_a_wish_keeps_its_number_however_its_lagrum_is_written(lagrum: str, tmp_path: Path) -> None:
    (said,) = made(tmp_path, "begara-insats", insatser=[{**WISH, "lagrum": lagrum}]).values()
    assert any("Jag begär kontaktperson enligt 9 § 4 LSS." in one for one in said)


@pytest.mark.parametrize("letter", ALL)
def test_a_letter_says_what_a_plan_must_have_to_be_of_use_for_it(letter: Letter, tmp_path: Path) -> None:
    said = needs(letter.name)
    for kind, status, wishes in product(KINDS, ("utkast", "gällande", "avslutad"), ([], [WISH])):
        if kind == "genomförandeplan" and wishes:
            continue
        is_plan = (kind, status) == ("individuell plan", "gällande")
        suits = (
            status != "avslutad",
            is_plan or not said.startswith("en individuell plan med «status: gällande»"),
            not is_plan or "inte är en gällande individuell plan" not in said,
            kind != "sip" or "inte är en SIP" not in said,
            bool(wishes) or "en insats enligt LSS med «status: önskad»" not in said,
        )
        given = made(tmp_path, letter.name, kind=kind, status=status, **({"insatser": wishes} if wishes else {}))
        assert bool(given) == all(suits), (kind, status, wishes)


def test_a_private_wish_is_not_in_a_letter(tmp_path: Path) -> None:
    assert made(tmp_path, "begara-insats", insatser=[{**WISH, "privat": True}]) == {}


def test_a_reminder_tells_the_day_of_the_request_if_the_plan_does(tmp_path: Path) -> None:
    asked = {"status": "utkast", "erbjudande": {"begärd": "2026-02-03"}}
    (told,) = made(tmp_path, "paminnelse", **asked).values()
    assert "Den 3 februari 2026 begärde jag en individuell plan enligt 10 § LSS." in told
    (told,) = made(tmp_path, "paminnelse", status="utkast").values()
    assert "Jag begärde en individuell plan enligt 10 § LSS den här dagen: 1" in told


def test_an_answer_to_only_sip_says_that_a_measure_is_granted_since_that_gives_the_right_to_a_plan(
    tmp_path: Path,
) -> None:
    decided = {**GRANTED, "beslut": {"datum": "2026-08-18", "diarienummer": "SN 2026-0231"}}
    social = {**GRANTED, "insats": "Boendestöd", "lagrum": "11 kap. 1 § SoL"}
    hidden = {**GRANTED, "insats": "Kontaktperson", "lagrum": "9 § 4 LSS", "privat": True}
    (told,) = made(tmp_path, "bara-sip", status="utkast", insatser=[decided, social, hidden, WISH]).values()
    one = "Daglig verksamhet (beslut 18 augusti 2026, diarienummer SN 2026-0231)"
    assert f"Jag har beviljats d{one[1:]} enligt LSS." in told
    companion = {**GRANTED, "insats": "Ledsagarservice", "lagrum": "9 § 3 LSS"}
    (told,) = made(tmp_path, "bara-sip", status="utkast", insatser=[decided, companion]).values()
    assert f"Jag har beviljats de här insatserna enligt LSS: {one} Ledsagarservice" in told
    (told,) = made(tmp_path, "bara-sip", status="utkast", insatser=[social]).values()
    assert "Jag har beviljats de här insatserna enligt LSS: 2" in told
    assert any("”Den som har beviljats en insats ska när som helst" in said for said in told)


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ("9 § 10 LSS", "Jag har beviljats daglig verksamhet (beslut 12 augusti 2025) enligt LSS."),
        ("11 kap. 1 § SoL", "Jag har beviljats de här insatserna enligt LSS: 2"),
    ],
)
def test_the_measure_that_a_genomforandeplan_carries_out_is_granted(law: str, said: str, tmp_path: Path) -> None:
    measure = {"insats": "Daglig verksamhet", "lagrum": law}
    plan = {"kind": "genomförandeplan", "insats": measure, "uppdrag": {"beslut_datum": "2025-08-12"}}
    for name in ("bara-sip", "begara-plan"):
        (told,) = made(tmp_path, name, **plan).values()
        assert any(said in line for line in told)


def test_a_letter_takes_two_pages_at_most_and_has_one_heading(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest(status="utkast", insatser=[WISH]))
    current = read_plan(tmp_path, smallest(status="gällande"))
    for name in LETTERS:
        ((_, document),) = DOCUMENTS[f"brev-{name}"].of(current if name == "omprovning" else plan, TODAY)
        assert len(Html(fill("paper.html.j2", Paper(document))).headings) == 1
        assert len(pages_of(pdf(document, {}))) <= 2


def test_the_list_of_papers_tells_which_letters_are_easy() -> None:
    told = {letter.name: DOCUMENTS[f"brev-{letter.name}"].label for letter in LETTERS.values()}
    easy = {name for name, label in told.items() if label.startswith("Lättläst brev: ")}
    assert easy == {letter.name for letter in EASY_LETTERS}
