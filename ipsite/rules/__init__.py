"""Rules of law and sense: Plan × today → problems. Adding one is one decorated function."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ipsite.model import Plan
from ipsite.problem import Problem, field_path
from ipsite.rules import across, begun, carrying_out, content, dates, measures, meetings, privacy, process, sharing, sip
from ipsite.rules.rule import ENTERED, Finding, Rule

__all__ = ["RULES", "Rule", "check_alone", "check_text", "check_together"]

# Imported for the rules that they enter; named here so that none is forgotten.
_GROUPS = (content, begun, process, meetings, sharing, measures, sip, carrying_out, across, dates, privacy)
RULES: dict[str, Rule] = dict(sorted(ENTERED.items()))


_ALONE = tuple(rule for rule in RULES.values() if rule.check_plan is not None)
_TOGETHER = tuple(rule for rule in RULES.values() if rule.check_all is not None)
_OF_TEXT = tuple(rule for rule in RULES.values() if rule.check_text is not None)


def check_alone(plan: Plan, today: date, ignored: frozenset[str]) -> list[Problem]:
    """What the rules find in one plan by itself on the day `today`, but for the codes that its writer has put aside with
    a reason: `ignored`. What is an error cannot be put aside."""
    return [
        _problem(rule, plan, finding)
        for rule in _ALONE
        if rule.check_plan is not None and plan.kind in rule.kinds and _counts(rule, ignored)
        for finding in rule.check_plan(plan, today)
    ]


def check_together(plans: tuple[Plan, ...], today: date, ignored: Mapping[str, frozenset[str]]) -> list[Problem]:
    """What the rules find when they compare plans, but for the codes put aside in each, by its id. Their summaries (see
    `across`) are enough."""
    return [
        _problem(rule, plan, finding)
        for rule in _TOGETHER
        if rule.check_all is not None
        for plan, finding in rule.check_all(plans, today)
        if _counts(rule, ignored.get(plan.id, frozenset()))
    ]


def check_text(text: str, file: str) -> list[Problem]:
    """What the rules find in the text of a file, whether it is a plan or not."""
    return [
        Problem(rule.code, rule.level, file, *place, "", message, rule.mend, rule.law)
        for rule in _OF_TEXT
        if rule.check_text is not None
        for place, message in rule.check_text(text)
    ]


def _counts(rule: Rule, ignored: frozenset[str]) -> bool:
    return rule.level == "fel" or rule.code not in ignored


def _problem(rule: Rule, plan: Plan, finding: Finding) -> Problem:
    path = (*finding.at.path, finding.missing) if finding.missing else finding.at.path
    place = (finding.at.get(finding.missing) or finding.at).place if finding.missing else finding.at.place
    hint = finding.hint or rule.mend
    return Problem(rule.code, rule.level, plan.file, *place, field_path(path), finding.message, hint, rule.law)
