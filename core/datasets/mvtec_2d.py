"""MVTec AD: class / train / good, test / label, ground_truth / label (NNN_mask); images only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.datasets import images
from core.datasets.convention import Convention, Fit, ScanOptions, fit_classes
from core.datasets.listing import by_id, has_files, subfolders
from core.sample import GOOD, SampleRef, Split

KEY = "mvtec_2d"
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
WITHOUT_TRUTH = 0.7
TRUTH = "ground_truth"


def fit(folder: Path) -> Fit:
    """Certain with train/good, test and ground_truth; less so without the masks."""
    return fit_classes(folder, _fit_class)


def scan(folder: Path, options: ScanOptions) -> list[SampleRef]:
    """All parts, masks paired by file name, in the order class, split, label, id."""
    return [ref for place in fit(folder).folders for ref in _scan_class(place)]


def _fit_class(folder: Path) -> float:
    if not has_files(folder / "train" / GOOD, images.SUFFIXES):
        return 0.0
    labels = subfolders(folder / "test")
    if not any(has_files(place, images.SUFFIXES) for place in labels.values()):
        return 0.0
    return 1.0 if (folder / TRUTH).is_dir() else WITHOUT_TRUTH


def _scan_class(folder: Path) -> Iterator[SampleRef]:
    for split in SPLITS:
        for label, place in subfolders(folder / split).items():
            truth = folder / TRUTH / label if split == "test" else None
            yield from pair_with_masks(folder.name, split, label, place, truth, KEY)


def pair_with_masks(
    class_name: str, split: Split, label: str, place: Path, truth: Path | None, layout: str
) -> Iterator[SampleRef]:
    """The images of one folder with the masks of another, by name; a mask without image is listed too."""
    rgb = by_id(place, images.SUFFIXES)
    masks = by_id(truth, images.SUFFIXES, "_mask") if truth is not None else {}
    for name in sorted({*rgb, *masks}):
        yield SampleRef(
            class_name, split, label, name, rgb=rgb.get(name), mask=masks.get(name), layout=layout
        )


CONVENTION = Convention(KEY, "MVTec AD", fit, scan)
