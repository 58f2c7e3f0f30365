"""`ipsite check`: what is wrong in plans."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ipsite import excerpt, portfolio, report
from ipsite.checking import Checked, problems_of
from ipsite.commands import common
from ipsite.ignore import is_fault
from ipsite.rules import RULES
from ipsite.suggest import did_you_mean


@click.command(short_help="Kontrollera planerna.")
@click.argument("paths", nargs=-1, metavar="[FIL, MAPP ELLER PLAN]…", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="Hur svaret ska se ut: text att läsa, json för program, github för anmärkningar i en pull request.",
)
@click.option("--ignore", metavar="KOD", multiple=True, help="Lämna den här regeln utan anmärkning. Kan upprepas.")
@click.option("--strict", is_flag=True, help="Låt varningar räknas som fel.")
@click.option("--rules", "list_rules", is_flag=True, help="Visa alla regler och sluta.")
@common.today
def check(
    paths: tuple[Path, ...], form: str, ignore: tuple[str, ...], strict: bool, list_rules: bool, today: date
) -> None:
    """Kontrollera planer. Utan namn kontrolleras hela mappen med planer, annars de filer, mappar och planer du nämner.

    Svaret är 0 om inga fel finns, 1 om det finns fel, 2 om kommandot är fel skrivet.
    """
    if list_rules:
        click.echo(report.rules(RULES.values()))
        return
    _refuse_unknown(ignore)
    plans = common.plans_here()
    wanted = [_found(path, plans) for path in paths or (plans,)]
    checked = _adjusted(problems_of(wanted, today, plans), frozenset(ignore), strict)
    _show(checked, form, [portfolio.shown(path) for path in wanted])
    sys.exit(1 if checked.has_errors else 0)


def _found(path: Path, plans: Path) -> Path:
    """The folder or file that was named, also as seen from the folder of `plans`, or the file of the plan."""
    if os.path.exists(path):  # noqa: PTH110 - one that is too long is none
        return path
    if found := portfolio.named(str(path), plans) or portfolio.folder_named(str(path), plans):
        return found
    name = path.as_posix().removeprefix(f"{plans.as_posix()}/")
    here = portfolio.by_id(plans) if plans.is_dir() else None
    help_ = did_you_mean(name, here) if here is not None else "Stå i mappen med mkdocs.yml när du kontrollerar."
    raise click.UsageError(f"{portfolio.shown(path)} finns inte. {help_}".strip())


def _refuse_unknown(codes: tuple[str, ...]) -> None:
    for code in codes:
        if is_fault(code):
            raise click.UsageError(f"{code} är ett fel och kan inte lämnas utan anmärkning.")
        if code not in (*RULES, portfolio.DOCUMENT):
            raise click.UsageError(f"Regeln {code} finns inte. «ipsite check --rules» visar alla.")


def _adjusted(checked: Checked, ignored: frozenset[str], strict: bool) -> Checked:
    kept = [problem for problem in checked.problems if problem.code not in ignored]
    if strict:
        kept = [replace(problem, level="fel") if problem.level == "varning" else problem for problem in kept]
    return replace(checked, problems=tuple(kept))


def _show(checked: Checked, form: str, places: list[str]) -> None:
    if form == "json":
        click.echo(report.as_json(checked.problems, len(checked.files)))
        return
    if form == "github":
        told = report.github(checked.problems)
    else:
        colour = bool(sys.stdout) and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        told = report.text(checked.problems, excerpt.reader(), colour=colour)
        told += "\n" if told else ""
    if told:
        click.echo(told)
    click.echo(report.summary(checked.problems, len(checked.files), places), err=form == "github")
