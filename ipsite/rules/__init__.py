"""Rules of law and sense: Plan × today → problems."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ipsite.model import Plan
from ipsite.problem import Problem


def check_rules(plans: Iterable[Plan], today: date) -> list[Problem]:
    """All problems that the rules find in `plans` on the day `today`."""
    return []
