"""The bytes of a plan file: none of what is no file, and never more of them than show that they are too many."""

from __future__ import annotations

import errno
import os
from pathlib import Path

MAX_BYTES = 1 << 20


def read(path: Path) -> bytes:
    """What stands in a file, or its first `MAX_BYTES` and one more. Raises OSError."""
    if not path.is_file():  # a pipe would be waited for without end
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)
