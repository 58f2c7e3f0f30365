"""Portfolios of any size for the benchmarks: copies of `plan.yaml`, each with a name of its own."""

from __future__ import annotations

import random
import re
from pathlib import Path

PLAN = Path(__file__).with_name("plan.yaml")
INFORMATION = Path(__file__).parent.parent / "docs" / "narstaende.md"  # a page of information like any other
CONFIG = """\
site_name: Planer
theme: {name: material, language: sv, font: false, palette: {scheme: default, primary: custom, accent: custom}}
plugins:
  - material/search: {lang: sv}
nav: [Start: index.md]
not_in_nav: /*
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, toc]
extra: {generator: false}
"""


_FIELDS = "vad|mål|mina_ord|lättläst|hände|så_märks_det|roll|plats|syfte|kommentar|kan"
_FREE = re.compile(rf"^(\s*(?:- )?(?:{_FIELDS}): )([^\[{{>|].*)$")
_LONG = re.compile(r"[a-zåäö]{4,}")


def varied(text: str, number: int) -> str:
    """The plan with other words in what people write freely, so that no two plans say the same: else what is kept of
    one word would serve them all."""
    chance = random.Random(number)  # the same plans every time

    def word(match: re.Match[str]) -> str:
        return re.sub("[aeiouyåäö]", lambda _: chance.choice("aeiouyåäö"), match[0])

    lines = (_FREE.match(line) or line for line in text.splitlines())
    return "\n".join(line if isinstance(line, str) else line[1] + _LONG.sub(word, line[2]) for line in lines) + "\n"


def make(folder: Path, count: int) -> Path:
    """Write `count` plans under `folder`/plans, a hundred to a folder, and give that folder."""
    text = PLAN.read_text("utf-8")
    root = folder / "plans"
    for number in range(count):
        file = root / f"del-{number // 100:03}" / f"plan-{number:05}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        named = text.replace("Alva Lindberg", f"Alva Lindberg {number}")
        file.write_text(varied(named, number) if number else named, "utf-8")
    return root


def project(folder: Path, plans: int, pages: int = 0) -> Path:
    """A whole project with `plans` plans and `pages` pages beside the first, and its folder."""
    plain_project(folder, pages)
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins:\n", "plugins:\n  - ipsite\n"), "utf-8")
    make(folder, plans)
    return folder


def plain_project(folder: Path, pages: int) -> Path:
    """The same without plans and without ipsite: MkDocs and Material alone."""
    (folder / "docs").mkdir(parents=True)
    (folder / "plans").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (folder / "docs" / "index.md").write_text("# Start\n\nHej.\n", "utf-8")
    text = INFORMATION.read_text("utf-8").partition("---\n\n")[2]
    for number in range(pages):
        (folder / "docs" / f"sida-{number}.md").write_text(re.sub(r"\]\([^)]*\)", "](index.md)", text), "utf-8")
    return folder
