"""What `mkdocs.yml` says under `plugins: - ipsite:`, and what follows from it for a build."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError

from ipsite import clock, store
from ipsite.portfolio import shown
from ipsite.settings import Progress, Settings
from ipsite.suggest import did_you_mean, nearest
from ipsite.translation import NO_SETTINGS

_MODES = ("private", "open")
_OURS = ("publisher", "accessibility", "footer")  # what `mkdocs.yml` may say under `extra: ipsite:`


class _Mode(config_options.Choice[str]):
    """One of the modes, and words for the user when it is none."""

    def run_validation(self, value: object) -> str:
        if value not in _MODES:
            meant = did_you_mean(str(value), _MODES)
            raise ValidationError(f"mode ska vara «private» eller «open». {meant}".strip())
        return str(value)


def load(config_file: Path, **given: Any) -> MkDocsConfig:
    """The settings in `config_file`, and what is `given` beside them. Raises MkDocsException and OSError."""
    try:
        return load_config(str(config_file), **given)
    except TypeError:  # MkDocs does not ask whether what it has read is settings at all
        raise ConfigurationError(NO_SETTINGS) from None


class Options(Config):
    """What `mkdocs.yml` may say under `plugins: - ipsite:`."""

    plans_dir = config_options.Type(str, default="plans")
    mode = _Mode(_MODES, default="private")
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


def refuse_unusable(config: MkDocsConfig) -> None:
    """Raise `PluginError` where the theme is not the one that ours lies on, or not in a language that it has, and for
    what MkDocs would read without end among the pages: a pipe, or a link that leads back to a folder around it."""
    if config.theme.name != "material":
        raise PluginError("ipsite bygger på temat Material. Skriv «theme: {name: material, …}» i mkdocs.yml.")
    language = str(config.theme.get("language", ""))
    if not any(Path(folder, "partials", "languages", f"{language}.html").is_file() for folder in config.theme.dirs):
        raise PluginError(
            f"Temat har inget språk som heter «{language}». Skriv «language: sv» under «theme» i mkdocs.yml."
        )
    if path := next(_endless(config.docs_dir, frozenset()), None):
        why = "det är ingen vanlig fil, eller så är det en länk som går i cirkel. Flytta ut den."
        raise PluginError(f"{shown(Path(path))} kan inte vara med bland sidorna: {why}")


def _endless(folder: str, above: frozenset[tuple[int, int]]) -> Iterator[str]:
    """What in a folder is neither file nor folder, and the folders in it that it lies in itself: those `above`."""
    with suppress(OSError), os.scandir(folder) as entries:  # MkDocs tells of what cannot be read
        for entry in (entry for entry in entries if not entry.name.startswith(".")):  # what is hidden is no page
            with suppress(OSError):
                status = entry.stat()
                one = (status.st_dev, status.st_ino)
                if stat.S_ISDIR(status.st_mode) and one not in above:
                    yield from _endless(entry.path, above | {one})
                elif not stat.S_ISREG(status.st_mode):
                    yield entry.path


def of_publisher(config: MkDocsConfig) -> dict[str, Any]:
    """What `mkdocs.yml` says under `extra: ipsite:`, to be added to; the program keeps what it knows of the site
    there too, from here on. Raises `PluginError` for a name that nobody reads: the site would lack what it says."""
    where = "extra.ipsite i mkdocs.yml"
    found = [
        f"extra i mkdocs.yml: «{key}» finns inte. Menade du «ipsite»?"
        for key, value in config.extra.items()
        if key != "ipsite" and isinstance(value, dict) and nearest(str(key), ["ipsite"])
    ]
    ours = config.extra.get("ipsite") or {}
    if isinstance(ours, dict):
        unknown = (str(key) for key in ours if key not in _OURS)
        found += [f"{where}: «{key}» finns inte. {did_you_mean(key, _OURS)}".strip() for key in unknown]
    else:
        found.append(f"{where} ska ha «publisher», «accessibility» eller «footer» under sig.")
    if found:
        raise PluginError("mkdocs.yml har fel, så webbplatsen byggdes inte.\n\n" + "\n".join(found))
    config.extra["ipsite"] = ours
    return ours
