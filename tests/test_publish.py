"""publish.py: the last good site stands until a whole new one takes its place, and nothing else is ever taken away."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from site_helpers import contents

from ipsite import publish
from ipsite.exchange import NotPossible
from ipsite.publish import NotASite, discard, end, not_saved, put_in_place, stage


def a_site(folder: Path, words: str = "gammal") -> Path:
    mark = folder / "assets" / "ipsite" / "tokens.css"
    mark.parent.mkdir(parents=True)
    mark.write_text("", "utf-8")
    (folder / "index.html").write_text(words, "utf-8")
    return folder


def test_a_new_site_takes_the_place_of_the_old_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    site = a_site(tmp_path / "site")
    (site / "borttagen.html").write_text("", "utf-8")
    made = stage(site)
    assert (site / "index.html").read_text("utf-8") == "gammal"
    put_in_place(a_site(made, "ny"), site)
    assert set(contents(tmp_path)) == {"site/index.html", "site/assets/ipsite/tokens.css"}
    assert (site / "index.html").read_text("utf-8") == "ny"


def test_an_old_site_that_may_not_be_written_in_is_taken_away_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that was copied from a disk that can only be read. What stood there may be what was to go."""
    unlink, outside = os.unlink, tmp_path / "utanför"

    def as_others(name: str, *, dir_fd: int | None = None) -> None:  # who runs the tests may be root
        folder = os.stat(dir_fd if dir_fd is not None else os.path.dirname(name) or ".")  # noqa: PTH116, PTH120
        if not folder.st_mode & stat.S_IWUSR:
            raise PermissionError(errno.EACCES, "denied", name)
        unlink(name, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", as_others)
    a_site(outside).chmod(0o555)
    site = a_site(tmp_path / "site")
    (site / "länk").symlink_to(outside)
    for folder in (site / "assets" / "ipsite", site / "assets", site):
        folder.chmod(0o555)
    put_in_place(a_site(stage(site), "ny"), site)
    (tmp_path / "länk").symlink_to(outside)
    discard(tmp_path / "länk")
    assert {path.name for path in tmp_path.iterdir()} == {"site", "utanför", "länk"}
    assert len(contents(outside)) == 2
    assert stat.S_IMODE(outside.stat().st_mode) == 0o555


def test_where_no_site_was_the_folders_above_it_are_made(tmp_path: Path) -> None:
    site = tmp_path / "ny" / "djup" / "site"
    put_in_place(stage(site), site)
    assert site.is_dir()


def test_a_site_is_made_beside_the_old_one_on_the_same_disk_and_hidden(tmp_path: Path) -> None:
    made = stage(tmp_path / "site")
    assert made.parent == tmp_path
    assert made.name.startswith(".site-")


def test_others_may_read_the_site_as_a_web_server_must(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put_in_place(stage(site), site)
    assert stat.S_IMODE(site.stat().st_mode) == 0o755


def test_two_builds_at_a_time_have_a_folder_each(tmp_path: Path) -> None:
    assert stage(tmp_path / "site") != stage(tmp_path / "site")


@pytest.mark.parametrize("kind", ["files", "file", "hidden file", "link to files"])
def test_what_is_not_a_site_is_left_alone_to_the_last_byte(kind: str, tmp_path: Path) -> None:
    site = tmp_path / "bilder"
    if kind == "file":
        site.write_bytes(b"viktigt")
    else:
        place = tmp_path / "annat" if kind == "link to files" else site
        place.mkdir()
        (place / (".dold" if kind == "hidden file" else "semester.jpg")).write_bytes(b"viktigt")
        if kind == "link to files":
            site.symlink_to(place)
    before = contents(tmp_path)
    with pytest.raises(NotASite, match=r"Mappen bilder .* Inget i den har ändrats\."):
        stage(site)
    assert contents(tmp_path) == before


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    put_in_place(a_site(stage(site)), site)
    assert (site / "index.html").is_file()


@pytest.mark.parametrize("way", ["one step", "two renamings"])
def test_if_the_new_site_cannot_be_moved_in_the_old_one_is_back(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = a_site(tmp_path / "site")
    before = contents(site)
    made = stage(site)
    rename = Path.rename

    def busy(*_: object) -> Path:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    def not_possible(*_: object) -> None:
        raise NotPossible(errno.ENOSYS, os.strerror(errno.ENOSYS))

    with monkeypatch.context() as patched:
        patched.setattr("ipsite.publish.exchange", busy if way == "one step" else not_possible)
        patched.setattr(Path, "rename", lambda self, to: busy() if self == made else rename(self, to))
        with pytest.raises(OSError, match="busy"):
            put_in_place(made, site)
    discard(made)
    assert contents(site) == before
    assert os.listdir(tmp_path) == ["site"]  # noqa: PTH208 - hidden folders too


def test_where_folders_cannot_change_places_there_are_two_renamings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_possible(*_: object) -> None:
        raise NotPossible(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr("ipsite.publish.exchange", not_possible)
    site = a_site(tmp_path / "site")
    put_in_place(a_site(stage(site), "ny"), site)
    assert set(contents(tmp_path)) == {"site/index.html", "site/assets/ipsite/tokens.css"}
    assert (site / "index.html").read_text("utf-8") == "ny"


def test_a_link_to_a_site_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    real = a_site(tmp_path / "disk" / "webb")
    site = tmp_path / "site"
    site.symlink_to(real)
    put_in_place(a_site(stage(site), "ny"), site)
    assert site.is_symlink()
    assert (real / "index.html").read_text("utf-8") == "ny"
    assert sorted(path.name for path in real.parent.iterdir()) == ["webb"]


def test_a_site_that_came_or_went_meanwhile_is_met_as_it_is(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first, second = a_site(stage(site), "första"), a_site(stage(site), "andra")
    put_in_place(first, site)
    put_in_place(second, site)
    assert (site / "index.html").read_text("utf-8") == "andra"
    assert os.listdir(tmp_path) == ["site"]  # noqa: PTH208 - hidden folders too


def test_what_a_crashed_build_left_is_taken_away_by_the_next_and_what_is_built_in_is_not(tmp_path: Path) -> None:
    site = tmp_path / "site"
    left = tmp_path / ".site-bygge-abcd1234"
    a_site(left)
    own = [
        tmp_path / ".site-original",
        tmp_path / ".site-bygge",
        tmp_path / "site-bygge-abcd1234",
        tmp_path / ".annan-bygge-x",
    ]
    for folder in own:
        folder.mkdir()
    busy = stage(site)
    again = stage(site)
    assert not left.exists()
    assert all(folder.is_dir() for folder in (*own, busy, again))
    discard(busy)
    discard(again)


def test_a_site_that_had_gone_out_when_no_other_had_come_in_is_put_back(tmp_path: Path) -> None:
    a_site(tmp_path / ".site-bygge-abcd1234-old", "den gamla")
    a_site(tmp_path / ".site-bygge-abcd1234", "halv")
    discard(stage(tmp_path / "site"))
    assert os.listdir(tmp_path) == ["site"]  # noqa: PTH208 - hidden folders too
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "den gamla"


def test_folders_that_were_made_for_a_site_that_failed_are_taken_away_again(tmp_path: Path) -> None:
    discard(stage(tmp_path / "kopior" / "granne"))
    assert contents(tmp_path) == {}
    assert not (tmp_path / "kopior").exists()


def test_where_folders_cannot_be_locked_one_builds_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", no_locks)
    a_site(tmp_path / ".site-bygge-abcd1234")
    put_in_place(a_site(stage(tmp_path / "site"), "ny"), tmp_path / "site")
    assert sorted(os.listdir(tmp_path)) == [".site-bygge-abcd1234", "site"]  # noqa: PTH208 - nobody can tell whose it is


def test_a_disk_that_could_not_take_the_new_site_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    put_in_place(a_site(stage(site), "gammal"), site)
    before = contents(tmp_path)
    monkeypatch.setattr(publish, "flush", _cannot_be_written)
    with pytest.raises(OSError, match="disken"):
        end(a_site(stage(site), "ny"), site, finished=True)
    assert contents(tmp_path) == before


def test_a_site_that_stands_is_no_fault_though_the_disk_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"

    def flush(_: Path, *, only_itself: bool = False) -> None:
        if only_itself:
            _cannot_be_written()

    monkeypatch.setattr(publish, "flush", flush)
    end(a_site(stage(site), "ny"), site, finished=True)
    assert "ny" in str(contents(site))


def _cannot_be_written(*_: object, **__: object) -> None:
    raise OSError(errno.EIO, "disken")


def test_what_a_failed_build_left_is_taken_away_and_twice_does_no_harm(tmp_path: Path) -> None:
    made = a_site(stage(tmp_path / "site"))
    discard(made)
    discard(made)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.EACCES, "du får inte skriva där"),
        (errno.EBUSY, "något annat använder mappen just nu"),
        (errno.EROFS, "disken går bara att läsa"),
        (errno.ENOSPC, "disken är full"),
        (errno.ENOTDIR, "en fil ligger där en mapp skulle vara"),
        (errno.EIO, "disken svarar inte som den ska"),
        (errno.EMFILE, "för många filer är öppna samtidigt"),
        (errno.ENFILE, "för många filer är öppna samtidigt"),
        (errno.ENODEV, os.strerror(errno.ENODEV)),
    ],
)
def test_what_the_system_would_not_do_is_said_in_swedish_where_the_words_are_known(code: int, reason: str) -> None:
    said = not_saved(OSError(code, os.strerror(code)))
    assert said == f"Webbplatsen kunde inte sparas: {reason}. Ingen gammal webbplats har ändrats."


def test_what_may_not_be_read_is_named_and_is_not_said_to_be_a_place_to_write_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "sida.md"
    page.touch()
    error = PermissionError(errno.EACCES, "denied", str(page))
    assert not_saved(error).startswith("Webbplatsen kunde inte sparas: du får inte skriva där.")
    (page.parent / "lank.md").symlink_to("ingenstans")
    error.filename = str(page.parent / "lank.md")
    assert not_saved(error).startswith(f"{os.path.relpath(error.filename)} går inte att läsa.")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: "docs" not in str(path) and access(path, mode))
    for name in (page, page.parent / "finns" / "inte.md"):
        error.filename = str(name)
        place = os.path.relpath(page if name == page else page.parent)
        assert not_saved(error) == (
            f"{place} går inte att läsa. Kontrollera att du har rätt till det. Ingen gammal webbplats har ändrats."
        )


def test_the_sign_of_a_site_is_a_file_that_the_theme_has() -> None:
    theme = Path(publish.__file__).parent / "theme"
    assert (theme / "assets" / "ipsite" / "tokens.css").is_file()
