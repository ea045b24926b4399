"""MVTec AD 2: train, validation, test_public with masks, and two private tests without truth; images only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.datasets import images
from core.datasets.convention import Convention, Fit, ScanOptions, fit_classes
from core.datasets.listing import by_id, has_files, subfolders
from core.datasets.mvtec_2d import pair_with_masks
from core.sample import GOOD, UNKNOWN, SampleRef, Split

KEY = "mvtec_ad2"
LEARNT: tuple[Split, ...] = ("train", "validation")
PUBLIC = "test_public"
PRIVATE = ("test_private", "test_private_mixed")
TRUTH = "ground_truth"


def fit(folder: Path) -> Fit:
    """Certain with a public or private test beside a training folder of images."""
    return fit_classes(folder, _fit_class)


def scan(folder: Path, options: ScanOptions) -> list[SampleRef]:
    """All parts; those of the private tests have the label "unknown" and say in their id where they lie."""
    return [ref for place in fit(folder).folders for ref in _scan_class(place)]


def _fit_class(folder: Path) -> float:
    tests = [name for name in (PUBLIC, *PRIVATE) if name in subfolders(folder)]
    labels = subfolders(folder / PUBLIC)
    public = any(has_files(labels[name], images.SUFFIXES) for name in (GOOD, "bad") if name in labels)
    private = any(has_files(folder / name, images.SUFFIXES) for name in PRIVATE)
    if not tests or not (public or private):
        return 0.0
    return 1.0 if has_files(folder / "train" / GOOD, images.SUFFIXES) else 0.8


def _scan_class(folder: Path) -> Iterator[SampleRef]:
    for split in LEARNT:
        for label, place in subfolders(folder / split).items():
            yield from pair_with_masks(folder.name, split, label, place, None, KEY)
    for label, place in subfolders(folder / PUBLIC).items():
        if label != TRUTH:
            truth = folder / PUBLIC / TRUTH / label
            yield from pair_with_masks(folder.name, "test", label, place, truth, KEY)
    for name in PRIVATE:
        yield from _scan_private(folder, name)


def _scan_private(folder: Path, name: str) -> Iterator[SampleRef]:
    """Images lie directly inside, in some copies one folder deeper."""
    for place in (folder / name, *subfolders(folder / name).values()):
        prefix = name if place == folder / name else f"{name}-{place.name}"
        for key, path in by_id(place, images.SUFFIXES).items():
            ref = SampleRef(folder.name, "test", UNKNOWN, key, rgb=path, layout=KEY)
            yield replace(ref, id=f"{prefix}-{key}")


CONVENTION = Convention(KEY, "MVTec AD 2", fit, scan)
