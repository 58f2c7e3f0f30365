"""For the tests of building: plans made by walking the schemas, small projects, and eyes for pages and papers."""

from __future__ import annotations

import fcntl
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from pypdf import PdfReader

from ipsite import dates, load, model
from ipsite.circles import by_person, places
from ipsite.problem import Problem
from ipsite.render.paper import paper
from ipsite.validate import restored, validate
from ipsite.views.blocks import Document
from ipsite.views.brief import brief
from ipsite.views.download import Download
from ipsite.views.overview import Overview, of_many, of_person, on_one_page
from ipsite.views.person_plans import Setting

ROOT = Path(__file__).parents[1]
PLANS = ROOT / "plans"
TODAY = date(2026, 11, 22)
EPOCH = "1795305600"  # the same day, as SOURCE_DATE_EPOCH says it

# --- Plans from the schemas ---------------------------------------------------------------------------------------

Way = tuple[str | int, ...]
SCHEMAS = {
    loaded["properties"]["slag"]["const"]: file.name
    for file in sorted((ROOT / "schema").glob("*.schema.json"))
    if "slag" in (loaded := json.loads(file.read_text("utf-8"))).get("properties", {})
}
KINDS = tuple(SCHEMAS)


class Walk:
    """A walk through the schema of a kind of plan, on its own legs: nothing of `ipsite.schema` is used.

    `plan` fills every field, and `words` holds, by place, what a reader must then meet.
    """

    def __init__(self, kind: str, folder: Path = ROOT / "schema", *, required_only: bool = False) -> None:
        self.folder = folder
        self.required_only = required_only
        self.words: dict[Way, str] = {}
        self.leaves: dict[Way, dict[str, Any]] = {}
        self.count = 0
        self.plan: dict[str, Any] = self._value((), {"$ref": SCHEMAS[kind] + "#"}, SCHEMAS[kind])

    def _value(self, way: Way, node: dict[str, Any], file: str) -> Any:
        node, file = self._resolved(node, file)
        if "properties" in node:
            return self._mapping(way, node, file)
        if node["type"] == "array":
            items = {**node["items"], **({"x-pekar": node["x-pekar"]} if "x-pekar" in node else {})}
            return [self._value((*way, number), items, file) for number in (0, 1)]
        self.leaves[way] = node
        return self._leaf(way, node)

    def _mapping(self, way: Way, node: dict[str, Any], file: str) -> dict[str, Any]:
        keys = list(node["properties"])
        if self.required_only:
            keys = [key for key in keys if key in node.get("required", ())] or keys[: node.get("minProperties", 0)]
        return {key: self._value((*way, key), node["properties"][key], file) for key in keys}

    def _resolved(self, node: dict[str, Any], file: str) -> tuple[dict[str, Any], str]:
        target = node.get("$ref") or (node["allOf"][0]["$ref"] if "allOf" in node else None)
        if target is None:
            return self._with_keys(node), file
        name, _, pointer = target.partition("#")
        found = json.loads((self.folder / (name or file)).read_text("utf-8"))
        for step in filter(None, pointer.split("/")):
            found = found[step]
        inner, inner_file = self._resolved(found, name or file)
        return {**inner, **{key: value for key, value in node.items() if key not in ("$ref", "allOf")}}, inner_file

    @staticmethod
    def _with_keys(node: dict[str, Any]) -> dict[str, Any]:
        """A mapping with free keys (`personer`) as one with two keys."""
        entry = node.get("additionalProperties")
        return {**node, "properties": {"en": entry, "två": entry}, "required": ["en"]} if entry else node

    def _leaf(self, way: Way, node: dict[str, Any]) -> Any:
        self.count += 1
        if "const" in node:
            return node["const"]
        if "enum" in node:
            return node["enum"][0]
        if "x-pekar" in node:
            section = "underskrifter" if way[-1] == 1 else "personer"  # a list names each section once
            return {"person": "en", "plan": "annan/plan", "avsnitt": section}[node["x-pekar"]]
        if node["type"] == "boolean":
            return True
        if node["type"] == "integer":
            return min(node["minimum"] + 1, node["maximum"])
        value, shown = self._text(node)
        self.words[way] = shown
        return value

    def _text(self, node: dict[str, Any]) -> tuple[str, str]:
        """A text that stands nowhere else, and what a reader sees of it."""
        day = date(2024, 1, 1) + timedelta(days=self.count)  # before TODAY: what is planned may have happened
        word = f"q{self.count:03}z"
        if node.get("format") == "date":
            return day.isoformat(), dates.day(day)
        if node.get("format") == "datum-tid":
            return f"{day} 13:05", dates.moment(datetime(day.year, day.month, day.day, 13, 5))
        if node.get("format") == "email":
            return f"{word}@example.com", f"{word}@example.com"
        if node.get("pattern", "").startswith("^https"):
            return f"https://example.com/{word}", f"https://example.com/{word}"
        if "jpe?g" in node.get("pattern", ""):
            return f"{word}.png", ""  # the name of a file is not for the reader
        return word, word


