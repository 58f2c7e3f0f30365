"""`ipsite diff`: what is new since the old plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ipsite.commands import common


@click.command(short_help="Berätta vad som är nytt sedan den förra planen.")
@click.argument("names", metavar="[GAMMAL] NY", nargs=-1, required=True)
@common.reader
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Hur svaret ska se ut: text att läsa, json för program.",
)
@common.plans
@common.today
def diff(names: tuple[str, ...], reader: str | None, form: str, plans_dir: Path | None, today: date) -> None:
    """Berätta vad som är nytt i planen NY sedan planen GAMMAL, med vanliga meningar.

    Skriv filer, eller planernas namn: plan-a/ip-2025. Skriver du bara NY jämförs den med planen som den ersätter.

    Svaret är 0 när planerna har jämförts, också när de är olika. Det är 1 när de inte kan jämföras.
    """
    if len(names) > 2:
        raise click.UsageError("Skriv en plan eller två, inte fler.")
    from ipsite import compare

    try:
        made = compare.compare(common.plans_or_configured(plans_dir), names, reader or "", today)
    except compare.NotCompared as error:
        common.stop(str(error))
    click.echo(compare.as_json(made) if form == "json" else compare.as_text(made))
