"""raw.py: the bytes of a plan file, of which there are never too many; and nobody waits for what is no file."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ipsite import excerpt, picture, raw
from ipsite.large.known import Wrong, read_all
from ipsite.portfolio import PlanFile


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\0a\r\n")
    assert raw.read(tmp_path / "a.yaml") == b"\xff\0a\r\n"


def test_of_a_file_that_is_too_large_one_byte_too_many_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(3 * raw.MAX_BYTES)
    assert len(raw.read(tmp_path / "a.yaml")) == raw.MAX_BYTES + 1 == 1024 * 1024 + 1


def test_what_is_no_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "a.yaml"):
        with pytest.raises(FileNotFoundError) as raised:
            raw.read(place)
        assert raised.value.filename == str(place)
        assert raised.value.strerror


def is_told_of_no_line(path: Path) -> None:
    assert excerpt.reader()(str(path), 1) == ""


def is_not_known(path: Path) -> None:
    with pytest.raises(Wrong):
        read_all([PlanFile(path, path.name, path.stem)], date(2026, 11, 22))


def is_no_picture(path: Path) -> None:
    with pytest.raises(picture.PictureError, match="finns inte"):
        picture.look_at(path.parent, path.name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("look", [is_told_of_no_line, is_not_known, is_no_picture])
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(look: Callable[[Path], None], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    look(tmp_path / "a.yaml")


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf"])
def test_a_document_is_known_by_how_it_begins(begin: bytes) -> None:
    assert raw.is_document(begin + b"1.7 and more") is True
    assert raw.is_document(b"format: 1\n" + begin) is False


def test_a_plan_and_an_empty_file_are_no_documents() -> None:
    assert raw.is_document(b"format: 1\n") is raw.is_document(b"") is False
