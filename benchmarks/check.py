"""How fast plans are checked, against check-jsonschema on the same plans in the same run.

    python benchmarks/check.py --peer PATH/TO/check-jsonschema [--plans 1000] [--large 10000] [--runs 3]

We read with places, check the schema, references and all rules; the peer reads and checks the schema.
Seconds of processor, so that what else the machine does counts less. Ratios are what counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import portfolio

SCHEMA = Path(__file__).parent.parent / "schema" / "individuell-plan.schema.json"


class Took(NamedTuple):
    """What a command took: seconds by the clock, seconds of processor, and the most memory it had, in MiB."""

    clock: float
    processor: float
    memory: float


def took(command: list[str]) -> Took:
    """Run a command and measure it. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return Took(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> None:
    """Run both in turn and print medians, the ratio, and plans per second of the large portfolio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peer", required=True)
    options.add_argument("--plans", type=int, default=1000)
    options.add_argument("--large", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    ours = [sys.executable, "-m", "ipsite", "check", "--format", "json", "--today", "2026-11-22"]
    with tempfile.TemporaryDirectory() as folder:
        root = portfolio.make(Path(folder, "small"), given.plans)
        files = sorted(str(file) for file in root.rglob("*.yaml"))
        peer = [given.peer, "--schemafile", str(SCHEMA), *files]
        pairs = [(took([*ours, str(root)]).processor, took(peer).processor) for _ in range(given.runs)]
        own, other = (statistics.median(side) for side in zip(*pairs, strict=True))
        print(f"{given.plans} planer, median av {given.runs}: ipsite {own:.2f} s, check-jsonschema {other:.2f} s")
        print(f"kvot {other / own:.1f}")
        print(f"en plan, hela kommandot: {took([*ours, files[0]]).processor:.2f} s")
        for count in (given.large // 4, given.large // 2, given.large):
            large = portfolio.make(Path(folder, f"large-{count}"), count)
            clock, processor, memory = took([*ours, str(large)])
            speed = f"{count / processor:.0f} planer på en sekund"
            print(f"{count} planer: {processor:.1f} s processor, {clock:.1f} s, {speed}, högst {memory:.0f} MiB")


if __name__ == "__main__":
    main()
