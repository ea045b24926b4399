"""Opening weights files, good and bad."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import pytest
import torch
from torch import nn

from core.backbones.checkpoint import fill_network, misfit, read_checkpoint, surplus
from core.errors import WeightsMissing


class Payload:
    """A pickle that would run a command."""

    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self) -> tuple[object, tuple[str]]:
        import os

        return os.system, (f"touch {self.proof}",)


def network() -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4))


def saved(folder: Path, content: object, name: str = "net.pth") -> Path:
    torch.save(content, folder / name)
    return folder / name


@pytest.mark.parametrize(
    "wrap",
    [
        lambda state: state,
        lambda state: {"state_dict": state, "epoch": 7},
        lambda state: {"model": state, "args": argparse.Namespace(lr=0.1)},
        lambda state: {"model": {"state_dict": state}},
        lambda state: {f"module.{key}": value for key, value in state.items()},
        lambda state: {"teacher": {f"module.backbone.{key}": value for key, value in state.items()}},
    ],
)
def test_wrapped_weights_are_found(tmp_path: Path, wrap) -> None:  # type: ignore[no-untyped-def]  # a parameter
    state = network().state_dict()
    found = read_checkpoint(saved(tmp_path, wrap(state)))
    assert found.keys() == state.keys()
    assert all(torch.equal(found[key], state[key]) for key in state)


def test_safetensors_are_read(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file(network().state_dict(), tmp_path / "net.safetensors")
    assert misfit(network(), read_checkpoint(tmp_path / "net.safetensors")) == ""


def test_a_poisoned_file_is_refused_and_runs_nothing(tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    with pytest.raises(WeightsMissing, match="running code"):
        read_checkpoint(saved(tmp_path, {"state_dict": Payload(proof)}))
    assert not proof.exists()


@pytest.mark.parametrize("name", ["net.pth", "net.safetensors"])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, name: str) -> None:
    from safetensors.torch import save_file

    path = tmp_path / name
    if name.endswith(".pth"):
        torch.save(network().state_dict(), path)
    else:
        save_file(network().state_dict(), path)
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(WeightsMissing) as caught:
        read_checkpoint(path)
    assert name in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"<!DOCTYPE html><html>not found</html>"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.pth"
    path.write_bytes(content)
    with pytest.raises(WeightsMissing):
        read_checkpoint(path)


@pytest.mark.parametrize("content", [{"epoch": 3}, [1, 2], torch.zeros(3)])
def test_a_file_without_weights_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(WeightsMissing, match="holds no weights"):
        read_checkpoint(saved(tmp_path, content))


def test_fitting_weights_are_taken_over() -> None:
    theirs, ours = network(), network()
    fill_network(ours, theirs.state_dict(), "net.pth")
    assert torch.equal(ours[0].weight, theirs[0].weight)


def test_the_first_wrong_shape_is_named_with_both_shapes_and_nothing_is_changed() -> None:
    ours = network()
    before = ours[0].weight.clone()
    wider = nn.Sequential(nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8)).state_dict()
    with pytest.raises(WeightsMissing, match=r"0\.weight \(8 × 3 × 1 × 1 instead of 4 × 3 × 1 × 1\)"):
        fill_network(ours, wider, "net.pth")
    assert torch.equal(ours[0].weight, before)


def test_missing_tensors_are_all_named() -> None:
    state = network().state_dict()
    del state["0.bias"], state["1.weight"]
    with pytest.raises(WeightsMissing, match=r"2 tensors are missing: 0\.bias, 1\.weight"):
        fill_network(network(), state, "net.pth")


def test_old_files_without_the_batch_counter_fit() -> None:
    state = network().state_dict()
    del state["1.num_batches_tracked"]
    assert misfit(network(), state) == ""


def test_surplus_tensors_are_logged_but_heads_are_not(caplog: pytest.LogCaptureFixture) -> None:
    state = {
        **network().state_dict(),
        "fc.weight": torch.zeros(1),
        "layer4.x": torch.zeros(1),
        "odd": torch.zeros(1),
    }
    with caplog.at_level(logging.WARNING):
        fill_network(network(), state, "net.pth", unused=("layer4.",))
    assert "odd" in caplog.text
    assert surplus(network(), state, ("layer4.",)) == ["odd"]
