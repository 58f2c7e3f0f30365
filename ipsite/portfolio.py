"""Which plan files there are: a folder → its plans' files and identities."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ipsite import faults
from ipsite.problem import START, Problem
from ipsite.slug import slug

SUFFIX = ".yaml"
DOCUMENT = "IP052"  # the code of the tip about a text document among the plans
_ID = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
_DOCUMENT = re.compile(r"\.(?:docx?|odt|rtf|pages|pdf|xlsx?|ods)\Z", re.IGNORECASE)
_OF_TEXT = re.compile(r"(?!~\$).*\.(?:docx?|odt|rtf|pages)\Z", re.IGNORECASE)  # Word's own locks begin with ~$
_COPY = re.compile(r"\b(?:kopia|copy|backup)\b|\(\d+\)", re.IGNORECASE)  # as systems and people name one
_MEANT = re.compile(r"\.ya?ml(?:\.(?:txt|rtf|docx?|odt))?\Z", re.IGNORECASE)  # Notepad adds .txt, TextEdit .rtf


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan file: where it lies, its name in messages, and its id (`plan-a/ip-2026`)."""

    path: Path
    file: str
    id: str


def root_of(path: Path) -> Path:
    """The folder that plan ids under `path` are counted from.

    The nearest folder called `plans` that is or holds `path`, or that of the project there; else the folder itself.
    """
    folder = path if path.is_dir() else path.parent
    resolved = folder.resolve()
    for candidate in (resolved, *resolved.parents):
        if candidate.name == "plans":
            return candidate
    own = folder / "plans"
    return own if own.is_dir() and (folder / "mkdocs.yml").is_file() else folder


def root_around(path: Path, plans: Path | None) -> Path:
    """The folder that plan ids under `path` are counted from, when that of the project's plans is known to be `plans`:
    it may be called something else."""
    return root_of(plans if plans and path.resolve().is_relative_to(plans.resolve()) else path)


def find(root: Path) -> tuple[list[PlanFile], list[Problem]]:
    """All plan files under `root`, by id, and problems with names and links that cannot be plans. A text document is
    only a tip: it may lie there, but somebody may think that it is a plan."""
    found: list[PlanFile] = []
    problems: list[Problem] = []
    for path in _candidates(root, problems):
        plan_id = path.relative_to(root).with_suffix("").as_posix()
        file = shown(path)
        if not is_meant(path.name):
            problems.append(_document(file))
        elif _leads_out(path, root):
            problems.append(faults.file_problem("IP013", file))
        elif path.suffix != SUFFIX or not is_id(plan_id):
            problems.append(misnamed(path, root))
        else:
            found.append(PlanFile(path, file, plan_id))
    return sorted(found, key=lambda plan: plan.id), problems


def by_id(root: Path) -> dict[str, Path]:
    """The files of the plans under `root`, by the plans' ids."""
    return {file.id: file.path for file in find(root)[0]}


def named(name: str, root: Path) -> Path | None:
    """The file of the plan that somebody means by `name`: the way to it from here, or its id among the plans under
    `root`; the end of its name may be left out. None when there is no such file."""
    stem = _MEANT.sub("", name)
    ways = (Path(name), Path(stem + SUFFIX), root_of(root) / (stem + SUFFIX))
    return next((way for way in ways if os.path.isfile(way)), None)  # noqa: PTH113 - one that is too long is none


def folder_named(name: str, root: Path) -> Path | None:
    """The folder with plans under `root` that somebody means by `name`: the way to it, or to one around them all, from
    here, or the way to it from the folder of plans. None when there is no such folder."""
    base = root_of(root)
    top = base.resolve()
    for way in (Path(name), base / name):
        if os.path.isdir(way):  # noqa: PTH112 - one that is too long is none
            folder = way.resolve()
            if folder.is_relative_to(top) or top.is_relative_to(folder):
                return way
    return None


