"""The gallery's model and panel follow the states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.project.records import SampleRecord
from core.sample import SampleRef
from core.state.gallery_state import GalleryState
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from gui.panels.gallery_model import RECORD, GalleryModel
from gui.panels.gallery_panel import GalleryPanel
from gui.panels.thumbnail_store import ThumbnailStore, Wish, read_picture
from gui.theme import Theme
from tests.core.state.rows import judged, line, model, part
from workers.job_queue import JobQueue


@pytest.fixture
def session() -> SessionState:
    session = SessionState()
    session.project_name = "Line 4"
    session.records = (part(1), part(2, "dent"), part(3, "chip"))
    session.class_name = "cap"
    return session


@pytest.fixture
def results() -> ResultsState:
    results = ResultsState()
    results.take({1: judged(1, 1.0), 2: judged(2, 3.0), 3: judged(3, None, "cut off")}, {}, line(2.0))
    return results


@pytest.fixture
def gallery(session: SessionState, results: ResultsState) -> GalleryState:
    return GalleryState(session, results)


@pytest.fixture
def panel(
    qtbot: QtBot, theme: Theme, session: SessionState, results: ResultsState, gallery: GalleryState
) -> Iterator[GalleryPanel]:
    queue, overlay = JobQueue("decoder"), OverlayState()
    store = ThumbnailStore(queue, overlay)
    panel = GalleryPanel(theme, session, results, gallery, overlay, store)
    qtbot.addWidget(panel)
    yield panel
    store.close()
    assert queue.close()


def test_the_model_keeps_the_rules_of_qt(
    qtmodeltester: ModelTester, gallery: GalleryState, results: ResultsState
) -> None:
    model = GalleryModel(gallery, results)
    qtmodeltester.check(model)
    gallery.text = "dent"
    qtmodeltester.check(model)


def test_rows_stand_in_the_order_of_the_state(gallery: GalleryState, results: ResultsState) -> None:
    model = GalleryModel(gallery, results)
    assert [model.index(row).data(RECORD).id for row in range(model.rowCount())] == [2, 1, 3]
    gallery.sort = "name"
    assert [record.id for record in model.rows] == [1, 2, 3]


def test_a_screen_reader_hears_number_type_verdict_and_score(
    gallery: GalleryState, results: ResultsState
) -> None:
    model = GalleryModel(gallery, results)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "002, dent, NG, 3"


def test_a_failed_part_says_why_in_its_tip(gallery: GalleryState, results: ResultsState) -> None:
    model = GalleryModel(gallery, results)
    assert "cut off" in model.index(2).data(Qt.ItemDataRole.ToolTipRole)


def test_typing_filters_and_the_count_follows(
    qtbot: QtBot, panel: GalleryPanel, gallery: GalleryState
) -> None:
    qtbot.keyClicks(panel.filter, "dent")
    assert gallery.text == "dent"
    assert panel.count.text() == "1 of 3"


def test_when_nothing_matches_the_filters_can_be_cleared(
    qtbot: QtBot, panel: GalleryPanel, gallery: GalleryState
) -> None:
    panel.filter.setText("nothing like it")
    assert panel._stack.currentIndex() == 1
    panel._empty.action.click()
    assert panel._stack.currentIndex() == 0
    assert len(gallery.order) == 3


def test_a_click_asks_for_the_sample(qtbot: QtBot, panel: GalleryPanel) -> None:
    with qtbot.waitSignal(panel.chosen) as told:
        panel.list.clicked.emit(panel.model.index(1))
    assert told.args == [1]


def test_another_sort_changes_the_order(panel: GalleryPanel, gallery: GalleryState) -> None:
    panel.sort.setCurrentIndex(panel.sort.findData("type"))
    assert gallery.sort == "type"
    assert [record.id for record in panel.model.rows] == [3, 2, 1]


def test_a_picture_that_cannot_be_read_gives_its_reason(tmp_path: Path) -> None:
    lost = SampleRef("cap", "test", "good", "001", rgb=tmp_path / "001.png")
    assert "001.png" in read_picture(Wish(SampleRecord(1, lost), None), None).failure


def test_a_part_with_a_mask_alone_gives_its_reason() -> None:
    assert "neither image nor cloud" in read_picture(Wish(part(1), None), None).failure


def test_a_low_panel_shows_lower_pictures_and_whole_captions(panel: GalleryPanel) -> None:
    tiles, high = panel.tiles, panel.tiles.picture_height()
    tiles.room = 110
    assert 40 <= tiles.picture_height() < high
    assert tiles.sizeHint(QStyleOptionViewItem(), QModelIndex()).height() <= 110
    assert tiles.has_name


def test_a_tile_in_a_high_row_ends_below_its_caption(panel: GalleryPanel) -> None:
    panel.tiles.room = 220
    usual = panel.tiles.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
    assert panel.tiles.tile_in(QRect(0, 0, 122, 220)).height() == usual - 2
    assert panel.tiles.tile_in(QRect(0, 0, 122, usual)).height() == usual - 2


def test_the_lowest_panel_keeps_the_scores_and_leaves_the_names_out(panel: GalleryPanel) -> None:
    panel.tiles.room = 44
    assert not panel.tiles.has_name
    assert panel.tiles.sizeHint(QStyleOptionViewItem(), QModelIndex()).height() <= 44


def test_a_long_score_leaves_room_for_the_name_of_the_sensor_alone(
    panel: GalleryPanel, session: SessionState, results: ResultsState
) -> None:
    ref = replace(part(1).ref, rgb=Path("a.png"), cloud=Path("a.tiff"))
    session.records = (replace(part(1), ref=ref), *session.records[1:])
    session.models = (model(),)
    results.take({1: judged(1, 1.0)}, {}, line(2.0))
    letters = QFontMetrics(panel.font())
    assert panel.tiles.sensor_words(part(1), letters, 200) == "RGB only"
    assert panel.tiles.sensor_words(part(1), letters, letters.horizontalAdvance("RGB only") - 1) == "RGB"


@pytest.mark.parametrize("high", [400, 190, 150, 110])
def test_tiles_fit_when_the_bar_takes_more_room_without_a_change_of_the_panel(
    panel: GalleryPanel, qtbot: QtBot, high: int
) -> None:
    panel.resize(700, high)
    panel.show()
    for room in (60, 34):
        panel.bar.setFixedHeight(room)
        qtbot.waitUntil(lambda room=room: panel.bar.height() == room and panel.list.y() + room > 0)
        qtbot.wait(10)
        tile = panel.list.visualRect(panel.model.index(0))
        assert tile.bottom() <= panel.list.viewport().height()
