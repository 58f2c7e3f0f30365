"""The terminal speaks Swedish: what click says of its own in help, in errors and when the user breaks off."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Any

import click

from ipsite.portfolio import shown
from ipsite.write import reason

_WORDS = {
    "[OPTIONS]": "[VAL]",
    "COMMAND [ARGS]...": "KOMMANDO",
    "INTEGER RANGE": "TAL",
    "DIRECTORY": "MAPP",
    "FILE": "FIL",
    "PATH": "MAPP",
    "Show this message and exit.": "Visa den här hjälpen.",
    "Show the version and exit.": "Visa versionen.",
}
# What one may write who has not read the list of commands → the command.
_EVERYDAY = {
    written: command
    for command, words in (
        ("--help", "hjälp"), ("init", "börja starta start"), ("new", "ny nytt"), ("check", "kontrollera kolla"),
        ("serve", "visa titta"), ("build", "bygg bygga"), ("pdf", "print skriv-ut skriva utskrift papper"),
        ("pdf --for", "share dela kopia kopiera"), ("diff", "jämför jämföra"), ("scan", "leta sök"),
    )
    for written in words.split()
}  # fmt: skip
_HEADINGS = {"Options": "Val", "Commands": "Kommandon"}
_PATHS = (
    ("is a directory", "ska vara en fil, inte en mapp"),
    ("is a file", "ska vara en mapp, inte en fil"),
    ("does not exist", "ska finnas, men finns inte"),
    ("is not readable", "går inte att läsa"),
    ("is not writable", "går inte att skriva i"),
)


class Formatter(click.HelpFormatter):
    """Help with Swedish headings and words."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _swedish(args), prefix or "Så här: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_swedish(term), _swedish(words)) for term, words in rows], col_max, col_spacing)


class Context(click.Context):
    """A context whose help is in Swedish."""

    formatter_class = Formatter


class Miswritten(click.UsageError):
    """A command that was not written right, told in Swedish, with the way to more help."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"Fel: {self.message}", file=file, err=True)
        if self.ctx is not None:
            click.echo(f"{self.ctx.get_usage()}\nMer hjälp: {self.ctx.command_path} --help", file=file, err=True)


class Group(click.Group):
    """Commands that speak Swedish."""

    context_class = Context

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.context_class = Context
        super().add_command(cmd, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were added."""
        return list(self.commands)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _in_swedish():
            return super().make_context(info_name, args, parent, **extra)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and not args[0].startswith("-"):
            everyday = _EVERYDAY.get(args[0].lower())
            meant = f" Menade du {everyday}?" if everyday else _meant(args[0], self.commands)
            raise Miswritten(f"Kommandot {args[0]} finns inte.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _in_swedish():
            return super().invoke(ctx)


@contextmanager
def _in_swedish() -> Iterator[None]:
    try:
        yield
    except (Miswritten, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        raise Miswritten(told(error), error.ctx) from None
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nAvbrutet.", err=True)
        raise click.exceptions.Exit(130) from None
    except OSError as error:  # that no command has words of its own for
        if error.errno in (None, errno.EPIPE):  # a fault of ours, or nobody who listens
            raise
        place = f"{shown(Path(error.filename))} går inte att använda" if isinstance(error.filename, str) else ""
        _let_go_of_the_answer()
        click.echo(f"{place or 'Det gick inte'}: {_why(error)}.", err=True)
        raise click.exceptions.Exit(1) from None


def _let_go_of_the_answer() -> None:
    """An answer that could not be written waits in the stream: Python would try again at exit, and tell of it in its
    own words."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _why(error: OSError) -> str:
    """Why the system would not let something be read or written, nobody knows which."""
    reasons = {
        errno.EACCES: "du har inte rätt till filen eller mappen",
        errno.EPERM: "du har inte rätt till filen eller mappen",
        errno.ENOENT: "filen eller mappen finns inte längre",
    }
    return reasons.get(error.errno or 0) or reason(error)


def told(error: click.UsageError) -> str:
    """What is wrong with how a command was written, and how right looks."""
    match error:
        case click.MissingParameter():
            return f"{_name(error)} saknas."
        case click.BadParameter():
            return _bad_value(error)
        case click.NoSuchOption():
            return f"{error.option_name} finns inte.{_meant(error.option_name, _options(error))}"
        case click.BadOptionUsage() if "not take" in error.message:
            return f"{error.option_name} ska stå ensamt, utan något efter sig."
        case click.BadOptionUsage():
            return f"Skriv något efter {error.option_name}."
    if error.message.startswith("Got unexpected extra argument"):
        return f"Det står för mycket: {error.message.partition('(')[2].rstrip(')')}."
    return error.message


def _bad_value(error: click.BadParameter) -> str:
    kind, name = getattr(error.param, "type", None), _name(error)
    match kind:
        case click.Choice():
            return f"{name} ska vara något av: {', '.join(map(str, kind.choices))}."
        case click.IntRange():
            low, high = kind.min, kind.max
            return f"{name} ska vara ett tal, {f'minst {low}' if high is None else f'{low}–{high}'}."
        case click.Path():
            return f"{name} {next((words for sign, words in _PATHS if sign in error.message), 'går inte att använda')}."
    return f"{name}: {error.message}"


def _name(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or param.name or "Något") if param is not None else "Något"


def _options(error: click.UsageError) -> list[str]:
    return [name for param in error.ctx.command.params for name in param.opts] if error.ctx is not None else []


def _meant(written: str, possible: Iterable[str]) -> str:
    found = get_close_matches(written, list(possible), 1)
    return f" Menade du {found[0]}?" if found else ""


def _swedish(words: str) -> str:
    for english, swedish in _WORDS.items():
        words = words.replace(english, swedish)
    return words
