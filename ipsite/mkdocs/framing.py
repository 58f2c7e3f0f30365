"""Pages of ours in MkDocs: it renders a frame for each sort of page, and we fill it for every page of that sort.

A page that the menu or the footer names goes through MkDocs, with marks in the place of what is its own. Any other
is a file that MkDocs can link to and nothing more.
"""

from __future__ import annotations

import html as entities
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from ipsite import frame, page, search, search_files
from ipsite.artifact import Asset, Heading, Page
from ipsite.filling import Frames, NoFrame, file_of, filled
from ipsite.frame import Frame, Key, Marks
from ipsite.plan_pages import FOLDER

_KEY = "ip_frame"  # in a page's metadata: which frame it is rendered for


class Filled(File):
    """A page that MkDocs knows the address of; unless the menu names it, it is written by us."""

    def is_documentation_page(self) -> bool:
        return self.page is not None

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: there is no file to copy."""


class Promising(Files):
    """Files of which MkDocs is told only when it asks: pages and papers of plans that are written later. `promised`
    are those that a text or the menu leads to."""

    def __init__(self, files: Files, config: MkDocsConfig) -> None:
        super().__init__(files)
        self.config = config
        self.promised: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        known = super().get_file_from_path(path)
        if known is not None or not path.startswith(f"{FOLDER}/"):
            return known
        made = Filled.generated(self.config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        made.dest_uri = f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path
        self.append(made)
        self.promised.add(made.dest_uri)
        return made


@dataclass(slots=True)
class Site:
    """What MkDocs has made of a site by the time that its pages are rendered, and the frames that came of it."""

    marks: Marks
    live: bool
    config: MkDocsConfig = field(default_factory=MkDocsConfig)
    files: Files = field(default_factory=lambda: Files([]))
    nav: Navigation = field(default_factory=lambda: Navigation([], []))
    env: Any = None
    made: dict[Key, Frame] = field(default_factory=dict)
    frames: Frames = field(default_factory=Frames)  # the same and what goes with them, once MkDocs has made its pages
    is_searched: bool = False  # whether there is a page for searching
    texts: list[search.Part] = field(default_factory=list)  # what MkDocs has found for it
    parts: dict[str, tuple[Page, str]] = field(default_factory=dict)  # what we have, in a preview


def add(files: Files, config: MkDocsConfig, path: str, made: Page) -> None:
    """A page that the program has made, as a file of the site."""
    if files.get_file_from_path(path):
        return
    if made.listed and config.nav is None:  # with a menu of its own, mkdocs.yml names what it wants
        files.append(File.generated(config, path, content=""))
    elif any(item.get("page") == path for item in config.extra["ipsite"].get("footer", ())):
        files.append(File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
    else:
        file = Filled.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        file.dest_uri = path.removesuffix(".md") + ".html"
        files.append(file)


def mark(given: SitePage, marks: Marks, key: Key) -> str:
    """Give a page marks in the place of what is its own, and its body in return."""
    given.meta[_KEY] = key
    given.meta["description"] = marks["description"] if key.description else ""
    given.meta["ip_twin"], given.meta["ip_easy"] = key.twin, key.easy
    headings = marks.headings if key.contents else ()
    given.toc = TableOfContents([_anchor(heading) for heading in headings])
    given.meta["search"] = {"exclude": True}  # we tell the search page ourselves
    return marks.body


def take(site: Site, html: str, given: SitePage) -> bool:
    """Keep what MkDocs has rendered of a page as a frame, if it is marked; whether it was. Raises FrameError and
    PageError."""
    key = given.meta.get(_KEY)
    if not isinstance(key, Key):
        return False
    site.made[key] = frame.cut(page.finish_page(html, live=site.live), site.marks, given.url, key)
    return True


def write(site: Site, pages: Mapping[str, Page]) -> None:
    """Write every page in its frame, and what the search page looks in. Raises FrameError, PageError, SearchError."""
    own = frozenset(key.own for key in site.made if key.own)
    site.frames = Frames(site.made, _folders(site), own, bool(site.config.use_directory_urls))
    for made in pages.values():
        _fill(site, made)
    index = Path(site.config.site_dir, "search", "search_index.json")  # MkDocs' own
    site.is_searched = index.is_file()
    if site.is_searched:
        all_pages = (*site.nav.pages, *(file.page for file in site.files.documentation_pages() if file.page))
        summaries = {one.url: str(one.meta.get("description", "")) for one in all_pages}
        site.texts = search.in_order(search.parts_of_index(index.read_text("utf-8")), summaries)
        _write_search(site, pages)
        index.unlink()  # nobody reads it


def refill(site: Site, shown: Mapping[str, Page], pages: Mapping[str, Page], assets: Iterable[Asset]) -> bool:
    """Write those of `pages` that differ from those `shown`, and `assets`; whether it could be done without MkDocs.
    Raises FrameError and PageError."""
    if pages.keys() != shown.keys():
        return False
    changed = {path: made for path, made in pages.items() if made != shown[path]}
    if any(made.path in site.frames.own and made.title != shown[path].title for path, made in changed.items()):
        return False  # the menu may show it
    for asset in assets:
        _write(site, asset.path, asset.content)
    for made in changed.values():
        _fill(site, made)
    if site.is_searched:
        _write_search(site, pages)
    return True


def _fill(site: Site, made: Page) -> None:
    """Write a page in its frame."""
    try:
        html = filled(site.frames, made)
    except NoFrame as error:
        render(site, error.key)
        html = filled(site.frames, made)
    _write(site, file_of(made.path), html)


def _write_search(site: Site, pages: Mapping[str, Page]) -> None:
    """The site's own texts, and the plans in one share; those of very many are written by `crowd`."""
    lines = [(made.path.startswith(f"{FOLDER}/"), _lines(site, path, made)) for path, made in pages.items()]
    texts = [search_files.lines(site.texts), *(text for of_plans, text in lines if not of_plans)]
    _write(site, search_files.TEXTS, search_files.texts(texts).encode())
    share = search_files.share(text for of_plans, text in lines if of_plans)
    _write(site, search_files.name(0), share.encode())


