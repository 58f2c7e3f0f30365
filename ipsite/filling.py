"""Frames × a page of ours → the file. Pure: what was cut once (see `frame`) is filled here for page after page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ipsite import frame
from ipsite.artifact import Page
from ipsite.frame import Frame, Key
from ipsite.page import finish_body


class NoFrame(LookupError):
    """There is no frame for a page yet. `key` is the one that it needs."""

    def __init__(self, key: Key) -> None:
        super().__init__(key)  # so that it can come from another process
        self.key = key


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a site so far. `folders` are those that links in a frame lead through, `own` the paths of pages
    that have frames of their own; addresses end in "/" where `for_servers`, else they name files."""

    made: Mapping[Key, Frame] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    for_servers: bool = True

    def url(self, path: str) -> str:
        """The address of the page at `path`, as MkDocs names it."""
        return f"{path}/" if self.for_servers else file_of(path)

    def key(self, page: Page) -> Key:
        """The frame that a page needs."""
        return frame.key_of(self.url(page.path), page, self.folders, self.own)


def file_of(path: str) -> str:
    """The file of the page at `path`."""
    return f"{path}/index.html"


def filled(frames: Frames, page: Page) -> bytes:
    """The file of a page. Raises `NoFrame`, and PageError for what must not stand in a page."""
    key = frames.key(page)
    if key not in frames.made:
        raise NoFrame(key)
    return frame.fill(frames.made[key], page, frames.url(page.path), finish_body(page.body)).encode()
