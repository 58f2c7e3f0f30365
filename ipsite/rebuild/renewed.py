"""What follows from plans that have changed: the files of a site that become others, and what is known of them then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipsite import build, search_files
from ipsite.artifact import digest
from ipsite.filling import file_of
from ipsite.gather import gather
from ipsite.large import crowd
from ipsite.large.known import Wrong, circle_of
from ipsite.large.making import Product, Workshop, looked_through, product
from ipsite.plan_pages import FOLDER, artifacts_of, overview_of_many
from ipsite.rebuild.built import Look
from ipsite.rebuild.changed_crowd import Changed, changed
from ipsite.rebuild.parts import CROWD, FAMILYS, brief_as_json, frames_from_json, places_as_json
from ipsite.rebuild.record import Row
from ipsite.settings import Settings

OVERVIEW = file_of(FOLDER)


@dataclass(frozen=True, slots=True)
class Renewed:
    """Files of the site to write and to remove, by how many pages and papers there are more, and what is to be known:
    `gone` are keys of rows in tables, `rows` those that come."""

    written: Mapping[str, bytes] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    pages: int = 0
    papers: int = 0
    gone: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    rows: Mapping[str, Iterable[Row]] = field(default_factory=dict)


def renewed(look: Look, settings: Settings) -> Renewed | None:
    """What follows from what has changed since the last build; None when it is not for us to tell. Raises `Wrong`,
    NoFrame, PageError, PaperFailed, OSError and sqlite3.Error."""
    about = look.about
    frames = frames_from_json(about["frames"])
    is_open = settings.mode == "open"
    shop = Workshop(Path(about["plans"]), settings, frames, Path(about["site"]), is_open, bool(about["is_searched"]))
    found = (_of_crowd if about["kind"] == CROWD else _of_family)(look, shop)
    if found is None or (about["has_map"] and _changes_map(found)) or (about["leads_to_plans"] and found.removed):
        return None  # a map, or a link that leads nowhere, is for a whole build to tell of
    gone = tuple(path for path, now in look.changed.items() if not now)
    rows = {**found.rows, "sources": [(path, now) for path, now in look.changed.items() if now]}
    return Renewed(
        found.written, found.removed, found.pages, found.papers, (*found.gone, ("sources", "path", gone)), rows
    )


def _changes_map(found: Renewed) -> bool:
    """Whether a page has come or gone, which the map of an open site would have to tell."""
    return bool(found.pages or any(path.endswith(".html") for path in found.removed))


def _of_family(look: Look, shop: Workshop) -> Renewed | None:
    """All plans are made, and what is the same as before is left."""
    if crowd.many(shop.root):
        return None
    gathered = gather(shop.root, shop.settings.today, shop.settings.mode)
    if gathered.errors or gathered.refusals:
        return None
    made = list(build.artifacts(gathered.plans, gathered.images, shop.settings, gathered.problems))
    plans = product((one for one in made if one.path != FOLDER), shop)
    top = product((one for one in made if one.path == FOLDER), shop)
    scripts = {search_files.name(0): search_files.share([plans.lines])} if shop.is_searched else {}
    return _compared(look, shop, {FAMILYS: plans}, top, scripts)


def _of_crowd(look: Look, shop: Workshop) -> Renewed | None:
    """The circles in which a plan has changed are made, and the page of all plans if what it says of one is another."""
    found = changed(look, shop)
    if found is None:
        return None
    circles = (circle_of(order.plans, shop.root, shop.settings.today) for order in found.orders)
    total = sum(len(order.plans) for order in found.orders)
    made: dict[str, Product] = {}
    for order, (circle, printed) in zip(found.orders, build.with_papers(circles, total, shop.settings), strict=True):
        made[order.name] = product(artifacts_of(circle, shop.settings, order.where, printed), shop)
    top = None
    if found.briefs is not None:
        top = product([overview_of_many(found.briefs, shop.settings, found.where)], shop)
    scripts = _shares(look, shop, made, found) if shop.is_searched else {}
    renewed = _compared(look, shop, made, top, scripts, found.gone_circles)
    if renewed is None:
        return None
    members = [(order.name, one) for order in found.orders for one in order.plans]
    rows: dict[str, Iterable[Row]] = {
        "plans": [(one.file.id, name, one.digest, brief_as_json(one.brief)) for name, one in members],
        "circles": [(order.name, places_as_json(order.where)) for order in found.orders],
    }
    gone = (("plans", "id", found.gone), ("circles", "name", found.gone_circles))
    return replace(renewed, gone=(*renewed.gone, *gone), rows={**renewed.rows, **rows})


def _shares(look: Look, shop: Workshop, made: Mapping[str, Product], found: Changed) -> dict[str, str]:
    """The shares of what the search page looks in that have become others."""
    count = int(look.about["shares"])
    lines = {name: one.lines for name, one in made.items()} | dict.fromkeys(found.gone_circles, "")
    result = {}
    for number in {search_files.share_of(name, count) for name in lines}:
        path = search_files.name(number)
        blocks: dict[str, str] = {}
        for page, line in search_files.read((shop.folder / path).read_text("utf-8")):
            circle = _circle_of(look, page)
            blocks[circle] = blocks.get(circle, "") + line
        blocks |= {name: text for name, text in lines.items() if search_files.share_of(name, count) == number}
        result[path] = search_files.share(blocks[name] for name in sorted(blocks))
    return result


def _circle_of(look: Look, path: str) -> str:
    """The circle that a file of the site came of. Raises `Wrong` when nobody knows."""
    found = look.connection.execute("SELECT circle FROM files WHERE path = ?", (path,)).fetchone()
    if found is None:
        raise Wrong
    return str(found[0])


def _compared(
    look: Look,
    shop: Workshop,
    made: Mapping[str, Product],
    top: Product | None,
    scripts: dict[str, str],
    gone_circles: Iterable[str] = (),
) -> Renewed | None:
    """What of the products of circles, and of the page of all plans, is not on the site yet, and what of theirs no
    longer belongs there."""
    old: dict[str, bytes] = {}
    for circle in (*made, *gone_circles):
        old |= look.connection.execute("SELECT path, digest FROM files WHERE circle = ?", (circle,)).fetchall()
    old.pop(OVERVIEW, None)
    files = {path: (name, content) for name, one in made.items() for path, content in one.files}
    if any((shop.folder / path).exists() for path in files.keys() - old.keys()):
        return None  # something else stands there
    if top:
        known = look.connection.execute("SELECT digest FROM files WHERE path = ?", (OVERVIEW,)).fetchone()
        old[OVERVIEW] = known[0]
        files[OVERVIEW] = FAMILYS, top.files[0][1]
        if shop.is_searched:
            texts = (shop.folder / search_files.TEXTS).read_text("utf-8")
            scripts = {**scripts, search_files.TEXTS: search_files.replaced(texts, OVERVIEW, top.lines)}
    rows = [(path, name, digest(content)) for path, (name, content) in files.items()]
    written = {path: files[path][1] for path, _, known in rows if old.get(path) != known}
    for path, text in scripts.items():
        if (shop.folder / path).read_bytes() != text.encode():
            written[path] = text.encode()
    if looked_through(written.items(), shop):
        return None  # the whole build will tell of it; what is as it was has been looked through before
    removed = frozenset(old.keys() - files.keys())
    return Renewed(
        written,
        removed,
        _more(".html", files, old),
        _more(".pdf", files, old),
        (("files", "path", tuple(removed)),),
        {"files": rows},
    )


def _more(kind: str, now: Iterable[str], before: Iterable[str]) -> int:
    """By how many there are more files of a kind now than before."""
    return sum(path.endswith(kind) for path in now) - sum(path.endswith(kind) for path in before)
