"""Writes a report in the forms that were asked for, beside each other."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.atomic import replacing, unwritable, write_text
from core.report import PartPictures, Report
from core.reporting.html_report import html_report
from core.tasks.report_data import region_data, report_data

PART_COLUMNS = (
    "class",
    "sample",
    "label",
    "reviewed_label",
    "score",
    "machine",
    "human",
    "verdict",
    "outcome",
    "defect_type",
    "reason",
    "note",
    "who",
    "when",
    "sensors",
    "imagined",
    "seen_by",
    "failure",
)


@dataclass(frozen=True)
class ReportForms:
    """Which files; all of them carry the name of the HTML page."""

    pdf: bool = False
    csv: bool = False
    json: bool = False
    images: bool = False
    html: bool = True


def write_report_files(
    report: Report, path: Path, language: str, forms: ReportForms = ReportForms()
) -> tuple[Path, ...]:
    """Write the HTML page to `path` and the other forms beside it; each file whole or not at all."""
    written = []
    if forms.html:
        write_text(path, html_report(report, language))
        written.append(path)
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
    """One CSV of parts, one of regions, and one with all the rest, a fact in each row."""
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
    places = [path.with_name(f"{path.stem}_{kind}.csv") for kind in ("parts", "regions", "summary")]
    write_text(places[0], _csv(PART_COLUMNS, parts))
    write_text(places[1], _csv(tuple(regions[0]) if regions else ("class", "sample", "region"), regions))
    summary = [{"class": where[0], "fact": where[1], "value": where[2]} for where in _summary(report)]
    write_text(places[2], _csv(("class", "fact", "value"), summary))
    return places


def _summary(report: Report) -> Iterator[tuple[str, str, Any]]:
    """(class, fact, value) of everything that is neither a part nor a region."""
    data = report_data(report)
    classes = data.pop("classes")
    yield from (("", fact, value) for fact, value in _facts(data, ""))
    for name, entry in classes.items():
        entry = {key: value for key, value in entry.items() if key not in ("parts", "regions")}
        yield from ((name, fact, value) for fact, value in _facts(entry, ""))


def _facts(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict | list) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from _facts(inner, f"{where}/{key}".lstrip("/"))
    elif not isinstance(value, dict | list):
        yield where, value


def _flat(part: dict[str, Any]) -> dict[str, Any]:
    return {**part, "sensors": " ".join(part["sensors"]), "imagined": " ".join(part["imagined"])}


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
    for kind, data in (
        ("photo.jpg", shown.photo),
        ("heat.jpg", shown.heat),
        ("map.jpg", shown.map),
        ("mask.png", shown.mask),
        ("3d.jpg", shown.cloud),
    ):
        if data:
            with replacing(folder / f"{name}_{kind}") as aside:
                aside.write_bytes(data)
