"""`x_ignorera` in a plan: rules that its writer has put aside, each with a reason."""

from __future__ import annotations

import re

from ipsite.load import Source
from ipsite.portfolio import DOCUMENT
from ipsite.problem import Problem, field_path
from ipsite.rules import RULES

KEY = "x_ignorera"
_OF_FORM = re.compile(rf"(?!{DOCUMENT})IP0\d\d")  # of the file, of form and of references
_CODES = "Skriv koden som den står i svaret från «ipsite check», till exempel IP104."


def is_fault(code: str) -> bool:
    """Whether a code stands for what must be mended, and cannot be put aside."""
    return RULES[code].level == "fel" if code in RULES else bool(_OF_FORM.fullmatch(code))


def codes(source: Source) -> frozenset[str]:
    """The codes that the plan puts aside. What is not rightly written counts for nothing."""
    entry = source.data.get(KEY)
    if not isinstance(entry, dict):
        return frozenset()
    return frozenset(code for code, reason in entry.items() if code in RULES and _is_reason(reason))


def problems(source: Source) -> list[Problem]:
    """What is wrong with `x_ignorera`: it must name rules that can be put aside, each with a reason."""
    if KEY not in source.data:
        return []
    entry = source.data[KEY]
    if not isinstance(entry, dict):
        return [_problem(source, (KEY,), "ska vara koder med skäl.", f"Skriv så här: «{KEY}: {{IP104: därför}}».")]
    found: list[Problem] = []
    for code, reason in entry.items():
        path = (KEY, code)
        if is_fault(code):
            found.append(_problem(source, path, f"kan inte gälla {code}, som är ett fel.", "Rätta felet i stället."))
        elif code not in RULES:
            found.append(_problem(source, path, "nämner en regel som inte finns.", _CODES))
        elif not _is_reason(reason):
            found.append(_problem(source, path, f"saknar skäl för {code}.", "Skriv varför: «IP104: Mötet är bokat»."))
    return found


def _is_reason(reason: object) -> bool:
    return isinstance(reason, str) and bool(reason.strip())


def _problem(source: Source, path: tuple[str, ...], message: str, hint: str) -> Problem:
    place = source.key_place(path)
    return Problem("IP031", "fel", source.file, *place, field_path(path), f"«{KEY}» {message}", hint)
