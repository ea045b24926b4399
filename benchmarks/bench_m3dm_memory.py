"""The memory that a class of many parts takes: the largest bank of M3DM from made-up features.

The peak is that of the whole process.

python -m benchmarks.bench_m3dm_memory [parts] [share of rows kept] [float32 or float16]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import cast

import numpy as np
import torch

from core.memory.kept_features import Source, Storage
from core.methods.m3dm.config import M3dmConfig
from core.methods.m3dm.cost import cost
from core.methods.m3dm.detector import M3DM
from core.methods.m3dm.patches import StreamPatches
from core.monitor import Monitor
from core.patches import PatchFeatures
from core.sample import Sample

SIDE, WIDTH, INNER = 56, 1152, 24


def main() -> None:
    """Train, and print what it took beside what the preflight tells."""
    given = (sys.argv[1:] + ["400", "0.01", "float32"][len(sys.argv) - 1 :])[:3]
    parts, share, storage = int(given[0]), float(given[1]), cast(Storage, given[2])
    config = M3dmConfig(method_name="Point_MAE", f_coreset=share, feature_storage=storage)
    normal = [
        Sample(str(number), np.full((4, 8, 3), number, np.uint16).view(np.uint8).reshape(8, 8, 3))
        for number in range(parts)
    ]
    started = time.perf_counter()
    detector = M3DM(config, StreamPatches(("xyz",), {"xyz": Source(made_up, "made up", storage)}))
    detector.fit(normal, Monitor())
    print(f"{parts} parts, {parts * SIDE**2} rows of {WIDTH}, {share:.0%} kept, features in {storage}")
    print(f"  peak memory   {peak_bytes() / 1e9:6.2f} GB")
    print(f"  told before   {cost(config, parts).peak_bytes / 1e9:6.2f} GB, with the networks")
    print(f"  time          {time.perf_counter() - started:6.0f} s")


def peak_bytes() -> int:
    """The most memory of this process so far."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def made_up(sample: Sample) -> PatchFeatures:
    """Patches near a subspace, as features are."""
    space = torch.randn(INNER, WIDTH, generator=torch.Generator().manual_seed(99))
    drawn = torch.Generator().manual_seed(int(sample.name))
    return PatchFeatures(torch.randn(SIDE * SIDE, INNER, generator=drawn) @ space, (SIDE, SIDE))


if __name__ == "__main__":
    main()
