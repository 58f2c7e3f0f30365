"""store.py and render/recipe.py: what is kept is found by the very same content, whole, or not at all."""

from __future__ import annotations

import os
import re
import shutil
import sys
import sysconfig
import tempfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.request import url2pathname

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_helpers import ROOT, contents

from ipsite.render import pdf, recipe
from ipsite.store import PRIVATE, Store, of_project

KEY, OTHER = "ab" + "0" * 62, "ab" + "1" * 62
DAY = 24 * 3600


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return of_project(tmp_path)


# --- What is kept -------------------------------------------------------------------------------------------------


def test_what_is_kept_is_got_back_and_nothing_else(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(KEY, b"ett papper")
    store.put(OTHER, b"")
    assert (store.get(KEY), store.get(OTHER), store.get("cd" + KEY)) == (b"ett papper", b"", None)


@pytest.mark.parametrize("place", range(0, 42, 3))
def test_a_damaged_entry_is_none(place: int, store: Store) -> None:
    store.put(KEY, b"ett papper")
    path = store.folder / "ab" / KEY
    raw = bytearray(path.read_bytes())
    assert len(raw) == 42
    raw[place] ^= 1
    path.write_bytes(raw)
    assert store.get(KEY) is None
    store.put(KEY, b"ett papper")
    assert store.get(KEY) == b"ett papper"


@pytest.mark.parametrize("length", [0, 5, 31, 32, 41])
def test_an_entry_that_was_cut_short_is_none(length: int, store: Store) -> None:
    store.put(KEY, b"ett papper")
    path = store.folder / "ab" / KEY
    path.write_bytes(path.read_bytes()[:length])
    assert store.get(KEY) is None


def test_an_entry_under_the_key_of_another_is_none(store: Store) -> None:
    store.put(KEY, b"ett papper")
    (store.folder / "ab" / KEY).rename(store.folder / "ab" / OTHER)
    assert store.get(OTHER) is None


def test_only_the_owner_can_look_and_git_passes_over(tmp_path: Path, store: Store) -> None:
    (tmp_path / PRIVATE).mkdir(mode=0o755)
    store.put(KEY, b"ett papper")
    folders = [tmp_path / PRIVATE, store.folder, store.folder / "ab"]
    assert [path.stat().st_mode & 0o777 for path in folders] == [0o700] * 3
    assert (store.folder / "ab" / KEY).stat().st_mode & 0o777 == 0o600
    told = "# Planernas text ligger här. Mappen hör inte hemma i Git. Den går alltid att ta bort.\n*\n"
    assert (tmp_path / PRIVATE / ".gitignore").read_text("utf-8") == told


def test_all_is_written_in_the_folder_itself(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "finns inte"))
    store.put(KEY, b"ett papper")
    assert store.get(KEY) == b"ett papper"
    assert [path.name for path in store.folder.rglob("*")] == ["ab", KEY]


