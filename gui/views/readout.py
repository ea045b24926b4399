"""The line of numbers below the views: what lies under the cross."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from core.pixel_link import Pixel, PixelLink
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.translator import word
from gui.views.hud import number
from gui.views.region_mark import RegionMark


class Readout(QLabel):
    """objectName labelReadout; selectable, figures in `text`, their names in `text2`."""

    def __init__(self, overlay: OverlayState, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("labelReadout")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumWidth(60)
        self._overlay = overlay
        self._theme = theme
        self.setFixedHeight(theme.px(30))
        self.setContentsMargins(12, 0, 12, 0)

    def show_pixel(
        self, link: PixelLink | None, pixel: Pixel | None, regions: Sequence[RegionMark] = ()
    ) -> None:
        """Say everything that is known of a pixel of the sample."""
        if link is None or pixel is None:
            hint = word("Point at a view to read pixel, place and score.") if link is not None else ""
            self.setText(self._quiet(hint))
            return
        parts = [self._source(link, pixel), self._point(link, pixel), self._colour(link, pixel)]
        parts += [self._score(link, pixel), self._region(link, pixel, regions)]
        self.setText(("&nbsp;" * 5).join(part for part in parts if part))

    def plain(self) -> str:
        """The line as plain words."""
        document = QTextDocument()
        document.setHtml(self.text())
        return document.toPlainText().replace("\xa0", " ")

    def _source(self, link: PixelLink, pixel: Pixel) -> str:
        row, column = link.to_source(pixel)
        return self._fact("u, v", f"{round(column)}  {round(row)}")

    def _point(self, link: PixelLink, pixel: Pixel) -> str:
        if link.sample.xyz is None:
            return ""
        point = link.point_at(pixel)
        if point is None:
            return self._quiet(word("no depth here"))
        if not link.sample.is_metric:
            return self._fact("X Y Z", "  ".join(number(float(value)) for value in point))
        figures = "  ".join(f"{value * 1000:.1f}".replace("-", "−") for value in point)
        return self._fact("X Y Z", f"{figures} mm")

    def _colour(self, link: PixelLink, pixel: Pixel) -> str:
        colour = link.colour_at(pixel)
        return "" if colour is None else self._fact("RGB", " ".join(str(value) for value in colour))

    def _score(self, link: PixelLink, pixel: Pixel) -> str:
        score = link.score_at(pixel)
        if score is None:
            return ""
        said = self._fact(word("score"), f"<b>{number(score)}</b>")
        line = self._overlay.threshold
        return said if not line else f"{said}&nbsp;&nbsp;{self._quiet(f'{score / line:.2f} × T')}"

    def _region(self, link: PixelLink, pixel: Pixel, regions: Sequence[RegionMark]) -> str:
        spot = link.to_source(pixel)
        number = next((region.number for region in regions if region.holds(pixel, spot)), None)
        return "" if number is None else self._quiet(f"{word('region')} {number}")

    def _fact(self, name: str, figures: str) -> str:
        look = self._theme.tokens
        spaced = figures.replace("  ", "&nbsp;&nbsp;")
        return f"{self._quiet(name)}&nbsp;&nbsp;<span style='color:{look.text}'>{spaced}</span>"

    def _quiet(self, text: str) -> str:
        return f"<span style='color:{self._theme.tokens.text2}'>{text}</span>"
