"""The seconds that a training for all classes is told to take, beside those of a few of its steps.

Each training runs in a process of its own on one thread, on made-up examples of the true size; both figures
are seconds of the processor, so that other work beside it counts little.

python -m benchmarks.bench_pretrain_time [key:batch:width ...]
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from benchmarks.bench_pretrain_memory import small, write_examples
from benchmarks.timing import in_a_process_of_its_own
from core.methods.pretrain_cost import TRAINING_EFFICIENCY, size_of, update_operations
from core.methods.pretraining import pretrain_function, pretraining
from core.monitor import Monitor

ROWS = (
    "ftof:2:512", "ftoi_xyz:2:512", "ftoi_rgb:2:512", "itof_xyz:2:512", "itof_rgb:2:512", "itof_xyz:2:32",
    "itof_rgb:2:32", "itof_xyz:2:48", "ftof_hand_made:4:512", "ftoi_xyz_hand_made:4:512",
    "ftoi_rgb_hand_made:4:512", "itof_xyz_hand_made:4:512", "itof_rgb_hand_made:4:512", "uff:2:0",
    "sdf:16:48", "sdf:32:0",
)  # fmt: skip
"""Training, batch, and the width of HRNet (the points of the loss, for the shape expert)."""
STEPS = 6
_SIDE = 768


def main() -> None:
    """Print one line for each training."""
    chosen = sys.argv[1:] or ROWS
    if len(chosen) == 2 and chosen[0] == "--child":
        run(chosen[1])
        return
    print(f"{'training':28} {'told':>8} {'measured':>8}   told / measured, CPU s a step")
    for row in chosen:
        told, measured = child(row)
        print(f"{row:28} {told:8.3f} {measured:8.3f}   {told / measured:.2f}", flush=True)


def child(row: str) -> tuple[float, float]:
    """Told and measured seconds of one step of that training, from a process of its own."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return in_a_process_of_its_own("benchmarks.bench_pretrain_time", row, **one)


def run(row: str) -> None:
    """Take some steps, and say what one was told to take and took; the first two are left out."""
    key, batch, width = row.split(":")
    steps = 24 if "hand_made" in key else STEPS
    seldom = {"uff": {"epochs": STEPS}, "sdf": {"steps": STEPS, "keep_every": STEPS}}
    values = seldom.get(key, {"epochs": steps, "save_every": steps})
    config = replace(small(key, int(batch), int(width)), **values)
    size = size_of(key, config)
    operations = int(batch) * size.operations_each + update_operations(size)
    told, moments = operations / (plain_pace() * TRAINING_EFFICIENCY), [0.0]
    with tempfile.TemporaryDirectory() as folder:
        write_examples(key, Path(folder) / "examples", int(batch))
        watch = Monitor(lambda progress: moments.append(process_time()))
        out = Path(folder) / "out.pth"
        pretrain_function(pretraining(key))(Path(folder) / "examples", out, config, watch)
    print(told, median(later - sooner for sooner, later in list(pairwise(moments))[2:]))


def plain_pace() -> float:
    """Operations of a matrix product for each second of the processor (core/pace.py goes by the clock)."""
    square = np.ones((_SIDE, _SIDE), np.float32)
    spent = []
    for _ in range(9):
        begin = process_time()
        square @ square
        spent.append(process_time() - begin)
    return float(2 * _SIDE**3 / median(spent))


if __name__ == "__main__":
    main()