def _lines(site: Site, path: str, made: Page) -> str:
    """What the search page knows of a page."""
    known = site.parts.get(path)
    if known is None or known[0] is not made:
        known = made, search_files.lines(search.parts_of_page(made, site.frames.url(made.path)))
        if site.live:
            site.parts[path] = known
    return known[1]


def _write(site: Site, name: str, content: bytes) -> None:
    """Write a file; in a preview whole or not at all, for somebody may be reading the old one."""
    path = Path(site.config.site_dir, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}") if site.live else path
    aside.write_bytes(content)
    if site.live:
        aside.replace(path)


def render(site: Site, key: Key) -> Frame:
    """Let the theme make a frame, as MkDocs' own build makes a page, but write nothing."""
    config = site.config
    given = _own_page(site, key) if key.own else _page_like(site, key)
    given.content = mark(given, site.marks, key)
    given.active = True
    template = site.env.get_template("main.html")
    context = get_context(site.nav, site.files.documentation_pages(), config, given)
    context = config.plugins.on_page_context(context, page=given, config=config, nav=site.nav)
    config.plugins.on_post_page(template.render(context), page=given, config=config)  # where the plugin takes it
    given.active = False
    return site.made[key]


def _page_like(site: Site, key: Key) -> SitePage:
    """A page with nothing of its own, as deep as those that the frame is for, and in the same folder."""
    folders = [site.marks[f"folder{number}"] for number in range(key.depth - key.under.count("/"))]
    file = File.generated(site.config, f"{key.under}{'/'.join(folders)}/index.md", content="")
    given = SitePage(None, file, site.config)
    given.markdown, given.meta = "", {"title": site.marks["title"]}
    return given


def _own_page(site: Site, key: Key) -> SitePage:
    files = site.files.documentation_pages()
    return next(file.page for file in files if file.page and file.dest_uri == f"{key.own}/index.html")


def in_map(site: Site, day: str, later: Iterable[str]) -> list[Any]:
    """The pages that we fill, and those at the paths `later`, as the template of the site's map wants them."""
    if not site.config.site_url:
        return []
    base = site.config.site_url.rstrip("/") + "/"
    filled = (file.url for file in site.files if isinstance(file, Filled) and not file.is_documentation_page())
    urls = dict.fromkeys(
        (*filled, *(f"{path}/" if site.config.use_directory_urls else file_of(path) for path in later))
    )
    return [
        SimpleNamespace(page=SimpleNamespace(is_link=None, canonical_url=urljoin(base, url), update_date=day))
        for url in urls
    ]


def _folders(site: Site) -> tuple[str, ...]:
    """The folders that links in a frame lead through: a page that lies in one belongs to the page of the menu there
    (theme/main.html), and has a shorter way to what else lies there."""
    ours = site.config.extra["ipsite"]
    footer = (site.files.get_file_from_path(item["page"]) for item in ours.get("footer", ()))
    urls = [*_urls(site.nav.items), *(file.url for file in footer if file)]
    urls += [*map(str, site.config.extra_css), *map(str, site.config.extra_javascript)]
    urls += [ours["by"].logo] if ours.get("by") else []
    parts = (url.split("/") for url in urls)
    return tuple(sorted({"/".join(part[:end]) + "/" for part in parts for end in range(1, len(part))}))


def _urls(items: Iterable[StructureItem]) -> Iterator[str]:
    for item in items:
        yield getattr(item, "url", None) or ""
        yield from _urls(getattr(item, "children", None) or ())


def _anchor(heading: Heading) -> AnchorLink:
    return AnchorLink(entities.escape(heading.title), heading.id, 2)
