"""The fields of a form in a PDF: text to type and boxes to tick (ISO 32000-1, 12.7).

Made here and not by WeasyPrint, whose fields have no look of their own, ask the viewer to draw them and stand outside
our tags: why and how stands in docs/utveckling/beslut/0006-blanketter.md.

The lines to write on by hand belong to the look of an empty field. As soon as something is typed, the viewer draws the
field anew without them, so that no line runs through the words.
"""

from __future__ import annotations

from typing import Any

import pydyf

from ipsite.render import typeface

FIELDS = ("input", "textarea")  # the HTML elements that become fields
PRINTED = 4  # the flag of an annotation that is printed too; PDF/A demands it
_POINTS = 0.75  # in a pixel of CSS
_MULTILINE = 1 << 12
_STAYS_WITHIN = 1 << 23  # no more can be typed than is seen, and printed
_LINE = 25.51  # points between lines to write on, at least: 9 mm
_GREY = "0.46 0.43 0.37"
_ON, _OFF = "/Ja", "/Off"


class Widgets:
    """The fields of one form, in the order in which they are read."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.pages: list[Any] = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]
        self.fields: list[bytes] = []

    def add(self, box: Any, number: int, page_height: float) -> pydyf.Dictionary:
        """A field where `box` is on page `number`."""
        html, page = box.element, self.pages[number]
        left, top = box.content_box_x() * _POINTS, (page_height - box.content_box_y()) * _POINTS
        width, height = box.width * _POINTS, box.height * _POINTS
        made = pydyf.Dictionary(
            {
                **{"Type": "/Annot", "Subtype": "/Widget", "P": page.reference, "F": PRINTED},
                "Rect": pydyf.Array(round(side, 2) for side in (left, top - height, left + width, top)),
                **{"T": pydyf.String(html.get("name")), "TU": pydyf.String(html.get("aria-label"))},
            }
        )
        if html.get("type") == "checkbox":
            made.update(self._tick(width, height))
        else:
            made.update(self._text(html.tag, round(box.style["font_size"] * _POINTS, 2), width, height))
        self.pdf.add_object(made)
        page.setdefault("Annots", pydyf.Array()).append(made.reference)
        self.fields.append(made.reference)
        return made

    def finish(self) -> None:
        """Say in the catalog that the paper is a form; nothing when it has no field."""
        if self.fields:
            fonts = pydyf.Dictionary({typeface.NAME: typeface.add(self.pdf)})
            form = pydyf.Dictionary(
                {
                    "Fields": pydyf.Array(self.fields),
                    "DR": pydyf.Dictionary({"Font": fonts}),
                    "DA": pydyf.String(_written_in(12)),
                }
            )
            self.pdf.add_object(form)
            self.pdf.catalog["AcroForm"] = form.reference

    def _tick(self, width: float, height: float) -> dict[str, Any]:
        far = [round(side * 0.82, 2) for side in (width, height)]
        near = [round(side * 0.18, 2) for side in (width, height)]
        cross = f"0 G 1.6 w {near[0]} {near[1]} m {far[0]} {far[1]} l {near[0]} {far[1]} m {far[0]} {near[1]} l S"
        looks = pydyf.Dictionary(
            {_ON[1:]: self._look(cross, width, height), _OFF[1:]: self._look("", width, height)},
        )
        return {"FT": "/Btn", "V": _OFF, "AS": _OFF, "AP": pydyf.Dictionary({"N": looks})}

    def _text(self, tag: str, size: float, width: float, height: float) -> dict[str, Any]:
        flags = _STAYS_WITHIN | (_MULTILINE if tag == "textarea" else 0)
        count = int(height // _LINE)
        lines = (f"0 {round(height * number / count, 2)} m {width:.2f} {round(height * number / count, 2)} l S"
                 for number in range(1, count))  # fmt: skip
        drawn = " ".join((f"{_GREY} RG 0.5 w", *lines)) if tag == "textarea" else ""
        look = self._look(drawn, width, height, "/Tx BMC EMC")
        return {"FT": "/Tx", "Ff": flags, "DA": pydyf.String(_written_in(size)), "AP": pydyf.Dictionary({"N": look})}

    def _look(self, drawn: str, width: float, height: float, text: str = "") -> bytes:
        stream = pydyf.Stream(
            [part for part in (drawn and f"q {drawn} Q", text) if part],
            {
                **{"Type": "/XObject", "Subtype": "/Form", "Resources": pydyf.Dictionary()},
                "BBox": pydyf.Array((0, 0, round(width, 2), round(height, 2))),
            },
        )
        self.pdf.add_object(stream)
        reference: bytes = stream.reference
        return reference


def _written_in(size: float) -> str:
    return f"/{typeface.NAME} {size:g} Tf 0 g"
