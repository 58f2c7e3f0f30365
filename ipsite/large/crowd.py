"""A site of very many plans: read by several processes, known in brief, and written circle by circle as it is made.

What is in memory at any time is what is worked on, and of all other plans a few words. The site is the one that
`build.artifacts` gives for the same plans.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from ipsite import portfolio, search_files
from ipsite.artifact import Page
from ipsite.build import with_papers
from ipsite.circles import EASY, Places, circles, places
from ipsite.frame import Key
from ipsite.large.known import Known, Wrong, circle_of, read_all, refuse_dead_ends
from ipsite.large.making import Made, Order, Workshop, batches, make, write
from ipsite.plan_pages import FOLDER, artifacts_of, overview_of_many
from ipsite.portfolio import PlanFile
from ipsite.problem import has_errors
from ipsite.settings import Settings, quiet

MANY = 50  # plans, from which on they are not held in memory, nor made by one process alone
PRELOAD = ("ipsite.large.ready",)  # for the workers
_BATCH = 20  # plans or circles that a worker gets at a time
_AHEAD = 3  # batches that wait for each worker

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Crowd:
    """All plans of a portfolio in brief, in circles, and where their pages stand."""

    root: Path
    orders: tuple[Order, ...]
    where: Places
    shares: int = field(default=1)  # of what the search page looks in

    @property
    def plans(self) -> tuple[Known, ...]:
        return tuple(one for order in self.orders for one in order.plans)

    @property
    def pages(self) -> Iterator[str]:
        """Where every page will stand, but for the one of all plans."""
        for one in self.plans:
            yield f"{FOLDER}/{one.file.id}"
            if one.file.id not in self.where.alone:
                yield f"{FOLDER}/{one.file.id}/{EASY}"
        yield from (f"{FOLDER}/{path}" for path in (*self.where.to_do.values(), *self.where.people.values()))


def many(root: Path) -> list[PlanFile] | None:
    """The files of the plans under `root`, if that is a whole portfolio of many, with nothing wrong in their names."""
    if root.resolve() != portfolio.root_of(root).resolve():
        return None
    files, problems = portfolio.find(root)
    return None if has_errors(problems) or len(files) < MANY else files


def crowd(root: Path, files: Sequence[PlanFile], settings: Settings, executor: Executor) -> Crowd | None:
    """The plans in `files` under `root`, if nothing is wrong with any of them and they are those of many people."""
    parts = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]
    try:
        jobs = ((read_all, part, settings.today) for part in parts)
        known = {one.file.id: one for some in _in_order(executor, jobs, settings.jobs) for one in some}
        briefs = [one.brief for one in known.values()]
        refuse_dead_ends(briefs, frozenset(known))
    except Wrong:
        return None
    where = places(briefs)
    if not any(where.people.values()) or (settings.mode == "open" and not all(one.made_up for one in briefs)):
        return None
    orders = tuple(Order(tuple(known[one.id] for one in own), where.of(own)) for own in circles(briefs))
    return Crowd(root, orders, where, search_files.shares(len(orders)))


def overview(crowd: Crowd, settings: Settings) -> Page:
    """The page of all plans."""
    return overview_of_many((one.brief for one in crowd.plans), settings, crowd.where)


def build(crowd: Crowd, shop: Workshop, render: Callable[[Key], object], executor: Executor) -> Iterator[Made]:
    """Write every circle to the folder of `shop`, with what the search page looks in; what came of each, in order.

    `render` is asked for a frame that `shop.frames` has not. Raises `Wrong`, PageError, PaperFailed and OSError.
    """
    makers = _with_papers if shop.settings.papers else _by_workers
    with _Shares(shop.folder, crowd.shares if shop.is_searched else 0) as shares:
        for made in makers(crowd, shop, render, executor):
            shares.add(made)
            yield replace(made, lines="")


class _Shares:
    """What the search page looks in, written as it comes: it is too much to hold. A class because it must end well."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count

    def __enter__(self) -> _Shares:
        for number in range(self.count):
            self._write("w", number, search_files.OPENING)
        return self

    def add(self, made: Made) -> None:
        if self.count:
            self._write("a", search_files.share_of(made.name, self.count), made.lines)

    def __exit__(self, *_: object) -> None:
        for number in range(self.count):
            self._write("a", number, search_files.ENDING)

    def _write(self, how: str, number: int, text: str) -> None:
        with (self.folder / search_files.name(number)).open(how, encoding="utf-8", newline="") as file:
            file.write(text)


def _by_workers(crowd: Crowd, shop: Workshop, render: Callable[[Key], object], executor: Executor) -> Iterator[Made]:
    """Pages, made by whoever has time. The first circle is made here, so that the workers have most frames."""

    def whole(made: Made, order: Order) -> Made:
        while made.lacking is not None:
            render(made.lacking)
            (made,) = make((order,), shop)
        return made

    first, rest = crowd.orders[0], crowd.orders[1:]
    yield whole(make((first,), shop)[0], first)
    plain = replace(shop, settings=replace(shop.settings, progress=quiet))  # what can be sent
    done = 1
    parts = list(batches(rest, _BATCH))
    made_of = _in_order(executor, ((make, part, plain) for part in parts), shop.settings.jobs)
    for orders, some in zip(parts, made_of, strict=True):
        for order, made in zip(orders, some, strict=True):
            yield whole(made, order)
        done += len(orders)
        shop.settings.progress(done, len(crowd.orders))


def _with_papers(crowd: Crowd, shop: Workshop, render: Callable[[Key], object], _: Executor) -> Iterator[Made]:
    """Papers, made by the workers of `printing`, and the pages that lead to them."""
    day = shop.settings.today
    circles_of = (circle_of(order.plans, crowd.root, day) for order in crowd.orders)
    for order, (circle, printed) in zip(
        crowd.orders, with_papers(circles_of, len(crowd.plans), shop.settings), strict=True
    ):
        made = write(order.name, artifacts_of(circle, shop.settings, order.where, printed), shop)
        while made.lacking is not None:
            render(made.lacking)
            made = write(order.name, artifacts_of(circle, shop.settings, order.where, printed), shop)
        yield made


def _in_order(
    executor: Executor, calls: Iterable[tuple[Callable[..., R], *tuple[object, ...]]], jobs: int
) -> Iterator[R]:
    """What calls give, in their order: so many at a time that every worker has something to do, and no more."""
    begun: deque[Future[R]] = deque()
    for function, *arguments in calls:
        begun.append(executor.submit(function, *arguments))
        if len(begun) > _AHEAD * jobs:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()
