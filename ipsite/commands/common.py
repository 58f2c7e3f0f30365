"""What several commands share: days, common options, and how a command stops."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from ipsite import clock, cluster, raw


class Day(click.ParamType):  # type: ignore[type-arg]  # generic in click 8.5, not before
    """A day on the command line."""

    name = "ÅÅÅÅ-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = datetime.strptime(str(value), "%Y-%m-%d").date()  # fromisoformat takes other forms too
        except ValueError:
            self.fail("skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-11-22.", param, ctx)
        if not clock.FIRST <= day <= clock.LAST:
            self.fail(clock.TOO_FAR, param, ctx)
        return day


class Cluster(click.ParamType):  # type: ignore[type-arg]
    """The address of a cluster on the command line; "" for none."""

    name = "ADRESS"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            if value:
                cluster.address_of(str(value))
        except cluster.NoCluster as error:
            self.fail(str(error), param, ctx)
        return str(value)


class Reader(click.ParamType):  # type: ignore[type-arg]
    """The key of a reader on the command line. An empty one, as of a variable in a script that has no value, must not
    give everything to somebody who was to see a part."""

    name = "NYCKEL"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).strip() or self.fail("skriv läsarens nyckel. Den står under «personer» i planen.", param, ctx)


TODAY_HELP = "Räkna som om det vore den här dagen."
today = click.option("--today", type=Day(), default=date.today, help=TODAY_HELP)
reader = click.option(
    "--for",
    "reader",
    type=Reader(),
    help="Bara det som den här läsaren får se enligt «exemplar». Nyckeln står under «personer».",
)
plans = click.option(
    "--plans",
    "plans_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Mappen med planer (vanligen den som mkdocs.yml nämner, annars plans).",
)
config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    default="mkdocs.yml",
    help="Inställningarna (vanligen mkdocs.yml).",
)

no_cache = click.option(
    "--no-cache", is_flag=True, help="Gör alla PDF-filer på nytt, och spara inga i mappen .ipsite till nästa gång."
)
executor = click.option(
    "--executor",
    type=Cluster(),
    default="",
    help="Låt ett Dask-kluster göra PDF-filerna: «dask+tls://DATOR:PORT». Planernas text skickas dit.",
)


@contextmanager
def whole_or_nothing() -> Iterator[None]:
    """Ctrl-C ends the command in words, when it has left all as it was."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nAvbrutet. Allt är som det var.", err=True)
        sys.exit(130)


def plans_or_configured(plans_dir: Path | None, config_file: Path = Path("mkdocs.yml")) -> Path:
    """The folder of plans that was named on the command line, else in `config_file`, else «plans»."""
    if plans_dir is not None:
        return plans_dir
    if not config_file.is_file():
        return Path("plans")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    from ipsite.mkdocs import site  # heavy: MkDocs

    try:
        return site.plans_of(config_file)
    except site.NotConfigured as error:
        stop(str(error))


def plans_here() -> Path:
    """The folder of plans for commands that need nothing more of the settings. They take longer to read than plans do,
    so only those that may name a folder are read."""
    settings = Path("mkdocs.yml")
    text = raw.read(settings) if settings.is_file() else b""
    return plans_or_configured(None) if b"plans_dir" in text or b"INHERIT" in text else Path("plans")


def stop(message: str) -> NoReturn:
    """End the command with a message about what went wrong."""
    click.echo(message, err=True)
    sys.exit(1)
