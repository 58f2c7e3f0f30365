"""The terminal: the command `ipsite`. Everything heavy is imported where it is used."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ipsite import built, clock, excerpt, portfolio, report
from ipsite.checking import Checked, problems_of
from ipsite.collector import no_collector, no_last_search
from ipsite.commands import begin, common, home, look_back, progress, share, swedish
from ipsite.rules import RULES
from ipsite.suggest import did_you_mean

_PLANS = Path("plans")


@click.group(cls=swedish.Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ipsite", message="ipsite %(version)s")
def main() -> None:
    """Planer i YAML blir en webbplats och papper att ta med till mötet.

    Börja med «ipsite init MAPP». Mer om ett kommando får du med «ipsite KOMMANDO --help».

    Svaret är 0 när det gick bra och 1 när något är fel, till exempel i en plan. Det är 2 när kommandot är fel skrivet
    och 130 när du avbröt det.
    """


no_last_search()


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
    """Kontrollera planer. Utan namn kontrolleras allt i mappen plans, annars de filer, mappar och planer som du nämner.

    Svaret är 0 om inga fel finns, 1 om det finns fel, 2 om kommandot är fel skrivet.
    """
    if list_rules:
        click.echo(report.rules(RULES.values()))
        return
    _refuse_unknown(ignore)
    wanted = [_found(path) for path in paths or (_PLANS,)]
    checked = _adjusted(problems_of(wanted, today), frozenset(ignore), strict)
    _show(checked, form, [portfolio.shown(path) for path in wanted])
    sys.exit(1 if checked.has_errors else 0)


def _found(path: Path) -> Path:
    """The folder or file that was named, or the file of the plan."""
    found = path if os.path.exists(path) else portfolio.named(str(path), _PLANS)  # noqa: PTH110 - nor is one that is too long
    if found:
        return found
    name = path.as_posix().removeprefix(f"{_PLANS}/")
    here = portfolio.by_id(_PLANS) if _PLANS.is_dir() else None
    help_ = did_you_mean(name, here) if here is not None else "Stå i mappen med mkdocs.yml när du kontrollerar."
    raise click.UsageError(f"{portfolio.shown(path)} finns inte. {help_}".strip())


def _refuse_unknown(codes: tuple[str, ...]) -> None:
    for code in codes:
        if code not in RULES:
            raise click.UsageError(f"Regeln {code} finns inte. «ipsite check --rules» visar alla.")
        if RULES[code].level == "fel":
            raise click.UsageError(f"{code} är ett fel och kan inte lämnas utan anmärkning.")


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
            from ipsite import site  # heavy: MkDocs and Material
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
        from ipsite import refresh  # views and templates

        with no_collector():
            return refresh.refresh(config_file.absolute().parent, look, wish, day)


for command in (  # in the order in which they are first needed
    begin.init,
    begin.new,
    check,
    home.serve,
    build,
    share.pdf,
    look_back.diff,
    share.scan,
    home.doctor,
):
    main.add_command(command)
