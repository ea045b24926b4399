"""How a trial of a preparation looks: photo or height, and in orange what goes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from core.measure.metric_cloud import metric_cloud
from core.reporting.cloud_picture import PointView, cloud_picture
from core.sample import Sample
from core.tasks.try_preprocess import Trial

Show = Literal["rgb", "height", "3d"]
SHOWS: tuple[Show, ...] = ("rgb", "height", "3d")
_TINT = 0.32
_RASTER = 160
_ELEVATION = 35.0


def pictures(trial: Trial, show: Show, removed: str, ground: str) -> tuple[QImage, QImage] | None:
    """Before and after; `removed` is the colour of the points that go, drawn thinly, `ground` that behind."""
    sample, kept = trial.sample, trial.kept
    if sample is None or kept is None:
        return None
    if show == "3d":
        return _clouds(sample, kept, (removed, ground))
    before = _photo(sample) if show == "rgb" and sample.rgb is not None else _height(sample)
    colour = QColor(removed)
    ink = np.array([colour.red(), colour.green(), colour.blue()], np.float32)
    after = before.astype(np.float32)
    rows, columns = np.indices(kept.shape)
    dots = ~kept & sample.seen & ((rows + columns) % 4 == 0)
    after[~kept] *= 0.25
    after[dots] = after[dots] * (1 - _TINT) + ink * _TINT
    return _image(before), _image(after.astype(np.uint8))


def has_cloud(trial: Trial) -> bool:
    """Whether the part can be shown in 3D: it has a cloud whose unit is known."""
    return trial.sample is not None and trial.sample.xyz is not None and trial.sample.is_metric


def _clouds(sample: Sample, kept: NDArray[np.bool_], inks: tuple[str, str]) -> tuple[QImage, QImage] | None:
    """The thinned cloud from the side; what goes is thin and in its own colour."""
    step = math.ceil(max(sample.shape) / _RASTER)
    colours = _photo(sample) if sample.rgb is not None else np.full((*sample.shape, 3), 150, np.uint8)
    assert sample.xyz is not None
    few = Sample(sample.name, colours[::step, ::step], sample.xyz[::step, ::step])
    stays = kept[::step, ::step]
    cloud = metric_cloud(few, np.ones(stays.shape, bool))
    if cloud is None:
        return None
    ink, ground = (QColor(each) for each in inks)
    view = PointView(elevation=_ELEVATION, ground=(ground.red(), ground.green(), ground.blue()))
    rows, columns = np.indices(stays.shape)
    thin = ~stays & (rows % 3 == 0) & (columns % 3 == 0)
    tinted = few.rgb.copy() if few.rgb is not None else np.empty(0, np.uint8)
    tinted[~stays] = (ink.red(), ink.green(), ink.blue())
    before = cloud_picture(cloud, np.asarray(few.rgb), view)
    after = cloud_picture(replace(cloud, part=stays | thin), tinted, view)
    return None if before is None or after is None else (_image(before), _image(after))


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
