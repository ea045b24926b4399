"""The loss of a training beside the curves of the scores."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.state.losses_state import LossesState
from gui.panels.loss_panel import LossPanel
from gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def losses() -> LossesState:
    return LossesState()


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, losses: LossesState) -> LossPanel:
    made = LossPanel(theme, QLabel("scores"), losses)
    qtbot.addWidget(made)
    made.show()
    return made


def test_without_a_training_the_scores_stand_alone(panel: LossPanel) -> None:
    assert panel.pages.currentIndex() == 0
    assert not panel.choice.isVisible()


def test_the_loss_of_a_training_can_be_looked_at(panel: LossPanel, losses: LossesState) -> None:
    losses.begin("Train the fusion layer")
    for step, loss in ((1, 4.0), (2, 2.0)):
        losses.add(step, loss)
    assert panel.choice.isVisible()
    panel.choice.segment("loss").click()
    assert panel.pages.currentIndex() == 1
    xs, ys = panel.view.curve.getData()
    assert (list(xs), list(ys)) == ([1, 2], [4.0, 2.0])
    assert panel._last.text() == "loss 2 after 2 steps"
    losses.add(3, 12_579.6)
    assert panel._last.text() == "loss 12,580 after 3 steps"
    losses.clear()
    assert panel.pages.currentIndex() == 0
