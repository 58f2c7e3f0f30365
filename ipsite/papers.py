"""`ipsite pdf`: papers in a folder, for the person or for one reader, with or without a password."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipsite import excerpt, portfolio, printing, report
from ipsite.audience import copy_for
from ipsite.documents import DOCUMENTS, DocumentKind
from ipsite.files import SORTS, Sort
from ipsite.gather import Gathered, gather, refused
from ipsite.interrupts import undisturbed
from ipsite.model import MYSELF, Plan
from ipsite.readings import reader
from ipsite.scan import look
from ipsite.settings import Progress, Settings, quiet
from ipsite.slug import slug
from ipsite.store import of_project
from ipsite.suggest import did_you_mean
from ipsite.write import free_name, new_file, reason

Protect = Callable[[bytes], bytes]


class NoPapers(RuntimeError):
    """No paper was saved. The message is for the user."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers: for whom (a key, or "" for the person), of which plans (all when empty), on which day; which
    documents (names in the table of documents), and whether in large print. Finished papers are kept in `store`, and
    `executor` is the address of a cluster that makes them."""

    reader: str
    plans: Collection[str]
    today: date
    jobs: int = 1
    documents: Collection[str] = ("plan",)
    large: bool = False
    store: Path | None = None
    executor: str = ""
    progress: Progress = quiet


def papers(root: Path, folder: Path, wanted: Wanted, protect: Protect | None = None) -> list[Path]:
    """Write a paper of each wanted plan under `root` to `folder`; their paths. Raises `NoPapers`.

    All papers are made and looked through before the first is saved, and no file that is there is changed.
    """
    if not root.is_dir():
        raise NoPapers(f"Mappen med planer finns inte: {portfolio.shown(root)}. Stå i mappen med mkdocs.yml.")
    for name in wanted.documents:
        if name not in names():
            meant = did_you_mean(name, names()) or "Alla namn får du med --list."
            raise NoPapers(f"Det finns inget dokument som heter {name}. {meant}")
        if protect and name in SORTS:
            raise NoPapers(f"{name} går inte att låsa med lösenord: det går bara med PDF. Inget sparades.")
    ids = _ids(wanted.plans, root)
    gathered = gather(root, wanted.today, "private", wanted.reader, ids)
    if gathered.errors:
        raise NoPapers("Planerna har fel, så inga papper gjordes.\n\n" + report.text(gathered.errors, excerpt.reader()))
    known = [plan.id for plan in gathered.whole]
    for plan_id in ids:
        if plan_id not in known:
            meant = f"Skriv --document {plan_id}." if plan_id in names() else did_you_mean(plan_id, known)
            raise NoPapers(f"Planen {plan_id} finns inte. {meant}".strip())
    if gathered.refusals:
        raise NoPapers(refused(gathered.refusals))
    made = _made(gathered, wanted)
    hidden, read = gathered.hidden(), reader(wanted.store)
    if found := [finding for name, content in made for finding in look(name, content, hidden, shared=True, read=read)]:
        raise NoPapers("Inga papper sparades.\n" + "\n".join(map(str, found)))
    return _saved(folder, [(name, protect(content) if protect else content) for name, content in made])


def names() -> dict[str, str]:
    """Every document that can be asked for, with its label: the papers, and the files that are none."""
    return {name: row.label for name, row in DOCUMENTS.items()} | {name: sort.label for name, sort in SORTS.items()}


def store_for(project: Path) -> Path | None:
    """Where the project in the folder `project` keeps finished papers; None if it is no project."""
    project = project.absolute()
    return of_project(project).folder if (project / "mkdocs.yml").is_file() else None


def _ids(names: Iterable[str], root: Path) -> list[str]:
    """The ids of the plans that were named, each once."""
    return list(dict.fromkeys(plan_id for name in names for plan_id in _meant(name, root)))


def _meant(name: str, root: Path) -> list[str]:
    """The id of one plan, or those of all in a folder; the name itself if it means neither."""
    if path := portfolio.named(name, root):
        return [portfolio.id_of(path, root) or name]
    if (folder := portfolio.folder_named(name, root)) is None:
        return [name]
    ids, top = portfolio.by_id(portfolio.root_of(root)), folder.resolve()
    return [one for one, path in ids.items() if path.parent.resolve().is_relative_to(top)] or [name]


def _made(gathered: Gathered, wanted: Wanted) -> list[tuple[str, bytes]]:
    """Name and bytes of each paper and other file. A name tells the plan, the document, the reader's key and the day,
    and nobody's name."""
    settings = Settings(
        wanted.today, jobs=wanted.jobs, store=wanted.store, executor=wanted.executor, progress=wanted.progress
    )
    reader = [slug(wanted.reader)] if wanted.reader and wanted.reader != MYSELF else []
    day = wanted.today.isoformat()
    chosen = [name for name in dict.fromkeys(wanted.documents) if name in DOCUMENTS]
    result: list[tuple[str, bytes]] = []
    try:
        plans = ((plan, gathered.images.get(plan.id)) for plan in gathered.plans)
        layout = "large" if wanted.large else ""
        for paper in printing.papers(plans, len(gathered.plans), settings, chosen, layout):
            which = [paper.name] if paper.name != "plan" else []
            parts = [slug(paper.plan_id), *which, *reader, *(["storstil"] if wanted.large else []), day]
            result.append((f"{'-'.join(parts)}.pdf", paper.content))
    except printing.PaperFailed as error:
        raise NoPapers(str(error)) from None
    for sort in (SORTS[name] for name in dict.fromkeys(wanted.documents) if name in SORTS):
        for plan in gathered.plans:
            for file in sort.make(plan, wanted.today):
                result.append((f"{'-'.join([slug(plan.id), file.name, *reader, day])}.{file.suffix}", file.content))
    if gathered.plans and not result:
        raise NoPapers("\n".join(("Planerna har inget att skriva ut av det du bad om.", *_lacking(wanted.documents))))
    return result


