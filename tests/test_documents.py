"""documents.py and its views: papers for the meeting, that read well, keep what is private and have room to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pdf_gates
import pytest
import tinyhtml5
import weasyprint
from parity import faults
from plan_samples import run
from site_helpers import (
    KINDS,
    PLANS,
    ROOT,
    TODAY,
    Html,
    every_field,
    pages_of,
    pdf,
    read_plan,
    rows_of,
    smallest,
    words_of,
    write_plan,
)

from ipsite import papers as module_papers
from ipsite.audience import to_hand_out
from ipsite.checking import check_paths
from ipsite.documents import DOCUMENTS, DocumentKind
from ipsite.files import SORTS, Sort
from ipsite.model import Plan
from ipsite.render import pdf as module
from ipsite.render.environment import fill
from ipsite.render.paper import Paper
from ipsite.views.blocks import Document, Table
from ipsite.views.drawing import Figure
from ipsite.views.easy import NOT_EASY, thoughts

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LONG = ("plan", "lattlast", "sedan-forra-motet")
MEETING = {"slag": "planeringsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Biblioteket"}
PEOPLE: dict[str, dict[str, Any]] = {
    "anna": {"namn": "Anna Ek", "roll": "handläggare", "huvudman": "kommun", "telefon": "0700-00 00 01"},
    "bo": {"namn": "Bo Al", "roll": "granne", "huvudman": "närstående", "privat": True},
}


@cache
def examples() -> tuple[Plan, ...]:
    return check_paths([PLANS], TODAY).plans


def example_papers() -> Iterator[Any]:
    for plan in examples():
        for row in DOCUMENTS.values():
            if row.name != "plan":  # tested by itself
                for name, document in row.of(plan, TODAY):
                    yield pytest.param(document, id=f"{plan.id.replace('/', '-')}-{name}")


def html(document: Document) -> str:
    return fill("paper.html.j2", Paper(document))


def made(folder: Path, name: str, today: date = TODAY, **more: Any) -> dict[str, Document]:
    """The documents of one kind, by file name, of a small plan."""
    plan = read_plan(folder, smallest(more.pop("kind", "individuell plan"), **more))
    return dict(DOCUMENTS[name].of(plan, today))


def words(document: Document) -> str:
    return Html(html(document)).text


def boxes(document: Document) -> list[tuple[str, bool]]:
    page = tinyhtml5.parse(html(document), namespace_html_elements=False)
    found = (node for node in page.iter() if node.get("role") == "checkbox")
    return [(node.get("aria-label", ""), node.get("aria-checked") == "true") for node in found]


def written_lines(document: Document) -> int:
    return len(Html(html(document)).with_class("ip-plan-line"))


# --- The table ----------------------------------------------------------------------------------------------------


def test_every_kind_of_document_has_a_name_for_files_and_a_label_for_readers() -> None:
    for name, row in DOCUMENTS.items():
        assert name == row.name
        assert name.isascii()
        assert row.label[0].isupper()
        assert set(row.kinds) <= set(KINDS)
    assert len({row.label for row in DOCUMENTS.values()}) == len(DOCUMENTS)


@pytest.mark.parametrize("plan", [pytest.param(plan, id=plan.id) for plan in examples()])
def test_no_two_papers_of_a_plan_have_the_same_name(plan: Plan) -> None:
    names = [name for row in DOCUMENTS.values() for name, _ in row.of(plan, TODAY)]
    assert len(names) == len(set(names))


def test_two_meetings_on_one_day_get_papers_of_their_own(tmp_path: Path) -> None:
    later = {**MEETING, "tid": "2027-01-20 15:00"}
    names = list(made(tmp_path, "inbjudan", möten=[MEETING, later]))
    assert names == ["2027-01-20-kl-13-00-inbjudan", "2027-01-20-kl-15-00-inbjudan"]


def test_a_meeting_that_has_been_has_notes_but_no_invitation(tmp_path: Path) -> None:
    after = date(2027, 1, 21)
    assert made(tmp_path, "inbjudan", after, möten=[MEETING]) == {}
    assert list(made(tmp_path, "anteckningar", after, möten=[MEETING])) == ["2027-01-20-anteckningar"]
    assert list(made(tmp_path, "inbjudan", date(2027, 1, 20), möten=[MEETING])) == ["2027-01-20-inbjudan"]


# --- Papers that read well ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", list(example_papers()))
def test_the_paper_of_every_example_says_what_its_html_says_and_is_pdf_ua(document: Document) -> None:
    content = pdf(document, {})
    assert faults(content, html(document)) == []
    assert pdf_gates.page_validation(content) == []


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != "plan"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_with_every_field_and_one_with_hardly_any_have_papers(kind: str, name: str, tmp_path: Path) -> None:
    small = {"möten": [MEETING], "mål": [{"mål": "Jag bor själv", "status": "pågår"}]}
    for data in (every_field(kind)[0], smallest(kind, **small)):
        for _, document in DOCUMENTS[name].of(read_plan(tmp_path, data), date(2023, 1, 1)):
            assert faults(pdf(document, {}), html(document)) == []


def printed(document: Document) -> Iterator[tuple[Any, Any]]:
    """Each line of text as it is laid out, in head and foot too, with its sheet."""
    for sheet in sheets(document):
        for part in sheet.descendants():
            if type(part).__name__ == "TextBox":
                yield sheet, part


def sheets(document: Document) -> list[Any]:
    """Each sheet as it is laid out."""
    style = module._style()
    laid_out = weasyprint.HTML(string=html(document)).render(stylesheets=style.sheets, font_config=style.fonts)
    return [leaf._page_box for leaf in laid_out.pages]


def shown(box: Any, in_heading: bool = False) -> Iterator[tuple[Any, bool]]:
    """Every text and picture of a sheet but those of its head and foot, and whether it is in a heading."""
    for inner in getattr(box, "children", ()):
        kind, heading = type(inner).__name__, in_heading or inner.element_tag in HEADINGS
        if (kind == "TextBox" and inner.text.strip()) or "Replaced" in kind:
            yield inner, heading
        elif kind != "MarginBox":
            yield from shown(inner, heading)


def outside(document: Document) -> list[str]:
    """The texts of a paper that run out over its margins."""
    return [text for sheet in sheets(document) for text in beyond(sheet)]


def beyond(sheet: Any) -> list[str]:
    edge = 0.5  # of a pixel
    left, top = sheet.content_box_x() - edge, sheet.content_box_y() - edge
    right, bottom = left + sheet.width + 2 * edge, top + sheet.height + 2 * edge
    return [
        getattr(part, "text", "a picture")
        for part, _ in shown(sheet)
        if part.position_x < left
        or part.position_y < top
        or part.position_x + part.width > right
        or part.position_y + part.height > bottom
    ]


def ends_with_a_heading(sheet: Any) -> bool:
    return max(shown(sheet), key=lambda part: part[0].position_y + part[0].height, default=(None, False))[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_heading_is_left_at_the_foot_of_a_sheet(name: str) -> None:
    """And nothing is outside the margins, whatever is drawn."""
    one_of_each_kind = {plan.kind: plan for plan in examples()}
    for plan in one_of_each_kind.values():
        for _, document in islice(DOCUMENTS[name].of(plan, TODAY), 1):
            for layout in ("", "large") if name in LONG else ("",):
                made = sheets(replace(document, layout=layout or document.layout))
                assert [number for number, sheet in enumerate(made[:-1], 1) if ends_with_a_heading(sheet)] == []
                assert [text for sheet in made for text in beyond(sheet)] == []


@pytest.mark.parametrize("plan", [pytest.param(plan, id=plan.id) for plan in examples()])
def test_no_sheet_of_a_plan_but_the_last_is_left_more_than_a_third_empty(plan: Plan) -> None:
    ((_, document),) = DOCUMENTS["plan"].of(plan, TODAY)
    left = []
    for sheet in sheets(document)[:-1]:
        end = max(part.position_y + part.height for part, _ in shown(sheet))
        left.append((sheet.content_box_y() + sheet.height - end) / sheet.height)
    assert max(left) < 1 / 3


def test_a_heading_at_the_foot_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    (plan,) = (plan for plan in examples() if plan.id == "alva/ip-2026")
    (_, document) = next(iter(DOCUMENTS["plan"].of(plan, TODAY)))
    style = module._style()
    loose = weasyprint.CSS(
        string="h2, h3, h4, p, li, tr, svg { break-before: auto !important; break-after: auto !important }"
    )
    monkeypatch.setattr(module, "_style", lambda: replace(style, sheets=[*style.sheets, loose]))
    assert any(map(ends_with_a_heading, sheets(document)[:-1]))


@pytest.mark.parametrize(
    ("plan_id", "name", "count"),
    [("goran/sip-2026", "dagordning", 1), ("goran/ip-2026", "utvardering", 1), ("samir/ip-2026", "karta", 2)],
)
def test_a_small_paper_is_one_sheet_and_a_map_of_many_has_what_it_says_on_the_next(
    plan_id: str, name: str, count: int
) -> None:
    [plan] = (plan for plan in examples() if plan.id == plan_id)
    [(_, document)] = DOCUMENTS[name].of(plan, TODAY)
    assert len(sheets(document)) == count


def test_an_invitation_is_on_the_two_sides_of_one_sheet() -> None:
    asked = [document for plan in examples() for _, document in DOCUMENTS["inbjudan"].of(plan, TODAY)]
    assert {len(sheets(document)) for document in asked} == {2}


def test_a_part_of_the_packet_is_set_as_the_paper_by_itself() -> None:
    [plan] = (plan for plan in examples() if plan.id == "goran/ip-2026")
    [(_, packet)] = DOCUMENTS["motespaket"].of(plan, TODAY)
    [agenda] = (text for text in pages_of(pdf(packet, {})) if "Kryssa när vi är klara med en punkt" in text)
    assert "Nästa möte" in agenda
    assert "ip-brev" in html(packet)
    assert "ip-brev" not in html(replace(packet, layout="large"))


def test_what_is_asked_of_a_task_since_last_time_stands_on_one_sheet() -> None:
    asked = [document for plan in examples() for _, document in DOCUMENTS["sedan-forra-motet"].of(plan, TODAY)]
    told = [text for document in asked for text in pages_of(pdf(document, {}))]
    assert sum(text.count("Läget i planen:") for text in told) > 10
    assert all(text.count("Läget i planen:") == text.count("Det här har hänt") for text in told)


@pytest.mark.parametrize("layout", ["", "large"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_words_without_end_and_many_of_them_stay_inside_the_margins(name: str, layout: str, tmp_path: Path) -> None:
    long = "Ä" * 200
    task = {"vad": long, "vem": ["anna", "jag själv"], "status": "pågår", "klart": "2026-12-01"}
    goals = [{"mål": long, "mina_ord": long, "status": "pågår", "lättläst": long, "åtgärder": [task]}] * 40
    meeting = {**MEETING, "plats": long, "leder": "anna", "inbjudna": ["anna", "bo"], "beslut": [long] * 2}
    meeting |= {"dagordning": [long] * 40, "förbered": [long], "länk": f"https://example.com/{'a' * 200}"}
    people = {**PEOPLE, "anna": {**PEOPLE["anna"], "namn": long}}
    wish = {"insats": long, "lagrum": "9 § 4 LSS", "status": "önskad", "huvudman": "kommun", "omfattning": long}
    more: dict[str, Any] = {
        "möten": [meeting],
        "mål": goals,
        "personer": people,
        "insatser": [wish],
        "status": "gällande" if name == "brev-omprovning" else "utkast",
    }
    found = list(made(tmp_path, name, **more).values())
    assert found or name == "min-sida"
    for document in found:
        assert outside(replace(document, layout=layout or document.layout)) == []


# --- What each paper tells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "law"),
    [
        ("individuell plan", "individuell plan enligt 10 § LSS"),
        ("sip", "10 kap. 8 § socialtjänstlagen och 16 kap. 4 § hälso- och sjukvårdslagen"),
        ("genomförandeplan", "Mötet handlar om en genomförandeplan."),
    ],
)
def test_an_invitation_tells_the_law_of_its_kind_and_when_where_and_whom_to_answer(
    kind: str, law: str, tmp_path: Path
) -> None:
    meeting = {**MEETING, "leder": "anna", "inbjudna": ["bo"], "dagordning": ["Bussen"], "förbered": ["Läs planen"]}
    people = {**PEOPLE, "bo": {**PEOPLE["bo"], "privat": False}}
    (document,) = made(tmp_path, "inbjudan", kind=kind, möten=[meeting], personer=people).values()
    told = words(document)
    assert law in told
    for part in ("onsdag 20 januari 2027 klockan 13.00", "till 13.45", "Biblioteket", "Bussen", "Läs planen"):
        assert part in told
    assert "Svara till: Anna Ek, handläggare 0700-00 00 01" in told
    assert [label for label, _ in boxes(document)] == ["Jag kommer", "Jag kan inte komma", "Jag skickar någon annan"]


@pytest.mark.parametrize(("also", "answer"), [({}, ""), ({"skriver": "bo"}, "Bo Al, granne 0700-00 00 02")])
def test_nobody_who_is_invited_is_asked_to_answer_to_himself(also: dict[str, str], answer: str, tmp_path: Path) -> None:
    people = {**PEOPLE, "bo": {"namn": "Bo Al", "roll": "granne", "huvudman": "närstående", "telefon": "0700-00 00 02"}}
    meeting = {**MEETING, "leder": "anna", "inbjudna": ["anna"], **also}
    for name, label in (("inbjudan", "Svara till"), ("inbjudan-lattlast", "Säg det till")):
        (document,) = made(tmp_path, name, möten=[meeting], personer=people).values()
        assert f"{label}: {answer or smallest()['person']['namn']}" in words(document)


def test_the_person_is_told_of_tasks_in_words_of_her_own(tmp_path: Path) -> None:
    goals = [
        {
            "mål": "Bo själv",
            "status": "pågår",
            "åtgärder": [{"vad": "Packa", "vem": ["jag själv", "anna"], "status": "pågår"}],
        }
    ]
    mine, annas = made(tmp_path, "vem-gor-vad", mål=goals, personer=PEOPLE).values()
    assert "Det här ska du göra i din individuella plan." in words(mine)
    assert "jag själv" not in words(mine)
    assert "Det här ska du göra i din" not in words(annas)


def test_what_is_done_is_not_asked_for_once_more(tmp_path: Path) -> None:
    tasks = [{"vad": what, "vem": "anna", "status": status} for what, status in (("Packa", "pågår"), ("Ringa", "klar"))]
    goals = [{"mål": "Bo själv", "status": "pågår", "åtgärder": tasks}]
    (both,) = made(tmp_path, "vem-gor-vad", mål=goals, personer=PEOPLE).values()
    assert re.search("Vad, och till när.*Packa.*Det här är redan avslutat.*Ringa", words(both))
    (done,) = made(tmp_path, "vem-gor-vad", mål=[{**goals[0], "åtgärder": tasks[1:]}], personer=PEOPLE).values()
    assert "Du har inget kvar att göra i" in words(done)
    assert "Vad, och till när" not in words(done)


def test_an_agenda_has_a_box_for_each_point_and_each_who_is_invited(tmp_path: Path) -> None:
    meeting = {**MEETING, "inbjudna": ["anna"], "dagordning": ["Bussen", "Kaféet"]}
    (document,) = made(tmp_path, "dagordning", möten=[meeting], personer=PEOPLE).values()
    called = boxes(document)[2][0]
    assert boxes(document) == [
        ("1. Bussen", False),
        ("2. Kaféet", False),
        (called, False),
        ("Anna Ek, handläggare", False),
    ]
    assert called.endswith(", jag själv")


def test_notes_show_what_is_written_and_every_view_and_else_have_room_to_write(tmp_path: Path) -> None:
    sees = [{"vem": "anna", "ser_det_så": "För snabbt"}, {"vem": "jag själv", "ser_det_så": "För sakta"}]
    full = {**MEETING, "anteckningar": "Vi sa så.", "beslut": ["Anna ringer"], "olika_bilder": sees, "deltog": "anna"}
    (filled,) = made(tmp_path, "anteckningar", möten=[full], personer=PEOPLE).values()
    for part in ("Vi sa så.", "Anna ringer", "För snabbt", "För sakta", "Anna Ek"):
        assert part in words(filled)
    (blank,) = made(tmp_path, "anteckningar", möten=[MEETING], personer=PEOPLE).values()
    assert written_lines(blank) > written_lines(filled) + 10


def test_since_last_time_asks_of_every_open_task_and_of_the_decisions(tmp_path: Path) -> None:
    before = {**MEETING, "tid": "2026-09-01 10:00", "beslut": ["Vi köper en karta"]}
    tasks = [{"vad": what, "vem": "anna", "status": status} for what, status in
             (("Ringa", "pågår"), ("Skriva", "klar"), ("Åka", "ej påbörjad"), ("Rita", "blev inte av"))]  # fmt: skip
    goals = [{"mål": "Jag bor själv", "status": "pågår", "åtgärder": tasks}]
    (document,) = made(tmp_path, "sedan-forra-motet", möten=[MEETING, before], mål=goals, personer=PEOPLE).values()
    told = words(document)
    assert "Vi köper en karta" in told
    assert [title for _, title in Html(html(document)).headings if title in ("Ringa", "Skriva", "Åka", "Rita")] == [
        "Ringa",
        "Åka",
    ]
    assert ("1, mycket dåligt", False) in boxes(document)


def test_since_last_time_also_tells_what_is_over_and_how_the_person_thought_it_went(tmp_path: Path) -> None:
    tasks = [{"vad": what, "vem": "anna", "status": status} for what, status in
             (("Ringa", "pågår"), ("Skriva.", "klar"), ("Rita", "blev inte av"))]  # fmt: skip
    four, two = {"min_bedömning": 4}, {"min_bedömning": 2}
    rated: tuple[tuple[str, dict[str, Any]], ...] = (("2026-10-01", four), ("2026-02-01", two), ("2026-11-01", {}))
    noted = [{"datum": day, "hände": "Ja", **rating} for day, rating in rated]
    goals = [{"mål": "Jag bor själv", "status": "pågår", "åtgärder": tasks, "uppföljning": noted},
             {"mål": "Jag åker buss", "status": "nått"}]  # fmt: skip
    (document,) = made(tmp_path, "sedan-forra-motet", möten=[MEETING], mål=goals, personer=PEOPLE).values()
    told = words(document)
    assert "Det här är redan avslutat: Skriva: klar. Rita: blev inte av." in told
    assert "Så tyckte jag sist: 4 av 5, 1 oktober 2026" in told
    assert "Så tycker jag att det går med målet ”Jag bor själv” ☐ 1, mycket dåligt" in told
    assert "Mål som vi är klara med Jag åker buss: nått." in told


@pytest.mark.parametrize(("count", "beside"), [(2, True), (3, True), (4, False)])
def test_few_views_stand_beside_one_another_and_many_under(count: int, beside: bool, tmp_path: Path) -> None:
    sees = [{"vem": "anna", "ser_det_så": f"Syn {number}"} for number in range(count)]
    (document,) = made(tmp_path, "anteckningar", möten=[{**MEETING, "olika_bilder": sees}], personer=PEOPLE).values()
    (table,) = (block for section in document.sections for block in section.blocks if isinstance(block, Table))
    assert (len(table.rows), len(table.head)) == ((1, count + 1) if beside else (count, 2))
    assert all(f"Syn {number}" in words(document) for number in range(count))


def test_an_evaluation_asks_what_the_schema_asks_and_shows_the_answers(tmp_path: Path) -> None:
    answers = {"datum": "2026-11-01", "som_jag_ville": "delvis", "gick_bra": ["Bussen gick bra"], "fick_bestämma": 4}
    (document,) = made(tmp_path, "utvardering", utvärdering=answers).values()
    assert [label for label, ticked in boxes(document) if ticked] == ["Delvis", "4"]
    assert "1 november 2026" in words(document)
    assert "Bussen gick bra" in words(document)
    (blank,) = made(tmp_path, "utvardering").values()
    assert not any(ticked for _, ticked in boxes(blank))
    for question in ("Blev det som jag ville?", "Det här gick bra", "Det här gick dåligt", "Är jag nöjd?", "Nya idéer"):
        assert question in words(blank)


# --- What is private ----------------------------------------------------------------------------------------------


def private_plan() -> dict[str, Any]:
    tasks = [{"vad": "Hemlig sak", "vem": "anna", "status": "pågår", "privat": True},
             {"vad": "Öppen sak", "vem": ["anna", "bo"], "status": "pågår"}]  # fmt: skip
    goals = [{"mål": "Öppet mål", "status": "pågår", "åtgärder": tasks},
             {"mål": "Hemligt mål", "status": "pågår", "privat": True}]  # fmt: skip
    own = {**MEETING, "tid": "2027-01-10 13:00", "plats": "Hemlig plats", "inbjudna": ["bo"], "privat": True}
    after = {**MEETING, "inbjudna": ["anna", "bo"]}
    return {"mål": goals, "möten": [own, after], "personer": PEOPLE, "anledning": "Bara mitt skäl"}


OWN = ("plan", "lattlast")  # the person's own, where what is private is marked


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in OWN])
def test_what_is_handed_out_holds_nothing_private(name: str, tmp_path: Path) -> None:
    for file, document in made(tmp_path, name, **private_plan()).items():
        told = words(document)
        hidden = {"Hemlig sak", "Hemligt mål", "Bo Al", "Bara mitt skäl"}
        hidden |= set() if file.startswith("2027-01-10") else {"Hemlig plats"}
        assert {part for part in hidden if part in told} == set()


def test_an_invitation_to_a_private_meeting_can_be_given_to_the_one_who_is_invited(tmp_path: Path) -> None:
    document = made(tmp_path, "inbjudan", **private_plan())["2027-01-10-granne-inbjudan"]
    assert "Hemlig plats" in words(document)
    assert "granne" in words(document)


def test_a_plan_without_anything_private_is_handed_out_as_it_is(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, smallest(möten=[MEETING]))
    assert to_hand_out(plan).root == plan.root
    assert not to_hand_out(plan).own


# --- Papers for one person ----------------------------------------------------------------------------------------


def test_a_link_on_a_paper_is_printed_as_the_address_that_it_leads_to() -> None:
    """Who holds a paper in the hand can type it; words alone lead nowhere."""
    found = 0
    for plan in examples():
        for row in DOCUMENTS.values():
            for _, document in row.of(plan, TODAY):
                page = tinyhtml5.parse(html(document), namespace_html_elements=False)
                links = [node for node in page.iter("a") if node.get("href", "").startswith("http")]
                assert ["".join(node.itertext()).strip() for node in links] == [node.get("href") for node in links]
                found += len(links)
    assert found


def test_each_one_gets_a_sheet_of_what_to_do_in_the_order_of_the_days(tmp_path: Path) -> None:
    tasks = [{"vad": what, "vem": "anna", "status": "pågår", **when} for what, when in
             (("Sist", {}), ("Sedan", {"klart": "2027-02-01"}), ("Först", {"klart": "2026-12-01"}))]  # fmt: skip
    mine = {"vad": "Min sak", "vem": "jag själv", "status": "pågår"}
    goals = [{"mål": "Jag bor själv", "status": "pågår", "åtgärder": [*tasks, mine]}]
    sheets = made(tmp_path, "vem-gor-vad", mål=goals, personer=PEOPLE)
    assert list(sheets) == ["jag-sjalv-vem-gor-vad", "anna-vem-gor-vad"]
    table = Html(html(sheets["anna-vem-gor-vad"])).root
    assert [row[0] for row in rows_of(table)] == ["Först", "Sedan", "Sist"]
    assert "Min sak" not in words(sheets["anna-vem-gor-vad"])


def test_a_text_that_is_not_easy_yet_is_said_to_be_so(tmp_path: Path) -> None:
    goals = [{"mål": "Jag bor själv", "status": "pågår", "lättläst": "Jag bor själv. Det är bra."},
             {"mål": "Jag åker buss", "status": "pågår"}]  # fmt: skip
    (document,) = made(tmp_path, "lattlast", mål=goals).values()
    page = Html(html(document))
    assert NOT_EASY not in words_of(page.section("Jag bor själv"))
    assert NOT_EASY in words_of(page.section("Jag åker buss"))
    assert page.root.get("class") == "ip-easy"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Jag bor. Det är bra!", ("Jag bor.", "Det är bra!")),
        ("Klockan är kl. 13 i dag.", ("Klockan är kl. 13 i dag.",)),
        ("En rad\nen till", ("En rad", "en till")),
    ],
)
def test_each_thought_gets_a_line(words: str, lines: tuple[str, ...]) -> None:
    assert thoughts(words) == lines


@pytest.mark.parametrize("plan", [pytest.param(plan, id=plan.id) for plan in examples()])
def test_my_page_is_one_page_with_the_everyday_name_only(plan: Plan) -> None:
    (document,) = (document for _, document in DOCUMENTS["min-sida"].of(plan, TODAY))
    assert len(pages_of(pdf(document, {}))) == 1
    assert plan.called == document.name
    assert plan.person.text("så_kommunicerar_jag").split(".")[0] in words(document)


def test_who_has_said_nothing_has_no_page(tmp_path: Path) -> None:
    assert made(tmp_path, "min-sida") == {}


def test_a_link_has_the_colour_of_links_and_not_that_of_a_browser(tmp_path: Path) -> None:
    (document,) = made(tmp_path, "dagordning", möten=[{**MEETING, "länk": "https://example.com/mote"}]).values()
    (link,) = {tuple(part.style["color"]) for _, part in printed(document) if "example.com" in part.text}
    assert [round(255 * part) for part in link[:3]] == [0x0A, 0x4A, 0x4F]  # --ip-action in the light


def test_what_happens_next_is_the_one_yellow_text_of_a_paper_beside_the_persons_own_words() -> None:
    (plan,) = (plan for plan in examples() if plan.id == "alva/ip-2026")
    for name, often in (("plan", 2), ("lattlast", 2), ("brev-omprovning", 0)):  # a label, and the list under it
        (document,) = (document for _, document in DOCUMENTS[name].of(plan, TODAY))
        assert html(document).count("ip-plan-next") == often
    rules = re.sub(r"/\*.*?\*/", "", (ROOT / "ipsite" / "paper" / "paper.css").read_text("utf-8")).split("}")
    assert {rule.split("{")[0].strip() for rule in rules if "--ip-sun" in rule} == {".ip-plan-next", ".ip-plan-words"}


# --- Large print --------------------------------------------------------------------------------------------------

POINTS = 0.75  # in a pixel of CSS
MILLIMETRE = 72 / 25.4  # in points


@pytest.mark.parametrize("name", DOCUMENTS)
def test_large_print_has_nothing_small_and_loses_nothing(name: str) -> None:
    plans = sorted(examples(), key=lambda plan: plan.id != "goran/sip-2026")
    document = next(document for plan in plans for _, document in DOCUMENTS[name].of(plan, TODAY))
    large = replace(document, layout="large")
    assert min(part.style["font_size"] * POINTS for _, part in printed(large)) >= 18
    assert outside(large) == []
    assert faults(pdf(large, {}), html(large)) == []
    told, kept = (set(re.findall(r"\w+", words(paper))) for paper in (document, large))
    assert told - kept <= named_by_rows(document)


@pytest.mark.parametrize("plan_id", ["alva/ip-2026", "goran/sip-2026"])
def test_the_foot_of_large_print_stays_on_the_part_of_the_sheet_that_printers_reach(plan_id: str) -> None:
    """Five lines of foot are the most that the papers of a meeting have, also for one with a long name."""
    plan = next(plan for plan in examples() if plan.id == plan_id)
    name, long_name = plan.person.text("namn"), "Anna-Karin Johansson-Lindström"
    for kind in ("plan", "motespaket", "lattlast"):
        for _, document in DOCUMENTS[kind].of(plan, TODAY):
            parts = tuple(replace(part, name=part.name.replace(name, long_name)) for part in document.parts)
            large = replace(document, layout="large", name=document.name.replace(name, long_name), parts=parts)
            least = min(page.margin_height() - part.position_y - part.height for page, part in printed(large))
            assert least * POINTS / MILLIMETRE >= 5


def named_by_rows(document: Document) -> set[str]:
    """The names of first columns: in large print each row stands by itself, and its heading is what stood there. And
    what is said of the drawing of a year, which is left to its table."""
    blocks = list(every_block((document, *document.parts)))
    heads = {word for table in blocks if isinstance(table, Table) for word in table.head[0].split()}
    return heads | {word for figure in blocks if isinstance(figure, Figure) for word in re.findall(r"\w+", figure.gist)}


def every_block(parts: tuple[Any, ...]) -> Iterator[Any]:
    for part in parts:
        yield part
        yield from every_block(getattr(part, "sections", ()) or getattr(part, "blocks", ()))


def test_in_large_print_each_row_of_a_table_stands_by_itself_with_the_names_of_the_columns(tmp_path: Path) -> None:
    task = {"vad": "Ringa", "vem": "anna", "status": "pågår", "klart": "2026-12-01"}
    goals = [{"mål": "Jag bor själv", "status": "pågår", "åtgärder": [task]}]
    (document,) = made(tmp_path, "vem-gor-vad", mål=goals, personer=PEOPLE).values()
    page = Html(html(replace(document, layout="large")))
    assert list(page.all("table")) == []
    (row,) = page.with_class("ip-plan-stacked")
    told = " ".join("".join(row.itertext()).split())
    assert told == "Ringa Till målet: Jag bor själv Klart senast: 1 december 2026 Läge: Pågår"


# --- From the terminal --------------------------------------------------------------------------------------------


def papers(folder: Path, *arguments: str) -> tuple[int, str, list[str]]:
    """`ipsite pdf`: its answer, what it says, and the names of the files that it saved."""
    into = folder / "ut"
    answer = run("pdf", "--plans", str(folder / "plans"), "-o", str(into), "--today", TODAY.isoformat(), *arguments)
    names = sorted(path.name for path in into.iterdir()) if into.exists() else []
    return answer.exit_code, answer.stdout + answer.stderr, names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_plan(tmp_path / "plans" / "vera" / "plan.yaml", smallest(möten=[MEETING]))
    return tmp_path


def test_the_list_names_every_document_and_what_each_plan_has_use_for_and_who_may_have_a_copy(folder: Path) -> None:
    consent = [{"till": "anna", "samtycke": {"datum": "2026-01-01"}}]
    write_plan(folder / "plans" / "vera" / "ny.yaml", smallest(personer=PEOPLE, exemplar=consent))
    code, told, names = papers(folder, "--list")
    assert (code, names) == (0, [])
    listed, mine, other = told.strip().split("\n\n")
    assert [line.split()[0] for line in listed.splitlines()] == [*DOCUMENTS, *SORTS]
    assert mine.startswith("vera/ny: ")
    assert mine.endswith("Kan få ett eget exemplar (--for): anna")
    assert "inbjudan (1)" in other
    assert "inbjudan" not in mine
    assert "vera/ny" not in papers(folder, "--list", "vera/plan")[1]


def test_the_list_is_told_also_where_the_plans_have_errors_or_are_missing(folder: Path) -> None:
    (folder / "plans" / "vera" / "fel.yaml").write_text("slag: sip\n", "utf-8")
    assert "Planerna har fel. Skriv: ipsite check" in papers(folder, "--list")[1]
    assert papers(folder, "--list", "--plans", "inga")[:2] == (0, papers(folder, "--list")[1].split("\n\n")[0] + "\n")


def test_text_and_tables_are_saved_by_name_and_told_apart_from_papers(folder: Path) -> None:
    code, told, names = papers(folder, "--document", "inbjudan-text", "--document", "kalender")
    assert code == 0, told
    assert names == [
        "vera-plan-2027-01-20-2026-11-22.ics",
        "vera-plan-2027-01-20-inbjudan-2026-11-22.txt",
        "vera-plan-plan-2026-11-22.ics",
    ]


def test_a_text_cannot_be_locked_with_a_password(folder: Path) -> None:
    (folder / "ord").write_text("fyra ord med mellanslag", "utf-8")
    code, told, names = papers(folder, "--document", "inbjudan-text", "--password-file", str(folder / "ord"))
    assert (code, names) == (1, [])
    assert "inbjudan-text går inte att låsa" in told


def test_documents_that_are_asked_for_are_saved(folder: Path) -> None:
    code, told, names = papers(folder, "--document", "inbjudan", "--document", "plan", "--large-print")
    assert code == 0, told
    day = "storstil-2026-11-22.pdf"
    assert names == [f"vera-plan-2027-01-20-inbjudan-{day}", f"vera-plan-{day}"]


def test_a_document_that_is_not_in_the_table_is_told_of(folder: Path) -> None:
    code, told, names = papers(folder, "--document", "inbjudn")
    assert (code, names) == (1, [])
    assert "inbjudan" in told
    code, told, names = papers(folder, "--document", "alla")
    assert (code, names) == (1, [])
    assert "Det finns inget dokument som heter alla. Alla namn får du med --list." in told


def test_a_plan_with_nothing_to_print_of_that_kind_says_so(folder: Path) -> None:
    code, told, names = papers(folder, "--document", "min-sida")
    assert (code, names) == (1, [])
    assert "inget att skriva ut" in told
    assert "min-sida behöver något under «om_mig», eller «så_kommunicerar_jag» under «person».\n" in told
    assert "möte" not in told


@pytest.mark.parametrize("name", [*DOCUMENTS, *SORTS])
def test_each_document_that_a_plan_may_have_no_use_for_says_what_it_needs(name: str) -> None:
    any_plan_has_use_for_it = name in ("plan", "lattlast", "utvardering")
    rows: dict[str, DocumentKind | Sort] = {**DOCUMENTS, **SORTS}
    row = rows[name]
    assert bool(row.needs) != any_plan_has_use_for_it
    said = [f"{name} behöver {row.needs}."]
    assert list(module_papers._lacking([name, "plan", name])) == ([] if any_plan_has_use_for_it else said)
