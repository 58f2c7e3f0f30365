"""What a rule is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ipsite.model import Node, Plan
from ipsite.problem import Level, Place

Group = Literal["individuell plan", "sip", "genomförandeplan", "flera planer", "datum", "personuppgifter"]

IP = ("individuell plan",)
SIP = ("sip",)
CARRYING_OUT = ("genomförandeplan",)
ALL = (*IP, *SIP, *CARRYING_OUT)

# Entries of the registry of paragraphs that several modules of rules rest on.
LSS10 = "10 § LSS"
NINE = "De nio punkterna"
ADVICE = "Råd från kommuner och organisationer"
PRIVACY = "Skydd för personuppgifter"
OURS = "Vår egen ordning"


class Finding(NamedTuple):
    """Where a rule is broken, in words for this place. `hint` is "" when the rule's own words on how to
    mend it are enough; `missing` names a field that is not there, under `at`."""

    at: Node
    message: str
    hint: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One coded demand.

    `law` names an entry of the registry of paragraphs; `why`, `mend` and `example` are for the rule's
    page. The check is a pure function of a plan, or for «flera planer» of all plans, and the day; or of the text
    of a file, when what is looked for may stand anywhere in it, in a comment too.
    """

    code: str
    level: Level
    group: Group
    title: str
    why: str
    law: str
    mend: str
    example: str
    kinds: tuple[str, ...]
    check_plan: Callable[[Plan, date], Iterator[Finding]] | None = None
    check_all: Callable[[tuple[Plan, ...], date], Iterator[tuple[Plan, Finding]]] | None = None
    check_text: Callable[[str], Iterator[tuple[Place, str]]] | None = None


ENTERED: dict[str, Rule] = {}  # filled as the modules of rules are imported

PlanCheck = Callable[[Plan, date], Iterator[Finding]]
AllCheck = Callable[[tuple[Plan, ...], date], Iterator[tuple[Plan, Finding]]]
TextCheck = Callable[[str], Iterator[tuple[Place, str]]]


def _enter(made: Rule) -> None:
    assert made.code not in ENTERED, f"{made.code} is used twice"
    ENTERED[made.code] = made


def rule(
    code: str,
    level: Level,
    group: Group,
    title: str,
    *,
    why: str,
    law: str,
    mend: str,
    example: str,
    kinds: tuple[str, ...] = ALL,
) -> Callable[[PlanCheck], PlanCheck]:
    """Enter a check of one plan in the list of rules."""

    def enter(check: PlanCheck) -> PlanCheck:
        _enter(Rule(code, level, group, title, why, law, mend, example, kinds, check_plan=check))
        return check

    return enter


def rule_of_all(
    code: str, level: Level, title: str, *, why: str, law: str, mend: str, example: str
) -> Callable[[AllCheck], AllCheck]:
    """Enter a check of all plans together in the list of rules."""

    def enter(check: AllCheck) -> AllCheck:
        _enter(Rule(code, level, "flera planer", title, why, law, mend, example, ALL, check_all=check))
        return check

    return enter


def rule_of_text(
    code: str, level: Level, group: Group, title: str, *, why: str, law: str, mend: str, example: str
) -> Callable[[TextCheck], TextCheck]:
    """Enter a check of the text of a file in the list of rules: where something stands, and what is said of it."""

    def enter(check: TextCheck) -> TextCheck:
        _enter(Rule(code, level, group, title, why, law, mend, example, ALL, check_text=check))
        return check

    return enter
