"""What the published programs' own result files look like when we write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from core.backbones.stand_in import write_stand_in
from core.commands.entry import main
from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.errors import ExitCode
from core.methods.mtfi.config import MtfiConfig
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.evaluate import evaluate_models
from core.tasks.make_demo import make_demo
from core.tasks.mtfi_files import write_mtfi_files
from core.tasks.shape_guided_files import best_line, write_shape_guided_files
from core.tasks.train_class import train_class

ONE = Compute("cpu", 1)
SMALL = MtfiConfig("Point_MAE", features="descriptors", own_epochs=1, f_coreset=0.01)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    make_demo(tmp_path / "demo", DemoPlan(("cap",), 2, 0, 4, size=96), Monitor())
    opened = Project.open(tmp_path / "demo")
    yield opened
    opened.close()


def picture(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as opened:
        return np.asarray(opened)


def test_mtfi_leaves_three_tables_raw_scores_maps_and_heat_maps(project: Project, tmp_path: Path) -> None:
    imagining = replace(SMALL, method_name="WithHallucination", main_modality="rgb")
    models = [train_class(project, "cap", "mtfi", config, ONE, Monitor()) for config in (SMALL, imagining)]
    figures = evaluate_models(project, models, ONE, Monitor()).classes
    out = tmp_path / "out"
    for _ in range(2):
        write_mtfi_files(project, ["cap"], out, "first run", ONE, Monitor())

    table = (out / "results" / "image_rocauc_results.md").read_text(encoding="utf-8")
    assert table.count("first run") == 2
    assert "| Method | Cap | Mean |" in table
    for name, entry in zip(("Point_MAE", "WithHallucination use_hn main_modality rgb"), figures, strict=True):
        value = f"{entry.figures.overall.image_auroc:.3f}"
        assert f"| {name} | {value} | {value} |" in table
    assert {path.name for path in (out / "results").iterdir()} == {
        "image_rocauc_results.md",
        "pixel_rocauc_results.md",
        "aupro_results.md",
    }
    run = "WithHallucination_use_hn_main_modality_rgb"
    raw = out / "visualization" / "first run" / run / "cap_raw_results.csv"
    rows = raw.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "score,label,path"
    known = project.inspections(models[1].id)
    for row, record in zip(rows[1:], project.samples("cap", "test"), strict=True):
        score, label, path = row.split(",")
        assert float(score) == known[record.id].score
        assert (label, path) == ("0" if record.ref.is_good else "1", record.name)
        place = out / "segmentation" / "first run" / run / "cap" / "test" / record.ref.label / "rgb"
        kept = torch.load(place / f"{record.ref.id}.pt", weights_only=True)
        np.testing.assert_array_equal(kept[0].numpy(), project.score_map(known[record.id]).pixels)
        panel = picture(out / "heatmaps" / "cap" / f"{record.ref.label}_{record.ref.id}.png")
        assert panel.shape[1] > 2 * 224


@pytest.mark.slow
def test_shape_guided_leaves_results_alignment_thresholds_and_pictures(
    project: Project, tmp_path: Path
) -> None:
    write_stand_in("sdf_expert")
    config = ShapeGuidedConfig(colour="hand_made", group_mul=1, align_images=2)
    model = train_class(project, "cap", "shape_guided", config, ONE, Monitor())
    (found,) = evaluate_models(project, [model], ONE, Monitor()).classes
    out = tmp_path / "out"
    write_shape_guided_files(project, ["cap"], out, ONE, Monitor())

    text = (out / "results.txt").read_text(encoding="utf-8")
    heads = ["Image ROCAUC Results", "Pixel ROCAUC Results", "AU PRO Results"]
    assert [line for line in text.splitlines() if "Results" in line] == heads
    value = f"{found.figures.overall.image_auroc:.3f}"
    assert f"| RGB_SDF | {value} | {value} |" in text
    assert len(re.findall(r"^\| (?:RGB|SDF|RGB_SDF)_[0-9.]+ ", text, re.MULTILINE)) == 21
    aligned = (out / "alignment.txt").read_text(encoding="utf-8")
    assert re.fullmatch(r"'cap'\t:\[-?\d+\.\d{16}, -?\d+\.\d{16}\],\n", aligned)
    state = (out / "cap" / "testing_state.txt").read_text(encoding="utf-8")
    assert re.search(r"Optimal DET Threshold: \d+\.\d\d\nOptimal SEG Threshold: \d+\.\d\d\n", state)
    for record in project.samples("cap", "test"):
        column = picture(out / "cap" / record.ref.label / f"{record.ref.id}.png")
        assert column.shape == (3 * 224, 224, 3)
    bad = next(record for record in project.samples("cap", "test") if not record.ref.is_good)
    column = picture(out / "cap" / bad.ref.label / f"{bad.ref.id}.png")
    assert (column[:224] == (255, 0, 0)).all(axis=-1).any()


def test_the_best_line_is_that_of_the_greatest_f1() -> None:
    scores, bad = np.array([1.0, 2.0, 3.0, 3.0, 4.0]), np.array([False, False, True, False, True])
    assert best_line(scores, bad) == 3.0
    assert np.isnan(best_line(scores, np.zeros(5, bool)))


def test_the_command_writes_them_on_request_and_says_where_there_is_no_model(
    project: Project, tmp_path: Path
) -> None:
    words = ["evaluate", str(project.folder), "--as-published", str(tmp_path / "out"), "--quiet"]
    folder = project.folder
    project.close()
    assert main(words) == ExitCode.WRONG_USE
    again = Project.open(folder)
    train_class(again, "cap", "mtfi", SMALL, ONE, Monitor())
    again.close()
    assert main(words) == 0
    assert (tmp_path / "out" / "mtfi" / "results" / "aupro_results.md").is_file()
