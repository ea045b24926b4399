"""The cost of a missing sensor as a table in the window."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from core.metrics.summary import Figures
from core.phrase import say
from core.sample import Sensor
from core.tasks.one_sensor import OneSensorCost, OneSensorRow
from gui.dialogs.one_sensor_dialog import OneSensorDialog
from gui.theme import Theme
from tests.core.state.rows import model

BOTH: frozenset[Sensor] = frozenset({"rgb", "xyz"})
XYZ: frozenset[Sensor] = frozenset({"xyz"})
EDGE = 8
RGB: frozenset[Sensor] = frozenset({"rgb"})


def test_each_way_stands_beside_both_sensors_with_what_it_costs(qtbot: QtBot, theme: Theme) -> None:
    both = OneSensorRow(BOTH, frozenset(), model(), Figures(0.9, pixel_auroc=0.8), {}, 1, 2)
    alone = replace(both, sensors=XYZ, imagined=RGB, figures=Figures(0.75, pixel_auroc=0.85), missed=None)
    cost = OneSensorCost("cap", 3, 5, (both, alone), (say("RGB only"),))
    dialog = OneSensorDialog(theme, cost)
    qtbot.addWidget(dialog)
    rows = [[dialog.table.item(at, n).text() for n in range(dialog.table.columnCount())] for at in (0, 1)]
    assert rows[0] == ["RGB + 3D", "Quick look v1", "0.900", "–", "0.800", "–", "–", "–", "1", "2"]
    assert rows[1] == [
        "3D only, RGB imagined", "Quick look v1", "0.750", "+0.150", "0.850", "−0.050", "–", "–", "–", "2",
    ]  # fmt: skip
    assert dialog.left_out.text() == "Not judged: RGB only"
    assert "3 good and 5 defective" in dialog.told.text()


def test_heads_are_whole_and_what_costs_nothing_has_no_sign(qtbot: QtBot, theme: Theme) -> None:
    both = OneSensorRow(BOTH, frozenset(), model(), Figures(0.9), {})
    alone = replace(both, sensors=XYZ, imagined=RGB, figures=Figures(0.90004))
    dialog = OneSensorDialog(theme, OneSensorCost("cap", 3, 5, (both, alone)))
    qtbot.addWidget(dialog)
    dialog.show()
    table, letters = dialog.table, QFontMetrics(theme.font("caption", 500))
    assert table.item(1, 3).text() == "0.000"
    for at in range(table.columnCount()):
        room = table.columnWidth(at) - 2 * EDGE
        assert letters.horizontalAdvance(table.horizontalHeaderItem(at).text()) <= room
    assert table.textElideMode() == Qt.TextElideMode.ElideMiddle
    assert not table.wordWrap()


def test_a_class_that_nobody_could_judge_with_both_shows_no_costs(qtbot: QtBot, theme: Theme) -> None:
    alone = OneSensorRow(XYZ, RGB, model(), Figures(0.75), {})
    dialog = OneSensorDialog(theme, OneSensorCost("cap", 3, 5, (alone,)))
    qtbot.addWidget(dialog)
    assert dialog.table.item(0, 3).text() == "–"
    assert dialog.left_out.isHidden()
