"""`ipsite build`: the site, made anew only where something has changed."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from ipsite import clock
from ipsite.collector import no_collector
from ipsite.commands import common, progress
from ipsite.rebuild import built


@click.command(short_help="Bygg webbplatsen: en sida och en PDF för varje plan.")
@click.option("--site-dir", type=click.Path(path_type=Path), help="Mappen som webbplatsen byggs i (vanligen site).")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Så många som arbetar samtidigt (vanligen en för varje processorkärna)."
)
@click.option("--no-pdf", is_flag=True, help="Bygg sidorna, men inga PDF-filer.")
@common.executor
@common.no_cache
@common.reader
@common.config_file
@click.option("--today", type=common.Day(), help=common.TODAY_HELP)  # else mkdocs.yml or SOURCE_DATE_EPOCH may name it
@common.whole_or_nothing()
def build(
    site_dir: Path | None,
    jobs: int | None,
    no_pdf: bool,
    executor: str,
    no_cache: bool,
    reader: str | None,
    config_file: Path,
    today: date | None,
) -> None:
    """Bygg webbplatsen: en sida och en PDF för varje plan, och sidorna i docs.

    Med --for NYCKEL byggs en kopia i kopior/NYCKEL, med bara det som den läsaren har fått ja till.
    """
    if not config_file.is_file():
        raise click.UsageError(f"{config_file} finns inte. Stå i mappen med mkdocs.yml när du bygger.")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    wish = built.Wish(site_dir, jobs, not no_pdf, today, reader, not no_cache, progress.meter(), executor)
    made = _from_before_or_told(config_file, wish) if wish.cache else None
    if made is None:
        with no_collector():
            from ipsite.mkdocs import site  # heavy: MkDocs and Material
        made = site.build(config_file, wish)
    if made.problem:
        click.echo(made.problem, err=True)
        sys.exit(1)
    click.echo(f"Klart: {made.pages} sidor och {made.papers} {'PDF-fil' if made.papers == 1 else 'PDF-filer'}.")
    click.echo(f"Öppna {made.start}")


def _from_before_or_told(config_file: Path, wish: built.Wish) -> built.Made | None:
    """The same as `_from_before`, and word of what kept it, where the build that follows may know nothing of that."""
    try:
        return _from_before(config_file, wish)
    except Exception as error:  # a bug, whose text may hold words from a plan, or files of ours that somebody changed
        reason = f"Det gick inte att göra bara det som har ändrats ({type(error).__name__}), så allt byggs om."
        click.echo(f"{reason} Händer det igen är det fel i programmet, inte i dina planer.", err=True)
        return None


def _from_before(config_file: Path, wish: built.Wish) -> built.Made | None:
    """The site of the last build, if it is what this one would make, or can be made into that."""
    given = built.given_day(config_file, wish)
    if given is None:
        return None
    try:
        day = wish.today or clock.day(given)
    except clock.NoDay:
        return None  # the build will tell of it
    with built.alone(config_file), built.look(config_file, wish, day) as look:
        if look is None:
            return None
        if not look.changed:
            return look.made if look.stands() else None
        from ipsite.rebuild import refresh  # views and templates

        with no_collector():
            return refresh.refresh(config_file.absolute().parent, look, wish, day)
