"""A verdict from one sensor says so in the viewer, beside the result and in the gallery."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from core.phrase import Phrase
from core.state.gallery_state import GalleryState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from gui.actions import Actions
from gui.panels.facts import facts_of
from gui.panels.gallery_rows import GalleryRows
from gui.panels.result_badges import one_sensor
from gui.panels.sample_header import SampleHeader
from gui.theme import Theme
from tests.core.state.rows import judged, line, model, part

IMAGINES_COLOUR = {"method_name": "WithHallucination", "main_modality": "xyz", "features": "descriptors"}


@pytest.fixture
def session() -> SessionState:
    session, seen = SessionState(), part(1, "dent")
    session.records = (replace(seen, ref=replace(seen.ref, rgb=Path("1.png"), cloud=Path("1.tiff"))),)
    session.class_name, session.sample_id = "cap", 1
    session.models = (replace(model(), method="mtfi", config=IMAGINES_COLOUR),)
    return session


@pytest.fixture
def results() -> ResultsState:
    results = ResultsState()
    results.take({1: replace(judged(1, 3.0), sensors=frozenset({"xyz"}))}, {}, line(2.0))
    return results


def test_the_facts_name_what_was_seen_and_what_was_imagined(
    session: SessionState, results: ResultsState
) -> None:
    assert ("Judged by", "3D only, RGB imagined") in facts_of(session, results)


def test_the_line_above_the_views_names_it(
    qtbot: QtBot, theme: Theme, session: SessionState, results: ResultsState
) -> None:
    gallery = GalleryState(session, results)
    window = QWidget()
    qtbot.addWidget(window)
    header = SampleHeader(theme, session, results, gallery, Actions(theme, window))
    qtbot.addWidget(header)
    header.resize(400, 40)
    header.show()
    assert header.only.isVisible()
    assert header.only.text() == "3D only, RGB imagined"
    results.take({1: replace(judged(1, 3.0), sensors=frozenset({"rgb", "xyz"}))}, {}, line(2.0))
    assert not header.only.isVisible()


def test_the_gallery_names_it_in_its_list_and_on_its_tiles(
    qtbot: QtBot, theme: Theme, session: SessionState, results: ResultsState
) -> None:
    view = QListView()
    qtbot.addWidget(view)
    rows = GalleryRows(theme, session, results, view)
    assert "3D only, RGB imagined" in rows._texts(session.records[0])
    assert one_sensor(session, results.inspections[1], is_short=True) == Phrase("3D only", {})
