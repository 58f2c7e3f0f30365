"""How long it takes from a saved plan to the new page in `ipsite serve`, against a saved page in plain `mkdocs serve`.

    python benchmarks/serve.py [--plans 5] [--pages 25] [--runs 7]

Both servers show a site with the same pages in docs/. Ours has plans beside them. A file is saved, and the page is
asked for again and again until it is the new one. The seconds are this machine's.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import portfolio


def fetched(address: str) -> str:
    """A page, or "" as long as there is none."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read().decode("utf-8")
    except (urllib.error.URLError, ConnectionError):
        return ""


def until(address: str, word: str) -> float:
    """The moment when a page holds `word`."""
    end = time.perf_counter() + 120
    while time.perf_counter() < end:
        if word in fetched(address):
            return time.perf_counter()
        time.sleep(0.005)
    raise TimeoutError(address)


@contextmanager
def server(module: str, folder: Path) -> Iterator[str]:
    """`ipsite serve` or `mkdocs serve` of the project in `folder`, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = ["--port", str(port)] if module == "ipsite" else ["--dev-addr", f"127.0.0.1:{port}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "true"}
    process = subprocess.Popen([sys.executable, "-m", module, "serve", *where], cwd=folder, env=environment, **quiet)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def measured(module: str, folder: Path, page: str, save: Callable[[str], None], runs: int) -> float:
    """The median of the seconds from a save to the new page."""
    took = []
    with server(module, folder) as address:
        until(f"{address}{page}", "</html>")
        time.sleep(2)
        for number in range(runs):
            word = f"Ord{number}x"
            time.sleep(0.7 + number * 0.13)  # no two saves at the same beat of a watcher
            start = time.perf_counter()
            save(word)
            took.append(until(f"{address}{page}", word) - start)
    return statistics.median(took)


def main() -> None:
    """Measure a plan and a page in ours and a page in MkDocs, and print medians."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--plans", type=int, default=5)
    options.add_argument("--pages", type=int, default=25)
    options.add_argument("--runs", type=int, default=7)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        ours, plain = portfolio.project(Path(name, "ours"), given.plans, given.pages), Path(name, "plain")
        portfolio.plain_project(plain, given.pages)
        plan, page, other = ours / "plans/del-000/plan-00000.yaml", ours / "docs/sida-0.md", plain / "docs/sida-0.md"
        text = plan.read_text("utf-8")

        def save_plan(word: str) -> None:
            plan.write_text(text.replace("Alva Lindberg 0", f"Alva {word}"), "utf-8")

        shown = "planer/del-000/plan-00000/index.html"
        of_plan = measured("ipsite", ours, shown, save_plan, given.runs)
        of_page = measured(
            "ipsite", ours, "sida-0/", lambda word: (page.write_text(f"# {word}\n", "utf-8"), None)[1], given.runs
        )
        of_mkdocs = measured(
            "mkdocs", plain, "sida-0/", lambda word: (other.write_text(f"# {word}\n", "utf-8"), None)[1], given.runs
        )
    print(f"{given.plans} planer, {given.pages} sidor i docs, median av {given.runs}")
    print(f"ipsite serve, en plan sparas: {of_plan:.2f} s")
    print(f"ipsite serve, en sida sparas: {of_page:.2f} s")
    print(f"mkdocs serve, en sida sparas: {of_mkdocs:.2f} s")


if __name__ == "__main__":
    main()
