"""readings.py: what is told of a paper that was read before is what reading it again would tell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from site_helpers import TODAY, Project, every_field, read_plan, smallest

from ipsite import printing, readable, readings
from ipsite.mkdocs import site
from ipsite.readable import Unreadable, texts
from ipsite.readings import reader
from ipsite.scan import look
from ipsite.settings import Settings

NUMBER = "19900101-0017"


def paper(*lines: str) -> bytes:
    return printing._made(f"<html lang='sv'><title>Papper</title><body>{'<p>'.join(('', *lines))}</body></html>", ())


@pytest.fixture(scope="module")
def wrong() -> bytes:
    return paper("Ett hemligt ord.", f"Personnummer {NUMBER}")


@pytest.fixture
def readings_of(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many PDF files are read from now on, by their sizes."""
    read: list[int] = []
    original = readable._of_pdf

    def counted(content: bytes) -> Iterator[str]:
        read.append(len(content))
        yield from original(content)

    monkeypatch.setattr(readable, "_of_pdf", counted)
    return read


def test_a_paper_that_was_read_is_told_of_in_the_same_words(tmp_path: Path, wrong: bytes, readings_of: Any) -> None:
    once = list(texts("a/plan.pdf", wrong))
    readings_of.clear()
    read = reader(tmp_path / "pdf")
    assert [list(read(name, wrong)) for name in ("a/plan.pdf", "b.PDF", "a/plan.pdf")] == [
        once,
        ["b.PDF", *once[1:]],
        once,
    ]
    assert readings_of == [len(wrong)]


def test_the_last_look_finds_what_it_would_find_by_reading(tmp_path: Path, wrong: bytes, readings_of: Any) -> None:
    read = reader(tmp_path / "pdf")
    said = [str(one) for _ in range(3) for one in look("plan.pdf", wrong, {"Ett hemligt ord"}, read=read)]
    assert said == 3 * [
        "plan.pdf: här står något som ser ut som ett personnummer.",
        "plan.pdf: här står en text ur planerna som läsaren inte får se.",
    ]
    assert len(readings_of) == 1


def test_one_byte_more_is_another_paper(tmp_path: Path, wrong: bytes, readings_of: Any) -> None:
    read = reader(tmp_path / "pdf")
    for content in (wrong, wrong + b"\n", wrong):
        list(read("plan.pdf", content))
    assert readings_of == [len(wrong), len(wrong) + 1]


@pytest.mark.parametrize("what", ["readable.py", "pypdf"])
def test_what_reads_otherwise_reads_again(
    what: str, tmp_path: Path, wrong: bytes, readings_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(reader(tmp_path / "pdf")("plan.pdf", wrong))
    if what == "pypdf":
        monkeypatch.setattr("importlib.metadata.version", lambda name: f"{name} 99")
    else:
        other = tmp_path / "readable.py"
        other.write_text("# annat", "utf-8")
        monkeypatch.setattr(readings, "_READS", other)
    readings._how_it_is_read.cache_clear()
    list(reader(tmp_path / "pdf")("plan.pdf", wrong))
    readings._how_it_is_read.cache_clear()
    assert len(readings_of) == 2


def test_what_was_kept_and_is_damaged_is_read_again(tmp_path: Path, wrong: bytes, readings_of: Any) -> None:
    read = reader(tmp_path / "pdf")
    once = list(read("plan.pdf", wrong))
    (kept,) = (tmp_path / "text").glob("*/*")
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    assert list(read("plan.pdf", wrong)) == once
    assert len(readings_of) == 2


def test_what_cannot_be_read_is_told_of_each_time(tmp_path: Path) -> None:
    read = reader(tmp_path / "pdf")
    for _ in range(2):
        with pytest.raises(Unreadable, match="går inte att läsa"):
            list(read("plan.pdf", b"%PDF-1.7 trasig"))
    assert not list(tmp_path.rglob("*"))


def test_other_files_and_those_of_no_store_are_read_each_time(tmp_path: Path, wrong: bytes, readings_of: Any) -> None:
    assert reader(None) is texts
    read = reader(tmp_path / "pdf")
    assert list(read("a.html", b"<p>Hej</p>")) == list(texts("a.html", b"<p>Hej</p>"))
    assert not list(tmp_path.iterdir())


def test_a_paper_is_read_where_it_is_made_and_never_again(tmp_path: Path, readings_of: list[int]) -> None:
    plan = read_plan(tmp_path, every_field("individuell plan")[0])
    wish = Settings(TODAY, jobs=2, store=tmp_path / ".ipsite" / "pdf")
    made = [one.content for one in printing.papers([(plan, None)], 1, wish, ["plan", "lattlast"])]
    assert [list(reader(wish.store)("x.pdf", content)) for content in made]
    assert readings_of == []


def test_a_site_whose_papers_are_kept_reads_none_and_is_still_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readings_of: list[int]
) -> None:
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    project = Project(tmp_path, {"jobs": 1})
    project.plan(smallest())
    assert site.build(project.config, site.Wish()).problem == ""
    assert readings_of
    readings_of.clear()
    project.page("# Start\n\nEtt annat ord.\n")
    assert site.build(project.config, site.Wish()).problem == ""
    assert readings_of == []


def test_what_a_worker_cannot_read_is_left_to_the_last_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper that nobody can look into must not be on a site."""

    def unreadable(content: bytes) -> Iterator[str]:
        raise Unreadable("PDF-filen går inte att läsa.")
        yield ""

    monkeypatch.setattr(readable, "_of_pdf", unreadable)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    project = Project(tmp_path, {"jobs": 1})
    project.plan(smallest())
    problem = site.build(project.config, site.Wish()).problem
    assert "plan.pdf: PDF-filen går inte att läsa." in problem


def test_what_was_read_in_papers_long_gone_is_taken_away(tmp_path: Path) -> None:
    read = reader(tmp_path / "pdf")
    old, new = paper("Gammalt."), paper("Nytt.")
    list(read("a.pdf", old))
    (kept,) = (tmp_path / "text").glob("*/*")
    list(read("a.pdf", new))
    readings.tidy(tmp_path / "pdf")
    assert kept.exists()
    seconds = kept.stat().st_mtime - 31 * 24 * 3600
    os.utime(kept, (seconds, seconds))
    readings.tidy(tmp_path / "pdf")
    assert not kept.exists()
    assert len(list((tmp_path / "text").glob("*/*"))) == 1
