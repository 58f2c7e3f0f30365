"""What `mkdocs.yml` says under `plugins: - ipsite:`, and what follows from it for a build."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from ipsite import clock, store
from ipsite.settings import Progress, Settings


class Options(Config):
    """What `mkdocs.yml` may say under `plugins: - ipsite:`."""

    plans_dir = config_options.Type(str, default="plans")
    mode = config_options.Choice(("private", "open"), default="private")
    reader = config_options.Type(str, default="")  # a key under «personer»: build what that reader may see
    papers = config_options.Type(bool, default=True)
    jobs = config_options.Type(int, default=os.cpu_count() or 1)
    executor = config_options.Type(str, default="")  # the address of a cluster that makes the papers
    cache = config_options.Type(bool, default=True)  # keep finished papers for the next build
    today = config_options.Optional(config_options.Type[str | date]((str, date)))  # YAML reads a bare day as a date


def settings(given: Options, project: Path, progress: Progress, *, preview: bool) -> Settings:
    """What decides how the plans of the folder `project` are built. Raises `PluginError` for a day that is none."""
    try:
        today = clock.day(given.today)
    except clock.NoDay as error:
        raise PluginError(str(error)) from None
    return Settings(
        today=today,
        mode="open" if given.mode == "open" else "private",
        papers=given.papers and not preview,
        jobs=max(1, given.jobs),
        store=store.of_project(project).folder if given.cache else None,
        executor=given.executor,
        progress=progress,
    )


def refuse_other_theme(config: MkDocsConfig) -> None:
    """Raise `PluginError` where the theme is not the one that ours lies on."""
    if config.theme.name != "material":
        raise PluginError("ipsite bygger på temat Material. Skriv «theme: {name: material, …}» i mkdocs.yml.")
    language = str(config.theme.get("language", ""))
    if not any(Path(folder, "partials", "languages", f"{language}.html").is_file() for folder in config.theme.dirs):
        raise PluginError(
            f"Temat har inget språk som heter «{language}». Skriv «language: sv» under «theme» i mkdocs.yml."
        )
