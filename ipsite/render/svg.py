"""Drawings → SVG. A screen gets one for wide and one for narrow windows, and the style sheet shows one of them.

A drawing is a thousand numbers and a few words, so it is written here and not by a template (decision 0045). Words of
a plan are escaped in the two places where they are put in: what stands in the drawing, and what it shows.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    shapes = "".join([_shape(shape, it.printed) for shape in it.shapes])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ip-figure__drawing ip-figure__drawing--{it.medium}" '
        f'{told} viewBox="-2 -2 {width} {height}" {size}>\n{shapes}</svg>\n'
    )


def _n(number: float) -> str:
    """A number with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")


def _shape(it: Shape, printed: bool) -> str:
    if isinstance(it, Label):
        return "".join(_lines(it, printed))
    if isinstance(it, Box):
        fill, line = paint(it.fill, printed), paint(it.line, printed)
        return (
            f'<rect x="{_n(it.x)}" y="{_n(it.y)}" width="{_n(it.width)}" height="{_n(it.height)}" '
            f'rx="{_n(it.radius)}" fill="{fill}" stroke="{line}" stroke-width="{_n(it.thick)}"/>\n'
        )
    if isinstance(it, Line):
        points = "".join([f"{_n(x)},{_n(y)} " for x, y in it.points])
        dashes = f' stroke-dasharray="{_n(it.thick * 3)} {_n(it.thick * 2)}"' if it.dashed else ""
        line = paint(it.line, printed)
        return f'<polyline points="{points}" fill="none" stroke="{line}" stroke-width="{_n(it.thick)}"{dashes}/>\n'
    return _sign(it, printed)


def _lines(it: Label, printed: bool) -> Iterator[str]:
    """On a screen each line says how long it is, so that a reader's own letter spacing does not push it out of its
    box."""
    bold = ' font-weight="700"' if it.bold else ""
    middle = ' text-anchor="middle"' if it.middle else ""
    size, x, ink = _n(it.size), _n(it.x), paint(it.ink, printed)
    for y, width, words in it.feet:
        length = f' textLength="{_n(width)}"' if width > 0 and not printed else ""
        yield (
            f'<text x="{x}" y="{_n(y)}" font-size="{size}"{length}{bold}{middle} fill="{ink}">{escape(words)}</text>\n'
        )


def _sign(it: Sign, printed: bool) -> str:
    x, y, r, ink = it.x, it.y, it.size / 2, paint(it.ink, printed)
    if it.shape in ("nära", "dot"):
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" fill="{ink}"/>\n'
    if it.shape == "ring":
        inside = paint("surface", printed)
        line = f'stroke="{ink}" stroke-width="{_n(r * 0.4)}"'
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r * 0.8)}" fill="{inside}" {line}/>\n'
    if it.shape == "kommun":
        side = _n(r * 1.8)
        corner = f'x="{_n(x - r * 0.9)}" y="{_n(y - r * 0.9)}"'
        return f'<rect {corner} width="{side}" height="{side}" fill="{ink}"/>\n'
    if it.shape == "region":
        foot = _n(y + r * 0.85)
        points = f"{_n(x)},{_n(y - r)} {_n(x + r)},{foot} {_n(x - r)},{foot}"
    else:
        far, points = r * 1.1, ""
        points = f"{_n(x)},{_n(y - far)} {_n(x + far)},{_n(y)} {_n(x)},{_n(y + far)} {_n(x - far)},{_n(y)}"
    return f'<polygon points="{points}" fill="{ink}"/>\n'
