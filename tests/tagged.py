"""Eyes, or rather ears, for tagged PDFs: the structure tree with the text that each element is read with.

Reads what lies in the file and nothing else; it shares no code with ipsite/render.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Place = tuple[int, int]  # page and mark
_PAINTS = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"}
_ATTRIBUTES = ("ListNumbering", "Scope", "ColSpan", "RowSpan", "Role", "checked", "Desc")


@dataclass(slots=True)
class Artifact:
    """What is seen and not read: its kind ("Footer", "Header", "Layout" or ""), and the text in it."""

    page: int
    kind: str
    text: str = ""


@dataclass(slots=True, eq=False)
class Node:
    """A structure element."""

    type: str
    object: Any
    entries: dict[str, str] = field(default_factory=dict)  # Alt, ActualText, Lang, E
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    def all(self, *types: str) -> Iterator[Node]:
        """The elements of some types in this one, in reading order; of all types when none is named."""
        for kid in self.kids:
            if isinstance(kid, Node):
                if not types or kid.type in types:
                    yield kid
                yield from kid.all(*types)

    @property
    def words(self) -> str:
        """What is read for this element and all in it."""
        whole = self.entries.get("ActualText") or "".join(
            kid if isinstance(kid, str) else kid.words for kid in self.kids
        )
        return single_spaces(whole)


def single_spaces(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip()


class Tagged:
    """A PDF with its structure."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.text: dict[Place, str] = {}
        self.artifacts: list[Artifact] = []
        self.unmarked = 0  # how often something is painted that is neither content nor artifact
        self.reached: Counter[Place] = Counter()
        self.owners: dict[Place, Any] = {}
        self.numbers = {leaf.obj.objgen: number for number, leaf in enumerate(self.pdf.pages)}
        for number, leaf in enumerate(self.pdf.pages):
            self._read_page(number, leaf)
        root: Any = self.pdf.Root.get("/StructTreeRoot", {})
        top: Any = root.get("/K", pikepdf.Array())
        tops = list(top) if isinstance(top, pikepdf.Array) else [top]
        self.root = self._node(tops[0], None) if tops else Node("", None)
        self.root.entries["Lang"] = str(self.pdf.Root.get("/Lang", ""))

    # --- Pages ---

    def _read_page(self, number: int, leaf: pikepdf.Page) -> None:
        letters: dict[int, str] = {}
        fonts = {str(name): _letters(font) for name, font in leaf.obj.Resources.get("/Font", {}).items()}
        open_marks: list[Place | Artifact | None] = []
        for step in pikepdf.parse_content_stream(leaf):
            operator, operands = str(step.operator), list(step.operands)
            if operator in ("BMC", "BDC"):
                open_marks.append(self._mark(number, operands))
            elif operator == "EMC":
                open_marks.pop()
            elif operator == "Tf":
                letters = fonts.get(str(operands[0]), {})
            elif operator in _PAINTS:
                holder = next((mark for mark in reversed(open_marks) if mark is not None), None)
                self.unmarked += holder is None
                self._say(holder, _shown(operands, letters) if operator in ("Tj", "TJ") else "")

    def _mark(self, number: int, operands: list[Any]) -> Place | Artifact | None:
        properties: Any = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
        if "/MCID" in properties:
            place = (number, int(properties["/MCID"]))
            self.text.setdefault(place, "")
            return place
        if operands[0] == "/Artifact":
            kind = properties.get("/Subtype", properties.get("/Type", ""))
            self.artifacts.append(Artifact(number, str(kind).lstrip("/")))
            return self.artifacts[-1]
        return None

    def _say(self, holder: Place | Artifact | None, text: str) -> None:
        if isinstance(holder, Artifact):
            holder.text += text
        elif holder is not None:
            self.text[holder] += text

    # --- Structure ---

    def _node(self, obj: Any, page: Any) -> Node:
        page = obj.get("/Pg", page)
        node = Node(str(obj.get("/S", "")).lstrip("/"), obj)
        node.entries = {key: str(obj[f"/{key}"]) for key in ("Alt", "ActualText", "Lang", "E") if f"/{key}" in obj}
        owned = obj.get("/A", [])
        for attributes in owned if isinstance(owned, pikepdf.Array) else [owned]:
            for key in _ATTRIBUTES:
                if f"/{key}" in attributes:
                    node.attributes[key] = str(attributes[f"/{key}"]).lstrip("/")
        kids = obj.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            self._kid(node, kid, page)
        return node

    def _kid(self, node: Node, kid: Any, page: Any) -> None:
        if isinstance(kid, int):
            node.kids.append(self._content(node, page, kid))
        elif kid.get("/Type") == "/MCR":
            node.kids.append(self._content(node, kid.get("/Pg", page), int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            node.annotations.append(kid.Obj)
        else:
            inner = self._node(kid, page)
            node.kids.append(inner)
            node.pages |= inner.pages

    def _content(self, node: Node, page: Any, mark: int) -> str:
        place = (self.numbers.get(page.objgen, -1) if page is not None else -1, mark)
        self.reached[place] += 1
        self.owners[place] = node.object
        node.pages.add(place[0])
        return self.text.get(place, "")

    # --- As text ---

    def lines(self) -> list[str]:
        """The structure as lines of text, in the order that it is read."""
        return list(lines_of(self.root, 0))


def lines_of(node: Node | str, depth: int) -> Iterator[str]:
    """An element as lines: its type, what is said about it and the text in it, and its kids further in."""
    margin = "  " * depth
    if isinstance(node, str):
        yield f'{margin}"{single_spaces(node)}"'
        return
    said = [node.type, *(value for value in node.attributes.values())]
    said += [f"{key}={value}" for key, value in node.entries.items()]
    kids = [] if node.type == "Figure" else list(_joined(node.kids))  # a figure is heard by its Alt
    if len(kids) == 1 and isinstance(kids[0], str):
        said.append(f'"{single_spaces(kids.pop())}"')  # type: ignore[arg-type]
    yield margin + " ".join(said)
    for kid in kids:
        yield from lines_of(kid, depth + 1)


def _joined(kids: list[Node | str]) -> Iterator[Node | str]:
    """Kids with the texts that follow each other as one."""
    text = ""
    for kid in kids:
        if isinstance(kid, str):
            text += kid
            continue
        if text.strip():
            yield text
        text = ""
        yield kid
    if text.strip():
        yield text


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font is read as."""
    if "/ToUnicode" not in font:
        return {}
    table: dict[int, str] = {}
    written = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", written, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "replace")
    return table


def _shown(operands: list[Any], letters: dict[int, str]) -> str:
    pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    pairs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
    return "".join(letters.get(code, "\ufffd") for code in pairs)
