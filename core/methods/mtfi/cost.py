"""What a training of MTFI will take: sizes from the config alone, nothing heavy is imported."""

from __future__ import annotations

from core.methods.cost import Cost, MemoryCost, Stage, coreset_bytes, coreset_operations
from core.methods.mtfi.config import RGB_SIZES, SMALL_VIT, MtfiConfig, Stream
from core.phrase import say

CELLS = 56 * 56
PIXELS = 224 * 224
DESCRIPTOR_WIDTHS: dict[Stream, int] = {"xyz": 33, "rgb": 36}
VIT_OPERATIONS, POINT_OPERATIONS, IMAGINING_OPERATIONS = 160e9, 190e9, 40e9
"""Of one part."""
VIT_BYTES, POINT_BYTES = 700_000_000, 180_000_000
"""Weights while they are read."""
POINT_WORKING_BYTES = 1024 * 128 * 512 * 4 * 5
IMAGINING_BYTES = {"ftof": 60_000_000, "ftoi": 130_000_000, "itof": 120_000_000}
OWN_OPERATIONS = {"ftof": 0.2e9, "ftoi": 100e9, "itof": 4e9}
SMALL_BYTES, SMALL_TRAINING_BYTES = 20_000_000, 80_000_000
SMALL_OPERATIONS = {"ftoi": 4e9, "itof": 1.2e9}
"""Of one part in one epoch of a training of its own."""


def cost(config: MtfiConfig, parts: int) -> Cost:
    """Extract, imagine, reduce, decide; stages do not overlap, but what was learnt stays."""
    parts = min(parts, config.max_sample)
    memories = tuple(_memory(config, stream, parts) for stream in config.streams)
    kept = sum(memory.kept_bytes for memory in memories)
    imagining = IMAGINING_BYTES[config.family] if config.family else 0
    imagining = SMALL_BYTES if config.is_small else imagining
    resident = _resident(config) + imagining
    reducing = max(coreset_bytes(memory, config.coreset_eps) for memory in memories)
    work = sum(coreset_operations(memory, config.coreset_eps) for memory in memories)
    work += parts * (IMAGINING_OPERATIONS if config.imagines else 0.0)
    stages = [_extract(config, parts)]
    if config.trains_itself and config.family:
        examples = parts * CELLS * sum(width_of(config, stream) for stream in ("xyz", "rgb")) * 4
        each = SMALL_OPERATIONS if config.is_small else OWN_OPERATIONS
        operations = each[config.family] * parts * config.own_epochs
        training = SMALL_TRAINING_BYTES if config.is_small else 8 * imagining
        stages.append(Stage(say("Train the imagination"), resident + examples + training, operations))
    stages.append(Stage(say("Reduce memory"), resident + kept + reducing, work))
    maps = parts * PIXELS * len(memories) * 4
    scoring = sum(2.0 * CELLS * memory.kept * memory.width for memory in memories)
    stages.append(Stage(say("Calibrate"), resident + kept + 3 * maps, parts * scoring))
    return Cost(parts, memories, tuple(stages), _disk(config, parts))


def cells_of(config: MtfiConfig, stream: Stream) -> int:
    """Patches of one part in that stream."""
    is_picture = stream == "rgb" or (
        stream == "imagined" and config.family == "ftoi" and config.main == "xyz"
    )
    if not is_picture or config.features == "descriptors":
        return CELLS
    return 37 * 37 if config.rgb_backbone_name in RGB_SIZES else 28 * 28


def width_of(config: MtfiConfig, stream: Stream) -> int:
    """Numbers of one patch in that stream."""
    real = stream if stream != "imagined" else ("rgb" if config.main == "xyz" else "xyz")
    if config.features == "descriptors":
        return DESCRIPTOR_WIDTHS[real]
    return 384 if real == "rgb" and config.rgb_backbone_name == SMALL_VIT else 768


def _memory(config: MtfiConfig, stream: Stream, parts: int) -> MemoryCost:
    rows = parts * cells_of(config, stream)
    kept = rows if config.f_coreset >= 1 else max(1, int(config.f_coreset * rows))
    return MemoryCost(stream, rows, kept, width_of(config, stream))


def _resident(config: MtfiConfig) -> int:
    if config.features == "descriptors":
        return 0
    sensors = config.sensors_to_train
    return ("rgb" in sensors) * VIT_BYTES // 2 + ("xyz" in sensors) * POINT_BYTES // 2


def _extract(config: MtfiConfig, parts: int) -> Stage:
    if config.features == "descriptors":
        return Stage(say("Extract features"), 100_000_000, parts * 2e9)
    memory, work = 0, 0.0
    if "rgb" in config.sensors_to_train:
        memory, work = memory + VIT_BYTES, work + VIT_OPERATIONS
    if "xyz" in config.sensors_to_train:
        memory, work = memory + POINT_BYTES + POINT_WORKING_BYTES, work + POINT_OPERATIONS
    return Stage(say("Extract features"), memory, parts * work)


def _disk(config: MtfiConfig, parts: int) -> int:
    streams: set[Stream] = {*config.streams, *config.sensors_to_train}
    return parts * sum(cells_of(config, stream) * width_of(config, stream) for stream in streams) * 4
