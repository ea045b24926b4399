"""Lines by rule: each preset is that of the metrics, says how it was found, and can be gone back from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox
from pytestqt.qtbot import QtBot

from core.metrics.score_table import Line
from core.metrics.thresholds import ThresholdRule, choose_threshold
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.normal_range import normal_range_of
from core.tasks.set_threshold import ThresholdWish, choose
from gui.app import Product
from tests.gui.tuning.conftest import choose_in, desk_of, holds_everywhere, named, scores_of, type_into

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
PRESETS = ("max_f1", "false_alarms", "recall_100", "equal_error")


@pytest.mark.parametrize("preset", PRESETS)
def test_each_preset_of_the_list_is_that_of_the_metrics(tuned: Product, preset: str) -> None:
    choose_in(tuned, "comboPreset", preset)
    scores, bad, _ = scores_of(tuned)
    wanted = choose_threshold(scores, bad, ThresholdRule(preset))
    assert tuned.workspace.tune.image_line == Line(wanted.value)
    kept = tuned.workspace.tune.kept
    assert kept is not None
    assert (kept.preset, kept.data, kept.is_optimistic) == (wanted.preset, "test", True)
    assert desk_of(tuned).curves.badge.text() == "tuned on reported data"
    holds_everywhere(tuned)


def test_good_parts_only_takes_unseen_good_parts_and_is_not_optimistic(tuned: Product, qtbot: QtBot) -> None:
    work = tuned.workspace
    choose_in(tuned, "comboPreset", "max_f1")
    choose_in(tuned, "comboPreset", "good_only")
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinQuantile"), "80.00")
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinMargin"), "1.50")
    project, model = work.project, work.session.model
    assert project is not None
    assert model is not None
    rule = ThresholdRule("good_only", quantile=0.8, margin=1.5)
    wanted, data = choose(project, model, ThresholdWish("image", rule, "auto"), Monitor())
    assert work.tune.image_line == Line(wanted.value)
    kept = work.tune.kept
    assert kept is not None
    used = normal_range_of(model).source if data == "calibration" else data
    assert (kept.data, kept.is_optimistic) == (used, False)
    assert project.value("tune")["quantile"] == 0.8


@pytest.mark.parametrize(
    ("preset", "words"),
    [("max_f1", []), ("false_alarms", ["Share"]), ("good_only", ["Quantile", "Margin"])],
)
def test_each_figure_of_a_preset_has_a_word_beside_it(tuned: Product, preset: str, words: list[str]) -> None:
    choose_in(tuned, "comboPreset", preset)
    bar = desk_of(tuned).curves.decide.bar
    says = [label for label in bar._says.values() if label.isVisible()]
    assert [label.text() for label in says] == words
    fields = (bar.rate, bar.quantile, bar.margin, bar.least_area, bar.least_depth)
    seen = [field for field in fields if field.isVisible()]
    assert all(field.accessibleName() for field in seen)
    for label, field in zip(says, seen, strict=True):
        assert label.mapTo(bar, label.rect().topRight()).x() < field.mapTo(bar, field.rect().topLeft()).x()


def test_the_share_of_false_alarms_is_a_choice(tuned: Product, qtbot: QtBot) -> None:
    choose_in(tuned, "comboPreset", "false_alarms")
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinRate"), "60.00")
    scores, bad, _ = scores_of(tuned)
    wanted = choose_threshold(scores, bad, ThresholdRule("false_alarms", 0.6))
    assert tuned.workspace.tune.image_line == Line(wanted.value)


def test_an_earlier_version_comes_back_and_can_be_undone(tuned: Product, qtbot: QtBot) -> None:
    work, decisions = tuned.workspace, desk_of(tuned).curves.decide.decisions
    first = work.tune.kept
    assert first is not None
    choose_in(tuned, "comboPreset", "max_f1")
    second = work.tune.image_line
    qtbot.mouseClick(decisions.tabs.segment("history"), Qt.MouseButton.LeftButton)
    assert decisions.versions.rowCount() == 2
    decisions.versions.selectRow(1)
    assert decisions.revert.isEnabled()
    qtbot.mouseClick(decisions.revert, Qt.MouseButton.LeftButton)
    kept = work.tune.kept
    assert kept is not None
    assert (kept.value, kept.preset, kept.data) == (first.value, first.preset, first.data)
    assert work.tune.image_line == Line(first.value, first.lower)
    assert decisions.versions.rowCount() == 3
    work.edits.undo()
    assert work.tune.image_line == second
    work.edits.redo()
    assert work.tune.image_line == Line(first.value, first.lower)


def test_how_a_line_was_chosen_is_told(tuned: Product, qtbot: QtBot) -> None:
    decide = desk_of(tuned).curves.decide
    choose_in(tuned, "comboPreset", "max_f1")
    qtbot.mouseClick(decide.bar.info, Qt.MouseButton.LeftButton)
    assert decide.decisions.tabs.current == "history"
    told = decide.decisions.how.text()
    assert "Greatest F1" in told
    assert "test parts" in told
    assert "optimistic" in told


@pytest.fixture
def good_only(product: Product, qtbot: QtBot, trained_folder: Path, tmp_path: Path) -> Product:
    folder = tmp_path / "Good"
    shutil.copytree(trained_folder, folder)
    project = Project.open(folder)
    bad = [r.id for r in project.samples("flange", "test") if not r.ref.is_good]
    project.trash_samples(bad)
    project.close()
    product.workspace.open_project(folder)
    qtbot.waitUntil(lambda: product.workspace.session.link is not None)
    product.window.actions_["view.workspace_2"].trigger()
    qtbot.waitUntil(lambda: desk_of(product).curves.decide.isVisible())
    qtbot.waitUntil(lambda: product.workspace.jobs.open_count == 0)
    qtbot.wait(400)
    qtbot.waitUntil(lambda: product.workspace.jobs.open_count == 0)
    return product


def test_good_parts_alone_have_one_row_a_sentence_and_a_usable_line(good_only: Product) -> None:
    work, desk = good_only.workspace, desk_of(good_only)
    decisions = desk.curves.decide.decisions
    assert [truth for truth, _ in decisions.grid.rows] == [True]
    assert "cannot be estimated" in decisions.note.text()
    for key in ("roc", "precision", "pro"):
        assert desk.curves.plots.cards[key].note.text() == "Needs defective samples."
    choose_in(good_only, "comboPreset", "max_f1")
    kept = work.tune.kept
    assert kept is not None
    assert kept.preset == "good_only"
    assert work.tune.reason is not None
    assert "no defective parts" in work.tune.reason[1]
