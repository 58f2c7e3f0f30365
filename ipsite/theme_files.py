"""Where the files of the theme lie, which a site gets as they are."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def folders() -> tuple[Path, ...]:
    """Our own theme folder and Material's, without loading Material."""
    own = Path(__file__).parent / "theme"
    material = find_spec("material")
    places = material.submodule_search_locations if material else None
    return (own, *(Path(place) / "templates" for place in places or ()))
