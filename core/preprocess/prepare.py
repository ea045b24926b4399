"""From a part as the sensors saw it to the part alone, on a square raster."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.phrase import say
from core.preprocess.config import DEFAULTS, PreprocessConfig
from core.preprocess.cropping import cropped
from core.preprocess.padding import padded
from core.preprocess.plane import Plane
from core.preprocess.separate import Note, Separation, part_area, separate
from core.sample import Sample


@dataclass(frozen=True, eq=False)
class Prepared:
    """A prepared sample and what there is to say about it.

    `kept_share` is the share of the seen points that stayed; `size_mm` the part's length, width and height,
    along the background plane and above it; along the sensor's axes where there is none.
    """

    sample: Sample
    notes: tuple[Note, ...] = ()
    kept_share: float = 1.0
    size_mm: tuple[float, float, float] | None = None


def prepare(sample: Sample, config: PreprocessConfig = DEFAULTS) -> Prepared:
    """Crop, separate the part from its background and lay it into a square.

    Background colours become 0 and background points missing; `part` is set. Pixels that the 3D sensor never
    saw keep their colour. What cannot be separated stays as it is, with a note; a sample without a cloud is
    not padded either.
    """
    inside = cropped(sample, config)
    found = separate(inside, config) if config.remove_background else Separation()
    alone = inside if found.kept is None else _alone(inside, found.kept)
    seen_before, seen_after = np.count_nonzero(sample.seen), np.count_nonzero(alone.seen)
    square = config.pad_to_square and sample.xyz is not None
    return Prepared(
        padded(alone, config.pad_multiple) if square else alone,
        (*_cut_off(sample, inside), *found.notes),
        float(seen_after / seen_before) if seen_before else 1.0,
        _size_mm(alone, found.plane),
    )


def _alone(sample: Sample, kept: NDArray[np.bool_]) -> Sample:
    assert sample.xyz is not None
    seen = sample.seen
    rgb = sample.rgb
    if rgb is not None:
        rgb = np.where((seen & ~kept)[..., None], np.uint8(0), rgb)
    xyz = np.where(kept[..., None], sample.xyz, np.float32(np.nan))
    return replace(sample, rgb=rgb, xyz=xyz, part=part_area(seen, kept))


def _cut_off(sample: Sample, inside: Sample) -> tuple[Note, ...]:
    if sample.mask is None or inside.mask is None:
        return ()
    before, after = int(sample.mask.sum()), int(inside.mask.sum())
    if after == before:
        return ()
    text = (
        say("The crop takes away a part of the marked defect.")
        if after
        else say("The crop takes away the marked defect.")
    )
    return (Note("defect_cut", text),)


def _size_mm(sample: Sample, plane: Plane | None) -> tuple[float, float, float] | None:
    if sample.xyz is None or not sample.is_metric or not sample.seen.any():
        return None
    points = sample.xyz[sample.seen].astype(np.float64)
    if plane is not None:
        points = points @ _axes(plane)
    low, high = points.min(axis=0), points.max(axis=0)
    if plane is not None:
        low[2] = -plane.offset
    length, width, height = (1000 * (high - low)).tolist()
    return length, width, height


def _axes(plane: Plane) -> NDArray[np.float64]:
    """Columns: the sensor's x (or y) laid on the plane, the direction across it, and the plane's normal."""
    start = np.eye(3)[0 if abs(plane.normal[0]) < 0.9 else 1]
    along = start - (start @ plane.normal) * plane.normal
    along /= np.linalg.norm(along)
    return np.column_stack([along, np.cross(plane.normal, along), plane.normal])
