"""Draws the report's own SVG plots on a PDF page: the few shapes and classes that plots.py uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from core.reporting.pdf_sheet import Sheet, palette

_POINT_PER_MM = 72 / 25.4
_LETTERS_PX = 11.0


@dataclass(frozen=True)
class _Look:
    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    is_dashed: bool = False
    opacity: float = 1.0


_LOOKS = {
    "okBar": _Look("okBar"),
    "ngBar": _Look("ngBar"),
    "okWrong": _Look("okText"),
    "ngWrong": _Look("ngText"),
    "flag": _Look("text"),
    "fill": _Look("accent", opacity=0.1),
    "axis": _Look(stroke="lineStrong"),
    "line": _Look(stroke="text", width=2),
    "curve": _Look(stroke="accent", width=2),
    "chance": _Look(stroke="lineStrong", is_dashed=True),
    "point": _Look("text", "paper", 2),
}
_LETTERS = {"flagText": "paper", "okText": "okText", "ngText": "ngText"}


def size_of(plot: Element) -> tuple[float, float]:
    """Width and height of a plot in its own units."""
    return float(plot.get("width", "1")), float(plot.get("height", "1"))


class Drawing:
    """A plot at (left, top) in mm, `scale` mm for each of its units."""

    def __init__(self, sheet: Sheet, left: float, top: float, scale: float) -> None:
        self._sheet, self._left, self._top, self._scale = sheet, left, top, scale

    def draw(self, plot: Element) -> None:
        """All shapes in their order."""
        for shape in plot:
            {
                "rect": self._rect,
                "line": self._line,
                "circle": self._circle,
                "path": self._path,
                "text": self._text,
            }[shape.tag](shape)

    def _rect(self, shape: Element) -> None:
        x, y = self._place(_number(shape, "x"), _number(shape, "y"))
        width, height = (_number(shape, name) * self._scale for name in ("width", "height"))
        with self._inked(shape) as style:
            self._sheet.rect(x, y, width, height, style=style)

    def _line(self, shape: Element) -> None:
        start = self._place(_number(shape, "x1"), _number(shape, "y1"))
        end = self._place(_number(shape, "x2"), _number(shape, "y2"))
        with self._inked(shape):
            self._sheet.line(*start, *end)

    def _circle(self, shape: Element) -> None:
        x, y = self._place(_number(shape, "cx"), _number(shape, "cy"))
        with self._inked(shape) as style:
            self._sheet.circle(x, y, _number(shape, "r") * self._scale, style=style)

    def _path(self, shape: Element) -> None:
        numbers = [float(word) for word in re.findall(r"-?\d+(?:\.\d+)?", shape.get("d", ""))]
        places = [self._place(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
        is_closed = shape.get("d", "").rstrip().endswith("Z")
        with self._inked(shape) as style:
            self._sheet.polyline(places, polygon=is_closed, style=style)

    def _text(self, shape: Element) -> None:
        kind = shape.get("class", "")
        sheet, is_bold = self._sheet, kind in _LETTERS
        points = (12.0 if kind in ("okText", "ngText") else _LETTERS_PX) * self._scale * _POINT_PER_MM
        sheet.write_as(points, _LETTERS.get(kind, "text2"), bold=is_bold)
        text = "".join(shape.itertext())
        shift = {"middle": 0.5, "end": 1.0}.get(shape.get("text-anchor", ""), 0.0) * sheet.get_string_width(
            text
        )
        turned = re.match(r"translate\(([\d.]+) ([\d.]+)\) rotate\(-90\)", shape.get("transform", ""))
        if turned is None:
            x, y = self._place(_number(shape, "x"), _number(shape, "y"))
            sheet.text(x - shift, y, text)
            return
        x, y = self._place(float(turned[1]), float(turned[2]))
        with sheet.rotation(90, x, y):
            sheet.text(x - shift, y, text)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return self._left + x * self._scale, self._top + y * self._scale

    def _inked(self, shape: Element) -> _Ink:
        return _Ink(self._sheet, _LOOKS[shape.get("class", "axis")], self._scale)


class _Ink:
    """Colours, width and dashes of one shape."""

    def __init__(self, sheet: Sheet, look: _Look, scale: float) -> None:
        self._sheet, self._look, self._scale = sheet, look, scale
        self._context = sheet.local_context(fill_opacity=look.opacity)

    def __enter__(self) -> str:
        self._context.__enter__()
        sheet, look = self._sheet, self._look
        if look.fill:
            sheet.set_fill_color(*palette()[look.fill])
        if look.stroke:
            sheet.set_draw_color(*palette()[look.stroke])
            sheet.set_line_width(look.width * self._scale)
        if look.is_dashed:
            sheet.set_dash_pattern(4 * self._scale, 4 * self._scale)
        return ("D" if look.stroke else "") + ("F" if look.fill else "")

    def __exit__(self, *problem: object) -> None:
        self._context.__exit__(None, None, None)


def _number(shape: Element, name: str) -> float:
    return float(shape.get(name, "0"))
