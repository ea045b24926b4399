"""The axes that all small plots share: a quiet line below, none at the side, captions in the second ink."""

from __future__ import annotations

import pyqtgraph as pg

from gui.theme import Theme
from gui.tokens import Tokens


def paint_axes(plot: pg.PlotWidget, theme: Theme, look: Tokens) -> None:
    """Give ground and axes the colours and letters of a theme."""
    plot.setBackground(look.surface1)
    font = theme.font("caption")
    for side, pen in (("bottom", pg.mkPen(look.line_strong)), ("left", pg.mkPen(None))):
        axis = plot.getAxis(side)
        axis.setPen(pen)
        axis.setTextPen(pg.mkPen(look.text2))
        axis.enableAutoSIPrefix(False)
        axis.setStyle(tickLength=4 if side == "bottom" else 0, tickFont=font, hideOverlappingLabels=False)
        if axis.labelText:
            axis.setLabel(axis.labelText, **_style(theme))


def name_axes(plot: pg.PlotWidget, theme: Theme, across: str, up: str) -> None:
    """Say what the axes mean."""
    plot.getAxis("bottom").setLabel(across, **_style(theme))
    plot.getAxis("left").setLabel(up, **_style(theme))
    plot.setAccessibleDescription(f"{across}, {up}")


def _style(theme: Theme) -> dict[str, str]:
    return {"color": theme.tokens.text2, "font-size": f"{theme.font('caption').pointSizeF():g}pt"}
