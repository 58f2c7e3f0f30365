"""How files are, without reading them: enough to see that any has changed.

Loads nothing of ours, so that it can also be run by itself beside other work: `python state.py FOLDER PART`.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from zlib import crc32

_BITS = 128
MANY = 5_000  # files, from which on it pays to look at them in processes of their own
_PARTS = 2  # and in so many: one more would have to wait for a core of its own


class Unsure(Exception):
    """A file that cannot be told of for certain: a link, which may lead anywhere. One that leads nowhere is as good as
    a file: Emacs makes such beside what it edits."""


def of_file(status: os.stat_result) -> str:
    """How a file is: size, when its content and when the file itself was changed, and its rights. The third cannot be
    set back, so that a file that is changed for one as long and as old is seen."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_mode}"


def files(path: str, part: int = 0, parts: int = 1) -> Iterator[tuple[str, str]]:
    """Every file at or under `path`, in no order, and how it is; or one of so many `parts` of them, by the names two
    levels down. Raises OSError and `Unsure`."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        raise Unsure
    if not stat.S_ISDIR(status.st_mode):
        yield path, of_file(status)
        return
    folders = [(path, 1)]
    while folders:
        folder, depth = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                is_shared_out = parts > 1 and (depth == 2 or (depth == 1 and not is_folder))
                if is_shared_out and crc32(os.fsencode(entry.name)) % parts != part:
                    continue  # somebody else's
                if is_folder:
                    if entry.name != "__pycache__":
                        folders.append((entry.path, depth + 1))
                elif entry.is_symlink() and os.path.exists(entry.path):  # noqa: PTH110 - loads nothing more
                    raise Unsure
                else:
                    yield entry.path, of_file(entry.stat(follow_symlinks=False))


def mark(path: str, state: str) -> int:
    """A number that stands for one file as it is."""
    return int.from_bytes(hashlib.blake2b(f"{path}\0{state}".encode(), digest_size=_BITS // 8).digest(), "big")


def total(marks: Iterable[int]) -> int:
    """A number that stands for all of some files, whatever their order; one that changes can be counted away."""
    return sum(marks) % (1 << _BITS)


def of_all(paths: Iterable[str]) -> int:
    """A number that stands for every file at or under `paths` as it is. Raises OSError and `Unsure`."""
    return total(mark(*one) for path in paths for one in files(path))


@contextmanager
def beside(path: str) -> Iterator[Callable[[], int | None]]:
    """Begin to look at all files under `path` in processes of their own; what gives the number that stands for them
    when it is asked for, or None when it cannot be told."""
    import subprocess

    begun = [
        subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-I", "-S", __file__, path, str(part)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        for part in range(_PARTS)
    ]

    def answer() -> int | None:
        told = [process.communicate()[0] for process in begun]
        return total(map(int, told)) if not any(process.returncode for process in begun) else None

    try:
        yield answer
    finally:  # nobody may have asked
        for process in begun:
            process.kill()
            with process:
                pass  # until it has ended


if __name__ == "__main__":
    print(total(mark(*one) for one in files(sys.argv[1], int(sys.argv[2]), _PARTS)))  # noqa: T201 - what it is run for
