"""`ipsite init`: beginning a project."""

from __future__ import annotations

import shlex
import shutil
import sys
from datetime import date
from pathlib import Path

import click

from ipsite import scaffold
from ipsite.commands import common
from ipsite.portfolio import shown


@click.command(short_help="Gör en egen mapp för planer.")
@click.argument("folder", metavar="MAPP", type=click.Path(path_type=Path))
@common.today
def init(folder: Path, today: date) -> None:
    """Gör en egen mapp för planer, med allt som behövs för att skriva den första.

    Mappen ska vara ny eller tom. Inget laddas ner och inget skickas.
    """
    try:
        plan = scaffold.init(folder, today)
    except scaffold.NotMade as error:
        common.stop(str(error))
    here = folder.resolve() == Path().resolve()
    where = "Dina planer ligger i den här mappen." if here else f"Här ligger dina planer: {shown(folder)}"
    click.echo(f"Klart. {where}\n")
    click.echo("Gör så här nu:")
    steps = [] if here else [f"Gå till mappen: cd {shlex.quote(shown(folder))}"]
    steps += [
        f"Skriv i planen: {plan.relative_to(folder).as_posix()}",
        "Kontrollera den: ipsite check",
        "Se den medan du skriver: ipsite serve",
        "Bygg webbplatsen och PDF-filen: ipsite build",
    ]
    for number, step in enumerate(steps, start=1):
        click.echo(f"{number}. {step}")
    if way := _whole_way():
        click.echo(f"\nSvarar terminalen att ipsite inte finns? Skriv då hela vägen i stället för ipsite: {way}")


def _whole_way() -> str:
    """The way to the program, to be copied, when the terminal does not find it by its name alone; else ""."""
    program = Path(sys.argv[0])
    if program.name != "ipsite" or not program.is_file() or shutil.which(program.name):
        return ""
    return shlex.quote(str(program.absolute()))
