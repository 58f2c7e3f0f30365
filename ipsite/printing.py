"""Papers of plans, made one by one or several at a time, and those made before taken from the store."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ipsite import artifact, readings
from ipsite.blanks import FORMS
from ipsite.cluster import ClusterLost, NoCluster
from ipsite.collector import no_collector
from ipsite.documents import DOCUMENTS
from ipsite.model import Plan
from ipsite.picture import Prepared
from ipsite.pool import at_a_time, pool
from ipsite.readable import Unreadable
from ipsite.render import recipe
from ipsite.render.paper import paper
from ipsite.settings import Settings
from ipsite.store import Store
from ipsite.views.blocks import Picture

_AHEAD = 4  # papers that wait for each worker: enough to keep it busy, few enough to hold in memory
_Label = TypeVar("_Label")
_PRELOAD = ("ipsite.printing", "ipsite.render.ready")


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper of a plan: what its file is called (without .pdf), and its address seen from the plan's page."""

    plan_id: str
    name: str
    address: str
    title: str
    content: bytes

    @property
    def size(self) -> str:
        """ "86 kB"."""
        return artifact.size(len(self.content))

    @property
    def label(self) -> str:
        """What the link to it says."""
        return f"Hämta planen som PDF ({self.size})" if self.name == "plan" else f"{self.title} (PDF, {self.size})"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one paper is made of, and nothing else: HTML, and each picture's name and bytes. `of` names it to the
    user if it fails."""

    of: str
    html: str
    pictures: tuple[tuple[str, bytes], ...] = ()


class PaperFailed(RuntimeError):
    """A paper could not be made, through no fault of the author's. The message is for the user."""


def papers(
    plans: Iterable[tuple[Plan, Prepared | None]],
    total: int,
    settings: Settings,
    names: Iterable[str],
    layout: str = "",
) -> Iterator[Printed]:
    """The documents in `names` of each plan, which comes with its picture, plan by plan and set in `layout` if one is
    given. `total` counts the plans, of which no more are taken than are worked on. Raises `PaperFailed`."""
    rows = [DOCUMENTS[name] for name in names]

    def wanted() -> Iterator[tuple[tuple[int, Printed], Sheet]]:
        for number, (plan, image) in enumerate(plans):
            pictures = ((image.name, image.content),) if image else ()
            for row in rows:
                for name, made in row.of(plan, settings.today, shown(plan, image)):
                    address = "/".join(filter(None, (row.folder, f"{name}.pdf")))
                    sheet = Sheet(plan.id, paper(replace(made, layout=layout or made.layout)), pictures)
                    yield (number, Printed(plan.id, name, address, made.title, b"")), sheet

    for (number, made), content in printed(wanted(), settings):
        settings.progress(number, total)
        yield replace(made, content=content)
    settings.progress(total, total)


def printed(wanted: Iterable[tuple[_Label, Sheet]], settings: Settings) -> Iterator[tuple[_Label, bytes]]:
    """The bytes of each sheet with its label, in the same order: out of the store, or made and put there.

    Raises `PaperFailed`.
    """
    with ExitStack() as stack:
        press = _Press(settings, stack)
        begun: deque[tuple[_Label, _Begun]] = deque()
        for label, sheet in wanted:
            begun.append((label, press.begin(sheet)))
            while begun and (begun[0][1].future.done() or len(begun) > _AHEAD * press.jobs):
                first, paper_of = begun.popleft()
                yield first, press.finish(paper_of)
        for last, paper_of in begun:
            yield last, press.finish(paper_of)
        press.tidy()


@dataclass(frozen=True, slots=True)
class _Begun:
    """A paper on its way. `key` is "" when it is not to be kept in the store."""

    of: str
    key: str
    future: Future[bytes]


