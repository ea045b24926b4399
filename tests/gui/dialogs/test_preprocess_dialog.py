"""The preparation of a class is seen on real parts before it is used, and can be undone."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from core.preprocess.config import DEFAULTS
from gui.app import Product
from gui.dialogs.preprocess_dialog import PreprocessDialog

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def shown(product: Product, qtbot: QtBot) -> PreprocessDialog:
    product.window.actions_["run.preprocess"].trigger()
    dialog = product.door.open[-1]
    assert isinstance(dialog, PreprocessDialog)
    qtbot.waitUntil(lambda: len(dialog.trials) == 8)
    return dialog


def test_eight_parts_are_seen_before_and_after_with_their_size(inspected: Product, qtbot: QtBot) -> None:
    dialog = shown(inspected, qtbot)
    trial = dialog.trials[0]
    assert trial.kept is not None
    assert 0.05 < trial.kept.mean() < 0.95
    assert "mm" in dialog._summary.text()
    assert "%" in dialog._summary.text()
    picture = dialog.view.grab().toImage()
    left = [picture.pixelColor(20 + x, 60).lightness() for x in range(60)]
    right = [picture.pixelColor(picture.width() - 80 + x, 60).lightness() for x in range(60)]
    assert np.mean(left) > np.mean(right)
    dialog.reject()


def test_the_divide_follows_the_mouse_and_the_arrow_keys(inspected: Product, qtbot: QtBot) -> None:
    dialog = shown(inspected, qtbot)
    qtbot.mouseClick(dialog.view, Qt.MouseButton.LeftButton, pos=QPoint(46, 100))
    assert dialog.view.divide == pytest.approx(0.1)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Right)
    assert dialog.view.divide == pytest.approx(0.15)
    dialog.reject()


def test_another_plane_distance_is_tried_at_once_and_kept_only_when_used(
    inspected: Product, qtbot: QtBot
) -> None:
    work = inspected.workspace
    assert work.project is not None
    dialog = shown(inspected, qtbot)
    before = dialog.trials[0].kept
    assert before is not None
    dialog.background.click()
    qtbot.waitUntil(lambda: dialog.trials[0].kept is not before)
    after = dialog.trials[0].kept
    assert after is not None
    assert after.sum() > before.sum()
    assert work.project.preprocess_config("flange") == DEFAULTS
    dialog.use.click()
    assert not work.project.preprocess_config("flange").remove_background
    assert work.session.model is not None
    assert work.session.model.is_stale
    inspected.window.actions_["edit.undo"].trigger()
    assert work.project.preprocess_config("flange") == DEFAULTS
    assert not work.session.model.is_stale


def test_each_of_the_parts_can_be_looked_at(inspected: Product, qtbot: QtBot) -> None:
    dialog = shown(inspected, qtbot)
    assert not dialog.others.isVisibleTo(dialog)
    dialog.row.buttons[1].click()
    assert dialog.trials[1].record.name in dialog._words.text()
    dialog.reject()


def test_a_crop_is_tried_at_once_and_used(inspected: Product, qtbot: QtBot) -> None:
    work = inspected.workspace
    assert work.project is not None
    dialog = shown(inspected, qtbot)
    before = dialog.trials[0].kept
    dialog.crops["left"].setValue(40)
    assert dialog.crops["right"].maximum() == 50
    qtbot.waitUntil(lambda: dialog.trials[0].kept is not before)
    kept = dialog.trials[0].kept
    assert kept is not None
    assert not kept[:, : round(kept.shape[1] * 0.4)].any()
    assert kept.any()
    dialog.use.click()
    assert work.project.preprocess_config("flange").crop_left == 40
    prepared = work.project.prepared(work.session.class_records[0])
    assert prepared.part is not None
    column = int(np.nonzero(prepared.part)[1].min())
    assert prepared.placing.to_source(0, column)[1] >= 51
