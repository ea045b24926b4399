"""The Checkpoints dialog: what it shows of each file, and what a click does to the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from core.backbones.fusion_block import FusionBlock
from core.backbones.put_away import trash_folder
from core.backbones.trained_versions import keep_version
from core.backbones.weight_checks import WeightState
from core.backbones.weights import weights_folder
from core.monitor import Monitor
from core.state.jobs_state import JobsState
from gui.dialogs.checkpoints_dialog import CheckpointsDialog
from gui.job_board import JobBoard
from gui.theme import Theme
from gui.weights_work import WeightsWork, megabytes
from tests.local_server import CONTENT, Server, serving

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
FUSION, POINT = "uff", "point_mae"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def weights(qtbot: QtBot) -> Iterator[WeightsWork]:
    work = WeightsWork(JobBoard(JobsState()))
    work.read()
    yield work
    assert work.queue.close()


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, weights: WeightsWork) -> CheckpointsDialog:
    made = CheckpointsDialog(theme, weights, ask=lambda title: None)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture(scope="module")
def fusion_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mine") / "mine 融合.pth"
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(0)
        torch.save({"model": FusionBlock().state_dict()}, path)
    return path


class Payload:
    """Would run code if anybody unpickled it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("code ran",)


def state_of(dialog: CheckpointsDialog, key: str) -> WeightState:
    status = dialog._weights.state.row(key)
    assert status is not None
    return status.state


def take_in(dialog: CheckpointsDialog, qtbot: QtBot, key: str, path: Path) -> None:
    dialog.choose(key)
    dialog._ask = lambda title: path
    dialog.locate.click()
    wait_idle(dialog, qtbot)


def wait_idle(dialog: CheckpointsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog._weights.state.works)


def test_every_known_file_has_a_row_with_its_state_and_its_methods(dialog: CheckpointsDialog) -> None:
    dialog.choose(POINT)
    row = dialog.table.currentRow()
    texts = [dialog.table.item(row, column).text() for column in range(4)]
    assert texts[:2] == ["Point transformer (Point-MAE)", "missing"]
    assert "M3DM" in texts[2].split(", ")
    assert texts[3] == "–"
    assert dialog.facts.values[0].text() == "pointmae_pretrain.pth"
    assert not dialog.verify.isEnabled()
    assert dialog.download.isEnabled()


def test_a_file_that_fits_is_taken_in_and_its_size_is_shown(
    dialog: CheckpointsDialog, qtbot: QtBot, fusion_file: Path
) -> None:
    take_in(dialog, qtbot, FUSION, fusion_file)
    assert state_of(dialog, FUSION) is WeightState.UNKNOWN_HASH
    assert dialog.table.item(dialog.table.currentRow(), 3).text() == megabytes(fusion_file.stat().st_size)
    assert len(dialog.facts.values[3].text()) == 64
    assert dialog.remove.isEnabled()
    assert not dialog.locate.isEnabled()


def test_a_file_of_another_network_is_refused_with_its_first_differing_layer(
    dialog: CheckpointsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.pth"
    state = FusionBlock().state_dict()
    first = next(iter(state))
    torch.save({"model": {**state, first: torch.zeros(7)}}, wrong)
    take_in(dialog, qtbot, FUSION, wrong)
    assert f"wrong shape at {first} (7 instead of" in dialog.facts.trouble.text()
    assert dialog.facts.remedy.text() == "Choose the weights file that was made for this network."
    assert state_of(dialog, FUSION) is WeightState.MISSING


def test_a_poisoned_file_is_refused_and_runs_nothing(
    dialog: CheckpointsDialog, qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    poisoned = tmp_path / "poisoned.pth"
    torch.save({"model": Payload()}, poisoned)
    take_in(dialog, qtbot, FUSION, poisoned)
    assert "running code" in dialog.facts.trouble.text()
    assert "code ran" not in capsys.readouterr().out
    assert not (weights_folder() / "uff.pth").exists()


def test_a_dropped_file_is_taken_in_for_the_file_of_its_name(
    dialog: CheckpointsDialog, qtbot: QtBot, fusion_file: Path, tmp_path: Path
) -> None:
    named = tmp_path / "uff_pretrain.pth"
    named.write_bytes(fusion_file.read_bytes())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(named))])
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPoint(5, 5), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    dialog.dropEvent(event)
    wait_idle(dialog, qtbot)
    assert dialog.key == FUSION
    assert state_of(dialog, FUSION) is WeightState.UNKNOWN_HASH


def test_a_removed_file_lies_in_the_trash(dialog: CheckpointsDialog, qtbot: QtBot, fusion_file: Path) -> None:
    take_in(dialog, qtbot, FUSION, fusion_file)
    dialog.remove.click()
    assert state_of(dialog, FUSION) is WeightState.MISSING
    assert [path.name for path in trash_folder().glob("*/*")] == ["uff.pth"]
    assert str(trash_folder()) in dialog.facts.trouble.text()


