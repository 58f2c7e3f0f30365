"""The plans' part of a site when MkDocs has done its own: the pages of very many, and what came of which plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ipsite import scan, theme_files
from ipsite.artifact import Artifact, Asset, digest
from ipsite.contents import Contents
from ipsite.filling import file_of
from ipsite.large import crowd
from ipsite.large.making import Workshop
from ipsite.mkdocs import framing
from ipsite.mkdocs.framing import Promising, Site
from ipsite.page import PageError
from ipsite.plan_pages import FOLDER
from ipsite.readings import reader
from ipsite.rebuild.built import Parts
from ipsite.rebuild.parts import CROWD, FAMILY, FAMILYS, brief_as_json, frames_as_json, places_as_json
from ipsite.scan import Finding
from ipsite.settings import Settings

_OF_A_PLAN = re.compile(rf"\b{FOLDER}/(?!index\.md)")  # where a text leads to a plan, and not to all of them


@dataclass(frozen=True, slots=True)
class Written:
    """What was written circle by circle: path, circle and digest of each file, and what should not have been there."""

    files: tuple[tuple[str, str, bytes], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(path for path, _, _ in self.files)


def write(site: Site, made_of: Contents, settings: Settings, *, shared: bool) -> Written:
    """Write the pages and files of very many plans, looked through as they are written; of a few, MkDocs has written
    all. Raises `Wrong`, PaperFailed, FrameError and PageError."""
    if made_of.crowd is None:
        return Written()
    folder = Path(site.config.site_dir)
    shop = Workshop(made_of.crowd.root, settings, site.frames, folder, shared, site.is_searched)
    files: list[tuple[str, str, bytes]] = []
    found: list[Finding] = []
    for made in crowd.build(made_of.crowd, shop, lambda key: framing.render(site, key), made_of.executor):
        files += [(path, made.name, known) for path, known in made.files]
        found += made.findings
    written = Written(tuple(files), tuple(found))
    if isinstance(site.files, Promising) and (lacking := sorted(site.files.promised - written.paths)):
        raise PageError(f"en sida länkar till {lacking[0]}, som inte finns")
    return written


def look(folder: Path, made_of: Contents, written: Written, settings: Settings, *, shared: bool) -> list[Finding]:
    """The last look at the site in `folder`, before it is put in place; what was looked through as it was written is
    not looked through again."""
    theme, read = theme_files.folders(), reader(settings.store)
    found = scan.scan(folder, made_of.hidden(), theme=theme, shared=shared, but=written.paths, read=read)
    return [*written.findings, *found]


def parts(site: Site, made_of: Contents, settings: Settings, written: Written) -> Parts:
    """What came of which plans, so that those that change later can be made again by themselves."""
    about = {
        "kind": CROWD if made_of.crowd else FAMILY,
        "mode": settings.mode,
        "papers": settings.papers,
        "jobs": settings.jobs,
        "executor": settings.executor,
        "is_kept": settings.store is not None,
        "frames": frames_as_json(site.frames),
        "shares": made_of.crowd.shares if made_of.crowd else 1,
        "is_searched": site.is_searched,
        "leads_to_plans": _leads_to_plans(site),
        "has_map": settings.mode == "open" and bool(site.config.site_url),
        "has_reserve": False,
    }
    overview = [(file_of(FOLDER), FAMILYS)]
    if made_of.crowd is None:
        everything: tuple[Artifact, ...] = (*made_of.pages, *made_of.assets)
        ours = [made for made in everything if made.path.startswith(f"{FOLDER}/")]
        paths = [made.path if isinstance(made, Asset) else file_of(made.path) for made in ours]
        files = _digests(Path(site.config.site_dir), [*overview, *((path, FAMILYS) for path in paths)])
        return Parts(about, files=files)
    orders = made_of.crowd.orders
    return Parts(
        about,
        plans=[
            (one.file.id, order.name, one.digest, brief_as_json(one.brief)) for order in orders for one in order.plans
        ],
        circles=[(order.name, places_as_json(order.where)) for order in orders],
        files=[*written.files, *_digests(Path(site.config.site_dir), overview)],
    )


def _leads_to_plans(site: Site) -> bool:
    """Whether a text of the site, or its menu, leads to something of a plan, or lies where a plan's page may stand."""
    texts = [file for file in site.files if file.abs_src_path is not None]
    words = [str(site.config.nav), *(file.content_string for file in texts if file.is_documentation_page())]
    return any(map(_OF_A_PLAN.search, words)) or any(file.src_uri.startswith(f"{FOLDER}/") for file in texts)


def _digests(folder: Path, files: Iterable[tuple[str, str]]) -> list[tuple[str, str, bytes]]:
    """Path, circle and digest of files that stand in the folder."""
    return [(path, circle, digest((folder / path).read_bytes())) for path, circle in files]
