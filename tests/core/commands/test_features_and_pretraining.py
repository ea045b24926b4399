"""From parts to a trained fusion block, by commands alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from core.backbones.published import fusion_network_of
from core.backbones.weights import find
from core.commands.entry import main
from core.datasets.demo.plan import DemoPlan
from core.errors import ExitCode
from core.monitor import Monitor
from core.tasks.make_demo import make_demo
from tests.core.commands.conftest import Lines
from tests.core.methods.m3dm.official_files import write_official_files
from tests.core.methods.m3dm.test_pretrain import feature_folder

ROOT = Path(__file__).parents[3]
SMALL = ["--set", "steps=4", "--set", "warmup_steps=1", "--set", "batch_size=2"]


@pytest.fixture
def features(tmp_path: Path) -> Path:
    return feature_folder(tmp_path / "features 特征", 4)


@pytest.mark.slow
def test_saved_features_train_a_fusion_block_that_m3dm_uses(tmp_path: Path, lines: Lines) -> None:
    project = make_demo(tmp_path / "demo", DemoPlan(("flange",), 2, 0, 0, size=300), Monitor())
    write_official_files("vit_base_patch8_224_dino", "point_mae")
    saving = ["features", str(project), "--kind", "uff", "--out", str(tmp_path / "features"), "--json"]
    assert main(saving) == 0
    (saved,) = lines("result")
    assert (saved["written"], saved["kept"]) == (2, 0)
    assert main(saving) == 0
    found = lines()
    assert next(line["message"] for line in found if line["type"] == "notice").startswith("2 parts, 0 MB")
    assert [line["kept"] for line in found if line["type"] == "result"] == [2]
    out = str(tmp_path / "fusion.pth")
    words = ["pretrain", "uff", "--data", str(tmp_path / "features"), "--out", out, "--quiet"]
    assert main([*words, "--set", "steps=1", "--set", "warmup_steps=0", "--set", "batch_size=2"]) == 0
    assert main(["checkpoints", "--locate", "uff", out, "--quiet"]) == 0
    training = ["train", str(project), "--class", "flange", "--method", "m3dm", "--set", "method_name=Fusion"]
    assert main([*training, "--set", "f_coreset=0.01", "--quiet"]) == 0
    assert (
        main(["features", str(project), "--kind", "uff", "--out", str(tmp_path / "features"), "--half"]) == 2
    )


def test_a_changed_scan_takes_the_place_of_its_former_features(tmp_path: Path, lines: Lines) -> None:
    project = make_demo(tmp_path / "demo", DemoPlan(("flange",), 2, 0, 0, size=128), Monitor())
    out = tmp_path / "features"
    saving = ["features", str(project), "--kind", "ftof_hand_made", "--out", str(out), "--json"]
    assert main(saving) == 0
    before = {path.name for path in out.glob("*.pt")}
    picture = next(path for path in sorted((project / "data").rglob("*.png")) if "train" in path.parts)
    Image.fromarray(255 - np.asarray(Image.open(picture))).save(picture)
    assert main(saving) == 0
    assert [(line["written"], line["kept"]) for line in lines("result")] == [(2, 0), (1, 1)]
    after = {path.name for path in out.glob("*.pt")}
    assert len(before) == len(after) == 2
    assert len(before & after) == 1


def test_features_without_weights_are_refused_before_any_part_is_read(folder: Path, tmp_path: Path) -> None:
    words = ["features", str(folder), "--kind", "uff", "--out", str(tmp_path / "out")]
    assert main(words) == ExitCode.WEIGHTS_MISSING
    assert not (tmp_path / "out").exists()


def test_a_pretraining_writes_a_file_that_the_library_takes(
    features: Path, tmp_path: Path, lines: Lines
) -> None:
    out = str(tmp_path / "fusion.pth")
    assert main(["pretrain", "uff", "--data", str(features), "--out", out, *SMALL, "--json"]) == 0
    (done,) = lines("result")
    assert len(done["losses"]) == 2
    assert main(["checkpoints", "--locate", "uff", out, "--json"]) == 0
    (taken,) = lines("result")
    assert taken["state"] == "unknown_hash"
    assert taken["sha256"]
    assert fusion_network_of(find("uff")).training
    assert main(["checkpoints", "--locate", "uff", out]) == ExitCode.OTHER


def test_a_pretraining_never_writes_over_another(features: Path, tmp_path: Path, lines: Lines) -> None:
    out = tmp_path / "fusion.pth"
    out.write_bytes(b"mine")
    words = ["pretrain", "uff", "--data", str(features), "--out", str(out), *SMALL, "--json"]
    assert main(words) == ExitCode.WRONG_USE
    assert main([*words, "--resume"]) == ExitCode.DATA
    assert out.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("words", "epochs"), [(["--preset", "rerun"], 5), (["--set", "preset=published"], 3)]
)
def test_a_preset_sets_the_number_of_epochs(
    features: Path, tmp_path: Path, lines: Lines, words: list[str], epochs: int
) -> None:
    small = ["--set", "batch_size=2", "--set", "accum_iter=1"]
    out = str(tmp_path / "fusion.pth")
    assert main(["pretrain", "uff", "--data", str(features), "--out", out, *words, *small, "--json"]) == 0
    (done,) = lines("result")
    assert len(done["losses"]) == epochs


def test_an_unknown_network_or_preset_is_refused(features: Path, tmp_path: Path) -> None:
    words = ["--data", str(features), "--out", str(tmp_path / "x.pth")]
    assert main(["pretrain", "gan", *words]) == ExitCode.WRONG_USE
    assert main(["pretrain", "uff", *words, "--preset", "best"]) == ExitCode.WRONG_USE


@pytest.mark.slow
def test_two_processes_train_one_file_under_torchrun(features: Path, tmp_path: Path) -> None:
    out = tmp_path / "fusion.pth"
    launch = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--nproc-per-node",
        "2",
        "--master-port",
        "29613",
    ]
    words = ["main_app.py", "pretrain", "uff", "--data", str(features), "--out", str(out), *SMALL, "--json"]
    done = subprocess.run(
        [*launch, *words],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        check=True,
        timeout=180,
    )
    (result,) = [line for line in map(json.loads, done.stdout.splitlines()) if line["type"] == "result"]
    assert len(result["losses"]) == 2
    state = torch.load(out, weights_only=True)
    assert state["epoch"] == 1
    fusion_network_of(out)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["ftof", "ftof_hand_made"])
def test_two_processes_tell_the_losses_of_one(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "examples"
    folder.mkdir()
    widths = (33, 36) if key == "ftof_hand_made" else (24, 40)
    for number in range(4):
        chance = torch.Generator().manual_seed(number)
        items = {
            "xyz": torch.randn(64, widths[0], generator=chance),
            "rgb": torch.randn(64, widths[1], generator=chance),
        }
        torch.save(items, folder / f"{number}.pt")
    settings = [f"--set={value}" for value in ("batch_size=4", "epochs=3", "warmup_epochs=1", "lr=0.01")]
    words = ["pretrain", key, "--data", str(folder), *settings, "--json"]
    several = ["-m", "torch.distributed.run", "--nproc-per-node", "2", "--master-port", "29613"]
    alone = told_losses([sys.executable, "main_app.py", *words, "--out", str(tmp_path / "one.pth")])
    shared = told_losses(
        [sys.executable, *several, "main_app.py", *words, "--out", str(tmp_path / "two.pth")]
    )
    assert shared[0] == pytest.approx(alone[0], rel=1e-6)
    assert shared == pytest.approx(alone, rel=1e-4)
    assert alone[2] < alone[0]


def told_losses(words: list[str]) -> list[float]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    said = subprocess.run(
        words, check=True, capture_output=True, text=True, timeout=240, cwd=ROOT, env=environment
    ).stdout
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    (losses,) = [line["losses"] for line in lines if line["type"] == "result"]
    return [float(loss) for loss in losses]
