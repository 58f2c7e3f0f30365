"""How fast plans are checked, against check-jsonschema on the same plans in the same run.

    python benchmarks/check.py --peer PATH/TO/check-jsonschema [--plans 1000] [--large 10000] [--runs 3]

We read with places, check the schema, references and all rules; the peer reads and checks the schema.
Ratios are what counts: the seconds are this machine's.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import portfolio

SCHEMA = Path(__file__).parent.parent / "schema" / "individuell-plan.schema.json"


def seconds(command: list[str]) -> float:
    """How long a command takes. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


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
        pairs = [(seconds([*ours, str(root)]), seconds(peer)) for _ in range(given.runs)]
        own, other = (statistics.median(side) for side in zip(*pairs, strict=True))
        print(f"{given.plans} planer, median av {given.runs}: ipsite {own:.2f} s, check-jsonschema {other:.2f} s")
        print(f"kvot {other / own:.1f}")
        one = seconds([*ours, files[0]])
        print(f"en plan, hela kommandot: {one:.2f} s")
        large = portfolio.make(Path(folder, "large"), given.large)
        took = seconds([*ours, str(large)])
        print(f"{given.large} planer: {took:.1f} s, {given.large / took:.0f} planer i sekunden")


if __name__ == "__main__":
    main()
