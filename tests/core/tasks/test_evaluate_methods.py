"""Methods against each other, and against what was published."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.errors import WrongUse
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.sample import SampleRef
from core.tasks.evaluate_methods import TableWish, evaluate_methods, limit_key, newest_models, raw_files
from core.tasks.published_figures import known_classes, public_dataset, published_rows
from core.tasks.train_class import train_class
from core.tasks.write_tables import write_tables
from tests.core.tasks.conftest import COMPUTE


def test_every_figure_has_a_row_for_the_method_with_class_and_mean(project, model):
    found, tables = evaluate_methods(project, ["bagel"], TableWish(limits=(0.3, 0.2)), COMPUTE, Monitor())
    assert [table.figure for table in tables] == ["image_auroc", "pixel_auroc", "aupro_30", "aupro_20"]
    row = tables[0].rows[0]
    assert row.values["bagel"] == row.values["mean"] == found.classes[0].figures.overall.image_auroc


def test_a_chosen_limit_is_the_evaluation_s_own_number(project, model):
    found, tables = evaluate_methods(project, ["bagel"], TableWish(limits=(0.05,)), COMPUTE, Monitor())
    assert tables[-1].rows[0].values["bagel"] == found.classes[0].figures.overall.aupro_05


def test_only_the_newest_version_of_a_method_is_compared(project, model):
    newer = train_class(project, "bagel", "plain", None, COMPUTE, Monitor())
    assert [entry.id for entry in newest_models(project, ["bagel"])] == [newer.id]


def test_an_untrained_method_is_refused(project, model):
    with pytest.raises(WrongUse):
        evaluate_methods(project, ["bagel"], TableWish(("btf",)), COMPUTE, Monitor())


def test_raw_scores_are_those_of_the_inspections(project, model):
    evaluate_methods(project, ["bagel"], TableWish(), COMPUTE, Monitor())
    ((name, text),) = raw_files(project, [model])
    assert name == "bagel_plain_raw_results.csv"
    assert len(text.splitlines()) == 8


def test_tables_are_added_to_and_never_overwritten(project, model, tmp_path):
    _, tables = evaluate_methods(project, ["bagel"], TableWish(), COMPUTE, Monitor())
    for minute in (1, 2):
        write_tables(tmp_path, tables, {}, datetime(2026, 1, 1, 8, minute), "night run")
    assert (tmp_path / "results.md").read_text(encoding="utf-8").count("night run") == 2
    assert len(list(tmp_path.glob("results_*.csv"))) == 2


def test_published_figures_are_shown_for_the_public_data_alone(project: Project, model: ModelRecord):
    assert public_dataset(project) == "mvtec_3d"
    row = published_rows(project, "image_auroc", [("m3dm", "DINO")])[0]
    assert row.is_published
    assert row.values["bagel"] == 0.944
    project.add_samples(
        [SampleRef("my_part", "test", "good", "000", project.folder / "0.png", layout="mvtec_3d")]
    )
    assert public_dataset(project) == ""


def test_demo_parts_are_no_public_data(project, model):
    project.set_value("demo", {"size": 24})
    assert published_rows(project, "image_auroc", [("m3dm", "DINO")]) == []


def test_figures_are_known_for_all_ten_public_classes():
    assert len(known_classes("mvtec_3d")) == 10


@pytest.mark.parametrize(("limit", "key"), [(0.3, "aupro_30"), (0.05, "aupro_05"), (0.025, "aupro_2.5")])
def test_a_limit_has_a_key(limit, key):
    assert limit_key(limit) == key


def test_a_limit_beyond_one_is_refused():
    with pytest.raises(WrongUse):
        TableWish(limits=(1.5,))
