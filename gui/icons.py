"""Single-colour drawings from resources/icons, tinted by the theme."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.atomic import write_text

_RATIOS = (1.0, 1.5, 2.0, 3.0)


def drawing(name: str, colour: str) -> bytes:
    """The SVG text of that icon in one colour."""
    return _text(name).replace("currentColor", colour).encode()


@cache
def _text(name: str) -> str:
    return (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def paint_icon(painter: QPainter, name: str, colour: str, target: QRectF) -> None:
    """Draw an icon straight into `target`."""
    QSvgRenderer(QByteArray(drawing(name, colour))).render(painter, target)


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon of `size` logical pixels for a screen of that pixel ratio."""
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_icon(painter, name, colour, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


class IconSet:
    """The icons of one theme, each drawn once."""

    def __init__(self, off: str) -> None:
        self._off = off
        self._kept: dict[tuple[str, str, str, int], QIcon] = {}

    def icon(self, name: str, colour: str, on: str = "", size: int = 16) -> QIcon:
        """An icon in `colour`, in `on` while checked, and in the disabled colour while disabled."""
        key = (name, colour, on, size)
        if key not in self._kept:
            self._kept[key] = self._draw(name, colour, on or colour, size)
        return self._kept[key]

    def _draw(self, name: str, colour: str, on: str, size: int) -> QIcon:
        icon = QIcon()
        for ratio in _RATIOS:
            drawn = {tint: pixmap(name, tint, size, ratio) for tint in {colour, on, self._off}}
            for state, tint in ((QIcon.State.Off, colour), (QIcon.State.On, on)):
                icon.addPixmap(drawn[tint], QIcon.Mode.Normal, state)
                icon.addPixmap(drawn[self._off], QIcon.Mode.Disabled, state)
        return icon


def icon_size(side: int) -> QSize:
    """A square size, as tool buttons want it."""
    return QSize(side, side)


def write_tinted(name: str, colour: str, folder: Path) -> Path:
    """A tinted copy as a file, because `url()` in a style sheet cannot be tinted."""
    path = folder / f"{name}_{colour.lstrip('#').lower()}.svg"
    if not path.exists():
        write_text(path, drawing(name, colour).decode())
    return path
