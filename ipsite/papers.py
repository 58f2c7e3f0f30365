"""`ipsite pdf`: papers in a folder, for the person or for one reader, with or without a password."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipsite import excerpt, printing, report
from ipsite.documents import ROWS
from ipsite.gather import Gathered, gather, refused
from ipsite.model import MYSELF
from ipsite.portfolio import root_of
from ipsite.scan import look
from ipsite.settings import Settings
from ipsite.slug import slug
from ipsite.suggest import did_you_mean
from ipsite.write import free_name, new_file, reason

Protect = Callable[[bytes], bytes]


class NoPapers(RuntimeError):
    """No paper was saved. The message is for the user."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers: for whom (a key, or "" for the person), of which plans (all when empty), on which day; which
    documents (names in the table of documents), and whether in large print."""

    reader: str
    plans: Collection[str]
    today: date
    jobs: int = 1
    documents: Collection[str] = ("plan",)
    large: bool = False


def papers(root: Path, folder: Path, wanted: Wanted, protect: Protect | None = None) -> list[Path]:
    """Write a paper of each wanted plan under `root` to `folder`; their paths. Raises `NoPapers`.

    All papers are made and looked through before the first is saved, and no file that is there is changed.
    """
    if not root.is_dir():
        raise NoPapers(f"Mappen med planer finns inte: {root.name}. Stå i mappen med mkdocs.yml.")
    for name in wanted.documents:
        if name not in ROWS:
            raise NoPapers(f"Det finns inget dokument som heter {name}. {did_you_mean(name, ROWS)}".strip())
    ids = [_id(name, root) for name in wanted.plans]
    gathered = gather(root, wanted.today, "private", wanted.reader, ids)
    if gathered.errors:
        raise NoPapers("Planerna har fel, så inga papper gjordes.\n\n" + report.text(gathered.errors, excerpt.reader()))
    known = [plan.id for plan in gathered.whole]
    for plan_id in ids:
        if plan_id not in known:
            raise NoPapers(f"Planen {plan_id} finns inte. {did_you_mean(plan_id, known)}".strip())
    if gathered.refusals:
        raise NoPapers(refused(gathered.refusals))
    made = _made(gathered, wanted)
    hidden = gathered.hidden()
    if found := [finding for name, content in made for finding in look(name, content, hidden, shared=True)]:
        raise NoPapers("Inga papper sparades.\n" + "\n".join(map(str, found)))
    return _saved(folder, [(name, protect(content) if protect else content) for name, content in made])


def _id(name: str, root: Path) -> str:
    """The id of a plan that was named by its id or by its file."""
    base, path = root_of(root).resolve(), Path(name).resolve()
    return path.relative_to(base).with_suffix("").as_posix() if path.is_relative_to(base) else name


def _made(gathered: Gathered, wanted: Wanted) -> list[tuple[str, bytes]]:
    """Name and bytes of each paper. A name tells the plan, the document, the reader's key and the day, and nobody's
    name."""
    settings = Settings(wanted.today, jobs=wanted.jobs)
    marks = [slug(wanted.reader)] if wanted.reader and wanted.reader != MYSELF else []
    marks += ["storstil"] if wanted.large else []
    names = dict.fromkeys(wanted.documents)
    result: list[tuple[str, bytes]] = []
    try:
        for paper in printing.papers(gathered.plans, gathered.images, settings, names, "large" if wanted.large else ""):
            which = [paper.name] if paper.name != "plan" else []
            name = "-".join([slug(paper.plan_id), *which, *marks, wanted.today.isoformat()])
            result.append((f"{name}.pdf", paper.content))
    except printing.PaperFailed as error:
        raise NoPapers(str(error)) from None
    if gathered.plans and not result:
        raise NoPapers("Planerna har inget att skriva ut som de dokumenten, till exempel inga möten framåt.")
    return result


def _saved(folder: Path, made: list[tuple[str, bytes]]) -> list[Path]:
    saved: list[Path] = []
    try:
        for name, content in made:
            path = free_name(folder / name)
            new_file(path, content)
            saved.append(path)
    except OSError as error:
        for path in saved:
            path.unlink(missing_ok=True)
        raise NoPapers(f"Pappren kunde inte sparas: {reason(error)}. Ingen fil har ändrats.") from None
    return saved
