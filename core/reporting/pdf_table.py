"""Tables on a PDF page: columns as wide as their words, rows that never break, the head on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from core.reporting.pdf_sheet import MARGIN, WIDTH, Sheet

BODY_POINTS, HEAD_POINTS = 8.0, 6.8
_PAD, _GAP = 1.1, 2.6
_HEAD_WIDTH = 22.0
TOGETHER = 70.0
"""A table up to this height in mm is not broken."""
_CHIP_COLOURS = {"ok": "okText", "ng": "ngText", "review": "reviewText", "none": "text2"}


@dataclass(frozen=True)
class _Cell:
    text: str
    is_number: bool
    colour: str
    is_bold: bool

    @classmethod
    def of(cls, element: Element, *, is_head: bool = False) -> _Cell:
        chip = element.find("span")
        kind = (chip.get("class", "") if chip is not None else "").removeprefix("chip ")
        colour = "text2" if is_head else _CHIP_COLOURS.get(kind, "text")
        return cls("".join(element.itertext()).strip(), element.get("class") == "n", colour, bool(kind))


class TableWriter:
    """Writes one table into a column of the page."""

    def __init__(self, sheet: Sheet, table: Element, left: float = MARGIN, width: float = WIDTH) -> None:
        self._sheet, self._left = sheet, left
        self._head = [_Cell.of(cell, is_head=True) for cell in table.findall("thead/tr/th")]
        self._rows = [[_Cell.of(cell) for cell in row] for row in table.findall("tbody/tr")]
        self._widths = self._fitted(width)

    def write(self) -> None:
        """From here on, over as many pages as it takes; a short table stays on one."""
        self._sheet.need(min(self.height, TOGETHER))
        self._row(self._head, HEAD_POINTS, "lineStrong")
        for row in self._rows:
            height = self._height(row, BODY_POINTS)
            page = self._sheet.page_no()
            self._sheet.need(height)
            if self._sheet.page_no() != page:
                self._row(self._head, HEAD_POINTS, "lineStrong")
            self._row(row, BODY_POINTS, "line")

    @property
    def height(self) -> float:
        """Of the whole table, were the page long enough."""
        rows = sum(self._height(row, BODY_POINTS) for row in self._rows)
        return self._height(self._head, HEAD_POINTS) + rows

    def _row(self, cells: Sequence[_Cell], points: float, line: str) -> None:
        sheet, top = self._sheet, self._sheet.get_y()
        height = self._height(cells, points)
        left = self._left
        for cell, width in zip(cells, self._widths, strict=True):
            sheet.write_as(points, cell.colour, bold=cell.is_bold)
            for number, text in enumerate(self._lines(cell, width)):
                place = top + _PAD + number * sheet.line_height
                sheet.put(text, left, place, width - _GAP, "R" if cell.is_number else "L")
            left += width
        sheet.rule(top + height, line, self._left, sum(self._widths) - _GAP)
        sheet.set_y(top + height)

    def _height(self, cells: Sequence[_Cell], points: float) -> float:
        most = 1
        for cell, width in zip(cells, self._widths, strict=True):
            self._sheet.write_as(points, bold=cell.is_bold)
            most = max(most, len(self._lines(cell, width)))
        self._sheet.write_as(points)
        return most * self._sheet.line_height + 2 * _PAD

    def _lines(self, cell: _Cell, width: float) -> list[str]:
        return self._sheet.lines_of(cell.text, width - _GAP)

    def _fitted(self, width: float) -> list[float]:
        """What the words want; the widest columns give where that is too much, the first takes the rest."""
        wanted = [self._wanted(column) for column in range(len(self._head))]
        width += _GAP
        while sum(wanted) > width:
            widest = max(range(len(wanted)), key=lambda column: wanted[column])
            others = sorted(wanted, reverse=True)
            give = max(0.5, min(sum(wanted) - width, wanted[widest] - (others[1:] or [0.0])[0]))
            wanted[widest] -= min(give, sum(wanted) - width)
        wanted[0] += width - sum(wanted)
        return wanted

    def _wanted(self, column: int) -> float:
        self._sheet.write_as(HEAD_POINTS)
        words = self._head[column].text.split() or [""]
        head = max(self._sheet.get_string_width(word) for word in words)
        head = max(head, min(self._sheet.get_string_width(self._head[column].text), _HEAD_WIDTH))
        body = max((self._width(row[column]) for row in self._rows), default=0.0)
        return float(max(head, body)) + _GAP + 0.6

    def _width(self, cell: _Cell) -> float:
        """In its own weight: bold is a tenth wider."""
        self._sheet.write_as(BODY_POINTS, bold=cell.is_bold)
        return float(self._sheet.get_string_width(cell.text))
