"""Training of the fusion block: files in, weights out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.backbones.published import fusion_network_of
from core.errors import DataError
from core.methods.m3dm.feature_files import load_features, misplaced_patches, save_features
from core.methods.m3dm.fusion_training import FusionTraining
from core.methods.m3dm.pretrain import fusion_run, pretrain_fusion
from core.monitor import Monitor
from core.training.processes import Team
from tests.golden_vectors import vectors

SMALL = FusionTraining(steps=4, warmup_steps=1, batch_size=2)


def feature_folder(folder: Path, parts: int) -> Path:
    folder.mkdir()
    drawn = torch.Generator().manual_seed(0)
    for number in range(parts):
        xyz = torch.randn(16, 1152, generator=drawn)
        save_features(folder / f"part{number}.pt", xyz, torch.randn(4, 768, generator=drawn))
    return folder


@pytest.mark.golden
def test_m3dm_uff_rows_of_saved_files_are_those_of_the_reference() -> None:
    expected = vectors("m3dm_uff")["saved_rgb_row_of_patch"]
    np.testing.assert_array_equal(misplaced_patches(len(expected)).numpy(), expected)


@pytest.mark.golden
def test_m3dm_uff_patches_of_a_reference_file_are_put_at_their_places(tmp_path: Path) -> None:
    expected = vectors("m3dm_uff")
    patches = torch.arange(len(expected["aligned_rgb_row_of_patch"]) // 4)[:, None].expand(-1, 768).float()
    rgb = patches[torch.from_numpy(expected["saved_rgb_row_of_patch"]).long()]
    torch.save(torch.cat([torch.zeros(len(rgb), 1152), rgb], dim=1), tmp_path / "bagel0.pt")
    _, aligned = load_features(tmp_path / "bagel0.pt", "reference")
    np.testing.assert_array_equal(aligned[:, 0].numpy(), expected["aligned_rgb_row_of_patch"])


def test_features_come_back_with_each_picture_patch_at_its_four_places(tmp_path: Path) -> None:
    xyz, rgb = torch.randn(16, 1152), torch.randn(4, 768)
    save_features(tmp_path / "part.pt", xyz, rgb)
    again, doubled = load_features(tmp_path / "part.pt")
    torch.testing.assert_close(again, xyz)
    torch.testing.assert_close(doubled[[0, 1, 4, 5]], rgb[[0, 0, 0, 0]])
    torch.testing.assert_close(doubled[[10, 11, 14, 15]], rgb[[3, 3, 3, 3]])


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "part.pt").write_bytes(b"not a tensor")
    with pytest.raises(DataError, match=r"part\.pt does not hold"):
        load_features(tmp_path / "part.pt")


def test_trained_weights_open_as_a_published_file_does(tmp_path: Path) -> None:
    folder, out = feature_folder(tmp_path / "features", 4), tmp_path / "fusion.pth"
    losses = pretrain_fusion(folder, out, SMALL, Monitor())
    assert len(losses) == 2
    network = fusion_network_of(out)
    torch.testing.assert_close(
        network.xyz_norm.weight, torch.load(out, weights_only=True)["model"]["xyz_norm.weight"]
    )


def test_a_resumed_training_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    folder = feature_folder(tmp_path / "features", 4)
    pretrain_fusion(folder, tmp_path / "whole.pth", SMALL, Monitor())
    run = fusion_run(sorted(folder.glob("*.pt")), tmp_path / "broken.pth", SMALL, Team())
    from core.training.loop import train

    run.epochs = 1
    train(run, Monitor())
    pretrain_fusion(folder, tmp_path / "broken.pth", SMALL, Monitor(), resume=True)
    whole, broken = (
        torch.load(tmp_path / f"{name}.pth", weights_only=True)["model"] for name in ("whole", "broken")
    )
    for name, value in whole.items():
        torch.testing.assert_close(broken[name], value, rtol=0, atol=0)


def test_too_few_parts_for_one_update_are_refused(tmp_path: Path) -> None:
    published = FusionTraining(**FusionTraining.presets["published"])
    with pytest.raises(DataError, match="do not suffice"):
        pretrain_fusion(feature_folder(tmp_path / "features", 1), tmp_path / "x.pth", SMALL, Monitor())
    with pytest.raises(DataError, match="do not suffice"):
        pretrain_fusion(
            tmp_path / "features", tmp_path / "x.pth", replace(published, batch_size=1), Monitor()
        )
