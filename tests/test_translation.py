"""translation.py: MkDocs is made to say each thing, and it reaches the user in Swedish."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from site_helpers import CONFIG, Project, smallest

from ipsite.mkdocs import site
from ipsite.translation import in_swedish

LEFT = "\n\nWebbplatsen byggdes inte. Finns det en gammal står den kvar."


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ipsite.contents._handbook", lambda: ())
    made = Project(tmp_path)
    made.plan(smallest())
    return made


def told(project: Project) -> str:
    problem = site.build(project.config, site.Wish(papers=False)).problem
    assert problem.endswith(LEFT)
    return problem.removesuffix(LEFT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a](saknas.md)", "index.md: Länken «saknas.md» leder till en sida eller fil som inte finns i mappen «docs»."),
        ("![a](bild.png)", "index.md: Länken «bild.png» leder till en sida eller fil som inte finns i mappen «docs»."),
        (
            "[a](index.html)",
            "index.md: Länken «index.html» leder till en sida eller fil som inte finns i mappen «docs». "
            "Menade du «index.md»?",
        ),
    ],
)
def test_a_link_that_leads_nowhere(text: str, said: str, project: Project) -> None:
    project.page(f"# Start\n\n{text}\n")
    assert told(project) == said


def test_what_was_wanted_of_mkdocs_before_changes_nothing_and_is_wanted_again(project: Project) -> None:
    """`mkdocs build -q` in the same process silences MkDocs for good."""
    logger = logging.getLogger("mkdocs")
    before = logger.level, logger.propagate, [*logger.handlers]
    logger.setLevel(logging.ERROR)
    try:
        project.page("# Start\n\n[a](saknas.md)\n")
        assert "Länken «saknas.md» leder till" in told(project)
        assert logger.level == logging.ERROR
    finally:
        logger.setLevel(before[0])
    assert (logger.level, logger.propagate, logger.handlers) == before


NAV = "nav: [Start: index.md, Saknas: saknas.md]\nvalidation: {omitted_files: warn, anchors: warn}\n"


def test_a_menu_that_leads_nowhere_and_one_that_lacks_a_page(project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{}") + NAV)
    (project.folder / "docs" / "egen.md").write_text("# Egen\n\n[a](index.md#nix) [b](#nix)\n", "utf-8")
    assert told(project).splitlines() == [
        "De här sidorna finns i mappen «docs» men inte i menyn («nav» i mkdocs.yml). "
        "Skriv in dem där, eller under «not_in_nav»:",
        "  - egen.md",
        "mkdocs.yml: Menyn («nav») leder till «saknas.md», som inte finns i mappen «docs».",
        "egen.md: Länken «index.md#nix» leder till en rubrik som inte finns.",
        "egen.md: Länken «#nix» leder till en rubrik som inte finns.",
    ]


MENU = "mkdocs.yml, «nav»: Menyn är en lista. Skriv varje rad så här: «- Om oss: om-oss.md»."


@pytest.mark.parametrize(
    ("options", "more", "said"),
    [
        ("{}", "nonsens: 1", "mkdocs.yml, «nonsens»: Inställningen finns inte."),
        ("{}", "use_directory_urls: kanske", "mkdocs.yml, «use_directory_urls»: Här ska stå true eller false."),
        (
            "{mode: privat}",
            "",
            "mkdocs.yml, «mode» under «ipsite»: mode ska vara «private» eller «open». Menade du «private»?",
        ),
        ("{jobs: många}", "", "mkdocs.yml, «jobs» under «ipsite»: Här ska stå ett heltal."),
        ("{jubs: 1}", "", "mkdocs.yml, «jubs» under «ipsite»: Inställningen finns inte."),
        ("{}\n  - saknas", "", "mkdocs.yml: Tillägget «saknas» är inte installerat."),
        ("{}", "site_url: www.example.org", "mkdocs.yml, «site_url»: Adressen ska börja med https://."),
        ("{}", "nav: {Start: index.md}", MENU),
        ("{}", "nav: [{Start: index.md, Om: om.md}]", MENU),
        ("{}", "nav: [1]", MENU),
        ("{}", "docs_dir: borta", "mkdocs.yml, «docs_dir»: Mappen finns inte."),
    ],
)
def test_a_setting_that_is_wrong(options: str, more: str, said: str, project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", options) + f"{more}\n")
    assert told(project) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("\ta: 1", "Inställningarna går inte att läsa. Där står en tabb. Skriv mellanslag i stället."),
        ('a: "b', "Inställningarna går inte att läsa. Se efter indrag, kolon och citattecken där."),
        ("a: [1", "Inställningarna går inte att läsa. Se efter indrag, kolon och citattecken där."),
    ],
)
def test_settings_that_cannot_be_read(more: str, said: str, project: Project) -> None:
    before = CONFIG.replace("OPTIONS", "{}")
    project.configure(before + f"{more}\n")
    place, _, rest = told(project).partition(": ")
    assert rest == said
    assert place.startswith(f"mkdocs.yml, rad {before.count(chr(10)) + 1}, kolumn ")


@pytest.mark.parametrize("where", [".", "docs/färdig", "docs"])
def test_a_site_around_its_own_pages_or_among_them(where: str, project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{}") + f"site_dir: {where}\n")
    assert told(project) == (
        "Webbplatsen kan inte byggas runt mappen «docs» eller i den. "
        "Välj en annan mapp med --site-dir eller site_dir i mkdocs.yml."
    )


def test_pages_in_the_folder_of_the_settings(project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{}") + "docs_dir: .\n")
    assert told(project).startswith("mkdocs.yml, «docs_dir»: Sidorna ska ligga i en egen mapp, till exempel docs.\n")


@pytest.mark.parametrize("text", ["Hej.", "- site_name: Planer", "<!DOCTYPE html>", "5", "true"])
def test_settings_that_are_none(text: str, project: Project) -> None:
    project.configure(text)
    assert told(project) == "mkdocs.yml: Inställningar skrivs «namn: värde», en på varje rad. Så är inte filen skriven."


def test_settings_without_what_must_be_there(project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{}").replace("site_name: ", "site_url: https://"))
    assert told(project) == "mkdocs.yml, «site_name»: Inställningen saknas."


def test_settings_and_pages_in_another_coding(project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{}"))
    (project.folder / "docs" / "egen.md").write_bytes("# Håll\n".encode("latin-1"))
    mend = "Öppna den i en textredigerare, välj Spara som och kodningen UTF-8."
    assert told(project) == f"egen.md: Filen är inte sparad som UTF-8. {mend}"
    project.config.write_bytes("site_name: Håll\n".encode("latin-1"))
    assert told(project) == (
        "mkdocs.yml: Inställningarna går inte att läsa. Spara filen på nytt som UTF-8 i en textredigerare."
    )


def test_another_theme(project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{}").replace("name: material", "name: fint"))
    assert told(project) == "mkdocs.yml, «theme»: Temat ska heta material."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '<iframe src="https://example.org/film"></iframe>',
            "<iframe> skulle hämtas från en annan webbplats. Lägg filen i «docs», eller gör en länk.",
        ),
        ("<style>p {}</style>", "<style> får inte stå i en sida. Lägg det i en egen fil i «docs»."),
        ("!!! bug\n    Nej.\n", 'Ge rutan en rubrik på svenska: «!!! bug "Rubrik"».'),
    ],
)
def test_what_a_page_must_not_have_is_told_once_with_the_page(text: str, said: str, project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{}") + "markdown_extensions: [admonition]\n")
    project.page(f"# Start\n\n{text}\n")
    assert told(project) == f"index.md: {said}"


@pytest.mark.parametrize("key", ["extra_css", "extra_javascript"])
def test_a_file_of_colours_or_programs_that_is_not_there(key: str, project: Project) -> None:
    project.page("p {}", "utgivare/farger.css")
    project.configure(CONFIG.replace("OPTIONS", "{}") + f"{key}: [utgivare/farg.css]\n")
    said = f"mkdocs.yml: «{key}» nämner «utgivare/farg.css», som inte finns i mappen «docs»."
    assert told(project).endswith(f"{said} Menade du «utgivare/farger.css»?")
    project.configure(CONFIG.replace("OPTIONS", "{}") + f"{key}: ['utgivare/farger.css?v=2']\n")
    assert site.build(project.config, site.Wish(papers=False)).problem == ""


def test_a_language_that_the_theme_lacks(project: Project) -> None:
    project.configure(CONFIG.replace("OPTIONS", "{}").replace("language: sv", "language: svenska"))
    assert told(project) == (
        "Temat har inget språk som heter «svenska». Skriv «language: sv» under «theme» i mkdocs.yml."
    )


def test_what_is_not_known_stays_as_it_is() -> None:
    assert (
        in_swedish("Config value 'theme': Something new.\nAnd more.")
        == "mkdocs.yml, «theme»: Something new.\nAnd more."
    )
    assert in_swedish("Planerna har fel.") == "Planerna har fel."
