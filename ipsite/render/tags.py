"""The boxes that WeasyPrint has laid out → the structure that is read aloud (PDF/UA-1).

In place of WeasyPrint's own tag builder, which makes valid files that read badly: why and how, and what to do when
WeasyPrint changes, stands in docs/utveckling/beslut/0005-taggar-i-pdf.md.

What repeats (feet of pages, heads of tables that go on) and what decorates (aria-hidden, empty alt, text from style
sheets) is set apart, so that it is seen and not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from ipsite.render.elements import Elements, TagsError, part_of
from ipsite.render.marks import Marks
from ipsite.render.structure import Annotation, Content, Element, write
from ipsite.render.widgets import FIELDS, PRINTED, Widgets
from ipsite.render.words import is_decoration, lost_spaces, words_of

TESTED = ("70.0",)  # versions of WeasyPrint whose inner workings are known to be as this module takes them to be


@contextmanager
def own_tags() -> Iterator[None]:
    """While this is open, WeasyPrint builds tags our way. The only place where its inside is replaced. Raises
    `TagsError` if it is another WeasyPrint than we know, and while a PDF is written that cannot be tagged."""
    if weasyprint.__version__ not in TESTED:
        raise TagsError(
            f"Taggarna i PDF-filerna är prövade med WeasyPrint {', '.join(TESTED)}, men "
            f"{weasyprint.__version__} är installerad. Se docs/utveckling/beslut/0005-taggar-i-pdf.md."
        )
    stock = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = stock


def add_tags(pdf: pydyf.PDF, document: Any, _version: object, streams: list[Any]) -> None:
    """Tag a PDF; called by WeasyPrint when all pages are painted. Raises `TagsError`."""
    widgets = Widgets(pdf)
    write(pdf, _Tagger(document, streams, widgets).tagged(), len(streams))
    widgets.finish()


class _Tagger:
    """Walks through the boxes of all pages and builds the structure. A box is a part of an HTML element:
    all of it, or what fits on a line or page."""

    def __init__(self, document: Any, streams: list[Any], widgets: Widgets) -> None:
        fonts = {font.hash: font for font in document.fonts.values()}
        self.pages = [page._page_box for page in document.pages]
        self.painted = [stream._tags for stream in streams]  # box → its mark, for each page
        self.marks = [Marks(stream, fonts) for stream in streams]
        self.widgets = widgets
        self.page = 0
        self.root = Element("Document")
        self.elements = Elements()
        self.heads: dict[Any, int] = {}  # thead → the page where it first stands
        self.runs: dict[Any, list[tuple[int, int, str]]] = {}  # block of text → page, mark and text of each run
        self.block: Any = None  # the HTML element whose lines are being walked through

    def tagged(self) -> Element:
        """The structure of the whole document."""
        for number, page in enumerate(self.pages):
            self.page = number
            for child in page.children:
                self._walk(child, self.root)
            if self.painted[number]:
                raise TagsError(f"page {number + 1}: something painted has no place in the structure")
        self.root.prune()
        for block, runs in self.runs.items():
            for number in lost_spaces(words_of(block), [text for _, _, text in runs]):
                page, mark, _ = runs[number]
                self.marks[page].end_with_space(mark)
        return self.root

    def _walk(self, box: Any, parent: Element) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            self._set_apart(box, "Header" if box.at_keyword.startswith("@top") else "Footer")
        elif self._is_repeated(box):
            self._set_apart(box, "Header")
        elif box.element is not None and (is_decoration(box.element) or part_of(box) in ("before", "after")):
            self._set_apart(box)
        elif box.element_tag == "br":
            self.elements.break_line(parent)
            self._set_apart(box)
        else:
            element = self.elements.of(box, parent, self.pages[self.page].margin_height())
            self._link(box, element)
            if box.element_tag in FIELDS:
                height = self.pages[self.page].margin_height()
                element.kids.append(Annotation(self.page, self.widgets.add(box, self.page, height)))
            if box in self.painted[self.page]:
                self._content(box, element)
            for child in box.children:
                self._child(box, child, element)

    def _child(self, box: Any, child: Any, element: Element) -> None:
        if not isinstance(child, boxes.LineBox):
            self._walk(child, element)
            return
        around, self.block = self.block, box.element
        for part in child.children:
            self._walk(part, element)
        self.block = around

    def _is_repeated(self, box: Any) -> bool:
        if not getattr(box, "is_header", False):
            return False
        return self.heads.setdefault(box.element, self.page) != self.page

    def _set_apart(self, box: Any, pagination: str = "") -> None:
        """Make a box and all in it artifacts: seen, not read."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if painted := self.painted[self.page].pop(box, None):
            self.marks[self.page].artifact(painted["mcid"], pagination)
        for child in box.children:
            self._set_apart(child, pagination)

    def _content(self, box: Any, element: Element) -> None:
        mark = self.painted[self.page].pop(box)["mcid"]
        text = getattr(box, "text", None)
        if text is not None and not text.strip():  # WeasyPrint marks such text without painting it
            self.marks[self.page].artifact(mark)
            return
        self.elements.holder_of_text(element).kids.append(Content(self.page, mark))
        if text is not None and part_of(box) == "":
            self.runs.setdefault(self.block, []).append((self.page, mark, text))

    def _link(self, box: Any, element: Element) -> None:
        """The words that a reader hears for a link are its own, not its address."""
        annotation = box.link_annotation
        if annotation:
            annotation["Contents"] = pydyf.String(box.element.get("aria-label") or words_of(box.element).strip())
            annotation["F"] = PRINTED
            element.kids.append(Annotation(self.page, annotation))
