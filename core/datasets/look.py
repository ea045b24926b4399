"""Opens every file of one part once and keeps only what the check compares: sizes, shares, a digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.datasets.masks import marked, read_grey
from core.datasets.reading import read_rgb, read_xyz, sizes_differ
from core.datasets.unit import spread
from core.errors import DataError
from core.sample import SampleRef

Size = tuple[int, int]


@dataclass(frozen=True)
class Truth:
    """What a mask file holds: its size, how many grey values, and the marked share."""

    size: Size
    grey_values: int
    share: float


@dataclass(frozen=True)
class Look:
    """One part after its files were opened; None where a file is absent or could not be read."""

    ref: SampleRef
    faults: tuple[DataError, ...] = ()
    size: Size | None = None
    digest: bytes = b""
    seen_share: float | None = None
    spread_m: tuple[float, float, float] | None = None
    truth: Truth | None = None


def look_at(ref: SampleRef) -> Look:
    """Open image, cloud and mask one after the other; a fault of one does not hide those of the others."""
    faults: list[DataError] = []
    rgb, xyz, truth = None, None, None
    try:
        rgb = read_rgb(ref)
    except DataError as fault:
        faults.append(fault)
    size = _size(rgb)
    digest = _digest(rgb)
    del rgb
    try:
        xyz = read_xyz(ref, size)
    except DataError as fault:
        faults.append(fault)
    cloud_size = _size(xyz)
    if ref.cloud is not None and size is not None and cloud_size is not None and cloud_size != size:
        faults.append(sizes_differ(ref.cloud, cloud_size, size))
    try:
        truth = _truth(ref)
    except DataError as fault:
        faults.append(fault)
    wanted = size or cloud_size
    if ref.mask is not None and truth is not None and wanted is not None and truth.size != wanted:
        faults.append(sizes_differ(ref.mask, truth.size, wanted))
    return Look(
        ref,
        tuple(faults),
        wanted,
        digest or _digest(xyz),
        None if xyz is None else float(np.count_nonzero(~np.isnan(xyz[..., 2])) / xyz[..., 2].size),
        None if xyz is None else spread(xyz),
        truth,
    )


def _size(array: NDArray[np.generic] | None) -> Size | None:
    return None if array is None else (array.shape[0], array.shape[1])


def _digest(array: NDArray[np.generic] | None) -> bytes:
    """Of the pixels, not of the file, so that a copy saved anew is still found; none if all one colour."""
    if array is None or (array == array[0, 0]).all():
        return b""
    return hashlib.blake2b(np.ascontiguousarray(array).data, digest_size=16).digest()


def _truth(ref: SampleRef) -> Truth | None:
    if ref.mask is None:
        return None
    grey = read_grey(ref.mask)
    found = np.zeros(256, bool)
    found[grey] = True
    values = int(np.count_nonzero(found))
    share = float(np.count_nonzero(marked(grey)) / max(grey.size, 1))
    return Truth((grey.shape[0], grey.shape[1]), values, share)
