"""Which pixels of the source are the part, as its preparation found it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.sample import Sample
from core.source_raster import on_source


def part_on_source(prepared: Sample) -> NDArray[np.bool_] | None:
    """(H, W) the part's pixels on the source's raster; None where nobody separated or cropped it."""
    frame = prepared.placing
    if prepared.part is None:
        if not frame.is_cut:
            return None
        left = np.zeros((frame.source_height, frame.source_width), bool)
        left[slice(*frame.seen_rows), slice(*frame.seen_columns)] = True
        return left
    share = on_source(prepared.part.astype(np.float32), prepared.placing)
    return np.nan_to_num(share) > 0.5


def with_part(seen: Sample, prepared: Sample) -> Sample:
    """The source sample with `part`; as it was where nobody has separated or cropped it."""
    part = part_on_source(prepared)
    return seen if part is None else replace(seen, part=part)
