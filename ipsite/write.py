"""New files, written whole or not at all, and never over one that is there."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)  # as on many USB sticks


def new_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, with the folders above it.

    Raises FileExistsError when something has that name already, and OSError when it cannot be saved, and then no
    folder that was made for it is left. Whoever looks meets all of the file or none of it.
    """
    made_for_it = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    except BaseException:
        for folder in made_for_it:
            with suppress(OSError):  # it was not made, or somebody else has put something there
                folder.rmdir()
        raise


def _write(path: Path, content: bytes) -> None:
    with tempfile.TemporaryDirectory(prefix=".ny-", dir=path.parent) as folder:
        made = Path(folder, "fil")
        with made.open("xb") as file:  # with the rights that the user gives new files (umask)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _name(made, path)


def _name(made: Path, path: Path) -> None:
    """Give the finished file its name; a link fails where the name is taken, a renaming would not."""
    try:
        path.hardlink_to(made)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        made.rename(path)


def free_name(path: Path) -> Path:
    """`path`, or the first like it with a number that nothing has: plan.pdf, plan-2.pdf."""
    free, number = path, 1
    while free.exists() or free.is_symlink():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def reason(error: OSError) -> str:
    """Why the system would not let something be saved, in words for the user."""
    reasons = {
        errno.EACCES: "du får inte skriva där",
        errno.EPERM: "du får inte skriva där",
        errno.EROFS: "disken går bara att läsa",
        errno.ENOSPC: "disken är full",
        errno.EDQUOT: "ditt utrymme på disken är slut",
        errno.EFBIG: "filen blev för stor för disken",
        errno.EBUSY: "något annat använder mappen just nu",
        errno.EIO: "disken svarar inte som den ska",
        errno.EMFILE: "för många filer är öppna samtidigt",
        errno.ENFILE: "för många filer är öppna samtidigt",
        errno.ENOTDIR: "en fil ligger där en mapp skulle vara",
        errno.EEXIST: "något med samma namn ligger redan där",
        errno.ENOENT: "mappen som den skulle ligga i finns inte",
        errno.ENAMETOOLONG: "namnet är för långt",
    }
    return reasons.get(error.errno or 0, error.strerror or str(error))
