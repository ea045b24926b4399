"""What a training will take is told before it starts, and what will not fit is refused with a way out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import OutOfMemory
from core.methods import registry
from core.methods.btf.config import BtfConfig
from core.methods.m3dm.config import M3dmConfig
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.preflight import preflight, refuse_what_will_not_fit

GB = 10**9
ROOT = Path(__file__).parents[3]


def test_the_sizes_of_all_memories_are_told_before_and_after(project: Project) -> None:
    cost = registry.cost("m3dm", M3dmConfig(), 244)
    assert cost is not None
    sizes = {memory.name: (memory.rows, memory.kept) for memory in cost.memories}
    assert sizes == {"xyz": (765184, 76518), "rgb": (191296, 7651), "fused": (765184, 7651)}
    found = preflight(project, "bagel", "m3dm", M3dmConfig())
    assert found.parts == 6
    assert found.seconds is not None
    assert not found.lacks_memory


@pytest.mark.parametrize("share", [0.01, 0.1])
def test_a_class_of_400_parts_fits_into_6_gb(share: float) -> None:
    cost = registry.cost("m3dm", M3dmConfig(f_coreset=share), 400)
    assert cost is not None
    assert cost.peak_bytes < 6 * GB


def test_too_little_memory_is_refused_with_a_setting_that_fits(project: Project) -> None:
    config = BtfConfig(variant="hog", keep_fraction=1.0)
    full = registry.cost("btf", config, 6)
    assert full is not None
    found = preflight(project, "bagel", "btf", config, memory_free=full.peak_bytes - 1)
    with pytest.raises(OutOfMemory, match=r"Set keep_fraction=0\.05"):
        refuse_what_will_not_fit(found)
    refuse_what_will_not_fit(preflight(project, "bagel", "btf", config, memory_free=full.peak_bytes))


def test_a_teacher_whose_maps_do_not_fit_is_asked_at_every_step(project: Project) -> None:
    config = ReverseDistillationConfig(teacher="resnet18", epochs=1)
    full = registry.cost("reverse_distillation", config, 6)
    assert full is not None
    found = preflight(project, "bagel", "reverse_distillation", config, memory_free=full.peak_bytes - 1)
    assert found.remedies[0] == "Set teacher_maps=each_step."


def test_where_no_setting_fits_the_general_ways_out_are_told(project: Project) -> None:
    found = preflight(project, "bagel", "m3dm", M3dmConfig(), memory_free=GB // 10)
    assert found.remedies == (
        "Close other programs, use fewer or smaller samples, or choose a lighter method.",
    )


def test_a_method_that_cannot_tell_is_not_refused(project: Project) -> None:
    found = preflight(project, "bagel", "plain", None, memory_free=1)
    assert found.cost is None
    refuse_what_will_not_fit(found)


def test_the_time_follows_the_last_training(project: Project, model: ModelRecord) -> None:
    found = preflight(project, "bagel", "plain", None)
    assert found.seconds == pytest.approx(model.seconds / model.trained_on * 6)


MEASURE = """
import json, sys
from pathlib import Path
import numpy as np, torch
import sklearn.linear_model, sklearn.random_projection
from core.methods.m3dm.config import M3dmConfig
from core.methods.m3dm.detector import M3DM
from core.memory.kept_features import Source
from core.methods.m3dm.patches import StreamPatches
from core.monitor import Monitor
from core.patches import PatchFeatures
from core.sample import Sample
parts, share = int(sys.argv[1]), float(sys.argv[2])
def peak():  # of this program alone; getrusage counts in the one that started it
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024
def features(side, width):
    space = torch.randn(24, width, generator=torch.Generator().manual_seed(9))
    def of(sample):
        drawn = torch.Generator().manual_seed(int(sample.name))
        return PatchFeatures(torch.randn(side * side, 24, generator=drawn) @ space, (side, side))
    return of
sources = {"xyz": Source(features(56, 1152), "x"), "rgb": Source(features(28, 768), "r")}
config = M3dmConfig(method_name="DINO+Point_MAE", f_coreset=share)
normal = [Sample(str(n), np.full((4, 4, 3), n % 251, np.uint8)) for n in range(parts)]
before = peak()
M3DM(config, StreamPatches(("xyz", "rgb"), sources)).fit(normal, Monitor())
print(json.dumps({"before": before, "after": peak()}))
"""


@pytest.mark.slow
def test_the_estimated_memory_holds_what_a_smaller_run_takes() -> None:
    parts, share = 12, 0.05
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(parts), str(share)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=400,
    )
    measured = json.loads(done.stdout)
    cost = registry.cost("m3dm", M3dmConfig(method_name="DINO+Point_MAE", f_coreset=share), parts)
    assert cost is not None
    taken = measured["after"] - measured["before"]
    without_networks = max(stage.memory_bytes for stage in cost.stages[1:]) - 440_000_000
    assert taken < without_networks < 3 * taken
    assert measured["after"] < cost.peak_bytes
