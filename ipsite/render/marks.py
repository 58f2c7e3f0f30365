"""The marked content of a page: finding it by its number, and mending it before the page is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pydyf

_FONT = re.compile(rb"/(\S+) \S+ Tf")
_SHOW = b"] TJ"


class Marks:
    """The marked content of one page, as WeasyPrint has painted it."""

    def __init__(self, stream: Any, fonts: Mapping[str, Any]) -> None:
        """`fonts` are those of the whole document, by the name that streams call them."""
        self.items: list[Any] = stream.stream
        self.fonts = fonts
        self.starts = {
            item["MCID"]: index
            for index, item in enumerate(self.items)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }

    def artifact(self, mark: int, pagination: str = "") -> None:
        """Set content apart from what is read aloud. `pagination`: it is a Header or a Footer."""
        start = self.starts[mark]
        self.items[start - 1] = "/Artifact"
        kind = {"Type": "/Pagination", "Subtype": f"/{pagination}"} if pagination else {"Type": "/Layout"}
        self.items[start] = pydyf.Dictionary(kind)

    def end_with_space(self, mark: int) -> None:
        """Put a space, which nobody sees, after the last word of the content."""
        font, shown = None, None
        start = self.starts[mark]
        for index in range(start + 1, self.items.index(b"EMC", start)):
            item = self.items[index]
            if not isinstance(item, bytes):
                continue
            if found := _FONT.fullmatch(item):
                font = self.fonts[found[1].decode()]
            elif item.endswith(_SHOW):
                shown = index
        glyphs = font.to_unicode.items() if font else ()
        space = next((glyph for glyph, text in glyphs if text == " "), None)
        if shown is not None and space is not None:  # a font without a space in the whole document cannot lend one
            self.items[shown] = self.items[shown].removesuffix(_SHOW) + f"<{space:04x}>".encode() + _SHOW
