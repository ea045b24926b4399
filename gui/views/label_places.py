"""Where the labels of regions stand: outward from the part, apart from one another and from the corners."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF

LABEL_HEIGHT = 18.0
GAP = 5.0


def place_labels(
    anchors: Sequence[tuple[QRectF, float]], centre: QPointF, view: QRectF, taken: Sequence[QRectF]
) -> list[QRectF]:
    """A box for each (region's box on the screen, label's width); `taken` are boxes to stay clear of."""
    placed: list[QRectF] = []
    for region, width in anchors:
        options = _options(region, width, centre)
        inside = [box for box in options if view.contains(box)]
        clear = [box for box in inside if not any(box.intersects(other) for other in (*taken, *placed))]
        placed.append((clear or inside or options)[0])
    return placed


def _options(region: QRectF, width: float, centre: QPointF) -> list[QRectF]:
    """Above, then below; to the outer side first."""
    is_right = region.center().x() >= centre.x()
    outer = region.right() - 4 if is_right else region.left() - width + 4
    inner = region.left() - width + 4 if is_right else region.right() - 4
    above, below = region.top() - LABEL_HEIGHT - GAP, region.bottom() + GAP
    corners = ((outer, above), (inner, above), (outer, below), (inner, below))
    return [QRectF(x, y, width, LABEL_HEIGHT) for x, y in corners]