@cache
def _walk(kind: str) -> Walk:
    return Walk(kind)


def every_field(kind: str) -> tuple[dict[str, Any], dict[Way, str]]:
    """A plan of `kind` that fills every field, and the words that were planted in it, by place."""
    walk = _walk(kind)
    return deepcopy(walk.plan), {way: word for way, word in walk.words.items() if word}


def leaves(kind: str) -> dict[Way, dict[str, Any]]:
    """The schema of each value in the plan that fills every field."""
    return _walk(kind).leaves


@cache
def _smallest(kind: str) -> str:
    return json.dumps(Walk(kind, required_only=True).plan)


def smallest(kind: str = "individuell plan", **more: Any) -> dict[str, Any]:
    """A plan of `kind` with nothing but what the schema demands, and `more`."""
    return {**json.loads(_smallest(kind)), **more}


def put(data: Any, way: Way, value: Any) -> Any:
    """A copy of `data` with `value` at the place `way`."""
    if not way:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[way[0]] = put(data[way[0]], way[1:], value)
    return copy


def write_plan(path: Path, data: dict[str, Any]) -> Path:
    """A plan file; JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return path


def read_plan(folder: Path, data: dict[str, Any], plan_id: str = "vera/plan") -> model.Plan:
    """`data` as a plan, after the check of form that the program makes."""
    source, problems = load.read(write_plan(folder / f"{plan_id}.yaml", data), f"{plan_id}.yaml", plan_id)
    problems = [*problems, *(validate(source) if source else ())]
    if source is None or problems:
        raise AssertionError([(problem.where, problem.message) for problem in problems])
    return model.plan(restored(source))


# --- Small projects -----------------------------------------------------------------------------------------------

CONFIG = """\
site_name: Planer
theme: {name: material, language: sv, font: false, palette: {scheme: default, primary: custom, accent: custom}}
plugins:
  - material/search: {lang: sv}
  - ipsite: OPTIONS
