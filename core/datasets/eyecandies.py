"""Eyecandies as published: class / train, val, test_public, test_private / data with numbered files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from core.datasets.convention import Convention, Fit, ScanOptions, fit_classes
from core.datasets.faults import reading
from core.datasets.listing import files
from core.datasets.masks import read_mask
from core.errors import DataError
from core.sample import GOOD, UNKNOWN, SampleRef, Split

KEY = "eyecandies"
SPLITS: dict[str, Split] = {
    "train": "train",
    "val": "validation",
    "test_public": "test",
    "test_private": "test",
}
PRIVATE = "test_private"
BAD = "bad"
NUMBERED = re.compile(r"(\d+)_(.+)")
ANOMALOUS = re.compile(r"^\s*anomalous\s*:\s*(\S+)", re.M)
CLASSES = {
    "CandyCane", "ChocolateCookie", "ChocolatePraline", "Confetto", "GummyBear", "HazelnutTruffle",
    "LicoriceSandwich", "Lollipop", "Marshmallow", "PeppermintCandy",
}  # fmt: skip


def fit(folder: Path) -> Fit:
    """Certain where a data folder holds numbered lights and depths."""
    return fit_classes(folder, _fit_class)


def scan(folder: Path, options: ScanOptions) -> list[SampleRef]:
    """All parts; a test part's label stands in its small metadata file, or else in its mask."""
    return [ref for place in fit(folder).folders for ref in _scan_class(place, options)]


def _fit_class(folder: Path) -> float:
    for name in SPLITS:
        for path in files(folder / name / "data"):
            match = NUMBERED.fullmatch(path.stem)
            if match and (match[2] == "depth" or match[2].startswith("image_")):
                return 1.0
    return 0.0


def _scan_class(folder: Path, options: ScanOptions) -> Iterator[SampleRef]:
    for name in SPLITS:
        parts: dict[str, dict[str, Path]] = {}
        for path in files(folder / name / "data"):
            match = NUMBERED.fullmatch(path.stem)
            if match:
                parts.setdefault(match[1], {})[match[2]] = path
        for number in sorted(parts):
            yield _part(folder.name, name, number, parts[number], options)


def _part(
    class_name: str, folder: str, number: str, found: dict[str, Path], options: ScanOptions
) -> SampleRef:
    return SampleRef(
        class_name,
        SPLITS[folder],
        _label(folder, found),
        f"{folder}-{number}" if folder == PRIVATE else number,
        rgb=found.get(f"image_{options.light}"),
        cloud=found.get("depth"),
        mask=found.get("mask") if folder == "test_public" else None,
        layout=KEY,
    )


def _label(folder: str, found: dict[str, Path]) -> str:
    if SPLITS[folder] != "test":
        return GOOD
    if folder == PRIVATE:
        return UNKNOWN
    try:
        return _label_of_files(found)
    except DataError:
        return UNKNOWN


def _label_of_files(found: dict[str, Path]) -> str:
    if "metadata" in found:
        with reading(found["metadata"]):
            told = ANOMALOUS.search(found["metadata"].read_text(encoding="utf-8"))
        if told:
            return GOOD if told[1].lower() in ("0", "0.0", "false") else BAD
    if "mask" not in found:
        return UNKNOWN
    return BAD if read_mask(found["mask"]).any() else GOOD


CONVENTION = Convention(KEY, "Eyecandies", fit, scan)
