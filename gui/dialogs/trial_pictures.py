"""How a trial of a preparation looks: photo or height, and in orange what goes."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from core.sample import Sample
from core.tasks.try_preprocess import Trial

Show = Literal["rgb", "height"]
_TINT = 0.32


def pictures(trial: Trial, show: Show, removed: str) -> tuple[QImage, QImage] | None:
    """Before and after; `removed` is the colour of the points that go, drawn thinly."""
    sample, kept = trial.sample, trial.kept
    if sample is None or kept is None:
        return None
    before = _photo(sample) if show == "rgb" and sample.rgb is not None else _height(sample)
    colour = QColor(removed)
    ink = np.array([colour.red(), colour.green(), colour.blue()], np.float32)
    after = before.astype(np.float32)
    rows, columns = np.indices(kept.shape)
    dots = ~kept & sample.seen & ((rows + columns) % 4 == 0)
    after[~kept] *= 0.25
    after[dots] = after[dots] * (1 - _TINT) + ink * _TINT
    return _image(before), _image(after.astype(np.uint8))


def _photo(sample: Sample) -> NDArray[np.uint8]:
    assert sample.rgb is not None
    return sample.rgb


def _height(sample: Sample) -> NDArray[np.uint8]:
    if sample.xyz is None or not sample.seen.any():
        return np.zeros((*sample.shape, 3), np.uint8)
    height = -sample.xyz[..., 2]
    low, high = np.nanpercentile(height, (1, 99.5))
    grey = np.clip((np.nan_to_num(height, nan=low) - low) / max(float(high - low), 1e-9), 0, 1) * 200 + 30
    return np.repeat(np.where(sample.seen, grey, 0).astype(np.uint8)[..., None], 3, axis=2)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    whole = np.ascontiguousarray(pixels)
    height, width = whole.shape[:2]
    return QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
