"""`ipsite pdf`: papers and other documents, made outside a site."""

from __future__ import annotations

import os
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click

from ipsite import report
from ipsite.commands import common, progress
from ipsite.portfolio import root_of, shown


@click.command(short_help="Spara planerna och papper till möten, som PDF, text eller tabell.")
@click.argument("plan_names", nargs=-1, metavar="[PLAN]…")
@common.reader
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="papper",
    help="Mappen att spara i (vanligen papper).",
)
@click.option("--ask-password", is_flag=True, help="Fråga efter ett lösenord och lås pappren med det.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Lås pappren med lösenordet på första raden i den här filen.",
)
@click.option(
    "--document",
    "documents",
    metavar="NAMN",
    multiple=True,
    default=("plan",),
    help="Vilket dokument (vanligen plan). Kan upprepas. Namnen får du med --list.",
)
@click.option("--large-print", "large", is_flag=True, help="Stor stil: ingen text är mindre än 18 punkter.")
@click.option(
    "--list", "listing", is_flag=True, help="Räkna upp dokumenten, och vilka som varje plan har användning för nu."
)
@common.plans
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    help="Så många PDF-filer som görs samtidigt (vanligen en för varje processorkärna).",
)
@common.executor
@common.no_cache
@common.today
@common.whole_or_nothing()
def pdf(
    plan_names: tuple[str, ...],
    reader: str | None,
    folder: Path,
    ask_password: bool,
    password_file: Path | None,
    documents: tuple[str, ...],
    large: bool,
    listing: bool,
    plans_dir: Path | None,
    jobs: int,
    executor: str,
    no_cache: bool,
    today: date,
) -> None:
    """Spara planerna och papper till möten som PDF, text eller tabell, för alla planer eller de planer och mappar som
    du nämner.

    En fil som finns skrivs aldrig över. Den nya får ett nytt namn.

    Ett lösenord hindrar den som hittar filen från att läsa den. Filen låses med AES-256, och skärmläsare kan läsa
    den när den är öppnad. Lösenordet hindrar inte den som kan det från att kopiera, skriva ut eller skicka vidare.
    Glömmer du lösenordet går filen inte att öppna. Säg lösenordet på ett annat sätt än du skickar filen.
    """
    from ipsite import papers  # heavy

    wanted = papers.Wanted(reader or "", plan_names, today, jobs, documents, large, None, executor, progress.meter())
    root = common.plans_or_configured(plans_dir)
    if listing:
        click.echo("\n".join(papers.offered(root, wanted)))
        return
    lock = _lock(ask_password, password_file, executor)
    if not no_cache and not lock:  # what is to be locked is not kept unlocked
        wanted = replace(wanted, store=papers.store_for(Path() if plans_dir is None else root_of(root).parent))
    try:
        saved = papers.papers(root, folder, wanted, lock)
    except papers.NoPapers as error:
        common.stop(str(error))
    click.echo("\n".join(f"Sparade {shown(path)}" for path in saved) or report.none_in([shown(root)]))


def _lock(ask: bool, file: Path | None, executor: str) -> Callable[[bytes], bytes] | None:
    """What locks a paper with the password that was asked for; None when none was."""
    from ipsite import protect

    password = _password(ask, file)
    if password and executor:  # it would be sent back unlocked, and lie unlocked in the cluster until then
        raise click.UsageError("Papper som ska låsas görs på den här datorn. Ta bort --executor.")
    return partial(protect.protected, password=password, owner=secrets.token_urlsafe(32)) if password else None


def _password(ask: bool, file: Path | None) -> str:
    """The password that was asked for or lies in a file; "" for none. Never from the command line, where others
    who use the computer could see it."""
    from ipsite import protect

    if ask and file:
        raise click.UsageError("Välj ett av --ask-password och --password-file.")
    if not ask and file is None:
        return ""
    if file is not None:
        try:
            password = file.read_text("utf-8-sig").split("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError):
            raise click.UsageError(f"{shown(file)} går inte att läsa.") from None
    else:
        password = _asked()
    password = unicodedata.normalize("NFKC", password)  # as readers do with what is typed (ISO 32000-2, 7.6.4.3.3)
    try:
        protect.check(password)
    except protect.WeakPassword as error:
        raise click.UsageError(str(error)) from None
    return password


def _asked() -> str:
    """A password that was written twice; click's own way of asking tells in English when the two differ."""
    while True:
        first, again = (click.prompt(words, hide_input=True) for words in ("Lösenord (syns inte)", "En gång till"))
        if first == again:
            return str(first)
        click.echo("Du skrev två olika lösenord. Skriv samma lösenord två gånger.", err=True)
