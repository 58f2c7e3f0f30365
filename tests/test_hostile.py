"""Plans that mean harm: in a whole build, watched from within, nothing of them is obeyed.

No script and no foreign address in any page or paper, no file read outside the project and the program, nothing asked
for, bounded time and memory. What the plans say is shown as text, or the plan is refused with a problem.
"""

from __future__ import annotations

import io
import json
import os
import re
import struct
import subprocess
import sys
import sysconfig
import zipfile
import zlib
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from site_helpers import KINDS, ROOT, TODAY, Html, Project, contents, every_field, leaves, put, read_plan, smallest

from ipsite import build
from ipsite.artifact import Page
from ipsite.large.crowd import MANY
from ipsite.settings import Settings

DAY = TODAY.isoformat()
SECRET = "hemlig-utanför"
TEXTS = (
    "<script>alert(1)</script>",
    "</title></style></script></textarea><img src=//evil.example/x.png onerror=alert(1)>",
    "<svg/onload=alert(1)><base href='//evil.example/'><link rel=stylesheet href=//evil.example/x.css>",
    '<meta http-equiv=refresh content="0;url=//evil.example"><iframe src=javascript:alert(1)></iframe>',
    "\" autofocus onfocus=alert(1) x=\" ' onmouseover=alert(1) '",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd ../../../../etc/passwd beside://plan/../../etc/passwd",
    "[klicka](javascript:alert(1)) ![](http://evil.example/x.png) <http://evil.example> **fet**",
    '--8<-- "/etc/passwd" {% include "/etc/passwd" %} {{ 7*7 }} {{ view.__class__ }} {# x #} [TOC]',
    "&lt;script&gt; &#106;avascript:alert(1) &quot;&gt;<b>",
    "x } body { background: url(//evil.example/x.png) } @import '//evil.example/x.css';",
    "\\\\evil.example\\share\\x C:\\Windows\\win.ini //evil.example/x",
    'END:VEVENT BEGIN:VEVENT ATTACH:http://evil.example/x =HYPERLINK("http://evil.example") @SUM(1)',
    "(http://evil.example) /JS (app.alert(1)) >> endobj 1 0 obj << /OpenAction",
    "å" * 200,
    "%s %n {0} {0.__class__} $(id) `id` ; rm -rf ~ | cat",
    "]]> <![CDATA[ <!-- --> <?php ?> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "utanför").mkdir()
    (tmp_path / "tillfälligt").mkdir()
    (tmp_path / "utanför" / "hemlig.png").write_bytes(png(4, 4) + SECRET.encode())
    (tmp_path / "utanför" / "hemlig.yaml").write_text(f"titel: {SECRET}", "utf-8")
    return Project(tmp_path / "projekt")


@dataclass(frozen=True)
class Told:
    """What `hostile.py` told of a run."""

    code: int
    output: str
    fault: str
    opened: list[str]
    events: list[str]
    seconds: float
    megabytes: int

    def outside(self, project: Project) -> list[str]:
        """Files that were opened and are neither the project's nor of Python, its packages and the system's types."""
        own = (project.folder, project.folder.parent / "tillfälligt", ROOT / "ipsite", ROOT / "schema")
        python = (Path(sysconfig.get_path("stdlib")), Path(sys.prefix), Path(sys.base_prefix) / "lib")
        system = map(
            Path, ("/dev", "/etc/mime.types", "/etc/apache2", "/etc/httpd", "/usr/share/zoneinfo", "/proc/self")
        )
        allowed = (*own, *python, *system)
        return [name for name in self.opened if not any(Path(name).is_relative_to(place) for place in allowed)]


def watched(project: Project, *arguments: str) -> Told:
    told = project.folder / "told.json"
    made = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("hostile.py")), str(told), *arguments, "--today", DAY],
        cwd=project.folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "NO_MKDOCS_2_WARNING": "true",
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(project.folder.parent / "tillfälligt"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr
    answer = Told(**json.loads(told.read_text("utf-8")))
    told.unlink()
    return answer


def assert_harmless(told: Told, project: Project) -> None:
    assert told.fault == ""
    assert "Traceback" not in told.output
    assert told.outside(project) == []
    assert told.events == []
    assert told.megabytes < 1000
    assert told.seconds < 120


def hostile_plan(kind: str, turn: int) -> dict[str, Any]:
    """A plan with harm in every field that takes any text, another one in each."""
    data = every_field(kind)[0]
    number = turn
    for way, node in leaves(kind).items():
        free = node["type"] == "string" and not {"pattern", "format", "enum", "const", "x-pekar"} & set(node)
        if free and way != ("person", "bild"):
            data = put(data, way, TEXTS[number % len(TEXTS)])
            number += 1
    data["person"].pop("bild", None)
    return data


def scripts(page: Html) -> list[str]:
    """Every script of a page: where it comes from, seen from the top of the site, or what it is."""
    return [node.get("src", "").lstrip("./") or f"inline: {node.text}" for node in page.all("script")]


def active(page: Html) -> list[str]:
    """Attributes that run something, and addresses that lead elsewhere by themselves."""
    found = []
    for node in page.root.iter():
        for name, value in node.attrib.items():
            words = name in ("content", "alt", "title", "value", "aria-label")
            script = not words and re.match(r"\s*(javascript|vbscript|data|file):", value, re.IGNORECASE)
            runs = name.startswith("on") or script
            fetched = name in ("src", "srcset", "action", "formaction", "poster", "data", "background")
            leads = name == "href" and node.tag in ("link", "base", "use", "image")
            if runs or ((fetched or leads) and re.match(r"\s*(\w+:)?//", value)):
                found.append(f"{node.tag} {name}={value[:60]}")
        if node.tag in ("iframe", "object", "embed", "base", "style") or node.get("http-equiv") == "refresh":
            found.append(str(node.tag))
    return found


def actions(pdf: bytes) -> list[str]:
    """What a PDF does or leads to by itself, and links to elsewhere."""
    found: list[str] = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for held in opened.objects:
            if isinstance(held, pikepdf.Dictionary):
                found += [key for key in ("/JS", "/Launch", "/AA", "/GoToR", "/SubmitForm", "/EF") if key in held]
                if "/URI" in held and "evil" in str(held["/URI"]):
                    found.append(str(held["/URI"]))
    return found


def test_harm_in_every_text_of_every_kind_of_plan_is_shown_and_not_obeyed(project: Project) -> None:
    project.plan(smallest(titel="Ofarlig"), "ofarlig/plan")
    for turn, kind in enumerate(KINDS):
        project.plan(hostile_plan(kind, turn * 5), f"farlig/plan-{turn}")
    project.plan(smallest(titel="x"), "annan/plan")
    told = watched(project, "build", "--jobs", "1")
    assert told.code == 0, told.output
    assert_harmless(told, project)
    good = Html((project.site / "planer/ofarlig/plan/index.html").read_text("utf-8"))
    papers = 0
    for name, content in contents(project.site).items():
        if name.endswith(".html") and name.startswith("planer/farlig"):
            page = Html(content.decode())
            assert scripts(page) == scripts(good), name
            assert active(page) == [], name
        if name.endswith(".pdf"):
            papers += 1
            assert actions(content) == [], name
    assert papers > 10
    shown = Html((project.site / "planer/farlig/plan-0/index.html").read_text("utf-8")).text
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7*7 }}" in shown


