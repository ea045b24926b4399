"""What a training for all classes will take: measured constants, nothing heavy is imported."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.methods.cost import PROGRAM_BYTES
from core.methods.feature_kinds import FeatureItem, feature_kind
from core.methods.pretraining import pretraining

_TRUNK = 512
_LIBRARIES = 700_000_000
"""Of the program, what comes with the first training."""
_WEIGHT_BYTES, _UPDATE_OPERATIONS = 17, 500
"""Of one weight: itself, its gradient and both means of Adam; the effort of its update."""
_PATCH_POINTS, _PATCH_BYTES = 500, 16
TRAINING_EFFICIENCY = 0.9
"""Share of the plain matrix product's pace that these trainings reach (benchmarks/bench_pretrain_time.py)."""
PATCHES_A_PART = 150
"""Of the shape expert's, where nothing else is known: a part that fills a third of its raster."""
PATCHES = FeatureItem("patches", PATCHES_A_PART * _PATCH_POINTS * 4, 55e9)
"""Of one part, cut for the shape expert."""


@dataclass(frozen=True)
class Size:
    """A network in training: weights, bytes and operations (forward and back) of one example, other bytes."""

    weights: float
    bytes_each: float
    operations_each: float
    other_bytes: float = 0.0


@dataclass(frozen=True)
class PretrainCost:
    """Updates, all operations, the most memory at any moment, and the size of the outcome."""

    updates: int
    operations: float
    peak_bytes: int
    file_bytes: int


def pretrain_cost(key: str, config: Any, examples: int, *, program_bytes: int | None = None) -> PretrainCost:
    """`examples` are parts, for the shape expert patches; no update where they do not fill a batch."""
    size = size_of(key, config)
    batch, group = int(config.batch_size), int(getattr(config, "accum_iter", 1))
    if getattr(config, "smaller_batch", False):
        batch = max(1, min(batch, examples))
    per_epoch = examples // batch
    updates = per_epoch // group
    epochs = _epochs(key, config, per_epoch, updates) if updates else 0
    held = 3.0 * examples * _PATCH_POINTS * _PATCH_BYTES if key == "sdf" else 0.0
    program = _program() if program_bytes is None else program_bytes
    peak = program + size.weights * _WEIGHT_BYTES + size.other_bytes + batch * size.bytes_each + held
    each = per_epoch * batch * size.operations_each + updates * update_operations(size)
    return PretrainCost(epochs * updates, epochs * each, int(peak), int(size.weights * 4))


def size_of(key: str, config: Any) -> Size:
    """How large the network of that training is (measured: benchmarks/bench_pretrain_memory.py, _time)."""
    if key == "uff":
        return Size(15.8e6, 0.417e9, 355e9)
    if key == "sdf":
        points = config.loss_points or _PATCH_POINTS
        return Size(3.2e6, 20e6 + 0.073e6 * points, 0.35e9 + 0.0118e9 * points)
    is_small = key.endswith("hand_made")
    if key.startswith("ftof"):
        depth = config.mlp_depth
        one = Size(0.03e6, 15e6, 1.3e9) if is_small else Size(13.3e6, 0.19e9, 190e9)
        return Size(one.weights * depth, one.bytes_each * depth, one.operations_each * depth, 0.05e9)
    if is_small and config.structure == "small":
        return Size(0.016e6, 40e6, 5.4e9) if key.startswith("ftoi") else Size(0.054e6, 20e6, 1.4e9)
    if key.startswith("ftoi"):
        return Size(3.0e6, 0.143e9, 133e9, 0.2e9)
    if config.c_hrnet == _TRUNK:
        share = config.trunk_planes / 128
        return Size(5e6 * share**2, 0.34e9 * share + 5e6, 80e9 * share**1.7, 0.05e9)
    width = config.c_hrnet / 32
    return Size(27.9e6 * width**2 + 0.7e6, 0.09e9 + 0.117e9 * width, 23e9 + 28e9 * width**2)


def update_operations(size: Size) -> float:
    """Of one update of all weights."""
    return size.weights * _UPDATE_OPERATIONS


def _epochs(key: str, config: Any, per_epoch: int, updates: int) -> int:
    if key == "sdf":
        return int(config.epochs(per_epoch))
    if key == "uff" and config.schedule == "steps":
        return int(-(-config.steps // updates))
    return int(config.epochs)


def extracting_operations(key: str, parts: int) -> float:
    """Of the features that the training reads."""
    return parts * sum(item.operations for item in items_of(key).values())


def items_of(key: str) -> Mapping[str, FeatureItem]:
    """What that training reads of each part."""
    kind = pretraining(key).features
    return {"patches": PATCHES} if kind == "sdf" else feature_kind(kind).items


def _program() -> int:
    """What this process holds now, with the libraries that it does not hold yet."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        now = int(status.split("VmRSS:")[1].split()[0]) * 1024
    except (OSError, IndexError, ValueError):
        return PROGRAM_BYTES
    return now if "torch" in sys.modules else now + _LIBRARIES
