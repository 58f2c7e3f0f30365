"""Circles of plans → files of the site, in a folder where nobody looks yet: the work of one process among several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ipsite import scan, search, search_files
from ipsite.artifact import Artifact, Page, digest
from ipsite.circles import Places
from ipsite.collector import no_collector
from ipsite.filling import Frames, NoFrame, file_of, filled
from ipsite.frame import Key
from ipsite.large.known import Known, circle_of
from ipsite.plan_pages import artifacts_of
from ipsite.readings import reader
from ipsite.scan import Finding
from ipsite.settings import Settings


@dataclass(frozen=True, slots=True)
class Order:
    """A circle that is to be made: its plans, and where the pages of its people stand."""

    plans: tuple[Known, ...]
    where: Places

    @property
    def name(self) -> str:
        """What tells the circle from others: its first plan."""
        return self.plans[0].file.id


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all circles of a build are made with: where the plans lie, the frames, and the folder that is built in.
    `shared` tells that others than the person get the files, `is_searched` that there is a page for searching."""

    root: Path
    settings: Settings
    frames: Frames
    folder: Path
    shared: bool = False
    is_searched: bool = True


@dataclass(frozen=True, slots=True)
class Product:
    """What a circle comes to: files with their content, and what the search page knows of them."""

    files: tuple[tuple[str, bytes], ...]
    lines: str


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an order: the digests of its files by their paths, and the rest of its product. Nothing but the key
    of a frame if that was `lacking`."""

    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    lines: str = ""
    findings: tuple[Finding, ...] = ()
    lacking: Key | None = field(default=None)


def make(orders: Sequence[Order], shop: Workshop) -> list[Made]:
    """Make circles that have no papers. Raises `Wrong`, PageError and OSError."""
    with no_collector():
        return [_made(order, shop) for order in orders]


def _made(order: Order, shop: Workshop) -> Made:
    circle = circle_of(order.plans, shop.root, shop.settings.today)
    return write(order.name, artifacts_of(circle, shop.settings, order.where), shop)


def product(artifacts: Iterable[Artifact], shop: Workshop) -> Product:
    """Artifacts in their frames. Raises `NoFrame` and PageError."""
    made = list(artifacts)
    files = tuple(_file(one, shop.frames) for one in made)
    pages = [one for one in made if isinstance(one, Page)]
    lines = "".join(_lines(page, shop.frames) for page in pages) if shop.is_searched else ""
    return Product(files, lines)


def looked_through(files: Iterable[tuple[str, bytes]], shop: Workshop) -> tuple[Finding, ...]:
    """What should not stand in files, by their paths and contents."""
    read = reader(shop.settings.store)
    found = (scan.look(path, content, shared=shop.shared, read=read) for path, content in files)
    return tuple(finding for some in found for finding in some)


def write(name: str, artifacts: Iterable[Artifact], shop: Workshop) -> Made:
    """Write the artifacts of a circle, and look them through as they are written; or nothing where a frame is lacking.
    Raises PageError and OSError."""
    try:
        made = product(artifacts, shop)
    except NoFrame as error:
        return Made(name, lacking=error.key)
    for path, content in made.files:
        _write(shop.folder / path, content)
    digests = tuple((path, digest(content)) for path, content in made.files)
    return Made(name, digests, made.lines, looked_through(made.files, shop))


def _file(made: Artifact, frames: Frames) -> tuple[str, bytes]:
    if isinstance(made, Page):
        return file_of(made.path), filled(frames, made)
    return made.path, made.content


def _lines(page: Page, frames: Frames) -> str:
    return search_files.lines(search.parts_of_page(page, frames.url(page.path)))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def batches(orders: Sequence[Order], size: int) -> Iterator[Sequence[Order]]:
    """The orders, so many at a time."""
    return (orders[start : start + size] for start in range(0, len(orders), size))
