"""`ipsite serve`: MkDocs' own preview server, on this computer only, with the plans watched too."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from ipsite.mkdocs import options
from ipsite.mkdocs.plugin import IpsitePlugin
from ipsite.translation import in_swedish, telling

HOST = "127.0.0.1"


class NoPreview(RuntimeError):
    """The preview could not start. The message is for the user."""


def refuse_taken(port: int) -> None:
    """Raise `NoPreview` for a port that another program has, before anybody is sent there."""
    with socket.socket() as probe:
        if os.name == "posix":  # as MkDocs' server does, so that a port that was left just now can be had again
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise _not_served(error, port) from None


def serve(config_file: Path, port: int, begin: Callable[[], None]) -> None:
    """Show the site until Ctrl+C, and build it again when a plan or a page is saved. `begin` is called when the
    settings are seen to be right. Raises `NoPreview`."""
    try:
        with telling(_in_swedish()):
            config = options.load(config_file)
            plugin = config.plugins.get("ipsite")
            if not isinstance(plugin, IpsitePlugin):
                raise NoPreview(f"{config_file.name} saknar tillägget ipsite. Skriv «- ipsite» under «plugins:».")
            begin()
            mkdocs_serve.serve(str(config_file), dev_addr=f"{HOST}:{port}", site_url=f"http://{HOST}:{port}/")
    except ConfigurationError as error:
        raise NoPreview(f"{config_file.name} går inte att använda. {in_swedish(str(error))}") from None
    except (Abort, MkDocsException) as error:
        words = in_swedish(str(error)) or "Webbplatsen kunde inte visas. Kör «ipsite build» för att se varför."
        raise NoPreview(words) from None
    except OSError as error:
        raise _not_served(error, port) from None


def _in_swedish() -> logging.Handler:
    """Shows what is told in Swedish."""

    def translate(record: logging.LogRecord) -> bool:
        record.msg, record.args = in_swedish(record.getMessage()), ()
        return True

    handler = logging.StreamHandler()
    handler.addFilter(translate)
    return handler


def _not_served(error: OSError, port: int) -> NoPreview:
    if error.errno is not None and "in use" in str(error):
        return NoPreview(f"Port {port} används redan. Välj en annan: ipsite serve --port {port + 1}")
    return NoPreview(f"Webbplatsen kunde inte visas: {error.strerror or error}.")
