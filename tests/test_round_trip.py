"""What writes plans keeps what was written: comments, order and words, and the old file whatever happens.

Each tool that writes a plan after another is tried here; so far that is `ipsite new --from`.
"""

from __future__ import annotations

import errno
import os
import random
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_helpers import ROOT, contents
from test_crashes import crashes

from ipsite import scaffold
from ipsite.load import parse
from ipsite.renewal import NotRenewable, renewed
from ipsite.validate import validate

TODAY = date(2026, 11, 22)
PLANS = sorted((ROOT / "plans").rglob("*.yaml"))
# Lines that say another thing in the new plan: the old words are not kept.
CHANGED = re.compile(r"(status|skriven|fastställd): |# yaml-language-server")


def carried_over(text: str) -> str:
    source, problems = parse(text.encode(), "gammal.yaml", "gammal")
    assert source is not None, problems
    return renewed(source, TODAY)


def words(line: str) -> str:
    """A line without what makes it a comment or an item."""
    return re.sub(r"[#\s-]+", " ", line).strip()


def assert_nothing_lost(old: str, new: str) -> None:
    """Every line of the old text stands in the new one, as it was or commented out, in the same order."""
    after = iter(map(words, new.splitlines()))
    for line in old.splitlines():
        if line.strip() and not CHANGED.match(line):
            assert words(line) in after, line


@pytest.mark.parametrize("path", PLANS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_line_of_an_example_is_lost(path: Path) -> None:
    text = path.read_text("utf-8")
    assert_nothing_lost(text, carried_over(text))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_note_at_the_end_of_any_line_is_kept(path: Path) -> None:
    text = path.read_text("utf-8")
    said = parse(text.encode(), "gammal.yaml", "gammal")[0]
    assert said is not None
    lines = text.split("\n")
    for number, line in enumerate(lines):
        noted = [*lines[:number], f"{line} # anteckning {number}", *lines[number + 1 :]]
        source, problems = parse("\n".join(noted).encode(), "gammal.yaml", "gammal")
        if source is not None and not problems and source.data == said.data:  # else it is within a text
            lines = noted
    notes = re.findall(r"# anteckning \d+$", "\n".join(lines), re.MULTILINE)
    assert len(notes) > 30
    new = carried_over("\n".join(lines))
    assert re.findall(r"# anteckning \d+$", new, re.MULTILINE) == notes


@pytest.mark.parametrize(
    "consent",
    [
        "samtycke: {datum: 2026-02-01, gäller: Allt om skolan.} # efter",
        "samtycke: {datum: 2026-02-01, # inne i\n  gäller: Allt om skolan.} # efter",
        "samtycke: # efter\n  # före\n  datum: 2026-02-01 # dagen",
        "samtycke: # efter\n  # före\n  gäller: Allt om skolan.\n  datum: 2026-02-01 # dagen",
    ],
    ids=["on a line", "on two lines", "only a day", "and more"],
)
def test_the_old_consent_of_a_sip_is_kept_as_a_note(consent: str) -> None:
    path = next(path for path in PLANS if "slag: sip" in path.read_text("utf-8"))
    text = re.sub(r"(?ms)^samtycke:\n(  .*?\n)+", f"{consent}\n", path.read_text("utf-8"))
    assert consent in text
    new = carried_over(text)
    assert_nothing_lost(text, new)
    made, _ = parse(new.encode(), "ny.yaml", "ny")
    assert made is not None
    assert "datum" not in made.data["samtycke"]


@given(st.integers(min_value=0, max_value=10**9))
def test_comments_and_blank_lines_anywhere_are_kept(seed: int) -> None:
    chance = random.Random(seed)
    lines = (ROOT / "plans" / "alva" / "ip-2026.yaml").read_text("utf-8").split("\n")
    for number in range(8):
        at = chance.randrange(len(lines))
        indent = " " * chance.choice((0, 2, 4, 6))
        lines.insert(
            at, chance.choice((f"{indent}# anteckning {number}: å ä ö", "", f"{indent}#utan mellanslag {number}"))
        )
    text = "\n".join(lines)
    source, problems = parse(text.encode(), "gammal.yaml", "gammal")
    if source is None or problems or validate(source):
        return  # a note fell inside a text, where it is no note
    try:
        assert_nothing_lost(text, renewed(source, TODAY))
    except NotRenewable:
        return  # said, and nothing written


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    text = (ROOT / "plans" / "alva" / "ip-2026.yaml").read_text("utf-8")
    (tmp_path / "plans" / "gammal.yaml").write_text(re.sub(r"(?m)^(ersätter|.*plan):.*\n", "", text), "utf-8")
    return tmp_path


def test_a_crash_at_any_step_keeps_the_old_plan_and_leaves_a_whole_new_one_or_none(project: Path) -> None:
    told = crashes("writes", str(project))
    assert told["kept"]
    assert told["steps"] > 10
    nothing, whole = told["found"]
    assert nothing == ""
    assert_nothing_lost((project / "plans" / "gammal.yaml").read_text("utf-8"), whole)


@pytest.mark.parametrize("fails", ["os.fsync", "tempfile.mkdtemp", "pathlib.Path.hardlink_to", "pathlib.Path.mkdir"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_the_disk_refuses_is_said_and_changes_nothing(
    code: int, fails: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    before = contents(project)
    with monkeypatch.context() as patched:
        patched.setattr(fails, refuse)
        with pytest.raises(scaffold.NotMade, match="kunde inte sparas"):
            scaffold.new_plan(project, "mapp/i/ny", "individuell plan", TODAY, old="gammal")
    assert contents(project) == before
    assert not (project / "plans" / "mapp").exists()
    assert scaffold.new_plan(project, "ny", "individuell plan", TODAY, old="gammal").is_file()


def test_a_plan_that_is_there_keeps_every_byte(project: Path) -> None:
    taken = project / "plans" / "ny.yaml"
    taken.write_bytes(b"min egen\r\n")
    with pytest.raises(scaffold.NotMade, match="har inte ändrats"):
        scaffold.new_plan(project, "ny", "individuell plan", TODAY, old="gammal")
    assert taken.read_bytes() == b"min egen\r\n"
