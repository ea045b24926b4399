"""How large the largest marked region of each part is, for sorting many parts by it."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.frame import Frame
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import InspectionRecord

_EIGHT_NEIGHBOURS = np.ones((3, 3), bool)


def largest_regions(
    project: Project, found: Collection[InspectionRecord], line: float, monitor: Monitor
) -> dict[int, float]:
    """Pixels of the source by the number of the sample; 0 where nothing lies above the pixel line."""
    sizes = {}
    for done, inspection in enumerate(found):
        monitor.tick(done, len(found), say("Measuring the largest regions"))
        if inspection.score is not None:
            sizes[inspection.sample_id] = _largest(
                project.score_map(inspection).pixels, inspection.frame, line
            )
    return sizes


def _largest(pixels: NDArray[np.float32], frame: Frame | None, line: float) -> float:
    with np.errstate(invalid="ignore"):
        labels, count = ndimage.label(pixels > line, structure=_EIGHT_NEIGHBOURS)
    if not count:
        return 0.0
    place = (frame or Frame.whole(*pixels.shape)).resized(*pixels.shape)
    return float(np.bincount(labels.ravel())[1:].max() * abs(place.row_step * place.column_step))
