"""What one memory says of one sample, and how several are brought together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.memory.bank import MemoryBank
from core.memory.scale import Scale
from core.methods.m3dm.config import M3dmConfig, Stream
from core.patches import PatchFeatures
from core.scoring.reweight import Reweighting, whole_score
from core.scoring.smooth import smooth
from core.scoring.upsample import upsample

MAP_SIZE = 224
_SINGLE_OFFSET = 1e-5
_TWO_BANK_DIVISOR = 1000.0


@dataclass(frozen=True, eq=False)
class StreamScore:
    """The score of the part and the blurred map (224, 224) against one memory."""

    whole: float
    pixels: NDArray[np.float32]


def score_stream(
    config: M3dmConfig, stream: Stream, patches: PatchFeatures, scale: Scale, bank: MemoryBank
) -> StreamScore:
    """Distances of the patches to the memory, re-weighted for the part, spread to pixels for the map."""
    queries = scale(patches.values).to(bank.rows.device)
    distances, indices = bank.nearest(queries)
    whole = whole_score(bank, queries, distances, indices, reweighting(config))
    distances = distances.cpu()
    if stream == "xyz" and config.empty_cells == "left_out":
        distances = torch.where((patches.values == 0).all(dim=1), 0.0, distances)
    pixels = upsample(distances, patches.grid, (MAP_SIZE, MAP_SIZE))
    return StreamScore(whole, smooth(pixels, blur=config.blur))


def reweighting(config: M3dmConfig) -> Reweighting:
    """Constants of the published program for each variant."""
    offset = _SINGLE_OFFSET if config.method_name in ("DINO", "Point_MAE") else 0.0
    # Reference: only the variant with two memories and a decision layer divides all distances first
    divisor = _TWO_BANK_DIVISOR if config.method_name == "DINO+Point_MAE" else 1.0
    return Reweighting(config.n_reweight, offset, divisor)


def score_weights(config: M3dmConfig) -> NDArray[np.float32]:
    """One factor per stream for the scores of the part, in the order of the columns."""
    by_stream = {"xyz": config.xyz_s_lambda, "rgb": config.rgb_s_lambda, "fused": config.fusion_s_lambda}
    return np.array([by_stream[stream] for stream in config.streams], np.float32)


def map_weights(config: M3dmConfig) -> NDArray[np.float32]:
    """One factor per stream for the maps, in the order of the columns."""
    by_stream = {
        "xyz": config.xyz_smap_lambda,
        "rgb": config.rgb_smap_lambda,
        "fused": config.fusion_smap_lambda,
    }
    return np.array([by_stream[stream] for stream in config.streams], np.float32)
