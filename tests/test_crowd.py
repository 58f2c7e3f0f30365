"""crowd.py, known.py, making.py, filling.py: very many plans give the site that a few would, whoever makes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from site_helpers import CONFIG, Project, contents, searched_in, smallest

from ipsite import portfolio, raw, scan, search_files
from ipsite.large import crowd, known
from ipsite.mkdocs import site
from ipsite.rebuild.built import Made
from ipsite.scan import Finding

DAY = date(2026, 11, 22)
TASK = {"vad": "Ringa", "vem": "jag själv", "status": "pågår", "klart": "2026-11-01"}
GOALS = [{"mål": "Bo", "status": "pågår", "åtgärder": [TASK]}]
PEOPLE = ("Vera Vall", "vera vall", "Bo Ek", "Åsa Å", "Li Po", "Mi Ek", "Bo-Ek", "Ida Ö")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Plans of eight people that hang together in all ways that they can."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    made = Project(tmp_path)
    for number, name in enumerate(PEOPLE):
        person = {"namn": name, **({"bild": "bild.png"} if number == 2 else {})}
        made.plan(smallest(titel=f"Plan {number}", person=person, mål=GOALS, fiktiv=True), f"hem/p{number}")
    Image.new("RGB", (20, 10)).save(tmp_path / "plans" / "hem" / "bild.png")
    made.plan(smallest(person={"namn": "Vera Vall"}, fiktiv=True, ersätter="hem/p0", titel="Ny"), "vera/ny")
    made.plan(smallest(person={"namn": "Bo Ek"}, fiktiv=True, titel="Tvilling"), "hem/p2/lattlast")
    other = [{"slag": "SIP", "gäller": "Vård", "plan": "sip"}]
    made.plan(smallest(person={"namn": "Åsa Å"}, fiktiv=True, titel="Två", andra_planer=other), "asa/ip")
    made.plan(smallest("sip", person={"namn": "Åsa Å"}, fiktiv=True, titel="Sip"), "asa/sip")
    return made


def built(project: Project, where: str, many: int, monkeypatch: pytest.MonkeyPatch, **wish: Any) -> Made:
    monkeypatch.setattr(crowd, "MANY", many)
    wanted = {"papers": False, "today": DAY, "jobs": 1, "cache": False, **wish}
    return site.build(project.config, site.Wish(site_dir=project.folder / where, **wanted))


OPEN = CONFIG.replace("OPTIONS", "{mode: open}") + "site_url: https://example.com/\n"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (CONFIG.replace("OPTIONS", "{}"), {}),
        (CONFIG.replace("OPTIONS", "{}"), {"jobs": 2}),
        (OPEN, {}),
        (OPEN + "use_directory_urls: false\n", {}),
        (CONFIG.replace("OPTIONS", "{}"), {"papers": True, "jobs": 2}),
        (CONFIG.replace("OPTIONS", "{}").replace("  - material/search: {lang: sv}\n", ""), {}),
    ],
    ids=["one process", "two workers", "open", "for files", "with papers", "without search"],
)
def test_a_crowd_gives_the_same_site(
    text: str, wish: dict[str, Any], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.configure(text)
    monkeypatch.setattr(crowd, "_BATCH", 2)
    few, many = (built(project, where, count, monkeypatch, **wish) for where, count in (("få", 100), ("många", 2)))
    assert (few.problem, many.problem) == ("", "")
    ours, theirs = contents(project.folder / "få"), contents(project.folder / "många")
    for made in (ours, theirs):
        made.pop("sitemap.xml.gz", None)
        made["sitemap.xml"] = b"".join(sorted(made.get("sitemap.xml", b"").splitlines()))
    assert ours.keys() == theirs.keys()
    assert [path for path in ours if ours[path] != theirs[path]] == []
    assert (few.pages, few.papers) == (many.pages, many.papers)


def test_the_many_are_not_held_in_memory(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipsite.contents.gather", None)  # would read them all at once
    assert built(project, "site", 2, monkeypatch).problem == ""
    assert built(project, "site", 100, monkeypatch).problem != ""


def test_a_plan_is_found_by_searching_whatever_share_it_stands_in(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_files, "CIRCLES", 1)
    assert built(project, "site", 2, monkeypatch).problem == ""
    scripts = sorted(path.name for path in (project.site / "search").iterdir())
    assert len(scripts) > 3
    page = (project.site / "sok.html").read_text("utf-8")
    (parts,) = re.findall(r'data-parts="([^"]*)"', page)
    assert sorted(parts.split(" ")) == [f"search/{name}" for name in scripts]
    places = {doc["location"] for doc in searched_in(project.site)}
    pages = {path.relative_to(project.site).as_posix() for path in project.site.rglob("index.html")}
    assert {place for place in places if "#" not in place} == pages


def wrong_form(project: Project) -> str:
    project.plan({"slag": "sip"}, "hem/p1")
    return "IP021"


def wrong_together(project: Project) -> str:
    project.plan(smallest(person={"namn": "Åsa Å"}, fiktiv=True, ersätter="två"), "asa/ip")
    project.plan(smallest(person={"namn": "Åsa Å"}, fiktiv=True, ersätter="ip"), "asa/två".replace("å", "a"))
    project.plan(smallest(person={"namn": "Åsa Å"}, fiktiv=True, ersätter="tva"), "asa/ip")
    return "IP403"


def a_dead_end(project: Project) -> str:
    project.plan(smallest(ersätter="finns-inte", fiktiv=True), "hem/p1")
    return "IP041"


def a_wrong_picture(project: Project) -> str:
    (project.folder / "plans" / "hem" / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n...")
    return "IP050"


def a_real_plan_on_an_open_site(project: Project) -> str:
    project.configure(OPEN)
    project.plan(smallest(), "hem/p1")
    return "IP060"


def a_name_that_is_none(project: Project) -> str:
    project.plan(smallest(), "hem/Å Ä")
    return "IP014"


@pytest.mark.parametrize(
    "wrong", [wrong_form, wrong_together, a_dead_end, a_wrong_picture, a_real_plan_on_an_open_site, a_name_that_is_none]
)
def test_what_is_wrong_is_told_as_of_a_few(
    wrong: Callable[[Project], str], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = wrong(project)
    few, many = (built(project, where, count, monkeypatch) for where, count in (("få", 100), ("många", 2)))
    assert few.problem == many.problem
    assert code in many.problem
    assert not (project.folder / "många").exists()


def test_a_text_may_link_to_what_the_crowd_will_give_and_to_nothing_else(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = ("planer/hem/p0/index.md", "planer/person-bo-ek/index.md", "planer/hem/att-gora/index.md")
    project.page(
        "# Start\n\n" + "\n".join(f"- [En]({link})" for link in links) + "\n- [bild](planer/hem/p2/bild.png)\n"
    )
    made = built(project, "site", 2, monkeypatch)
    assert made.problem == ""
    text = (project.site / "index.html").read_text("utf-8")
    assert all(f'href="{link.removesuffix("md")}html"' in text for link in links)
    project.page("# Start\n\n[En](planer/hem/saknas/index.md)\n")
    assert "planer/hem/saknas/index.html, som inte finns" in built(project, "site", 2, monkeypatch).problem


def test_a_plan_that_changes_while_the_site_is_built_stops_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = crowd.overview

    def late(*arguments: Any) -> Any:
        project.plan(smallest(titel="Nyss sparad", fiktiv=True), "hem/p1")
        return overview(*arguments)

    monkeypatch.setattr(crowd, "overview", late)
    made = built(project, "site", 2, monkeypatch)
    assert "En plan ändrades medan webbplatsen byggdes. Bygg igen." in made.problem
    assert not project.site.exists()


def test_a_plan_that_is_saved_again_and_again_is_never_taken_for_what_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = (file for file in portfolio.find(project.folder / "plans")[0] if file.id == "hem/p1")
    before = file.path.read_bytes()
    read = known.read_all([file], DAY)
    for_a_moment = [before.replace(b"Plan 1", b"Annat")]
    monkeypatch.setattr(raw, "read", lambda _: for_a_moment.pop() if for_a_moment else before)
    with pytest.raises(known.Wrong):
        known.circle_of(read, project.folder / "plans", DAY)
    assert known.circle_of(read, project.folder / "plans", DAY).plans[0].title == "Plan 1"


def test_what_must_not_stand_on_a_site_is_seen_as_it_is_written(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = scan.look

    def suspicious(name: str, *rest: Any, **more: Any) -> list[Finding]:
        return [Finding(name, "här står något.")] if name.endswith("p1/index.html") else list(look(name, *rest, **more))

    monkeypatch.setattr(scan, "look", suspicious)
    made = built(project, "site", 2, monkeypatch)
    assert "planer/hem/p1/index.html: här står något." in made.problem
    assert not project.site.exists()


def test_a_file_that_the_crowd_did_not_write_is_looked_through_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.page("# Start\n\nPersonnummer 19121212-1212.\n")
    assert "personnummer" in built(project, "site", 2, monkeypatch).problem


def test_plans_of_few_people_are_built_as_a_familys_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    for number in range(4):
        made.plan(smallest(titel=f"Plan {number}"), f"vera/p{number}")
    asked: list[Path] = []
    original = known.read_all

    def read_all(*arguments: Any) -> Any:
        asked.append(tmp_path)
        return original(*arguments)

    monkeypatch.setattr(crowd, "read_all", read_all)
    assert built(made, "site", 2, monkeypatch).problem == ""
    assert asked
    assert "Plan 3" in (made.site / "planer" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("circles", "count"), [(0, 1), (1, 1), (64, 1), (65, 4), (128, 4), (129, 8), (10_000, 512)])
def test_the_search_page_looks_in_shares_of_about_the_same_size(circles: int, count: int) -> None:
    assert search_files.shares(circles) == count


def test_the_shares_are_about_as_large_as_one_another() -> None:
    spread = [search_files.share_of(f"a/plan-{number}", 8) for number in range(800)]
    assert all(50 < spread.count(share) < 150 for share in range(8))
