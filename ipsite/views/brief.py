"""A plan in brief: what the rest of a portfolio needs to know of it, for lists, addresses and what hangs together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ipsite.model import Node, Plan
from ipsite.views import events
from ipsite.views.overdue import overdue
from ipsite.views.to_do import duties


@dataclass(frozen=True, slots=True)
class Brief:
    """A plan in brief on a certain day. `name` is the person's, `names` what the plan writes where it names another;
    `review` is the day by which a plan in force must be looked at again, and `is_late` tells whether something in it
    was overdue. `has_duties` tells whether it has something left to do, and `made_up` whether it is marked as
    invented."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    review: date | None = None
    is_late: bool = False
    has_duties: bool = False
    made_up: bool = False


def brief(plan: Plan, today: date) -> Brief:
    """`plan` in brief on the day `today`."""
    return Brief(
        plan.id,
        plan.person.text("namn"),
        tuple(_references(plan.root)),
        events.review_by(plan) if plan.status == "gällande" else None,
        bool(overdue(plan, today)),
        bool(duties((plan,), today)),
        plan.root.flag("fiktiv"),
    )


def _references(root: Node) -> Iterator[str]:
    """The plans that it comes from or lives beside."""
    for related in root.each("andra_planer"):
        if "plan" in related:
            yield related.text("plan")
    if "ersätter" in root:
        yield root.text("ersätter")
