"""A defective part on the screen with its regions measured, and what a user does to them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from core.measurement import RegionSize
from gui.app import Product
from gui.desk import Desk
from gui.views.plane_view import PlaneView


@pytest.fixture
def desk(inspected: Product, qtbot: QtBot) -> Desk:
    """A defective part is shown, and its regions are measured."""
    desk, work = inspected.window.desk, inspected.workspace
    assert desk is not None
    inspected.window.activateWindow()
    bad = work.gallery.order[0]
    work.show(bad.id)
    settle(inspected, qtbot, bad.name)
    assert sizes(inspected), "the worst part has a region"
    return desk


def settle(product: Product, qtbot: QtBot, name: str = "") -> None:
    work = product.workspace

    def is_settled() -> bool:
        link = work.session.link
        return link is not None and (not name or link.sample.name == name) and work.regions.is_settled

    qtbot.waitUntil(is_settled)
    qtbot.wait(20)
    qtbot.waitUntil(is_settled)


def cells(table: QTableWidget) -> list[tuple[str, ...]]:
    rows = []
    for row in range(table.rowCount()):
        items = (table.item(row, column) for column in range(table.columnCount()))
        rows.append(tuple(item.text() for item in items if item is not None))
    return rows


def sizes(product: Product) -> tuple[RegionSize, ...]:
    return product.workspace.regions.state.sizes


def act(product: Product, action_id: str) -> None:
    assert product.window.actions_[action_id].isEnabled(), action_id
    product.window.actions_[action_id].trigger()


def click_pixel(qtbot: QtBot, view: PlaneView, row: int, column: int) -> None:
    place = view.place_of(row, column).toPoint()
    assert view.viewport().rect().contains(place)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def spots(product: Product) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two pixels of the shown part that have points."""
    link = product.workspace.session.link
    assert link is not None
    assert link.sample.part is not None
    rows, columns = np.nonzero(link.sample.part & link.sample.seen)
    middle = int(np.median(rows))
    across = columns[rows == middle]
    return (middle, int(across[len(across) // 8])), (middle, int(across[-len(across) // 8]))
