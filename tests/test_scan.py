"""scan.py, hidden.py and `ipsite scan`: the last look, and that it can see."""

from __future__ import annotations

import gc
import io
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image, features
from plan_samples import refuse_to_list, run
from site_helpers import CONFIG, Project, read_plan, smallest

from ipsite import theme_files
from ipsite.audience import copy_for
from ipsite.collector import no_collector
from ipsite.hidden import hidden
from ipsite.model import Plan
from ipsite.scan import look, scan

DAY = "2026-11-22"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<script src='https://example.com/x.js'></script>"),
        ("a.html", "<img\nsrc=//example.com/x.png>"),
        ("a.html", '<link rel="stylesheet" href="https://example.com/x.css">'),
        ("a.html", "<iframe src = 'HTTP://example.com'></iframe>"),
        ("a.html", "<form action='https://example.com'></form>"),
        ("a.html", "<style>@import '//example.com/x.css'</style>"),
        ("a.html", '<meta http-equiv="refresh" content="0; url=https://example.com">'),
        ("a.html", "<p title='>' style='background: url(//example.com/x.png)'>x</p>"),
        ("a.svg", "<rect fill='url(https://example.com/x.svg#a)'/>"),
        ("a.html", "<script>\nfetch('https://example.com')</script>"),
        ("a.svg", "<image href='https://example.com/x.png'/>"),
        ("a.svg", "<use xlink:href='https://example.com/x.svg#a'/>"),
        ("a.css", "a { background: url( 'https://example.com/x.png') }"),
        ("a.css", "@import url(//example.com)"),
        ("a.js", "fetch('https://example.com')"),
        ("a.js", "x.open( 'GET', 'https://example.com')"),
        ("a.js", "new WebSocket(`wss://example.com`)"),
        ("a.js", "image.src = 'https://example.com/x.png'"),
        ("a.js", "import x from 'https://example.com/x.js'"),
        ("a.mjs", "import x from 'https://example.com/x.js'"),
        ("a.htm", "<script src='https://example.com/x.js'></script>"),
        ("A.XHTML", "<script src='https://example.com/x.js'></script>"),
    ],
)
def test_what_would_be_fetched_from_elsewhere_is_found(name: str, text: str) -> None:
    assert ["hämtar något" in finding.message for finding in look(name, text.encode())] == [True]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<a href="https://example.com">Läs mer</a> <img src="bild.png"> url(data:image/png)'),
        ("a.html", '<link rel="canonical" href="https://example.com/a">'),
        ("a.html", "<p>Skriv fetch('https://…') så här: src=https</p><svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.html", "<p title='x'>Skriv url(//example.com/x.png) eller @import '//example.com'.</p>"),
        ("a.html", "<code>fetch('https://example.com')</code>"),
        ("a.css", "@font-face { src: url('fonts/a.woff2') } /* https://example.com */"),
        ("a.js", 'var x = {"text": "se https://example.com och fetch(\\"https://example.com\\")"};'),
    ],
)
def test_links_and_words_are_no_requests(name: str, text: str) -> None:
    if "fetch('https" in text:
        text = text.replace("'https", "&#39;https")  # as text on a page is written
    assert list(look(name, text.encode())) == []


@pytest.mark.parametrize("name", ["a.html", "search/a.js", "a.json", "a.txt"])
def test_personnummer_are_found_wherever_they_stand(name: str) -> None:
    (found,) = look(name, b"x 20170101-2393 y")  # of Skatteverket's numbers for tests
    assert found.message == "här står något som ser ut som ett personnummer."


@pytest.mark.parametrize("name", ["a.html", "a.csv"])
def test_personnummer_are_found_in_utf_16(name: str) -> None:
    assert list(look(name, "<p>19121212-1212</p>".encode("utf-16")))


def test_a_finding_never_repeats_what_was_found() -> None:
    (found,) = look("a.html", b"Anna Hemlig", {"Anna Hemlig"})
    assert "Anna" not in str(found)


@pytest.mark.parametrize(
    "text",
    ["Anna Hemlig", "Anna\n  Hemlig", "Anna Hem\u00adlig", "<b>Anna</b> Hemlig", "Anna Hem-\nlig", "ANNA=Anna Hemlig"],
)
def test_a_text_is_found_however_it_is_broken(text: str) -> None:
    assert list(look("a.html", text.encode(), {"Anna Hemlig"}))


