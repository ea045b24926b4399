"""The memory that each training for all classes takes, beside what the window tells before it begins.

Each training runs in a process of its own, two updates on made-up examples of the true size.

python -m benchmarks.bench_pretrain_memory [key:batch:width ...]
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.bench_m3dm_memory import peak_bytes
from benchmarks.timing import in_a_process_of_its_own
from core.methods.m3dm.feature_files import save_features
from core.methods.mtfi.example_files import save_example
from core.methods.pretrain_cost import pretrain_cost
from core.methods.pretraining import pretrain_config, pretrain_function, pretraining
from core.methods.shape_guided.patch_files import pretrain_file, write_learning
from core.monitor import Monitor

ROWS = (
    "ftof:1:512", "ftof:4:512", "ftoi_xyz:1:512", "ftoi_xyz:4:512", "itof_xyz:2:512", "itof_rgb:8:512",
    "itof_xyz:2:32", "itof_xyz:4:48", "ftof_hand_made:4:512", "ftoi_xyz_hand_made:4:512",
    "itof_xyz_hand_made:4:512", "itof_rgb_hand_made:16:512", "uff:2:0", "uff:8:0", "sdf:8:0",
    "sdf:32:0", "sdf:16:48",
)  # fmt: skip
"""Training, batch, and the width of HRNet (the points of the loss, for the shape expert)."""


def main() -> None:
    """Print one line for each training."""
    chosen = sys.argv[1:] or ROWS
    if len(chosen) == 2 and chosen[0] == "--child":
        run(chosen[1])
        return
    print(f"{'training':28} {'told':>9} {'measured':>9}   off by")
    for row in chosen:
        told, measured = in_a_process_of_its_own("benchmarks.bench_pretrain_memory", row)
        print(
            f"{row:28} {told / 1e9:6.2f} GB {measured / 1e9:6.2f} GB   {told / measured - 1:+.0%}", flush=True
        )


def run(row: str) -> None:
    """Train, and say what was told and what it took."""
    key, batch, width = row.split(":")
    config = small(key, int(batch), int(width))
    examples = int(batch) * (1 if key != "sdf" else 2)
    told = pretrain_cost(key, config, examples, program_bytes=peak_bytes()).peak_bytes
    with tempfile.TemporaryDirectory() as folder:
        write_examples(key, Path(folder) / "examples", examples)
        out = Path(folder) / "out.pth"
        pretrain_function(pretraining(key))(Path(folder) / "examples", out, config, Monitor())
    print(told, peak_bytes())


def small(key: str, batch: int, width: int) -> Any:
    """Two updates of that size."""
    usual = pretrain_config(pretraining(key))
    values = {"epochs": 2, "epoch": 1, "schedule": "epochs" if key == "uff" else None, "steps": 0}
    values |= {"batch_size": batch, "warmup_epochs": 1}
    values |= {"c_hrnet": width} if "hand_made" not in key else {}
    values |= {"loss_points": width} if key == "sdf" else {}
    values |= {"steps": usual.steps} if key == "uff" else {}
    names = {entry.name for entry in fields(usual)}
    return replace(usual, **{name: v for name, v in values.items() if name in names and v is not None})


def write_examples(key: str, folder: Path, count: int) -> None:
    """Made-up examples of the true size."""
    folder.mkdir()
    kind = pretraining(key).features
    if key == "sdf":
        write_learning(
            pretrain_file(folder, "made_up", "000"),
            np.random.default_rng(0).random((count, 500, 3), np.float32),
        )
        return
    for number in range(count):
        path = folder / f"{number}.pt"
        if key == "uff":
            save_features(path, torch.randn(56 * 56, 1152), torch.randn(28 * 28, 768), is_half=False)
            continue
        hand_made = "hand_made" in kind
        items = {
            "xyz": torch.randn(56 * 56, 33 if hand_made else 768),
            "rgb": torch.randn(56 * 56, 36) if hand_made else torch.randn(28 * 28, 768),
            "cloud": torch.randn(3, 224, 224),
            "picture": torch.randn(3, 224, 224),
        }
        save_example(path, items)  # type: ignore[arg-type]  # the names are items


if __name__ == "__main__":
    main()
