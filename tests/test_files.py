"""files.py, render/text.py and render/csv.py: text for e-mails and tables for spreadsheets, that cannot do harm."""

from __future__ import annotations

import csv as reader
import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_helpers import KINDS, TODAY, every_field, read_plan, smallest

from ipsite import build, unbroken
from ipsite.artifact import Asset, Page
from ipsite.documents import DOCUMENTS
from ipsite.files import SORTS, files
from ipsite.render import csv
from ipsite.render.text import text
from ipsite.settings import Settings
from ipsite.views import blocks
from ipsite.views.pieces import Code
from ipsite.views.rooms import Grid

MEETING = {"slag": "planeringsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Biblioteket",
           "inbjudna": ["anna"], "dagordning": ["Bussen", "Kaféet"]}  # fmt: skip
PEOPLE = {"anna": {"namn": "Anna Ek", "roll": "handläggare", "huvudman": "kommun", "e_post": "a@example.com"}}
TASKS = [{"vad": what, "vem": "anna", "status": "pågår", "klart": day} for what, day in
         (("=SUMMA(A1)", "2026-12-01"), ('Sa "hej"; gick', "2026-10-01"))]  # fmt: skip


def plan_data(**more: Any) -> dict[str, Any]:
    goals = [{"mål": "Bo själv", "status": "pågår", "åtgärder": TASKS}]
    return smallest(möten=[MEETING], personer=PEOPLE, mål=goals, **more)


def opened(content: bytes) -> list[list[str]]:
    """As a spreadsheet reads it."""
    return list(reader.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


# --- Tables -------------------------------------------------------------------------------------------------------


def test_who_does_what_is_a_table_in_the_order_of_the_days_that_excel_opens(tmp_path: Path) -> None:
    (file,) = SORTS["vem-gor-vad-csv"].make(read_plan(tmp_path, plan_data()), TODAY)
    assert file.content.startswith(b"\xef\xbb\xbfVem;Roll;")
    assert opened(file.content)[1:] == [
        ["Anna Ek", "handläggare", 'Sa "hej"; gick', "Bo själv", "2026-10-01", "pågår", "ja"],
        ["Anna Ek", "handläggare", "'=SUMMA(A1)", "Bo själv", "2026-12-01", "pågår", "nej"],
    ]


def test_what_is_private_is_not_in_the_table_and_without_tasks_there_is_none(tmp_path: Path) -> None:
    secret = [{**task, "privat": True} for task in TASKS]
    data = plan_data() | {"mål": [{"mål": "Bo själv", "status": "pågår", "åtgärder": secret}]}
    assert list(SORTS["vem-gor-vad-csv"].make(read_plan(tmp_path, data), TODAY)) == []


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=3), min_size=1))
def test_every_cell_comes_back_and_none_begins_as_a_formula_does(rows: list[list[str]]) -> None:
    found = opened(csv.table(rows))
    assert len(found) == len(rows)
    for row, back in zip(rows, found, strict=True):
        assert [cell.removeprefix("'") for cell in back] == [
            unicodedata.normalize("NFC", cell).removeprefix("'") for cell in row
        ]
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in back)


# --- Text ---------------------------------------------------------------------------------------------------------


def test_an_invitation_as_text_says_what_its_paper_says(tmp_path: Path) -> None:
    (file,) = SORTS["inbjudan-text"].make(read_plan(tmp_path, plan_data()), TODAY)
    told = file.content.decode()
    for part in (
        "Inbjudan till Anna Ek – planeringsmöte 20 januari 2027\n\n",
        "När: onsdag 20 januari 2027 klockan 13.00 till 13.45 (45 minuter)\nVar: Biblioteket\n",
        "DET HÄR PRATAR VI OM\n\n- Bussen\n- Kaféet\n",
        "[ ] Jag kommer\n",
    ):
        assert part in told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_can_be_told_as_text_without_losing_a_word(name: str, kind: str, tmp_path: Path) -> None:
    for _, document in DOCUMENTS[name].of(read_plan(tmp_path, every_field(kind)[0]), TODAY):
        told = text(document)
        assert told == unicodedata.normalize("NFC", told)
        assert "\r" not in told
        assert "\n\n\n" not in told
        for said in words((*document.lead, *document.sections)):
            assert said.casefold() in told.casefold()


def words(parts: tuple[blocks.Block, ...]) -> list[str]:
    """Every label, line and cell of some blocks."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            for inner in value:
                walk(inner)
        elif isinstance(value, blocks.Section):
            walk((value.title, value.tags, value.blocks))
        elif isinstance(value, blocks.Table):
            walk((value.caption, value.rows))
        elif isinstance(value, blocks.Fact):
            walk((value.label, value.lines))
        elif isinstance(value, blocks.Checks):
            walk((value.label, tuple(item for item, _ in value.items)))
        elif isinstance(value, blocks.Bullets):
            walk((value.label, value.items))
        elif isinstance(value, blocks.Text | blocks.Words):
            walk(value.paragraphs)
        elif isinstance(value, blocks.Writing):
            walk(value.label)

    walk(parts)
    return found


def test_a_sentence_is_never_broken(tmp_path: Path) -> None:
    long = "Jag vill gå på konsert " * 20
    data = plan_data() | {"möten": [{**MEETING, "dagordning": [long]}]}
    (file,) = SORTS["inbjudan-text"].make(read_plan(tmp_path, data), TODAY)
    assert f"- {long.strip()}\n" in file.content.decode()


def test_every_part_of_a_page_has_a_plain_text() -> None:
    card = blocks.Section("mal", "Ett mål", (blocks.Fact("När", ("i maj",)),), card=True)
    parts = (
        blocks.Cards((card,)),
        blocks.Folded("Mer", (blocks.Text((("En rad.",),)),)),
        Grid("Vad vi kom fram till", ("Vad", "Vem"), 3),
        Code("titel: A"),
    )
    shown = text(blocks.Document("a", "", "Rubrik", parts, (), "", "", "", ""))
    assert shown.split("\n\n")[:7] == [
        "Rubrik", "Ett mål", "När: i maj", "Mer", "En rad.", "Vad vi kom fram till", "titel: A",
    ]  # fmt: skip


# --- On the site --------------------------------------------------------------------------------------------------


def test_the_page_leads_to_every_file_and_tells_kind_and_size(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, plan_data())
    made = list(build.artifacts((plan,), {}, Settings(TODAY)))
    assets = {item.path.removeprefix("planer/vera/plan/") for item in made if isinstance(item, Asset)}
    (page,) = (item for item in made if isinstance(item, Page) and item.path.endswith("vera/plan"))
    for file in files(plan, TODAY):
        assert file.address in assets
        assert f'<a href="{file.address}">{unbroken.text(file.label)}</a>' in page.body
        assert file.label.endswith(" kB)")
    assert {"moten/2027-01-20-anna-inbjudan.txt", "vem-gor-vad/anna-vem-gor-vad.txt", "vem-gor-vad/vem-gor-vad.csv",
            "vem-gor-vad/anna-vem-gor-vad.pdf", "moten/2027-01-20-anna-inbjudan-lattlast.pdf"} <= assets  # fmt: skip
