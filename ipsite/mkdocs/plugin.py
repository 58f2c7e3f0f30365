"""The MkDocs shell: hands the pipeline's artifacts to MkDocs. How pages of ours get the theme's frame: `framing`.

Nothing is written into `docs/`, and a build goes to a folder aside that takes the place of the old site
only when MkDocs has finished without a fault.
"""

from __future__ import annotations

import html as entities
import secrets
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from ipsite import markdown_body, publish, review, search_files
from ipsite import page as finish
from ipsite.artifact import Page
from ipsite.contents import Contents, Stopped, contents_of, why_not
from ipsite.frame import FrameError, Marks, key_of
from ipsite.gather import is_copy, place_of
from ipsite.large.known import Wrong
from ipsite.mkdocs import finished, framing, options, preview, text_pages, theme
from ipsite.mkdocs.finished import Written
from ipsite.mkdocs.options import Options
from ipsite.printing import PaperFailed
from ipsite.rebuild.built import Parts
from ipsite.search import SearchError
from ipsite.settings import Progress, Settings, quiet

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # a web server, which a build has no use for

_THEME = Path(__file__).parents[1] / "theme"
_FAULTS = (finish.PageError, FrameError, SearchError)  # in a page, or in a theme or a MkDocs that is not as we know it
T = TypeVar("T")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class IpsitePlugin(BasePlugin[Options]):
    """Plans as pages and papers of the site, and our own theme layer on Material."""

    def __init__(self) -> None:
        self.command = "build"
        self.progress: Progress = quiet
        self.target: Path | None = None  # where the site is to stand
        self.staged: Path | None = None  # where it is made until then
        self.folder = self.root = Path()  # the project, and its folder of plans
        self.config_of_site: MkDocsConfig | None = None
        self.pages: dict[str, Page] = {}
        self.texts: dict[str, Page] = {}  # those of the pages that follow from docs/ and mkdocs.yml
        self.contents = Contents(())
        self.written = Written()
        self.workers = ExitStack()  # end with the build
        self.rendered = framing.Site(Marks(""), live=False)
        self.finished = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.command = command

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        options.refuse_unusable(config)
        ours = options.of_publisher(config)
        if preview.is_for_preview(Path(config.site_dir)):
            self.command = "serve"
        self.folder = Path(config.config_file_path or ".").absolute().parent
        settings = self._settings()
        if self.command == "gh-deploy" and settings.mode == "private":
            raise PluginError("Webbplatsen är privat (mode: private) och läggs därför inte ut på internet.")
        if self.command == "serve" and settings.mode == "private" and config.dev_addr.host not in _LOOPBACK:
            raise PluginError("Webbplatsen är privat och visas bara på den här datorn (dev_addr: 127.0.0.1:8000).")
        self.root = self.folder / self.config.plans_dir
        self._gather(settings)
        self.rendered = framing.Site(Marks(f"ip{secrets.token_hex(8)}"), self.command == "serve", config)
        theme.prepare(config.theme, _THEME)
        ours["private"] = settings.mode == "private"
        ours["search"] = search_files.names(self.contents.crowd.shares if self.contents.crowd else 1)
        if self.command != "serve":
            self._stage(config)
        return config

    def on_build_error(self, *, error: Exception) -> None:
        self.finished = False  # a strict build fails after its last page

    def on_shutdown(self) -> None:
        self.workers.__exit__(*sys.exc_info())  # at once, when the build has been broken off
        if self.target is None or self.staged is None or self.config_of_site is None:
            return
        made, site, self.staged = self.staged, self.target, None
        self.config_of_site.site_dir = str(site)  # gh-deploy reads it after this
        try:
            publish.end(made, site, finished=self.finished)
        except OSError as error:
            raise PluginError(publish.not_saved(error)) from None

    def _stage(self, config: MkDocsConfig) -> None:
        self.finished = False  # MkDocs may use the same plugin for one build after another
        self.target, self.config_of_site = place_of(Path(config.site_dir), self.folder, self.config.reader), config
        try:
            self.staged = publish.stage(self.target)
        except publish.NotASite as error:
            raise PluginError(str(error)) from None
        except OSError as error:
            raise PluginError(publish.not_saved(error)) from None
        config.site_dir = str(self.staged)

    # From plans to artifacts

    def _settings(self) -> Settings:
        return options.settings(self.config, self.folder, self.progress, preview=self.command == "serve")

    def _gather(self, settings: Settings) -> None:
        if not self.root.is_dir():
            raise PluginError(f"Mappen med planer finns inte: {self.config.plans_dir}")
        try:
            made = contents_of(self.root, settings, self.config.reader, self.workers, preview=self.command == "serve")
        except Stopped as error:
            raise PluginError(str(error)) from None
        self.pages = {f"{page.path}/index.md": page for page in made.pages}
        self.contents, self.settings = made, settings

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> None:
        preview.attach(server, self.root, config, self._refill)

    def _refill(self) -> bool:
        """Show what has changed in the plans without MkDocs; whether it could be done."""
        shown, names = self.pages, {asset.path for asset in self.contents.assets}
        try:
            if self._settings() != self.settings:  # a new day
                return False
            self._gather(self.settings)
            self.pages |= self.texts
            same_files = {asset.path for asset in self.contents.assets} == names
            return same_files and framing.refill(self.rendered, shown, self.pages, self.contents.assets)
        except (PluginError, *_FAULTS):
            return False  # MkDocs will tell of it

    # From artifacts to MkDocs

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self.texts = text_pages.take(files, config, self.settings)
        self.pages |= self.texts
        for path, made in self.pages.items():
            framing.add(files, config, path, made)
        for asset in self.contents.assets:
            files.append(File.generated(config, asset.path, content=asset.content))
        self.rendered.files = framing.Promising(files, config) if self.contents.crowd else files
        return self.rendered.files

    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        page.update_date = self.settings.today.isoformat()
        if made := self.pages.get(page.file.src_uri):
            page.meta["title"] = entities.escape(made.title)
        else:
            page.meta["ip_foot"] = review.foot(page.meta)
        return text_pages.complete(markdown, page, config)

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        if made := self.pages.get(page.file.src_uri):
            return framing.mark(page, self.rendered.marks, key_of(page.url, made, (), (made.path,)))
        html = _or_plugin_error(lambda: markdown_body.finish_content(html), page.file.src_uri)
        return text_pages.read_well(html, page, files, config)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.rendered.nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        self.rendered.env = env
        text_pages.fill_guides(files, config, self.rendered.nav.pages, self.settings)
        return env

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        if _or_plugin_error(lambda: framing.take(self.rendered, output, page), page.file.src_uri):
            return ""  # a frame, and no page of the site
        return _or_plugin_error(lambda: self._finish_page(output), page.file.src_uri)

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        if template_name == "sitemap.xml":
            day, later = self.settings.today.isoformat(), self.contents.crowd.pages if self.contents.crowd else ()
            context["pages"] = [*context["pages"], *framing.in_map(self.rendered, day, later)]
        return context

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        if not template_name.endswith(".html"):
            return output_content
        return _or_plugin_error(lambda: self._finish_page(output_content), template_name)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        written = _or_plugin_error(self._write, "planer")
        if self.config.mode == "private":  # a map of the site is for search engines
            for name in ("sitemap.xml", "sitemap.xml.gz"):
                Path(config.site_dir, name).unlink(missing_ok=True)
        if self.command != "serve":
            folder = Path(config.site_dir)
            if found := finished.look(folder, self.contents, written, self.settings, shared=self._is_shared):
                raise PluginError("Webbplatsen har något som inte får finnas där:\n" + "\n".join(map(str, found)))
            self.written = written
        self.finished = True

    def _write(self) -> Written:
        """Write the pages of ours."""
        framing.write(self.rendered, self.pages)
        try:
            return finished.write(self.rendered, self.contents, self.settings, shared=self._is_shared)
        except Wrong:
            raise PluginError(why_not(self.root, self.settings)) from None
        except PaperFailed as error:
            raise PluginError(str(error)) from None

    @property
    def _is_shared(self) -> bool:
        return is_copy(self.config.reader) or self.config.mode == "open"

    def parts(self) -> Parts:
        if is_copy(self.config.reader):
            return Parts()  # a copy for somebody else is always built and looked through whole
        return finished.parts(self.rendered, self.contents, self.settings, self.written)

    def _finish_page(self, html: str) -> str:
        return finish.finish_page(html, live=self.command == "serve")


def _or_plugin_error(make: Callable[[], T], name: str) -> T:
    try:
        return make()
    except _FAULTS as error:
        raise PluginError(f"{name}: {error}") from None
