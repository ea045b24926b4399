"""A report as plain data, for programs that read it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from core.measurement import RegionSize
from core.metrics.candidates import candidates
from core.metrics.confusion import DefectRecall
from core.report import OPTIMISTIC, ClassReport, Counted, PartLine, Report

SCHEMA_VERSION = 4


def report_data(report: Report) -> dict[str, Any]:
    """Everything but the pictures."""
    return {
        "schema_version": SCHEMA_VERSION,
        "title": report.title,
        "made": report.made.isoformat(),
        "mean": asdict(report.mean),
        "commands": list(report.commands),
        "here": report.here,
        "classes": {entry.class_name: _class_data(entry) for entry in report.classes},
    }


def _class_data(entry: ClassReport) -> dict[str, Any]:
    line = entry.line
    return {
        "labels": entry.labels,
        **entry.figures.as_dict(),
        "model": entry.model.name,
        "method": entry.model.method,
        "config": entry.model.config,
        "provenance": entry.model.provenance,
        "training_data_hash": entry.model.data_hash,
        "test_data_hash": entry.data_hash,
        "threshold": {
            "value": line.value,
            "preset": line.preset,
            "data": line.data,
            "lower": line.lower,
            "who": line.who,
            "when": line.made.isoformat() if line.made else None,
            "is_optimistic": line.is_optimistic,
            "badge": str(OPTIMISTIC) if line.is_optimistic else "",
        }
        if line
        else None,
        "confusion": asdict(entry.confusion) if entry.confusion else None,
        "reviewed": _reviewed_data(entry.reviewed) if entry.reviewed else None,
        "notes": [str(note) for note in entry.notes],
        "repeat": asdict(entry.repeat),
        "by_defect": [_defect_data(row) for row in entry.by_defect],
        "curves": _curves(entry),
        "shows": asdict(entry.shows),
        "not_measured": entry.not_measured,
        "parts": [_part_data(part) for part in entry.parts],
        "regions": [region_data(found.part, size) for found in entry.regions for size in found.sizes],
    }


def _reviewed_data(counted: Counted) -> dict[str, Any]:
    """The figures by what people said, beside those by the imported truth."""
    return {
        **counted.figures.as_dict(),
        "confusion": asdict(counted.confusion) if counted.confusion else None,
        "by_defect": [_defect_data(row) for row in counted.by_defect],
    }


def _part_data(part: PartLine) -> dict[str, Any]:
    review = part.review
    return {
        "sample": part.name,
        "label": part.label,
        "reviewed_label": part.reviewed_label,
        "score": part.score,
        "machine": part.verdict,
        "human": review.verdict if review else None,
        "verdict": part.final,
        "outcome": _outcome(part),
        "defect_type": review.defect_type if review else "",
        "reason": review.reason if review else "",
        "note": review.note if review else "",
        "who": review.who if review else "",
        "when": review.made.isoformat() if review and review.made else None,
        "sensors": sorted(part.sensors),
        "imagined": sorted(part.imagined),
        "seen_by": part.seen_by,
        "failure": str(part.failure),
    }


def _outcome(part: PartLine) -> str | None:
    """What the labels that count say of the machine's verdict; None where either is not known."""
    if part.is_good is None or part.verdict is None:
        return None
    return "missed" if part.is_missed else "false alarm" if part.is_false_alarm else "correct"


def _defect_data(row: DefectRecall) -> dict[str, Any]:
    return {"defect": row.defect, "found": row.recall.count, "of": row.recall.total}


def _curves(entry: ClassReport) -> dict[str, list[list[float]]]:
    """ROC (false alarms, found) and precision-recall (found, precision), from the highest line down."""
    scored = [part for part in entry.parts if part.score is not None and part.is_good is not None]
    is_bad = np.array([part.is_good is False for part in scored], bool)
    if not is_bad.any() or is_bad.all():
        return {"roc": [], "precision_recall": []}
    among = candidates(np.array([part.score for part in scored], np.float64), is_bad)
    caught, alarms = among.caught[::-1].tolist(), among.false_alarms[::-1].tolist()
    return {
        "roc": [[a / among.good, c / among.bad] for a, c in zip(alarms, caught, strict=True)],
        "precision_recall": [
            [c / among.bad, c / (a + c)] for a, c in zip(alarms, caught, strict=True) if a + c
        ],
    }


def region_data(part: PartLine, size: RegionSize) -> dict[str, Any]:
    """One region; lengths in mm (pixels where `trust` is "pixels"), None where it could not be measured."""
    return {"sample": part.name, **size_data(size)}


def size_data(size: RegionSize) -> dict[str, Any]:
    """The sizes of one region, all digits."""
    depth = size.depth
    return {
        "region": size.number,
        "kind": size.kind,
        "trust": size.trust,
        "score": size.peak,
        "pixels": size.pixels,
        "coverage": size.coverage,
        "area": size.area,
        "projected_area": size.projected_area,
        "length": size.length,
        "width": size.width,
        "depth_min": depth.least if depth else None,
        "depth_5": depth.low if depth else None,
        "depth_mean": depth.mean if depth else None,
        "depth_95": depth.high if depth else None,
        "depth_max": depth.greatest if depth else None,
        "volume": size.volume,
        "fit_error": size.fit_error,
        "reference": size.surface,
    }
