"""The leak test: a word of its own in every field of a plan, and every byte of what each reader gets.

What should be there is a table here, written by hand from the format's words, not from `ipsite.audience`.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image, PngImagePlugin
from pypdf import PdfReader
from site_helpers import KINDS, ROOT, Html, Project, Way, contents, every_field, missing, smallest

from ipsite import build
from ipsite.artifact import Page
from ipsite.checking import check_paths
from ipsite.cli import main
from ipsite.gather import gather
from ipsite.papers import names
from ipsite.scan import look
from ipsite.settings import Settings

DAY = "2026-11-22"
NEVER = {
    "file name": "qbildz",
    "metadata": "qmetaz",
    "own field": "qegetz",
    "comment": "qnotz",
    "other plan": "qannanz",
}
# What a reader of one part still sees of the others: what the paper is, whose, and whether it holds.
ALWAYS = ("format", "slag", "titel", "fiktiv", "skriven", "reviderad", "gäller", "status")
NAMES = (("person", "namn"), ("person", "kallas"))
# The second of each list whose items can be private, which `mark_private` makes so; and the person «två».
PRIVATE = [(name, 1) for name in ("mål", "åtgärder", "insatser", "möten", "aktiviteter")]
# Where the person is, when, and how she looks. Out of every copy when her data are protected.
TRACES = (
    "kommun", "region", "bild", "bildtext", "organisation", "telefon", "e_post", "plats", "tid", "länk",
    "utförare", "omfattning", "när", "hur", "nämnd", "anteckningar",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A reader «en» with a copy: of which parts (all when empty), and whether the person's data are protected."""

    parts: tuple[str, ...] = ()
    protected: bool = False

    def hides(self, way: Way) -> bool:
        """Whether the word at `way` is out of every copy because the data are protected."""
        return self.protected and any(step in TRACES for step in way)

    def allows(self, way: Way) -> bool:
        """Whether the reader may meet the word planted at `way`."""
        if self.hides(way):
            return False
        if way[:2] == ("personer", "två") or any(pair in PRIVATE for pair in pairwise(way)):
            return False
        if not self.parts:
            return True
        return way[0] in (*ALWAYS, *self.parts) or way in NAMES or way[:2] == ("personer", "en")


WHOLE, SOME, PROTECTED = Case(), Case(("mål",)), Case(protected=True)


def mark_private(value: Any, *, second: bool = False) -> None:
    """Of all that can be private, the second of each list is, and the person «två»."""
    if isinstance(value, dict):
        if "privat" in value:
            value["privat"] = second
        for key, inner in value.items():
            mark_private(inner, second=key == "två")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            mark_private(inner, second=number == 1)


def planted(kind: str, case: Case, until: str = "2027-12-31") -> tuple[dict[str, Any], dict[Way, str]]:
    """A plan of `kind` with a word in every field, and where each word stands."""
    data, words = every_field(kind)
    data = deepcopy(data)
    mark_private(data)
    data["person"]["skyddade_uppgifter"] = case.protected
    data["person"]["bild"] = f"{NEVER['file name']}.png"
    data["x_eget"] = NEVER["own field"]
    copy: dict[str, Any] = {"till": "en", "samtycke": {"datum": "2026-01-01", "till_och_med": until}}
    data["exemplar"] = [{**copy, "delar": list(case.parts)} if case.parts else copy]
    words = {way: word for way, word in words.items() if way[0] != "exemplar" and way[-1] != "bild"}
    return data, words


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return Project(tmp_path, {"jobs": 1})


def plant(project: Project, kind: str, case: Case, until: str = "2027-12-31") -> dict[Way, str]:
    data, words = planted(kind, case, until)
    path = project.plan(data, "vera/plan")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n# {NEVER['comment']}\n")
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", NEVER["metadata"])
    told.add_text("Packed", NEVER["metadata"] * 20, zip=True)
    Image.new("RGB", (8, 8)).save(path.parent / f"{NEVER['file name']}.png", pnginfo=told)
    project.plan(smallest(titel=NEVER["other plan"]), "annan/plan")
    return words


