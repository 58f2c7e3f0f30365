"""How long a site of plans takes to build, against plain MkDocs and Zensical on the same pages as Markdown, in one run.

    python benchmarks/site.py [--sizes 100,1000] [--alone 1,10000] [--family] [--runs 3] [--zensical PATH/TO/zensical]

No papers are made. Ratios are what counts: the seconds and the megabytes are this machine's. Seconds are by the clock,
since one of the two builds with every core; megabytes are those of the process that needs most.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import portfolio

DAY = "2026-11-22"
OURS = [sys.executable, "-m", "ipsite", "build", "--no-pdf", "--today", DAY]
WORDS = "Ansöka om bostad"  # in the plan of the benchmarks, a task
BAR = 40  # characters for the longest bar of the plot


class Cost(NamedTuple):
    """What a command takes: seconds, and megabytes at most."""

    seconds: float
    memory: float


def cost(command: list[str], folder: Path) -> Cost:
    """Run a command to its end. Raises RuntimeError when it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            command, cwd=folder, stdout=told, stderr=told, env={**os.environ, "NO_MKDOCS_2_WARNING": "true"}
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - start
        if process.returncode:
            told.seek(0)
            raise RuntimeError(told.read().decode("utf-8", "replace"))
    return Cost(took, used.ru_maxrss / 1024)


def median(measure: Callable[[], Cost], runs: int) -> Cost:
    """The middle of several measurements."""
    return Cost(*map(statistics.median, zip(*(measure() for _ in range(runs)), strict=True)))


def as_markdown(page: str, *, drawn: bool) -> str:
    """A page that we have built, as somebody would write it in Markdown: headings, lists, tables, bold words and links
    between pages; and its drawings, as SVG between the lines, if they are wanted."""
    drawings: list[str] = []

    def aside(match: re.Match[str]) -> str:
        drawings.append(f"<div>{match[0]}</div>" if drawn else "")
        return f"RITNING{len(drawings) - 1}X"

    body = page.partition('<div class="ip-plan')[2].partition("</article>")[0].partition(">")[2]
    for pattern, text in (
        (r"(?s)<svg xmlns.*?</svg>", aside),
        (r"\n", " "), (r"<strong>(?=\S)(.*?)(?<=\S)</strong>", r"**\1**"),
        (r'<a\b[^>]*\bhref="([^":]*)index\.html(#[^"]*)?"[^>]*>(.*?)</a>', r"[\3](\1index.md\2)"),
        (r'<a\b[^>]*\bhref="(#[^"]*)"[^>]*>(.*?)</a>', r"[\2](\1)"),
        (r"<h([1-6])[^>]*>(.*?)</h\1>", lambda m: f"\n\n{'#' * int(m[1])} {m[2]}\n\n"),
        (r"<li[^>]*>(.*?)</li>", r"\n- \1"), (r"<caption>(.*?)</caption>", r"\n\n\1\n\n"),
        (r"</thead>", "\n|---|---|---|---|---|"), (r"<tr[^>]*>", "\n|"), (r"</t[dh]>", "|"), (r"<br>", " "),
        (r"</?(?:p|ul|ol|section|table|div|blockquote)\b[^>]*>", "\n\n"), (r"<[^>]+>", ""),
    ):  # fmt: skip
        body = re.sub(pattern, text, body)
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", html.unescape(body))).strip() + "\n"
    return re.sub(r"\s*RITNING(\d+)X\s*", lambda match: f"\n\n{drawings[int(match[1])]}\n\n", text)


def peer_of(folder: Path, site: Path, *, drawn: bool) -> Path:
    """A project for MkDocs alone with the pages of our `site` as Markdown."""
    portfolio.plain_project(folder, 0)
    for page in sorted(site.rglob("index.html")):
        path = folder / "docs" / page.relative_to(site).with_suffix(".md")
        if path.parent != folder / "docs":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_markdown(page.read_text("utf-8"), drawn=drawn), "utf-8")
    return folder


def fresh(command: list[str], folder: Path) -> Cost:
    """What a command takes that has not built there before. What it made the last time is put aside and not removed: a
    disk may take long to give out again what has just been given back, and that is no part of a first build."""
    for made in ("site", ".ipsite", ".cache"):
        if (folder / made).exists():
            aside = folder.parent / "borta" / f"{time.perf_counter_ns()}"
            aside.parent.mkdir(exist_ok=True)
            (folder / made).rename(aside)
    return cost(command, folder)


