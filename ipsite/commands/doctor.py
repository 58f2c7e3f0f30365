"""`ipsite doctor`: what to do when something does not work."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from ipsite.commands import common

_MARKS = {"bra": "Bra", "varning": "Varning", "fel": "Fel"}


@click.command(short_help="Kontrollera datorn: vad fungerar, och hur rättar du det som är fel?")
@common.today
def doctor(today: date) -> None:
    """Kontrollera datorn: vad fungerar, vad är fel och hur rättar du det?

    Svaret är 1 om något är fel.
    """
    from ipsite.doctor import examine

    answers = examine(Path(), today)
    for answer in answers:
        click.echo(f"{_MARKS[answer.level]}: {answer.what}")
        if answer.mend:
            click.echo(f"  Gör så här: {answer.mend}")
    wrong = sum(answer.level == "fel" for answer in answers)
    click.echo("\nAllt som behövs fungerar." if not wrong else f"\n{wrong} fel. Rätta, och kör ipsite doctor igen.")
    sys.exit(1 if wrong else 0)
