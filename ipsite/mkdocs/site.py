"""`ipsite build`: MkDocs' own build, run from here, so that both give the same site."""

from __future__ import annotations

import io
import logging
import os
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from ipsite import clock, publish
from ipsite.collector import no_collector
from ipsite.interrupts import undisturbed
from ipsite.mkdocs import options
from ipsite.mkdocs.plugin import IpsitePlugin
from ipsite.portfolio import root_of
from ipsite.rebuild import built
from ipsite.rebuild.built import Made as Made
from ipsite.rebuild.built import Wish as Wish
from ipsite.translation import SEE_WHERE, bug, in_swedish, telling

# Extensions that read nothing but the page itself. With another a site is built every time.
_CLOSED = {"abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "fenced_code"}
_PLUGINS = {"ipsite", "material/search"}
_STOPPED = "Det som gör sidorna stannade, kanske för att minnet tog slut. Försök igen med --jobs 1."
_OPEN_WORDS = ("INHERIT", "!ENV", "!!python", "!relative")  # in mkdocs.yml: what leads out of it


class NotConfigured(RuntimeError):
    """The configuration cannot be used. The message is for the user."""


def plans_of(config_file: Path) -> Path:
    """The folder of plans that `config_file` (mkdocs.yml) names, seen from where one stands. Raises `NotConfigured`."""
    try:
        with telling(logging.NullHandler()):  # in English, what the message below leads to in Swedish
            plugin = options.load(config_file).plugins.get("ipsite")
    except MkDocsException:
        raise NotConfigured(f"{config_file.name} går inte att använda. Kör «ipsite build» för att se varför.") from None
    except OSError:
        raise NotConfigured(f"{config_file.name} går inte att läsa. Kontrollera att du har rätt till filen.") from None
    if not isinstance(plugin, IpsitePlugin):
        raise NotConfigured(f"{config_file.name} saknar tillägget ipsite. Skriv «- ipsite» under «plugins:».")
    return config_file.parent / plugin.config.plans_dir


def build(config_file: Path, wish: Wish) -> Made:
    """Build the site that `config_file` (mkdocs.yml) describes.

    Warnings are faults. A build that fails leaves the site that stood there as it was.
    """
    told = io.StringIO()
    advice = _Advice()
    logging.getLogger("ipsite").addHandler(advice)
    alone = ExitStack()
    try:
        with no_collector(), telling(logging.StreamHandler(told)):
            site, known, plugin = _run(config_file, wish, alone)
        with undisturbed():  # the new site stands
            made = _made(site)
            if known and wish.cache and not advice.count:  # advice is told at every build
                built.remember(config_file, wish, known, site, made, plugin.parts())
        return made
    except Abort:  # what was wrong has been told by then
        return _not_made(told)
    except MkDocsException as error:
        return _not_made(told, str(error))
    except OSError as error:
        return _not_made(told, publish.not_saved(error))
    except BrokenExecutor:
        return _not_made(told, _STOPPED)
    except Exception as error:
        # A bug, and nothing that the user can mend. Its text may hold words from a plan, so it is not shown.
        told.write(f"{bug(error)}\n")
        return _not_made(told, SEE_WHERE)
    finally:
        logging.getLogger("ipsite").removeHandler(advice)
        alone.close()


def _made(site: Path) -> Made:
    names = [name for _, _, names in os.walk(site) for name in names]
    pages, papers = (sum(name.endswith(kind) for name in names) for kind in (".html", ".pdf"))
    return Made(pages, papers, str(site / "index.html"))


class _Advice(logging.StreamHandler[TextIO]):
    """Shows each message, and knows how many there were."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        super().emit(record)


def _run(config_file: Path, wish: Wish, alone: ExitStack) -> tuple[Path, built.Sources | None, IpsitePlugin]:
    """Let MkDocs build; the folder of the site, what it was built of if that can be told for certain, and the plugin
    that knows what came of which plans. From when the site is put in place, nobody else shows or notes another until
    `alone` ends."""
    beside = {"site_dir": str(wish.site_dir.absolute())} if wish.site_dir else {}
    config = options.load(config_file, strict=True, **beside)
    plugin = config.plugins.get("ipsite")
    if not isinstance(plugin, IpsitePlugin):
        raise ConfigurationError(f"{config_file.name} saknar tillägget ipsite. Skriv «- ipsite» under «plugins:».")
    known = _sources(config_file, wish, config, plugin)
    plugin.config.today = wish.today or plugin.config.today
    plugin.config.papers = plugin.config.papers and wish.papers
    plugin.config.jobs = wish.jobs or plugin.config.jobs
    plugin.config.executor = wish.executor or plugin.config.executor
    plugin.config.cache = plugin.config.cache and wish.cache
    plugin.progress = wish.progress
    if wish.reader is not None:
        plugin.config.reader = wish.reader
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        alone.enter_context(built.alone(config_file))
        config.plugins.on_shutdown()
    return Path(config.site_dir), known, plugin  # the plugin has said where it stands


def _sources(config_file: Path, wish: Wish, config: MkDocsConfig, plugin: IpsitePlugin) -> built.Sources | None:
    """How everything that the site is built of is before that; None when it may be built of more than that."""
    text = config_file.read_text("utf-8")
    names = {name for name in config.plugins if name} | {str(name) for name in config.hooks}
    closed = names <= _PLUGINS and set(config.markdown_extensions) <= _CLOSED
    if not closed or any(word in text for word in _OPEN_WORDS):
        return None
    roots = [config_file, Path(config.docs_dir)]
    roots += [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    try:
        day = wish.today or clock.day(plugin.config.today)
    except clock.NoDay:
        return None  # the build will tell of it
    plans = config_file.parent / plugin.config.plans_dir
    if root_of(plans).resolve() != plans.resolve():
        return None  # they may name plans beside them
    return built.sources(config_file, wish, roots, plans, day, str(plugin.config.today or ""))


def _not_made(told: io.StringIO, reason: str = "") -> Made:
    """The problem, after what MkDocs has told of it."""
    told.write(f"{reason}\n" if reason else "")
    return Made(
        problem=f"{in_swedish(told.getvalue().strip())}\n\nWebbplatsen byggdes inte. Finns det en gammal står den kvar."
    )
