"""`ipsite new`: beginning a plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ipsite import scaffold, schema
from ipsite.commands import common
from ipsite.portfolio import shown

_QUESTIONS = (
    ("person.namn", "Vem är planen till för? Skriv för- och efternamn."),
    ("person.kallas", "Vad vill personen bli kallad?"),
    ("titel", "Vad handlar planen om? Skriv några få ord, till exempel: Flytta hemifrån."),
    ("anledning", "Varför behövs planen? Skriv gärna med personens egna ord."),
    ("mål.mål", "Vilket är det viktigaste målet? Skriv som om det redan är nått."),
    ("mål.mina_ord", "Hur säger personen själv målet?"),
)


@click.command(short_help="Börja på en ny plan.")
@click.argument("name", metavar="NAMN")
@click.option(
    "--kind", type=click.Choice(list(schema.KINDS)), help="Vad för sorts plan det ska vara (annars individuell plan)."
)
@click.option("--from", "old", metavar="GAMMAL", default="", help="Börja med texten i den här äldre planen.")
@click.option("--ask", is_flag=True, help="Ställ några frågor här i terminalen, en i taget.")
@common.today
@common.whole_or_nothing()
def new(name: str, kind: str | None, old: str, ask: bool, today: date) -> None:
    """Börja på en ny plan i mappen med planer.

    NAMN är planfilens namn utan .yaml, med mapp om du vill: plan-a/ip-2027. Skriv inte personens namn i det.
    En fil som finns ändras aldrig.
    """
    if old and (kind or ask):
        raise click.UsageError("--from tar allt ur den gamla planen. Ta bort --kind och --ask.")
    kind = kind or next(iter(schema.KINDS))
    try:
        plans = common.plans_here()
        scaffold.place(plans, name)  # before the questions: nobody is to answer for nothing
        answers = _ask(kind) if ask else {}
        path = scaffold.new_plan(Path(), name, kind, today, old=old, answers=answers, plans=plans)
    except scaffold.NotMade as error:
        common.stop(str(error))
    click.echo(f"Klart. Här är den nya planen: {shown(path)}\n")
    click.echo("Gör så här nu:")
    click.echo(f"1. Öppna planen och {_to_do(path, old)}.")
    click.echo("2. Kontrollera den: ipsite check")
    click.echo("3. Se den medan du skriver: ipsite serve")


def _to_do(path: Path, old: str) -> str:
    """What is first to be done in a new plan; one after an `old` plan may have nothing that is marked."""
    if not old:
        return "byt ut allt som börjar med «Fyll i»"
    lines = path.read_text("utf-8").split("\n")
    marked = any(line.lstrip().startswith("#") and "$schema=" not in line for line in lines)
    return "gå igenom raderna med # i den" if marked else "ändra det som inte stämmer längre"


def _ask(kind: str) -> dict[str, str]:
    """The answers to a few questions, one line each, as a screen reader reads them."""
    fields = schema.fields(kind)
    questions = [(name, words) for name, words in _QUESTIONS if name.split(".")[0] in fields.properties]
    click.echo("Svara på några frågor. Tryck på retur om du vill vänta med svaret. Ctrl+C avbryter.")
    answers: dict[str, str] = {}
    for number, (name, words) in enumerate(questions, start=1):
        click.echo(f"\nFråga {number} av {len(questions)}. {words}")
        answers[name] = click.prompt("Svar", default="", show_default=False)
    click.echo()
    return answers
