"""An evaluation inspects what is missing and gives the figures that the files promise."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.evaluate import evaluate
from core.tasks.inspect_class import inspect_class, unscored
from core.tasks.train_class import train_class
from core.tasks.truth import judged, map_of
from tests.core.tasks.conftest import COMPUTE
from tests.core.tasks.small_data import SIDE, write_data

KEYS = {
    "image_auroc",
    "image_ap",
    "image_f1",
    "pixel_auroc",
    "aupro_30",
    "aupro_10",
    "aupro_05",
    "aupro_01",
}


def test_a_bright_hole_is_found_and_the_figures_say_so(project: Project, model: ModelRecord) -> None:
    found = evaluate(project, ["bagel"], COMPUTE, Monitor()).as_dict()

    assert found["classes"].keys() == {"bagel"}
    assert found["classes"]["bagel"].keys() >= KEYS | {"defects"}
    assert found["mean"].keys() >= KEYS
    assert found["mean"]["image_auroc"] == 1.0
    assert found["mean"]["aupro_30"] == pytest.approx(1.0, abs=0.02)
    assert found["classes"]["bagel"]["defects"]["hole"]["image_auroc"] == 1.0
    assert json.loads(json.dumps(found)) == found


def test_what_was_not_inspected_is_inspected_first(project: Project, model: ModelRecord) -> None:
    assert len(unscored(project, model)) == 7

    evaluate(project, ["bagel"], COMPUTE, Monitor())

    assert unscored(project, model) == []
    assert project.model(model.id).figures["image_auroc"] == 1.0


def test_the_mean_is_over_the_classes(project: Project, model: ModelRecord, tmp_path: Path) -> None:
    from core.datasets.layout import scan

    write_data(tmp_path / "more", "rope")
    project.add_samples(scan(tmp_path / "more"))
    train_class(project, "rope", "plain", None, COMPUTE, Monitor())

    found = evaluate(project, ["bagel", "rope"], COMPUTE, Monitor())

    both = [entry.figures.overall.image_ap for entry in found.classes]
    assert found.mean.image_ap == pytest.approx(sum(value or 0 for value in both) / 2)


def test_an_unreadable_test_part_is_left_out_and_counted(
    project: Project, model: ModelRecord, source: Path
) -> None:
    (source / "bagel" / "test" / "hole" / "rgb" / "001.png").unlink()

    found = evaluate(project, ["bagel"], COMPUTE, Monitor()).classes[0]

    assert (found.figures.bad, found.figures.unscored) == (2, 1)


def test_the_margin_of_padding_counts_neither_as_calm_nor_as_alarm(
    project: Project, model: ModelRecord
) -> None:
    """Padded to 100 x 100, all but a seventeenth of the pixels would be background that nobody ever saw."""
    inspect_class(project, model, project.samples("bagel", "test"), COMPUTE, Monitor())

    for entry in judged(project, model, "test"):
        pixels = map_of(project, entry)
        assert pixels is not None
        assert np.count_nonzero(~np.isnan(pixels)) == SIDE**2