def _lacking(documents: Collection[str]) -> Iterator[str]:
    """What a plan must have for each of the documents."""
    rows: dict[str, DocumentKind | Sort] = {**DOCUMENTS, **SORTS}
    yield from (f"{name} behöver {rows[name].needs}." for name in dict.fromkeys(documents) if rows[name].needs)


def offered(root: Path, wanted: Wanted) -> Iterator[str]:
    """What can be made, as lines: every document with its label, and then for each wanted plan how many of each it has
    use for today, and who may have a copy."""
    width = max(map(len, names()))
    yield from (f"{name:<{width}}  {label}" for name, label in names().items())
    if not root.is_dir():
        return
    ids = _ids(wanted.plans, root)
    gathered = gather(root, wanted.today, "private", wanted.reader, ids)
    if gathered.errors or gathered.refusals:
        yield f"\n{refused(gathered.refusals) if gathered.refusals else 'Planerna har fel. Skriv: ipsite check'}"
        return
    for plan in (plan for plan in gathered.plans if not ids or plan.id in ids):
        yield f"\n{plan.id}: {plan.title}"
        counts = {name: len(list(row.of(plan, wanted.today))) for name, row in DOCUMENTS.items()}
        counts |= {name: len(list(sort.make(plan, wanted.today))) for name, sort in SORTS.items()}
        yield "  Kan göras i dag: " + ", ".join(f"{name} ({count})" for name, count in counts.items() if count)
        readers = (
            [key for key in plan.people if isinstance(copy_for(plan, key, wanted.today), Plan)] if plan.own else []
        )
        if readers:
            yield f"  Kan få ett eget exemplar (--for): {', '.join(readers)}"


def _saved(folder: Path, made: list[tuple[str, bytes]]) -> list[Path]:
    """Save all or none: Ctrl-C comes too late here."""
    saved: list[Path] = []
    with undisturbed():
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
