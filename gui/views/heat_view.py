"""The bare score map with the line of its threshold."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from core.colour_maps import lut
from core.phrase import say
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.translator import word
from gui.views.hud import ColourBar
from gui.views.plane_view import PlaneView


class HeatView(PlaneView):
    """objectName viewHeat; shows every value of the map, hatched where it has none."""

    def __init__(self, overlay: OverlayState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(overlay, theme, "viewHeat", parent)
        self.heat = pg.ImageItem(axisOrder="row-major")
        for item in (self.heat, *self.overlays):
            self.box.addItem(item, ignoreBounds=True)

    def missing(self) -> str:
        """Words for the empty state, if it must be shown."""
        has = self.link is not None and self.link.score_map is not None
        return "" if has else self.tr("Not inspected yet")

    def title(self) -> str:
        """What is shown."""
        return say("Heat")

    def colour_bar(self) -> ColourBar | None:
        """Always: the numbers are what this view is for."""
        if self.link is None or self.link.score_map is None:
            return None
        low, high = self.overlay.range_for(self.link.score_map)
        return ColourBar(
            word(self.overlay.bar_title), self.overlay.colour_map, low, high, self.overlay.threshold
        )

    def update_layers(self) -> None:
        """Map and outlines."""
        super().update_layers()
        score_map = self.link.score_map if self.link is not None else None
        self.heat.setVisible(score_map is not None)
        if self.link is None or score_map is None:
            return
        colours = lut(self.overlay.colour_map)[self.overlay.quantised(score_map)]
        alpha = np.where(np.isfinite(score_map.pixels), 255, 0).astype(np.uint8)
        self.heat.setImage(np.dstack([colours, alpha]), autoLevels=False, levels=None)
        self.heat.setRect(QRectF(*self.link.map_box()))
