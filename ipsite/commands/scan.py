"""`ipsite scan`: a look at what is to be given to others."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from ipsite.commands import common
from ipsite.portfolio import shown


@click.command(short_help="Leta i en byggd mapp efter det som inte ska finnas där.")
@click.argument("folder", metavar="MAPP", type=click.Path(path_type=Path, file_okay=False))
@common.reader
@click.option("--open", "is_open", is_flag=True, help="Mappen ska läggas ut öppet: leta efter allt ur riktiga planer.")
@common.plans
@common.today
def scan(folder: Path, reader: str | None, is_open: bool, plans_dir: Path | None, today: date) -> None:
    """Leta efter sådant som inte ska finnas i en byggd mapp, innan du ger den till någon.

    Alltid: det som hämtas från nätet, personnummer och planfiler utan «fiktiv: true». Med --for eller --open också:
    varje text ur planerna som läsaren inte får se, i sidor, sökregister, PDF-filer och bilder.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    from ipsite import survey

    if not folder.is_dir():
        raise click.UsageError(f"{shown(folder)} finns inte.")
    if reader and is_open:
        raise click.UsageError("Välj ett av --for och --open.")
    plans = common.plans_or_configured(plans_dir) if reader or is_open else Path("plans")
    try:
        findings = survey.survey(folder, plans, today, reader=reader or "", is_open=is_open)
    except survey.NotSurveyed as error:
        common.stop(str(error))
    for finding in findings:
        click.echo(str(finding), err=True)
    if findings:
        common.stop(f"\n{len(findings)} fynd. Ge inte mappen till någon.")
    click.echo("Inget hittades som leder ut på nätet, inga personnummer och ingen planfil utan «fiktiv: true».")
    looked = "Inte heller några texter som läsaren inte får se." if reader or is_open else (
        "Texter ur planerna letades det inte efter. Gör det med --for NYCKEL eller --open."
    )  # fmt: skip
    click.echo(looked)
