"""Weights by command: list, verify, take in, download."""

from __future__ import annotations

from pathlib import Path

import torch

from core.backbones.weights import weights_folder
from core.commands.entry import main
from core.errors import ExitCode
from tests.core.commands.conftest import Lines
from tests.core.methods.m3dm.official_files import write_official_files


def test_the_list_tells_the_state_of_every_file(lines: Lines) -> None:
    write_official_files("uff")
    assert main(["checkpoints", "--json"]) == 0
    states = {line["key"]: line["state"] for line in lines("result")}
    assert states["uff"] == "unknown_hash"
    assert states["point_mae"] == "missing"


def test_a_verified_file_tells_its_hash(lines: Lines) -> None:
    write_official_files("uff")
    assert main(["checkpoints", "--verify", "uff", "--json"]) == 0
    (found,) = lines("result")
    assert len(found["sha256"]) == 64
    assert not found["fault"]


def test_a_file_of_another_network_fails_its_check(lines: Lines) -> None:
    weights_folder().mkdir(parents=True)
    torch.save({"xyz_norm.weight": torch.zeros(7)}, weights_folder() / "checkpoint-0.pth")
    assert main(["checkpoints", "--verify", "uff", "--json"]) == ExitCode.WEIGHTS_MISSING
    (found,) = lines("result")
    assert found["state"] == "wrong"
    assert "7 instead of 1152" in found["fault"]


def test_a_file_that_does_not_fit_is_not_taken_in(tmp_path: Path) -> None:
    torch.save({"xyz_norm.weight": torch.zeros(7)}, tmp_path / "mine.pth")
    words = ["checkpoints", "--locate", "uff", str(tmp_path / "mine.pth")]
    assert main(words) == ExitCode.WEIGHTS_MISSING
    assert not weights_folder().exists() or not list(weights_folder().glob("*.pth"))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert main(["checkpoints", "--locate", "uff", str(tmp_path / "no.pth")]) == ExitCode.WEIGHTS_MISSING
    assert main(["checkpoints", "--verify", "uff"]) == ExitCode.WEIGHTS_MISSING
    assert main(["checkpoints", "--verify", "nobody"]) == ExitCode.WRONG_USE


def test_a_download_without_a_server_says_what_to_fetch_where(lines: Lines) -> None:
    words = ["checkpoints", "--download", "point_mae", "--base-address", "http://127.0.0.1:9", "--json"]
    assert main(words) == ExitCode.WEIGHTS_MISSING
    (failure,) = lines("error")
    assert "pointmae_pretrain.pth" in failure["remedy"]


def test_a_file_without_a_public_address_is_not_downloaded() -> None:
    assert main(["checkpoints", "--download", "point_bert"]) == ExitCode.WEIGHTS_MISSING
