"""How long a site of plans takes to build, against plain MkDocs and Zensical on the same pages as Markdown, in one run.

    python benchmarks/site.py [--sizes 1,100,1000] [--runs 1] [--zensical PATH/TO/zensical]

No papers are made. Ratios are what counts: the seconds and the megabytes are this machine's.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import portfolio

DAY = "2026-11-22"
OURS = [sys.executable, "-m", "ipsite", "build", "--no-pdf", "--today", DAY]
BAR = 40  # characters for the longest bar of the plot


class Cost(NamedTuple):
    """What a command takes: seconds, seconds of processor, and megabytes at most."""

    seconds: float
    processor: float
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
    return Cost(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(measure: Callable[[], Cost], runs: int) -> Cost:
    """The middle of several measurements."""
    return Cost(*map(statistics.median, zip(*(measure() for _ in range(runs)), strict=True)))


def as_markdown(page: str) -> str:
    """The words of a page that we have built, as somebody would write them in Markdown: headings, lists, tables."""
    body = page.partition('<div class="ip-plan')[2].partition("</article>")[0].partition(">")[2]
    for pattern, text in (
        (r"\n", " "), (r"<h([1-6])[^>]*>(.*?)</h\1>", lambda m: f"\n\n{'#' * int(m[1])} {m[2]}\n\n"),
        (r"<li[^>]*>(.*?)</li>", r"\n- \1"), (r"<caption>(.*?)</caption>", r"\n\n\1\n\n"),
        (r"</thead>", "\n|---|---|---|---|---|"), (r"<tr[^>]*>", "\n|"), (r"</t[dh]>", "|"), (r"<br>", " "),
        (r"</?(?:p|ul|ol|section|table|div|blockquote)\b[^>]*>", "\n\n"), (r"<[^>]+>", ""),
    ):  # fmt: skip
        body = re.sub(pattern, text, body)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", html.unescape(body))).strip() + "\n"


def peer_of(folder: Path, site: Path) -> Path:
    """A project for MkDocs alone with the pages of our `site` as Markdown."""
    portfolio.plain_project(folder, 0)
    for page in sorted(site.rglob("index.html")):
        path = folder / "docs" / page.relative_to(site).with_suffix(".md")
        if path.parent != folder / "docs":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_markdown(page.read_text("utf-8")), "utf-8")
    return folder


def ours(folder: Path, runs: int) -> dict[str, Cost]:
    """What our builds take: from nothing, when nothing has changed, and when one plan has."""
    plan = folder / "plans" / "del-000" / "plan-00000.yaml"
    text = plan.read_text("utf-8")

    def cold() -> Cost:
        for made in ("site", ".ipsite"):
            shutil.rmtree(folder / made, ignore_errors=True)
        return cost(OURS, folder)

    def changed() -> Cost:
        plan.write_text(text.replace("Alva Lindberg 0", f"Alva {time.perf_counter_ns()}"), "utf-8")
        return cost(OURS, folder)

    made = {"från början": median(cold, runs), "inget ändrat": median(lambda: cost(OURS, folder), runs)}
    return made | {"en plan ändrad": median(changed, runs)}


def measured(size: int, runs: int, zensical: str) -> dict[str, Cost]:
    """All that is measured for a portfolio of `size` plans."""
    with tempfile.TemporaryDirectory() as name:
        project = portfolio.project(Path(name, "ours"), size)
        made = {f"ipsite, {what}": taken for what, taken in ours(project, runs).items()}
        peer = peer_of(Path(name, "peer"), project / "site")
        plain = [sys.executable, "-m", "mkdocs", "--quiet", "build"]
        made["MkDocs och Material"] = median(lambda: cost(plain, peer), runs)
        if zensical:
            made["Zensical"] = median(lambda: cost([zensical, "build", "--clean"], peer), runs)
    return made


def main() -> None:
    """Measure each size and print a table and a plot."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="1,100,1000")
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--zensical", default="")
    given = options.parse_args()
    print("| planer | vad | s | processor, s | gånger så fort som MkDocs | MB |\n|---|---|---|---|---|---|")
    rows = []
    for size in map(int, given.sizes.split(",")):
        made = measured(size, given.runs, given.zensical)
        plain = made["MkDocs och Material"].seconds
        for what, (seconds, processor, memory) in made.items():
            ratio = plain / seconds
            print(f"| {size} | {what} | {seconds:.2f} | {processor:.2f} | {ratio:.1f} | {memory:.0f} |", flush=True)
            rows.append((f"{size} {what}", seconds))
    longest = max(seconds for _, seconds in rows)
    print()
    for what, seconds in rows:
        print(f"{what:<34} {'█' * max(1, round(BAR * seconds / longest))} {seconds:.2f} s")


if __name__ == "__main__":
    main()
