"""What drawings are made of: boxes, lines, words and signs, each with its place. `render` makes SVG of them.

A drawing is plain data, laid out for one medium. Colours are named as in tokens.css, so that page, figure and paper
share them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from ipsite import widths

LEADING = 1.3  # from one line to the next, in sizes
_CAPITAL = 0.668  # how high a capital letter is


class Box(NamedTuple):
    """A rectangle with round corners; `line` and `fill` are colours, or "none"."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    line: str
    radius: float = 0
    thick: float = 1.5

    def moved(self, right: float, down: float) -> Box:
        """The same in another place."""
        return Box(self.x + right, self.y + down, *self[2:])


class Line(NamedTuple):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    line: str
    thick: float = 1.5
    dashed: bool = False

    def moved(self, right: float, down: float) -> Line:
        """The same in another place."""
        return Line(tuple((x + right, y + down) for x, y in self.points), *self[1:])


class Sign(NamedTuple):
    """The sign of a party ("kommun", "region", "annan", "nära"), or a "dot" or a "ring". `x` and `y` are its middle."""

    x: float
    y: float
    size: float
    shape: str
    ink: str

    def moved(self, right: float, down: float) -> Sign:
        """The same in another place."""
        return Sign(self.x + right, self.y + down, *self[2:])


class Label(NamedTuple):
    """Words on one or more lines. `x` is where they begin (or their middle), `y` is the top of the first line."""

    x: float
    y: float
    words: str
    lines: tuple[str, ...]
    size: float
    ink: str = "ink"
    bold: bool = False
    middle: bool = False

    def moved(self, right: float, down: float) -> Label:
        """The same in another place."""
        return Label(self.x + right, self.y + down, *self[2:])

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING

    @property
    def width(self) -> float:
        return max((widths.width(line, self.size, bold=self.bold) for line in self.lines), default=0)

    @property
    def left(self) -> float:
        return self.x - self.width / 2 if self.middle else self.x

    @property
    def feet(self) -> tuple[tuple[float, float, str], ...]:
        """Each line with the height at which its letters stand, and its width."""
        size, bold = self.size, self.bold
        first = self.y + size * (LEADING / 2 + _CAPITAL / 2)
        return tuple(
            [
                (first + number * size * LEADING, widths.drawn(line, size, bold=bold), line)
                for number, line in enumerate(self.lines)
            ]
        )


Shape = Box | Line | Sign | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing for one medium: "wide" and "narrow" screens, "paper", "large" print or a "landscape" sheet.
    Sizes are CSS pixels at the usual text size on screens, and points on paper. What a sheet may end in the middle of
    is several drawings under one another, of which the first is told of and the others go on."""

    medium: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    goes_on: bool = False

    @property
    def printed(self) -> bool:
        """Whether it is drawn on paper, where colours are those of daylight."""
        return self.medium not in SCREENS

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that is written in it."""
        return tuple(shape.words for shape in self.shapes if isinstance(shape, Label))


class Later(NamedTuple):
    """The drawings for a medium, made when somebody asks: a page has no use for those of papers."""

    medium: str
    draw: Callable[[str], tuple[Drawing, ...]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A block of a page or paper: a drawing, laid out for each medium. `gist` is what one who listens is told: shortly
    what it shows, and that the same content stands as text after it, for that is always so."""

    kind: ClassVar[str] = "figure"
    gist: str
    media: tuple[Drawing | Later, ...]

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """All of them, drawn."""
        each = (made.draw(made.medium) if isinstance(made, Later) else (made,) for made in self.media)
        return tuple(drawing for some in each for drawing in some)

    def only(self, media: tuple[str, ...]) -> Figure:
        """The same figure for those of its media that are named."""
        return Figure(self.gist, tuple(made for made in self.media if made.medium in media))


SCREENS = ("wide", "narrow")
# How wide a drawing may be in each medium, and the size of its text.
WIDTHS = {"wide": 704.0, "narrow": 284.0, "paper": 470.0, "large": 470.0, "landscape": 752.0}
SIZES = {"wide": 18.0, "narrow": 18.0, "paper": 11.0, "large": 18.0, "landscape": 11.0}


COLORS = {"kommun": "kommun", "region": "region", "annan": "andra", "nära": "nara"}  # of the parties, in tokens.css


def label(
    words: str,
    x: float,
    y: float,
    size: float,
    room: float,
    *,
    bold: bool = False,
    ink: str = "ink",
    middle: bool = False,
) -> Label:
    """Words that are broken to fit into `room`."""
    return Label(x, y, words, widths.lines(words, size, room, bold), size, ink, bold, middle)


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together, from a corner of their own."""

    width: float
    height: float
    shapes: tuple[Shape, ...]

    def at(self, x: float, y: float) -> tuple[Shape, ...]:
        """Its shapes, with the corner in (x, y)."""
        return tuple([shape.moved(x, y) for shape in self.shapes])
