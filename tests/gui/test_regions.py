"""Regions and measuring tools in the window: what is marked, how large it is, how far apart things are."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from core.commands.entry import main
from core.measure.tools import distance
from core.measurement import RegionSize
from core.tasks.measure_parts import WISH, MeasureWish
from gui.app import Product
from gui.desk import Desk
from gui.region_texts import SizeTexts
from gui.views.plane_view import PlaneView
from tests.gui.conftest import LONG

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


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

    qtbot.waitUntil(is_settled, timeout=LONG)
    qtbot.wait(20)
    qtbot.waitUntil(is_settled, timeout=LONG)


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


def test_the_walk_selects_a_region_and_brings_it_to_the_middle_of_all_views(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    desk.viewer.set_layout("4")
    qtbot.wait(30)
    desk.viewer.setFocus()
    qtbot.keyClick(desk.viewer, Qt.Key.Key_PageDown)
    state, link = inspected.workspace.regions.state, desk.viewer.link
    assert state.selected == 1
    assert link is not None
    mark = next(mark for mark in desk.viewer._regions if mark.number == 1)
    assert mark.is_chosen
    for plane in desk.viewer.planes:
        centre = plane.box.viewRect().center()
        assert (centre.y(), centre.x()) == pytest.approx((mark.row + 0.5, mark.column + 0.5), abs=2)
    scene = desk.viewer.cloud_view.scene_view
    assert scene is not None
    assert mark.at_3d is not None
    place = scene.place_of(mark.at_3d)
    assert place is not None
    assert abs(place.x() - scene.width() / 2) < 4
    assert f"region {mark.number}" in desk.viewer.readout.plain()


def test_a_click_on_a_row_of_the_result_or_of_the_table_goes_to_the_region(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    state = inspected.workspace.regions.state
    qtbot.mouseClick(desk.result.regions.rows[0], Qt.MouseButton.LeftButton)
    assert state.selected == 1
    assert desk.viewer.rgb_view.zoom is not None
    desk.viewer.fit()
    state.selected = None
    desk.docks.docks["dockRegions"].raise_()
    qtbot.waitUntil(desk.regions.isVisible)
    table = desk.regions.table
    item = table.item(0, 1)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(item).center())
    assert state.selected == 1
    assert desk.viewer.rgb_view.zoom is not None


def test_shift_f_fits_the_region_or_without_one_the_hottest_spot(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    act(inspected, "view.fit_region")
    assert inspected.workspace.regions.state.selected == 1
    inspected.workspace.lines.drag_pixel(1e9)
    settle(inspected, qtbot)
    assert sizes(inspected) == ()
    act(inspected, "view.fit_region")
    spot = desk.viewer.link.hottest() if desk.viewer.link is not None else None
    assert spot is not None
    centre = desk.viewer.rgb_view.box.viewRect().center()
    assert (centre.y(), centre.x()) == pytest.approx(spot, abs=1.5)


def test_a_click_on_a_region_in_a_view_chooses_it(inspected: Product, qtbot: QtBot, desk: Desk) -> None:
    region = inspected.workspace.regions.state.found
    assert region is not None
    click_pixel(qtbot, desk.viewer.rgb_view, *region.regions[0].peak_at)
    assert inspected.workspace.regions.state.selected == 1


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
    qtbot.waitUntil(lambda: any("mean good part" in row.title for row in work.jobs.rows), timeout=LONG)
    settle(inspected, qtbot)
    qtbot.waitUntil(lambda: any(size.surface == "mean_part" for size in sizes(inspected)), timeout=LONG)
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


def spots(product: Product) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two pixels of the shown part that have points."""
    link = product.workspace.session.link
    assert link is not None
    assert link.sample.part is not None
    rows, columns = np.nonzero(link.sample.part & link.sample.seen)
    middle = int(np.median(rows))
    across = columns[rows == middle]
    return (middle, int(across[len(across) // 8])), (middle, int(across[-len(across) // 8]))


def test_d_and_two_clicks_measure_a_distance_in_a_flat_view(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    tool = inspected.workspace.regions.tool
    first, second = spots(inspected)
    desk.viewer.setFocus()
    qtbot.keyClick(desk.viewer, Qt.Key.Key_D)
    assert tool.kind == "distance"
    assert desk.strip.isVisible()
    before = desk.viewer.rgb_view.grab().toImage()
    click_pixel(qtbot, desk.viewer.rgb_view, *first)
    click_pixel(qtbot, desk.viewer.rgb_view, *second)
    wanted = distance(first, second, tool.cloud)
    assert tool.cloud is not None
    assert wanted is not None
    assert tool.measurement == wanted
    assert "mm straight · X" in desk.strip.text.text()
    assert desk.viewer.rgb_view.grab().toImage() != before


def test_two_clicks_in_3d_measure_between_the_points_that_were_clicked(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    tool, scene = inspected.workspace.regions.tool, desk.viewer.cloud_view.scene_view
    assert scene is not None
    act(inspected, "tool.distance")
    for spot in spots(inspected):
        place = scene.place_of(spot)
        assert place is not None
        qtbot.mouseClick(scene, Qt.MouseButton.LeftButton, pos=place.toPoint())
    wanted = distance(*spots(inspected), tool.cloud)
    assert tool.measurement is not None
    assert wanted is not None
    assert tool.measurement.value == pytest.approx(wanted.value, abs=3.0)


def test_the_keyboard_alone_measures_and_the_arrows_do_not_leave_the_part(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    work, tool = inspected.workspace, inspected.workspace.regions.tool
    shown = work.session.sample_id
    desk.viewer.setFocus()
    desk.spot.jump(spots(inspected)[0])
    act(inspected, "tool.distance")
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Return)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Right)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Down)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Return)
    first = spots(inspected)[0]
    assert tool.spots == (first, (first[0] + 1, first[1] + 11))
    assert work.session.sample_id == shown
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Right)
    assert work.session.sample_id != shown


def test_esc_leaves_the_tool_then_frees_the_pin_then_closes_what_popped_up(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    tool = inspected.workspace.regions.tool
    desk.viewer.setFocus()
    act(inspected, "tool.profile")
    for spot in spots(inspected):
        desk.viewer.picked.emit(spot)
    desk.spot.jump(spots(inspected)[0])
    inspected.window.actions_["view.pin"].setChecked(True)
    assert desk.strip.plot.isVisible()
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    assert tool.kind is None
    assert desk.spot.is_pinned
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    assert not desk.spot.is_pinned
    assert desk.strip.isVisible()
    qtbot.keyClick(desk.viewer, Qt.Key.Key_Escape)
    assert not desk.strip.isVisible()
    assert tool.spots == ()


def test_a_profile_is_drawn_in_mm_and_its_plot_points_back_at_the_part(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    tool = inspected.workspace.regions.tool
    act(inspected, "tool.profile")
    for spot in spots(inspected):
        desk.viewer.picked.emit(spot)
    profile = tool.profile
    assert profile is not None
    way, heights = desk.strip.plot.curve.getData()
    np.testing.assert_array_equal(heights, profile.heights)
    assert way[-1] == pytest.approx(distance(*spots(inspected), tool.cloud).value)  # type: ignore[union-attr]
    desk.strip.plot.setFocus()
    for _ in range(3):
        qtbot.keyClick(desk.strip.plot, Qt.Key.Key_Right)
    assert desk.spot.spot == tool.line[2]
    desk.viewer.cloud_view.grab()
    desk.spot.jump(tool.line[5])
    assert desk.strip.plot.at == 5


def test_three_points_give_an_angle(inspected: Product, desk: Desk) -> None:
    act(inspected, "tool.angle")
    first, second = spots(inspected)
    for spot in (first, second, ((first[0] + 8), first[1])):
        desk.viewer.picked.emit(spot)
    assert desk.strip.text.text().endswith("°")
    act(inspected, "tool.angle")
    assert inspected.workspace.regions.tool.kind is None


def test_another_part_takes_the_measurement_away(inspected: Product, qtbot: QtBot, desk: Desk) -> None:
    act(inspected, "tool.distance")
    desk.viewer.picked.emit(spots(inspected)[0])
    act(inspected, "nav.next")
    settle(inspected, qtbot, inspected.workspace.gallery.order[1].name)
    assert not inspected.workspace.regions.tool.is_shown
    assert not desk.strip.isVisible()


@pytest.mark.parametrize("switch", ["model_mask_on", "my_mask_on", "truth_on"])
def test_each_mask_is_seen_in_every_view(inspected: Product, qtbot: QtBot, desk: Desk, switch: str) -> None:
    overlay, viewer = inspected.workspace.overlay, desk.viewer
    viewer.set_layout("4")
    overlay.change(model_mask_on=False, my_mask_on=False, truth_on=False)
    link = viewer.link
    assert link is not None
    assert link.sample.mask is not None
    overlay.my_mask = np.roll(link.sample.mask, 6, axis=1)
    qtbot.wait(400)
    views = (*viewer.planes, viewer.cloud_view)
    before = [view.grab().toImage() for view in views]
    setattr(overlay, switch, True)
    qtbot.wait(400)
    after = [view.grab().toImage() for view in views]
    assert [one != other for one, other in zip(before, after, strict=True)] == [True] * 4


def test_the_contour_can_run_at_a_typed_value_and_that_is_one_step(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    overlay, view = inspected.workspace.overlay, desk.viewer.rgb_view
    line = overlay.threshold
    assert line is not None
    desk.display.contour_at.activated.emit(1)
    for share in (1.2, 1.4, 1.6):
        desk.display.level.setValue(line * share)
    assert overlay.contour_value == pytest.approx(line * 1.6, abs=1e-3)
    at_value = view.contour.boundingRect()
    qtbot.waitUntil(lambda: inspected.workspace.edits.history.undo_name == "Contour")
    act(inspected, "edit.undo")
    assert overlay.contour_value is None
    assert view.contour.boundingRect().width() > at_value.width()


def test_the_ground_of_the_3d_view_can_be_chosen(inspected: Product, desk: Desk) -> None:
    cloud = desk.viewer.cloud_view
    before = cloud.grab().toImage().pixelColor(40, 120)
    inspected.workspace.overlay.background_3d = "light"
    after = cloud.grab().toImage().pixelColor(40, 120)
    assert after.lightness() > before.lightness() + 80


def test_a_mark_over_the_contour_stands_on_the_border_of_the_region_in_3d(
    inspected: Product, desk: Desk
) -> None:
    scene = desk.viewer.cloud_view.scene
    assert scene is not None
    overlay = inspected.workspace.overlay
    border = scene.border(overlay)
    assert len(border)
    link = scene.link
    rows = [int(np.flatnonzero((scene.points == point).all(axis=1))[0]) for point in border[:20]]
    scores = link.scores_of(scene.kept[rows])
    assert overlay.threshold is not None
    assert (scores > overlay.threshold).all()
    overlay.contour = False
    assert not len(scene.border(overlay))


def test_hovering_names_the_region_under_the_mouse_and_none_beside_it(
    inspected: Product, qtbot: QtBot, desk: Desk
) -> None:
    found = inspected.workspace.regions.state.found
    assert found is not None
    desk.viewer.rgb_view.pointed.emit(found.regions[0].peak_at)
    assert "region 1" in desk.viewer.readout.plain()
    desk.viewer.rgb_view.pointed.emit((0, 0))
    assert "region" not in desk.viewer.readout.plain()


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
    qtbot.waitUntil(lambda: session.link is not None and session.link.sample.xyz is None, timeout=LONG)
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
    qtbot.waitUntil(lambda: bool(gallery.largest), timeout=LONG)
    sizes_of = [gallery.largest[record.id] for record in gallery.order]
    assert sizes_of == sorted(sizes_of, reverse=True)
    assert sizes_of[0] > 0
    inspected.workspace.lines.drag_pixel(line / 2)
    before = gallery.largest
    qtbot.waitUntil(lambda: gallery.largest is not before, timeout=LONG)
    assert max(gallery.largest.values()) > sizes_of[0]
