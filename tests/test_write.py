"""write.py: new files, whole or not at all, never over another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ipsite import write


def test_a_new_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write.new_file(tmp_path / "a" / "b.txt", b"hej")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"hej"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


@pytest.mark.parametrize("links", [True, False], ids=["with links", "as on a USB stick"])
def test_a_file_that_is_there_is_never_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", _refuse)
    path = tmp_path / "b.txt"
    path.write_bytes(b"gammal")
    with pytest.raises(FileExistsError):
        write.new_file(path, b"ny")
    assert path.read_bytes() == b"gammal"
    assert list(tmp_path.iterdir()) == [path]
    write.new_file(tmp_path / "c.txt", b"ny")
    assert (tmp_path / "c.txt").read_bytes() == b"ny"


@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_may_be_read_by_those_whom_the_user_lets_read_new_files(
    mask: int, rights: int, tmp_path: Path
) -> None:
    before = os.umask(mask)
    try:
        write.new_file(tmp_path / "b.txt", b"hej")
    finally:
        os.umask(before)
    assert (tmp_path / "b.txt").stat().st_mode & 0o777 == rights


def _refuse(self: Path, target: Path) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space") as met:
        write.new_file(tmp_path / "b.txt", b"hej")
    assert write.reason(met.value) == "disken är full"
    assert list(tmp_path.iterdir()) == []


def test_a_free_name_is_the_first_with_a_number_that_nothing_has(tmp_path: Path) -> None:
    assert write.free_name(tmp_path / "plan.pdf").name == "plan.pdf"
    (tmp_path / "plan.pdf").touch()
    (tmp_path / "plan-2.pdf").symlink_to(tmp_path / "ingenstans")
    assert write.free_name(tmp_path / "plan.pdf").name == "plan-3.pdf"
