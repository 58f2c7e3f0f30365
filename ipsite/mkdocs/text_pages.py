"""The pages under docs/ on their way into MkDocs: read through, measured, and given the publisher's own."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.meta import get_data

from ipsite import blanks, glossary, guide, handbook, letters, printing, publisher, statement, texts, unbroken
from ipsite.artifact import Page
from ipsite.mkdocs import framing
from ipsite.settings import Settings
from ipsite.suggest import did_you_mean

STATEMENT = "tillganglighet.md"  # where a site keeps its statement; the publisher's own takes this page's place


def take(files: Files, config: MkDocsConfig, settings: Settings) -> dict[str, Page]:
    """Read the pages through, stop at faults, and tell of old ones; the pages that follow from them and from what the
    publisher says, by the path that other pages link to them with. Raises PluginError."""
    ours: dict[str, Any] = config.extra.setdefault("ipsite", {})
    _refuse(_own_faults(ours, files), "Uppgifterna om utgivaren har fel")
    _refuse(list(_lost(files, config)), "Inställningarna har fel")
    ours["by"] = publisher.read(ours["publisher"]) if "publisher" in ours else None
    made = _statement(files, config, ours["accessibility"]) if "accessibility" in ours else {}
    pages = [_text(file) for file in files.documentation_pages() if file.src_uri not in made]
    hard = next((page for page in pages if page.path == glossary.PAGE), texts.Text("", {}, ""))
    ours["terms"] = glossary.terms(hard.meta.get(glossary.KEY) or {})
    word_faults = glossary.faults(hard.meta.get(glossary.KEY) or {}, hard.markdown)
    _refuse([*texts.faults(pages), *word_faults], "Sidorna har fel")
    ours["guides"] = _guides(pages) if settings.papers else ()
    for name in ours["guides"]:
        files.append(File.generated(config, name, content=b""))  # filled when the texts have been made
    ours["forms"] = _forms(pages, files, config, settings)
    for path in texts.old(pages, settings.today):
        logging.getLogger("ipsite").warning("%s granskades för mer än ett år sedan. Läs igenom den.", path)
    readability = handbook.readability(texts.measured(pages))
    return {**made, f"{readability.path}/index.md": readability}


def complete(markdown: str, page: SitePage, config: MkDocsConfig) -> str:
    """The text of a page, and on those that ask for it what the program knows: letters, forms, the publisher, the
    guide on paper. Raises UnknownLetter."""
    ours = config.extra["ipsite"]
    up = "../" * page.file.src_uri.count("/")
    markdown = blanks.linked(letters.filled(markdown), ours["forms"], up)
    if ours["by"] and page.meta.get("visa_utgivare"):
        markdown += publisher.section(ours["by"])
    if ours["guides"] and page.meta.get("visa_guiden"):
        markdown += guide.section(ours["guides"], up)
    return markdown


def read_well(html: str, page: SitePage, files: Files, config: MkDocsConfig) -> str:
    """The HTML of a page, with its days and paragraphs of law whole, and links from hard words."""
    return unbroken.html(_with_terms(html, page, files, config))


def _with_terms(html: str, page: SitePage, files: Files, config: MkDocsConfig) -> str:
    """The HTML of a page with links from hard words. A lättläst page explains its words itself."""
    explained = files.get_file_from_path(glossary.PAGE)
    if explained is None or explained is page.file or texts.PLAIN in page.meta:
        return html
    return glossary.linked(html, config.extra["ipsite"]["terms"], explained.url_relative_to(page.file))


def fill_guides(files: Files, config: MkDocsConfig, pages: Sequence[SitePage], settings: Settings) -> None:
    """Make the guides of the pages of the menu, which MkDocs has turned into HTML by now. Raises PluginError."""
    ours = config.extra["ipsite"]
    plain = [page for page in pages if page.meta.get("granskad") and page.meta.get("i_guiden", True)]
    twins = (files.get_file_from_path(str(page.meta.get(texts.EASY))) for page in plain)
    easy = [file.page for file in twins if file is not None and file.page is not None]
    wanted: list[tuple[File, str]] = []
    for name, chosen in ((guide.PLAIN, plain), (guide.EASY, easy)):
        if name not in ours["guides"] or not (file := files.get_file_from_path(name)):
            continue
        publisher_name = ours["by"].name if ours["by"] else ""
        cover = guide.cover(config.site_name, publisher_name, settings.today, easy=name == guide.EASY)
        chapters = [guide.Chapter(page.url, str(page.title), page.content or "") for page in chosen]
        wanted.append((file, guide.html(cover, chapters)))
    try:
        made = guide.pdfs((document for _, document in wanted), settings)
    except printing.PaperFailed as error:
        raise PluginError(str(error)) from None
    for (file, _), content in zip(wanted, made, strict=True):
        file.content_bytes = content


def _forms(pages: Sequence[texts.Text], files: Files, config: MkDocsConfig, settings: Settings) -> dict[str, int]:
    """Make the blank forms that the pages ask for; their sizes."""
    _refuse(blanks.faults({page.path: page.markdown for page in pages}), "Sidorna har fel")
    names = dict.fromkeys(name for page in pages for name in blanks.asked(page.markdown)) if settings.papers else {}
    try:
        made = printing.forms(names, settings) if names else {}
    except printing.PaperFailed as error:
        raise PluginError(str(error)) from None
    for name, content in made.items():
        files.append(File.generated(config, blanks.address(name), content=content))
    return {name: len(content) for name, content in made.items()}


def _guides(pages: Sequence[texts.Text]) -> tuple[str, ...]:
    """Which guides the site is to have: none if no page leads to them."""
    if not any(page.meta.get("visa_guiden") for page in pages):
        return ()
    return (guide.PLAIN, guide.EASY) if any(page.is_easy for page in pages) else (guide.PLAIN,)


def _statement(files: Files, config: MkDocsConfig, given: Any) -> dict[str, Page]:
    """The publisher's statement in the place of the page in docs/, so that links and menu lead to it."""
    made = handbook.statement(statement.read(given))
    if old := files.get_file_from_path(STATEMENT):
        files.remove(old)
    footer = config.extra["ipsite"].setdefault("footer", [])
    if all(item["page"] != STATEMENT for item in footer):  # the law: a link to it on every page
        footer.append({"title": made.title, "page": STATEMENT})
    framing.add(files, config, STATEMENT, made)
    file = files.get_file_from_path(STATEMENT)
    assert file is not None
    file.dest_uri = f"{made.path}/index.html"
    return {STATEMENT: made}


