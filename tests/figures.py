"""Eyes for drawings: what overlaps, what crosses, what runs out, and what the text below does not say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from ipsite.views.blocks import Block, Bullets, Document, Fact, Section, Table, Text
from ipsite.views.drawing import SCREENS, Box, Drawing, Figure, Label, Line, Sign

Frame = tuple[float, float, float, float]  # left, top, right, bottom
Point = tuple[float, float]
LEAST = {"wide": 18, "narrow": 18, "paper": 11, "landscape": 11, "large": 18}
SHEETS = {"paper": (476, 640), "landscape": (756, 420), "large": (476, 560)}  # room on the sheet, in points


def faults(drawing: Drawing) -> list[str]:
    """Everything that makes a drawing hard to read; nothing when it is easy."""
    checks = (_overlapping, _outside, _crossing, _lost, _small, _too_large)
    return [fault for check in checks for fault in check(drawing)]


def _frame(shape: Box | Line | Sign | Label) -> Frame:
    if isinstance(shape, Label):
        return shape.left, shape.y, shape.left + shape.width, shape.y + shape.height
    if isinstance(shape, Box):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    if isinstance(shape, Sign):
        half = shape.size / 2
        return shape.x - half, shape.y - half, shape.x + half, shape.y + half
    across, down = zip(*shape.points, strict=True)
    return min(across), min(down), max(across), max(down)


def _meet(one: Frame, other: Frame) -> bool:
    slack = 0.01
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def _overlapping(drawing: Drawing) -> Iterator[str]:
    labels = [shape for shape in drawing.shapes if isinstance(shape, Label | Sign)]
    for one, other in combinations(labels, 2):
        if _meet(_frame(one), _frame(other)):
            yield f"{one} lies over {other}"
    for box in (shape for shape in drawing.shapes if isinstance(shape, Box) and shape.line != "none"):
        for label in labels:
            inside, frame = _frame(label), _frame(box)
            within = inside[0] >= frame[0] and inside[2] <= frame[2] and inside[1] >= frame[1] and inside[3] <= frame[3]
            if _meet(inside, frame) and not within:
                yield f"{label} runs over the edge of {box}"


def _outside(drawing: Drawing) -> Iterator[str]:
    for shape in drawing.shapes:
        left, top, right, bottom = _frame(shape)
        if left < -0.01 or top < -0.01 or right > drawing.width + 0.01 or bottom > drawing.height + 0.01:
            yield f"{shape} is outside {drawing.width} × {drawing.height}"


def _crossing(drawing: Drawing) -> Iterator[str]:
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line)]
    parts = [(line, part) for line in lines for part in pairwise(line.points)]
    for (one, first), (other, second) in combinations(parts, 2):
        if one is not other and _cross(*first, *second):
            yield f"{one} crosses {other}"
    for line in lines:
        for label in (shape for shape in drawing.shapes if isinstance(shape, Label)):
            if _meet(_widened(_frame(line)), _frame(label)):
                yield f"{line} goes through {label}"


def _widened(frame: Frame) -> Frame:
    return frame[0] - 0.5, frame[1] - 0.5, frame[2] + 0.5, frame[3] + 0.5


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _lost(drawing: Drawing) -> Iterator[str]:
    for shape in drawing.shapes:
        if isinstance(shape, Label) and "".join("".join(shape.lines).split()) != "".join(shape.words.split()):
            yield f"{shape} does not say all of its words"


def _small(drawing: Drawing) -> Iterator[str]:
    for shape in drawing.shapes:
        if isinstance(shape, Label) and shape.size < LEAST[drawing.medium]:
            yield f"{shape} is too small"


def _too_large(drawing: Drawing) -> Iterator[str]:
    width, height = SHEETS.get(drawing.medium, (drawing.width, drawing.height))
    if drawing.medium not in SCREENS and (drawing.width > width or drawing.height > height):
        yield f"{drawing.width} × {drawing.height} has no room on the sheet"


# --- What stands as text ------------------------------------------------------------------------------------------


def figures(blocks: tuple[Block, ...]) -> Iterator[tuple[Figure, str]]:
    """Each figure, with all that stands as text beside it."""
    told = "\n".join(said(blocks))
    for block in blocks:
        if isinstance(block, Figure):
            yield block, told
        elif isinstance(block, Section):
            yield from figures(block.blocks)


def figures_of(document: Document) -> list[tuple[Figure, str]]:
    """The figures of a document, each with what stands as text beside it."""
    return list(figures((*document.lead, *document.sections)))


def untold(figure: Figure, told: str) -> list[str]:
    """What is written in the drawings of a figure and does not stand as text."""
    plain = " ".join(told.split())
    return [words for drawing in figure.drawings for words in drawing.words if " ".join(words.split()) not in plain]


def said(blocks: tuple[Block, ...]) -> Iterator[str]:
    """What stands in blocks as text, piece by piece."""
    for block in blocks:
        if isinstance(block, Section):
            yield block.title
            yield from said(block.blocks)
        elif isinstance(block, Table):
            yield block.caption
            yield from (" ".join(cell) for row in block.rows for cell in row)
            yield from (line for row in block.rows for cell in row for line in cell)
        elif isinstance(block, Text):
            yield from (" ".join(lines) for lines in block.paragraphs)
        elif isinstance(block, Fact):
            yield from (block.label, *block.lines)
        elif isinstance(block, Bullets):
            yield from (" ".join(item) for item in block.items)
