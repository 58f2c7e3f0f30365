"""`ipsite serve`: the site while one writes."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ipsite.commands import common


@click.command(short_help="Visa webbplatsen medan du skriver.")
@click.option(
    "--port", type=click.IntRange(1024, 65535), default=8000, help="Porten på den här datorn (vanligen 8000)."
)
@common.config_file
def serve(port: int, config_file: Path) -> None:
    """Visa webbplatsen medan du skriver. Sidan laddas om när du sparar en plan. Avsluta med Ctrl+C.

    Den syns bara på den här datorn. Har en plan fel visas felen på sidan. PDF-filer görs inte.
    """
    if not config_file.is_file():
        raise click.UsageError(f"{config_file} finns inte. Stå i mappen med mkdocs.yml.")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    from ipsite.mkdocs import live  # heavy: MkDocs and Material

    try:
        live.refuse_taken(port)
        where = f"Öppna http://{live.HOST}:{port}/ i webbläsaren. Avsluta med Ctrl+C."
        live.serve(config_file, port, lambda: click.echo(where))
    except live.NoPreview as error:
        common.stop(str(error))
