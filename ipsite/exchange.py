"""Two folders change places in one step, and what is written reaches the disk."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100  # AT_FDCWD: names are seen from where one stands
_EXCHANGE = 2  # RENAME_EXCHANGE in Linux, RENAME_SWAP in macOS: the same number by chance
_NEVER = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)  # the system or this disk knows no such step


class NotPossible(OSError):
    """This system, or this disk, cannot let two folders change places in one step."""


def exchange(one: Path, other: Path) -> None:
    """Let two folders on the same disk change places in one step: who looks meets both, before or after.

    Raises `NotPossible`, and OSError where the system refuses.
    """
    library = _library()
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        result = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        result = library.renamex_np(names[0], names[1], _EXCHANGE)
    else:
        raise NotPossible(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if result:
        error = _told(other)
        raise NotPossible(*error.args, error.filename) if error.errno in _NEVER else error


def flush(folder: Path, *, only_itself: bool = False) -> None:
    """Have all that was written to the disk of `folder` reach it before anything else; or only the folder's own list
    of names. Raises OSError when the disk could not take it, but not for a disk that cannot be told: what is written
    is then as safe as it makes it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if only_itself:
            os.fsync(descriptor)
        elif sys.platform == "linux" and hasattr(_library(), "syncfs"):
            if _library().syncfs(descriptor):
                raise _told(folder)
        else:
            os.sync()
    except OSError as error:
        if error.errno not in _NEVER:
            raise
    finally:
        os.close(descriptor)


def _told(place: Path) -> OSError:
    """What the system has said of the last step."""
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), str(place))


@cache
def _library() -> Any:
    return ctypes.CDLL(None, use_errno=True)
