"""Portfolios of any size for the benchmarks: copies of `plan.yaml`, each with a name of its own."""

from __future__ import annotations

from pathlib import Path

PLAN = Path(__file__).with_name("plan.yaml")


def make(folder: Path, count: int) -> Path:
    """Write `count` plans under `folder`/plans, a hundred to a folder, and give that folder."""
    text = PLAN.read_text("utf-8")
    root = folder / "plans"
    for number in range(count):
        file = root / f"del-{number // 100:03}" / f"plan-{number:05}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("Alva Lindberg", f"Alva Lindberg {number}"), "utf-8")
    return root
