"""A report holds what a reader must know, and stands alone."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest

from core.inspection import Verdict
from core.metrics.confusion import confusion_at, recall_by_defect
from core.metrics.summary import ClassFigures, Figures
from core.project.records import ModelRecord, ReviewRecord, ThresholdRecord
from core.report import ClassReport, PartLine, PartPictures, Repeat, Report
from core.reporting.html_report import html_report

NOON = datetime(2026, 1, 2, 12, 0)
PARTS = (
    PartLine("bagel/test/good/000", "good", True, 1.0, Verdict.OK, frozenset({"rgb"})),
    PartLine("bagel/test/good/001", "good", True, 4.0, Verdict.NG, frozenset({"rgb"})),
    PartLine("bagel/test/<hole>/000", "<hole>", False, 5.0, Verdict.NG, frozenset({"rgb"})),
    PartLine(
        "bagel/test/dent/000",
        "dent",
        False,
        2.0,
        Verdict.OK,
        frozenset({"rgb"}),
        ReviewRecord(4, Verdict.NG, "dent", "shadow", "seen & felt", "QA 2"),
    ),
    PartLine("bagel/test/dent/001", "dent", False, None, None, frozenset(), failure="001.png is cut off."),
)


@pytest.fixture
def entry() -> ClassReport:
    model = ModelRecord(
        1, "bagel", "plain", 3, "Plain v3", {"gain": 1.0}, 7, frozenset({"rgb"}), 16, "a91f", 2.0, NOON
    )
    scores, labels = [1.0, 4.0, 5.0, 2.0], ["good", "good", "<hole>", "dent"]
    line = ThresholdRecord(1, "bagel", 1, "image", 3.0, None, "max_f1", "test", True, "", NOON)
    return ClassReport(
        "bagel",
        model,
        line,
        ClassFigures(Figures(image_auroc=0.75), {}, 2, 2),
        confusion_at(3.0, scores, [False, False, True, True]),
        recall_by_defect(3.0, scores, labels),
        PARTS,
        "77c0",
        missed=(PartPictures(PARTS[3], b"jpeg", b"jpeg"),),
        repeat=Repeat(2, 2),
    )


def page_of(entry: ClassReport, language: str = "en", **changes: object) -> str:
    report = Report(
        "Line <3>", (entry,), entry.figures.overall, ("inspector train x",), {"device": "cpu"}, NOON
    )
    return html_report(replace(report, **changes), language)  # type: ignore[arg-type]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_needs_no_network(entry: ClassReport) -> None:
    page = page_of(entry)
    tags = Tags()

    tags.feed(page)

    assert tags.open == []
    assert tags.links
    assert all(link.startswith("data:image/jpeg;base64,") for link in tags.links)
    assert not re.search(r"url\(|@import|<script", page)


def test_names_from_the_data_cannot_become_markup(entry: ClassReport) -> None:
    page = page_of(entry)

    assert "<hole>" not in page
    assert "&lt;hole&gt;" in page
    assert "seen &amp; felt" in page


@pytest.mark.parametrize(
    "told",
    [
        "50.0 % (1/2) [9–91]",
        "A part is NG above 3: greatest F1, from test parts.",
        "Optimistic: tuned on the reported data",
        "Missed defects · 1",
        "False alarms · 1",
        "001.png is cut off.",
        "QA 2",
        "a91f",
        "77c0",
        "Plain v3 (plain)",
        "gain 1.0",
        "inspector train x",
        "the same scores, bit for bit",
    ],
)
def test_the_report_tells(entry: ClassReport, told: str) -> None:
    assert told in page_of(entry)


def test_a_human_verdict_counts_before_the_machines(entry: ClassReport) -> None:
    page = page_of(entry)

    assert "◆ 3" in page
    assert "● 1" in page


def test_two_reports_of_the_same_state_differ_in_nothing_but_the_time(entry: ClassReport) -> None:
    first, second = page_of(entry), page_of(entry, made=datetime(2027, 3, 4, 5, 6))

    assert first != second
    assert first.replace("2026-01-02 12:00 UTC</p></header>", "") == second.replace(
        "2027-03-04 05:06 UTC</p></header>", ""
    )


def test_the_chinese_report_has_no_english_headings(entry: ClassReport) -> None:
    page = page_of(entry, "zh_CN")

    headings = re.findall(r"<h3>(.*?)</h3>", page) + re.findall(r"<dt>(.*?)</dt>", page)
    assert headings
    assert not [heading for heading in headings if re.search("[A-Za-z]", heading)]
    assert 'lang="zh-CN"' in page


def test_a_good_only_class_says_what_it_cannot_tell(entry: ClassReport) -> None:
    only_good = replace(
        entry, parts=PARTS[:2], figures=ClassFigures(Figures(), {}, 2, 0), by_defect=(), missed=()
    )

    assert "missed defects cannot be estimated" in page_of(only_good)


def test_a_class_without_line_has_no_verdicts(entry: ClassReport) -> None:
    assert "No threshold is set" in page_of(replace(entry, line=None, confusion=None))


def test_the_plots_are_drawn_as_valid_svg(entry: ClassReport) -> None:
    drawings = re.findall(r"<svg.*?</svg>", page_of(entry))

    assert len(drawings) == 3
    bars = [node.get("class") for node in ElementTree.fromstring(drawings[0]).iter("rect")]
    assert bars.count("okBar") == bars.count("okWrong") == bars.count("ngBar") == bars.count("ngWrong") == 1
