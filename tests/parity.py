"""Does a PDF say the same as the HTML it was made from? Validators do not ask.

`faults` compares the whole structure, line by line, with what the HTML asks for, and then what does not show in
lines: that everything painted is either read once or set apart, that the ways back from pages and links lead right,
that links say their words and lead where they should, that bookmarks are the headings.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf
import tinyhtml5
from tagged import Node, Tagged, lines_of, single_spaces

_DRAWING = "{http://www.w3.org/2000/svg}svg"
_TYPES = {
    **{tag: tag.upper() for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr")},
    **{"section": "Sect", "article": "Art", "blockquote": "BlockQuote", "ul": "L", "ol": "L", "pre": "P"},
    **{"table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "th": "TH", "td": "TD"},
    **{"a": "Link", "abbr": "Span", "img": "Figure", "code": "Code"},
    _DRAWING: "Figure",
}
_GROUPS = ("Document", "Sect", "Art", "BlockQuote", "Div")
_BLOCKS = ("div", "header", "footer", "main", "p", "section", "article", "blockquote", "table", "ul", "ol")
_MARKS = {"Disc": "•", "Circle": "◦"}
_UNMARKED = ("ip-plan-tags", "ip-plan-checks", "ip-plan-scale")  # lists whose items the style sheet gives no mark
_FIELDS = ("input", "textarea")
_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_EMPTY = "Den här sidan är tom med avsikt."
_RUNNING = "ip-plan-foot"  # the class of what stands at the foot of every page


def faults(content: bytes, html: str) -> list[str]:
    """Everything in which a PDF differs from its HTML; nothing when it says the same."""
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    tagged = Tagged(content)
    checks = (_structure, _marks, _ways_back, _artifacts, _links, _fields, _figures, _heads, _bookmarks, _about)
    return [fault for check in checks for fault in check(tagged, page)]


# --- What the HTML asks for ---------------------------------------------------------------------------------------


def wanted_lines(page: Element) -> list[str]:
    """The structure that a page of HTML asks for, as lines of text."""
    body = page.find("body")
    assert body is not None
    root = Node("Document", None, {"Lang": page.get("lang", "")})
    _fill(root, body)
    return list(lines_of(root, 0))


def _fill(node: Node, html: Element) -> None:
    """Put the content of an HTML element in `node`."""
    _say(node, html.text)
    for child in html:
        if isinstance(child.tag, str) and not _hidden(child):
            _one(node, child)
            if child.tag in _BLOCKS and node.type in _GROUPS:
                node.kids.append("")  # what comes after a block is a paragraph of its own
        _say(node, child.tail)


def _one(node: Node, html: Element) -> None:
    kind = _kind(html)
    if html.tag == "br":
        if node.type in _GROUPS or node.object == "lines":
            node.kids.append("")  # the next line is a paragraph of its own
        else:
            _say(node, " ")
    elif not kind:
        _fill(node, html)
    else:
        lines = kind in ("P", "TD", "TH", "LBody", "Caption") and html.find(".//br") is not None
        kind = "Div" if lines and kind == "P" else kind
        made = Node(kind, "lines" if lines else None, _entries(html), _attributes(html, node))
        holder = _holder(node) if kind in ("Link", "Span", "Form", "Code") else node
        if html.tag == "li":
            made = Node("LBody", made.object, _entries(html))
            holder.kids.append(Node("LI", None, kids=[*_label(node), made]))
            _fill(made, html)
            return
        if html.tag != _DRAWING:  # heard by its name; what is written in it is seen
            _fill(made, html)
        if any(isinstance(kid, Node) or kid.strip() for kid in made.kids) or kind in ("TH", "TD", "Figure", "Form"):
            holder.kids.append(made)


def _label(items: Node) -> list[Node]:
    """The mark of the next item of a list; none in a list without marks."""
    if "ListNumbering" not in items.attributes:
        return []
    before = sum(isinstance(kid, Node) for kid in items.kids)
    mark = _MARKS.get(items.attributes["ListNumbering"]) or f"{before + 1}."
    return [Node("Lbl", None, kids=[mark])]


def _kind(html: Element) -> str:
    if html.get("role") == "checkbox" or html.tag in _FIELDS:
        return "Form"
    if html.tag == "li":
        return "LBody"
    if html.tag == "a" and not html.get("href"):
        return ""
    inline = "Span" if html.get("lang") or html.get("role") == "img" else ""
    return _TYPES.get(str(html.tag), inline)


def _entries(html: Element) -> dict[str, str]:
    entries = {}
    if html.tag in ("img", _DRAWING):
        entries["Alt"] = html.get("alt", "") or html.get("aria-label", "")
    elif html.get("role") == "img":
        entries["ActualText"] = html.get("aria-label", "")
    if lang := html.get("lang"):
        entries["Lang"] = lang
    if html.tag == "abbr":
        entries["E"] = html.get("title", "")
    return entries


def _attributes(html: Element, parent: Node) -> dict[str, str]:
    if set(_UNMARKED).intersection((html.get("class") or "").split()):
        return {}
    if html.tag in ("ul", "ol"):
        return {"ListNumbering": "Decimal" if html.tag == "ol" else "Circle" if parent.type == "LBody" else "Disc"}
    if html.get("role") == "checkbox":
        state = "on" if html.get("aria-checked") == "true" else "off"
        return {"Role": "cb", "checked": state, "Desc": html.get("aria-label", "")}
    spans = {name: html.get(name.lower(), "1") for name in ("ColSpan", "RowSpan")}
    cell = {name: span for name, span in spans.items() if span != "1"} if html.tag in ("th", "td") else {}
    return {**({"Scope": {"col": "Column", "row": "Row"}[html.get("scope", "")]} if html.tag == "th" else {}), **cell}


def _holder(node: Node) -> Node:
    """Loose text in a group stands in a paragraph, and so does each line of a text that is broken with <br>."""
    if node.type not in _GROUPS and node.object != "lines":
        return node
    if not (node.kids and isinstance(node.kids[-1], Node) and node.kids[-1].object == "loose"):
        node.kids.append(Node("P", "loose"))
    last = node.kids[-1]
    assert isinstance(last, Node)
    return last


def _say(node: Node, text: str | None) -> None:
    if text and (text.strip() or (node.type not in _GROUPS and node.object != "lines")):
        _holder(node).kids.append(text)


def _hidden(html: Element) -> bool:
    return html.get("aria-hidden") == "true" or html.get("alt") == "" or _RUNNING in html.get("class", "").split()


# --- The comparison -----------------------------------------------------------------------------------------------


def _structure(tagged: Tagged, page: Element) -> Iterator[str]:
    for line in difflib.unified_diff(wanted_lines(page), tagged.lines(), "html", "pdf", n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield f"structure: {line}"


def _marks(tagged: Tagged, _page: Element) -> Iterator[str]:
    if tagged.unmarked:
        yield f"painted {tagged.unmarked} times outside content and artifacts"
    for place in tagged.text.keys() | tagged.reached.keys():
        if place not in tagged.text:
            yield f"the structure points to {place}, which is not on any page"
        elif tagged.reached[place] != 1:
            yield f"{place} is read {tagged.reached[place]} times: {tagged.text[place]!r}"
    for text in tagged.text.values():
        if odd := re.search("[\ufffd\ufb00-\ufb06\x00]", text):
            yield f"{odd[0]!r} in the text {text!r}"


def _ways_back(tagged: Tagged, _page: Element) -> Iterator[str]:
    """From a page's content and from a link, a reader must find the element."""
    root: Any = tagged.pdf.Root.get("/StructTreeRoot", {})
    numbers = list(root.get("/ParentTree", {}).get("/Nums", []))
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=False))
    for number, leaf in enumerate(tagged.pdf.pages):
        found = list(owners.get(int(leaf.obj.get("/StructParents", -1)), []))
        for (page, mark), owner in tagged.owners.items():
            if page == number and (mark >= len(found) or found[mark].objgen != owner.objgen):
                yield f"page {number + 1} does not know the element of its content {mark}"
    for node in tagged.root.all():
        for annotation in node.annotations:
            back = owners.get(int(annotation.get("/StructParent", -1)))
            if back is None or back.objgen != node.object.objgen:
                yield f"a link does not know its element: {node.words}"


