"""What a training for all classes takes is told from its parameters alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.methods.pretrain_cost import TRAINING_EFFICIENCY, pretrain_cost, size_of, update_operations
from core.methods.pretraining import PRETRAININGS, pretrain_config, pretraining

MEASURED = {
    ("ftof", 1, 512): 1.24e9,
    ("ftof", 2, 512): 1.45e9,
    ("ftoi_xyz", 1, 512): 1.21e9,
    ("ftoi_rgb", 4, 512): 1.66e9,
    ("itof_xyz", 1, 512): 1.23e9,
    ("itof_rgb", 4, 512): 2.22e9,
    ("itof_xyz", 1, 32): 1.46e9,
    ("itof_xyz", 2, 48): 2.38e9,
    ("itof_xyz", 1, 128): 8.56e9,
    ("uff", 8, 0): 4.43e9,
}
"""Peaks of processes of their own (benchmarks/bench_pretrain_memory.py), 0.77 GB of them the program."""


@pytest.mark.parametrize(("key", "batch", "width"), MEASURED)
def test_the_memory_told_is_within_a_quarter_of_what_was_measured(key: str, batch: int, width: int) -> None:
    config = replace(pretrain_config(pretraining(key)), batch_size=batch)
    if key.startswith("itof"):
        config = replace(config, c_hrnet=width)
    told = pretrain_cost(key, config, batch, program_bytes=770_000_000).peak_bytes
    assert told == pytest.approx(MEASURED[key, batch, width], rel=0.25)


PACE = 1.07e11
"""Operations of a matrix product a second, in the same run as what follows."""
STEPS = {
    ("ftof", 2, 512): 3.71,
    ("ftoi_xyz", 2, 512): 2.92,
    ("ftoi_rgb", 2, 512): 2.89,
    ("itof_xyz", 2, 512): 1.52,
    ("itof_rgb", 2, 512): 1.60,
    ("itof_xyz", 2, 32): 1.05,
    ("itof_xyz", 2, 48): 1.76,
    ("ftof_hand_made", 4, 512): 0.056,
    ("ftoi_xyz_hand_made", 4, 512): 0.21,
    ("ftoi_rgb_hand_made", 4, 512): 0.29,
    ("itof_xyz_hand_made", 4, 512): 0.066,
    ("itof_rgb_hand_made", 4, 512): 0.064,
    ("uff", 2, 0): 7.97,
    ("sdf", 16, 48): 0.167,
    ("sdf", 32, 0): 1.97,
}
"""Seconds of one thread for one step (benchmarks/bench_pretrain_time.py)."""


@pytest.mark.parametrize(("key", "batch", "width"), STEPS)
def test_the_time_told_is_within_a_factor_of_what_was_measured(key: str, batch: int, width: int) -> None:
    config = replace(pretrain_config(pretraining(key)), batch_size=batch)
    if key.startswith("itof") and "hand_made" not in key:
        config = replace(config, c_hrnet=width)
    if key == "sdf":
        config = replace(config, loss_points=width)
    size = size_of(key, config)
    told = (batch * size.operations_each + update_operations(size)) / (PACE * TRAINING_EFFICIENCY)
    assert 1 / 1.5 < told / STEPS[key, batch, width] < 1.5


@pytest.mark.parametrize("key", [row.key for row in PRETRAININGS])
def test_more_examples_take_longer_and_a_larger_batch_takes_more_memory(key: str) -> None:
    config = replace(pretrain_config(pretraining(key)), batch_size=2)
    few, many = (pretrain_cost(key, config, count, program_bytes=0) for count in (4, 400))
    wide = pretrain_cost(key, replace(config, batch_size=8), 400, program_bytes=0)
    assert few.operations <= many.operations
    assert few.updates > 0
    assert wide.peak_bytes > many.peak_bytes


@pytest.mark.parametrize("key", [row.key for row in PRETRAININGS])
def test_too_few_examples_for_a_batch_make_no_update(key: str) -> None:
    config = replace(pretrain_config(pretraining(key)), batch_size=8)
    assert pretrain_cost(key, config, 3).updates == 0


def test_the_published_sizes_are_those_of_the_published_networks() -> None:
    wide = replace(pretrain_config(pretraining("itof_rgb")), c_hrnet=192)
    assert size_of("itof_rgb", wide).weights == pytest.approx(1007.9e6, rel=0.01)
    assert size_of("itof_rgb", replace(wide, c_hrnet=128)).weights == pytest.approx(448.5e6, rel=0.01)
    assert size_of("ftof", pretrain_config(pretraining("ftof"))).weights == pytest.approx(13.28e6, rel=0.01)
