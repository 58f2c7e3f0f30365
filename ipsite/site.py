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

from ipsite.plugin import IpsitePlugin


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a build: how many pages and papers and where to start; or the problem that stopped it."""

    pages: int = 0
    papers: int = 0
    start: str = ""
    problem: str = ""


def build(config_file: Path, *, site_dir: Path | None, jobs: int | None, papers: bool, today: date) -> Made:
    """Build the site that `config_file` (mkdocs.yml) describes.

    Warnings are faults. A build that fails leaves the site that stood there as it was.
    """
    told = io.StringIO()
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler(told)
    handler.setLevel(logging.WARNING)
    logger.addHandler(handler)
    logger.propagate = False
    options = {"site_dir": str(site_dir.absolute())} if site_dir else {}
    try:
        config = load_config(str(config_file), strict=True, **options)
        plugin = config.plugins.get("ipsite")
        if not isinstance(plugin, IpsitePlugin):
            return Made(problem=f"{config_file.name} saknar tillägget ipsite. Skriv «- ipsite» under «plugins:».")
        plugin.config.today = today.isoformat()
        plugin.config.papers = plugin.config.papers and papers
        plugin.config.jobs = jobs or plugin.config.jobs
        site = Path(config.site_dir)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()
    except ConfigurationError as error:
        return Made(problem=f"{told.getvalue()}{config_file.name}: {error}")
    except (Abort, MkDocsException) as error:
        return Made(problem=told.getvalue() + str(error))
    except OSError as error:
        return Made(problem=f"Webbplatsen kunde inte sparas: {error.strerror}. Den gamla står kvar.")
    finally:
        logger.removeHandler(handler)
    return Made(len(list(site.rglob("*.html"))), len(list(site.rglob("*.pdf"))), str(site / "index.html"))