def _artifacts(tagged: Tagged, page: Element) -> Iterator[str]:
    """What is set apart is what repeats, what decorates, and nothing else."""
    running = [single_spaces(" ".join(node.itertext())) for node in page.iter() if _RUNNING in node.get("class", "")]
    heads = {"".join("".join(cell.itertext()).split()) for head in page.iter("thead") for cell in head.iter("th")}
    said = ("".join(node.itertext()) for node in page.iter() if node.get("aria-hidden") == "true")
    hidden = "".join("".join(said).split())
    listed = any(node.get("data-to") for node in page.iter())
    count = len(tagged.pdf.pages)
    for number in range(count):
        found = [artifact for artifact in tagged.artifacts if artifact.page == number]
        foot = single_spaces(" ".join(item.text for item in found if item.kind == "Footer"))
        head = "".join("".join(item.text for item in found if item.kind == "Header").split())
        if running and not any(text in foot for text in (*running, _EMPTY)):  # each part of a paper has its own
            yield f"page {number + 1}: {running[0]!r} is not in its foot, but {foot!r}"
        if f"Sida {number + 1} av {count}" not in foot:
            yield f"page {number + 1}: its number is not in its foot, but {foot!r}"
        for text in sorted(heads, key=len, reverse=True):
            head = head.replace(text, "")
        if head:
            yield f"page {number + 1}: {head!r} is set apart as a repeated head"
        for item in found:
            if item.kind in ("Footer", "Header") or not re.search(r"\w", item.text):
                continue
            if listed and re.fullmatch(r"(?:, )?sida\s\d+", item.text):  # for the eye: the link beside it leads there
                continue
            if "".join(item.text.split()) not in hidden:
                yield f"page {number + 1}: {item.text!r} is set apart"