@pytest.mark.parametrize("text", ["Annas", "Hanna", "Ann a", "anna"])
def test_parts_of_other_words_are_not_it(text: str) -> None:
    assert list(look("a.html", text.encode(), {"Anna"})) == []


@pytest.mark.parametrize("kind", ["individuell plan", '"sip"', "'genomförandeplan'", "genomfo\u0308randeplan # x"])
@pytest.mark.parametrize("name", ["ip.yaml", "ip.yml~", "anteckning.txt", "ip"])
def test_a_plan_as_it_is_written_is_found(name: str, kind: str) -> None:
    text = f"format: 1\r\nslag: {kind}\r\ntitel: Flytta\r\n# fiktiv: true\r\n"
    assert ["är en planfil" in finding.message for finding in look(name, text.encode())] == [True]
    assert list(look(name, f"fiktiv: true # ta bort raden\n{text}".encode())) == []
    assert list(look(name, b'{"fiktiv": true, "slag": "sip"}')) == []
    assert [finding.file for finding in look(name, b'{"format": 1, "slag": "sip"}')] == [name]
    assert list(look("sida.html", f"<pre>\n{text}</pre>".encode())) == []


def test_a_file_without_the_key_of_a_plan_is_not_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """The papers of a thousand plans would take seconds."""
    assert ["är en planfil" in finding.message for finding in look("ip", b"SLAG: SIP")] == [True]
    monkeypatch.setattr("ipsite.scan._PLAN", None)
    assert list(look("a.bin", b"\0format: 1\nstatus: utkast\n")) == []


def test_plans_among_the_pages_fail_the_build(project: Project) -> None:
    project.options["plans_dir"] = "docs/planer-kallor"
    project.configure(CONFIG)
    (project.folder / "plans").rename(project.folder / "docs" / "planer-kallor")
    made = run("build", "--no-pdf", "--today", DAY)
    assert made.exit_code == 1
    assert "planer-kallor/vera/plan.yaml: är en planfil" in made.stderr
    assert not project.site.exists()


@pytest.mark.parametrize("hidden", ["Åsa Öberg", "Åsa"])
def test_a_name_of_a_file_is_read_as_people_write_it(hidden: str) -> None:
    assert list(look("bilder/Plan_för_Åsa_Öberg_2026.bin", b"", {hidden}))


@pytest.mark.parametrize("hidden", ["Åsa Öberg", "Åsa"])
def test_a_text_is_found_though_its_letters_are_written_as_two_signs_each(hidden: str) -> None:
    """As in the name of a file on macOS."""
    assert list(look(f"{unicodedata.normalize('NFD', 'Åsa Öberg')}.bin", b"", {hidden}))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_pictures_for_others_must_have_no_metadata(kind: str) -> None:
    if kind in ("WEBP", "AVIF") and not features.check(kind.lower()):
        pytest.skip("Pillow makes no such pictures here")
    exif, told, plain = Image.Exif(), io.BytesIO(), io.BytesIO()
    exif[0x0110] = "Kamera"
    Image.new("RGB", (4, 4)).save(told, kind, exif=exif.tobytes())
    Image.new("RGBA" if kind == "WEBP" else "RGB", (4, 4)).save(plain, kind)
    name = f"a.{kind.lower()}"
    assert list(look(name, told.getvalue())) == list(look(name, plain.getvalue(), shared=True)) == []
    assert "uppgifter om plats" in str(next(look(name, told.getvalue(), shared=True)))


def test_files_that_are_the_themes_own_are_left_and_changed_ones_are_not(tmp_path: Path) -> None:
    site, theme = tmp_path / "site", tmp_path / "theme"
    for folder in (site, theme):
        (folder / "js").mkdir(parents=True)
        (folder / "js" / "a.js").write_text("fetch('https://example.com')")
    assert scan(site, theme=[theme]) == []
    (site / "js" / "a.js").write_text("fetch('https://example.org')")
    assert [finding.file for finding in scan(site, theme=[theme])] == ["js/a.js"]


def test_what_cannot_be_looked_through_is_never_said_to_be_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site" / "inre").mkdir(parents=True)
    (tmp_path / "annan").mkdir()
    assert list(scan(tmp_path / "site")) == []
    (tmp_path / "site" / "länk").symlink_to(tmp_path / "annan")
    assert [str(one) for one in scan(tmp_path / "site")] == ["länk: är en länk till en mapp. Det letades inte i den."]
    refuse_to_list("inre", monkeypatch)
    with pytest.raises(PermissionError):
        scan(tmp_path / "site")