class _Press:
    """Store and workers of one run. A class because both are open while the papers come and go."""

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        self.settings, self.jobs, self.stack = settings, settings.jobs, stack
        self.store = Store(settings.store) if settings.store else None
        self.executor: Executor | None = None  # opened when the first paper has to be made
        self.used: set[str] = set()
        self.has_made = False

    def begin(self, sheet: Sheet) -> _Begun:
        if self.store is None:
            return _Begun(sheet.of, "", self._make(sheet))
        key = recipe.key(sheet.html, sheet.pictures, recipe.here())
        self.used.add(key)
        kept = self.store.get(key)
        if kept is None:
            return _Begun(sheet.of, key, self._make(sheet))
        there: Future[bytes] = Future()
        there.set_result(kept)
        return _Begun(sheet.of, "", there)

    def _make(self, sheet: Sheet) -> Future[bytes]:
        if self.executor is None:
            self.executor = self._opened()
            self.jobs = at_a_time(self.executor, self.jobs)
        try:
            if self.settings.executor:
                return self.executor.submit(_made_alike, recipe.here(), sheet.html, sheet.pictures)
            if self.settings.store:
                return self.executor.submit(_made_and_read, self.settings.store, sheet.html, sheet.pictures)
            return self.executor.submit(_made, sheet.html, sheet.pictures)
        except BrokenExecutor as error:
            broken: Future[bytes] = Future()
            broken.set_exception(error)
            return broken

    def _opened(self) -> Executor:
        wish = self.settings
        try:
            return self.stack.enter_context(pool(wish.jobs, _PRELOAD, wish.executor, wish.mode == "private"))
        except NoCluster as error:
            raise PaperFailed(str(error)) from None

    def finish(self, begun: _Begun) -> bytes:
        try:
            content = begun.future.result()
        except (ClusterLost, _Unlike) as error:
            raise PaperFailed(f"{begun.of}: {error}") from error
        except BrokenExecutor as error:
            raise PaperFailed(
                f"{begun.of}: programmet som gör PDF-filer stannade, kanske för att minnet tog slut. "
                "Försök igen med --jobs 1."
            ) from error
        except ModuleNotFoundError as error:
            if not self.settings.executor:
                raise
            raise PaperFailed(f"Klustrets arbetare saknar {error.name}. De ska ha samma ipsite som du.") from error
        except RuntimeError as error:
            from ipsite.render.pdf import PaperError  # heavy, and there already when a paper has been made

            if not isinstance(error, PaperError):
                raise
            raise PaperFailed(f"{begun.of}: PDF-filen kunde inte göras. {error}") from error
        if begun.key and self.store:
            self.store.put(begun.key, content)
            self.has_made = True
        return content

    def tidy(self) -> None:
        """After a run that came to its end, take away what no build needs."""
        if self.store and self.has_made:
            self.store.prune(self.used)
            readings.tidy(self.store.folder)


def _made(html: str, pictures: tuple[tuple[str, bytes], ...]) -> bytes:
    from ipsite.render.pdf import from_html  # heavy, and not needed where all papers are in the store

    return from_html(html, dict(pictures))


def _made_and_read(store: Path, html: str, pictures: tuple[tuple[str, bytes], ...]) -> bytes:
    """The same, and read through by whoever made it, so that the last look need not do it for all papers by itself."""
    content = _made(html, pictures)
    with no_collector(), suppress(Unreadable):  # the last look tells of what cannot be read
        list(readings.reader(store)("papper.pdf", content))
    return content


class _Unlike(RuntimeError):
    """A worker would not give the same bytes. The message is for the user."""


_ONE_AT_A_TIME = threading.Lock()  # WeasyPrint is not made for threads, and the workers of a cluster may have several


def _made_alike(ours: recipe.Recipe, html: str, pictures: tuple[tuple[str, bytes], ...]) -> bytes:
    """The same, by another machine, if it gives the bytes that this one would. Raises `_Unlike`."""
    if unlike := recipe.differences(ours, recipe.here()):
        raise _Unlike(
            "klustrets arbetare skulle inte göra samma papper som den här datorn. Det som skiljer är "
            f"{', '.join(unlike[:5])}{' med mera' if len(unlike) > 5 else ''}. Gör dem lika och försök igen."
        )
    with _ONE_AT_A_TIME:
        return _made(html, pictures)


def forms(names: Iterable[str], settings: Settings) -> dict[str, bytes]:
    """The blank forms called `names`, by name. Raises `PaperFailed`."""
    return dict(printed(((name, Sheet(name, paper(FORMS[name].document()))) for name in names), settings))


def shown(plan: Plan, image: Prepared | None) -> Picture | None:
    """The person's picture, as a document refers to it."""
    if image is None:
        return None
    alternative = plan.person.text("bildtext") or f"Bild på {plan.called}"
    return Picture(image.name, alternative, image.width, image.height)
