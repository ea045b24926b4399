"""A report as PDF on A4: the page of the HTML report, laid out again block by block."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from core.atomic import replacing, unwritable
from core.report import Report
from core.reporting.html_report import html_report
from core.reporting.pdf_drawing import Drawing, size_of
from core.reporting.pdf_fonts import fonts_for
from core.reporting.pdf_sheet import MARGIN, WIDTH, Sheet
from core.reporting.pdf_table import TOGETHER, TableWriter

_PAIR = (1.6, 1.0, 1.0)
_PAIR_GAP, _FIGURE_GAP = 8.0, 4.0
_TITLE, _PLOTS, _LINES, _LOGO = 10.0, 56.0, 12.0, 12.0


def write_pdf(report: Report, path: Path, language: str = "en") -> None:
    """Write the PDF whole or not at all; raise InspectionError without a font or room."""
    data = pdf_report(report, language).finished()
    try:
        with replacing(path) as aside:
            aside.write_bytes(data)
    except OSError as problem:
        raise unwritable(path, problem) from problem


def pdf_report(report: Report, language: str = "en") -> Sheet:
    """All pages; the same words, tables, plots and pictures as the HTML page."""
    page = html_report(report, language)
    tree = ElementTree.fromstring(page.partition("\n")[2])
    main = tree.find("body/main")
    assert main is not None
    sheet = Sheet(fonts_for("".join(main.itertext())), report.title, report.made, language)
    _Layout(sheet).write(main)
    return sheet


class _Layout:
    """Knows how each kind of block looks."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._blocks: dict[str, Callable[[Element], None]] = {
            "header": self._header,
            "section": self.write,
            "div": self._division,
            "h2": self._class_title,
            "h3": self._title,
            "p": self._paragraph,
            "span": self._badge,
            "table": self._table,
            "dl": self._facts,
            "pre": self._code,
        }

    def write(self, parent: Element) -> None:
        """One block after the other; a title stays with what it is the title of."""
        for block, follower in zip_longest(parent, parent[1:]):
            if block.tag == "h3" and follower is not None:
                self._sheet.need(_TITLE + self._start_of(follower))
            self._blocks[block.tag](block)

    def _start_of(self, block: Element) -> float:
        """How much of a block must stand below its title."""
        if block.find("figure") is not None:
            in_row = _in_row(block)
            return self._figure_height(block[0], (WIDTH - _FIGURE_GAP * (in_row - 1)) / in_row)
        table = block if block.tag == "table" else block.find("table")
        if table is not None:
            return min(TableWriter(self._sheet, table).height, TOGETHER)
        return _PLOTS if block.get("class") == "plots" else _LINES

    def _header(self, block: Element) -> None:
        sheet = self._sheet
        sheet.write_as(19, bold=True)
        sheet.say(_text(block.find("h1")))
        sheet.write_as(8, "text2")
        sheet.say(_text(block.find("p")))
        sheet.set_y(sheet.get_y() + 3)

    def _letterhead(self, block: Element) -> None:
        """The logo on the left, the company's line on the right, a rule below."""
        sheet, logo, text = self._sheet, block.find("img"), _text(block.find("span"))
        top, height = sheet.get_y(), _LOGO if logo is not None else 0.0
        if logo is not None:
            data = b64decode((logo.get("src") or "").partition("base64,")[2])
            height = min(height, sheet.logo(data, MARGIN, top, _LOGO, WIDTH / 3))
        sheet.write_as(8, "text2")
        wide = sheet.get_string_width(text) + 2
        height = max(height, sheet.line_height)
        middle = top + (height - sheet.line_height) / 2
        sheet.put(text, MARGIN + WIDTH - wide, middle, wide, "R")
        sheet.set_y(top + height + 2.5)
        sheet.rule(sheet.get_y())
        sheet.set_y(sheet.get_y() + 4)

    def _class_title(self, block: Element) -> None:
        sheet = self._sheet
        sheet.need(60)
        sheet.set_y(sheet.get_y() + 6)
        sheet.rule(sheet.get_y())
        sheet.set_y(sheet.get_y() + 3)
        sheet.write_as(14, bold=True)
        sheet.say(_text(block))
        sheet.set_y(sheet.get_y() + 1.5)

    def _title(self, block: Element) -> None:
        sheet = self._sheet
        sheet.set_y(sheet.get_y() + 4)
        sheet.write_as(10, bold=True)
        sheet.say(_text(block))
        sheet.set_y(sheet.get_y() + 1)

    def _paragraph(self, block: Element) -> None:
        is_quiet = block.get("class") == "quiet"
        self._sheet.write_as(7.5 if is_quiet else 8.5, "text2" if is_quiet else "text")
        self._sheet.say(_text(block))
        self._sheet.set_y(self._sheet.get_y() + 1)

    def _badge(self, block: Element) -> None:
        sheet, text = self._sheet, _text(block)
        sheet.write_as(8, "reviewText", bold=True)
        sheet.need(sheet.line_height + 2)
        width = min(WIDTH, sheet.get_string_width(text) + 6)
        sheet.box(MARGIN, sheet.get_y(), width, sheet.line_height + 1.2, "reviewWash")
        sheet.put(text, MARGIN + 2, sheet.get_y() + 0.6, width - 4)
        sheet.set_y(sheet.get_y() + sheet.line_height + 2.4)

    def _division(self, block: Element) -> None:
        kind = (block.get("class") or "").split()[0]
        {
            "tiles": self._tiles,
            "pair": self._pair,
            "plots": self._plots,
            "pictures": self._pictures,
            "wide": self.write,
            "letterhead": self._letterhead,
        }[kind](block)

    def _tiles(self, block: Element) -> None:
        sheet, count = self._sheet, len(block)
        width, height = (WIDTH - 2.0 * (count - 1)) / count, 14.0
        sheet.need(height + 2)
        for number, tile in enumerate(block):
            kind = (tile.get("class") or "tile").removeprefix("tile").strip()
            left, top = MARGIN + number * (width + 2.0), sheet.get_y()
            sheet.box(left, top, width, height, f"{kind}Wash" if kind else "card")
            sheet.write_as(14, f"{kind}Text" if kind else "text", bold=True)
            sheet.put(_text(tile.find("b")), left + 2, top + 1, width - 4)
            sheet.write_as(7, f"{kind}Text" if kind else "text2")
            sheet.put(_text(tile.find("span")), left + 2, top + 8.6, width - 4)
        sheet.set_y(sheet.get_y() + height + 2)

    def _pair(self, block: Element) -> None:
        """Tables side by side."""
        tables = block.findall("table")
        shares = _PAIR if len(tables) == len(_PAIR) else (1.0,) * len(tables)
        room = WIDTH - _PAIR_GAP * (len(tables) - 1)
        left, writers = MARGIN, []
        for table, part in zip(tables, shares, strict=True):
            width = room * part / sum(shares)
            writers.append(TableWriter(self._sheet, table, left, width))
            left += width + _PAIR_GAP
        self._sheet.need(max(writer.height for writer in writers))
        top, ends = self._sheet.get_y(), []
        for writer in writers:
            self._sheet.set_y(top)
            writer.write()
            ends.append(self._sheet.get_y())
        self._sheet.set_y(max(ends) + 2)

    def _table(self, block: Element) -> None:
        TableWriter(self._sheet, block).write()
        self._sheet.set_y(self._sheet.get_y() + 2)

    def _plots(self, block: Element) -> None:
        plots = block.findall("svg")
        if not plots:
            return
        sizes = [size_of(plot) for plot in plots]
        scale = min(0.24, (WIDTH - _FIGURE_GAP * (len(plots) - 1)) / sum(width for width, _ in sizes))
        height = scale * max(high for _, high in sizes)
        self._sheet.need(height)
        left, top = MARGIN, self._sheet.get_y()
        for plot, (width, high) in zip(plots, sizes, strict=True):
            Drawing(self._sheet, left, top + height - scale * high, scale).draw(plot)
            left += width * scale + _FIGURE_GAP
        self._sheet.set_y(top + height + 2)

    def _pictures(self, block: Element) -> None:
        in_row = _in_row(block)
        width = (WIDTH - _FIGURE_GAP * (in_row - 1)) / in_row
        figures = block.findall("figure")
        for start in range(0, len(figures), in_row):
            row = figures[start : start + in_row]
            height = max(self._figure_height(figure, width) for figure in row)
            self._sheet.need(height + 3)
            top = self._sheet.get_y()
            for number, figure in enumerate(row):
                self._figure(figure, MARGIN + number * (width + _FIGURE_GAP), top, width, height)
            self._sheet.set_y(top + height + 3)

    def _figure_height(self, figure: Element, width: float) -> float:
        return width / max(1, len(figure.findall("div/img"))) + 10.5

    def _figure(self, figure: Element, left: float, top: float, width: float, height: float) -> None:
        sheet, images = self._sheet, figure.findall("div/img")
        sheet.box(left, top, width, height, "card")
        side = width / len(images)
        for number, image in enumerate(images):
            data = b64decode((image.get("src") or "").partition("base64,")[2])
            sheet.picture(data, left + number * side + 0.3, top + 0.3, side - 0.6)
        caption = figure.find("figcaption")
        assert caption is not None
        chip = caption.find("span")
        kind = (chip.get("class") if chip is not None else "chip none") or "chip none"
        colour = kind.removeprefix("chip ").replace("none", "text2")
        sheet.write_as(8, colour if colour == "text2" else f"{colour}Text", bold=True)
        head, small = _text(chip), _text(caption.find("small"))
        sheet.put(head, left + 2, top + side + 0.8, width - 4)
        reach = sheet.get_string_width(head)
        sheet.write_as(8)
        score = (chip.tail or "").strip() if chip is not None else ""
        sheet.put(score, left + 2 + reach + 2, top + side + 0.8, width - 6 - reach)
        sheet.write_as(7, "text2")
        sheet.put(small, left + 2, top + side + 5.2, width - 4)

    def _facts(self, block: Element) -> None:
        sheet = self._sheet
        sheet.write_as(8, "text2")
        names = [_text(name) for name in block.findall("dt")]
        column = min(60.0, max((sheet.get_string_width(name) for name in names), default=0.0) + 6)
        for name, value in zip(names, block.findall("dd"), strict=True):
            sheet.write_as(8)
            sheet.need(min(12.0, sheet.line_height * len(sheet.lines_of(_text(value), WIDTH - column))))
            top = sheet.get_y()
            sheet.write_as(8, "text2")
            sheet.put(name, MARGIN, top, column)
            sheet.write_as(8)
            sheet.say(_text(value), MARGIN + column, WIDTH - column)
            sheet.set_y(sheet.get_y() + 0.6)
        sheet.set_y(sheet.get_y() + 1)

    def _code(self, block: Element) -> None:
        """Command lines on a card; a line that is too long goes on below."""
        sheet = self._sheet
        sheet.write_as(7.5)
        for line in _text(block).splitlines():
            for part in sheet.lines_of(line, WIDTH - 6):
                sheet.need(sheet.line_height)
                sheet.set_fill_color(247, 248, 249)
                sheet.rect(MARGIN, sheet.get_y(), WIDTH, sheet.line_height + 0.1, style="F")
                sheet.put(part, MARGIN + 3, sheet.get_y(), WIDTH - 6)
                sheet.set_y(sheet.get_y() + sheet.line_height)
        sheet.set_y(sheet.get_y() + 2)


def _in_row(pictures: Element) -> int:
    return 2 if "trio" in (pictures.get("class") or "") else 3


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