@given(st.lists(st.one_of(st.sampled_from(TEXTS), st.text(max_size=60)), min_size=6, max_size=6))
def test_any_texts_together_give_pages_without_anything_active(texts: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        data = smallest()
        data["titel"], data["anledning"], data["person"]["namn"] = texts[:3]
        data["mål"] = [{"mål": texts[3], "mina_ord": texts[4], "lättläst": texts[5], "status": "pågår"}]
        try:
            plan = read_plan(Path(folder), deepcopy(data))
        except AssertionError:
            return  # refused with problems
        for made in build.artifacts((plan,), {}, Settings(TODAY, papers=False)):
            if isinstance(made, Page):
                page = Html(f"<!doctype html><body>{made.body}")
                assert (scripts(page), active(page)) == ([], []), made.path


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "a\x1b[31mb",
        "a\u202eb\u2066c",
        "\u200b\u200d\ufeff",
        "\ufffe\uffff",
        "a\u0301" * 500,
        "\U000e0001x",
        "\x85\u2028",
    ],
    ids=["nul", "escape", "bidi", "zero width", "noncharacters", "combining", "tags", "line separators"],
)
def test_signs_that_are_not_to_be_seen_are_refused_or_harmless(text: str, project: Project) -> None:
    project.plan(smallest(titel=f"Början {text} slut", anledning=text))
    told = watched(project, "build", "--jobs", "1")
    assert_harmless(told, project)
    assert told.code == 0 or re.search(r"plan\.yaml:\d+", told.output), told.output
    assert "\x1b[31m" not in told.output


