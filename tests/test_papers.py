"""papers.py and protect.py with `ipsite pdf`: papers that may be given away, locked if one wishes."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from plan_samples import pressed, run
from site_helpers import CONFIG, Project, contents, pages_of, smallest

from ipsite import papers, printing, protect, write
from ipsite.cli import main
from ipsite.scan import Finding

DAY = "2026-11-22"
PASSWORD = "fyra ord med å ä ö"
PEOPLE = {"granne": {"namn": "Gun Granne", "roll": "granne", "huvudman": "närstående"}}
COPY = [{"till": "granne", "delar": ["personer"], "samtycke": {"datum": "2026-01-01"}}]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.plan(smallest(titel="Första", anledning="Bara för mig.", personer=PEOPLE, exemplar=COPY), "a/ett")
    return made


def pdf(*arguments: str) -> tuple[int, str]:
    made = run("pdf", "--today", DAY, *arguments)
    return made.exit_code, made.stdout + made.stderr


def test_every_plan_becomes_a_paper_with_a_name_that_tells_of_nobody(project: Project) -> None:
    project.plan(smallest(titel="Andra"), "b/tva")
    code, told = pdf()
    assert code == 0, told
    names = sorted(path.name for path in (project.folder / "papper").iterdir())
    assert names == ["a-ett-2026-11-22.pdf", "b-tva-2026-11-22.pdf"]
    assert told.splitlines() == [f"Sparade papper/{name}" for name in names]


@pytest.mark.parametrize("name", ["a/ett", "plans/a/ett.yaml", "./plans/a/ett.yaml"])
def test_one_plan_is_named_by_id_or_by_file(name: str, project: Project) -> None:
    project.plan(smallest(titel="Andra"), "b/tva")
    assert pdf(name, "-o", "ut")[1] == "Sparade ut/a-ett-2026-11-22.pdf\n"


def test_a_plan_that_names_another_says_what_it_is_called_also_when_only_one_is_asked_for(project: Project) -> None:
    other = [{"slag": "genomförandeplan", "gäller": "Boendet", "plan": "a/ett"}]
    project.plan(smallest(titel="Andra", andra_planer=other), "b/tva")
    assert pdf("b/tva", "-o", "ut")[1] == "Sparade ut/b-tva-2026-11-22.pdf\n"
    read = "\n".join(pages_of((project.folder / "ut/b-tva-2026-11-22.pdf").read_bytes()))
    assert "Planen: Första" in " ".join(read.split())


def test_the_folder_of_plans_is_the_one_that_the_configuration_names(project: Project) -> None:
    project.options["plans_dir"] = "annat"
    project.configure(CONFIG)
    (project.folder / "plans").rename(project.folder / "annat")
    assert pdf()[1] == "Sparade papper/a-ett-2026-11-22.pdf\n"
    for folder in ("plans", "/finns/inte/alls"):
        told = f"Mappen med planer finns inte: {folder}. Stå i mappen med mkdocs.yml.\n"
        assert pdf("--plans", folder) == (1, told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plugins: [search]\n", "saknar tillägget ipsite"),
        ("theme: {name: finns-inte}\n", "Kör «ipsite build»"),
        ("plugins: [{ipsite: {mode: privat}}]\n", "Kör «ipsite build»"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_told_of_in_swedish_alone(
    text: str, words: str, project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.configure(f"site_name: x\n{text}")
    code, told = pdf()
    assert (code, words in told) == (1, True)
    assert not caplog.records  # what MkDocs says of it, in English, would stand in the terminal too


def test_a_picture_that_is_not_there_is_told_of_once(project: Project) -> None:
    project.plan(smallest(person={"namn": "Vera", "bild": "borta.jpg", "bildtext": "Vera."}), "a/ett")
    code, told = pdf()
    assert (code, told.count("IP050")) == (1, 1)


def test_without_a_configuration_the_plans_lie_in_plans(project: Project) -> None:
    project.config.unlink()
    assert pdf()[1] == "Sparade papper/a-ett-2026-11-22.pdf\n"


def test_a_reader_gets_only_what_is_agreed(project: Project) -> None:
    assert pdf("--for", "granne")[0] == 0
    (path,) = (project.folder / "papper").iterdir()
    assert path.name == "a-ett-granne-2026-11-22.pdf"
    text = " ".join(pages_of(path.read_bytes()))
    assert "Gun Granne" in text
    assert "Bara för mig" not in text


def test_a_plan_may_be_given_though_the_consent_of_another_has_run_out(project: Project) -> None:
    ended = [{"till": "granne", "samtycke": {"datum": "2025-01-01", "till_och_med": "2025-12-31"}}]
    project.plan(smallest(personer=PEOPLE, exemplar=ended), "b/tva")
    assert pdf("--for", "granne")[0] == 1
    assert pdf("a/ett", "--for", "granne")[0] == 0


@pytest.mark.parametrize("name", ["a", "a/", "plans/a"])
def test_a_folder_is_all_plans_in_it(name: str, project: Project) -> None:
    project.plan(smallest(), "b/tva")
    assert pdf(name)[1] == "Sparade papper/a-ett-2026-11-22.pdf\n"
    assert [line.rpartition("/")[2] for line in pdf("plans", "a/ett")[1].splitlines()] == [
        "a-ett-2026-11-22-2.pdf",
        "b-tva-2026-11-22.pdf",
    ]


def test_no_file_is_ever_written_over(project: Project) -> None:
    folder = project.folder / "papper"
    folder.mkdir()
    (folder / "a-ett-2026-11-22.pdf").write_bytes(b"min egen")
    assert pdf()[1] == "Sparade papper/a-ett-2026-11-22-2.pdf\n"
    assert (folder / "a-ett-2026-11-22.pdf").read_bytes() == b"min egen"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a/et",), "Menade du «a/ett»?"),
        (("vem-gor-vad",), "Planen vem-gor-vad finns inte. Skriv --document vem-gor-vad."),
        (("--for", "ingen"), "Ingen plan har ett exemplar för «ingen»."),
        (("--plans", "inga"), "Mappen med planer finns inte"),
    ],
)
def test_mistakes_are_told_of_and_nothing_is_saved(arguments: tuple[str, ...], words: str, project: Project) -> None:
    before = contents(project.folder)
    code, told = pdf(*arguments)
    assert (code, words in told) == (1, True), told
    assert contents(project.folder) == before


def test_plans_with_errors_give_no_papers(project: Project) -> None:
    project.plan({"slag": "sip"}, "c/fel")
    code, told = pdf()
    assert (code, "Planerna har fel" in told) == (1, True)
    assert not (project.folder / "papper").exists()


def test_a_paper_that_cannot_be_made_is_told_of_and_none_is_saved(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise printing.PaperFailed("a/ett: PDF-filen kunde inte göras.")

    monkeypatch.setattr(printing, "papers", failing)
    code, told = pdf()
    assert (code, "a/ett: PDF-filen kunde inte göras." in told) == (1, True)
    assert not (project.folder / "papper").exists()


def test_a_paper_that_leaks_is_not_saved(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "look", lambda name, *_, **__: [Finding(name, "här står något.")])
    code, told = pdf()
    assert (code, "Inga papper sparades." in told) == (1, True)
    assert not (project.folder / "papper").exists()


def test_ctrl_c_while_papers_are_saved_comes_too_late(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.plan(smallest(titel="Andra"), "b/tva")
    monkeypatch.setattr(papers, "new_file", pressed(write.new_file))
    code, told = pdf()
    assert (code, "Allt är som det var" in told) == (0, False)
    assert len(list((project.folder / "papper").iterdir())) == 2


def test_a_disk_that_gets_full_leaves_no_paper(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.plan(smallest(titel="Andra"), "b/tva")
    real = write.new_file

    def full(path: Path, content: bytes) -> None:
        if path.name.startswith("b"):
            raise OSError(28, "full")
        real(path, content)

    monkeypatch.setattr(papers, "new_file", full)
    code, told = pdf()
    assert (code, "disken är full" in told) == (1, True)
    assert list((project.folder / "papper").iterdir()) == []


# Passwords


def test_a_password_from_a_file_locks_the_paper_with_aes_256(project: Project) -> None:
    (project.folder / "ord.txt").write_text(f"{PASSWORD}\nresten läses inte", "utf-8")
    assert pdf("--password-file", "ord.txt")[0] == 0
    (path,) = (project.folder / "papper").iterdir()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password=PASSWORD) as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        assert str(opened.encryption.stream_method).endswith("aesv3")
        assert opened.allow.accessibility
        assert opened.allow.print_highres
        assert "/StructTreeRoot" in opened.Root
        out = io.BytesIO()
        opened.save(out, encryption=False)
    assert "Gun Granne" in " ".join(pages_of(out.getvalue()))
    assert b"Gun Granne" not in path.read_bytes()


def test_a_locked_paper_does_not_claim_to_be_an_archive_file(project: Project) -> None:
    locked = protect.protected(_paper(project), PASSWORD, "ägaren")
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as opened, opened.open_metadata() as told:
        assert "pdfaid:part" not in told
        assert told["pdfuaid:part"] == "1"


def _paper(project: Project) -> bytes:
    pdf()
    return next((project.folder / "papper").iterdir()).read_bytes()


def test_a_password_is_what_a_reader_makes_of_what_is_typed(project: Project) -> None:
    """A file from macOS may hold ö as two signs, and a hard blank; neither can be typed where the paper is opened."""
    (project.folder / "ord.txt").write_text("lo\u0308senord\u00a0för Vera", "utf-8")
    assert pdf("--password-file", "ord.txt")[0] == 0
    with pikepdf.open(next((project.folder / "papper").iterdir()), password="l\u00f6senord för Vera"):
        pass


def test_the_password_is_asked_for_twice_and_not_shown(project: Project) -> None:
    made = CliRunner().invoke(main, ["pdf", "--today", DAY, "--ask-password"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert PASSWORD not in made.output
    with pikepdf.open(next((project.folder / "papper").iterdir()), password=PASSWORD):
        pass


def test_two_passwords_that_differ_are_told_of_in_swedish_and_asked_for_again(project: Project) -> None:
    given = f"{PASSWORD}\nett annat ord\n{PASSWORD}\n{PASSWORD}\n"
    made = CliRunner().invoke(main, ["pdf", "--today", DAY, "--ask-password"], input=given)
    assert made.exit_code == 0, made.output
    assert "Du skrev två olika lösenord." in made.output
    assert "Error" not in made.output
    with pikepdf.open(next((project.folder / "papper").iterdir()), password=PASSWORD):
        pass


@pytest.mark.parametrize("password", ["", "kort", "å" * 64])
def test_a_password_that_protects_nothing_is_refused(password: str, project: Project) -> None:
    (project.folder / "ord.txt").write_text(password, "utf-8")
    code, told = pdf("--password-file", "ord.txt")
    assert (code, "Lösenordet är för" in told) == (2, True)
    assert not (project.folder / "papper").exists()


def test_a_password_is_never_taken_from_the_command_line(project: Project) -> None:
    assert pdf("--password", PASSWORD)[0] == 2
    assert pdf("--password-file", "finns-inte")[0] == 2
    assert pdf("--password-file", "finns-inte", "--ask-password")[0] == 2


def test_the_help_says_what_a_password_does_not_protect(project: Project) -> None:
    told = " ".join(run("pdf", "--help").stdout.split())
    assert "Lösenordet hindrar inte den som kan det från att kopiera" in told
