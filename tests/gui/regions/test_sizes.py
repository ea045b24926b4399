"""What is marked and how large it is: the table, its units, its copy, and the order of the gallery."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.commands.entry import main
from core.tasks.measure_parts import WISH, MeasureWish
from gui.app import Product
from gui.desk import Desk
from gui.region_texts import SizeTexts
from tests.gui.regions.conftest import act, cells, settle, sizes

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_the_table_tells_what_inspector_measure_tells(
    inspected: Product, qtbot: QtBot, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    work = inspected.workspace
    assert work.project is not None
    desk.docks.docks["dockRegions"].raise_()
    qtbot.waitUntil(desk.regions.isVisible)
    capsys.readouterr()
    folder = str(work.project.folder)
    assert main(["measure", folder, "--class", "flange", "--json", "--quiet"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [line for line in lines if line.get("kind") in ("raised", "sunk", "colour", "unknown")]
    assert told
    for record in work.gallery.order:
        work.show(record.id)
        settle(inspected, qtbot, record.name)
        wanted = [line for line in told if line["sample"] == record.name]
        found = sizes(inspected)
        assert [(size.area, size.length, size.volume) for size in found] == [
            (line["area"], line["length"], line["volume"]) for line in wanted
        ]
        assert [size.depth.mean if size.depth else None for size in found] == [
            line["depth_mean"] for line in wanted
        ]
        assert cells(desk.regions.table) == [SizeTexts(size, "mm", True).row for size in found]


def test_the_regions_follow_the_pixel_line_and_are_exact_where_it_rests(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    work = inspected.workspace
    line = work.overlay.threshold
    assert line is not None
    before = sizes(inspected)[0].area
    seen: list[bool] = []

    def look() -> None:
        found = work.regions.state.found
        if found is not None:
            seen.append(found.is_exact)

    work.regions.state.changed.connect(look)
    for step in range(1, 6):
        work.lines.drag_pixel(line * (1 - step / 40))
        qtbot.wait(15)
    settle(inspected, qtbot)
    assert seen[0] is False
    assert seen[-1] is True
    after = sizes(inspected)[0].area
    assert before is not None
    assert after is not None
    assert after > before


def test_measuring_otherwise_is_kept_and_can_be_undone(inspected: Product, qtbot: QtBot, desk: Desk) -> None:
    work, panel = inspected.workspace, desk.regions
    desk.docks.docks["dockRegions"].raise_()
    qtbot.waitUntil(panel.isVisible)
    panel.least.setValue(1e5)
    settle(inspected, qtbot)
    assert work.regions.state.wish == MeasureWish(least_mm2=1e5)
    assert sizes(inspected) == ()
    assert panel.empty.isVisible()
    assert panel.empty.action.isVisible()
    act(inspected, "edit.undo")
    settle(inspected, qtbot)
    assert work.regions.state.wish == WISH
    assert sizes(inspected)
    assert panel.least.value() == WISH.least_mm2
    panel.unit.setCurrentIndex(2)
    panel.unit.activated.emit(2)
    settle(inspected, qtbot)
    area = sizes(inspected)[0].area
    assert area is not None
    assert float(cells(panel.table)[0][2]) == pytest.approx(area / 25.4**2, rel=0.2)


def test_the_mean_good_part_is_learnt_once_and_measured_against(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    work = inspected.workspace
    work.edits.measure_as(MeasureWish("mean_part"), "mm")
    qtbot.waitUntil(lambda: any("mean good part" in row.title for row in work.jobs.rows))
    settle(inspected, qtbot)
    qtbot.waitUntil(lambda: any(size.surface == "mean_part" for size in sizes(inspected)))
    jobs = len(work.jobs.rows)
    other = next(record for record in work.gallery.order if record.id != work.session.sample_id)
    work.show(other.id)
    settle(inspected, qtbot, other.name)
    assert len(work.jobs.rows) == jobs


def test_the_measurements_can_be_copied_for_a_spreadsheet(inspected: Product, desk: Desk) -> None:
    act(inspected, "edit.copy_table")
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert rows[0][:3] == ["#", "type", "area mm²"]
    assert len(rows) == 1 + len(sizes(inspected))
    assert rows[1][0] == "1"


def test_a_narrow_panel_shows_area_and_depth_without_scrolling(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    inspected.window.resize(1280, 720)
    desk.docks.docks["dockRegions"].raise_()
    qtbot.waitUntil(desk.regions.isVisible)
    table, depth = desk.regions.table, 5
    assert table.columnViewportPosition(depth) + table.columnWidth(depth) <= table.viewport().width()
    assert table.columnViewportPosition(2) < table.columnViewportPosition(depth)
    head = table.horizontalHeaderItem(depth)
    assert head is not None
    assert head.text() == "depth mm"


def test_a_small_window_scrolls_the_panel_of_regions(inspected: Product, qtbot: QtBot, desk: Desk) -> None:
    inspected.window.resize(1024, 640)
    qtbot.wait(80)
    if desk.drawer.is_used:
        desk.toggle_right()
    desk.regions.grab()
    top = desk.regions.copy.mapTo(desk.regions, QPoint(0, 0))
    assert top.x() >= 0


def test_an_empty_3d_view_says_which_models_can_still_judge_the_part(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    session, work = inspected.workspace.session, inspected.workspace
    number = session.sample_id
    work.show(work.gallery.order[1].id)
    settle(inspected, qtbot, work.gallery.order[1].name)
    session.records = tuple(
        replace(record, ref=replace(record.ref, cloud=None)) if record.id == number else record
        for record in session.records
    )
    work.show(number)
    qtbot.waitUntil(lambda: session.link is not None and session.link.sample.xyz is None)
    desk.viewer.set_layout("4")
    said = "No model of this class can judge it from the colour picture alone"
    assert said in desk.viewer.cloud_view._empty._more.text()
    assert said in desk.viewer.depth_view._empty._more.text()
    settle(inspected, qtbot)
    assert work.regions.state.shown_unit == "px"
    desk.docks.docks["dockRegions"].raise_()
    qtbot.waitUntil(desk.regions.scale.isVisible)
    desk.regions.scale.setValue(0.5)
    settle(inspected, qtbot)
    assert {size.trust for size in sizes(inspected)} == {"image_scale"}
    assert work.regions.state.shown_unit == "mm"
    assert "image scale" in desk.regions._note.text()


def test_the_gallery_can_be_sorted_by_the_largest_region(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    gallery, line = inspected.workspace.gallery, inspected.workspace.overlay.threshold
    project = inspected.workspace.project
    assert project is not None
    assert line is not None
    at = desk.gallery.sort.findData("region")
    desk.gallery.sort.setCurrentIndex(at)
    qtbot.waitUntil(lambda: bool(gallery.largest))
    sizes_of = [gallery.largest[record.id] for record in gallery.order]
    assert sizes_of == sorted(sizes_of, reverse=True)
    assert sizes_of[0] > 0
    inspected.workspace.lines.drag_pixel(line / 2)
    before = gallery.largest
    qtbot.waitUntil(lambda: gallery.largest is not before)
    assert max(gallery.largest.values()) > sizes_of[0]
