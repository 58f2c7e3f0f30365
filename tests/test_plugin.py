"""plugin.py and site.py: what MkDocs is given, which options there are, and what stands when a build has failed."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from PIL import Image
from site_helpers import CONFIG, EPOCH, Html, Project, contents, searched_in, smallest, words_of

from ipsite import build as pipeline
from ipsite import clock, publish
from ipsite.cli import main
from ipsite.mkdocs import options, plugin, site
from ipsite.render import pdf as papers

DAY = "2026-11-22"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())  # the same in every site, and half of the time
    return Project(tmp_path)


def build(*options: str) -> Result:
    """`ipsite build` in this process; `--no-pdf` unless papers are wanted."""
    return CliRunner().invoke(main, ["build", *options])


def quick(*options: str) -> Result:
    return build("--no-pdf", "--today", DAY, *options)


def built(project: Project, *options: str, pdf: bool = False) -> Path:
    made = (build if pdf else quick)(*options)
    assert (made.exit_code, made.stderr) == (0, "")
    return project.site


def page(site_folder: Path, path: str = "planer/vera/plan/index.html") -> Html:
    return Html((site_folder / path).read_text("utf-8"))


# --- What is built ------------------------------------------------------------------------------------------------


def test_a_plan_becomes_a_page_a_paper_and_a_place_in_the_overview(project: Project) -> None:
    project.plan(smallest(titel="Flytta"))
    folder = built(project, pdf=True)
    assert (folder / "planer" / "vera" / "plan" / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert "Flytta" in page(folder).headings[0][1]
    assert "Flytta" in page(folder, "planer/index.html").text


def test_the_pages_of_docs_keep_paragraphs_of_law_on_one_line(project: Project) -> None:
    project.page(
        '---\nlagrum: [10 § LSS, "SOSFS 2014:5, 6 kap."]\n---\n\n# Hej\n\nEnligt 10 §\nLSS, se `9 § 10 LSS`.\n'
    )
    text = (built(project) / "index.html").read_text("utf-8").replace("\N{NO-BREAK SPACE}", "_")
    assert "<p>Enligt 10_§_LSS, se <code>9 § 10 LSS</code>.</p>" in text
    assert "<p>Lagrum: 10_§_LSS, SOSFS_2014:5, 6_kap.</p>" in text  # one stop


def test_the_build_tells_what_came_of_it_and_where_to_start(project: Project) -> None:
    project.plan(smallest())
    told = quick().stdout
    assert re.search(r"^Klart: \d+ sidor och 0 PDF-filer\.$", told, re.MULTILINE)
    assert f"Öppna {project.site / 'index.html'}" in told


def test_nothing_is_written_but_the_site(project: Project) -> None:
    project.plan(smallest())
    before = contents(project.folder)
    built(project)
    ours = ("site/", ".ipsite/")  # what was built, and what is known of it
    after = {name: content for name, content in contents(project.folder).items() if not name.startswith(ours)}
    assert after == before


def test_without_papers_no_page_speaks_of_one(project: Project) -> None:
    project.plan(smallest())
    folder = built(project)
    assert list(folder.rglob("*.pdf")) == []
    assert "PDF" not in page(folder).text
    assert "plan.pdf" not in (folder / "planer" / "index.html").read_text("utf-8")


def test_papers_may_be_left_out_in_the_configuration(tmp_path: Path, project: Project) -> None:
    project.plan(smallest())
    project.configure(CONFIG.replace("OPTIONS", json.dumps({"papers": False})))
    assert list(built(project, pdf=True).rglob("*.pdf")) == []


def test_a_portfolio_without_plans_is_a_site_that_says_so(project: Project) -> None:
    assert "Här finns inga planer än." in page(built(project), "planer/index.html").text


def test_the_site_may_be_built_anywhere(project: Project, tmp_path: Path) -> None:
    made = quick("--site-dir", "ut/här")
    assert made.exit_code == 0, made.stderr
    assert (tmp_path / "ut" / "här" / "index.html").is_file()
    assert not project.site.exists()


def test_a_picture_lies_beside_the_page_without_its_own_name(project: Project) -> None:
    project.plan(smallest(person={"namn": "Vera Vall", "bild": "vera-vall.png", "bildtext": "Vera läser."}))
    Image.new("RGB", (20, 10)).save(project.folder / "plans" / "vera" / "vera-vall.png")
    folder = built(project)
    assert [(node.get("src"), node.get("alt")) for node in page(folder).all("img")] == [("bild.png", "Vera läser.")]
    assert (folder / "planer" / "vera" / "plan" / "bild.png").is_file()
    assert not [name for name in contents(folder) if "vera-vall" in name]


def test_plans_may_lie_in_a_part_of_the_plans_folder_with_their_pictures(project: Project) -> None:
    project.plan(smallest(person={"namn": "Vera Vall", "bild": "v.png"}), "nu/vera/plan")
    Image.new("RGB", (20, 10)).save(project.folder / "plans" / "nu" / "vera" / "v.png")
    project.configure(CONFIG.replace("OPTIONS", json.dumps({"plans_dir": "plans/nu"})))
    assert (built(project) / "planer" / "nu" / "vera" / "plan" / "bild.png").is_file()


def test_the_list_of_contents_of_a_plan_is_its_sections(project: Project) -> None:
    project.plan(smallest())
    shown = page(built(project))
    (contents_list,) = shown.with_class("ip-toc")
    links = [(words_of(a), str(a.get("href")).removeprefix("#")) for a in contents_list.iter("a")]
    sections = [(words_of(node), node.get("id")) for node in shown.all("h2")]
    assert len(sections) > 3
    assert links == sections
    (back,) = shown.with_class("ip-up__link")
    assert str(back.get("href")).removeprefix("#") in shown.ids


def test_only_the_first_page_of_a_section_is_the_sections_own_and_every_other_is_in_the_menu(project: Project) -> None:
    for name in ("a.md", "b/index.md", "c.md"):
        project.page(f"# {name}\n", name)
    project.plan(smallest(titel="Ro"))
    sections = "Läs: [Hemma: a.md, Planer: planer/index.md], Mer: [Om: b/index.md, Ord: c.md]"
    project.configure(CONFIG.replace("Planer: planer/index.md", sections))
    folder = built(project)
    shown = page(folder)
    (menu,) = shown.with_class("ip-nav")
    links = {words_of(link): str(link.get("href")).removeprefix("../../") for link in menu.iter("a")}
    first, second = "../a/index.html", "../b/index.html"
    assert links.pop("Start") == "../index.html"
    assert links == {"Läs": first, "Hemma": first, "Planer": "index.html", "Mer": second, "Ord": "../c/index.html"}
    (path,) = shown.with_class("ip-path")
    assert [words_of(item) for item in path.iter("li")][:3] == ["Start", "Läs", "Planer"]


def test_a_site_for_files_has_links_that_name_files(project: Project) -> None:
    project.plan(smallest())
    project.configure(CONFIG + "use_directory_urls: false\n")
    folder = built(project, pdf=True)
    for file in folder.rglob("*.html"):
        if file.name == "404.html":
            continue  # is served at any address, and so has absolute ones
        for link in Html(file.read_text("utf-8")).all("a"):
            target, _, _ = (link.get("href") or "").partition("#")
            if not re.match(r"[a-z]+:", target):
                assert (file.parent / target).is_file() or not target, (file.name, target)


# --- The day ------------------------------------------------------------------------------------------------------


def day_of(project: Project, *options: str) -> str:
    made = build("--no-pdf", *options)
    assert made.exit_code == 0, made.stderr
    (said,) = page(project.site, "planer/index.html").with_class("ip-plan-made")
    return words_of(said)


def test_the_day_is_todays_unless_another_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> Clock:
            return cls(2031, 2, 3)

    monkeypatch.setattr(clock, "date", Clock)
    assert day_of(project) == "Sidan gjordes 3 februari 2031."


@pytest.mark.parametrize("written", ["2026-05-01", '"2026-05-01"'], ids=["as YAML reads a day", "as text"])
def test_the_configuration_may_name_the_day_and_the_command_line_another(written: str, project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", f"{{today: {written}}}"))
    assert day_of(project) == "Sidan gjordes 1 maj 2026."
    assert day_of(project, "--today", "2026-05-02") == "Sidan gjordes 2 maj 2026."


def test_source_date_epoch_names_the_day_for_builds_that_are_to_be_repeated(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    assert day_of(project) == "Sidan gjordes 22 november 2026."


@pytest.mark.parametrize("value", ["igår", "1e9", "99999999999999999999"])
def test_a_source_date_epoch_that_is_no_day_is_told_of(
    value: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    refused(build("--no-pdf"), "SOURCE_DATE_EPOCH ska vara ett antal sekunder")


def test_a_day_in_the_configuration_that_is_none_is_told_of(project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{today: igår}"))
    refused(build("--no-pdf"), "today i mkdocs.yml ska vara en dag, skriven som ÅÅÅÅ-MM-DD.")


def test_a_day_that_no_file_of_a_site_can_be_of_is_told_of(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compressed map of the pages has room for no later one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4291747200")
    refused(build("--no-pdf"), "SOURCE_DATE_EPOCH eller datorns klocka: dagen ska ligga mellan 1970 och 2105.")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4291747199")
    assert day_of(project) == "Sidan gjordes 31 december 2105."
    project.configure(CONFIG.replace("OPTIONS", "{today: 2106-01-01}"))
    refused(build("--no-pdf"), "today i mkdocs.yml: dagen ska ligga mellan 1970 och 2105.")


# --- Open and private ---------------------------------------------------------------------------------------------


def test_a_private_site_says_so_asks_not_to_be_found_and_has_no_map(project: Project) -> None:
    project.plan(smallest())
    folder = built(project)
    for file in folder.rglob("*.html"):
        shown = Html(file.read_text("utf-8"))
        assert "Privat." in words_of(shown.with_class("ip-band--private")[0]), file
        assert [m.get("content") for m in shown.all("meta") if m.get("name") == "robots"] == [
            "noindex, nofollow, noarchive"
        ]
    assert not [name for name in contents(folder) if "sitemap" in name]


def test_an_open_site_can_be_found_and_has_no_band(project: Project) -> None:
    project.plan(smallest(fiktiv=True))
    project.configure(CONFIG.replace("OPTIONS", "{mode: open}"))
    folder = built(project)
    shown = page(folder)
    assert shown.with_class("ip-band--private") == []
    assert [m for m in shown.all("meta") if m.get("name") == "robots"] == []
    assert {"sitemap.xml", "sitemap.xml.gz"} <= set(contents(folder))


@pytest.mark.parametrize("made_up", [None, False], ids=["not said", "said to be real"])
def test_a_plan_that_is_not_made_up_never_reaches_an_open_site(made_up: bool | None, project: Project) -> None:
    project.plan(smallest(fiktiv=True), "vera/annan")
    more: dict[str, Any] = {} if made_up is None else {"fiktiv": made_up}
    project.plan(smallest(**more))
    project.configure(CONFIG.replace("OPTIONS", "{mode: open}"))
    told = refused(quick(), "Webbplatsen är öppen, men planen är inte märkt som påhittad.")
    assert re.findall(r"^(\S+?):\d+:\d+: fel (IP\d+)", told, re.MULTILINE) == [("plans/vera/plan.yaml", "IP060")]
    assert not project.site.exists()


def test_without_a_word_of_mode_a_site_is_private() -> None:
    assert dict(options.Options._schema)["mode"].default == "private"


def deploying(project: Project) -> tuple[Any, Any]:
    config = load_config(str(project.config))
    config.plugins.on_startup(command="gh-deploy", dirty=False)
    return config, config.plugins["ipsite"]


def test_a_private_site_is_not_put_on_the_internet_by_mkdocs(project: Project) -> None:
    config, _ = deploying(project)
    with pytest.raises(PluginError, match="läggs därför inte ut på internet"):
        config.plugins.on_config(config)


def test_what_mkdocs_puts_on_the_internet_is_the_finished_site(project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{mode: open, papers: false}"))
    config, shell = deploying(project)
    config.plugins.on_config(config)
    Path(config.site_dir, "index.html").write_text("x", "utf-8")
    shell.pages.clear()
    shell.on_post_build(config=config)
    config.plugins.on_shutdown()
    assert Path(config.site_dir) == project.site
    assert contents(project.site) == {"index.html": b"x"}


# --- Hostile text -------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ config.site_dir }} {% raw %}",
    "**fet** [a](javascript:alert(1))",
    "&lt;b&gt; &amp;",
    "</title></head>",
    "\u202eevil\u202c 'quote' \"quote\"",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stands_as_it_was_written_in_every_part_of_the_site(text: str, project: Project) -> None:
    plan = smallest(
        titel=text, anledning=text, person={"namn": text, "kallas": text}, mål=[{"mål": text, "status": "pågår"}]
    )
    project.plan(plan)
    folder = built(project)
    said = " ".join(text.split())
    shown = page(folder)
    assert shown.headings[0][1].endswith(f"plan – {said}")
    (title,) = shown.all("title")
    assert (title.text or "").strip().startswith(shown.headings[0][1])
    described = [m.get("content", "") for m in shown.all("meta") if m.get("name") == "description"]
    assert described == [f"Individuell plan enligt 10 § LSS: {text}."]
    assert said in page(folder, "planer/index.html").text
    assert list(shown.all("img", "b")) == []
    assert {node.get("src", "").rsplit("/", 1)[-1] for node in shown.all("script")} == {"site.js"}
    found = [doc for doc in searched_in(folder) if doc["location"].startswith("planer/vera/plan/")]
    assert found[0]["title"] == shown.headings[0][1]
    assert any(doc["title"] == said for doc in found)  # the goal
    assert any(said in doc["text"] for doc in found)


# --- Failure: the last good site stands ---------------------------------------------------------------------------


def refused(made: Result, *said: str, code: int = 1) -> str:
    """The build was refused in words for people, and what it said."""
    assert made.exit_code == code, made.output
    assert isinstance(made.exception, SystemExit)
    for words in said:
        assert words in made.stderr
    assert "Traceback" not in made.output
    assert made.stdout == ""
    return made.stderr


def last_good(project: Project) -> None:
    """A site that was built before, as far as the program can tell."""
    for name in ("assets/ipsite/tokens.css", "index.html", "planer/vera/plan/plan.pdf"):
        (project.site / name).parent.mkdir(parents=True, exist_ok=True)
        (project.site / name).write_text(f"gammal {name}", "utf-8")


def test_a_site_that_was_built_before_is_replaced_whole(project: Project) -> None:
    last_good(project)
    assert "gammal" not in (built(project) / "index.html").read_text("utf-8")
    assert not (project.site / "planer" / "vera").exists()


Break = Callable[[Project, pytest.MonkeyPatch], None]


def an_invalid_plan(project: Project, _: pytest.MonkeyPatch) -> None:
    project.plan({"format": 1, "slag": "sip"})


def a_plan_that_is_no_yaml(project: Project, _: pytest.MonkeyPatch) -> None:
    project.plan({}).write_text("titel: [", "utf-8")


def a_broken_picture(project: Project, _: pytest.MonkeyPatch) -> None:
    project.plan(smallest(person={"namn": "Vera", "bild": "saknas.png"}))


def a_dead_link(project: Project, _: pytest.MonkeyPatch) -> None:
    project.page("# Start\n\n[Läs mer](finns-inte.md)\n")


def a_missing_page(project: Project, _: pytest.MonkeyPatch) -> None:
    project.configure(CONFIG.replace("planer/index.md", "finns-inte.md"))


def no_plans_folder(project: Project, _: pytest.MonkeyPatch) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{plans_dir: annat}"))


def no_plugin(project: Project, _: pytest.MonkeyPatch) -> None:
    project.configure(CONFIG.replace("  - ipsite: OPTIONS\n", "").replace(", Planer: planer/index.md", ""))


def another_theme(project: Project, _: pytest.MonkeyPatch) -> None:
    project.configure(re.sub("theme: .*", "theme: {name: mkdocs}", CONFIG))


def a_misspelt_option(project: Project, _: pytest.MonkeyPatch) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{mode: öppen}"))


def a_configuration_that_is_no_yaml(project: Project, _: pytest.MonkeyPatch) -> None:
    project.configure("site_name: [")


def an_inline_script(project: Project, _: pytest.MonkeyPatch) -> None:
    project.page("# Start\n\n<script>alert(1)</script>\n")


def a_bug_in_the_pipeline(_: Project, patch: pytest.MonkeyPatch) -> None:
    def crash(*arguments: Any) -> None:
        raise LookupError("Vera Vall")

    patch.setattr(pipeline, "artifacts", crash)


def a_bug_when_half_of_the_pages_are_written(_: Project, patch: pytest.MonkeyPatch) -> None:
    count = iter(range(99))

    def crash(self: object, html: str) -> str:
        if next(count) == 2:  # after 404.html and sok.html
            raise LookupError("sidan")
        return html

    patch.setattr(plugin.IpsitePlugin, "_finish_page", crash)


def a_paper_that_cannot_be_made(project: Project, patch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> bytes:
        raise papers.PaperError("unknown property")

    project.plan(smallest())
    patch.setattr(papers, "from_html", fail)


def a_sign_that_cannot_be_printed(project: Project, _: pytest.MonkeyPatch) -> None:
    project.plan(smallest(titel="日"))


def a_disk_that_is_full(_: Project, patch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> str:
        raise OSError(28, os.strerror(28))

    patch.setattr(plugin.IpsitePlugin, "_finish_page", fail)


def a_folder_that_may_not_be_written_in(_: Project, patch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> str:
        raise PermissionError(13, os.strerror(13))

    patch.setattr(tempfile, "mkdtemp", fail)


def a_site_that_cannot_be_moved(_: Project, patch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> None:
        raise PermissionError(13, os.strerror(13))

    patch.setattr(publish, "put_in_place", fail)


FAILURES: list[tuple[Break, str]] = [
    (an_invalid_plan, "plans/vera/plan.yaml:"),
    (a_plan_that_is_no_yaml, "plans/vera/plan.yaml:"),
    (a_broken_picture, "IP050"),
    (a_dead_link, "finns-inte.md"),
    (a_missing_page, "finns-inte.md"),
    (no_plans_folder, "Mappen med planer finns inte: annat"),
    (no_plugin, "mkdocs.yml saknar tillägget ipsite. Skriv «- ipsite» under «plugins:»."),
    (another_theme, "ipsite bygger på temat Material."),
    (a_misspelt_option, "mode"),
    (a_configuration_that_is_no_yaml, "mkdocs.yml"),
    (an_inline_script, "index.md: <script> får inte stå i en sida."),
    (a_bug_in_the_pipeline, "Något gick fel i programmet, inte i dina planer (LookupError)."),
    (a_bug_when_half_of_the_pages_are_written, "Något gick fel i programmet"),
    (a_paper_that_cannot_be_made, "vera/plan: PDF-filen kunde inte göras. unknown property"),
    (a_sign_that_cannot_be_printed, "Tecknet «日» (U+65E5) finns inte i typsnitten"),
    (a_disk_that_is_full, "Webbplatsen kunde inte sparas: disken är full."),
    (a_folder_that_may_not_be_written_in, "Webbplatsen kunde inte sparas: du får inte skriva där."),
    (a_site_that_cannot_be_moved, "Webbplatsen kunde inte sparas: du får inte skriva där."),
]


@pytest.mark.parametrize(("fault", "said"), FAILURES, ids=[fault.__name__ for fault, _ in FAILURES])
def test_a_build_that_fails_says_why_and_leaves_the_last_good_site_to_the_last_byte(
    fault: Break, said: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_good(project)
    with monkeypatch.context() as patched:
        fault(project, patched)
        before = contents(project.folder)
        told = refused(build("--today", DAY, "--jobs", "1"), said)
    assert told.rstrip().endswith("Webbplatsen byggdes inte. Finns det en gammal står den kvar.")
    assert "Vera Vall" not in told
    assert contents(project.folder) == before


@pytest.mark.parametrize("fault", [an_invalid_plan, a_dead_link, a_bug_when_half_of_the_pages_are_written])
def test_a_first_build_that_fails_leaves_no_site_at_all(
    fault: Break, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(project, monkeypatch)
    before = contents(project.folder)
    refused(quick())
    assert contents(project.folder) == before


def test_a_build_that_is_broken_off_leaves_the_last_good_site(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_good(project)
    before = contents(project.folder)

    def stop(*arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(plugin.IpsitePlugin, "_finish_page", stop)
    with pytest.raises(KeyboardInterrupt):
        site.build(project.config, site.Wish(papers=False))
    assert contents(project.folder) == before


def test_a_folder_with_other_things_in_it_is_never_built_over(project: Project) -> None:
    (project.folder / "bilder").mkdir()
    (project.folder / "bilder" / "semester.jpg").write_bytes(b"viktigt")
    before = contents(project.folder)
    refused(quick("--site-dir", "bilder"), "Mappen bilder finns redan", "Inget i den har ändrats.")
    assert contents(project.folder) == before


@pytest.mark.parametrize("place", ["docs", ".", "plans", "mkdocs.yml", "docs/index.md/site"])
def test_no_part_of_the_project_can_be_built_over(place: str, project: Project) -> None:
    project.plan(smallest())
    before = contents(project.folder)
    refused(quick("--site-dir", place))
    assert contents(project.folder) == before


def test_every_fault_of_every_plan_is_told_at_once(project: Project) -> None:
    an_invalid_plan(project, pytest.MonkeyPatch())
    project.plan({"format": 2, "slag": "individuell plan"}, "vera/annan")
    told = refused(quick())
    assert "plans/vera/plan.yaml:" in told
    assert "plans/vera/annan.yaml:" in told


# --- Wrong use ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        ("--jobs", "0"),
        ("--jobs", "många"),
        ("--today", "igår"),
        ("--today", "2026-13-01"),
        ("--finns-inte",),
        ("-f", "annan.yml"),
        ("ord",),
    ],
)
def test_a_command_that_is_wrongly_written_is_told_apart_from_a_build_that_failed(
    options: tuple[str, ...], project: Project
) -> None:
    refused(build(*options), code=2)
    assert not project.site.exists()


def test_outside_a_project_the_build_says_where_to_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(build(), "mkdocs.yml finns inte. Stå i mappen med mkdocs.yml när du bygger.", code=2)
