"""The papers of a portfolio, and the same words as others would write them: for `pdf.py`.

Headings, paragraphs, lists and tables are kept. Drawings and boxes to tick are left out for the others.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import portfolio

NAMES = ("plan", "lattlast", "utvardering")  # the papers of each plan that are made
DAY = "2026-11-22"
_TYPST = re.compile(r"([\\#*_`$<>@~\[\]=+/-])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")
_BLOCK = re.compile(r"h\d|p|li|div|section|ul|ol|blockquote|caption|table|thead|tbody|tr|t[dh]")
_HIDDEN = re.compile(r'<span class="ip-plan-table__label">.*?</span>')
_SKIPPED = ("svg", "style", "title")
PROJECT = """\
site_name: Planer
theme: {name: material, language: sv, font: false}
markdown_extensions: [tables]
nav: [Start: index.md]
not_in_nav: /*
extra: {generator: false}
"""
EXPORTED = PROJECT + "plugins:\n  - pdf-export: {combined: false}\n"
EXPORTER = PROJECT + (
    "hooks: [browser.py]\nplugins:\n  - exporter: {formats: {pdf: {concurrency: 2, browser: {args: [--no-sandbox]}}}}\n"
)
BROWSER = """\
from playwright.async_api import BrowserType

plain = BrowserType.launch


async def launch(self, **options):
    return await plain(self, **options, executable_path=CHROMIUM)


BrowserType.launch = launch
"""


class _Words(HTMLParser):
    """Reads a paper into parts: what each is ("h2", "p", "li" or "table"), and its words, row by row in a table."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, list[list[str]]]] = []
        self.words: list[str] = []
        self.skipped = 0
        self.in_cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SKIPPED:
            self.skipped += 1
        elif tag == "br":
            self.words.append(" ")
        elif _BLOCK.fullmatch(tag):
            self._end("p")
        if tag == "table":
            self.parts.append(("table", []))
        elif tag == "tr":
            self.parts[-1][1].append([])
        self.in_cell |= tag in ("td", "th")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipped -= 1
        elif tag in ("td", "th"):
            self.in_cell = False
            self.parts[-1][1][-1].append(self._taken())
        elif _BLOCK.fullmatch(tag):
            self._end(tag if re.fullmatch(r"h\d|li", tag) else "p")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.words.append(data)

    def _taken(self) -> str:
        words, self.words = " ".join("".join(self.words).split()), []
        return words

    def _end(self, kind: str) -> None:
        if self.in_cell:
            self.words.append(" ")
        elif words := self._taken():
            # the words above a table come before it
            above = self.parts[-1:] == [("table", [])]
            self.parts.insert(len(self.parts) - above, (kind, [[words]]))


def parts(page: str, special: re.Pattern[str]) -> list[tuple[str, list[list[str]]]]:
    """What a paper says, part by part, tables as wide in every row, and what is `special` to who reads it escaped."""
    reader = _Words()
    reader.feed(_HIDDEN.sub("", page))
    made = []
    for kind, rows in reader.parts:
        width = max(map(len, rows))
        whole = [[*row, *[""] * (width - len(row))] for row in rows]
        made.append((kind, [[special.sub(r"\\\1", cell) for cell in row] for row in whole]))
    return made


def as_markdown(page: str) -> str:
    """A paper in Markdown."""
    made = []
    for kind, rows in parts(page, _MARKDOWN):
        if kind == "table":
            lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
            made.append("\n".join(f"| {' | '.join(row)} |" for row in lines))
        else:
            made.append(_start(kind, "#") + rows[0][0])
    return "\n\n".join(made) + "\n"


def as_typst(page: str, title: str) -> str:
    """A paper in Typst: A4, 12 points, in Swedish, with the number of each page."""
    made = [
        f'#set document(title: "{title}")\n#set page(paper: "a4", numbering: "1 av 1")\n#set text(12pt, lang: "sv")'
    ]
    for kind, rows in parts(page, _TYPST):
        if kind == "table":
            head, *body = (", ".join(f"[{cell}]" for cell in row) for row in rows)
            made.append(f"#table(columns: {len(rows[0])}, table.header({head}), {', '.join(body)})")
        else:
            made.append(_start(kind, "=") + rows[0][0])
    return "\n\n".join(made) + "\n"


def _start(kind: str, heading: str) -> str:
    """What a paragraph, an item or a heading begins with."""
    return f"{heading * int(kind[1])} " if kind[0] == "h" else {"p": "", "li": "- "}[kind]


def pages(root: Path) -> dict[str, str]:
    """The HTML of each paper of the plans under `root`, by name."""
    from ipsite import printing
    from ipsite.documents import DOCUMENTS
    from ipsite.render.paper import paper

    gathered = gathered_of(root)
    made = {}
    for plan in gathered.plans:
        for name in NAMES:
            for which, document in DOCUMENTS[name].of(plan, day(), printing.shown(plan, None)):
                made[f"{plan.id.replace('/', '-')}-{which}"] = paper(document)
    return made


def gathered_of(root: Path) -> object:
    """The plans under `root`, read and checked."""
    from ipsite.gather import gather

    return gather(root, day(), "private", "", [])


def day() -> object:
    """The day that all is made for."""
    from datetime import date

    return date.fromisoformat(DAY)


def write(folder: Path, count: int, chromium: str) -> Path:
    """Write everything that is measured under `folder`: `ours` with `count` plans, the papers as HTML, Markdown for two
    plugins of MkDocs, and Typst. The folder of plans."""
    root = portfolio.project(folder / "ours", count) / "plans"
    made = pages(root)
    for place in ("html", "typst", "export/docs", "exporter/docs"):
        (folder / place).mkdir(parents=True)
    (folder / "export" / "mkdocs.yml").write_text(EXPORTED, "utf-8")
    (folder / "exporter" / "mkdocs.yml").write_text(EXPORTER, "utf-8")
    (folder / "exporter" / "browser.py").write_text(BROWSER.replace("CHROMIUM", repr(chromium)), "utf-8")
    for docs in (folder / "export" / "docs", folder / "exporter" / "docs"):
        (docs / "index.md").write_text("# Start\n", "utf-8")
        for name, page in made.items():
            (docs / f"{name}.md").write_text(as_markdown(page), "utf-8")
    for name, page in made.items():
        (folder / "html" / f"{name}.html").write_text(page, "utf-8")
        (folder / "typst" / f"{name}.typ").write_text(as_typst(page, name), "utf-8")
    return root
