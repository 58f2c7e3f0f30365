"""The pages that follow from the program itself: every rule, and every field of the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipsite import schema
from ipsite.artifact import Heading, Page
from ipsite.readability import Measures
from ipsite.render import html
from ipsite.rules import RULES
from ipsite.slug import slug
from ipsite.statement import Statement
from ipsite.views import fields, reading, reference
from ipsite.views.statement import statement as statement_view

RULES_FOLDER = "regler"
FIELDS_FOLDER = "falt"


def pages() -> Iterator[Page]:
    """All pages of the handbook."""
    yield page(RULES_FOLDER, reference.rule_list(), listed=True)
    for rule in RULES.values():
        yield page(f"{RULES_FOLDER}/{reference.rule_path(rule.code)}", reference.rule_page(rule))
    yield page(FIELDS_FOLDER, fields.field_list(), listed=True)
    for kind in schema.KINDS:
        yield page(f"{FIELDS_FOLDER}/{slug(kind)}", fields.field_page(kind))


def readability(measured: Iterable[tuple[str, bool, Measures]]) -> Page:
    """How hard the site's own texts are to read, for those who edit them."""
    return page("lasbarhet", reading.readability(measured))


def statement(given: Statement) -> Page:
    """How accessible the site is, as its publisher says."""
    return page("tillganglighetsredogorelse", statement_view(given), listed=True)


def page(path: str, made: reference.Reference, *, listed: bool = False) -> Page:
    """A page of the site from a view that explains something. Where its heading may break is no matter of menus."""
    headings = tuple(Heading(section.title, section.id) for section in made.sections)
    title = made.title.replace("\N{SOFT HYPHEN}", "")
    return Page(path, title, made.description, html.reference_page(made), headings, listed)
