"""Views → HTML bodies for pages of the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ipsite.render.environment import fill
from ipsite.views.blocks import Document
from ipsite.views.download import Download
from ipsite.views.media import drawn_for_screen
from ipsite.views.overview import Overview
from ipsite.views.reference import Reference
from ipsite.views.shelf import Shelf

PAPERS, PAPERS_ID = "Papper att skriva ut", "papper-att-skriva-ut"  # the last part of a plan's page


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What the template of a plan's page sees."""

    papers_title: ClassVar[str] = PAPERS
    papers_id: ClassVar[str] = PAPERS_ID

    document: Document
    downloads: tuple[Download, ...]
    papers: tuple[Shelf, ...] = ()


def plan_page(document: Document, downloads: tuple[Download, ...], papers: tuple[Shelf, ...] = ()) -> str:
    """The body of a plan's page, without the site's frame: the plan to fetch at the top, other papers at the end."""
    return fill("page.html.j2", PlanPage(drawn_for_screen(document), downloads, papers))


def overview_page(overview: Overview) -> str:
    """The body of the overview of all plans."""
    return fill("overview.html.j2", overview)


def reference_page(reference: Reference) -> str:
    """The body of a page that explains a rule or the fields of the format."""
    return fill("reference.html.j2", reference)
