"""The terminal: the command `ipsite`. A command has a module of its name in `commands`; what is heavy is imported where
it is used."""

from __future__ import annotations

import click

from ipsite.collector import no_last_search
from ipsite.commands import swedish
from ipsite.commands.build import build
from ipsite.commands.check import check
from ipsite.commands.diff import diff
from ipsite.commands.doctor import doctor
from ipsite.commands.init import init
from ipsite.commands.new import new
from ipsite.commands.pdf import pdf
from ipsite.commands.scan import scan
from ipsite.commands.serve import serve


@click.group(cls=swedish.Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ipsite", message="ipsite %(version)s")
def main() -> None:
    """Planer i YAML blir en webbplats och papper att ta med till mötet.

    Börja med «ipsite init MAPP». Mer om ett kommando får du med «ipsite KOMMANDO --help».

    Svaret är 0 när det gick bra och 1 när något är fel, till exempel i en plan. Det är 2 när kommandot är fel skrivet
    och 130 när du avbröt det.
    """


no_last_search()

for command in (init, new, check, serve, build, pdf, diff, scan, doctor):  # in the order in which they are first needed
    main.add_command(command)
