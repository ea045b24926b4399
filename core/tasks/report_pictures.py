"""The pictures of parts in a report: as seen, with the heat, and the cloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.colour_maps import levels, lut
from core.datasets.reading import read_sample
from core.errors import DataError
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.report import PartLine, PartPictures
from core.reporting.cloud_picture import cloud_picture
from core.reporting.heat import HeatLook, base_picture, heat_over
from core.reporting.jpeg import jpeg, mask_png
from core.source_raster import on_source
from core.tasks.measure_parts import source_cloud
from core.tasks.normal_range import display_range
from core.tasks.truth import Judged


class Painter:
    """Makes the pictures of parts, with the colours of their class; `lines` are the parts by their number."""

    def __init__(
        self, project: Project, model: ModelRecord, lines: Mapping[int, PartLine], monitor: Monitor
    ) -> None:
        pixel = project.threshold(model.id, "pixel")
        threshold = pixel.value if pixel else None
        self._look = HeatLook(*display_range(model, threshold), threshold)
        self._project, self._lines, self._monitor = project, lines, monitor
        self._painted: dict[int, PartPictures] = {}

    def paint(self, parts: Sequence[Judged]) -> tuple[PartPictures, ...]:
        """Parts whose source cannot be read any more are left out: their lines are in the table."""
        found = []
        for index, part in enumerate(parts):
            self._monitor.tick(index, len(parts), say("Painting {name}", name=part.record.name))
            try:
                found.append(self._pictures(part))
            except DataError:
                continue
        return tuple(found)

    def _pictures(self, part: Judged) -> PartPictures:
        """A part that is shown twice is painted once."""
        number = part.record.id
        if number not in self._painted:
            self._painted[number] = self._new_pictures(part)
        return self._painted[number]

    def _new_pictures(self, part: Judged) -> PartPictures:
        assert part.inspection is not None
        photo = base_picture(read_sample(part.record.ref))
        pixels = self._project.score_map(part.inspection).pixels
        frame = part.inspection.frame
        scores = np.asarray(pixels if frame is None else on_source(pixels, frame))
        heat = heat_over(photo, scores, self._look)
        cloud = source_cloud(self._project, part.record)
        seen = None if cloud is None else cloud_picture(cloud, heat)
        line = self._lines[part.record.id]
        bare = lut("inferno")[levels(np.nan_to_num(scores, nan=self._look.low), *self._look.ends)]
        return PartPictures(
            line,
            jpeg(photo),
            jpeg(heat),
            b"" if seen is None else jpeg(seen),
            jpeg(bare),
            b"" if self._look.threshold is None else mask_png(scores > self._look.threshold),
        )