def test_a_download_begins_only_after_size_and_address_were_confirmed(
    dialog: CheckpointsDialog, weights: WeightsWork, qtbot: QtBot, server: Server
) -> None:
    weights.base_address = server.address
    dialog.choose(POINT)
    dialog.download.click()
    qtbot.waitUntil(lambda: dialog.confirm is not None)
    assert dialog.confirm is not None
    shown = [value.text().replace("\u200b", "") for value in dialog.confirm.values]
    assert shown[:3] == ["pointmae_pretrain.pth", "1 MB", f"{server.address}/pointmae_pretrain.pth"]
    assert server.ranges == []
    dialog.confirm.cancel.click()
    assert not (weights_folder() / "pointmae_pretrain.pth.part").exists()


def test_a_cancelled_download_goes_on_where_it_stopped(
    dialog: CheckpointsDialog, weights: WeightsWork, qtbot: QtBot, server: Server
) -> None:
    weights.base_address, server.rests_s = server.address, 0.05
    dialog.choose(POINT)
    weights.download(POINT)
    part = weights_folder() / "pointmae_pretrain.pth.part"
    qtbot.waitUntil(lambda: part.exists() and part.stat().st_size > 0)
    qtbot.mouseClick(dialog.facts.cancel, Qt.MouseButton.LeftButton)
    wait_idle(dialog, qtbot)
    assert dialog.download.text() == "Continue download"
    assert dialog.table.item(dialog.table.currentRow(), 1).text() == "partly downloaded"
    had = part.stat().st_size
    server.rests_s = 0.0
    weights.download(POINT)
    wait_idle(dialog, qtbot)
    assert server.ranges == ["", f"bytes={had}-"]
    assert (weights_folder() / "pointmae_pretrain.pth").read_bytes() == CONTENT
    assert state_of(dialog, POINT) is WeightState.WRONG
    assert "damaged" in dialog.facts.trouble.text() or "running code" in dialog.facts.trouble.text()


def test_without_network_it_says_what_to_fetch_and_where_to_put_it(
    dialog: CheckpointsDialog, weights: WeightsWork, qtbot: QtBot
) -> None:
    weights.base_address = "http://127.0.0.1:9"
    dialog.choose(POINT)
    dialog.download.click()
    wait_idle(dialog, qtbot)
    assert "could not be fetched" in dialog.facts.trouble.text()
    assert f"into {weights_folder()}" in dialog.facts.remedy.text()
    assert dialog.confirm is None


def test_name_and_origin_can_be_copied_as_text(dialog: CheckpointsDialog) -> None:
    dialog.choose(POINT)
    dialog.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "pointmae_pretrain.pth"
    assert lines[-1] == str(weights_folder())


def test_what_can_be_trained_here_says_so(dialog: CheckpointsDialog, qtbot: QtBot) -> None:
    dialog.choose(POINT)
    assert not dialog.train_here.isVisible()
    dialog.choose(FUSION)
    assert dialog.train_here.isVisible()
    with qtbot.waitSignal(dialog.trained_here) as asked:
        dialog.train_here.click()
    assert asked.args == ["uff"]


def test_versions_that_were_trained_here_are_named_and_changed_for_one_another(
    dialog: CheckpointsDialog, fusion_file: Path, qtbot: QtBot
) -> None:
    told = {"made": "2026-11-21T12:30:00", "classes": ["cap"], "parts": 4, "epochs": 3, "loss": 0.25}
    for loss in (0.25, 0.125):
        keep_version(FUSION, fusion_file, {**told, "loss": loss}, Monitor())
    dialog._weights.read()
    dialog.choose(FUSION)
    shown = [value.text() for value in dialog.facts.values if value.isVisible()]
    assert shown[-1] == "2, trained here 2026-11-21 12:30: cap; 4 parts, 3 epochs, loss 0.125"
    assert [dialog.versions.itemText(at) for at in range(dialog.versions.count())] == [
        "Version 2",
        "Version 1",
    ]
    dialog.versions.setCurrentIndex(1)
    dialog.versions.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.facts.values[-1].text().startswith("1, trained here"))
    dialog.choose(POINT)
    assert not dialog.versions.isVisible()
    assert not dialog.facts.values[-1].isVisible()


@pytest.mark.parametrize(
    ("key", "training"),
    [
        ("sdf_expert", "sdf"),
        ("mtfi_ftof_rgb", "ftof"),
        ("mtfi_itof_xyz", "itof_xyz"),
        ("mtfi_itof_rgb_hand_made", "itof_rgb_hand_made"),
    ],
)
def test_every_network_that_can_be_trained_here_leads_to_its_own_training(
    dialog: CheckpointsDialog, qtbot: QtBot, key: str, training: str
) -> None:
    dialog.choose(key)
    assert dialog.train_here.isVisible()
    with qtbot.waitSignal(dialog.trained_here) as asked:
        dialog.train_here.click()
    assert asked.args == [training]