def test_the_folders_of_the_theme_are_where_its_files_lie() -> None:
    own, material = theme_files.folders()
    assert (own / "assets" / "ipsite" / "tokens.css").is_file()
    assert (material / "base.html").is_file()


# What is hidden


def plan(folder: Path, **more: Any) -> Plan:
    return read_plan(folder, smallest(**more))


def test_what_was_taken_away_is_looked_for(tmp_path: Path) -> None:
    people = {
        "en": {"namn": "Öppna Namnet", "roll": "granne", "huvudman": "närstående"},
        "två": {"namn": "Dolda Namnet", "roll": "mamma", "huvudman": "närstående", "telefon": "0700-00 00 99",
                "privat": True},
    }  # fmt: skip
    copies = [{"till": "en", "samtycke": {"datum": "2026-01-01"}}]
    whole = plan(tmp_path, personer=people, exemplar=copies, titel="Öppna titeln")
    copy = copy_for(whole, "en", date(2026, 11, 22))
    assert isinstance(copy, Plan)
    looked_for = hidden([whole], [copy])
    assert {"Dolda Namnet", "0700-00 00 99"} <= looked_for
    assert not {"Öppna Namnet", "Öppna titeln", "två", "en"} & looked_for
    assert hidden([whole], [whole]) == frozenset()


def test_the_programs_own_words_are_not_looked_for(tmp_path: Path) -> None:
    whole = plan(tmp_path, titel="Daglig verksamhet", anledning="abc")
    looked_for = hidden([whole], [])
    assert "Daglig verksamhet" not in looked_for  # stands on every site, in the help of the format
    assert "abc" not in looked_for  # too short to look for


def copied(folder: Path, **more: Any) -> frozenset[str]:
    """What is looked for in the copy of a granne who may read «anledning» but not «mål»."""
    people = {"granne": {"namn": "Gun Granne", "roll": "granne", "huvudman": "närstående"}}
    part = {"till": "granne", "delar": ["anledning"], "samtycke": {"datum": "2026-01-01"}}
    whole = plan(folder, personer=people, exemplar=[part], **more)
    copy = copy_for(whole, "granne", date(2026, 11, 22))
    assert isinstance(copy, Plan)
    return hidden([whole], [copy], "granne", date(2026, 11, 22))


def goal(text: str, **more: Any) -> list[dict[str, Any]]:
    return [{"mål": text, "status": "pågår", **more}]


@pytest.mark.parametrize(
    "text",
    [
        "dans",
        "Ny plan",
        "mamma",
        "2026-05-01",
        "gått ut",
        "Flytta hemifrån",
        "Jag är hos Alva",
        "jag är hos alva.",
        "Daglig verksamhet.",
    ],
)
def test_everyday_words_and_what_stands_in_what_is_shown_are_no_alarm(text: str, tmp_path: Path) -> None:
    told = "Jag är hos Alvas mamma.\nDet har gått ut. Flytta hemifrån. Ny plan i vår."
    looked_for = copied(tmp_path, anledning=told, mål=goal(text))
    page = f"<p>{told}</p><p>2026-05-01 Daglig verksamhet, dans, mamma, Gun Granne</p>"
    assert list(look("a.html", page.encode(), looked_for)) == []


@pytest.mark.parametrize(
    ("written", "leak"),
    [
        ("Jag flyttar till Gränd.", "jag flyttar till gränd"),
        ("Jag flyttar till Gränd.", "Mål: Jag flyttar till Gränd, 3 maj"),
        ("Jag flyttar.\nTill Gränd 4.", "Till Gränd 4"),
        ("Gränd 4", "på Gränd 4 i dag"),
        ("Diabetes", "har diabetes"),
    ],
)
def test_a_text_is_found_with_other_capitals_and_signs_around_it(written: str, leak: str, tmp_path: Path) -> None:
    assert list(look("a.html", f"<p>{leak}</p>".encode(), copied(tmp_path, anledning="Skälet", mål=goal(written))))


def test_a_time_is_found_in_words_and_as_calendars_write_it(tmp_path: Path) -> None:
    meeting = {"slag": "planeringsmöte", "tid": "2027-01-12 14:05", "längd_minuter": 60, "plats": "Biblioteket"}
    looked_for = copied(tmp_path, anledning="Skälet", möten=[meeting])
    for leak in ("tisdag 12 januari 2027 klockan 14.05", "DTSTART;TZID=Europe/Stockholm:20270112T140500"):
        assert list(look("a.ics", leak.encode(), looked_for)), leak


