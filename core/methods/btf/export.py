"""The colour memory of BTF: the network and its pooling as one graph, the memory beside it."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.deployed.nearest import MEMORY
from core.descriptors.pooling import GRID
from core.errors import WrongUse
from core.methods.btf.detector import Btf
from core.methods.btf.extractors import SIDE, colour_network
from core.methods.export_plan import ExportPlan
from core.monitor import Monitor
from core.phrase import say


class PooledLayers(nn.Module):
    """Pictures (B, 3, 224, 224) -> patches (B, 784, D): every layer averaged to one grid, side by side."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        with torch.no_grad():
            layers = network(torch.zeros(1, 3, SIDE, SIDE))
        for number, layer in enumerate(layers):
            self.register_buffer(f"cells{number}", _cells(int(layer.shape[2]) - 2))

    def forward(self, pictures: Tensor) -> Tensor:
        grids = []
        for number, layer in enumerate(self.network(pictures)):
            cells = self.get_buffer(f"cells{number}")
            averaged = functional.avg_pool2d(layer, 3, stride=1)
            grids.append((cells @ averaged @ cells.T).flatten(2))
        return torch.cat(grids, 1).transpose(1, 2)


def export_plan(detector: Btf, monitor: Monitor) -> ExportPlan:
    """Raise WrongUse for a variant that looks at the cloud."""
    config = detector.config
    if config.variant != "rgb":
        raise WrongUse(
            say("{variant} of this method cannot be exported.", variant=config.variant),
            remedy=say("Export a model that was trained with {setting}.", setting="variant=rgb"),
        )
    detector.refuse_other_weights(monitor)
    return ExportPlan(
        PooledLayers(colour_network(config).cpu()).eval(),
        SIDE,
        "bicubic",
        ("patches",),
        "nearest_patches",
        {
            "mean": 0.0,
            "deviation": 1.0,
            "divisor": 1.0,
            "offset": 0.0,
            "neighbours": config.n_reweight,
            "map_size": config.map_size,
            "blur": config.blur,
        },
        {MEMORY: detector.memory.rows.cpu().numpy()},
    )


def _cells(side: int) -> Tensor:
    """(28, side): adaptive pooling of a row as a matrix, which a graph can hold."""
    return functional.adaptive_avg_pool1d(torch.eye(side)[None], GRID)[0].T.contiguous()
