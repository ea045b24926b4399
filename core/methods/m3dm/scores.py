"""What one memory says of one sample, and how several are brought together."""

from __future__ import annotations

import numpy as np
import torch

from core.memory.bank import MemoryBank
from core.memory.scale import Scale
from core.methods.m3dm.config import M3dmConfig, Stream
from core.patches import PatchFeatures
from core.scoring.late_fusion import StreamScore, Weighing
from core.scoring.reweight import Reweighting, whole_score
from core.scoring.smooth import smooth
from core.scoring.upsample import upsample

MAP_SIZE = 224
_SINGLE_OFFSET = 1e-5
_TWO_BANK_DIVISOR = 1000.0


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


def weighing(config: M3dmConfig) -> Weighing:
    """One factor per stream, in the order of the columns, and the settings of the decision."""
    wholes = {"xyz": config.xyz_s_lambda, "rgb": config.rgb_s_lambda, "fused": config.fusion_s_lambda}
    pixels = {
        "xyz": config.xyz_smap_lambda,
        "rgb": config.rgb_smap_lambda,
        "fused": config.fusion_smap_lambda,
    }
    return Weighing(
        np.array([wholes[stream] for stream in config.streams], np.float32),
        np.array([pixels[stream] for stream in config.streams], np.float32),
        config.ocsvm_nu,
        config.ocsvm_maxiter,
    )
