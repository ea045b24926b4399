"""The colour picture with heat, contour and truth over it."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from core.phrase import say
from core.score_map import ScoreMap
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.translator import word
from gui.views.hud import ColourBar
from gui.views.plane_view import PlaneView


class ImageView(PlaneView):
    """objectName viewRgb; a threshold or colour-map change is only a new table over the kept levels."""

    over_photo = True

    def __init__(self, overlay: OverlayState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(overlay, theme, "viewRgb", parent)
        self.photo = pg.ImageItem(axisOrder="row-major")
        self.heat = pg.ImageItem(axisOrder="row-major")
        self._levels_of: tuple[ScoreMap, tuple[float, float]] | None = None
        for item in (self.photo, self.heat, *self.overlays):
            self.box.addItem(item, ignoreBounds=True)

    def missing(self) -> str:
        """Words for the empty state, if it must be shown."""
        has = self.link is not None and self.link.sample.rgb is not None
        return "" if has else self.tr("No colour picture for this sample")

    def title(self) -> str:
        """RGB, and whether heat lies over it."""
        return say("RGB + heat") if self.heat.isVisible() else "RGB"

    def colour_bar(self) -> ColourBar | None:
        """Of the heat, while it is shown."""
        if self.link is None or self.link.score_map is None or not self.heat.isVisible():
            return None
        low, high = self.overlay.range_for(self.link.score_map)
        return ColourBar(
            word(self.overlay.bar_title), self.overlay.colour_map, low, high, self.overlay.threshold
        )

    def update_layers(self) -> None:
        """Photo, heat, outlines."""
        super().update_layers()
        link = self.link
        rgb = link.sample.rgb if link is not None else None
        if rgb is None:
            self.photo.clear()
        elif self.photo.image is not rgb:
            self.photo.setImage(rgb, autoLevels=False, levels=None)
        self._update_heat()

    def _update_heat(self) -> None:
        score_map = self.link.score_map if self.link is not None else None
        is_shown = score_map is not None and self.overlay.is_shown and self.photo.image is not None
        self.heat.setVisible(is_shown)
        if self.link is None or score_map is None or not is_shown:
            return
        span = self.overlay.range_for(score_map)
        if self._levels_of != (score_map, span):
            self._levels_of = (score_map, span)
            self.heat.setImage(self.overlay.quantised(score_map), autoLevels=False, levels=None)
        self.heat.setLookupTable(self.overlay.heat_table(*span))
        self.heat.setRect(QRectF(*self.link.map_box()))
