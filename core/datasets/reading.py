"""Opens one part: from the files of a SampleRef to a Sample, whatever the layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.datasets import eyecandies, eyecandies_depth
from core.datasets.clouds import Raster, read_cloud
from core.datasets.faults import PartnerMissing, SizesDiffer, TooSmall, WrongType, reading
from core.datasets.images import SUFFIXES, read_image
from core.datasets.masks import read_mask
from core.phrase import say
from core.sample import GOOD, Sample, SampleRef

SMALLEST_SIDE = 8
"""Pixels; no method can look at less."""


def read_sample(ref: SampleRef) -> Sample:
    """Read every sensor of a part, and its truth; raises a DataError that names file and remedy.

    Image, cloud and mask must share one raster: nothing is ever stretched here. A good part has an empty
    mask, whose file is not opened; a part without truth has none.
    """
    if not ref.sensors:
        raise PartnerMissing(
            say("{name} has neither image nor cloud, only a mask.", name=ref.name),
            remedy=say("Put the image or the cloud back, or skip this sample."),
        )
    rgb = read_rgb(ref)
    xyz = read_xyz(ref, rgb.shape[:2] if rgb is not None else None)
    raster = same_raster(ref, rgb, xyz)
    mask = np.zeros(raster, bool) if ref.label == GOOD else _read_truth(ref)
    if mask is not None and mask.shape != raster and ref.mask is not None:
        raise sizes_differ(ref.mask, mask.shape, raster)
    return Sample(name=ref.name, rgb=rgb, xyz=xyz, mask=mask)


def read_rgb(ref: SampleRef) -> NDArray[np.uint8] | None:
    """The image of a part as (H, W, 3), None where it has none."""
    if ref.rgb is None:
        return None
    if ref.rgb.suffix.lower() not in SUFFIXES:
        with reading(ref.rgb):
            raise WrongType(
                say("{file} is not a kind of picture that can be read.", file=ref.rgb),
                remedy=say("Save pictures as PNG, JPEG or TIFF, or skip this sample."),
            )
    rgb = read_image(ref.rgb)
    _refuse_tiny(ref.rgb, rgb.shape)
    return rgb


def read_xyz(ref: SampleRef, raster: Raster | None = None) -> NDArray[np.float32] | None:
    """The cloud of a part as (H, W, 3) metres, None where it has none; `raster` is that of its image."""
    if ref.cloud is None:
        return None
    if ref.layout == eyecandies.KEY:
        xyz = eyecandies_depth.read_cloud(ref.cloud)
    else:
        xyz = read_cloud(ref.cloud, ref.metres_per_unit, raster)
    _refuse_tiny(ref.cloud, xyz.shape)
    return xyz


def same_raster(
    ref: SampleRef, rgb: NDArray[np.uint8] | None, xyz: NDArray[np.float32] | None
) -> tuple[int, int]:
    """(H, W) of a part; raises SizesDiffer where image and cloud disagree."""
    shapes = [(array.shape[0], array.shape[1]) for array in (rgb, xyz) if array is not None]
    if shapes[0] != shapes[-1]:
        assert ref.cloud is not None
        raise sizes_differ(ref.cloud, shapes[-1], shapes[0])
    return shapes[0]


def sizes_differ(path: Path, found: tuple[int, ...], wanted: Raster) -> SizesDiffer:
    """The fault of a file on another raster than the part's image or cloud."""
    return SizesDiffer(
        say(
            "{file} is {width} × {height} pixels, its partner {partner_width} × {partner_height}.",
            file=path,
            width=found[1],
            height=found[0],
            partner_width=wanted[1],
            partner_height=wanted[0],
        ),
        remedy=say("Export both on the same pixels; nothing is stretched here. Or skip this sample."),
    )


def _read_truth(ref: SampleRef) -> NDArray[np.bool_] | None:
    return read_mask(ref.mask) if ref.mask is not None else None


def _refuse_tiny(path: Path, shape: tuple[int, ...]) -> None:
    if min(shape[:2]) < SMALLEST_SIDE:
        raise TooSmall(
            say("{file} has only {width} × {height} pixels.", file=path, width=shape[1], height=shape[0]),
            remedy=say("Use pictures of at least {side} pixels a side.", side=SMALLEST_SIDE),
        )
