"""The bytes of a plan file: none of what is no file, and never more of them than show that they are too many."""

from __future__ import annotations

import errno
import os
from pathlib import Path

MAX_BYTES = 1 << 20
_DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", rb"{\rtf")  # how Word's and others' begin


def read(path: Path) -> bytes:
    """What stands in a file, or its first `MAX_BYTES` and one more. Raises OSError."""
    if not path.is_file():  # a pipe would be waited for without end
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def is_document(raw: bytes) -> bool:
    """Whether a file is a document of a word processor or the like, whatever it is called."""
    return raw.startswith(_DOCUMENTS)
