"""The distance from the sensor, in millimetres, hatched where it saw nothing."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from core.colour_maps import levels, lut
from core.phrase import say
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.translator import word
from gui.views.hud import ColourBar
from gui.views.plane_view import PlaneView

COLOUR_MAP = "viridis"


class DepthView(PlaneView):
    """objectName viewDepth; near is light, far is dark."""

    def __init__(self, overlay: OverlayState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(overlay, theme, "viewDepth", parent)
        self.depth = pg.ImageItem(axisOrder="row-major")
        self._range = (0.0, 1.0)
        self._shown: object = None
        for item in (self.depth, *self.overlays):
            self.box.addItem(item, ignoreBounds=True)

    def missing(self) -> str:
        """Words for the empty state, if it must be shown."""
        has = self.link is not None and self.link.sample.xyz is not None
        return "" if has else self.tr("No 3D for this sample")

    def title(self) -> str:
        """What is shown."""
        return say("Depth")

    def colour_bar(self) -> ColourBar | None:
        """Distances, the near end on top."""
        if self.link is None or self.link.sample.xyz is None:
            return None
        low, high = self._range
        unit = "mm" if self.link.sample.is_metric else word("depth")
        return ColourBar(unit, COLOUR_MAP, high, low)

    def update_layers(self) -> None:
        """Depth and outlines."""
        super().update_layers()
        sample = self.link.sample if self.link is not None else None
        self.depth.setVisible(sample is not None and sample.xyz is not None)
        if sample is None or sample.xyz is None or sample is self._shown:
            return
        self._shown = sample
        far = sample.xyz[..., 2] * (1000 if sample.is_metric else 1)
        inside = sample.seen if sample.part is None else sample.seen & sample.part
        values = far[inside] if inside.any() else np.zeros(1)
        low, high = (float(end) for end in np.percentile(values, (0.5, 99.5)))
        self._range = (low, high if high > low else low + 1e-6)
        colours = lut(COLOUR_MAP)[255 - levels(far, *self._range)]
        alpha = np.where(sample.seen, 255, 0).astype(np.uint8)
        self.depth.setImage(np.dstack([colours, alpha]), autoLevels=False, levels=None)
