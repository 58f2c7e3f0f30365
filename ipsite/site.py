"""`ipsite build`: MkDocs' own build, run from here, so that both give the same site."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from ipsite import publish
from ipsite.plugin import IpsitePlugin


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a build: how many pages and papers and where to start; or the problem that stopped it."""

    pages: int = 0
    papers: int = 0
    start: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says that `mkdocs.yml` does not, or says otherwise. Without `today` the day is the one
    that the configuration or SOURCE_DATE_EPOCH names, else today; `reader` is the key of whom a copy is for."""

    site_dir: Path | None = None
    jobs: int | None = None
    papers: bool = True
    today: date | None = None
    reader: str | None = None


class NotConfigured(RuntimeError):
    """The configuration cannot be used. The message is for the user."""


def plans_of(config_file: Path) -> Path:
    """The folder of plans that `config_file` (mkdocs.yml) names, seen from where one stands. Raises `NotConfigured`."""
    try:
        plugin = load_config(str(config_file)).plugins.get("ipsite")
    except MkDocsException:
        raise NotConfigured(f"{config_file.name} går inte att använda. Kör «ipsite build» för att se varför.") from None
    if not isinstance(plugin, IpsitePlugin):
        raise NotConfigured(f"{config_file.name} saknar tillägget ipsite. Skriv «- ipsite» under «plugins:».")
    return config_file.parent / plugin.config.plans_dir


def build(config_file: Path, wish: Wish) -> Made:
    """Build the site that `config_file` (mkdocs.yml) describes.

    Warnings are faults. A build that fails leaves the site that stood there as it was.
    """
    told = io.StringIO()
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler(told)
    handler.setLevel(logging.WARNING)
    logger.addHandler(handler)
    propagated, logger.propagate = logger.propagate, False
    try:
        site = _run(config_file, wish)
    except Abort:  # what was wrong has been told by then
        return _not_made(told)
    except MkDocsException as error:
        return _not_made(told, str(error))
    except OSError as error:
        return _not_made(told, publish.not_saved(error))
    except Exception as error:
        # A bug, and nothing that the user can mend. Its text may hold words from a plan, so it is not shown.
        told.write(f"Något gick fel i programmet, inte i dina planer ({type(error).__name__}).\n")
        return _not_made(told, "Kör «mkdocs build --strict» för att se var i programmet det är.")
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated
    return Made(len(list(site.rglob("*.html"))), len(list(site.rglob("*.pdf"))), str(site / "index.html"))


def _run(config_file: Path, wish: Wish) -> Path:
    """Let MkDocs build; the folder of the site."""
    options = {"site_dir": str(wish.site_dir.absolute())} if wish.site_dir else {}
    config = load_config(str(config_file), strict=True, **options)
    plugin = config.plugins.get("ipsite")
    if not isinstance(plugin, IpsitePlugin):
        raise ConfigurationError(f"{config_file.name} saknar tillägget ipsite. Skriv «- ipsite» under «plugins:».")
    plugin.config.today = wish.today or plugin.config.today
    plugin.config.papers = plugin.config.papers and wish.papers
    plugin.config.jobs = wish.jobs or plugin.config.jobs
    if wish.reader is not None:
        plugin.config.reader = wish.reader
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()
    return Path(config.site_dir)  # the plugin has said where it stands


def _not_made(told: io.StringIO, reason: str = "") -> Made:
    """The problem, after what MkDocs has told of it."""
    told.write(f"{reason}\n" if reason else "")
    return Made(problem=f"{told.getvalue().strip()}\n\nWebbplatsen byggdes inte. Finns det en gammal står den kvar.")
