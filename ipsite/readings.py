"""What can be read in papers, kept beside them: a paper is read through where it is made, and not again at every build.

It is kept under a digest of every byte of the paper and of all that reads it, so what is told of a paper was read in
that very one.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from functools import cache
from importlib import metadata
from pathlib import Path

from ipsite.readable import Read, texts
from ipsite.store import Store

_READS = Path(__file__).with_name("readable.py")


def reader(folder: Path | None) -> Read:
    """As `readable.texts`, but what a paper was found to say is looked up beside the store of papers in `folder`, and
    put there; if there is no store, nothing is kept."""
    if folder is None:
        return texts
    store = _beside(folder)
    return lambda name, content: _kept(store, name, content) if name.lower().endswith(".pdf") else texts(name, content)


def tidy(folder: Path) -> None:
    """Take away what was read in papers that no build has met for long."""
    _beside(folder).prune(())


def _beside(folder: Path) -> Store:
    return Store(folder.with_name("text"))


def _kept(store: Store, name: str, content: bytes) -> list[str]:
    key = hashlib.sha256(_how_it_is_read() + content).hexdigest()
    if (kept := store.get(key)) is not None:
        return [name, *json.loads(zlib.decompress(kept))]
    _, *found = texts(name, content)
    store.put(key, zlib.compress(json.dumps(found).encode()))
    return [name, *found]


@cache
def _how_it_is_read() -> bytes:
    """All that decides what is found in a paper, beside its bytes."""
    told = f"{sys.version}\n{zlib.ZLIB_RUNTIME_VERSION}\n{metadata.version('pypdf')}\n"
    return hashlib.sha256(told.encode() + _READS.read_bytes()).digest()
