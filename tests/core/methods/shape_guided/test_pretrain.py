"""Training of the shape expert: patches in, a checkpoint of the published form out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.backbones.published import sdf_network_of
from core.errors import DataError, WrongUse
from core.methods.shape_guided.batches import (
    LearningPatches,
    batches_of,
    fresh_copies,
    learning_files,
    shares,
)
from core.methods.shape_guided.cut import Cutting, cut_patches
from core.methods.shape_guided.expert_training import ExpertTraining
from core.methods.shape_guided.noise import near_copies, noisy_copies, spread_of
from core.methods.shape_guided.patch_files import (
    pretrain_file,
    read_copies,
    read_learning,
    write_learning,
    write_learning_copies,
)
from core.methods.shape_guided.pretrain import expert_run, pretrain_expert
from core.monitor import Cancelled, Monitor, Progress
from core.training.loop import train
from core.training.processes import Team
from tests.core.methods.parts import good

SMALL = ExpertTraining(steps=4, batch_size=4, learning_rate=1e-3, loss_points=8)
HOW = Cutting(point_num=60, group_mul=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Patches of two parts of one class."""
    for number in range(2):
        patches = cut_patches(good(number), HOW).points[:5]
        write_learning(pretrain_file(tmp_path / "data", "disc", f"{number:03d}"), patches)
    return tmp_path / "data"


def patches_in(folder: Path, config: ExpertTraining = SMALL) -> LearningPatches:
    return LearningPatches.read(learning_files(folder), config, Monitor())


def test_fresh_copies_are_those_that_would_have_been_stored() -> None:
    patches = cut_patches(good(), HOW).points[:3]
    spread = np.stack([spread_of(patch) for patch in patches])
    draws = np.random.default_rng(0).standard_normal((3, 60, 3)).astype(np.float32)
    nearest, samples = fresh_copies(
        *(torch.from_numpy(a.astype(np.float32)) for a in (patches, spread / 2, draws))
    )
    for number, patch in enumerate(patches):
        stored = noisy_copies(patch, spread[number], draws[number : number + 1].astype(np.float64))
        np.testing.assert_allclose(samples[number].numpy(), stored.samples, atol=1e-5)
        np.testing.assert_allclose(nearest[number].numpy(), stored.nearest, atol=1e-5)


def test_five_eighths_of_the_copies_get_half_of_the_noise() -> None:
    assert [near_copies(count) for count in (1, 5, 8, 20)] == [1, 4, 5, 13]


def test_least_noise_draws_every_scale_between_it_and_the_whole() -> None:
    config = replace(SMALL, least_noise=0.01)
    drawn = shares((50, 400), config, torch.Generator().manual_seed(0))
    assert 0.01 <= float(drawn.min()) < 0.0102
    assert 0.98 < float(drawn.max()) <= 1
    assert float((drawn < 0.1).float().mean()) == pytest.approx(0.5, abs=0.02)
    usual = shares((800, 2), SMALL, torch.Generator().manual_seed(0))
    assert set(usual.unique().tolist()) == {0.5, 1.0}
    assert float((usual == 0.5).float().mean()) == pytest.approx(13 / 20, abs=0.05)
    assert (usual[:, 0] == usual[:, 1]).all()
    with pytest.raises(WrongUse, match="least_noise"):
        replace(SMALL, least_noise=1.5)


def test_stored_copies_come_back_in_the_published_form(tmp_path: Path) -> None:
    patches, path = cut_patches(good(), HOW).points[:2], tmp_path / "000.npz"
    write_learning_copies(path, patches, 3, np.random.default_rng(0), Monitor())
    with np.load(path, allow_pickle=False) as found:
        assert {name: found[name].dtype.name for name in found.files} == {
            "origins_all": "float32",
            "samples_all": "float64",
            "points_all": "float32",
        }
    samples, nearest = read_copies(path)
    assert samples.shape == nearest.shape == (2, 180, 3)
    again, spread = read_learning(path)
    np.testing.assert_array_equal(again, patches)
    np.testing.assert_allclose(spread[1], spread_of(patches[1]), rtol=1e-6)


def test_stored_copies_are_drawn_whole(tmp_path: Path) -> None:
    path = pretrain_file(tmp_path, "disc", "000")
    write_learning_copies(path, cut_patches(good(), HOW).points[:4], 3, np.random.default_rng(0), Monitor())
    config = replace(SMALL, noise="stored", loss_points=0)
    (batch,) = batches_of(patches_in(tmp_path, config), config, Team(), 0)
    samples, _ = read_copies(path)
    copies = samples.reshape(-1, 60, 3)
    assert all(any(np.array_equal(found, copy) for copy in copies) for found in batch[1].numpy())
    write_learning(path, cut_patches(good(), HOW).points[:4])
    with pytest.raises(DataError, match="does not hold"):
        patches_in(tmp_path, config)


def test_the_last_short_batch_is_dropped_and_epochs_differ(folder: Path) -> None:
    patches = patches_in(folder)
    first, again, second = (list(batches_of(patches, SMALL, Team(), epoch)) for epoch in (0, 0, 1))
    assert len(first) == 10 // 4
    torch.testing.assert_close(first[0][1], again[0][1], rtol=0, atol=0)
    assert not torch.equal(first[0][1], second[0][1])
    assert first[0][2] is not None
    assert len(first[0][2]) == 8


