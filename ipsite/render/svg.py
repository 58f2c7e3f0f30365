"""Drawings → SVG. A screen gets one for wide and one for narrow windows, and the style sheet shows one of them.

A drawing is a thousand numbers and a few words, so it is written here and not by a template (decision 0045). Words of
a plan are escaped in the two places where they are put in: what stands in the drawing, and what it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from ipsite.render.paint import paint
from ipsite.views.drawing import Box, Drawing, Figure, Label, Line, Shape, Sign

_LETTERS = ' font-family="Atkinson Hyperlegible Next, Atkinson Hyperlegible Next Ext, IP Symbols, DejaVu Sans"'


def figure(block: Figure) -> Markup:
    """The drawings of a figure as HTML, each with what one who listens is told."""
    drawings = "".join(_svg(block.gist, drawing) for drawing in block.drawings)
    return Markup(f'<div class="ip-figure" data-search-exclude>\n{drawings}</div>\n')  # noqa: S704 - all is escaped


def _svg(gist: str, it: Drawing) -> str:
    told = 'aria-hidden="true"' if it.goes_on else f'role="img" aria-label="{escape(gist)}"'
    width, height = _n(it.width + 4), _n(it.height + 4)
    size = f'width="{width}pt" height="{height}pt"{_LETTERS}' if it.printed else f'width="{width}" height="{height}"'
    # A " is the end of a value, never a sign of some words, so this makes whole numbers of those that are.
    shapes = "".join([_SHAPES[type(shape)](shape, it.printed) for shape in it.shapes]).replace('.0"', '"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ip-figure__drawing ip-figure__drawing--{it.medium}" '
        f'{told} viewBox="-2 -2 {width} {height}" {size}>\n{shapes}</svg>\n'
    )


def _n(number: float) -> str:
    """A number with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")


def _label(it: Label, printed: bool) -> str:
    """On a screen each line says how long it is, so that a reader's own letter spacing does not push it out of its
    box."""
    look = ' font-weight="700"' if it.bold else ""
    look += ' text-anchor="middle"' if it.middle else ""
    look += f' fill="{paint(it.ink, printed)}"'
    lines = ""
    for y, width, words in it.feet:
        length = f' textLength="{width:.1f}"' if width > 0 and not printed else ""
        lines += f'<text x="{it.x:.1f}" y="{y:.1f}" font-size="{it.size:.1f}"{length}{look}>{escape(words)}</text>\n'
    return lines


def _box(it: Box, printed: bool) -> str:
    return (
        f'<rect x="{it.x:.1f}" y="{it.y:.1f}" width="{it.width:.1f}" height="{it.height:.1f}" rx="{it.radius:.1f}" '
        f'fill="{paint(it.fill, printed)}" stroke="{paint(it.line, printed)}" stroke-width="{it.thick:.1f}"/>\n'
    )


def _line(it: Line, printed: bool) -> str:
    points = "".join([f"{_n(x)},{_n(y)} " for x, y in it.points])
    dashes = f' stroke-dasharray="{_n(it.thick * 3)} {_n(it.thick * 2)}"' if it.dashed else ""
    look = f'fill="none" stroke="{paint(it.line, printed)}" stroke-width="{it.thick:.1f}"{dashes}'
    return f'<polyline points="{points}" {look}/>\n'


def _sign(it: Sign, printed: bool) -> str:
    x, y, r, ink = it.x, it.y, it.size / 2, paint(it.ink, printed)
    if it.shape in ("nära", "dot"):
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{ink}"/>\n'
    if it.shape == "ring":
        look = f'fill="{paint("surface", printed)}" stroke="{ink}" stroke-width="{r * 0.4:.1f}"'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.8:.1f}" {look}/>\n'
    if it.shape == "kommun":
        corner = f'x="{x - r * 0.9:.1f}" y="{y - r * 0.9:.1f}"'
        return f'<rect {corner} width="{r * 1.8:.1f}" height="{r * 1.8:.1f}" fill="{ink}"/>\n'
    corners: tuple[tuple[float, float], ...]
    if it.shape == "region":
        corners = ((x, y - r), (x + r, y + r * 0.85), (x - r, y + r * 0.85))
    else:
        far = r * 1.1
        corners = ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
    points = " ".join([f"{_n(x)},{_n(y)}" for x, y in corners])
    return f'<polygon points="{points}" fill="{ink}"/>\n'


_SHAPES: dict[type[Shape], Callable[[Any, bool], str]] = {Label: _label, Box: _box, Line: _line, Sign: _sign}
