"""Colours of drawings, by the names they have in tokens.css: for screens a reference, for paper the colour of daylight.

WeasyPrint gives a drawing nothing of the paper's style sheets, so what is drawn on paper carries its colours itself.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

_TOKENS = Path(__file__).parent.parent / "theme" / "assets" / "ipsite" / "tokens.css"


@lru_cache(maxsize=256)
def paint(name: str, printed: bool) -> str:
    """What `fill` and `stroke` are to say for the colour `name`: "kommun-ink", "surface" or "none"."""
    if name == "none":
        return name
    color = _daylight()[name]
    return color if printed else f"var(--ip-{name})"


@cache
def _daylight() -> dict[str, str]:
    """The colours of the light scheme, which is that of paper too."""
    light, _, _ = _TOKENS.read_text("utf-8").partition("@font-face")
    return dict(re.findall(r"--ip-([a-z0-9-]+): (#[0-9a-f]{6});", light))
