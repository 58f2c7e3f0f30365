"""Papers of plans, made one by one or several at a time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Collection, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from ipsite.blanks import ROWS as BLANKS
from ipsite.documents import ROWS
from ipsite.model import Plan
from ipsite.picture import Prepared
from ipsite.settings import Settings
from ipsite.views.blocks import Document, Picture


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
        return f"{max(1, round(len(self.content) / 1000))} kB"

    @property
    def label(self) -> str:
        """What the link to it says."""
        return f"Hämta planen som PDF ({self.size})" if self.name == "plan" else f"{self.title} (PDF, {self.size})"


class PaperFailed(RuntimeError):
    """A paper could not be made, through no fault of the author's. The message is for the user."""


def papers(
    plans: tuple[Plan, ...],
    images: dict[str, Prepared],
    settings: Settings,
    names: Collection[str],
    layout: str = "",
) -> Iterator[Printed]:
    """The documents in `names` of each plan, set in `layout` if one is given."""
    wanted = [
        (row, name, replace(made, layout=layout or made.layout))
        for row in (ROWS[name] for name in names)
        for plan in plans
        for name, made in row.of(plan, settings.today, shown(plan, images.get(plan.id)))
    ]
    contents = _papers(tuple(made for _, _, made in wanted), images, settings.jobs)
    for (row, name, made), content in zip(wanted, contents, strict=True):
        yield Printed(made.id, name, "/".join(filter(None, (row.folder, f"{name}.pdf"))), made.title, content)


def forms(names: Collection[str], settings: Settings) -> dict[str, bytes]:
    """The blank forms called `names`, by name. Raises `PaperFailed`."""
    documents = tuple(BLANKS[name].document() for name in names)
    return dict(zip(names, _papers(documents, {}, settings.jobs), strict=True))


def shown(plan: Plan, image: Prepared | None) -> Picture | None:
    """The person's picture, as a document refers to it."""
    if image is None:
        return None
    alternative = plan.person.text("bildtext") or f"Bild på {plan.called}"
    return Picture(image.name, alternative, image.width, image.height)


def _papers(documents: tuple[Document, ...], images: dict[str, Prepared], jobs: int) -> Iterator[bytes]:
    """The papers of documents, whose ids are those of their plans, in the same order."""
    from ipsite.render.pdf import PaperError, pdf  # heavy, and not needed where no paper is made

    shown = [{images[paper.id].name: images[paper.id].content} if paper.id in images else {} for paper in documents]
    workers = min(jobs, len(documents))
    pool: AbstractContextManager[Executor | None] = nullcontext()
    if workers > 1:
        pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    with pool as executor:
        made = executor.map(pdf, documents, shown) if executor else map(pdf, documents, shown)
        for plan_id in (paper.id for paper in documents):
            try:
                content = next(made)
            except PaperError as error:
                raise PaperFailed(f"{plan_id}: PDF-filen kunde inte göras. {error}") from error
            except BrokenProcessPool as error:
                raise PaperFailed(
                    f"{plan_id}: programmet som gör PDF-filer stannade, kanske för att minnet tog slut. "
                    "Försök igen med --jobs 1."
                ) from error
            yield content
