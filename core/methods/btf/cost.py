"""What a training of BTF will take; it holds the patches of all parts at once."""

from __future__ import annotations

from core.methods.btf.config import BtfConfig, Variant
from core.methods.cost import Cost, MemoryCost, Stage, coreset_bytes, coreset_operations
from core.phrase import say

WIDTHS: dict[Variant, int] = {
    "rgb": 1536,
    "depth": 1536,
    "raw": 64,
    "hog": 8,
    "sift": 128,
    "fpfh": 33,
    "rgb+fpfh": 1569,
}
NETWORK_BYTES, NETWORK_OPERATIONS = 600_000_000, 20e9
SHAPE_OPERATIONS = 15e9
"""Of one part, with its search for neighbours counted as if it were multiplications."""


def cost(config: BtfConfig, parts: int) -> Cost:
    """Extract, then reduce."""
    rows = parts * 28 * 28
    kept = rows if config.keep_fraction >= 1 else max(1, int(config.keep_fraction * rows))
    memory = MemoryCost(config.variant, rows, kept, WIDTHS[config.variant])
    network = NETWORK_BYTES if config.weights_needed else 0
    work = (NETWORK_OPERATIONS if network else 0.0) + ("fpfh" in config.variant) * SHAPE_OPERATIONS
    held = rows * memory.width * 4
    return Cost(
        parts,
        (memory,),
        (
            Stage(say("Extract features"), network + held + 200_000_000, parts * work),
            Stage(
                say("Reduce memory"),
                network + held + coreset_bytes(memory, config.coreset_eps),
                coreset_operations(memory, config.coreset_eps),
            ),
        ),
    )