def id_of(path: Path, root: Path) -> str | None:
    """The id of the plan in a file; None if that is no plan under `root`."""
    base, file = root_of(root).resolve(), path.resolve()
    if not file.is_relative_to(base) or file.suffix != SUFFIX:
        return None
    plan_id = file.relative_to(base).with_suffix("").as_posix()
    return plan_id if is_id(plan_id) else None


def is_id(text: str) -> bool:
    """Whether a plan can have `text` as its id."""
    return _ID.fullmatch(text) is not None


def is_meant(name: str) -> bool:
    """Whether a file of this name is meant to be a plan, though its name may end wrongly."""
    return _MEANT.search(name) is not None


def _document(file: str) -> Problem:
    """What is told of a text document among the plans."""
    message = "Det här är ett dokument, till exempel från Word. Det räknas inte som en plan och visas inte för någon."
    hint = "Är det en plan, börja med «ipsite new NAMN» och kopiera in texten. Annars kan dokumentet ligga kvar."
    return Problem(DOCUMENT, "tips", file, *START, "", message, hint)


def misnamed(path: Path, root: Path) -> Problem:
    """The problem with the name of a file or folder that cannot be a plan's, and the nearest name that can."""
    if _DOCUMENT.search(path.name):
        return faults.file_problem("IP051", shown(path))
    problem = faults.file_problem("IP014", shown(path))
    if is_meant(path.name) and path.suffix.lower() == ".txt":
        problem = replace(
            problem,
            message="Filens namn slutar på .txt, så den räknas inte som en plan. Datorn kanske döljer «.txt».",
            hint="Låt Utforskaren visa filnamnstillägg, och ta bort «.txt» sist i namnet. "
            "I Anteckningar väljer du «Alla filer» när du sparar.",
        )
    right = _right_name(path, root)
    if not right:
        return problem
    if (root / right).exists():
        taken = f"Det finns redan en plan som heter «{right}». Är den här filen en kopia, flytta den ut ur «plans»."
        return replace(problem, hint=f"{taken} {problem.hint}")
    copied = "Är filen en kopia, flytta den ut ur «plans». " if _COPY.search(path.name) else ""
    return replace(problem, hint=f"{copied}Byt {'annars ' if copied else ''}namn till «{right}». {problem.hint}")


def _right_name(path: Path, root: Path) -> str:
    """The way from `root` that says the same in signs that can be used; "" when it would say less."""
    folder, top = path.parent.resolve(), root.resolve()
    if not is_meant(path.name) or not folder.is_relative_to(top) or path.name == "mkdocs.yml":
        return ""
    place = folder.relative_to(top) / path.name
    parts = [*place.parts[:-1], _MEANT.sub("", path.name)]
    slugs = [slug(part) for part in parts]
    if any(_weight(part) != _weight(made) for part, made in zip(parts, slugs, strict=True)):
        return ""
    return "/".join(slugs) + SUFFIX


def _weight(name: str) -> int:
    return sum(map(str.isalnum, name))


def _candidates(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """The files under `root` that are meant to be plans, and documents that may be. What is hidden is passed over, as
    by all programs: editors and disks keep copies of their own so."""

    def unreadable(error: OSError) -> None:
        problems.append(faults.file_problem("IP001", shown(Path(error.filename))))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [Path(folder, name) for name in folders if Path(folder, name).is_symlink()]
        problems += [faults.file_problem("IP013", shown(link)) for link in links if _leads_out(link, root)]
        for name in sorted(names):
            if not name.startswith(".") and (is_meant(name) or _OF_TEXT.match(name)):
                yield Path(folder, name)


def _leads_out(path: Path, root: Path) -> bool:
    """Whether a path leads out of the folder that it was found in without following links: no other can."""
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(root.resolve())
    except RuntimeError:  # Python 3.11 and 3.12, for a link that leads to itself
        return True


def shown(path: Path) -> str:
    """A file's name as messages show it: from the current folder when it lies there.

    Signs that a terminal would obey or that are no text at all are shown as "�".
    """
    absolute = path.absolute()
    here = Path.cwd()
    name = (absolute.relative_to(here) if absolute.is_relative_to(here) else path).as_posix()
    return re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "�", name)