def ours(folder: Path, runs: int) -> dict[str, Cost]:
    """What our builds take: from nothing, when nothing has changed, and when the text of one plan has."""
    plan = folder / "plans" / "del-000" / "plan-00000.yaml"
    text = plan.read_text("utf-8")

    def changed() -> Cost:
        plan.write_text(text.replace(WORDS, f"{WORDS} {time.perf_counter_ns()}"), "utf-8")
        return cost(OURS, folder)

    made = {
        "från början": median(lambda: fresh(OURS, folder), runs),
        "inget ändrat": median(lambda: cost(OURS, folder), runs),
    }
    made["en plan ändrad, första gången"] = changed()  # gives the files of the site a second name
    return made | {"en plan ändrad": median(changed, runs)}


def theirs(folder: Path, site: Path, runs: int, zensical: str) -> dict[str, Cost]:
    """What the peers take with the pages of our `site` as Markdown."""
    plain = [sys.executable, "-m", "mkdocs", "--quiet", "build"]
    drawn, words = (peer_of(folder / name, site, drawn=name == "drawn") for name in ("drawn", "words"))
    made = {
        "MkDocs och Material": median(lambda: fresh(plain, drawn), runs),
        "MkDocs och Material, utan ritningar": median(lambda: fresh(plain, words), runs),
    }
    try:
        if zensical:
            made["Zensical"] = median(lambda: fresh([zensical, "build", "--clean"], drawn), runs)
    except RuntimeError as error:  # it has limits of its own
        print(f"Zensical byggde inte: {str(error).strip().splitlines()[-1]}", file=sys.stderr)
    return made


def measured(size: int, runs: int, zensical: str, *, alone: bool) -> dict[str, Cost]:
    """All that is measured for a portfolio of `size` plans."""
    with tempfile.TemporaryDirectory() as name:
        project = portfolio.project(Path(name, "ours"), size)
        made = {f"ipsite, {what}": taken for what, taken in ours(project, runs).items()}
        return made if alone else made | theirs(Path(name), project / "site", runs, zensical)


def family(runs: int) -> dict[str, Cost]:
    """A site of five plans and thirty pages, and MkDocs alone on the same pages."""
    with tempfile.TemporaryDirectory() as name:
        project = portfolio.project(Path(name, "ours"), 5, 29)
        made = {f"ipsite, {what}": taken for what, taken in ours(project, runs).items()}
        plain = portfolio.plain_project(Path(name, "plain"), 29)
        command = [sys.executable, "-m", "mkdocs", "--quiet", "build"]
        return made | {"MkDocs och Material, utan planer": median(lambda: fresh(command, plain), runs)}


def told(size: str, made: dict[str, Cost]) -> Iterator[tuple[str, float]]:
    """Print the rows of a table, and give what the plot shows."""
    plain = next((taken.seconds for what, taken in made.items() if what.startswith("MkDocs")), None)
    for what, (seconds, memory) in made.items():
        ratio = f"{plain / seconds:.1f}" if plain else "–"
        print(f"| {size} | {what} | {seconds:.2f} | {ratio} | {memory:.0f} |", flush=True)
        yield f"{size} {what}", seconds


def main() -> None:
    """Measure all that is asked for and print a table and a plot."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="100,1000", help="plans, with the peers")
    options.add_argument("--alone", default="", help="plans, without the peers")
    options.add_argument("--family", action="store_true", help="five plans and thirty pages")
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--zensical", default="")
    given = options.parse_args()
    print("| planer | vad | s | gånger så fort som MkDocs | MB |\n|---|---|---|---|---|")
    rows: list[tuple[str, float]] = []
    if given.family:
        rows += told("familj", family(given.runs))
    for sizes, alone in ((given.sizes, False), (given.alone, True)):
        for size in filter(None, sizes.split(",")):
            rows += told(size, measured(int(size), given.runs, given.zensical, alone=alone))
    longest = max(seconds for _, seconds in rows)
    print()
    for what, seconds in rows:
        print(f"{what:<45} {'█' * max(1, round(BAR * seconds / longest))} {seconds:.2f} s")


if __name__ == "__main__":
    main()
