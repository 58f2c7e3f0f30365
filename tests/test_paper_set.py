"""Every kind of paper of the examples, as it is read aloud and as a validator sees it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pdf_gates
import pikepdf
import pytest
from site_helpers import PLANS, TODAY, pdf
from tagged import Tagged

from ipsite.checking import check_paths
from ipsite.documents import DOCUMENTS
from ipsite.model import Plan
from ipsite.views.blocks import Document

GOLDEN = Path(__file__).parent / "golden" / "documents"
KINDS_OF_PAPER = [name for name in DOCUMENTS if name != "plan"]  # the plan itself: test_paper_tags


@cache
def examples() -> tuple[Plan, ...]:
    plans = check_paths([PLANS], TODAY).plans
    return tuple(sorted(plans, key=lambda plan: (plan.id != "alva/ip-2026", plan.id)))


def papers(name: str) -> Iterator[tuple[str, Document]]:
    for plan in examples():
        for file, document in DOCUMENTS[name].of(plan, TODAY):
            yield f"{plan.id.replace('/', '-')}-{file}", document


def spoken(content: bytes) -> str:
    """Bookmarks, and then what is read aloud in its order."""
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        marks = list(bookmarks(outline.root, 0))
    return "\n".join(["Bookmarks", *marks, "", *Tagged(content).lines()]) + "\n"


def bookmarks(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * (depth + 1)}{item.title}"
        yield from bookmarks(item.children, depth + 1)


@pytest.mark.parametrize("name", KINDS_OF_PAPER)
def test_a_paper_of_each_kind_is_read_aloud_as_when_we_last_listened(name: str, request: pytest.FixtureRequest) -> None:
    """A changed line is read before it is kept: does it sound right? Write anew with --update-golden."""
    _, document = next(papers(name))
    told = spoken(pdf(document, {}))
    golden = GOLDEN / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, "utf-8")
    assert golden.is_file(), f"a new kind of paper: run this test with --update-golden, and read {golden.name}"
    assert golden.read_text("utf-8") == told


def test_no_golden_file_is_left_from_a_kind_of_paper_that_is_gone() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(KINDS_OF_PAPER)


@pytest.mark.accessibility
@pytest.mark.parametrize("layout", ["", "large"])
def test_every_paper_of_every_example_passes_verapdf_and_has_sound_syntax(layout: str, tmp_path: Path) -> None:
    for name in KINDS_OF_PAPER:
        for file, document in papers(name):
            made = replace(document, layout=layout or document.layout)
            (tmp_path / f"{file}.pdf").write_bytes(pdf(made, {}))
    paths = sorted(tmp_path.iterdir())
    assert len(paths) > 100
    assert {path.name: found for path, found in pdf_gates.verapdf(paths).items() if found} == {}
    assert {path.name: said for path in paths if (said := pdf_gates.qpdf(path))} == {}
