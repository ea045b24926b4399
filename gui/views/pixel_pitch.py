"""How many millimetres one pixel of a sample shows."""

from __future__ import annotations

import numpy as np

from core.sample import Sample


def pitch_mm(sample: Sample) -> float | None:
    """The median distance of neighbouring points of a row; None without a metric cloud."""
    if sample.xyz is None or not sample.is_metric or sample.shape[1] < 2:
        return None
    step = max(1, sample.shape[0] // 100)
    gaps = np.diff(sample.xyz[::step], axis=1)[..., :2]
    lengths = np.linalg.norm(gaps, axis=-1)
    lengths = lengths[np.isfinite(lengths) & (lengths > 0)]
    return float(np.median(lengths)) * 1000 if len(lengths) else None
