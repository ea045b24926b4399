"""Stand-in weights and features for the golden tests of the point networks."""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from core.backbones.point_transformer import PointNorm, PointTransformer
from core.geometry.grouping import Groups, group_points
from tests.golden import fill
from tests.golden_vectors import layout, sizes

PREFIXES = {"point_mae": "module.MAE_encoder.", "point_bert": "module.transformer_q."}
LAYOUTS = {"point_mae": "m3dm_pointmae", "point_bert": "m3dm_pointbert"}


@cache
def network(kind: str) -> PointTransformer:
    """The network with weights from the layout's own names."""
    prefix = PREFIXES[kind]
    filled = fill.fill(layout(LAYOUTS[kind]), sizes("m3dm")["salt"])
    weights = {
        name.removeprefix(prefix): torch.from_numpy(np.asarray(value))
        for name, value in filled.items()
        if name.startswith(prefix) and "cls_head" not in name
    }
    built = PointTransformer("point_bert" if kind == "point_bert" else "point_mae")
    built.load_state_dict(weights, strict=True)
    return built.eval()


def features(kind: str, groups: Groups, norm: PointNorm) -> NDArray[np.float32]:
    """(1152, G) as the reference lays them out."""
    with torch.inference_mode():
        rows = network(kind)(torch.from_numpy(groups.offsets), torch.from_numpy(groups.centres), norm)
    found: NDArray[np.float32] = rows.numpy().T
    return found


@cache
def golden_groups(groups: int, size: int) -> Groups:
    """The golden cloud, cut into groups."""
    sized = sizes("m3dm")
    return group_points(fill.points(sized["points_cloud"], "m3dm.cloud", sized["salt"]), groups, size)
