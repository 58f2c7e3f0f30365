"""views/packet.py: the papers of a meeting in one, each on a sheet of its own, for a listener and a printer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from site_helpers import TODAY, Html, pages_of, pdf, read_plan, smallest
from tagged import Tagged

from ipsite.documents import DOCUMENTS
from ipsite.render.environment import fill
from ipsite.render.paper import Paper
from ipsite.views.blocks import Document

MEETING = {"slag": "uppföljningsmöte", "tid": "2027-01-20 13:00", "längd_minuter": 45, "plats": "Biblioteket",
           "dagordning": ["Bussen"]}  # fmt: skip
GOALS = [{"mål": "Bo själv", "status": "pågår",
          "åtgärder": [{"vad": "Ringa", "vem": "jag själv", "status": "pågår"}] * 12}]  # fmt: skip


def made(folder: Path, **more: Any) -> Document:
    plan = read_plan(folder, smallest(mål=GOALS, möten=[{**MEETING, **more}]))
    ((name, document),) = DOCUMENTS["motespaket"].of(plan, TODAY)
    assert name == "2027-01-20-motespaket"
    return document


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return pdf(made(tmp_path), {})


def test_one_evaluates_when_one_does_not_meet_to_plan(tmp_path: Path) -> None:
    parts = [part.title.split()[0] for part in made(tmp_path).parts]
    assert parts == ["Inbjudan", "Dagordning", "Inför", "Anteckningar", "Utvärdering"]
    assert len(made(tmp_path, slag="planeringsmöte").parts) == 4


def test_each_part_begins_on_a_front_and_the_contents_tell_the_page(tmp_path: Path, content: bytes) -> None:
    document, pages = made(tmp_path), [" ".join(page.split()) for page in pages_of(content)]
    for part in document.parts:
        (number,) = (at for at, page in enumerate(pages, 1) if page.startswith(f"{part.kind} {part.title}"))
        assert number % 2 == 1
        assert f"{part.title}, sida {number}" in pages[0]


def test_a_page_that_is_left_empty_says_so_to_the_eye_and_nothing_to_the_ear(content: bytes) -> None:
    words = "Den här sidan är tom med avsikt."
    pages = pages_of(content)
    empty = [number for number, page in enumerate(pages) if words in page]
    assert empty
    assert all(f"Sida {number + 1} av {len(pages)}" in pages[number] for number in empty)
    assert words not in "\n".join(Tagged(content).lines())


def test_each_page_tells_which_paper_it_is_of(tmp_path: Path, content: bytes) -> None:
    pages = [" ".join(page.split()) for page in pages_of(content)]
    part = made(tmp_path).parts[2]
    own = [page for page in pages if f"{part.name}: {part.title} " in page]
    assert len(own) >= 2


def test_the_bookmarks_are_the_parts_and_what_stands_in_them(tmp_path: Path, content: bytes) -> None:
    document = made(tmp_path)
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        (whole,) = outline.root
        marks = [" ".join(mark.title.split()) for mark in whole.children]
        assert marks == ["Innehåll", *(part.title for part in document.parts)]
        since = whole.children[3]
        assert next(mark.title for mark in since.children) == "Bo själv"


def test_no_two_places_have_the_same_id(tmp_path: Path) -> None:
    root = Html(fill("paper.html.j2", Paper(made(tmp_path)))).root
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
