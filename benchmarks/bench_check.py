"""How many samples the import check reads in a second, and how much memory it needs, by picture size."""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

from core.datasets import layout
from core.datasets.check import CheckOptions, check
from core.monitor import Monitor
from core.sample import SampleRef

SIDES = (400, 800)
PARTS = 48


def main() -> None:
    """Print a line for each size and number of readers."""
    for side in SIDES:
        with tempfile.TemporaryDirectory() as folder:
            write_parts(Path(folder) / "part", side)
            refs = layout.scan(Path(folder) / "part")
            for workers in (1, 2):
                print(f"{side} px, {workers} readers: {rate(refs, workers):6.1f} samples/s")
            print(f"{side} px: {peak_mb(refs[:12]):.0f} MB at the most")


def rate(refs: list[SampleRef], workers: int) -> float:
    """Samples a second, of the better of two runs."""
    times = []
    for _ in range(2):
        begin = time.perf_counter()
        check(refs, Monitor(), CheckOptions(workers=workers))
        times.append(time.perf_counter() - begin)
    return len(refs) / min(times)


def peak_mb(refs: list[SampleRef]) -> float:
    """Greatest memory in use by arrays and objects during a check."""
    tracemalloc.start()
    check(refs, Monitor(), CheckOptions(workers=2))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def write_parts(folder: Path, side: int) -> None:
    """Noisy textured pictures, clouds with holes and masks in the MVTec 3D-AD layout."""
    rng = np.random.default_rng(0)
    for index in range(PARTS):
        place = folder / "test" / "dent"
        for name in ("rgb", "xyz", "gt"):
            (place / name).mkdir(parents=True, exist_ok=True)
        blocks = np.kron(rng.integers(40, 220, (side // 20, side // 20, 3)), np.ones((20, 20, 1)))
        rgb = np.clip(blocks + rng.normal(0, 4, blocks.shape), 0, 255).astype(np.uint8)
        xyz = rng.normal(0.5, 0.05, (side, side, 3)).astype(np.float32)
        xyz[: side // 8] = 0
        mask = np.zeros((side, side), np.uint8)
        mask[10:40, 10:60] = 255
        Image.fromarray(rgb).save(place / "rgb" / f"{index:03d}.png")
        tifffile.imwrite(place / "xyz" / f"{index:03d}.tiff", xyz, photometric="rgb")
        Image.fromarray(mask).save(place / "gt" / f"{index:03d}.png")


if __name__ == "__main__":
    main()