# The command


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.plan(smallest(
        titel="Den öppna titeln",
        anledning="Det här är privat.",
        personer={"granne": {"namn": "Gun Granne", "roll": "granne", "huvudman": "närstående"}},
        exemplar=[{"till": "granne", "delar": ["personer"], "samtycke": {"datum": "2026-01-01"}}],
    ))  # fmt: skip
    (tmp_path / "ut").mkdir()
    return made


def scanned(*options: str) -> tuple[int, str]:
    made = run("scan", "ut", "--today", DAY, *options)
    return made.exit_code, made.stdout + made.stderr


def test_the_command_finds_what_a_reader_may_not_see(project: Project) -> None:
    (project.folder / "ut" / "a.html").write_text("<p>Det här är privat.</p>", "utf-8")
    assert scanned("--for", "granne")[0] == 1
    assert scanned("--open")[0] == 1
    code, told = scanned()
    assert code == 0
    assert "letades det inte efter" in told


def test_the_command_reads_the_plans_that_the_configuration_names(project: Project) -> None:
    project.options["plans_dir"] = "annat"
    project.configure(CONFIG)
    (project.folder / "plans").rename(project.folder / "annat")
    (project.folder / "ut" / "a.html").write_text("<p>Det här är privat.</p>", "utf-8")
    assert "här står en text ur planerna" in scanned("--for", "granne")[1]


def test_the_command_is_content_with_what_the_reader_may_see(project: Project) -> None:
    (project.folder / "ut" / "a.html").write_text("<p>Den öppna titeln, Gun Granne</p>", "utf-8")
    assert scanned("--for", "granne")[0] == 0


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--for", "gran"), 1, "Menade du «granne»?"),
        (("--for", "granne", "--plans", "inga"), 1, "Mappen med planer finns inte"),
        (("--for", "granne", "--open"), 2, "Välj ett av"),
    ],
)
def test_mistakes_at_the_command_are_told_of(options: tuple[str, ...], code: int, words: str, project: Project) -> None:
    assert (scanned(*options)[0], words in scanned(*options)[1]) == (code, True)


def test_the_command_says_which_plan_files_it_looked_for(project: Project) -> None:
    plan = project.folder / "ut" / "ip.yaml"
    plan.write_text("slag: sip\nfiktiv: true\n", "utf-8")
    code, told = scanned()
    assert (code, "ingen planfil utan «fiktiv: true»" in told) == (0, True)
    plan.write_text("slag: sip\n", "utf-8")
    assert scanned()[0] == 1


def test_plans_with_errors_cannot_tell_what_a_reader_may_see(project: Project) -> None:
    project.plan(smallest(status="kanske"), "vera/fel")
    code, told = scanned("--for", "granne")
    assert (code, "Planerna har fel. Rätta dem först: ipsite check" in told) == (1, True)
    assert scanned()[0] == 0  # the person's own site is looked through without the plans


def test_a_folder_that_is_not_there_is_told_of(project: Project) -> None:
    assert run("scan", "ingen").exit_code == 2


# In a build


def test_a_finding_fails_the_build_and_the_old_site_stands(project: Project) -> None:
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    project.page("# Start\n\nHej.\n\nDet här är privat.\n")
    assert run("build", "--no-pdf", "--today", DAY).exit_code == 0
    made = run("build", "--no-pdf", "--today", DAY, "--for", "granne")
    assert (made.exit_code, "index.html: här står en text ur planerna" in made.stderr) == (1, True)
    assert "privat" not in made.stderr
    assert not (project.folder / "kopior" / "granne").exists()


def test_a_personnummer_on_a_page_fails_the_build(project: Project) -> None:
    project.page("# Start\n\n20170101-2393\n")
    made = run("build", "--no-pdf", "--today", DAY)
    assert (made.exit_code, "personnummer" in made.stderr) == (1, True)
    assert not project.site.exists()


def test_a_paper_that_was_looked_through_leaves_nothing_in_memory() -> None:
    """Also while the search for dead rings is put off, as in a build: a thousand papers would fill it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    paper = io.BytesIO()
    writer.write(paper)
    del writer

    def readers() -> int:
        return sum(isinstance(one, pypdf.PdfReader) for one in gc.get_objects())

    gc.collect()  # those of other tests
    before = readers()
    with no_collector():
        for _ in range(3):
            assert list(look("plan.pdf", paper.getvalue())) == []
        assert readers() == before
