"""Which circles of a large portfolio have changed: files that are others than they were → what is to be made again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ipsite import portfolio, search_files
from ipsite.circles import Places, circles, places
from ipsite.large import crowd
from ipsite.large.known import Known, Wrong, read_all, refuse_dead_ends
from ipsite.large.making import Order, Workshop
from ipsite.portfolio import PlanFile
from ipsite.problem import has_errors
from ipsite.rebuild.built import Look
from ipsite.rebuild.parts import brief_from_json, places_as_json, places_from_json
from ipsite.views.brief import Brief


@dataclass(frozen=True, slots=True)
class Changed:
    """What is to be made again: circles with their plans, and what is gone: plans and circles. `briefs` and `where` are
    those of all plans when the page of all plans says something else; else None."""

    orders: tuple[Order, ...]
    gone: tuple[str, ...] = ()
    gone_circles: tuple[str, ...] = ()
    briefs: tuple[Brief, ...] | None = None
    where: Places = field(default_factory=Places)


def changed(look: Look, shop: Workshop) -> Changed | None:
    """What follows from the files that have changed; None where the whole must be read. Raises `Wrong` for what is
    wrong with a plan, OSError and sqlite3.Error."""
    before = dict(look.connection.execute("SELECT id, circle FROM plans"))
    here, gone = _plans(look, shop.root, before)
    if here.keys() - before.keys() or gone:  # names and links are looked at by `find`
        files, problems = portfolio.find(shop.root)
        if has_errors(problems) or {one.id for one in files} != (before.keys() | here.keys()) - gone:
            return None
    fresh = {one.file.id: one for one in read_all(list(here.values()), shop.settings.today)}
    if shop.shared and not all(one.brief.made_up for one in fresh.values()):
        raise Wrong
    old = {plan: _known(look, shop.root, plan) for plan in (fresh.keys() | gone) & before.keys()}
    if not gone and all(plan in old and one.brief == old[plan].brief for plan, one in fresh.items()):
        return Changed(tuple(_as_before(look, shop.root, name, fresh) for name in {before[plan] for plan in fresh}))
    return _anew(look, shop.root, fresh, gone)


def _plans(look: Look, root: Path, before: Iterable[str]) -> tuple[dict[str, PlanFile], set[str]]:
    """The plans whose files have changed or come, or a picture beside them; and those that are gone."""
    here: dict[str, PlanFile] = {}
    gone: set[str] = set()
    for path, now in look.changed.items():
        place = Path(path).relative_to(root)
        if any(part.startswith(".") for part in place.parts):
            continue  # no plan and no picture
        if portfolio.is_meant(place.name) and place.suffix != portfolio.SUFFIX and now:
            raise Wrong  # the name of a plan ends in .yaml
        if place.suffix == portfolio.SUFFIX:
            plan = place.with_suffix("").as_posix()
            if now:
                here[plan] = _file(root, plan)
            elif plan in before:
                gone.add(plan)
        else:
            beside = (plan for plan in before if Path(plan).parent == place.parent)
            here |= {plan: _file(root, plan) for plan in beside}
    return {plan: file for plan, file in here.items() if plan not in gone}, gone


def _file(root: Path, plan: str) -> PlanFile:
    path = root / f"{plan}.yaml"
    return PlanFile(path, portfolio.shown(path), plan)


def _known(look: Look, root: Path, plan: str) -> Known:
    """A plan as it was when it was read last."""
    row = look.connection.execute("SELECT digest, brief FROM plans WHERE id = ?", (plan,)).fetchone()
    return Known(_file(root, plan), row[0], brief_from_json(row[1]))


def _as_before(look: Look, root: Path, name: str, fresh: dict[str, Known]) -> Order:
    """A circle of the same plans as before, at the same places."""
    rows = look.connection.execute("SELECT id FROM plans WHERE circle = ? ORDER BY id", (name,))
    plans = tuple(fresh.get(plan) or _known(look, root, plan) for (plan,) in rows)
    (where,) = look.connection.execute("SELECT places FROM circles WHERE name = ?", (name,)).fetchone()
    return Order(plans, places_from_json(where))


def _anew(look: Look, root: Path, fresh: dict[str, Known], gone: set[str]) -> Changed | None:
    """Circles and places worked out again from all plans in brief."""
    rows = look.connection.execute("SELECT id, digest, brief FROM plans")
    known = {plan: Known(_file(root, plan), sum_, brief_from_json(text)) for plan, sum_, text in rows}
    known = {plan: one for plan, one in (known | fresh).items() if plan not in gone}
    briefs = tuple(one.brief for one in known.values())
    refuse_dead_ends(briefs, frozenset(known))
    where = places(briefs)
    orders = [Order(tuple(known[one.id] for one in own), where.of(own)) for own in circles(briefs)]
    if len(known) < crowd.MANY or not any(where.people.values()):
        return None
    if search_files.shares(len(orders)) != look.about["shares"]:
        return None
    before = dict(look.connection.execute("SELECT name, places FROM circles"))
    members = dict(look.connection.execute("SELECT circle, group_concat(id, '\n') FROM plans GROUP BY circle"))
    to_make = tuple(
        order
        for order in orders
        if before.get(order.name) != places_as_json(order.where)
        or {one.file.id for one in order.plans} != set(str(members[order.name]).split("\n"))
        or any(one.file.id in fresh for one in order.plans)
    )
    gone_circles = tuple(before.keys() - {order.name for order in orders})
    return Changed(to_make, tuple(gone), gone_circles, briefs, where)
