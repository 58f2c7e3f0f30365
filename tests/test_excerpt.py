"""excerpt.py: the line that a message shows, or nothing."""

from __future__ import annotations

from pathlib import Path

from ipsite.excerpt import reader


def test_a_line_is_the_one_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfett\r\ntv\xe5\n")
    line = reader()
    assert [line(str(file), number) for number in (1, 2, 3)] == ["ett", "tv\ufffd", ""]


def test_a_file_that_has_gone_has_no_lines(tmp_path: Path) -> None:
    assert reader()(str(tmp_path / "borta.yaml"), 1) == ""