def _own_faults(ours: dict[str, Any], files: Files) -> list[str]:
    found: list[str] = []
    if "publisher" in ours:
        found += publisher.faults(ours["publisher"], [file.src_uri for file in files])
    if "accessibility" in ours:
        found += statement.faults(ours["accessibility"])
    return found


def _lost(files: Files, config: MkDocsConfig) -> Iterator[str]:
    """The files of colours and programs that are named in the configuration and are not there: MkDocs is silent."""
    for key in ("extra_css", "extra_javascript"):
        for name in map(str, config[key]):
            if "//" not in name and files.get_file_from_path(name.partition("?")[0]) is None:
                near = did_you_mean(name, [file.src_uri for file in files.css_files()])
                yield f"mkdocs.yml: «{key}» nämner «{name}», som inte finns i mappen «docs». {near}".strip()


def _refuse(faults: list[str], why: str) -> None:
    if faults:
        raise PluginError(f"{why}, så webbplatsen byggdes inte.\n\n" + "\n".join(faults))


def _text(file: File) -> texts.Text:
    try:
        markdown, meta = get_data(file.content_string)
        return texts.Text(file.src_uri, meta, letters.filled(markdown))
    except letters.UnknownLetter as error:
        raise PluginError(f"{file.src_uri}: {error}") from None
    except UnicodeDecodeError:
        raise PluginError(
            f"{file.src_uri}: Filen är inte sparad som UTF-8. Öppna den i en textredigerare, välj Spara som och "
            "kodningen UTF-8."
        ) from None
