"""A report as plain data, for programs that read it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from core.measurement import RegionSize
from core.report import ClassReport, PartLine, Report

SCHEMA_VERSION = 2


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
            "is_optimistic": line.is_optimistic,
        }
        if line
        else None,
        "confusion": asdict(entry.confusion) if entry.confusion else None,
        "repeat": asdict(entry.repeat),
        "parts": [_part_data(part) for part in entry.parts],
        "regions": [region_data(found.part, size) for found in entry.regions for size in found.sizes],
    }


def _part_data(part: PartLine) -> dict[str, Any]:
    review = part.review
    return {
        "sample": part.name,
        "label": part.label,
        "score": part.score,
        "machine": part.verdict,
        "human": review.verdict if review else None,
        "verdict": part.final,
        "sensors": sorted(part.sensors),
        "failure": str(part.failure),
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
