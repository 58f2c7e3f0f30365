"""live.py, preview.py, contents.py, views/problems.py: `ipsite serve` with a real server, valid, invalid, valid."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from PIL import Image
from plan_samples import run as command
from site_helpers import CONFIG, Html, Project, smallest
from site_helpers import contents as contents_of

from ipsite.artifact import Page
from ipsite.contents import Stopped, contents
from ipsite.gather import gather, place_of
from ipsite.mkdocs import live, preview
from ipsite.mkdocs.plugin import IpsitePlugin
from ipsite.settings import Settings

PATIENCE = 60  # seconds; the machine may be busy
TODAY = date(2026, 11, 22)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.plan(smallest(titel="Flytta"), "vera/plan")
    made.plan(smallest(titel="Arbeta"), "vera/annan")
    return made


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def address(project: Project) -> Iterator[str]:
    port = free_port()
    told = project.folder / "told.txt"
    with told.open("w") as log:
        arguments = [sys.executable, "-m", "ipsite", "serve", "--port", str(port)]
        server = subprocess.Popen(arguments, cwd=project.folder, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError):
        return ""


def until(address: str, holds: Callable[[str], bool]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds(text := fetched(address)):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{address} is not as it should be after {PATIENCE} s")


def test_the_preview_follows_a_plan_through_valid_invalid_and_valid(project: Project, address: str) -> None:
    page, overview = f"{address}planer/vera/plan/index.html", f"{address}planer/index.html"
    assert "plan.pdf" not in until(page, lambda text: "Flytta" in text)

    path = project.plan(smallest(titel="Flytta", status="gallande"), "vera/plan")
    wrong = Html(until(page, lambda text: "Planerna har fel" in text)).text
    said = command("check", "plans").stdout
    for words in ("«status» har ett värde som inte går att välja.", "Menade du «gällande»?"):
        assert words in wrong
        assert words in said
    assert "Menade du «gällande»?" in Html(fetched(overview)).text
    assert "Arbeta" in fetched(f"{address}planer/vera/annan/index.html")

    path.write_text("slag: [", "utf-8")
    until(page, lambda text: "IP005" in text)

    project.plan(smallest(titel="Flyttat"), "vera/plan")
    until(page, lambda text: "Flyttat" in text and "Planerna har fel" not in text)
    assert not project.site.exists()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_the_preview_is_for_this_computer_by_its_own_names(name: str, project: Project, address: str) -> None:
    """A page elsewhere, whose name is made to lead here, could else read the plans through the reader's browser."""
    page = f"{address}planer/vera/plan/index.html"
    until(page, lambda text: "Flytta" in text)

    def asked_for(host: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(urllib.request.Request(page, headers={"Host": host}), timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    assert asked_for(name)[0] == 200
    for other in ("ond.example", f"{name}.ond.example", "127.0.0.1.ond.example:8000", "127.0.0.10"):
        status, text = asked_for(other)
        assert (status, "Flytta" in text) == (403, False)
        assert "http://127.0.0.1" in text


@pytest.mark.parametrize("ended", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_preview_leaves_no_page_behind_however_it_is_ended(
    ended: str, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SIGHUP is what comes when the window of a terminal is closed."""
    place, port = tmp_path_factory.mktemp("tillfälligt"), free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "ipsite", "serve", "--port", str(port)],
        cwd=project.folder,
        env={**os.environ, "TMPDIR": str(place)},
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(getattr(signal, ended), signal.SIG_DFL),
    )
    until(f"http://127.0.0.1:{port}/planer/vera/plan/index.html", lambda text: "Flytta" in text)
    assert [path for path in place.rglob("*") if "vera" in str(path)]
    server.send_signal(getattr(signal, ended))
    _, told = server.communicate(timeout=PATIENCE)
    assert (list(place.iterdir()), told) == ([], b"")


def served(*arguments: str, cwd: Path) -> tuple[subprocess.Popen[bytes], str]:
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}", *arguments]
    return subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL), str(port)


@pytest.mark.parametrize("arguments", [(), ("--clean",)], ids=["as always", "clean"])
def test_the_preview_of_mkdocs_shows_the_site_and_follows_the_plans(
    project: Project, arguments: tuple[str, ...]
) -> None:
    before = contents_of(project.folder)
    server, port = served(*arguments, cwd=project.folder)
    try:
        page = f"http://127.0.0.1:{port}/planer/vera/plan/index.html"
        assert "plan.pdf" not in until(page, lambda text: "Flytta" in text)
        project.plan(smallest(titel="Flyttat"), "vera/plan")
        until(page, lambda text: "Flyttat" in text)
        project.page("# Start\n\nHejsan.\n")
        until(f"http://127.0.0.1:{port}/", lambda text: "Hejsan" in text)
    finally:
        server.terminate()
        server.wait(20)
    assert contents_of(project.folder).keys() == before.keys()


@dataclass
class Shown:
    """A preview that has been built, in this process."""

    plugin: IpsitePlugin
    folder: Path

    def refill(self) -> bool:
        return self.plugin._refill()


def shown(project: Project, folder: Path) -> Shown:
    config = load_config(str(project.config), site_dir=str(folder))
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config, serve_url="http://127.0.0.1:8000/")
    made = config.plugins["ipsite"]
    assert isinstance(made, IpsitePlugin)
    return Shown(made, folder)


def another_title(project: Project) -> None:
    project.plan(smallest(titel="Flyttat & klart", mål=[{"mål": "Ett mål", "status": "pågår"}]), "vera/plan")


def another_person(project: Project) -> None:
    project.plan(smallest(person={"namn": "Någon Annan"}), "vera/annan")


def other_parts(project: Project) -> None:
    project.plan(smallest(titel="Ett", anledning="Nytt jobb."), "vera/annan")


def a_picture(project: Project) -> None:
    Image.new("RGB", (30, 10)).save(project.folder / "plans" / "vera" / "bild.png")


def the_same(project: Project) -> None:
    project.plan(smallest(titel="Flytta"), "vera/plan")


@pytest.mark.parametrize("change", [another_title, another_person, other_parts, a_picture, the_same])
def test_a_preview_that_is_filled_again_is_the_one_that_mkdocs_would_build(
    change: Callable[[Project], None], project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any
) -> None:
    Image.new("RGB", (20, 10)).save(project.folder / "plans" / "vera" / "bild.png")
    project.plan(smallest(titel="Med bild", person={"namn": "Vera Vall", "bild": "bild.png"}), "vera/bild")
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    made = shown(project, one)
    before = contents_of(one)
    change(project)
    with monkeypatch.context() as patch:
        patch.setattr("mkdocs.structure.pages.Page.render", None)  # MkDocs reads no page again
        assert made.refill()
    shown(project, other)
    assert contents_of(one) == contents_of(other)
    assert (contents_of(one) != before) == (change is not the_same)


def a_new_plan(project: Project) -> None:
    project.plan(smallest(), "vera/ny")


def a_plan_gone(project: Project) -> None:
    (project.folder / "plans" / "vera" / "annan.yaml").unlink()


def an_error(project: Project) -> None:
    project.plan({"slag": "sip"}, "vera/plan")


@pytest.mark.parametrize("change", [a_new_plan, a_plan_gone, an_error])
def test_what_changes_more_than_pages_is_left_to_mkdocs(
    change: Callable[[Project], None], project: Project, tmp_path_factory: Any
) -> None:
    made = shown(project, tmp_path_factory.mktemp("one"))
    change(project)
    assert not made.refill()


def test_a_new_day_is_left_to_mkdocs(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    made = shown(project, tmp_path_factory.mktemp("one"))
    assert made.refill()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795305600 + 86400))
    assert not made.refill()


def test_mkdocs_builds_when_anything_but_a_plan_has_changed_and_after_a_failure(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    docs.mkdir()
    site.mkdir()
    page = docs / "index.md"
    page.write_text("a", "utf-8")
    done: list[str] = []

    def full() -> None:
        done.append("full")
        if page.read_text("utf-8") == "fel":
            raise LookupError

    def refill() -> bool:
        done.append("refill")
        return True

    build = preview._builder(full, refill, [str(docs)], str(site))
    build()
    assert done == ["refill"]
    page.write_text("fel", "utf-8")
    build()
    assert done == ["refill", "full"]
    page.write_text("rätt", "utf-8")
    build()
    build()
    assert done == ["refill", "full", "full", "refill"]


def test_mkdocs_builds_when_it_is_not_known_what_was_filled(tmp_path: Path) -> None:
    done: list[str] = []

    def refill() -> bool:
        done.append("refill")
        raise LookupError

    build = preview._builder(lambda: done.append("full"), refill, [], str(tmp_path))
    build()
    assert done == ["refill"]
    build()
    assert done == ["refill", "full"]


def in_the_configuration(project: Project) -> None:
    project.configure(CONFIG.replace("ipsite: OPTIONS", "ipsite: {mode: privat}"))


def in_a_page(project: Project) -> None:
    project.page("# Start\n\n{{ blankett finns-inte }}\n")


def in_a_template(project: Project) -> None:
    (project.folder / "mall").mkdir()
    (project.folder / "mall" / "main.html").write_text("{% saknas", "utf-8")
    project.configure(CONFIG.replace("theme: {", "theme: {custom_dir: mall, "))


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (in_the_configuration, "mode ska vara «private» eller «open». Menade du «private»?"),
        (in_a_page, "Sidorna har fel"),
        (in_a_template, "TemplateSyntaxError"),  # nothing that MkDocs has words for
    ],
)
def test_a_fault_leaves_the_last_site_to_be_looked_at(
    fault: Callable[[Project], None], why: str, project: Project, address: str
) -> None:
    until(address, lambda text: "Hej." in text)
    told = project.folder / "told.txt"
    fault(project)
    end = time.monotonic() + PATIENCE
    while "Du ser den som den var innan." not in told.read_text("utf-8") and time.monotonic() < end:
        time.sleep(0.1)
    said = told.read_text("utf-8")
    assert why in said
    assert "Traceback" not in said
    assert ("Rätta felet och spara" in said) == (fault is not in_a_template)
    assert ("Något gick fel i programmet, inte i dina planer" in said) == (fault is in_a_template)
    assert "Hej." in fetched(f"{address}index.html")
    assert "Arbeta" in fetched(f"{address}planer/vera/annan/index.html")
    project.configure(CONFIG.replace("site_name: Planer", "site_name: Omdöpt"))
    project.page("# Start\n\nHej.\n")
    until(f"{address}index.html", lambda text: "Omdöpt" in text)


def test_a_link_that_leads_nowhere_hides_no_file_from_the_preview(tmp_path: Path) -> None:
    names = [f"plan-{number}.yaml" for number in range(9)]
    for name in names:
        (tmp_path / name).touch()
        (tmp_path / f".#{name}").symlink_to("någon@dator")  # as Emacs does while a file is edited
    assert sorted(preview.state([str(tmp_path)])) == [str(tmp_path / name) for name in names]


def test_a_build_that_fails_when_it_has_begun_to_write_leaves_all_as_it_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = tmp_path / "site"
    site.mkdir(0o700)
    (site / "whole.html").write_text("", "utf-8")

    def full() -> None:
        assert list(site.iterdir()) == []
        (site / "half.html").write_text("", "utf-8")
        if len(faults) > 0:
            raise faults.pop()

    full_disk = OSError(errno.ENOSPC, "hemlig", str(site / "half.html"))
    faults: list[BaseException] = [KeyboardInterrupt(), LookupError("hemlig"), full_disk, Abort("hemlig")]
    build = preview._builder(full, lambda: False, [], str(site))
    for said in ("Felet gör att", "Webbplatsen kunde inte sparas: disken är full.", "Något gick fel i programmet"):
        caplog.clear()
        build()
        assert list(contents_of(tmp_path)) == ["site/whole.html"]
        assert caplog.messages[0].startswith(said)
        assert "hemlig" not in caplog.text
    with pytest.raises(KeyboardInterrupt):
        build()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]  # which MkDocs takes away
    build()
    assert list(contents_of(tmp_path)) == ["site/half.html"]
    assert site.stat().st_mode & 0o777 == 0o700


def test_a_preview_shows_the_errors_where_the_plans_would_have_stood(project: Project) -> None:
    project.plan({"slag": "sip"}, "vera/plan")
    root = project.folder / "plans"
    made = contents(gather(root, TODAY, "private"), Settings(TODAY), preview=True)
    pages = {item.path: item for item in made if isinstance(item, Page)}
    assert pages["planer/vera/plan"].title == pages["planer"].title == "Planerna har fel"
    assert "Arbeta" in pages["planer/vera/annan"].title
    assert 'href="vera/annan/"' in pages["planer"].body


def test_a_preview_shows_the_errors_also_below_and_beside_the_plan(project: Project) -> None:
    project.plan({"slag": "sip"}, "vera/plan")
    project.plan({"slag": "sip"}, "bo/plan")
    goals = [{"mål": "Ett mål", "status": "pågår", "åtgärder": [{"vad": "Ringa", "vem": "jag själv",
              "klart": "2027-01-01", "status": "pågår"}]}]  # fmt: skip
    project.plan(smallest(titel="Arbeta", mål=goals), "vera/annan")
    root = project.folder / "plans"
    made = contents(gather(root, TODAY, "private"), Settings(TODAY), preview=True)
    titles = {item.path: item.title for item in made if isinstance(item, Page)}
    assert len(titles) == sum(isinstance(item, Page) for item in made)
    wrong = ("planer/vera/plan/lattlast", "planer/bo/plan/lattlast", "planer/bo/att-gora")
    assert {titles[path] for path in wrong} == {"Planerna har fel"}
    assert titles["planer/vera/att-gora"] != "Planerna har fel"  # what the other plan says is to do
    assert "lättläst" in titles["planer/vera/annan/lattlast"]


def test_a_preview_compares_with_no_plan_that_names_somebody_who_is_not_there(project: Project) -> None:
    """As while a person gets another key: what she does in the old plan cannot be told."""
    before = [{"insats": "Ledsagning", "status": "planerad", "huvudman": "kommun", "ansvarig": "ny_nyckel"}]
    project.plan(smallest(insatser=before), "vera/plan")
    project.plan(smallest(insatser=[{**before[0], "ansvarig": "jag själv"}], ersätter="plan"), "vera/annan")
    made = contents(gather(project.folder / "plans", TODAY, "private"), Settings(TODAY), preview=True)
    titles = {item.path: item.title for item in made if isinstance(item, Page)}
    assert titles["planer/vera/plan"] == "Planerna har fel" != titles["planer/vera/annan"]


def pages_of_seven(project: Project, text: str, mode: Literal["private", "open"] = "private") -> dict[str, str]:
    """The titles of the pages, by path, when the plan of the seventh of seven people is `text`."""
    names = ("Alva", "Bo", "Cilla", "Disa", "Emil", "Frank")
    for name in names:
        project.plan(smallest(person={"namn": f"{name} Ek"}, fiktiv=True), f"{name.lower()}/plan")
    project.plan(smallest(person={"namn": "Alva Ek"}), "alva/fel").write_text("slag: [", "utf-8")
    for old in ("plan", "annan"):
        (project.folder / "plans" / "vera" / f"{old}.yaml").unlink(missing_ok=True)
    (project.folder / "plans" / "vera" / "enda.yaml").write_text(text, "utf-8")
    root = project.folder / "plans"
    made = contents(gather(root, TODAY, mode), Settings(TODAY, mode), preview=True)
    titles = {item.path: item.title for item in made if isinstance(item, Page)}
    for name in names:
        assert titles.pop(f"planer/person-{name.lower()}-ek") == f"Planer för {name} Ek"
    return titles


@pytest.mark.parametrize(
    "text",
    [
        "slag: sip\nperson: {namn: Vera Vall}\n",
        "slag: sip\nperson:\n  # så vill hon heta\n\n  kallas: Vera\n  namn: 'Vera Vall' # i dag\ntitel: [\n",
        "slag: [\nperson: {kallas: Vera, namn: Vera Vall}\n",
    ],
    ids=["wrong", "unreadable", "unreadable before the name"],
)
def test_a_person_whose_plans_are_all_wrong_has_a_page_that_tells_of_it(project: Project, text: str) -> None:
    assert pages_of_seven(project, text)["planer/person-vera-vall"] == "Planerna har fel"


def test_a_person_whose_plan_breaks_a_rule_has_a_page_that_tells_of_it(project: Project) -> None:
    path = project.plan(smallest(person={"namn": "Vera Vall"}, gäller={"från": "2026-02-01", "till": "2026-01-01"}))
    titles = pages_of_seven(project, path.read_text("utf-8"))
    assert titles["planer/person-vera-vall"] == titles["planer/vera/enda"] == "Planerna har fel"


@pytest.mark.parametrize("text", ["slag: sip\n", "slag: sip\nperson:\nnamn: Vera Vall\n", ""])
def test_people_have_their_pages_though_nobody_can_tell_whose_a_plan_is(project: Project, text: str) -> None:
    assert "planer/person-vera-vall" not in pages_of_seven(project, text)


def test_an_open_preview_names_nobody_who_may_be_real(project: Project) -> None:
    text = "slag: sip\nperson: {namn: Vera Vall}\n"
    assert not any("vall" in path for path in pages_of_seven(project, text, "open"))
    assert "planer/person-vera-vall" in pages_of_seven(project, f"fiktiv: true\n{text}", "open")


def test_an_open_preview_never_shows_a_real_plan(project: Project) -> None:
    root = project.folder / "plans"
    project.plan(smallest(titel="Verklig titel"), "vera/plan")
    made = contents(gather(root, TODAY, "open"), Settings(TODAY, "open"), preview=True)
    assert all("Verklig titel" not in item.body for item in made if isinstance(item, Page))


def test_a_build_stops_at_errors_and_refusals(project: Project) -> None:
    root = project.folder / "plans"
    with pytest.raises(Stopped, match="Ingen plan har ett exemplar"):
        contents(gather(root, TODAY, "private", "ingen"), Settings(TODAY), preview=True)
    project.plan({"slag": "sip"}, "vera/plan")
    with pytest.raises(Stopped, match="Planerna har fel") as stopped:
        contents(gathered := gather(root, TODAY, "private"), Settings(TODAY), preview=False)
    told = [line for line in str(stopped.value).splitlines() if line.startswith("plans/") or ".yaml:" in line]
    assert len(told) == len(gathered.errors) < len(gathered.problems)  # and no warnings among which they would drown


def test_a_copy_stands_apart_from_the_own_site(tmp_path: Path) -> None:
    assert place_of(tmp_path / "site", tmp_path, "mamma") == tmp_path / "kopior" / "mamma"
    assert place_of(tmp_path / "ut", tmp_path, "mamma") == tmp_path / "ut"
    for own in ("", "jag själv"):
        assert place_of(tmp_path / "site", tmp_path, own) == tmp_path / "site"


def never() -> None:
    pytest.fail("somebody was sent to a site that is not there")


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (CONFIG.replace("  - ipsite: OPTIONS\n", ""), "saknar tillägget ipsite"),
        ("site_name: [", "mkdocs.yml går inte att använda."),
    ],
    ids=["no plugin", "no YAML"],
)
def test_a_project_that_cannot_be_shown_is_told_of(config: str, words: str, project: Project) -> None:
    project.config.write_text(config, "utf-8")
    with pytest.raises(live.NoPreview) as met:
        live.serve(project.config, free_port(), never)
    assert words in str(met.value)


def test_what_mkdocs_says_of_the_settings_is_told_in_swedish(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.configure(CONFIG.replace("plugins:", "nonsens: 1\nuse_directory_urls: kanske\nplugins:"))
    with pytest.raises(live.NoPreview, match=r"^Inställningarna i mkdocs.yml har fel\.$"):
        live.serve(project.config, free_port(), never)
    assert "mkdocs.yml, «use_directory_urls»: Här ska stå true eller false." in capsys.readouterr().err


def test_a_port_that_is_taken_is_told_of(project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(live.NoPreview, match="används redan"):
            live.serve(project.config, taken.getsockname()[1], lambda: None)


def test_a_private_site_is_never_shown_to_the_network(project: Project) -> None:
    project.configure(CONFIG + "dev_addr: 0.0.0.0:8000\n")
    made = subprocess.run(
        [sys.executable, "-m", "mkdocs", "serve"], cwd=project.folder, capture_output=True, text=True, timeout=PATIENCE,
        check=False, encoding="utf-8",
    )  # fmt: skip
    assert made.returncode != 0
    assert "visas bara på den här datorn" in made.stdout + made.stderr


def test_without_a_project_it_says_where_to_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert command("serve").exit_code == 2
