"""`ipsite scan`: a built folder looked through once more, against the plans that it was built from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ipsite.audience import copies_for
from ipsite.checking import check_paths
from ipsite.gather import refused
from ipsite.hidden import hidden
from ipsite.scan import Finding, scan
from ipsite.theme_files import folders


class NotSurveyed(RuntimeError):
    """Nothing was looked for. The message is for the user."""


def survey(folder: Path, plans_dir: Path, today: date, *, reader: str = "", is_open: bool = False) -> list[Finding]:
    """What is wrong in `folder`, when it is for `reader` (a key), open to all, or ("" and False) the person's own.

    Raises `NotSurveyed` when the plans cannot tell what the reader may see.
    """
    texts: frozenset[str] = frozenset()
    if reader or is_open:
        if not plans_dir.is_dir():
            raise NotSurveyed(f"Mappen med planer finns inte: {plans_dir.name}. Stå i mappen med mkdocs.yml.")
        checked = check_paths([plans_dir], today)
        if checked.has_errors:
            raise NotSurveyed("Planerna har fel. Rätta dem först: ipsite check")
        whole = checked.plans
        if is_open:
            shown = [plan for plan in whole if plan.root.flag("fiktiv")]
        else:
            shown, refusals = copies_for(whole, reader, today)
            if refusals:
                raise NotSurveyed(refused(tuple(refusals)))
        texts = hidden(whole, shown, reader, today)
    return scan(folder, texts, theme=folders(), shared=bool(reader) or is_open)
