"""A sample as Quick look works on it: cropped to the part, of bounded size, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.descriptors.levelled import levelled
from core.errors import DataError
from core.geometry.near_pixels import closed
from core.methods.quick_look.config import QuickLookConfig
from core.phrase import say
from core.sample import Sample

_MARGIN_MM = 8.0
_LEAST_PIXELS = 64
_GAP_STEPS = 3


@dataclass(frozen=True, eq=False)
class Working:
    """The part on its own raster (h, w), `pixel_mm` wide pixels, cut out of the sample's raster.

    height (h, w) mm above the plane through the part, 0 where unseen; `seen` tells. rgb (h, w, 3) 0 to 1.
    `inside` is the part with small gaps closed. `step` is sample pixels per working pixel.
    """

    height: NDArray[np.float32] | None
    rgb: NDArray[np.float32] | None
    seen: NDArray[np.bool_]
    lit: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    pixel_mm: float
    top: int
    left: int
    step: int
    shape: tuple[int, int]

    def to_sample(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Lay a map (h, w) over the whole raster of the sample; 0 elsewhere."""
        full = np.zeros(self.shape, np.float32)
        wide = np.repeat(np.repeat(scores, self.step, axis=0), self.step, axis=1)
        rows = min(wide.shape[0], self.shape[0] - self.top)
        columns = min(wide.shape[1], self.shape[1] - self.left)
        full[self.top : self.top + rows, self.left : self.left + columns] = wide[:rows, :columns]
        return full


def working_part(sample: Sample, config: QuickLookConfig) -> Working:
    """Cut the part out; raise DataError where there is too little of it to judge."""
    part = _part_of(sample)
    if part.sum() < _LEAST_PIXELS:
        raise DataError(
            say("There is no part to be seen in {name}.", name=sample.name),
            remedy=say("Check the scan and the background removal, or leave this part out."),
        )
    pixel_mm, to_mm = _scale(sample, config)
    margin = int(np.ceil(_MARGIN_MM / pixel_mm))
    rows, columns = np.nonzero(part.any(1))[0], np.nonzero(part.any(0))[0]
    top, left = max(0, int(rows[0]) - margin), max(0, int(columns[0]) - margin)
    box = np.s_[top : int(rows[-1]) + 1 + margin, left : int(columns[-1]) + 1 + margin]
    step = max(1, -(-max(part[box].shape) // config.most_pixels))
    seen = part & sample.seen if sample.xyz is not None else part
    height = None if sample.xyz is None else levelled(sample.xyz[box] * to_mm, seen[box])
    rgb = None if sample.rgb is None else sample.rgb[box].astype(np.float32) / np.float32(255)
    inside = closed(part[box], _GAP_STEPS)
    lit = inside if rgb is None else inside & (part[box] | (rgb.max(-1) > 0))
    return Working(
        height=_thinned(height, seen[box], step),
        rgb=_thinned(rgb, lit, step),
        seen=_covered(seen[box], step),
        lit=_covered(lit, step),
        inside=_covered(inside, step),
        pixel_mm=pixel_mm * step,
        top=top,
        left=left,
        step=step,
        shape=sample.shape,
    )


def _part_of(sample: Sample) -> NDArray[np.bool_]:
    if sample.part is not None:
        return np.asarray(sample.part)
    return sample.seen if sample.xyz is not None else np.ones(sample.shape, bool)


def _scale(sample: Sample, config: QuickLookConfig) -> tuple[float, float]:
    """Millimetres per pixel, and per unit of the cloud."""
    nominal = config.nominal_mm / max(sample.shape)
    if sample.xyz is None:
        return nominal, 1.0
    across = np.linalg.norm(np.diff(sample.xyz, axis=1), axis=-1)
    across = across[np.isfinite(across) & (across > 0)]
    if not across.size:
        return nominal, 1000.0
    spacing = float(np.median(across))
    return (spacing * 1000, 1000.0) if sample.is_metric else (nominal, nominal / spacing)


def _thinned(
    array: NDArray[np.float32] | None, mask: NDArray[np.bool_], step: int
) -> NDArray[np.float32] | None:
    """Mean of the known pixels of every step x step block."""
    if array is None or step == 1:
        return array
    weight = _blocks(mask.astype(np.float32), step)
    known = mask if array.ndim == 2 else mask[..., None]
    total = _blocks(np.where(known, array, 0).astype(np.float32), step)
    return np.asarray(total / np.maximum(weight if array.ndim == 2 else weight[..., None], 1e-6), np.float32)


def _covered(mask: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    return mask if step == 1 else np.asarray(_blocks(mask.astype(np.float32), step) >= 0.5)


def _blocks(array: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    rows, columns = -array.shape[0] % step, -array.shape[1] % step
    padded = np.pad(array, [(0, rows), (0, columns)] + [(0, 0)] * (array.ndim - 2))
    shape = (padded.shape[0] // step, step, padded.shape[1] // step, step, *array.shape[2:])
    return np.asarray(padded.reshape(shape).mean((1, 3)), np.float32)
