"""Templates. The one module that knows Jinja."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined

from ipsite import unbroken
from ipsite.render.svg import figure


@cache
def environment() -> Environment:
    """The package's templates: everything escaped, unknown names an error."""
    made = Environment(
        loader=PackageLoader("ipsite", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        lstrip_blocks=False,
        auto_reload=False,
        bytecode_cache=compiled(),
    )
    made.filters["whole"] = unbroken.text
    made.filters["whole_in_cell"] = unbroken.cell
    made.filters["typed"] = unbroken.typed
    made.filters["figure"] = figure
    return made


def compiled() -> BytecodeCache | None:
    """Where compiled templates lie: beside them, as Python's own compiled modules do, if one may write there."""
    folder = Path(__file__).parents[1] / "templates" / "__pycache__"
    if sys.dont_write_bytecode:
        return None
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def fill(template: str, view: Any) -> str:
    """Fill the template `template` with `view`, the one name that a template sees."""
    return environment().get_template(template).render(view=view).strip() + "\n"