def _links(tagged: Tagged, page: Element) -> Iterator[str]:
    wanted = [node for node in page.iter("a") if node.get("href")]
    found = list(tagged.root.all("Link"))
    if len(wanted) != len(found):
        yield f"{len(found)} links, not {len(wanted)}"
    for html, node in zip(wanted, found, strict=False):
        words = single_spaces(html.get("aria-label") or "".join(html.itertext()))
        if not node.annotations:
            yield f"a link cannot be followed: {words!r}"
        for annotation in node.annotations:
            if str(annotation.get("/Contents", "")) != words:
                yield f"a link says {annotation.get('/Contents', '')!r}, not {words!r}"
            target = annotation.get("/A", {}).get("/URI", annotation.get("/Dest", ""))
            if str(target).rstrip("/") != html.get("href", "").lstrip("#").rstrip("/"):
                yield f"the link {words!r} leads to {target!r}"
    known = {annotation.objgen for node in tagged.root.all("Link", "Form") for annotation in node.annotations}
    for leaf in tagged.pdf.pages:
        if loose := [item for item in leaf.obj.get("/Annots", []) if item.objgen not in known]:
            yield f"{len(loose)} links or fields of a page are outside the structure"


def _fields(tagged: Tagged, page: Element) -> Iterator[str]:
    """A form has the fields of its HTML: in the same order, by name, with what is said of each, and a look."""
    wanted = [(node.get("name"), node.get("aria-label")) for node in page.iter() if node.tag in _FIELDS]
    found = [annotation for node in tagged.root.all("Form") for annotation in node.annotations]
    told = [(str(field.get("/T", "")), str(field.get("/TU", ""))) for field in found]
    if told != wanted:
        yield from (
            f"field: {line}" for line in difflib.ndiff([*map(str, wanted)], [*map(str, told)]) if line[0] in "+-"
        )
    if len({name for name, _ in told}) != len(told):
        yield "two fields share a name"
    form: Any = tagged.pdf.Root.get("/AcroForm", {})
    order = [field.objgen for field in found]
    if [field.objgen for field in form.get("/Fields", [])] != order:
        yield "the form has other fields than the structure, or in another order"
    stops = [item.objgen for leaf in tagged.pdf.pages for item in leaf.obj.get("/Annots", []) if "/T" in item]
    if stops != order:
        yield "the order of the fields on the pages is not the order in which they are read"
    if bool(form.get("/NeedAppearances", False)):
        yield "the form asks the viewer to draw its fields"
    for field in found:
        if "/N" not in field.get("/AP", {}) or {"/A", "/AA"} & set(field.keys()):
            yield f"the field {field.get('/T', '')} has no look, or does something"
    for leaf in tagged.pdf.pages:
        if str(leaf.obj.get("/Tabs", "")) != "/S":
            yield "a page does not say that one goes through it in the order of the structure"


def _figures(tagged: Tagged, _page: Element) -> Iterator[str]:
    for node in tagged.root.all("Figure"):
        attributes = node.object.get("/A", {})
        box = [float(side) for side in attributes.get("/BBox", [])]
        page = tagged.pdf.pages[min(node.pages)].mediabox if node.pages else [0, 0, 0, 0]
        inside = len(box) == 4 and 0 <= box[0] < box[2] <= float(page[2]) and 0 <= box[1] < box[3] <= float(page[3])
        if not inside:
            yield f"a picture says that it is at {box}"


def _heads(tagged: Tagged, _page: Element) -> Iterator[str]:
    """The head of a table that goes on is repeated on each page to be seen, and read once."""
    for table in tagged.root.all("Table"):
        heads = list(table.all("THead"))
        if len(heads) != 1 or len(heads[0].pages) != 1:
            yield f"a table has {len(heads)} heads"
            continue
        for number in table.pages - {min(table.pages)}:
            repeated = "".join(item.text for item in tagged.artifacts if (item.page, item.kind) == (number, "Header"))
            if single_spaces(heads[0].words).replace(" ", "") not in repeated.replace(" ", ""):
                yield f"the head {heads[0].words!r} is not repeated on page {number + 1}"


def _bookmarks(tagged: Tagged, _page: Element) -> Iterator[str]:
    with tagged.pdf.open_outline() as outline:
        marks = [single_spaces(title) for title in _titles(outline.root)]
    headings = [node.words for node in tagged.root.all(*_HEADINGS)]
    if marks != headings:
        yield f"the bookmarks are {marks}, not {headings}"
    levels = [int(node.type[1]) for node in tagged.root.all(*_HEADINGS)]
    if levels[:1] != [1] or levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels)):
        yield f"the levels of the headings are {levels}"


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield str(item.title)
        yield from _titles(list(item.children))


def _about(tagged: Tagged, page: Element) -> Iterator[str]:
    catalog: Any = tagged.pdf.Root
    title = single_spaces(page.findtext(".//title") or "")
    if str(tagged.pdf.docinfo.get("/Title", "")) != title:
        yield f"the title is not {title!r}"
    if str(catalog.get("/Lang", "")) != page.get("lang"):
        yield f"the language is {catalog.get('/Lang', '')!r}"
    if not catalog.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title is not shown"
