"""The PDF tells what the page tells, on A4 and in both languages."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from core.errors import InspectionError
from core.measurement import RegionSize, Spread
from core.report import ClassReport, PartPictures, PartRegions, Report
from core.reporting import pdf_fonts
from core.reporting.pdf_report import pdf_report, write_pdf
from core.reporting.pdf_sheet import BOTTOM, Sheet, palette
from tests.core.reporting.test_html_report import NOON, PARTS, entry

__all__ = ["entry"]
SIZE = RegionSize(
    1, 40, 3.0, "full", 1.0, 12.4, 12.0, 5.1, 3.2, Spread(-0.8, -0.7, -0.4, 0, 0), -5.1, 0.03, "plane", 0.3
)


def _jpeg() -> bytes:
    data = BytesIO()
    Image.fromarray(np.full((40, 40, 3), 90, np.uint8)).save(data, format="JPEG")
    return data.getvalue()


@pytest.fixture
def full(entry: ClassReport) -> Report:
    shown = PartPictures(PARTS[3], _jpeg(), _jpeg(), _jpeg())
    told = replace(
        entry, missed=(shown,) * 5, strangest=(shown,) * 4, regions=(PartRegions(PARTS[2], (SIZE,) * 30),)
    )
    return Report("Line <3>", (told,), entry.figures.overall, ("inspector train x",) * 3, {}, NOON)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Every line that is put on a page, and how low it reaches."""
    lines: list[tuple[str, float]] = []
    put = Sheet.put

    def noted(sheet: Sheet, line: str, left: float, top: float, width: float, align: str = "L") -> None:
        lines.append((line, top + sheet.line_height))
        put(sheet, line, left, top, width, align)

    monkeypatch.setattr(Sheet, "put", noted)
    return lines


def test_all_is_on_the_pages_and_nothing_below_their_end(full, written):
    sheet = pdf_report(full)
    words = " ".join(line for line, _ in written)
    for expected in ("Line <3>", "Missed defects · 1", "Optimistic", "Marked regions · 30", "a91f", "−0.40"):
        assert expected in words
    assert len(sheet.pages) >= 2
    assert sheet.finished().startswith(b"%PDF-")
    assert max(low for _, low in written) <= BOTTOM + 1


def test_the_chinese_report_is_written_in_chinese(full, written):
    pdf_report(full, "zh_CN").finished()
    assert "漏检" in "".join(line for line, _ in written)


def test_two_reports_of_the_same_state_are_the_same_file(full):
    assert pdf_report(full).finished() == pdf_report(full).finished()


def test_the_file_is_a_pdf_on_a4(full, tmp_path):
    write_pdf(full, tmp_path / "report.pdf")
    data = (tmp_path / "report.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/MediaBox [0 0 595.28 841.89]" in data


def test_a_machine_without_a_chinese_font_says_so(full, monkeypatch):
    monkeypatch.setattr(pdf_fonts, "_CHINESE", ())
    with pytest.raises(InspectionError, match="Chinese"):
        pdf_report(full, "zh_CN")


def test_the_colours_are_those_of_the_style_sheet():
    assert palette()["text"] == (0x17, 0x1B, 0x20)
