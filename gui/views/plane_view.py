"""What the flat views share: zoom, pan, the link to pixels, outlines and everything painted over."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget

from core.pixel_link import Pixel, PixelLink
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.tokens import Tokens, tokens
from gui.translator import word
from gui.views.cloud_masks import own_mask
from gui.views.hud import (
    EDGE,
    ColourBar,
    HudLook,
    hatch,
    label_width,
    paint_colour_bar,
    paint_cross,
    paint_label,
    paint_pill,
    paint_rounded,
    paint_scale_bar,
)
from gui.views.label_places import place_labels
from gui.views.mask_item import MaskItem
from gui.views.outline_item import OutlineItem
from gui.views.pixel_pitch import pitch_mm
from gui.views.region_mark import RegionMark
from gui.views.tool_mark import ToolMark, paint_tool
from gui.widgets.empty_state import EmptyState

_NOWHERE = (0.0, 0.0, 1.0, 1.0)
CRISP_FROM = 6.0
"""Screen pixels per picture pixel from which single pixels are shown as squares."""


class PlaneView(pg.GraphicsView):  # type: ignore[misc]
    """Base of the picture, depth and heat views; pixels are those of the sample's raster."""

    picked = Signal(object)
    pointed = Signal(object)
    centred = Signal(object)
    over_photo = False

    def __init__(self, overlay: OverlayState, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.tokens.canvas)
        self.setObjectName(name)
        self.setMinimumSize(80, 80)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # the hatch moves with the picture
        self.overlay = overlay
        self.theme = theme
        self.link: PixelLink | None = None
        self.box = pg.ViewBox(lockAspect=True, invertY=True, enableMenu=False, border=None)
        self.box.setDefaultPadding(0)
        self.setCentralItem(self.box)
        self.contour, self.truth = OutlineItem(), OutlineItem(is_dashed=True)
        self.my_outline = OutlineItem(ink="cursor")
        self.model_mask, self.my_mask = MaskItem("contour", is_striped=True), MaskItem("cursor", False)
        self._cursor: Pixel | None = None
        self._is_pinned = False
        self._regions: Sequence[RegionMark] = ()
        self._tool = ToolMark()
        self._pitch_mm: float | None = None
        self._is_fitted = True
        self._pressed_at: QPointF | None = None
        self._surface = self._more = ""
        self._empty = EmptyState(theme, "image", parent=self)
        self._empty.hide()
        self.box.sigRangeChangedManually.connect(self._on_hand_moved)
        self.box.sigRangeChanged.connect(self._on_range)
        overlay.changed.connect(self._on_overlay)
        overlay.mask_changed.connect(self._on_mask)
        theme.changed.connect(self.retheme)
        self._take_look(theme.tokens)

    def show_link(self, link: PixelLink) -> None:
        """Show a sample; zoom and pan stay if it has the raster of the one before."""
        had = self.link
        self.link = link
        self._pitch_mm = pitch_mm(link.sample)
        self._empty.say(self.missing(), self._more if self.missing() else "")
        self._empty.setVisible(bool(self.missing()))
        self.update_layers()
        if had is None or had.sample.shape != link.sample.shape:
            self.fit()
        self.viewport().update()

    def say_more(self, text: str) -> None:
        """What an empty view of the next sample says besides why it is empty."""
        self._more = text

    def clear(self) -> None:
        """Show nothing."""
        self.link = None
        self.update_layers()
        self.viewport().update()

    def missing(self) -> str:
        """Why there is nothing to show, in words; empty if there is."""
        raise NotImplementedError

    def title(self) -> str:
        """The words of the title pill."""
        raise NotImplementedError

    def colour_bar(self) -> ColourBar | None:
        """The bar that explains the colours, if there is one."""
        return None

    def update_layers(self) -> None:
        """Bring pictures and outlines up to the link and the overlay."""
        link, state = self.link, self.overlay
        scores = link.score_map if link is not None and state.is_shown and state.contour else None
        level = state.contour_level
        if link is not None and scores is not None and level is not None:
            self.contour.follow(scores.pixels, level, link.map_box())
        else:
            self.contour.follow(None, 0, _NOWHERE)
        mask = link.sample.mask if link is not None and state.truth_on and not state.is_hidden else None
        height, width = link.sample.shape if link is not None else (1, 1)
        self.truth.follow_mask(mask, (0, 0, width, height))
        self.contour.draw_as(tokens("dark"), state.contour_width + 0.25)
        self.truth.draw_as(tokens("dark"), 1.5)
        self.update_model_mask()
        self.update_my_mask()

    @property
    def overlays(self) -> tuple[QGraphicsItem, ...]:
        """What lies over the picture, from back to front."""
        return self.model_mask, self.my_mask, self.contour, self.truth, self.my_outline

    def update_model_mask(self) -> None:
        """All that lies above the threshold, where that is wanted."""
        link, state = self.link, self.overlay
        scores = link.score_map if link is not None and state.model_mask_on and not state.is_hidden else None
        if link is None or scores is None or state.threshold is None:
            self.model_mask.follow(None, _NOWHERE)
            return
        with np.errstate(invalid="ignore"):
            self.model_mask.follow(scores.pixels > state.threshold, link.map_box())

    def update_my_mask(self) -> None:
        """What the user has marked."""
        link = self.link
        mask = own_mask(link, self.overlay) if link is not None else None
        box = link.source_box() if link is not None else _NOWHERE
        self.my_mask.follow(mask, box)
        self.my_outline.follow_mask(mask, box)
        self.my_outline.draw_as(tokens("dark"), 1.5)

    def fit(self) -> None:
        """The whole picture in view."""
        if self.link is None:
            return
        height, width = self.link.sample.shape
        self.box.setRange(QRectF(0, 0, width, height), padding=0.0)
        self._is_fitted = True

    @property
    def zoom(self) -> list[float] | None:
        """[left, top, width, height] in view, in pixels; None while all of the picture is fitted in."""
        return None if self._is_fitted else list(self.box.viewRect().getRect())

    def set_zoom(self, zoom: list[float]) -> None:
        """Show that part of the picture."""
        self.box.setRange(QRectF(*zoom), padding=0)
        self._is_fitted = False

    def zoom_to(self, scale: float) -> None:
        """So many screen pixels for one pixel of the picture, about the middle."""
        view = self.box.viewRect()
        ratio = self._zoom() * self.devicePixelRatioF() / scale
        wide, high = view.width() * ratio, view.height() * ratio
        middle = view.center()
        self.set_zoom([middle.x() - wide / 2, middle.y() - high / 2, wide, high])

    def centre_on(self, pixel: Pixel) -> None:
        """Bring a pixel to the middle, at the same zoom."""
        view = self.box.viewRect()
        view.moveCenter(QPointF(pixel[1] + 0.5, pixel[0] + 0.5))
        self.box.setRange(view, padding=0)
        self._is_fitted = False

    def set_cursor(self, pixel: Pixel | None, is_pinned: bool = False) -> None:
        """Put the cross on a pixel, or take it away."""
        self._cursor, self._is_pinned = pixel, is_pinned
        self.viewport().update()

    def set_regions(self, regions: Sequence[RegionMark]) -> None:
        """Label these regions."""
        self._regions = regions
        self.viewport().update()

    def set_tool(self, mark: ToolMark) -> None:
        """Draw what a tool measures."""
        self._tool = mark
        self.viewport().update()

    def pixel_at(self, place: QPointF) -> Pixel | None:
        """The pixel under a position of the widget."""
        if self.link is None:
            return None
        spot = self.box.mapSceneToView(self.mapToScene(place.toPoint()))
        return self.link.inside(math.floor(spot.y()), math.floor(spot.x()))

    def place_of(self, row: float, column: float) -> QPointF:
        """Where the middle of a pixel stands in the widget."""
        scene = self.box.mapViewToScene(QPointF(column + 0.5, row + 0.5))
        return QPointF(self.viewportTransform().map(scene))

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        self._take_look(look)
        self.update_layers()
        self.viewport().update()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """The desk, and a hatch where the picture has no values."""
        super().drawBackground(painter, rect)
        if self.link is not None and not self.over_photo and not self.missing():
            painter.save()
            painter.resetTransform()
            painter.fillRect(self._picture_box(), hatch(self.theme.tokens))
            painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, then the marks over it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = QRectF(self.viewport().rect())
        if self.link is not None and not self.missing():
            self._paint_marks(painter, view)
        if self._surface:
            paint_rounded(painter, view, self._surface)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody could see it."""
        super().showEvent(event)
        self._on_overlay()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """A fitted picture stays fitted."""
        super().resizeEvent(event)
        if hasattr(self, "_empty"):
            self._empty.setGeometry(self.viewport().rect())
            if self._is_fitted:
                self.fit()

    def close(self) -> bool:
        """Close as any widget: pyqtgraph would tear down items that Python still holds."""
        return bool(QWidget.close(self))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, to tell a click from a drag."""
        self._pressed_at = event.position()
        super().mousePressEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A release where the press was is a click."""
        super().mouseReleaseEvent(event)
        event.accept()
        start, self._pressed_at = self._pressed_at, None
        if start is not None and (event.position() - start).manhattanLength() < 4:
            pixel = self.pixel_at(event.position())
            if pixel is not None and event.button() is Qt.MouseButton.LeftButton:
                self.picked.emit(pixel)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Centre the other views here."""
        pixel = self.pixel_at(event.position())
        if pixel is not None:
            self.centred.emit(pixel)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point, and pan while a button is down."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self.pointed.emit(self.pixel_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse points at nothing here any more."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def _paint_marks(self, painter: QPainter, view: QRectF) -> None:
        look = HudLook.of(self.theme, self.over_photo)
        taken = [paint_pill(painter, look, word(self.title()), view.topLeft() + QPointF(EDGE, EDGE))]
        bar = self.colour_bar()
        if bar is not None and bar.line is not None and self.overlay.range_mode == "sample":
            below = taken[0].bottomLeft() + QPointF(0, 4)
            taken.append(paint_pill(painter, look, word("range of this sample only"), below))
        if bar is not None:
            corner = view.bottomRight() - QPointF(EDGE, EDGE)
            taken.append(paint_colour_bar(painter, look, bar, corner, view.height()))
        if self._pitch_mm is not None:
            corner = view.bottomLeft() + QPointF(EDGE, -EDGE)
            taken.append(paint_scale_bar(painter, look, self._pitch_mm / self._zoom(), corner))
        if self.overlay.is_shown:
            self._paint_regions(painter, look, view, taken)
        cursor = self.place_of(*self._cursor) if self._cursor is not None else None
        if self._tool.pixels:
            paint_tool(painter, look, self._tool, lambda pixel: self.place_of(*pixel), cursor, view)
        if cursor is not None:
            paint_cross(painter, look, cursor, self._is_pinned)

    def _paint_regions(self, painter: QPainter, look: HudLook, view: QRectF, taken: list[QRectF]) -> None:
        anchors, labelled = [], []
        zoom = self._zoom()
        for region in self._regions:
            if not region.is_labelled:
                continue
            centre = self.place_of(region.row, region.column)
            half = QPointF(region.half_width, region.half_height) * zoom
            if view.contains(centre):
                text = f"#{region.number}  {region.text}".rstrip()
                anchors.append((QRectF(centre - half, centre + half), label_width(look, text)))
                labelled.append((text, region.is_chosen))
        centre = self._picture_box().center()
        boxes = place_labels(anchors, centre, view.adjusted(4, 4, -4, -4), taken)
        for box, (text, is_chosen) in zip(boxes, labelled, strict=True):
            paint_label(painter, look, text, box, is_chosen)

    def _picture_box(self) -> QRectF:
        assert self.link is not None
        height, width = self.link.sample.shape
        return QRectF(self.place_of(-0.5, -0.5), self.place_of(height - 0.5, width - 0.5))

    def _zoom(self) -> float:
        """Screen pixels per picture pixel."""
        return max(1e-6, (self.place_of(0, 1) - self.place_of(0, 0)).x())

    def _take_look(self, look: Tokens) -> None:
        self.setBackground(look.canvas)
        self._surface = look.surface1

    def _on_overlay(self) -> None:
        if self.isVisible():
            self.update_layers()
            self.viewport().update()

    def _on_mask(self) -> None:
        if self.isVisible():
            self.update_my_mask()
            self.viewport().update()

    def _on_hand_moved(self) -> None:
        self._is_fitted = False

    def _on_range(self) -> None:
        is_smooth = self._zoom() < CRISP_FROM
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        self.viewport().update()
