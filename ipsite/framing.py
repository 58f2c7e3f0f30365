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

from ipsite import frame, page, search
from ipsite.artifact import Heading, Page
from ipsite.frame import Frame, Key, Marks

_KEY = "ip_frame"  # in a page's metadata: which frame it is rendered for


class Filled(File):
    """A page that MkDocs knows the address of; unless the menu names it, it is written by us."""

    def is_documentation_page(self) -> bool:
        return self.page is not None

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: there is no file to copy."""


@dataclass(slots=True)
class Site:
    """What MkDocs has made of a site by the time that its pages are rendered, and the frames that came of it."""

    marks: Marks
    live: bool
    files: Files = field(default_factory=lambda: Files([]))
    nav: Navigation = field(default_factory=lambda: Navigation([], []))
    env: Any = None
    frames: dict[Key, Frame] = field(default_factory=dict)

    def folders(self, config: MkDocsConfig) -> tuple[str, ...]:
        """The folders that links in a frame lead through: a page that lies in one belongs to the page of the menu
        there (theme/main.html), and has a shorter way to what else lies there."""
        ours = config.extra["ipsite"]
        footer = (self.files.get_file_from_path(item["page"]) for item in ours.get("footer", ()))
        urls = [*_urls(self.nav.items), *(file.url for file in footer if file)]
        urls += [
            *map(str, config.extra_css),
            *map(str, config.extra_javascript),
            *([ours["by"].logo] if ours.get("by") else ()),
        ]
        parts = (url.split("/") for url in urls)
        return tuple(sorted({"/".join(part[:end]) + "/" for part in parts for end in range(1, len(part))}))

    @property
    def own(self) -> frozenset[str]:
        """The paths of the pages that have frames of their own."""
        return frozenset(key.own for key in self.frames if key.own)


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
    site.frames[key] = frame.cut(page.finish_page(html, live=site.live), site.marks, given.url, key)
    return True


def fill(site: Site, pages: Mapping[str, Page], config: MkDocsConfig) -> Iterator[tuple[Page, str]]:
    """Write each page in its frame; the page and its address. Raises FrameError and PageError."""
    folders, own = site.folders(config), site.own
    for path, made in pages.items():
        file = site.files.get_file_from_path(path)
        assert file is not None
        key = frame.key_of(file.url, made, folders, own)
        if key not in site.frames:
            _render(site, key, config)
        place = Path(config.site_dir, file.dest_uri)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(frame.fill(site.frames[key], made, file.url, page.finish_body(made.body)), "utf-8", newline="")
        yield made, file.url


def _render(site: Site, key: Key, config: MkDocsConfig) -> None:
    """Let the theme make a frame, as MkDocs' own build makes a page, but write nothing."""
    marks = site.marks
    folders = [marks[f"folder{number}"] for number in range(key.depth - key.under.count("/"))]
    file = File.generated(config, f"{key.under}{'/'.join(folders)}/index.md", content="")
    given = SitePage(None, file, config)
    given.markdown, given.meta = "", {"title": marks["title"]}
    given.content = mark(given, marks, key)
    given.active = True
    template = site.env.get_template("main.html")
    context = get_context(site.nav, site.files.documentation_pages(), config, given)
    context = config.plugins.on_page_context(context, page=given, config=config, nav=site.nav)
    config.plugins.on_post_page(template.render(context), page=given, config=config)  # where the plugin takes it


def in_map(site: Site, config: MkDocsConfig, day: str) -> list[Any]:
    """The pages that we fill as the template of the site's map wants them."""
    if not config.site_url:
        return []
    base = config.site_url.rstrip("/") + "/"
    filled = (file for file in site.files if isinstance(file, Filled) and not file.is_documentation_page())
    return [
        SimpleNamespace(page=SimpleNamespace(is_link=None, canonical_url=urljoin(base, file.url), update_date=day))
        for file in filled
    ]


def write_search(site_dir: Path, filled: Iterator[tuple[Page, str]]) -> None:
    """Make the script of the search page, of MkDocs' index and of the pages that have been filled. Nothing where
    the site has no search; the index itself is left to nobody. Raises SearchError."""
    index = site_dir / "search" / "search_index.json"
    if not index.is_file():
        for _ in filled:
            pass
        return
    with index.with_suffix(".js").open("w", encoding="utf-8", newline="") as file:
        file.writelines(search.script(_parts(index.read_text("utf-8"), filled)))
    index.unlink()


def _parts(index: str, filled: Iterator[tuple[Page, str]]) -> Iterator[search.Part]:
    yield from search.parts_of_index(index)
    for made, url in filled:
        yield from search.parts_of_page(made, url)


def _urls(items: Iterable[StructureItem]) -> Iterator[str]:
    for item in items:
        yield getattr(item, "url", None) or ""
        yield from _urls(getattr(item, "children", None) or ())


def _anchor(heading: Heading) -> AnchorLink:
    return AnchorLink(entities.escape(heading.title), heading.id, 2)
