"""Makes the manual's pictures by driving the real window: python -m tests.make_pictures FOLDER [EXPERT].

EXPERT is a shape expert that `inspector pretrain sdf` has trained; without it one picture stays as it is.
"""

from __future__ import annotations

import shutil
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

from core.methods.btf.config import BtfConfig
from core.methods.mtfi.config import MtfiConfig
from core.methods.shape_guided.config import SDF_WEIGHTS, ShapeGuidedConfig
from core.settings import load_settings, save_settings
from core.tasks.pretrain_ahead import plan_pretraining
from gui.app import Product
from gui.dialogs.pretrain_dialog import PretrainDialog
from gui.tokens import tokens

PATIENCE_S = 900.0
BY_SHAPE = ShapeGuidedConfig("SDF", place_weight=30.0, part_score="product")
IMAGINES_COLOUR = MtfiConfig("WithHallucination", "xyz", features="descriptors", distil="library")
CAPTIONS = {
    "welcome-light": "The first page: one click leads to parts to inspect, without network or weights.",
    "inspect-dark": "Inspect: heat on picture and cloud, one cross in both, and the verdict beside them.",
    "inspect-light": "The same in the light theme.",
    "inspect-zh-light": "The same in Chinese; the language changes without a restart.",
    "jobs-dark": "Jobs: the stages of a training with the time that each took, and what waits.",
    "tune-dark": "Tune: what any position of the line costs, in parts, rates with intervals, and curves.",
    "measure-light": "Regions: area, length, width, depth and volume of what lies beyond the line.",
    "review-light": "Review: the queue of doubtful parts, the verdict by one key, the mask touched up.",
    "compare-dark": "Compare: two models on one part, cameras and cursor as one, and where they disagree.",
    "live-dark": "Live: parts are judged as the scanner writes them; the verdict is read from afar.",
    "import-light": "Import: what a folder was recognised as, before anything is taken in.",
    "preprocess-dark": "Preprocess: a part before and after its background is removed, with its real size.",
    "train-dark": "Train: what each method needs, how long it takes here, and which one is recommended.",
    "pretrain-dark": "Train a network: what it learns, from which classes, and what it takes here.",
    "loss-dark": "Its loss while it trains; everything else goes on.",
    "one-sensor-dark": "A model that has learnt from both sensors judges by 3D alone, and says so.",
    "signed-distance-dark": "Shape-Guided: the part in millimetres from the surface that good parts explain.",
    "one-sensor-cost-light": "What the missing sensor costs: the same parts with both sensors and with one.",
    "report-light": "Report: what goes in, in which forms, and the warning that it will carry.",
    "models-dark": "Models: every version with its figures; one is active.",
    "checkpoints-dark": "Checkpoints: which weights are here, which are missing, and who needs them.",
}


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


def welcome(camera: Photographer) -> None:
    """The first page, and the first part after one click."""
    product = camera.product
    look(product, "light")
    camera.take("welcome-light")
    look(product, "dark")
    product.window.welcome.demo.click()
    wait(lambda: product.workspace.session.link is not None)


def working(camera: Photographer) -> None:
    """The second click: training, inspection, and the worst part."""
    product, work = camera.product, camera.product.workspace
    desk = product.window.build()
    product.window.top_bar.inspect_all.click()
    desk.show_jobs()
    wait(lambda: any(row.phase == "running" and "Train" in row.title for row in work.jobs.rows))
    rest(6.0)
    camera.take("jobs-dark")
    wait(lambda: work.jobs.open_count == 0)
    desk.docks.docks["dockGallery"].raise_()
    show_worst(product, "foreign_object")
    camera.take("inspect-dark")


def deciding(camera: Photographer) -> None:
    """The line, the sizes of what lies beyond it, and the human's word."""
    product, actions = camera.product, camera.product.window.actions_
    desk = product.window.build()
    actions["view.workspace_2"].trigger()
    wait(lambda: product.workspace.jobs.open_count == 0)
    rest(2.0)
    camera.take("tune-dark")
    actions["view.workspace_1"].trigger()
    look(product, "light")
    desk.docks.docks["dockRegions"].raise_()
    wait(lambda: product.workspace.regions.is_settled)
    camera.take("measure-light")
    actions["view.workspace_3"].trigger()
    rest(1.0)
    actions["review.accept_mask"].trigger()
    camera.take("review-light")
    actions["view.workspace_1"].trigger()
    look(product, "dark")


def comparing(camera: Photographer) -> None:
    """A second model that needs no weights, beside the first."""
    product, work = camera.product, camera.product.workspace
    actions = product.window.actions_
    work.train("btf", BtfConfig(variant="fpfh", keep_fraction=0.05))
    wait(lambda: work.jobs.open_count == 0)
    work.inspect_all()
    wait(lambda: work.jobs.open_count == 0)
    actions["view.workspace_4"].trigger()
    rest(3.0)
    wait(lambda: work.jobs.open_count == 0)
    camera.take("compare-dark")
    actions["view.workspace_1"].trigger()
    choose_quick_look(product)


def choose_quick_look(product: Product) -> None:
    """Back to the model of the first pictures."""
    work = product.workspace
    work.choose_model(next(model.id for model in work.session.models if model.method == "quick_look"))
    wait(lambda: work.session.model is not None and work.session.model.method == "quick_look")


