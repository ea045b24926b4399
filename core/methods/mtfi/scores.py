"""What one memory says of one sample, and the weight of each memory in the decision."""

from __future__ import annotations

import numpy as np

from core.memory.bank import MemoryBank
from core.memory.scale import Scale
from core.methods.mtfi.config import MtfiConfig, Stream
from core.patches import PatchFeatures
from core.scoring.late_fusion import StreamScore, Weighing
from core.scoring.reweight import Reweighting, whole_score
from core.scoring.smooth import smooth
from core.scoring.upsample import upsample


def score_stream(config: MtfiConfig, patches: PatchFeatures, scale: Scale, bank: MemoryBank) -> StreamScore:
    """Distances of the patches to the memory, re-weighted for the part, spread to pixels for the map."""
    queries = scale(patches.values).to(bank.rows.device)
    distances, indices = bank.nearest(queries)
    # Reference: unlike in M3DM, nothing is added below the fraction and no distance is divided
    whole = whole_score(bank, queries, distances, indices, Reweighting(config.n_reweight))
    size = (config.gt_size, config.gt_size)
    return StreamScore(whole, smooth(upsample(distances.cpu(), patches.grid, size), blur=config.blur))


def weighing(config: MtfiConfig) -> Weighing:
    """One factor per stream, in the order of the columns, and the settings of the decision."""
    wholes: dict[Stream, float] = {
        "xyz": config.xyz_s_lambda,
        "rgb": config.rgb_s_lambda,
        "imagined": config.fusion_s_lambda,
    }
    pixels: dict[Stream, float] = {
        "xyz": config.xyz_smap_lambda,
        "rgb": config.rgb_smap_lambda,
        "imagined": config.fusion_smap_lambda,
    }
    return Weighing(
        np.array([wholes[stream] for stream in config.streams], np.float32),
        np.array([pixels[stream] for stream in config.streams], np.float32),
        config.ocsvm_nu,
        config.ocsvm_maxiter,
    )
