"""MkDocs' preview made quick: its own watch over the files, and no run of MkDocs where only plans have changed."""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from ipsite.publish import not_saved
from ipsite.translation import SEE_WHERE, bug

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer

State = dict[str, tuple[int, int]]  # path → when it was changed, and its size
_PAUSE = 0.1  # seconds between two looks, and as much quiet before a build is begun
_SHARE = 0.1  # the part of a processor that looking may take
_AS_IT_WAS = "Felet gör att webbplatsen inte kan byggas nu. Du ser den som den var innan. "
_MEND = "Rätta felet och spara, så visas den nya. Står felet inte här ovanför: kör «ipsite build» för att se det."
_HERE = re.compile(r"(?:127\.0\.0\.1|localhost|\[?::1\]?)(?::\d+)?")
_ONLY_HERE = "Sidorna visas bara på den här datorn. Börja adressen med http://127.0.0.1 eller http://localhost."


def attach(server: LiveReloadServer, plans: Path, config: MkDocsConfig, refill: Callable[[], bool]) -> None:
    """Let `server` follow the plans too. `refill` shows what has changed in them and says whether it could; else
    MkDocs builds as always."""
    docs, settings = config.docs_dir, config.config_file_path
    for path in filter(None, (docs, settings)):
        server.unwatch(path)  # MkDocs looks twice a second, and would build again after us
    others = [docs, settings or "", *config.watch, config.theme.custom_dir or ""]
    if _HERE.fullmatch(str(server.server_address[0])):  # whoever opens it to others has said so in mkdocs.yml
        server.set_app(_only_here(server.serve_request))
    server.build_delay = _PAUSE / 2
    server.builder = _builder(server.builder, refill, [path for path in others if path], server.root)
    everything = [str(plans), *filter(None, (docs, settings))]
    threading.Thread(target=_watch, args=(server, everything, state(everything)), daemon=True).start()


def _only_here(app: WSGIApplication) -> WSGIApplication:
    """Answer those who ask for this computer by its own name. The name of a page elsewhere may be made to lead here,
    and that page could else read the plans through the browser of whoever has it open (DNS rebinding)."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if _HERE.fullmatch(environ.get("HTTP_HOST", "localhost")):
            return app(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [_ONLY_HERE.encode()]

    return answer


def is_for_preview(site_dir: Path) -> bool:
    """Whether a site is built for `mkdocs serve`, which with --clean tells plugins that it is a build like others."""
    return site_dir.name.startswith("mkdocs_") and site_dir.parent == Path(tempfile.gettempdir()) and site_dir.is_dir()


def _builder(full: Callable[[], None], refill: Callable[[], bool], others: list[str], site: str) -> Callable[[], None]:
    """What to do when something has changed: as little as will do. A build that stops leaves the `site` of before to be
    looked at: MkDocs' server would let every page wait until the fault is mended."""
    built = [state(others)]  # what the site that is shown was made of, but for plans; nothing when it may not be whole

    def build() -> None:
        now, before = state(others), built.copy()
        built.clear()
        try:
            if before != [now] or not refill():
                with _put_back(Path(site)):
                    full()
        except Exception as error:
            logging.getLogger("ipsite").error(_told(error))
        else:
            built.append(now)

    return build


def _told(error: Exception) -> str:
    """What is said of a build that stopped. The text of a bug may hold words from a plan, so it is not shown."""
    if isinstance(error, MkDocsException):  # which has been told of by then
        return _AS_IT_WAS + _MEND
    if isinstance(error, OSError):
        return f"{not_saved(error)} {_AS_IT_WAS}{_MEND}"
    return f"{bug(error)} {_AS_IT_WAS}{SEE_WHERE}"


@contextmanager
def _put_back(site: Path) -> Iterator[None]:
    """Let the folder `site` be made anew, and put it back as it was when that fails."""
    before = Path(tempfile.mkdtemp(prefix=f"{site.name}-", dir=site.parent))  # for the owner alone, as `site` is
    try:
        site.replace(before)
        site.mkdir(0o700)
        try:
            yield
        except Exception:
            shutil.rmtree(site)
            before.replace(site)
            raise
    finally:
        shutil.rmtree(before, ignore_errors=True)


def _watch(server: LiveReloadServer, paths: list[str], last: State) -> None:
    pause = _PAUSE
    while not server._shutdown:
        time.sleep(pause)
        start = time.perf_counter()
        now = state(paths)
        pause = max(_PAUSE, (time.perf_counter() - start) / _SHARE)
        if now != last:
            last = now
            with server._rebuild_cond:
                server._want_rebuild = True
                server._rebuild_cond.notify_all()


def state(paths: Iterable[str]) -> State:
    """How every file at or under `paths` is now."""
    return {path: (seen.st_mtime_ns, seen.st_size) for top in paths for path, seen in _files(top)}


def _files(path: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - a thousand times a second
            yield path, os.stat(path)  # noqa: PTH116
            return
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(entry.path)
                else:
                    with suppress(OSError):  # a link that leads nowhere, or gone since it was listed
                        yield entry.path, entry.stat()
    except OSError:
        return  # a folder that is gone, or that nobody may look in