nav: [Start: index.md, Planer: planer/index.md]
extra: {generator: false}
validation: {links: {not_found: warn, anchors: warn}}
"""


@dataclass
class Project:
    """A folder with `mkdocs.yml`, one page and plans."""

    folder: Path
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page("# Start\n\nHej.\n")
        self.configure(CONFIG)
        (self.folder / "plans").mkdir()

    @property
    def config(self) -> Path:
        return self.folder / "mkdocs.yml"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def configure(self, text: str) -> None:
        self.config.write_text(text.replace("OPTIONS", json.dumps(self.options)), "utf-8")

    def page(self, markdown: str, name: str = "index.md") -> None:
        file = self.folder / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(markdown, "utf-8")

    def plan(self, data: dict[str, Any], plan_id: str = "vera/plan") -> Path:
        return write_plan(self.folder / "plans" / f"{plan_id}.yaml", data)


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A Python module in a process of its own: `run("ipsite", "build", cwd=…)`."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "true", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=400,  # a machine may have much else to do
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, hidden ones too, and every empty folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if path.is_file() or not any(path.iterdir())
    }


def built_site(factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built once for all tests that read it, whichever process they run in."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    site, told = shared / "the-site", shared / "the-site.txt"
    with (shared / "the-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            arguments = ("build", "--site-dir", str(site), "--today", TODAY.isoformat(), "--jobs", "2")
            told.write_text(run("ipsite", *arguments, cwd=ROOT, PYTHONHASHSEED="1").stderr, "utf-8")
    if not site.exists():
        pytest.fail(f"the project's own site cannot be built:\n{told.read_text('utf-8')}", pytrace=False)
    return site


# --- Eyes for pages -----------------------------------------------------------------------------------------------


class Html:
    """A page or a part of one, parsed as a browser does it."""

    def __init__(self, text: str) -> None:
        self.root: Element = tinyhtml5.parse(text, namespace_html_elements=False)

    def all(self, *tags: str) -> Iterator[Element]:
        return (node for node in self.root.iter() if node.tag in tags)

    def with_class(self, name: str) -> list[Element]:
        return [node for node in self.root.iter() if name in node.get("class", "").split()]

    def with_id(self, name: str) -> Element | None:
        return next((node for node in self.root.iter() if node.get("id") == name), None)

    @property
    def text(self) -> str:
        return words_of(self.root)

    @property
    def ids(self) -> list[str]:
        return [value for node in self.root.iter() if (value := node.get("id")) is not None]

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(int(str(node.tag)[1]), words_of(node)) for node in self.all("h1", "h2", "h3", "h4", "h5", "h6")]

    def section(self, heading: str) -> Element:
        """The section that begins with `heading`."""
        for node in self.all("section"):
            if len(node) and words_of(node[0]) == heading:
                return node
        raise AssertionError(f"no section {heading!r}; there are {self.headings}")


def words_of(node: Element) -> str:
    """What a reader of the part meets, with single spaces; also what pictures say in words."""
    return " ".join("".join(_texts(node)).split())


def _texts(node: Element) -> Iterator[str]:
    if node.tag in ("br", "p", "li", "td", "th", "h1", "h2", "h3", "h4", "caption"):
        yield " "
    yield node.get("alt", "")
    if str(node.tag).endswith("}svg"):  # a drawing: what stands in it is not read
        yield f" {node.get('aria-label', '')} "
        return
    yield node.text or ""
    for child in node:
        yield from _texts(child)
        yield child.tail or ""


def rows_of(node: Element) -> list[list[str]]:
    """The body of the tables in `node`, cell by cell."""
    return [[words_of(cell) for cell in row] for row in node.findall(".//tbody/tr")]


def missing(words: dict[Way, str], text: str) -> list[tuple[Way, str]]:
    """Which of the planted words do not stand in `text`. Days are whole: "2 maj" is not in "12 maj". A heading may
    begin with a capital."""

    def stands(word: str) -> bool:
        return re.search(rf"(?<!\w)(?i:{re.escape(word[0])}){re.escape(word[1:])}(?!\w)", text) is not None

    return [(way, word) for way, word in words.items() if not stands(word)]


# --- Eyes for papers ----------------------------------------------------------------------------------------------


def pdf(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """A document as a paper, with the bytes of each picture by the name that the document refers to it with."""
    from ipsite.render.pdf import from_html  # heavy

    return from_html(paper(document), pictures)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page of a PDF, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def other(value: Any, field: dict[str, Any]) -> Any:
    """Another value that the field may have."""
    if "enum" in field:
        return field["enum"][1]
    if field.get("x-pekar") == "avsnitt":
        return "titel"
    if "x-pekar" in field:
        return {"en": "två", "annan/plan": "annan/plan-2"}[value]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1 if value < field["maximum"] else value - 1
    if field.get("format") == "date":
        return (date.fromisoformat(value) + timedelta(days=700)).isoformat()
    if field.get("format") == "datum-tid":
        return value.replace("13:05", "14:10")
    return value.replace("q", "zzq")


def overviews(
    plans: Iterable[model.Plan], today: date, papers: Mapping[str, Download], problems: tuple[Problem, ...] = ()
) -> Iterator[Overview]:
    """The page of all plans, and then that of each person who has one."""
    people: dict[str, list[model.Plan]] = {}
    for plan in sorted(plans, key=lambda plan: plan.id):
        people.setdefault(plan.person.text("namn"), []).append(plan)
    briefs = [brief(plan, today) for own in people.values() for plan in own]
    where = places(briefs)
    setting = Setting(today, papers, problems=problems)
    if not any(where.people.values()):
        yield on_one_page(people, setting)
        return
    yield of_many(by_person(briefs), where.people, today)
    for name, own in people.items():
        yield of_person(name, own, where.people[name], replace(setting, up="../"))


# --- What the search page reads -----------------------------------------------------------------------------------


def searched(*scripts: str | bytes) -> list[dict[str, str]]:
    """The parts of pages that the scripts of the search page hold."""
    found: list[dict[str, str]] = []
    for script in scripts:
        text = script.decode() if isinstance(script, bytes) else script
        first, *lines, last, end = text.split("\n")
        assert (first, last, end) in (
            ('window.ipSearchIndex = {"docs":[', "]};", ""),
            ("window.ipSearchIndex.docs.push(", ");", ""),
        )
        assert all(line.endswith(",") for line in lines)
        found += [json.loads(line.removesuffix(",")) for line in lines]
    return found


def searched_in(site: Path) -> list[dict[str, str]]:
    """All that can be found by searching a site."""
    return searched(*(path.read_bytes() for path in sorted((site / "search").glob("*.js"), reverse=True)))