def test_a_very_long_text_and_a_very_deep_plan_take_bounded_time(project: Project) -> None:
    project.plan(smallest(titel="Lång", anledning="ord " * 25_000), "lang/plan")
    (project.folder / "plans" / "djup.yaml").write_text(
        "a:\n" + "".join(" " * n + "- \n" for n in range(1, 3000)), "utf-8"
    )
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
    )
    (project.folder / "plans" / "bomb.yaml").write_text(bomb, "utf-8")
    told = watched(project, "check")
    assert_harmless(told, project)
    assert told.code == 1
    for name in ("djup.yaml", "bomb.yaml"):
        assert name in told.output
        (project.folder / "plans" / name).unlink()
    told = watched(project, "build", "--jobs", "1")
    assert_harmless(told, project)
    assert told.code == 0, told.output


# Pictures


def png(width: int, height: int, kind: int = 2, data: bytes | None = None) -> bytes:
    def chunk(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))

    bits, per_pixel = {0: (1, 1 / 8), 2: (8, 3), 6: (8, 4)}[kind]
    row = 1 + int(width * per_pixel + 0.99)
    head = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    if data is None:
        packer = zlib.compressobj(9)
        pieces = (packer.compress(bytes(min(2**20, row * height - at))) for at in range(0, row * height, 2**20))
        data = b"".join(pieces) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", comment=b"<script>alert(1)</script>")
    return out.getvalue()


def drawn_over_and_over(times: int) -> bytes:
    """The largest photo, and so many times that nothing in it is new."""
    out = io.BytesIO()
    Image.new("L", (64, 64)).save(out, "JPEG", progressive=True)
    size = out.getvalue().index(b"\xff\xc2") + 5
    start = out.getvalue()[:size] + struct.pack(">HH", 7_000, 7_000) + out.getvalue()[size + 4 : -2]
    return start + b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x10\x00" * times + b"\xff\xd9"


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("x.js", "alert(1)")
    return out.getvalue()


