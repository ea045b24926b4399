"""The colour memory of M3DM: the transformer as a graph, the memory beside it."""

from __future__ import annotations

from core.backbones.published import image_network_of
from core.backbones.weights import find
from core.deployed.nearest import MEMORY
from core.errors import WrongUse
from core.methods.export_plan import ExportPlan
from core.methods.m3dm.detector import M3DM
from core.methods.m3dm.scores import MAP_SIZE, reweighting
from core.monitor import Monitor
from core.phrase import say


def export_plan(detector: M3DM, monitor: Monitor) -> ExportPlan:
    """Raise WrongUse for a variant that looks at the cloud."""
    config = detector.config
    if config.method_name != "DINO":
        raise WrongUse(
            say("{variant} of this method cannot be exported.", variant=config.method_name),
            remedy=say("Export a model that was trained with {setting}.", setting="method_name=DINO"),
        )
    detector.refuse_other_weights(monitor)
    scale, bank = detector.learnt.banks["rgb"]
    how = reweighting(config)
    network = image_network_of(find(config.rgb_backbone_name), config.rgb_backbone_name).eval()
    return ExportPlan(
        network,
        network.size,
        "bicubic",
        ("patches",),
        "nearest_patches",
        {
            "mean": scale.mean,
            "deviation": scale.deviation,
            "divisor": how.divisor,
            "offset": how.offset,
            "neighbours": how.neighbours,
            "map_size": MAP_SIZE,
            "blur": config.blur,
        },
        {MEMORY: bank.rows.cpu().numpy()},
    )
