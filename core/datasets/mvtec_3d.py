"""MVTec 3D-AD: class / train, validation, test / label / rgb, xyz, gt; converted Eyecandies look the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.datasets import clouds, images
from core.datasets.convention import Convention, Fit, ScanOptions, fit_classes
from core.datasets.listing import by_id, subfolders
from core.sample import SampleRef, Split

KEY = "mvtec_3d"
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
RGB_ONLY = 0.8


def fit(folder: Path) -> Fit:
    """Certain where labels hold rgb and xyz; nearly so with one of them."""
    return fit_classes(folder, _fit_class)


def scan(folder: Path, options: ScanOptions) -> list[SampleRef]:
    """All parts, paired by file name, in the order class, split, label, id."""
    return [ref for place in fit(folder).folders for ref in _scan_class(place, options)]


def _fit_class(folder: Path) -> float:
    best = 0.0
    for split in SPLITS:
        for label in subfolders(folder / split).values():
            sensors = {"rgb", "xyz"} & set(subfolders(label))
            best = max(best, 1.0 if len(sensors) == 2 else RGB_ONLY if sensors else 0.0)
    return best


def _scan_class(folder: Path, options: ScanOptions) -> Iterator[SampleRef]:
    for split in SPLITS:
        for label, place in subfolders(folder / split).items():
            yield from _scan_label(folder.name, split, label, place, options)


def _scan_label(
    class_name: str, split: Split, label: str, place: Path, options: ScanOptions
) -> Iterator[SampleRef]:
    rgb = by_id(place / "rgb", images.SUFFIXES)
    xyz = by_id(place / "xyz", clouds.SUFFIXES)
    masks = by_id(place / "gt", images.SUFFIXES)
    for name in sorted({*rgb, *xyz, *masks}):
        yield SampleRef(
            class_name,
            split,
            label,
            name,
            rgb=rgb.get(name),
            cloud=xyz.get(name),
            mask=masks.get(name),
            layout=KEY,
            metres_per_unit=options.metres_per_unit,
        )


CONVENTION = Convention(KEY, "MVTec 3D-AD", fit, scan)
