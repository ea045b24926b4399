"""Writes a report in the forms that were asked for, beside each other."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.atomic import replacing, unwritable, write_text
from core.report import PartPictures, Report
from core.reporting.html_report import html_report
from core.tasks.report_data import region_data, report_data

PART_COLUMNS = ("class", "sample", "label", "score", "machine", "human", "verdict", "sensors", "failure")


@dataclass(frozen=True)
class ReportForms:
    """Which files beside the HTML page."""

    pdf: bool = False
    csv: bool = False
    json: bool = False
    images: bool = False


def write_report_files(
    report: Report, path: Path, language: str, forms: ReportForms = ReportForms()
) -> tuple[Path, ...]:
    """Write the HTML page to `path` and the other forms beside it; each file whole or not at all."""
    write_text(path, html_report(report, language))
    written = [path]
    if forms.pdf:
        written.append(_pdf(report, path.with_suffix(".pdf"), language))
    if forms.csv:
        written += _tables(report, path)
    if forms.json:
        written.append(write_json(report, path.with_suffix(".json")))
    if forms.images:
        written.append(_images(report, path.with_name(f"{path.stem}_pictures")))
    return tuple(written)


def write_json(report: Report, path: Path) -> Path:
    """All but the pictures, with the version of its schema."""
    write_text(path, json.dumps(report_data(report), indent=2, ensure_ascii=False) + "\n")
    return path


def _pdf(report: Report, path: Path, language: str) -> Path:
    from core.reporting.pdf_report import write_pdf  # only this form needs the library

    write_pdf(report, path, language)
    return path


def _tables(report: Report, path: Path) -> list[Path]:
    """One CSV of parts and one of regions."""
    parts = [
        {"class": name, **_flat(part)}
        for name, entry in report_data(report)["classes"].items()
        for part in entry["parts"]
    ]
    regions = [
        {"class": entry.class_name, **region_data(found.part, size)}
        for entry in report.classes
        for found in entry.regions
        for size in found.sizes
    ]
    places = [path.with_name(f"{path.stem}_{kind}.csv") for kind in ("parts", "regions")]
    write_text(places[0], _csv(PART_COLUMNS, parts))
    write_text(places[1], _csv(tuple(regions[0]) if regions else ("class", "sample", "region"), regions))
    return places


def _flat(part: dict[str, Any]) -> dict[str, Any]:
    return {**part, "sensors": " ".join(part["sensors"])}


def _csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """Numbers with all their digits, nothing where nothing is known."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if row[name] is None else row[name] for name in columns] for row in rows)
    return text.getvalue()


def _images(report: Report, folder: Path) -> Path:
    """The pictures of the report as files, named after their parts."""
    try:
        for entry in report.classes:
            for shown in (*entry.missed, *entry.false_alarms, *entry.strangest):
                _write_pictures(shown, folder)
    except OSError as problem:
        raise unwritable(folder, problem) from problem
    return folder


def _write_pictures(shown: PartPictures, folder: Path) -> None:
    name = shown.part.name.replace("/", "_")
    for kind, data in (("photo", shown.photo), ("heat", shown.heat), ("3d", shown.cloud)):
        if data:
            with replacing(folder / f"{name}_{kind}.jpg") as aside:
                aside.write_bytes(data)