def plant_both(project: Project, kind: str, old: Case | None, new: Case) -> tuple[dict[Way, str], dict[Way, str]]:
    """A plan, and the one that it takes over from with words of its own; the reader has no copy of the old one when
    its case is None. The words of both."""
    words = plant(project, kind, new)
    data, before = planted(kind, old or WHOLE)
    after = json.loads((project.folder / "plans/vera/plan.yaml").read_text("utf-8").partition("\n#")[0])
    after["ersätter"] = "vera/gammal"
    after["personer"]["en"]["namn"] = "qläsarez"
    path = project.plan(after, "vera/plan")
    data = json.loads(re.sub(r"q(\d+)z", r"w\1z", json.dumps(data, ensure_ascii=False)))
    data["person"] = {**after["person"], "skyddade_uppgifter": bool(old and old.protected)}
    data["personer"]["en"]["namn"] = "qläsarez"
    data["exemplar"] = data["exemplar"] if old else []
    project.plan(data, "vera/gammal")
    assert path.exists()
    only_words = {way: word for way, word in before.items() if re.fullmatch(r"q\d+z", word)}
    return words, {way: word.replace("q", "w") for way, word in only_words.items() if way[0] != "person"}


BOTH = [
    (WHOLE, WHOLE),
    (SOME, WHOLE),
    (WHOLE, SOME),
    (None, WHOLE),
    (PROTECTED, WHOLE),
    (WHOLE, PROTECTED),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("old", "new"), BOTH, ids=["all", "some before", "some now", "none before", "was", "is"])
def test_what_is_new_is_told_of_what_the_reader_may_see_in_both_plans(
    old: Case | None, new: Case, kind: str, project: Project
) -> None:
    """The page of the new plan; the old plan's own page is not looked at, since the reader has a copy of it."""
    words, before = plant_both(project, kind, old, new)
    protected = any(case and case.protected for case in (old, new))
    code, told = run("build", "--no-pdf", "--for", "en")
    assert code == 0, told
    page = Html((project.folder / "kopior/en/planer/vera/plan/index.html").read_text("utf-8"))
    found = page.with_id("nytt-sedan-forra-planen")
    assert (found is not None) == (old is not None)
    text = page.text
    may = {
        way
        for way in before
        if old and old.allows(way) and new.allows(way) and not Case(protected=protected).hides(way)
    }
    assert {way: word for way, word in before.items() if way not in may and stands(word, text)} == {}
    assert {way: word for way, word in words.items() if not new.allows(way) and stands(word, text)} == {}
    if old == new == WHOLE:
        assert [way for way, word in before.items() if stands(word, text)] != []
    code, said = run("diff", "vera/plan", "--for", "en")
    assert code == (0 if old else 1)
    assert {way: word for way, word in before.items() if way not in may and stands(word, said)} == {}
    both = {way for way in words if old and old.allows(way) and new.allows(way)}
    hidden = {way: word for way, word in words.items() if way not in both or Case(protected=protected).hides(way)}
    assert {way: word for way, word in hidden.items() if stands(word, said)} == {}


def run(*arguments: str) -> tuple[int, str]:
    made = CliRunner().invoke(main, [*arguments, "--today", DAY])
    return made.exit_code, made.output


def every_byte(folder: Path) -> str:
    """All that lies in a folder, unpacked: names of files, texts, and every string and stream of PDF files."""
    parts: list[str] = []
    for name, content in contents(folder).items():
        parts += [name, content.decode("utf-8", "ignore"), content.decode("utf-16-be", "ignore")]
        if name.endswith(".gz"):
            parts.append(gzip.decompress(content).decode("utf-8", "ignore"))
        if name.endswith(".pdf"):
            parts += [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
            parts += list(inside(content))
    text = "\n".join(parts)
    return text + re.sub(r"\s+", " ", text) + re.sub(r"-\n|\n", "", text)


def inside(pdf: bytes) -> list[str]:
    """Every string and every stream of a PDF, unpacked by qpdf."""
    found: list[str] = []

    def walk(value: Any, depth: int) -> None:
        if isinstance(value, pikepdf.String):
            found.append(str(value))
        elif isinstance(value, pikepdf.Array) and depth < 20:
            for inner in value:
                walk(inner, depth + 1)
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream) and depth < 20:
            for key in value.keys():  # noqa: SIM118 - no mapping of Python's
                if key not in ("/Parent", "/P", "/Pg", "/Prev", "/Next"):
                    inner = value[key]
                    if not getattr(inner, "is_indirect", False):
                        walk(inner, depth + 1)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for held in opened.objects:
            walk(held, 0)
            if isinstance(held, pikepdf.Stream) and held.get("/Subtype") != "/Image":
                found.append(held.read_bytes().decode("utf-8", "ignore"))
    return found


