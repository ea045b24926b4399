"""What a training of M3DM will take: sizes from the config alone, nothing heavy is imported."""

from __future__ import annotations

from core.methods.cost import Cost, MemoryCost, Stage, coreset_bytes, coreset_operations
from core.methods.m3dm.config import M3dmConfig, Stream
from core.phrase import say

PATCHES: dict[Stream, int] = {"xyz": 56 * 56, "rgb": 28 * 28, "fused": 56 * 56}
PIXELS = 224 * 224
VIT_OPERATIONS, POINT_OPERATIONS, FUSION_OPERATIONS = 160e9, 190e9, 95e9
"""Of one part."""
VIT_BYTES, POINT_BYTES, FUSION_BYTES = 700_000_000, 180_000_000, 130_000_000
"""Weights while they are read."""
SIEVE_SHARE = 8
"""So many times less than the memory takes what quickens its search."""
POINT_WORKING_BYTES = 1024 * 128 * 512 * 4 * 5
"""Groups, as wide as the group encoder makes them."""


def cost(config: M3dmConfig, parts: int) -> Cost:
    """Extract, reduce, decide; stages do not overlap, but what was learnt stays."""
    parts = min(parts, config.max_sample)
    memories = _memories(config, parts)
    kept = sum(memory.kept_bytes for memory in memories)
    stages = [_extract(config, parts)]
    resident = FUSION_BYTES if "fused" in config.streams else 0
    resident += (VIT_BYTES // 2 if "rgb" in config.sensors_needed else 0) + (
        POINT_BYTES // 2 if "xyz" in config.sensors_needed else 0
    )
    reducing = max(coreset_bytes(memory, config.coreset_eps) for memory in memories)
    work = sum(coreset_operations(memory, config.coreset_eps) for memory in memories)
    stages.append(Stage(say("Reduce memory"), resident + kept + reducing, work))
    if config.has_several_memories and config.method_name != "DINO+Point_MAE+add":
        maps = parts * PIXELS * len(memories) * 4
        scoring = sum(
            2.0 * PATCHES[s] * m.kept * m.width for s, m in zip(config.streams, memories, strict=True)
        )
        stages.append(
            Stage(say("Calibrate"), resident + kept + kept // SIEVE_SHARE + 3 * maps, parts * scoring)
        )
    return Cost(parts, memories, tuple(stages), _disk(config, parts))


def _memories(config: M3dmConfig, parts: int) -> tuple[MemoryCost, ...]:
    found: list[MemoryCost] = []
    for stream in config.streams:
        limited = parts if stream == "rgb" else min(parts, config.asy_memory_bank or parts)
        rows = limited * PATCHES[stream]
        base = found[0].kept if found and config.coreset_base == "thinned_xyz" else rows
        kept = rows if config.f_coreset >= 1 and base == rows else max(1, int(config.f_coreset * base))
        found.append(MemoryCost(stream, rows, min(kept, rows), _width(config, stream)))
    return tuple(found)


def _width(config: M3dmConfig, stream: Stream) -> int:
    picture = 384 if config.rgb_backbone_name == "vit_small_patch8_224_dino" else 768
    return {"xyz": 1152, "rgb": picture, "fused": 1920}[stream]


def _extract(config: M3dmConfig, parts: int) -> Stage:
    memory, work = 0, 0.0
    if "rgb" in config.sensors_needed:
        memory, work = memory + VIT_BYTES, work + VIT_OPERATIONS
    if "xyz" in config.sensors_needed:
        memory, work = memory + POINT_BYTES + POINT_WORKING_BYTES, work + POINT_OPERATIONS
    if "fused" in config.streams:
        memory, work = memory + FUSION_BYTES, work + 4 * FUSION_OPERATIONS
    return Stage(say("Extract features"), memory, parts * work)


def _disk(config: M3dmConfig, parts: int) -> int:
    numbers = 0
    if "xyz" in config.sensors_needed:
        numbers += PATCHES["xyz"] * 1152
    if "rgb" in config.sensors_needed:
        numbers += PATCHES["rgb"] * _width(config, "rgb")
    return parts * numbers * (2 if config.feature_storage == "float16" else 4)