PICTURES: dict[str, tuple[Callable[[], bytes], bool | None]] = {
    "a bomb of 30,000 by 30,000": (lambda: png(30_000, 30_000, 0), False),
    "as large as is allowed": (lambda: png(10_000, 5_000, 0), True),
    "one pixel": (lambda: png(1, 1), True),
    "no pixels": (lambda: png(0, 0), False),
    "one row of 30,000": (lambda: png(30_000, 1), True),
    "one column of 49 million": (lambda: png(1, 49_000_000, 0), False),
    "a photo drawn 200,000 times": (lambda: drawn_over_and_over(200_000), False),
    "a whole photo of 50 million": (lambda: png(7_071, 7_071, 6), True),
    "a packed bomb": (lambda: png(100, 100, data=zlib.compress(bytes(300_000_000), 9)), None),
    "a page at the end": (lambda: png(4, 4) + b"<html><script>alert(1)</script>", True),
    "an archive at the end": (lambda: jpeg() + packed(), True),
    "a script in the comment": (jpeg, True),
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", False),
    "SVG after a PNG's first bytes": (lambda: b"\x89PNG\r\n\x1a\n<svg onload='alert(1)'/>", False),
    "a font": (lambda: (ROOT / "ipsite/paper/fonts").glob("*.ttf").__next__().read_bytes(), False),
    "a paper": (lambda: b"%PDF-1.7\n%\xff\n1 0 obj<</JS(app.alert(1))>>endobj", False),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_means_harm_is_refused_or_made_harmless(name: str, project: Project) -> None:
    make, used = PICTURES[name]
    data = smallest(titel="Bild")
    data["person"] |= {"bild": "bild.png", "bildtext": "<script>alert(1)</script>"}
    project.plan(data)
    (project.folder / "plans" / "vera" / "bild.png").write_bytes(make())
    told = watched(project, "build", "--no-pdf")
    assert_harmless(told, project)
    assert told.megabytes < 700
    assert told.seconds < 30
    if used is not None:
        assert (told.code == 0) is used, told.output
    if told.code == 0:
        built = b"".join(
            held for file, held in contents(project.site).items() if file.startswith("planer/vera/plan/bild")
        )
        assert built
        assert not re.search(rb"script|alert|PK\x03\x04|<svg", built)
    else:
        assert "Bilden" in told.output


@pytest.mark.parametrize(
    "name",
    ["../../../utanför/hemlig.png", "ABSOLUTE", "\\\\evil.example\\share\\x.png", "C:\\x.png", "https://evil.example/x.png",
     "file:///etc/passwd.png", "sub/../../../utanför/hemlig.png", "länk.png", "..", "CON.png", "bild.png\n"],
)  # fmt: skip
def test_a_picture_that_is_named_elsewhere_is_never_opened(name: str, project: Project) -> None:
    outside = project.folder.parent / "utanför" / "hemlig.png"
    data = smallest(titel="Bild")
    data["person"] |= {"bild": name.replace("ABSOLUTE", str(outside)), "bildtext": "x"}
    project.plan(data)
    (project.folder / "plans" / "vera" / "länk.png").symlink_to(outside)
    told = watched(project, "build", "--no-pdf")
    assert_harmless(told, project)
    assert told.code == 1
    assert str(outside) not in told.opened
    assert SECRET not in told.output


@pytest.mark.parametrize("command", [("build", "--no-pdf"), ("check",), ("pdf",), ("diff", "inne")])
def test_links_among_plans_and_pages_bring_nothing_in_from_outside(command: tuple[str, ...], project: Project) -> None:
    outside = project.folder.parent / "utanför"
    project.plan(smallest(titel="Inne"))
    (project.folder / "plans" / "ut").symlink_to(outside)
    (project.folder / "plans" / "hemlig.yaml").symlink_to(outside / "hemlig.yaml")
    told = watched(project, *command)
    assert_harmless(told, project)
    assert told.code == 1
    assert SECRET not in told.output


@pytest.mark.parametrize("name", ["plans/vera/ip.yaml", "plans/vera/bild.png"])
def test_what_is_no_file_is_not_waited_for_and_not_read(name: str, project: Project) -> None:
    data = smallest(titel="Bild")
    data["person"] |= {"bild": "bild.png", "bildtext": "x"}
    path = project.plan(data)
    (path.parent / "bild.png").write_bytes(png(4, 4))
    (project.folder / name).unlink(missing_ok=True)
    os.mkfifo(project.folder / name)
    for command in (("check",), ("build", "--no-pdf")):
        told = watched(project, *command)
        assert_harmless(told, project)
        assert told.code == 1


def _pipe(place: Path) -> None:
    os.mkfifo(place)


def _loops(place: Path) -> None:
    """Two of them lead to more folders than anybody can walk through."""
    place.symlink_to(".")
    place.with_name("en-till").symlink_to(".")


@pytest.mark.parametrize("make", [_pipe, _loops, lambda place: place.symlink_to("/dev/zero")])
def test_what_is_no_page_is_not_waited_for_among_the_pages(make: Callable[[Path], None], project: Project) -> None:
    project.plan(smallest(titel="x"))
    (project.folder / "docs" / ".git").mkdir()
    os.mkfifo(project.folder / "docs" / ".git" / "pipe")  # what is hidden is no page
    assert watched(project, "build", "--no-pdf").code == 0
    make(project.folder / "docs" / "sida.md")
    told = watched(project, "build", "--no-pdf")
    assert_harmless(told, project)
    assert (told.code, "docs/" in told.output, "Flytta ut den." in told.output) == (1, True, True)


def test_a_pipe_among_very_many_plans_is_not_waited_for(project: Project) -> None:
    for number in range(MANY):
        data = smallest(titel="x")
        data["person"]["namn"] = f"Vera {number}"
        project.plan(data, f"plan-{number}/ip")
    os.mkfifo(project.folder / "plans" / "vera.yaml")
    told = watched(project, "build", "--no-pdf", "--jobs", "1")
    assert_harmless(told, project)
    assert told.code == 1
    assert "vera.yaml" in told.output


def test_a_file_without_end_and_a_very_large_one_take_bounded_time_and_memory(project: Project) -> None:
    project.plan(smallest(titel="x"))
    with (project.folder / "plans" / "stor.yaml").open("wb") as file:
        file.truncate(10**11)
    (project.folder / "plans" / "noll.yaml").symlink_to("/dev/zero")
    for command in (("check",), ("build", "--no-pdf")):
        told = watched(project, *command)
        assert_harmless(told, project)
        assert told.code == 1
        assert "stor.yaml" in told.output
        assert "noll.yaml" in told.output


def test_the_watch_sees_a_file_a_request_and_a_program(project: Project, tmp_path: Path) -> None:
    """The canary: a build that does read outside, ask and start is seen."""
    hooks = "import socket, subprocess, pathlib\ndef on_config(config):\n"
    hooks += f"    pathlib.Path({str(tmp_path / 'utanför' / 'hemlig.yaml')!r}).read_text()\n"
    hooks += "    socket.socket().connect_ex(('127.0.0.1', 9))\n    subprocess.run(['true'])\n    return config\n"
    (project.folder / "hooks.py").write_text(hooks, "utf-8")
    project.plan(smallest(titel="x"))
    project.configure(project.config.read_text("utf-8") + "hooks: [hooks.py]\n")
    told = watched(project, "build", "--no-pdf")
    assert told.outside(project) == [str(tmp_path / "utanför" / "hemlig.yaml")]
    assert {"socket.connect", "subprocess.Popen"} <= {event.split(" ")[0] for event in told.events}
