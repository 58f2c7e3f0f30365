"""exchange.py: folders change places, and where the system cannot do that it is said."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ipsite.exchange import NotPossible, exchange, flush


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("ett", "två"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text("", "utf-8")
    return tmp_path / "ett", tmp_path / "två"


def swapped(two: tuple[Path, Path]) -> bool:
    return (two[0] / "två").exists() and (two[1] / "ett").exists()


def test_two_folders_change_places(two: tuple[Path, Path]) -> None:
    exchange(*two)
    assert swapped(two)


def test_a_folder_that_is_not_there_is_an_error_of_the_system(two: tuple[Path, Path]) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        exchange(two[0], two[0].with_name("tre"))
    assert not isinstance(raised.value, NotPossible)


@pytest.mark.parametrize("system", ["darwin", "win32", "freebsd"])
def test_what_each_system_is_asked(system: str, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def swap(*arguments: object) -> int:
        asked.append(arguments)
        return 0

    monkeypatch.setattr("ipsite.exchange._library", lambda: SimpleNamespace(renamex_np=swap))
    monkeypatch.setattr(sys, "platform", system)
    if system == "darwin":
        exchange(*two)
        assert asked == [(os.fsencode(two[0]), os.fsencode(two[1]), 2)]
    else:
        with pytest.raises(NotPossible):
            exchange(*two)


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
def test_a_disk_that_knows_no_such_step_is_told_apart(
    code: int, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipsite.exchange._library", lambda: SimpleNamespace(renameat2=lambda *_: -1))
    monkeypatch.setattr("ctypes.get_errno", lambda: code)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(NotPossible):
        exchange(*two)
    assert not swapped(two)


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_what_is_written_is_sent_to_the_disk(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    library = SimpleNamespace(syncfs=lambda _: sent.append("syncfs"))
    monkeypatch.setattr("ipsite.exchange._library", lambda: library)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(os, "sync", lambda: sent.append("sync"))
    monkeypatch.setattr(os, "fsync", lambda _: sent.append("fsync"))
    flush(tmp_path)
    flush(tmp_path, only_itself=True)
    assert sent == ["syncfs" if system == "linux" else "sync", "fsync"]


def test_a_disk_that_cannot_be_told_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "fsync", refuse)
    flush(tmp_path, only_itself=True)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system is asked for no answer")
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_disk_that_could_not_take_what_was_written_is_an_error(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipsite.exchange._library", lambda: SimpleNamespace(syncfs=lambda _: -1))
    monkeypatch.setattr("ctypes.get_errno", lambda: code)
    with pytest.raises(OSError, match=re.escape(os.strerror(code))):
        flush(tmp_path)
