"""Do the plans of one person hang together? Overlaps, gaps and contradictions, in plain words.

In the person's own copy only: in another's, a plan that is not shown could be told from what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ipsite.model import Plan
from ipsite.problem import Problem
from ipsite.views import events
from ipsite.views.blocks import Block, Bullets, Lines, Links, text

_ACROSS = "IP4"  # the codes of the rules that look at plans together: see rules/across.py


def agreement(
    plans: Iterable[Plan], problems: Iterable[Problem], titles: Mapping[str, str], up: str = ""
) -> tuple[Block, ...]:
    """What can be said of a person's `plans` together, from the checks' `problems` and from the plans themselves;
    `titles` are what the plans are called, by their ids, and `up` is the way from the page to where all plans lie."""
    everything = tuple(plans)
    if not everything or not all(plan.own for plan in everything):
        return ()
    live = [plan for plan in everything if plan.status == "gällande"]
    against = tuple(_contradictions(everything, problems, titles, up))
    lists = (
        ("Planer som inte säger när de följs upp", tuple(_without_review(live, titles))),
        ("Beslutade insatser som ingen genomförandeplan här nämner", tuple(_not_carried_out(live))),
        ("Insatser som står i flera planer", tuple(_overlaps(live, titles))),
    )
    found: list[Block] = [Bullets(label, items) for label, items in lists if items]
    if against:
        return (text("Det här stämmer inte mellan planerna:"), Links(against), *found)
    return (text("Planerna säger inte emot varandra."), *found) if live[1:] else tuple(found)


def _contradictions(
    plans: tuple[Plan, ...], problems: Iterable[Problem], titles: Mapping[str, str], up: str
) -> Iterator[tuple[str, str]]:
    """What the checks have found, with the titles of plans in the place of their ids, and what it is about; each
    leads to its plan."""
    by_file = {plan.file: plan for plan in plans}
    names = sorted(((plan.id, f"planen ”{titles[plan.id]}”") for plan in plans), key=lambda name: -len(name[0]))
    for problem in problems:
        plan = by_file.get(problem.file)
        if plan is None or not problem.code.startswith(_ACROSS):
            continue
        message = problem.message
        for plan_id, title in names:
            message = message.replace(f"planen {plan_id}", title).replace(plan_id, title)
        yield f"{up}{plan.id}/", f"{titles[plan.id]}{_about(plan, problem)}: {message[:1].lower()}{message[1:]}"


def _about(plan: Plan, problem: Problem) -> str:
    """The insats that a problem stands at, found by its place in the file."""
    lines = [(measure.place.line, measure.text("insats")) for measure in plan.root.each("insatser")]
    above = [name for line, name in lines if line <= problem.line] if problem.where.startswith("insatser") else []
    return f", {above[-1]}" if above else ""


def _covered(plan: Plan) -> dict[str, str]:
    """The insatser that a plan is about, by their folded names."""
    named = [measure.text("insats") for measure in plan.root.each("insatser") if measure.text("status") != "avslutad"]
    if (carried := plan.root.get("insats")) is not None:
        named.append(carried.text("insats"))
    return {name.casefold(): name for name in named}


def _overlaps(plans: list[Plan], titles: Mapping[str, str]) -> Iterator[Lines]:
    found: dict[str, tuple[str, list[str]]] = {}
    for plan in plans:
        for folded, name in _covered(plan).items():
            found.setdefault(folded, (name, []))[1].append(titles[plan.id])
    for name, called in found.values():
        if len(called) > 1:
            yield (f"{name}: {', '.join(called[:-1])} och {called[-1]}.",)


def _without_review(plans: list[Plan], titles: Mapping[str, str]) -> Iterator[Lines]:
    for plan in plans:
        if events.review_by(plan) is None:
            yield (titles[plan.id],)


def _not_carried_out(plans: list[Plan]) -> Iterator[Lines]:
    """Insatser of kommunen under LSS that no genomförandeplan, and no plan that a plan speaks of, names."""
    told = " ".join(name for plan in plans if plan.kind == "genomförandeplan" for name in _covered(plan))
    told += " ".join(other.text("gäller").casefold() for plan in plans for other in plan.root.each("andra_planer"))
    for plan in plans:
        for measure in plan.root.each("insatser") if plan.kind == "individuell plan" else ():
            is_given = measure.text("status") == "beslutad" and measure.text("huvudman") == "kommun"
            if is_given and "LSS" in measure.text("lagrum") and measure.text("insats").casefold() not in told:
                yield (measure.text("insats"),)
