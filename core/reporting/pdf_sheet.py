"""An A4 page to write on from top to bottom: fonts, colours, boxes, lines of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO

from fpdf import FPDF
from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont
from PIL import Image

from core.reporting.pdf_fonts import FontPair

MARGIN = 14.0
WIDTH = 210.0 - 2 * MARGIN
BOTTOM = 297.0 - 16.0
LINE = 1.42
"""Line height over the size of the letters."""
_MM_PER_POINT = 25.4 / 72


@cache
def palette() -> dict[str, tuple[int, int, int]]:
    """The colours of the report's style sheet by their names."""
    css = (files("resources") / "report" / "report.css").read_text(encoding="utf-8")
    found = re.findall(r"--(\w+): #([0-9A-Fa-f]{6});", css)
    return {name: (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)) for name, code in found}


class Sheet(FPDF):
    """Pages with a foot; `down` mm are already used of the current one."""

    def __init__(self, fonts: Sequence[FontPair], title: str, made: datetime, language: str) -> None:
        super().__init__(format="A4")
        self.title_line = title
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.c_margin = 0.0
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_lang(language.replace("_", "-"))
        self.set_creation_date(made.replace(tzinfo=UTC))
        self.set_creator("Inspector")
        for number, pair in enumerate(fonts):
            self.add_font(f"f{number}", "", pair.regular.path, collection_font_number=pair.regular.face)
            self.add_font(f"f{number}", "B", pair.bold.path, collection_font_number=pair.bold.face)
        self.set_fallback_fonts([f"f{number}" for number in range(1, len(fonts))], exact_match=False)
        self.write_as(9)
        self.add_page()
        self.set_y(MARGIN)

    def footer(self) -> None:
        """Title and page number."""
        self.set_y(297.0 - 11.0)
        self.write_as(7, "text2")
        self.cell(WIDTH / 2, 4, self.title_line, align="L")
        self.cell(WIDTH / 2, 4, str(self.page_no()), align="R")

    def write_as(self, size: float, colour: str = "text", *, bold: bool = False) -> None:
        """Letters of this size in points."""
        self.set_font("f0", "B" if bold else "", size)
        self.set_text_color(*palette()[colour])

    @property
    def line_height(self) -> float:
        """Of the letters in use, in mm."""
        return float(self.font_size_pt * _MM_PER_POINT * LINE)

    def need(self, height: float) -> None:
        """Go on on the next page where so much does not fit any more."""
        if self.get_y() + height > BOTTOM:
            self.add_page()
            self.set_y(MARGIN)

    def lines_of(self, text: str, width: float) -> list[str]:
        """The text broken into lines of that width."""
        found = self.multi_cell(width, None, text, dry_run=True, output=MethodReturnValue.LINES, padding=0)
        return [str(line) for line in found] if isinstance(found, list) and found else [""]

    def say(self, text: str, left: float = MARGIN, width: float = WIDTH, align: str = "L") -> None:
        """Write a paragraph from here on, over as many pages as it takes."""
        for line in self.lines_of(text, width):
            self.need(self.line_height)
            self.put(line, left, self.get_y(), width, align)
            self.set_y(self.get_y() + self.line_height)

    def put(self, line: str, left: float, top: float, width: float, align: str = "L") -> None:
        """One line at a place; the place of writing does not move."""
        y = self.get_y()
        self.set_xy(left, top)
        self.cell(width, self.line_height, line, align=align)
        self.set_xy(MARGIN, y)

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle with round corners."""
        self.set_fill_color(*palette()[colour])
        self.rect(left, top, width, height, style="F", round_corners=True, corner_radius=1.2)

    def rule(self, top: float, colour: str = "line", left: float = MARGIN, width: float = WIDTH) -> None:
        """A thin line across."""
        self.set_draw_color(*palette()[colour])
        self.set_line_width(0.2)
        self.line(left, top, left + width, top)

    def finished(self) -> bytes:
        """The file; font files are closed, so nothing can be written afterwards."""
        data = bytes(self.output())
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()
        return data

    def logo(self, data: bytes, left: float, top: float, high: float, wide: float) -> float:
        """A picture as large as it fits, at the upper left of its place; gives its height."""
        with Image.open(BytesIO(data)) as image:
            width, height = image.size
        scale = min(high / height, wide / width)
        self.image(BytesIO(data), left, top, width * scale, height * scale)
        return height * scale

    def picture(self, data: bytes, left: float, top: float, side: float) -> None:
        """A picture in a square, as large as it fits."""
        self.image(BytesIO(data), left, top, side, side, keep_aspect_ratio=True)
