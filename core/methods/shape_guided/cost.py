"""What a training of Shape-Guided will take: sizes from the config alone, nothing heavy is imported."""

from __future__ import annotations

from core.methods.cost import Cost, MemoryCost, Stage
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.phrase import say

SEEN_SHARE = 0.3
"""Of the small raster's pixels: a part that fills it well."""
CELLS = 28 * 28
CODE_WIDTH, NETWORK_WIDTH, HAND_MADE_WIDTH = 128, 768, 21
ENCODER_OPERATIONS, FIELD_OPERATIONS = 280e3, 4.2e6
"""Of one point of a patch."""
COLOUR_OPERATIONS, COLOUR_BYTES = 10e9, 300_000_000
EXPERT_BYTES = 30_000_000
WORKING_BYTES = 250_000_000
"""Layers of the patches that are judged at once."""


def cost(config: ShapeGuidedConfig, parts: int) -> Cost:
    """Read every part once, then score a few of them against the others."""
    points = SEEN_SHARE * config.image_size**2
    patches = max(1, round(points * config.group_mul / config.point_num))
    held = patches * config.point_num
    memories = [MemoryCost("sdf", parts * patches, parts * patches, CODE_WIDTH)]
    if config.uses_colour:
        width = HAND_MADE_WIDTH if config.colour == "hand_made" else NETWORK_WIDTH
        memories.append(MemoryCost("rgb", parts * CELLS, parts * CELLS, width))
    uses_network = config.uses_colour and config.colour != "hand_made"
    resident = EXPERT_BYTES + uses_network * COLOUR_BYTES + sum(memory.kept_bytes for memory in memories)
    reading = held * ENCODER_OPERATIONS + uses_network * COLOUR_OPERATIONS
    # What was remembered is joined to one block: for a moment it is there twice.
    joining = 2 * max(memory.kept_bytes for memory in memories)
    stages = [Stage(say("Extract features"), resident + max(joining, WORKING_BYTES), parts * reading)]
    if config.experts == "RGB_SDF":
        aligned = min(parts, config.align_images)
        kept = aligned * held * 20
        scoring = held * FIELD_OPERATIONS + 2.0 * patches * parts * patches * CODE_WIDTH
        stages.append(Stage(say("Calibrate"), resident + kept + WORKING_BYTES, aligned * scoring))
    return Cost(parts, tuple(memories), tuple(stages))
