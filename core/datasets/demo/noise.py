"""Random fields with a stated grain, made in the frequency domain."""

from __future__ import annotations

import numpy as np
from scipy import fft

from core.datasets.demo.place import Field, Place


def grain(rng: np.random.Generator, place: Place, scale_mm: float, roughness: float = 0.0) -> Field:
    """(H, W) field of mean 0 and deviation 1 whose lumps are about `scale_mm` across.

    `roughness` 0 is smooth; 1 adds finer lumps on the larger ones, as on stone or bread.
    """
    rows, columns = (fft.next_fast_len(length, real=True) for length in place.shape)
    white = rng.standard_normal((rows, columns), dtype=np.float32)
    wave = _waves(rows, columns, place.pitch_mm) * np.float32(scale_mm)
    shape = np.exp(-2 * wave**2)
    if roughness:
        shape += np.float32(roughness) * (1 + 4 * wave**2) ** np.float32(-1.25)
    spectrum = fft.rfft2(white) * shape
    spectrum[0, 0] = 0
    coloured: Field = fft.irfft2(spectrum, (rows, columns))[: place.shape[0], : place.shape[1]]
    return coloured / max(float(coloured.std()), 1e-9)


def _waves(rows: int, columns: int, pitch_mm: float) -> Field:
    down = fft.fftfreq(rows, pitch_mm).astype(np.float32)
    across = fft.rfftfreq(columns, pitch_mm).astype(np.float32)
    waves: Field = np.hypot(down[:, None], across[None, :])
    return waves