def test_what_is_half_written_looks_like_no_entry(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def replaced(self: Path, target: Path) -> Path:
        seen.append(self.name)
        self.unlink()
        return target

    monkeypatch.setattr(Path, "replace", replaced)
    store.put(KEY, b"papper")
    assert [name[0] for name in seen] == ["."]


def test_nobody_else_can_look_even_for_a_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is closed when it is made, before it is seen to that it is closed."""
    met: list[int] = []
    monkeypatch.setattr(Path, "chmod", lambda path, _mode: met.append(path.stat().st_mode & 0o777))
    store.put(KEY, b"ett papper")
    assert met == [0o700]


def test_a_gitignore_that_somebody_has_changed_is_left_as_it_is(tmp_path: Path, store: Store) -> None:
    (tmp_path / PRIVATE).mkdir()
    (tmp_path / PRIVATE / ".gitignore").write_text("pdf/\n")
    store.put(KEY, b"ett papper")
    assert store.get(KEY) == b"ett papper"
    assert (tmp_path / PRIVATE / ".gitignore").read_text() == "pdf/\n"


def test_it_lies_where_the_readme_says(tmp_path: Path) -> None:
    assert of_project(tmp_path).folder == tmp_path / ".ipsite" / "pdf"


@pytest.mark.parametrize("place", ["", "pdf", f"pdf/ab/{KEY}"])
def test_nothing_is_read_through_a_link(place: str, tmp_path: Path) -> None:
    other, store = of_project(tmp_path / "annat"), of_project(tmp_path)
    other.folder.parent.parent.mkdir()
    other.put(KEY, b"ett papper")
    link = tmp_path / PRIVATE / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "annat" / PRIVATE / place)
    assert (other.get(KEY), store.get(KEY)) == (b"ett papper", None)


@pytest.mark.parametrize("place", ["", "pdf", f"pdf/ab/{KEY}"])
def test_no_link_is_followed(place: str, tmp_path: Path) -> None:
    elsewhere, store = tmp_path / "annat", of_project(tmp_path)
    of_project(elsewhere.parent / "vidare").folder.mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "min").write_bytes(b"min egen")
    link = tmp_path / PRIVATE / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere / "min" if KEY in place else elsewhere)
    store.put(KEY, b"ett papper")
    store.prune(())
    assert contents(elsewhere) == {"min": b"min egen"}


@pytest.mark.parametrize("place", ["", "pdf", "pdf/ab"])
def test_where_nothing_can_be_kept_nothing_is_and_all_goes_on(place: str, tmp_path: Path) -> None:
    store = of_project(tmp_path)
    there = tmp_path / PRIVATE / place
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text("en fil i vägen")
    store.put(KEY, b"ett papper")
    assert store.get(KEY) is None
    store.prune(())
    assert there.read_text() == "en fil i vägen"


def test_a_disk_that_gets_full_leaves_no_half_entry(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "replace", full)
    store.put(KEY, b"ett papper")
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("gone", [False, True], ids=["alone", "another has taken the half entry away"])
def test_a_build_that_is_stopped_stops_and_leaves_no_half_entry(
    gone: bool, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(half: Path, _: object) -> None:
        if gone:
            half.unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        store.put(KEY, b"ett papper")
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


# --- What is taken away -------------------------------------------------------------------------------------------


def keep(store: Store, **days: float) -> dict[str, str]:
    """An entry of 100 bytes for each name, last used so many days ago."""
    keys = {}
    for number, (name, ago) in enumerate(days.items()):
        keys[name] = f"{number:064x}"
        store.put(keys[name], b"x" * (100 - 32))
        path = store.folder / keys[name][:2] / keys[name]
        os.utime(path, (1e9 - ago * DAY, 1e9 - ago * DAY))
    return keys


def left(store: Store, keys: dict[str, str]) -> set[str]:
    there = {path.name for path in store.folder.rglob("*") if path.is_file()}
    return {name for name, key in keys.items() if key in there}


def test_what_was_not_used_for_thirty_days_is_taken_away(store: Store) -> None:
    keys = keep(store, now=0, older=30, old=30.001)
    store.prune({keys["now"]})
    assert left(store, keys) == {"now", "older"}


@pytest.mark.parametrize(("more", "kept"), [(0, {"now", "one", "two"}), (1, {"now", "one"})])
def test_a_gigabyte_is_kept_beside_what_is_used(more: int, kept: set[str], store: Store) -> None:
    """The files have holes, so that they take no room on the disk."""
    keys = keep(store, now=0, one=1, two=2)
    for name, size in (("one", 600_000_000), ("two", 400_000_000 + more)):
        path = store.folder / keys[name][:2] / keys[name]
        status = path.stat()
        os.truncate(path, size)
        os.utime(path, (status.st_atime, status.st_mtime))
    store.prune({keys["now"]})
    assert left(store, keys) == kept


def test_of_too_much_the_oldest_goes_first_and_never_what_is_used(store: Store) -> None:
    keys = keep(store, used=9, now=0, one=1, two=2, three=3)
    replace(store, most_bytes=250).prune({keys["used"]})
    assert left(store, keys) == {"used", "now", "one"}


def test_use_makes_an_entry_young_again(store: Store) -> None:
    keys = keep(store, old=1000, older=1001)
    assert store.get(keys["old"])
    store.prune(())
    assert left(store, keys) == {"old"}


def test_what_a_stopped_build_left_half_written_is_taken_away(store: Store) -> None:
    keys = keep(store, now=0)
    half = store.folder / "00" / "tmpabc"
    half.write_bytes(b"x")
    os.utime(half, (1e9 - 40 * DAY, 1e9 - 40 * DAY))
    store.prune({keys["now"]})
    assert not half.exists()


def disturb(folder: Path, worker: int) -> list[str]:
    """Put, get and prune at once with others; what was wrong."""
    store, wrong = Store(folder, 2000), []
    for turn in range(150):
        key = f"{(turn * 7 + worker) % 20:064x}"
        content = key.encode() * 20
        if turn % 3 == 0:
            store.put(key, content)
        got = store.get(key)
        if got not in (None, content):
            wrong.append(f"{worker}, {turn}: {got!r}")
        if turn % 10 == 0:
            store.prune({key})
    return wrong


def test_several_builds_may_use_it_at_once(store: Store) -> None:
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        found = list(pool.map(disturb, [store.folder] * 4, range(4)))
    assert found == [[], [], [], []]


def test_what_cannot_be_taken_away_is_left_and_the_rest_is_not(store: Store) -> None:
    keys = keep(store, now=0, old=40)
    folder = store.folder / "00" / "en mapp"
    folder.mkdir()
    os.utime(folder, (0, 0))
    os.utime(store.folder / "00" / keys["old"], (1, 1))
    store.prune({keys["now"]})
    assert left(store, keys) == {"now"}
    assert folder.is_dir()


def test_what_another_build_takes_away_meanwhile_is_no_fault(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = keep(store, now=0, old=40, gone=41)
    real = Path.lstat

    def status(path: Path) -> os.stat_result:
        if path.name == keys["gone"]:
            raise FileNotFoundError
        return real(path)

    monkeypatch.setattr(Path, "lstat", status)
    store.prune({keys["now"]})
    assert left(store, keys) == {"now", "gone"}


@pytest.mark.parametrize("place", ["", "pdf"])
def test_nothing_is_taken_away_through_a_link(place: str, tmp_path: Path) -> None:
    other, store = of_project(tmp_path / "annat"), of_project(tmp_path)
    other.folder.parent.parent.mkdir()
    keys = keep(other, now=0, old=40)
    link = tmp_path / PRIVATE / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "annat" / PRIVATE / place)
    store.prune(())
    assert left(other, keys) == {"now", "old"}


# --- The key ------------------------------------------------------------------------------------------------------

PICTURES = st.lists(st.tuples(st.text(max_size=3), st.binary(max_size=3)), max_size=2, unique_by=lambda item: item[0])
INPUTS = st.tuples(st.text(max_size=3), PICTURES)


@given(INPUTS, INPUTS)
def test_two_papers_share_a_key_only_when_they_are_made_of_the_same(
    one: tuple[str, list[tuple[str, bytes]]], other: tuple[str, list[tuple[str, bytes]]]
) -> None:
    same = one[0] == other[0] and sorted(one[1]) == sorted(other[1])
    assert (recipe.key(*one, recipe.here()) == recipe.key(*other, recipe.here())) is same


def test_the_order_of_pictures_and_of_what_a_paper_is_made_with_does_not_matter() -> None:
    pictures = [("a.png", b"1"), ("b.png", b"2")]
    packages = {"weasyprint": "70", "pydyf": "1"}
    one = recipe.Recipe(packages, {}, {}, {})
    other = recipe.Recipe(dict(reversed(packages.items())), {}, {}, {})
    assert recipe.key("a", pictures, one) == recipe.key("a", reversed(pictures), other)
    assert recipe.key("a", pictures, one) != recipe.key("a", [("a.png", b"2"), ("b.png", b"1")], one)


def test_what_two_machines_do_not_have_alike_is_named() -> None:
    ours = recipe.Recipe({"weasyprint": "70", "pydyf": "1"}, {"pango": "1.50"}, {"a.css": "x"}, {"LANG": ""})
    theirs = recipe.Recipe({"weasyprint": "71", "brotli": "1"}, {"pango": "1.50"}, {"a.css": "y"}, {"LANG": ""})
    assert recipe.differences(ours, theirs) == ["a.css", "brotli", "pydyf", "weasyprint"]
    assert recipe.differences(theirs, ours) == ["a.css", "brotli", "pydyf", "weasyprint"]
    assert recipe.differences(ours, ours) == []


def entries() -> list[tuple[str, str]]:
    return [(field.name, name) for field in fields(recipe.Recipe) for name in getattr(recipe.here(), field.name)]


@pytest.mark.parametrize(("field", "name"), entries())
def test_every_part_of_the_recipe_changes_the_key(field: str, name: str) -> None:
    here = recipe.here()
    part = dict(getattr(here, field))
    others = [{**part, name: part[name] + "x"}, {key: value for key, value in part.items() if key != name}]
    keys = {recipe.key("a", (), replace(here, **{field: other})) for other in (*others, part)}
    assert len(keys) == 3


def test_the_recipe_knows_every_version(monkeypatch: pytest.MonkeyPatch) -> None:
    here = recipe.here()
    assert here.packages["weasyprint"] == metadata.version("weasyprint")
    assert here.packages["python"] == sys.version
    assert here.packages["zlib"] == zlib.ZLIB_RUNTIME_VERSION
    assert re.fullmatch(r"\d+\.\d+\.\d+", here.libraries["pango"])
    assert all(here.libraries.values())
    real = metadata.version
    for name in recipe.PACKAGES:
        if name in here.packages:
            with monkeypatch.context() as patch:
                patch.setattr(metadata, "version", lambda asked, of=name: real(asked) + ("+1" if asked == of else ""))
                recipe.here.cache_clear()
                assert recipe.key("a", (), recipe.here()) != recipe.key("a", (), here), name
    recipe.here.cache_clear()


def test_a_library_that_is_not_there_or_does_not_tell_its_version_is_no_fault() -> None:
    names, function = recipe._LIBRARIES["pango"]
    version = recipe.here().libraries["pango"]
    assert recipe._version(("finns-inte", *names), function) == version
    assert recipe._version(("finns-inte",), function) == ""
    assert recipe._version(names, "finns_inte") == ""


def test_no_package_that_weasyprint_leans_on_is_forgotten() -> None:
    wanted, missing, seen = ["weasyprint"], list[str](), set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        for line in metadata.requires(name) or ():
            if "extra ==" not in line or "woff" in line:  # fonttools[woff] brings what reads woff2
                found = re.match(r"[A-Za-z0-9_.-]+", line)
                assert found
                needed = found[0].lower()
                installed = needed in {item.name.lower() for item in metadata.distributions()}
                (wanted if installed else missing).append(needed)
    seen.update(missing)  # brotlicffi, which stands in for brotli where Python is another
    assert seen - set(recipe.PACKAGES) - {"pycparser"} == set()  # which only makes bindings when cffi is built


def test_an_empty_variable_is_one_that_is_not_set_and_the_machine_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FC_LANG", raising=False)
    recipe.here.cache_clear()
    without = recipe.here()
    monkeypatch.setenv("FC_LANG", "")
    recipe.here.cache_clear()
    assert recipe.here() == without
    assert without.surroundings["machine"] == sysconfig.get_platform()
    recipe.here.cache_clear()


@pytest.mark.parametrize("name", recipe.SURROUNDINGS)
def test_the_surroundings_change_the_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe.key("a", (), recipe.here())
    monkeypatch.setenv(name, "zz_ZZ")
    recipe.here.cache_clear()
    assert recipe.key("a", (), recipe.here()) != before
    recipe.here.cache_clear()


def copy_of_package(folder: Path) -> Path:
    for name in recipe.FOLDERS:
        shutil.copytree(ROOT / "ipsite" / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_every_file_that_papers_are_made_with_changes_the_recipe(tmp_path: Path) -> None:
    package = copy_of_package(tmp_path)
    before = recipe.files(package)
    assert before == recipe.here().files
    made_with = [path for path in package.rglob("*") if path.suffix in recipe.SUFFIXES]
    assert len(made_with) > 15
    for path in made_with:
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        assert recipe.files(package) != before, path
        path.write_bytes(content)
    (package / "render" / "new.py").write_text("")
    assert recipe.files(package) != before


def test_every_file_beside_code_and_style_is_in_the_recipe_but_licences_and_what_the_screen_alone_has() -> None:
    beside = {
        path.relative_to(ROOT / "ipsite").as_posix()
        for name in ("render", "paper", "theme/assets/ipsite")
        for path in (ROOT / "ipsite" / name).rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    left_out = {Path(name).suffix for name in beside - recipe.here().files.keys()}
    assert recipe.here().files.keys() <= beside
    assert left_out == {".txt", ".js", ".svg", ".json"}  # widths.json decides the HTML, which is in the key itself


def test_what_weasyprint_reads_of_the_package_is_in_the_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()
    real = pdf._Fetcher.__call__

    def noted(self: Any, url: str) -> Any:
        read.add(url2pathname(url.removeprefix("file://")))
        return real(self, url)

    monkeypatch.setattr(pdf._Fetcher, "__call__", noted)
    pdf._style.cache_clear()
    pdf.from_html("<html lang=sv><title>A</title><h1>Å</h1><b>fet</b> ☐ ß", {})
    pdf._style.cache_clear()
    known = {str(ROOT / "ipsite" / name) for name in recipe.here().files}
    assert len(read) >= 3
    assert {path for path in read if path.startswith(str(ROOT))} == read
    assert read - known == set()


def test_a_changed_style_changes_key_and_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<html lang=sv><title>A</title><h1>Å</h1>"
    before = pdf.from_html(page, {})
    package = copy_of_package(tmp_path)
    style = package / "paper" / "paper.css"
    style.write_text(style.read_text("utf-8") + "\nh1 { margin-left: 50mm; }\n", "utf-8")
    monkeypatch.setattr(pdf, "_STYLES", (pdf._STYLES[0], style))
    monkeypatch.setattr(pdf, "_PACKAGE", tmp_path)
    tokens = package / "theme" / "assets" / "ipsite" / "tokens.css"
    monkeypatch.setattr(pdf, "_STYLES", (tokens, style))
    pdf._style.cache_clear()
    after = pdf.from_html(page, {})
    pdf._style.cache_clear()
    assert after != before
    assert recipe.files(package) != recipe.here().files
