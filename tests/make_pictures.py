"""Makes the manual's pictures by driving the real window: python -m tests.make_pictures docs/pictures."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from os import environ
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QPoint, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from core.settings import load_settings, save_settings
from gui.app import Product
from gui.tokens import tokens

PATIENCE_S = 900.0


class Photographer:
    """Waits for the window, then takes its picture."""

    def __init__(self, product: Product, folder: Path) -> None:
        self.product = product
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, dialog: QDialog | None = None) -> None:
        """The window as it is now, with a dialog over it."""
        rest(0.5)
        picture = self.product.window.grab()
        if dialog is not None:
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(tokens(self.product.theme.name).scrim))
            inside = dialog.grab()
            middle = picture.deviceIndependentSize().toSize() - inside.deviceIndependentSize().toSize()
            painter.drawPixmap(QPoint(middle.width() // 2, middle.height() // 3), inside)
            painter.end()
        self._keep(picture, self.folder / f"{name}.png")

    def _keep(self, picture: QPixmap, path: Path) -> None:
        """In 256 colours: a fifth of the size; an octree keeps the hues of small marks."""
        whole = QBuffer()
        picture.save(whole, "PNG")
        with Image.open(BytesIO(whole.data().data())) as image:
            image.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE).save(path, optimize=True)


def rest(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something has happened."""
    begin = time.monotonic()
    while not until():
        rest(0.05)
        assert time.monotonic() - begin < PATIENCE_S, "the window did not get there"


def look(product: Product, theme: str) -> None:
    """Change the theme."""
    product.change(product.settings.with_changes(theme=theme))


def show_worst(product: Product, label: str) -> None:
    """Bring the part of that label with the highest score, its cross on the hottest spot."""
    work = product.workspace
    record = next(record for record in work.gallery.order if record.ref.label == label)
    work.show(record.id)
    wait(lambda: work.session.link is not None and work.session.link.sample.name == record.name)
    link, desk = work.session.link, product.window.desk
    assert link is not None
    assert link.score_map is not None
    assert desk is not None
    rows, columns = link.score_map.pixels.shape
    hottest = int(link.score_map.pixels.argmax())
    height, width = link.sample.shape
    desk.spot.jump((hottest // columns * height / rows, hottest % columns * width / columns))


def make(folder: Path) -> None:
    """All pictures, from the welcome page to the jobs."""
    application = QApplication(sys.argv[:1])
    save_settings(load_settings().settings.with_changes(show_tips=False))
    product = Product(application)
    camera, work = Photographer(product, folder), product.workspace
    product.show()
    rest(1.0)
    look(product, "light")
    camera.take("welcome-light")
    look(product, "dark")
    product.window.welcome.demo.click()
    wait(lambda: work.session.link is not None)
    product.window.top_bar.inspect_all.click()
    desk = product.window.desk
    assert desk is not None
    desk.show_jobs()
    wait(lambda: any(row.phase == "running" and "Train" in row.title for row in work.jobs.rows))
    rest(6.0)
    camera.take("jobs-dark")
    wait(lambda: work.jobs.open_count == 0)
    desk.docks.docks["dockGallery"].raise_()
    show_worst(product, "foreign_object")
    camera.take("inspect-dark")
    door = product.door.training
    door.show_train()
    camera.take("train-dark", product.door.open[-1])
    product.door.open[-1].reject()
    for name, show in (("checkpoints", door.show_checkpoints), ("models", door.show_models)):
        show()
        camera.take(f"{name}-dark", product.door.open[-1])
        product.door.open[-1].reject()
    desk.docks.docks["dockCurves"].raise_()
    camera.take("threshold-dark")
    desk.docks.docks["dockGallery"].raise_()
    look(product, "light")
    camera.take("inspect-light")
    product.languages.switch("zh_CN")
    camera.take("inspect-zh-light")
    work.session.is_demo = False
    product.window.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        environ["INSPECTOR_HOME"], environ["INSPECTOR_LANG"] = home, "en"
        make(Path(sys.argv[1]))
