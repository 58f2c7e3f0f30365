"""paper.css: where a sheet ends. What belongs together stays together, and no sheet is left half empty for it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from site_helpers import TODAY, pages_of, pdf, read_plan, smallest

from ipsite.render import pdf as module
from ipsite.render.paper import paper
from ipsite.views.blocks import Block, Bullets, Checks, Document, Fact, Section, Signature, Table, Text, Writing
from ipsite.views.timeline import my_year

SHEET = 34  # more facts than the first one holds


def paper_of(*parts: Section) -> Document:
    return Document("id", "Slag", "Alvas plan", (), parts, "Alva", "Version", "Utskriven", "Om")


def facts(number: int) -> tuple[Block, ...]:
    return tuple(Fact("Rad", (f"nummer-{at}",)) for at in range(number))


def sheets(*parts: Section, layout: str = "") -> list[str]:
    return pages_of(pdf(replace(paper_of(*parts), layout=layout), {}))


def lines_on_each(*parts: Section) -> list[int]:
    """How many lines to write on there are on each sheet."""
    style = module._style()
    html = module._Html(string=paper(paper_of(*parts)), base_url=module._BESIDE, url_fetcher=module._Fetcher({}))
    laid_out = html.render(stylesheets=style.sheets, font_config=style.fonts)
    return [sum(map(is_line, leaf._page_box.descendants())) for leaf in laid_out.pages]


def is_line(box: Any) -> bool:
    return box.element is not None and box.element.get("class") == "ip-plan-line"


def test_a_table_that_ends_a_card_goes_to_the_next_sheet_without_what_stands_before_it() -> None:
    table = Table("Så har det gått", ("När", "Vad"), ((("I maj",), ("Lång rad",) * 12),))
    card = Section("kort", "Kort", (*facts(26), Text((("Före tabellen",),)), table), card=True)
    first, second = sheets(Section("del", "Del", (card,)))
    assert "Före tabellen" in first
    assert "Så har det gått" in second


def test_a_card_that_would_leave_a_third_of_a_sheet_empty_breaks() -> None:
    card = Section("kort", "Kortets rubrik", tuple(Fact("I kortet", (str(at),)) for at in range(10)), card=True)
    first, second = sheets(Section("del", "Del", (*facts(22), card)))
    assert "Kortets rubrik" in first
    assert "I kortet" in first
    assert "I kortet" in second


def test_a_long_text_in_a_card_is_as_long_as_the_rows_that_it_takes() -> None:
    short = Section("kort", "Kort", tuple(Fact("Rad", ("x",)) for _ in range(4)), card=True)
    long = Section("kort", "Kort", tuple(Fact("Rad", ("ord " * 50,)) for _ in range(4)), card=True)
    assert (short.is_low, long.is_low) == (True, False)


@pytest.mark.parametrize("card", [True, False], ids=["card", "part"])
@pytest.mark.parametrize("before", range(24, 32))
def test_what_is_short_stays_whole(before: int, card: bool) -> None:
    short = Section("kort", "Rubrik", tuple(Fact("Kort", (str(at),)) for at in range(4)), card=card)
    told = sheets(Section("del", "Del", facts(before)), short)
    assert {(text.count("Rubrik"), text.count("Kort: ")) for text in told} <= {(0, 0), (1, 4)}


def test_the_last_part_breaks_too_when_it_is_long() -> None:
    last = Section("sist", "Sista delen", tuple(Signature(f"Namn {at}", "roll", "") for at in range(6)))
    first, second = sheets(Section("del", "Del", facts(18)), last)
    assert "Sista delen" in first
    assert "Namn 0" in first
    assert "Namn 5" in second


def test_a_list_of_one_point_does_not_take_the_next_heading_with_it() -> None:
    alone, after = Section("lista", "Lista", (Bullets("", (("ensam",),)),)), Section("efter", "Efter", facts(12))
    first = [sheets(Section("del", "Del", facts(before)), alone, after)[0] for before in range(22, SHEET)]
    assert any("ensam" in text and "Efter" not in text for text in first)
    assert all("ensam" in text for text in first if "Lista" in text)


@pytest.mark.parametrize("before", [16, 20])
def test_the_year_begins_where_there_is_room_and_goes_on_on_the_next_sheet(before: int, tmp_path: Path) -> None:
    days = {number: f"2026-{number:02}-20" for number in range(1, 13)}
    tasks = [{"vad": f"Sak {at}", "vem": "jag själv", "klart": day, "status": "pågår"} for at, day in days.items()]
    goal = {"mål": "Jag bor själv", "status": "pågår", "åtgärder": tasks}
    plan = read_plan(tmp_path, smallest(gäller={"från": "2026-01-01", "till": "2026-12-31"}, mål=[goal]))
    year = Section("mitt-ar", "Mitt år", my_year(plan, TODAY))
    first, second, *_ = sheets(Section("del", "Del", facts(before)), year)
    assert "Mitt år Januari 2026" in first
    assert "20 december Sak 12" not in first
    assert "20 december Sak 12" in second


@pytest.mark.parametrize("airy", range(6))  # a text has a little more air after it than a fact
def test_a_card_that_nearly_fills_a_sheet_begins_where_its_heading_stands(airy: int) -> None:
    texts = Text(tuple((f"text-{number}",) for number in range(airy)))
    said = Section("sagt", "Anteckningar", (Text((("Först.",), ("Sist.",))),))
    for count in range(18, 28):
        card = Section("kort", "Kort", (*facts(count - airy), texts, said), card=True)
        assert "Möten Kort Rad: nummer-0" in sheets(Section("del", "Möten", (card,)))[0]


@pytest.mark.parametrize("count", range(20, SHEET))
def test_no_sheet_is_for_the_last_row_of_a_table_alone(count: int) -> None:
    rows = tuple(((f"Rad {number}",), ("Roll",)) for number in range(count))
    told = sheets(Section("del", "Del", (*facts(5), Table("", ("Namn", "Roll"), rows, "people"))))
    assert told[-1].count("Rad ") != 1


@pytest.mark.parametrize("rows", [1, 3])
def test_a_table_that_begins_a_sheet_does_not_take_what_stands_before_it_along(rows: int) -> None:
    table = Table(
        "", ("När", "Vad"), tuple(((f"I maj {number}",), ("Lång rad",) * 12) for number in range(rows)), "people"
    )
    first = sheets(Section("del", "Del", (*facts(26), Text((("Före tabellen",),)), table)))[0]
    assert "Före tabellen" in first
    assert "I maj" not in first


@pytest.mark.parametrize("before", range(20, SHEET))
def test_no_sheet_begins_or_ends_with_one_box_of_several(before: int) -> None:
    boxes = Checks("Vilka som är med", tuple((f"Gäst {number}", False) for number in range(6)))
    told = [text.count("Gäst ") for text in sheets(Section("del", "Del", (*facts(before), boxes)))]
    assert sorted(told) in ([6], [0, 6], [2, 4], [3, 3])


def test_what_a_map_says_stands_on_a_sheet_of_its_own_however_short_it_is() -> None:
    said = Section("som-text", "Samma sak som text", (Table("", ("Vem", "Vad"), ((("Alva",), ("Mitten",)),)),))
    assert [("Samma sak" in text) for text in sheets(said, layout="map")] == [False, True]


@pytest.mark.parametrize("before", range(12, SHEET, 3))
def test_what_is_filled_in_and_given_back_stays_whole(before: int) -> None:
    answer = (*facts(3), Writing("Mitt namn", 1), Writing("Det här vill jag säga", 6))
    told = sheets(Section("del", "Del", facts(before)), Section("svar", "Svara", answer, whole=True), layout="brev")
    assert {("Svara" in text, "Det här vill jag säga" in text) for text in told} <= {(True, True), (False, False)}


@pytest.mark.parametrize("before", range(24, SHEET + 4))
def test_nobody_signs_a_sheet_with_no_letter_on_it(before: int) -> None:
    """A name stands with the line over it, and with the last that the letter says."""
    said, name = Text((("Det sista.",),)), Text((("Alva Lindberg",),))
    letter = (*facts(before), said, Writing("Ort och datum", 1), name, Writing("Så når ni mig", 1))
    told = pages_of(pdf(replace(paper_of(), lead=letter, layout="brev", name="Brev"), {}))
    [signed] = [text for text in told if "Så når ni mig" in text]
    assert "Det sista. Ort och datum Alva Lindberg Så når ni mig" in signed


@pytest.mark.parametrize("before", range(20, SHEET))
def test_lines_to_write_on_stay_with_what_they_are_for(before: int) -> None:
    assert min(lines_on_each(Section("del", "Del", (*facts(before), Writing("Vad och när", 5))))) in (0, 5)


@pytest.mark.parametrize("before", range(18, SHEET))
def test_much_room_to_write_breaks_with_some_lines_on_each_sheet(before: int) -> None:
    assert sorted(lines_on_each(Section("del", "Del", (*facts(before), Writing("Anteckningar", 8))))) in (
        [8],
        [0, 8],
        [3, 5],
    )


@pytest.mark.parametrize("points", range(32, 46))
def test_no_sheet_of_the_guide_is_for_the_last_point_of_a_list_alone(points: int) -> None:
    listed = "".join(f"<li>Punkt {number}</li>" for number in range(points))
    text = f'<section class="ip-book-text"><h2>Rubrik</h2><ul>{listed}</ul></section>'
    told = pages_of(
        module.from_html(f'<html lang="sv"><head><title>Guide</title></head><body>{text}</body></html>', {})
    )
    assert told[-1].count("Punkt") != 1


@pytest.mark.parametrize("before", range(28, 44))
def test_a_quoted_paragraph_of_law_stands_with_what_is_said_of_it_and_with_its_source(before: int) -> None:
    facts = "".join(f"<li>Punkt {number}</li>" for number in range(before))
    law = f'<div class="ip-law"><blockquote><p>{"Lagen säger. " * 30}</p></blockquote><p>Källan.</p></div>'
    text = f'<section class="ip-book-text"><ul>{facts}</ul><h3>10 § LSS</h3><p>Inledning.</p>{law}</section>'
    told = pages_of(
        module.from_html(f'<html lang="sv"><head><title>Guide</title></head><body>{text}</body></html>', {})
    )
    assert all("Lagen säger." in page for page in told if "Inledning." in page or "Källan." in page)


def lines_of(document: Document) -> list[str]:
    printed = PdfReader(io.BytesIO(pdf(document, {})))
    return [" ".join(line.split()) for leaf in printed.pages for line in leaf.extract_text().splitlines()]


def test_no_line_ends_between_a_day_and_its_month() -> None:
    texts = tuple((f"{'x' * before}{' ord' * 18} 22 november 2026.",) for before in range(30))
    lines = lines_of(paper_of(Section("del", "Del", (Text(texts),))))
    assert [line for line in lines if line.endswith("22")] == []
    assert any(line.startswith("22 november") for line in lines)


def test_the_columns_for_days_and_names_have_room_for_the_longest() -> None:
    day = ("30 september 2026",)
    history = Table(
        "", ("Datum", "Det här hände", "Så bra går det"), ((day, ("Något",), ("Leila Haddad: 4 av 5",)),), "history"
    )
    consent = Table(
        "", ("Vem", "Vad", "Samtycke"), ((("Bo",), ("Allt",), ("Gäller till och med: 31 december 2026",)),), "views"
    )
    tasks = Table(
        "",
        ("Vad", "Vem", "Klart senast", "Läge"),
        ((("A",), ("Logopedmottagningen",), day, ("Ej påbörjad",)),),
        "actions",
    )
    lines = lines_of(paper_of(Section("del", "Del", (Section("mal", "Mål", (tasks, history), card=True), consent))))
    assert any("Logopedmottagningen 30 september 2026 Ej påbörjad" in line for line in lines)
    for whole in ("30 september 2026", "Leila Haddad: 4 av 5", "Gäller till och med: 31 december 2026"):
        assert any(whole in line for line in lines)


def test_no_line_ends_so_in_the_foot_of_large_print_either() -> None:
    made = replace(paper_of(), version="Version 2 november 2026", made="Utskriven 22 november 2026", layout="large")
    lines = lines_of(made)
    assert [line for line in lines if line.endswith(("Utskriven 22", "Version 2"))] == []
    assert any("22 november" in line for line in lines)
