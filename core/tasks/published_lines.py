"""The figures of reverse distillation by its own rules, and the lines in which its programs print them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.datasets.masks import read_mask
from core.errors import DataError
from core.frame import Frame
from core.methods.reverse_distillation.published_line import class_line
from core.metrics.aupro import pixel_auroc
from core.metrics.aupro_rd import mean_aupro_rd
from core.metrics.pixels import pixel_scores
from core.metrics.truth import truth_in_bilinear
from core.project.project import Project
from core.source_raster import truth_on_map
from core.tasks.evaluate import ClassEvaluation, Evaluation
from core.tasks.truth import Judged, judged

METHOD = "reverse_distillation"


@dataclass(frozen=True)
class PublishedFigures:
    """Of one class, or their mean where `class_name` is empty, to three digits; masks are resized bilinearly.

    `aupro_rd` is the AU-PRO of single pictures: not to be compared with the AU-PRO of other methods.
    """

    class_name: str
    pixel_auroc: float
    image_auroc: float
    aupro_rd: float

    @property
    def line(self) -> str:
        """As the published programs print it."""
        return class_line(self.class_name, self.pixel_auroc, self.image_auroc, self.aupro_rd)


def published_figures(project: Project, found: Evaluation) -> list[PublishedFigures]:
    """One entry for each class that this method judged and whose truth is known; several have a mean."""
    own = [entry for entry in found.classes if entry.model.method == METHOD]
    classes = [figures for figures in map(partial(_figures, project), own) if figures is not None]
    if len(classes) < 2:
        return classes
    columns = np.array([[entry.pixel_auroc, entry.image_auroc, entry.aupro_rd] for entry in classes])
    pixel, image, pro = (float(value) for value in columns.mean(axis=0))
    return [*classes, PublishedFigures("", pixel, image, pro)]


def _figures(project: Project, entry: ClassEvaluation) -> PublishedFigures | None:
    pairs = [_map_and_mask(project, part) for part in judged(project, entry.model, "test") if part.is_scored]
    known = [pair for pair in pairs if pair is not None]
    maps, masks = [pixels for pixels, _ in known], [mask for _, mask in known]
    pixel, pro = pixel_auroc(pixel_scores(maps, masks)), mean_aupro_rd(maps, masks)
    image = entry.figures.overall.image_auroc
    if pixel is None or pro is None or image is None:
        return None
    return PublishedFigures(entry.class_name, round(pixel, 3), round(image, 3), round(pro, 3))


def _map_and_mask(project: Project, part: Judged) -> tuple[NDArray[np.float32], NDArray[np.bool_]] | None:
    """The map and the truth on its square; None where nobody knows the truth."""
    assert part.inspection is not None
    pixels, ref = project.score_map(part.inspection).pixels, part.record.ref
    if ref.is_good:
        return pixels, np.zeros(pixels.shape, bool)
    if ref.mask is None:
        return None
    try:
        mask = read_mask(ref.mask)
    except DataError:
        return None  # the evaluation itself has named it
    frame = part.inspection.frame or Frame.whole(*mask.shape)
    if frame == Frame.whole(*mask.shape):
        return pixels, truth_in_bilinear(mask, len(pixels))
    return pixels, truth_on_map(mask, frame, (pixels.shape[0], pixels.shape[1]))