def stands(word: str, text: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", [WHOLE, SOME, PROTECTED], ids=["all parts", "some parts", "protected data"])
def test_a_readers_copy_holds_what_the_reader_may_see_and_nothing_else(case: Case, kind: str, project: Project) -> None:
    words = plant(project, kind, case)
    assert run("build", "--for", "en")[0] == 0
    text = every_byte(project.folder / "kopior" / "en")
    assert (project.folder / "kopior/en/planer/vera/att-gora/index.html").is_file()
    leaked = {way: word for way, word in words.items() if not case.allows(way) and stands(word, text)}
    assert leaked == {}
    assert [name for name, word in NEVER.items() if word in text] == []
    open_words = {way: word for way, word in words.items() if case.allows(way)}
    page = Html((project.folder / "kopior/en/planer/vera/plan/index.html").read_text("utf-8"))
    assert missing(open_words, page.text) == []
    assert len(open_words) > 5 or case.parts


@pytest.mark.parametrize("kind", KINDS)
def test_the_own_copy_holds_everything_but_what_is_not_of_the_plan(kind: str, project: Project) -> None:
    words = plant(project, kind, WHOLE)
    code, told = run("build", "--no-pdf")
    assert code == 0, told
    text = every_byte(project.site)
    assert missing(words, text) == []
    assert [name for name, word in NEVER.items() if word in text] == ["other plan"]


@pytest.mark.parametrize("kind", KINDS)
def test_papers_for_a_reader_hold_no_more_than_the_site(kind: str, project: Project) -> None:
    words = plant(project, kind, SOME)
    code, told = run("pdf", "--for", "en")
    assert code == 0, told
    text = every_byte(project.folder / "papper")
    assert {way: word for way, word in words.items() if not SOME.allows(way) and stands(word, text)} == {}
    assert [name for name, word in NEVER.items() if word in text] == []


@pytest.mark.parametrize("case", [SOME, PROTECTED], ids=["some parts", "protected data"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_document_of_any_kind_tells_a_reader_more_than_is_agreed(case: Case, kind: str, project: Project) -> None:
    words = plant(project, kind, case)
    wanted = [part for name in names() for part in ("--document", name)]
    code, told = run("pdf", "--for", "en", *wanted)
    assert code == 0, told
    text = every_byte(project.folder / "papper")
    assert {way: word for way, word in words.items() if not case.allows(way) and stands(word, text)} == {}
    assert [name for name, word in NEVER.items() if word in text] == []


@pytest.mark.parametrize("command", [("build", "--no-pdf"), ("pdf",)], ids=["site", "papers"])
def test_a_consent_that_has_run_out_gives_nothing_at_all(command: tuple[str, ...], project: Project) -> None:
    plant(project, KINDS[0], WHOLE, until="2026-11-21")
    before = contents(project.folder)
    code, told = run(*command, "--for", "en")
    assert code == 1
    assert "gick ut 21 november 2026" in told
    assert contents(project.folder) == before


def test_the_engine_without_our_plugin_builds_no_plan(project: Project) -> None:
    words = plant(project, KINDS[0], WHOLE)
    without = "site_name: x\ntheme: {name: material, font: false}\nplugins: [search]\n"
    project.configure(without)
    made = subprocess.run(  # not here: the command line of MkDocs changes for good what it tells in a process
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project.folder, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    text = every_byte(project.site)
    assert [word for word in (*words.values(), *NEVER.values()) if stands(word, text)] == []


# Canaries: each guard of `audience` taken away by itself. The build must see it, and put nothing in place.


def everything(_entries: Any) -> None:
    return None


def unchanged(node: Any, *_: Any, **__: Any) -> Any:
    return node


SITE, PAPERS = ("build", "--no-pdf"), ("pdf",)


@pytest.mark.parametrize(
    ("guard", "broken", "case", "command"),
    [
        ("_without_private", unchanged, WHOLE, SITE),
        ("_without_references", unchanged, WHOLE, SITE),
        ("_parts", everything, SOME, SITE),
        ("_parts", everything, SOME, PAPERS),
        ("_only", unchanged, SOME, SITE),
        ("_people", unchanged, SOME, SITE),
        ("_without_traces", unchanged, PROTECTED, SITE),
        ("_without_traces", unchanged, PROTECTED, PAPERS),
    ],
)
def test_the_scan_stops_what_audience_lets_through(
    guard: str, broken: Any, case: Case, command: tuple[str, ...], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(project, KINDS[0], case)
    monkeypatch.setattr(f"ipsite.audience.{guard}", broken)
    before = contents(project.folder)
    code, told = run(*command, "--for", "en")
    assert code == 1
    assert "läsaren inte får se" in told
    after = contents(project.folder).items()
    assert {name: held for name, held in after if not name.startswith(".ipsite/")} == before


def test_the_scan_stops_the_name_of_somebody_private_who_does_something(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {
        "en": {"namn": "Ena Namnet", "roll": "granne", "huvudman": "närstående"},
        "två": {"namn": "Ylv", "roll": "vårdnadshavare", "huvudman": "närstående", "privat": True},
    }
    doing = {"vad": "Ringa skolan.", "vem": "två", "status": "pågår"}
    goals = [{"mål": "Jag går i skolan.", "status": "pågår", "åtgärder": [doing]}]
    copies = [{"till": "en", "samtycke": {"datum": "2026-01-01"}}]
    project.plan(smallest("individuell plan", personer=people, mål=goals, exemplar=copies))
    assert run(*SITE, "--for", "en")[0] == 0
    monkeypatch.setattr("ipsite.audience._by_role", unchanged)
    code, told = run(*SITE, "--for", "en", "--no-cache")
    assert (code, "läsaren inte får se" in told) == (1, True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", [WHOLE, SOME, PROTECTED], ids=["all parts", "some parts", "protected data"])
def test_every_hidden_text_is_found_again_in_a_copy_and_no_open_one(case: Case, kind: str, project: Project) -> None:
    words = plant(project, kind, case)
    hidden = gather(project.folder / "plans", date.fromisoformat(DAY), "private", "en").hidden()

    def found(word: str) -> bool:
        return bool(list(look("a.html", f"<p>före {word} efter</p>".encode(), hidden)))

    told = {way: word for way, word in words.items() if not re.fullmatch(r"\d+ \w+ \d{4}", word)}  # no days
    assert [way for way, word in told.items() if not case.allows(way) and not found(word)] == []
    assert [way for way, word in told.items() if case.allows(way) and found(word)] == []
    assert len({way for way in told if not case.allows(way)}) > 5


@pytest.mark.parametrize("place", ["search/search_index.js", "planer/vera/plan/index.html", "bild.svg", "möte.ics"])
def test_a_hidden_text_put_into_a_copy_is_found_where_it_lies(place: str, project: Project) -> None:
    words = plant(project, KINDS[0], SOME)
    assert run("build", "--no-pdf", "--for", "en")[0] == 0
    copy = project.folder / "kopior" / "en"
    assert run("scan", str(copy), "--for", "en")[0] == 0
    hidden = words["utförare",]
    with (copy / place).open("a", encoding="utf-8") as file:
        file.write(f"\n<text>{hidden}</text>\n")
    code, told = run("scan", str(copy), "--for", "en")
    assert (code, f"{place}: här står en text ur planerna" in told, hidden in told) == (1, True, False)


def test_no_copy_of_the_examples_is_stopped_by_a_false_alarm() -> None:
    """Every reader of each of the invented people, whose plans are full of everyday words."""
    today, readers = date.fromisoformat(DAY), 0
    for folder in sorted((ROOT / "plans").iterdir()):
        whole = check_paths([folder], today).plans
        for reader in sorted({key for plan in whole for key in plan.people}):
            made = gather(folder, today, "private", reader)
            if made.refusals:
                continue
            readers += 1
            assert made.errors == ()
            for item in build.artifacts(made.plans, made.images, Settings(today, papers=False)):
                content = item.body.encode() if isinstance(item, Page) else item.content
                assert list(look(f"{item.path}.html", content, made.hidden(), shared=True)) == [], (folder.name, reader)
    assert readers > 12
