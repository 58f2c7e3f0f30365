"""The structure of a tagged PDF: a tree of elements, and how it is written (ISO 32000-1, 14.7 and 14.8).

A reading machine follows this tree instead of the look of the pages. The tree is made by `tags`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

_KEPT_WHEN_EMPTY = ("TH", "TD")  # a row keeps its number of cells


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of a page's content, by the number that marks it there."""

    page: int
    mark: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """What can be acted on in a page: a link."""

    page: int
    annotation: pydyf.Dictionary


@dataclass(slots=True, eq=False)
class Element:
    """A structure element: its standard type, what is said about it, and its kids in reading order."""

    type: str
    parent: Element | None = None
    entries: dict[str, Any] = field(default_factory=dict)  # Alt, Lang, E …
    attributes: dict[str, Any] = field(default_factory=dict)  # with their owner under O
    kids: list[Element | Content | Annotation] = field(default_factory=list)

    def add(self, type: str, at: int | None = None) -> Element:  # noqa: A002 - the standard's own word
        """A new kid of this element, last or at a given place."""
        kid = Element(type, self)
        self.kids.insert(len(self.kids) if at is None else at, kid)
        return kid

    def nearest(self, type: str) -> Element | None:  # noqa: A002
        """This element, or the nearest one around it, of a type."""
        found: Element | None = self
        while found is not None and found.type != type:
            found = found.parent
        return found

    def prune(self) -> None:
        """Take away every element in which there is nothing."""
        for kid in [kid for kid in self.kids if isinstance(kid, Element)]:
            kid.prune()
            if not kid.kids and kid.type not in _KEPT_WHEN_EMPTY:
                self.kids.remove(kid)

    def pages(self) -> Iterator[int]:
        """The pages that hold the content of this element, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.pages()
            else:
                yield kid.page


def write(pdf: pydyf.PDF, document: Element, page_count: int) -> None:
    """Write the tree into a PDF, and say in its catalog that it is tagged."""
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    writer = _Writer(pdf, [{} for _ in range(page_count)])
    root["K"] = pydyf.Array([writer.element(document, root)])
    root["ParentTree"] = writer.parent_tree()
    root["ParentTreeNextKey"] = page_count + len(writer.annotations)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


@dataclass(slots=True)
class _Writer:
    """Writes elements, and remembers which element each piece of content belongs to."""

    pdf: pydyf.PDF
    owners: list[dict[int, bytes]]  # for each page: mark → element
    annotations: list[tuple[pydyf.Dictionary, bytes]] = field(default_factory=list)

    def element(self, element: Element, parent: pydyf.Dictionary) -> bytes:
        """Write an element and all in it; gives the reference to it."""
        written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.type}", "P": parent.reference})
        self.pdf.add_object(written)
        written.update(element.entries)
        if element.attributes:
            written["A"] = pydyf.Dictionary(element.attributes)
        page = next(element.pages(), None)
        if page is not None:
            written["Pg"] = self.pdf.page_references[page]
        written["K"] = pydyf.Array([self._kid(kid, written, page) for kid in element.kids])
        reference: bytes = written.reference
        return reference

    def _kid(self, kid: Element | Content | Annotation, owner: pydyf.Dictionary, page: int | None) -> Any:
        if isinstance(kid, Element):
            return self.element(kid, owner)
        if isinstance(kid, Annotation):
            self.annotations.append((kid.annotation, owner.reference))
            return pydyf.Dictionary(
                {"Type": "/OBJR", "Pg": self.pdf.page_references[kid.page], "Obj": kid.annotation.reference}
            )
        self.owners[kid.page][kid.mark] = owner.reference
        if kid.page == page:
            return kid.mark
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pdf.page_references[kid.page], "MCID": kid.mark})

    def parent_tree(self) -> bytes:
        """Write the way back: from a page's content, and from each annotation, to the element."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self.owners):
            marks = range(max(owners, default=-1) + 1)
            numbers.extend([page, pydyf.Array([owners.get(mark, "null") for mark in marks])])
        for number, (annotation, owner) in enumerate(self.annotations, start=len(self.owners)):
            annotation["StructParent"] = number
            numbers.extend([number, owner])
        tree = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(tree)
        reference: bytes = tree.reference
        return reference