def test_two_processes_share_a_batch_between_them(folder: Path) -> None:
    patches = patches_in(folder)
    whole, left, right = (
        next(batches_of(patches, SMALL, ours, 0)) for ours in (Team(), Team(0, 2), Team(1, 2))
    )
    torch.testing.assert_close(whole[0][0::2], left[0])
    torch.testing.assert_close(whole[0][1::2], right[0])


def test_a_trained_expert_opens_as_the_published_one_does(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "expert.pth"
    losses = pretrain_expert(folder, out, SMALL, Monitor())
    assert len(losses) == 2
    state = torch.load(out, weights_only=True)
    assert state["current_iteration"] == 2
    network = sdf_network_of(out)
    for name, value in network.state_dict().items():
        torch.testing.assert_close(value, state["sdf_model"][name], msg=name)
    assert not network.training


def test_the_expert_learns(folder: Path, tmp_path: Path) -> None:
    config = replace(SMALL, steps=12, batch_size=8)
    losses = pretrain_expert(folder, tmp_path / "expert.pth", config, Monitor())
    assert losses[-1] < losses[0] / 2


def test_a_resumed_training_ends_where_an_unbroken_one_does(folder: Path, tmp_path: Path) -> None:
    config = replace(SMALL, steps=6, schedule="cosine", warmup_steps=2)
    pretrain_expert(folder, tmp_path / "whole.pth", config, Monitor())
    run = expert_run(patches_in(folder, config), tmp_path / "broken.pth", config, Team())
    run.epochs = 1
    train(run, Monitor())
    pretrain_expert(folder, tmp_path / "broken.pth", config, Monitor(), resume=True)
    whole, broken = (torch.load(tmp_path / f"{name}.pth", weights_only=True) for name in ("whole", "broken"))
    assert whole["losses"] == broken["losses"]
    for name, value in whole["sdf_model"].items():
        torch.testing.assert_close(broken["sdf_model"][name], value, rtol=0, atol=0)


def test_a_cancelled_training_keeps_the_last_whole_epoch(folder: Path, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.stage == 2 and progress.done == 3:
            monitor.cancel()

    monitor = Monitor(report=stop)
    with pytest.raises(Cancelled):
        pretrain_expert(folder, tmp_path / "expert.pth", SMALL, monitor)
    assert torch.load(tmp_path / "expert.pth", weights_only=True)["epoch"] == 0


def test_numbered_checkpoints_and_the_curve_lie_where_the_published_program_puts_them(
    folder: Path, tmp_path: Path
) -> None:
    config = replace(SMALL, steps=0, epoch=3, numbered_every=2)
    losses = pretrain_expert(folder, tmp_path / "run" / "expert.pth", config, Monitor())
    names = sorted(path.name for path in (tmp_path / "run").glob("ckpt_*.pth"))
    assert names == ["ckpt_000000.pth", "ckpt_000002.pth", "ckpt_000004.pth"]
    last = torch.load(tmp_path / "run" / names[-1], weights_only=True)
    assert set(last) == {"sdf_model", "current_iteration"}
    assert last["current_iteration"] == 4
    lines = (tmp_path / "run" / "train_states.txt").read_text("utf-8").splitlines()
    assert lines == [f"epoch:{epoch:04d}\tloss:{loss:.9f}" for epoch, loss in enumerate(losses)]


def test_epochs_run_from_nought_to_the_last_included() -> None:
    assert ExpertTraining().epochs(10) == 1001
    assert ExpertTraining(steps=25).epochs(10) == 3


def test_a_folder_without_patches_says_how_to_cut_some(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        pretrain_expert(tmp_path / "empty", tmp_path / "x.pth", SMALL, Monitor())
    assert "--kind sdf" in caught.value.remedy
    with pytest.raises(DataError, match="no patches"):
        pretrain_expert(folder, tmp_path / "x.pth", replace(SMALL, class_pattern="cap*"), Monitor())


def test_too_few_patches_for_a_batch_and_odd_files_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="10 patches do not fill one batch of 32"):
        pretrain_expert(folder, tmp_path / "x.pth", replace(SMALL, batch_size=32), Monitor())
    write_learning(pretrain_file(folder, "disc", "009"), cut_patches(good(), Cutting(40, 1)).points[:2])
    with pytest.raises(DataError, match="same number of points"):
        pretrain_expert(folder, tmp_path / "x.pth", SMALL, Monitor())
    pretrain_file(folder, "disc", "009").write_bytes(b"not a file of patches")
    with pytest.raises(DataError, match=r"009\.npz does not hold"):
        pretrain_expert(folder, tmp_path / "x.pth", SMALL, Monitor())


@pytest.mark.parametrize("key", ["batch_size", "sampled_size", "keep_every"])
def test_values_that_make_no_sense_are_refused(key: str) -> None:
    with pytest.raises(WrongUse, match=key):
        replace(SMALL, **{key: 0})
