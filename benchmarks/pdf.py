"""How many papers are made in a second, against others on the same plans in the same run.

    python benchmarks/pdf.py [--plans 24] [--runs 1] [--peers PATH/TO/venv/bin] [--chromium PATH]

Three papers of each plan. Against plain WeasyPrint, one document at a time with nothing shared, and Typst: the papers
alone. Against two plugins of MkDocs: the whole site with its papers. The peers have a venv of their own:

    pip install mkdocs-material mkdocs-pdf-export-plugin==0.5.10 mkdocs-exporter==6.2.0 typst weasyprint==70.0

Ratios are what counts: the seconds are this machine's.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import papers

_SET_CHILD_SUBREAPER = 36
BAR = 40  # characters for the longest bar of the plot
PLAIN = "WeasyPrint, ett dokument i taget"


# --- What is measured; each runs in a process of its own ------------------------------------------------------------


def ours(root: Path, jobs: str, store: str) -> int:
    """The papers of the plans under `root`; how many."""
    from ipsite import printing
    from ipsite.settings import Settings

    gathered = papers.gathered_of(root)
    settings = Settings(papers.day(), jobs=int(jobs), store=Path(store) if store else None)
    plans = ((plan, gathered.images.get(plan.id)) for plan in gathered.plans)
    return len(list(printing.papers(plans, len(gathered.plans), settings, papers.NAMES)))


def plain(folder: Path) -> int:
    """The same HTML by WeasyPrint, as its documentation tells."""
    import weasyprint

    package = Path(__file__).parent.parent / "ipsite"
    styles = [package / "theme" / "assets" / "ipsite" / "tokens.css", package / "paper" / "paper.css"]
    pages = sorted(folder.glob("*.html"))
    for page in pages:
        weasyprint.HTML(string=page.read_text("utf-8")).write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    return len(pages)


def typeset(page: Path) -> bytes:
    """One paper by Typst."""
    import typst

    return typst.compile(str(page), pdf_standards="ua-1")


def typst(folder: Path, jobs: str) -> int:
    """The same words by Typst, with as many processes as we have workers."""
    pages = sorted(folder.glob("*.typ"))
    if int(jobs) == 1:
        return sum(1 for page in pages if typeset(page))
    with ProcessPoolExecutor(int(jobs), get_context("spawn")) as pool:
        return sum(1 for made in pool.map(typeset, pages, chunksize=4) if made)


# --- How it is measured ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cost:
    """How many papers; the seconds they took by the clock, and of processor in all processes together; and the most
    memory that one process had, in MB."""

    papers: int
    seconds: float
    processor: float
    memory: float

    @property
    def speed(self) -> float:
        """Papers in a second."""
        return self.papers / self.seconds


def cost(command: list[str], folder: Path, count: Callable[[str], int]) -> Cost:
    """Run a command to its end. Raises RuntimeError when it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        process = subprocess.Popen(
            command, cwd=folder, stdout=told, stderr=told, env={**os.environ, "NO_MKDOCS_2_WARNING": "true"}
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds, all_used = time.perf_counter() - start, [used]
        process.returncode = os.waitstatus_to_exitcode(status)
        with suppress(ChildProcessError):
            while True:  # the processes that it started come to us when it ends
                all_used.append(os.wait4(-1, 0)[2])
        told.seek(0)
        words = told.read()
    if process.returncode or not count(words):
        raise RuntimeError(f"{command}: {words}")
    processor = sum(one.ru_utime + one.ru_stime for one in all_used)
    return Cost(count(words), seconds, processor, max(one.ru_maxrss for one in all_used) / 1024)


def become_heir() -> None:
    """Let processes whose own parent has ended be ours, so that their time is counted. Linux only."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def alone(python: str, what: Callable[..., int], *given: object) -> Callable[[], Cost]:
    """Measures one of the functions above, in a process of its own."""
    command = [python, __file__, "--measure", what.__name__, *map(str, given)]
    return lambda: cost(command, Path(), lambda words: int(words.split()[-1]))


def built(command: list[str], folder: Path) -> Callable[[], Cost]:
    """Measures a whole site with its papers, from nothing."""

    def measure() -> Cost:
        for made in ("site", ".ipsite"):
            shutil.rmtree(folder / made, ignore_errors=True)
        return cost(command, folder, lambda _: len(list((folder / "site").rglob("*.pdf"))))

    return measure


def measures(folder: Path, root: Path, peers: Path | None) -> dict[str, Callable[[], Cost]]:
    """All that is measured, by name, in the order that it is run."""
    store, plan = folder / "store", next(root.rglob("*.yaml"))
    warm = alone(sys.executable, ours, root, 2, store)

    def kept() -> Cost:
        if not store.exists():
            warm()  # makes them, reads them through and keeps them
        return warm()

    def changed() -> Cost:
        plan.write_text(plan.read_text("utf-8").replace("Alva", "Ylva", 1), "utf-8")
        return warm()

    made = {
        "ipsite, en process": alone(sys.executable, ours, root, 1, ""),
        "ipsite, två processer": alone(sys.executable, ours, root, 2, ""),
        PLAIN: alone(sys.executable, plain, folder / "html"),
    }
    if peers:
        for jobs in (1, 2):
            name = f"Typst, {('en process', 'två processer')[jobs - 1]}"
            made[name] = alone(str(peers / "python"), typst, folder / "typst", jobs)
        build = ["-m", "mkdocs", "--quiet", "build"]
        made["webbplats: ipsite"] = built(
            [sys.executable, "-m", "ipsite", "build", "--jobs", "2", "--today", papers.DAY], folder / "ours"
        )
        made["webbplats: mkdocs-pdf-export-plugin"] = built([str(peers / "python"), *build], folder / "export")
        made["webbplats: mkdocs-exporter"] = built([str(peers / "python"), *build], folder / "exporter")
    return made | {
        "ipsite, allt i mellanlagret": kept,
        "ipsite, en plan ändrad": changed,
    }


def told(made: dict[str, list[Cost]]) -> None:
    """Print a table of medians, and a plot."""
    middle = {
        name: Cost(
            runs[0].papers,
            statistics.median(run.seconds for run in runs),
            statistics.median(run.processor for run in runs),
            max(run.memory for run in runs),
        )
        for name, runs in made.items()
    }
    print("| vad | papper | s | processor, s | papper i sekunden | gånger så fort som WeasyPrint | MB |")
    print("|---|---|---|---|---|---|---|")
    for name, run in middle.items():
        ratio = run.speed / middle[PLAIN].speed
        took = f"{run.seconds:.1f} | {run.processor:.1f} | {run.speed:.1f} | {ratio:.1f}"
        print(f"| {name} | {run.papers} | {took} | {run.memory:.0f} |")
    print()
    longest = max(run.seconds / run.papers for run in middle.values())
    for name, run in middle.items():
        each = run.seconds / run.papers
        print(f"{name:<36} {'█' * max(1, round(BAR * each / longest))} {1000 * each:.0f} ms för varje papper")


def main() -> None:
    """Write the same papers for all, let each make them in turn, and print what it took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--plans", type=int, default=24)
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--peers", type=Path)
    options.add_argument("--chromium", default=shutil.which("chromium") or "")
    options.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        name, where, *more = given.measure
        print({"ours": ours, "plain": plain, "typst": typst}[name](Path(where), *more))
        return
    become_heir()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = papers.write(folder, given.plans, given.chromium)
        runs: dict[str, list[Cost]] = {}
        for _ in range(given.runs):
            for what, measure in measures(folder, root, given.peers and given.peers.absolute()).items():
                runs.setdefault(what, []).append(measure())
                print(f"{what}: {runs[what][-1].seconds:.1f} s", file=sys.stderr, flush=True)
    told(runs)


if __name__ == "__main__":
    main()
