"""HTML elements → structure elements, by the table below. One HTML element becomes one structure element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from ipsite.render.structure import Element
from ipsite.render.words import SVG, alternative, words_of

_TYPES = {
    **{tag: tag.upper() for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr")},
    **{"pre": "P", "section": "Sect", "nav": "Sect", "aside": "Sect", "article": "Art", "blockquote": "BlockQuote"},
    **{"table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot"},
    **{"code": "Code", "q": "Quote"},
}
# These hold what they hold, and say nothing themselves.
_SILENT = {"html", "body", "div", "main", "header", "footer", "span", "strong", "em", "b", "i", "small", "sub", "sup"}
_SILENT |= {"time", "br", "wbr", "col", "colgroup"}
_GROUPING = ("Document", "Sect", "Art", "Div", "BlockQuote")  # hold elements, not text
_INLINE = ("Code", "Quote")
_HOLDS_TEXT = ("P", "TH", "TD", "LBody", "Caption")
_NUMBERING = {
    **{"disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal"},
    **{"lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha"},
    **{"lower-roman": "LowerRoman", "upper-roman": "UpperRoman"},
}
_SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}
_CHECKED = {"true": "on", "mixed": "neutral"}


class TagsError(RuntimeError):
    """A paper cannot be tagged so that it reads well; the words say why."""


class Elements:
    """The structure elements that have been made, so that what is split over lines and pages stays one."""

    def __init__(self) -> None:
        self.made: dict[tuple[Any, str], Element] = {}  # HTML element and which part of it
        self.paragraphs: dict[Element, Element] = {}  # group → the P that was last put around loose text
        self.broken: set[Element] = set()  # hold text that the writer has broken into lines

    def of(self, box: Any, parent: Element, page_height: float) -> Element:
        """The structure element of the HTML element that a box is a part of."""
        if box.element is None or box.element_tag is None:
            return parent
        key = (box.element, part_of(box))
        if key not in self.made:
            made = self._marker(box, parent) if key[1] else self._make(box, parent)
            if made.type == "Figure" and made is not parent:
                _place(made, box, page_height)
            self.made[key] = made
        return self.made[key]

    def holder_of_text(self, element: Element) -> Element:
        """Text that stands loose in a group gets a paragraph of its own, and so does each line of a broken text."""
        if element.type not in _GROUPING and element not in self.broken:
            return element
        last = self.paragraphs.get(element)
        if last is None or element.kids[-1] is not last:
            last = self.paragraphs[element] = element.add("P")
        return last

    def break_line(self, element: Element) -> None:
        """Text that comes next in the element is a paragraph of its own: it is heard with a pause before it."""
        self.paragraphs.pop(element, None)

    def _make(self, box: Any, parent: Element) -> Element:
        html, tag = box.element, box.element.tag
        make = _MAKERS.get(tag) or _ROLES.get(html.get("role"))
        if make:
            made = make(self, box, parent)
        elif tag in _TYPES:
            holder = self.holder_of_text(parent) if _TYPES[tag] in _INLINE else parent
            made = holder.add(_TYPES[tag])
        elif tag not in _SILENT:
            raise TagsError(f"<{tag}> has no tag for PDF: give it one in ipsite/render/elements.py")
        else:
            made = self._with_language(box, parent) if tag != "html" and html.get("lang") else parent
        if made.type in _HOLDS_TEXT and made is not parent and any(True for _ in html.iter("br")):
            self.broken.add(made)
            made.type = "Div" if made.type == "P" else made.type
        if made is not parent and html.get("lang"):
            made.entries["Lang"] = pydyf.String(html.get("lang"))
        return made

    def _with_language(self, box: Any, parent: Element) -> Element:
        if isinstance(box, boxes.InlineBox):
            return self.holder_of_text(parent).add("Span")
        return parent.add("Div")

    def _list(self, box: Any, parent: Element) -> Element:
        made = parent.add("L")
        if numbering := _NUMBERING.get(str(box.style["list_style_type"])):
            made.attributes = {"O": "/List", "ListNumbering": f"/{numbering}"}
        return made

    def _list_item(self, _box: Any, parent: Element) -> Element:
        return parent.add("LI").add("LBody")

    def _marker(self, box: Any, parent: Element) -> Element:
        item = self.made[box.element, ""].nearest("LI")
        return item.add("Lbl", at=0) if item else parent

    def _cell(self, box: Any, parent: Element) -> Element:
        made = parent.add(box.element.tag.upper())
        spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
        made.attributes = {"O": "/Table", **{name: span for name, span in spans.items() if span != 1}}
        if made.type == "TH":
            usual = "Column" if made.nearest("THead") else "Row"
            made.attributes["Scope"] = "/" + _SCOPES.get(box.element.get("scope"), usual)
        return made

    def _figure(self, box: Any, parent: Element) -> Element:
        words = alternative(box.element)
        if not words:
            raise TagsError("a picture has no text alternative")
        made = parent.add("Figure")
        made.entries["Alt"] = pydyf.String(words)
        return made

    def _anchor(self, box: Any, parent: Element) -> Element:
        return self.holder_of_text(parent).add("Link") if box.element.get("href") else parent

    def _abbreviation(self, box: Any, parent: Element) -> Element:
        made = self.holder_of_text(parent).add("Span")
        if title := box.element.get("title"):
            made.entries["E"] = pydyf.String(title)
        return made

    def _checkbox(self, box: Any, parent: Element) -> Element:
        """A box that is printed, to be ticked by hand."""
        html = box.element
        made = self.holder_of_text(parent).add("Form")
        state = _CHECKED.get(html.get("aria-checked"), "off")
        says = pydyf.String(html.get("aria-label") or words_of(html).strip())
        made.attributes = {"O": "/PrintField", "Role": "/cb", "checked": f"/{state}", "Desc": says}
        return made

    def _field(self, box: Any, parent: Element) -> Element:
        """A field of a form; what can be acted on is put in it by `tags`."""
        return self.holder_of_text(parent).add("Form")

    def _named(self, box: Any, parent: Element) -> Element:
        """Signs that stand for words, with the words: a line to write on."""
        made = self.holder_of_text(parent).add("Span")
        made.entries["ActualText"] = pydyf.String(box.element.get("aria-label") or "")
        return made


_Maker = Callable[[Elements, Any, Element], Element]
_MAKERS: dict[str, _Maker] = {
    **{"ul": Elements._list, "ol": Elements._list, "li": Elements._list_item},
    **{"th": Elements._cell, "td": Elements._cell, "img": Elements._figure, f"{SVG}svg": Elements._figure},
    **{"a": Elements._anchor, "abbr": Elements._abbreviation},
    **{"input": Elements._field, "textarea": Elements._field},
}
_ROLES: dict[str | None, _Maker] = {"checkbox": Elements._checkbox, "img": Elements._named}


def part_of(box: Any) -> str:
    """Which part of its element a box is: "before" or "after" (text from style sheets), "marker", or "" for itself."""
    part = str(box.element_tag or "").partition("::")[2]
    return part if part in ("before", "after", "marker") else ""


def _place(figure: Element, box: Any, page_height: float) -> None:
    """Say where on its page a picture is, in points from the lower left corner."""
    left, top = box.content_box_x(), box.content_box_y()
    corners = (left, page_height - top - box.height, left + box.width, page_height - top)
    figure.attributes = {"O": "/Layout", "BBox": pydyf.Array([0.75 * pixels for pixels in corners])}