def watching(camera: Photographer, folder: Path) -> None:
    """Scans that come into a folder."""
    product, work = camera.product, camera.product.workspace
    live, inbox = work.live, folder / "scanner"
    inbox.mkdir(parents=True)
    live.choose(folder=str(inbox), out=str(folder / "shift"))
    product.window.actions_["view.workspace_5"].trigger()
    product.window.actions_["run.live"].trigger()
    wait(lambda: live.state.phase == "watching")
    for record in [row for row in work.session.class_records if row.ref.split == "test"][-7:]:
        for path in (record.ref.rgb, record.ref.cloud):
            if path is not None:
                shutil.copy(path, inbox / f"{record.ref.label}_{record.ref.id}{path.suffix}")
        rest(1.5)
    wait(lambda: live.state.waiting == 0)
    rest(6.0)
    camera.take("live-dark")
    product.window.actions_["run.live"].trigger()
    wait(lambda: live.state.phase == "stopped")
    product.window.actions_["view.workspace_1"].trigger()


def imagining(camera: Photographer) -> None:
    """A network learns to imagine colour; a model then judges by 3D alone, and what that costs."""
    product, work = camera.product, camera.product.workspace
    desk, door = product.window.build(), camera.product.door
    look(product, "dark")
    door.training.show_pretrain(key="ftof_hand_made")
    dialog = door.open[-1]
    assert isinstance(dialog, PretrainDialog)
    camera.take("pretrain-dark", dialog)
    assert work.project is not None
    steps = plan_pretraining(work.project, dialog.wish).cost.updates
    dialog.train.click()
    desk.docks.docks["dockCurves"].raise_()
    wait(lambda: len(work.training.losses.points) > 0)
    desk.losses.choice.segment("loss").click()
    wait(lambda: work.training.losses.points[-1][0] > 0.7 * steps)
    camera.take("loss-dark")
    wait(lambda: work.jobs.open_count == 0)
    first = work.session.class_name
    work.choose_class("bagel")
    work.train("mtfi", IMAGINES_COLOUR)
    wait(lambda: work.jobs.open_count == 0)
    work.inspect_all()
    wait(lambda: work.jobs.open_count == 0)
    desk.docks.docks["dockGallery"].raise_()
    show_worst(product, "dent")
    camera.take("one-sensor-dark")
    look(product, "light")
    model = work.session.model
    assert model is not None
    before = len(door.open)
    work.models.weigh_sensors(model.id)
    wait(lambda: work.jobs.open_count == 0 and len(door.open) > before)
    camera.take("one-sensor-cost-light", door.open[-1])
    door.open[-1].accept()
    work.choose_class(first)
    look(product, "dark")


def by_shape(camera: Photographer, expert: Path) -> None:
    """A model of the shape alone, and its part coloured by the distance from the normal surface."""
    product, work = camera.product, camera.product.workspace
    work.weights.take_in(SDF_WEIGHTS, expert)
    wait(lambda: work.jobs.open_count == 0)
    work.train("shape_guided", BY_SHAPE)
    wait(lambda: work.jobs.open_count == 0)
    work.inspect_all()
    wait(lambda: work.jobs.open_count == 0)
    look(product, "dark")
    show_worst(product, "dent")
    before = work.overlay.colour_by_3d
    work.overlay.change(colour_by_3d="distance")
    rest(2.0)
    camera.take("signed-distance-dark")
    work.overlay.change(colour_by_3d=before)


def asking(camera: Photographer, parts: Path) -> None:
    """The dialogs."""
    product, door = camera.product, camera.product.door
    training = door.training
    for name, show in (
        ("train", training.show_train),
        ("checkpoints", training.show_checkpoints),
        ("models", training.show_models),
        ("preprocess", door.data.show_preprocess),
    ):
        show()
        rest(3.0 if name == "preprocess" else 0.5)
        camera.take(f"{name}-dark", door.open[-1])
        door.open[-1].reject()
    look(product, "light")
    wizard = door.data.show_import(parts)
    wait(lambda: wizard.page == 1)
    rest(1.0)
    camera.take("import-light", wizard)
    wizard.reject()
    product.window.actions_["file.report"].trigger()
    camera.take("report-light", door.open[-1])
    door.open[-1].reject()


def make(folder: Path, scratch: Path, expert: Path | None) -> None:
    """All pictures, from the welcome page to the live folder, and the page with their captions."""
    application = QApplication(sys.argv[:1])
    save_settings(load_settings().settings.with_changes(show_tips=False))
    product = Product(application)
    camera, work = Photographer(product, folder), product.workspace
    product.show()
    rest(1.0)
    welcome(camera)
    working(camera)
    deciding(camera)
    comparing(camera)
    imagining(camera)
    if expert is not None:
        by_shape(camera, expert)
        choose_quick_look(product)
    watching(camera, scratch)
    assert work.project is not None
    asking(camera, work.project.folder / "data")
    camera.take("inspect-light")
    product.languages.switch("zh_CN")
    camera.take("inspect-zh-light")
    write_captions(folder)
    work.session.is_demo = False
    product.window.close()


def write_captions(folder: Path) -> None:
    """A page that shows all pictures with what is to be seen on them."""
    lines = ["# Pictures", "", "All are made by `make pictures`, which drives the real window.", ""]
    for name, caption in CAPTIONS.items():
        lines += [f"![{caption}]({folder.name}/{name}.png)", "", f"*{caption}*", ""]
    (folder.parent / "pictures.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        environ["INSPECTOR_HOME"], environ["INSPECTOR_LANG"] = home, "en"
        make(Path(sys.argv[1]), Path(home) / "pictures", Path(sys.argv[2]) if len(sys.argv) > 2 else None)
