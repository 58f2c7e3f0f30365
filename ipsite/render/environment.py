"""Templates. The one module that knows Jinja."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

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
    )
    made.filters["figure"] = figure
    return made


def fill(template: str, view: Any) -> str:
    """Fill the template `template` with `view`, the one name that a template sees."""
    return environment().get_template(template).render(view=view).strip() + "\n"
