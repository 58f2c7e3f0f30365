"""The theme as MkDocs is to use it: our own layer on Material, and no time spent on what it leaves out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ipsite.render.environment import compiled


def prepare(theme: Any, own: Path) -> None:
    """Put our own folder `own` before Material's, and keep MkDocs from listing thousands of drawings in folders that
    begin with a dot, which it then leaves out. Templates are compiled once: Material's search asks for two whole
    languages at every build."""
    theme.dirs.insert(1 if theme.custom_dir else 0, str(own))
    theme.static_templates.add("sok.html")
    make = theme.get_env

    def get_env() -> Any:
        environment: Any = make()
        environment.bytecode_cache = compiled()
        environment.loader.list_templates = lambda: _listed(theme.dirs)
        return environment

    theme.get_env = get_env


def _listed(folders: Iterable[str]) -> list[str]:
    """Every file below `folders` that no name with a dot in front hides, by its path there."""
    found: set[str] = set()
    for top in folders:
        for folder, inner, names in os.walk(top):
            inner[:] = [name for name in inner if not name.startswith(".")]
            found.update(Path(folder, name).relative_to(top).as_posix() for name in names if not name.startswith("."))
    return sorted(found)
