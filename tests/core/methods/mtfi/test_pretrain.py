"""Training of the imagining networks from files."""

from __future__ import annotations

import argparse
import csv
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.backbones.distilled import distilled_of
from core.backbones.feature_translator import FeatureTranslator
from core.errors import DataError, WeightsMissing
from core.methods.mtfi.distillation_training import DistillationTraining, TrainMethod
from core.methods.mtfi.example_files import example_files, read_example, save_example
from core.methods.mtfi.lessons import LESSONS, lesson_losses, repeated
from core.methods.mtfi.pretrain import pretrain_distillation
from core.monitor import Cancelled, Monitor, Progress

SMALL = DistillationTraining(batch_size=2, epochs=3, warmup_epochs=1)
SIDE = 8


def write_parts(folder: Path, count: int, split: str = "train") -> Path:
    """Files of our own with all items, four times as many point patches as picture patches."""
    root = folder if split == "train" else folder / split
    for number in range(count):
        drawn = torch.Generator().manual_seed(number)
        items = {
            "xyz": torch.randn(SIDE**2, 12, generator=drawn),
            "rgb": torch.randn(SIDE**2 // 4, 8, generator=drawn),
            "cloud": torch.randn(3, 4 * SIDE, 4 * SIDE, generator=drawn),
            "picture": torch.randn(3, 4 * SIDE, 4 * SIDE, generator=drawn),
        }
        label = "good" if number % 2 == 0 else "hole"
        save_example(root / f"bagel_{split}_{label}_{number:03}.pt", items)  # type: ignore[arg-type]
    return folder


def test_a_training_writes_a_checkpoint_that_the_library_reads(tmp_path: Path) -> None:
    out = tmp_path / "ftof.pth"
    losses = pretrain_distillation(write_parts(tmp_path / "data", 4), out, SMALL, Monitor())
    assert len(losses) == 3
    found = distilled_of(out, "mtfi_ftof_xyz")
    assert isinstance(found, FeatureTranslator)
    state = torch.load(out, weights_only=True)
    assert state["epoch"] == 2
    assert state["args"]["train_method"] == "HallucinationCrossModality"


def test_the_losses_of_every_epoch_are_noted_with_those_of_test_parts(tmp_path: Path) -> None:
    data = write_parts(write_parts(tmp_path / "data", 4), 3, "test")
    pretrain_distillation(data, tmp_path / "ftof.pth", SMALL, Monitor())
    rows = list(csv.DictReader((tmp_path / "ftof.pth.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]
    assert all(float(row["test"]) > 0 and float(row["test_good"]) > 0 for row in rows)
    assert rows[0]["test"] != rows[0]["test_good"]


def test_a_resumed_training_equals_an_unbroken_one(tmp_path: Path) -> None:
    data = write_parts(tmp_path / "data", 5)
    pretrain_distillation(data, tmp_path / "whole.pth", SMALL, Monitor())
    monitor = Monitor(report=lambda progress: stop(progress))

    def stop(progress: Progress) -> None:
        if progress.done >= 3:
            monitor.cancel()

    with pytest.raises(Cancelled):
        pretrain_distillation(data, tmp_path / "broken.pth", SMALL, monitor)
    pretrain_distillation(data, tmp_path / "broken.pth", SMALL, Monitor(), resume=True)
    whole, broken = (torch.load(tmp_path / f"{name}.pth", weights_only=True) for name in ("whole", "broken"))
    assert all(torch.equal(whole["model"][key], broken["model"][key]) for key in whole["model"])
    assert (tmp_path / "whole.pth.csv").read_text() == (tmp_path / "broken.pth.csv").read_text()


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_parts_than_a_batch_are_refused_unless_it_may_be_smaller(tmp_path: Path, count: int) -> None:
    data = write_parts(tmp_path / "data", count)
    data.mkdir(exist_ok=True)
    with pytest.raises(DataError) as caught:
        pretrain_distillation(data, tmp_path / "out.pth", SMALL, Monitor())
    assert caught.value.remedy
    assert not (tmp_path / "out.pth").exists()
    if count:
        allowed = replace(SMALL, smaller_batch=True)
        assert len(pretrain_distillation(data, tmp_path / "out.pth", allowed, Monitor())) == 3


def test_picture_patches_of_half_the_side_are_translated_once_with_the_same_loss(tmp_path: Path) -> None:
    (file, *_) = example_files(write_parts(tmp_path, 1), "train", "HallucinationCrossModality")
    xyz, rgb = (items[None] for items in read_example(file, "HallucinationCrossModality"))
    network = FeatureTranslator(12, 8)
    torch.testing.assert_close(
        lesson_losses(network, (xyz, rgb)), lesson_losses(network, (xyz, repeated(rgb)))
    )


def test_joined_files_of_the_published_program_are_read(tmp_path: Path) -> None:
    joined = torch.randn(16, 1536)
    torch.save(joined, tmp_path / "bagel0.pt")
    (file,) = example_files(tmp_path, "train", "HallucinationCrossModality")
    xyz, rgb = read_example(file, "HallucinationCrossModality")
    assert torch.equal(xyz, joined[:, :768])
    assert torch.equal(rgb, joined[:, 768:])


@pytest.mark.parametrize("method", ["XYZFeatureToRGBInputConv", "XYZInputToRGBFeatureHRNET"])
def test_pairs_of_the_published_program_are_read_by_name(tmp_path: Path, method: TrainMethod) -> None:
    places = {
        "xyz": ("fxyz", "hfxyz"),
        "rgb": ("frgb", "frgb"),
        "cloud": ("xyz", "xyz"),
        "picture": ("rgb", "rgb"),
    }
    for item in LESSONS[method]:
        folder, ending = places[item]
        (tmp_path / "train" / folder).mkdir(parents=True)
        for number in (0, 1):
            torch.save(torch.full((4, 2), number), tmp_path / "train" / folder / f"bagel{number}_{ending}.pt")
    pairs = [read_example(file, method) for file in example_files(tmp_path, "train", method)]
    assert [float(shown.mean()) for shown, _ in pairs] == [float(wanted.mean()) for _, wanted in pairs]
    alone = next((tmp_path / "train").rglob("bagel1_*.pt"))
    alone.unlink()
    with pytest.raises(DataError, match="bagel1"):
        example_files(tmp_path, "train", method)


def test_a_file_that_lacks_what_the_training_needs_is_named(tmp_path: Path) -> None:
    save_example(tmp_path / "part.pt", {"xyz": torch.zeros(4, 12)})
    (file,) = example_files(tmp_path, "train", "HallucinationCrossModality")
    with pytest.raises(DataError, match=r"part\.pt"):
        read_example(file, "HallucinationCrossModality")
    (tmp_path / "part.pt").write_bytes(b"cut off")
    with pytest.raises(DataError, match=r"part\.pt"):
        read_example(file, "HallucinationCrossModality")


def official(state: dict[str, torch.Tensor], path: Path) -> Path:
    """A checkpoint as the published program writes it."""
    torch.save({"model": state, "epoch": 99, "args": argparse.Namespace(lr=5e-4, device="cuda")}, path)
    return path


def test_a_checkpoint_of_the_published_program_is_read_with_its_command_line(tmp_path: Path) -> None:
    network = FeatureTranslator(12, 8)
    found = distilled_of(official(network.state_dict(), tmp_path / "MTFI_FtoF_PCs.pth"), "mtfi_ftof_xyz")
    assert all(torch.equal(found.state_dict()[key], value) for key, value in network.state_dict().items())


@pytest.mark.parametrize("spoil", ["missing", "surplus"])
def test_a_checkpoint_that_does_not_fit_is_refused_with_the_tensor_that_is_wrong(
    tmp_path: Path, spoil: str
) -> None:
    state = dict(FeatureTranslator(12, 8).state_dict())
    if spoil == "missing":
        del state["rgb_mlp.mlp_module.0.fc2.bias"]
    else:
        state["rgb_mlp.extra"] = torch.zeros(1)
    with pytest.raises(WeightsMissing, match=r"rgb_mlp\.(mlp_module\.0\.fc2\.bias|extra)"):
        distilled_of(official(state, tmp_path / "MTFI_FtoF_PCs.pth"), "mtfi_ftof_xyz")
