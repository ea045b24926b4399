"""A new user trains, meets missing weights, brings them in, and gets a heatmap: by clicks alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.backbones.trained_versions import trained_versions
from core.backbones.weight_checks import WeightState
from core.backbones.weights import weights_folder
from core.methods.pretraining import pretraining
from core.project.project import Project
from core.tasks.pretrain_here import PretrainWish, unfinished_pretraining
from gui.app import Product
from gui.dialogs.checkpoints_dialog import CheckpointsDialog
from gui.dialogs.models_dialog import ModelsDialog
from gui.dialogs.pretrain_dialog import PretrainDialog
from gui.dialogs.train_dialog import TrainDialog
from gui.workspace import Workspace
from tests.core.methods.m3dm.official_files import place, write_official_files
from tests.local_server import Server, serving

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
LEFT = Qt.MouseButton.LeftButton
VIT, POINT = "vit_base_patch8_224_dino", "point_mae"
TRAINING_MS = 300_000


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def open_train(product: Product) -> TrainDialog:
    product.window.top_bar.train.click()
    dialog = product.door.open[-1]
    assert isinstance(dialog, TrainDialog)
    return dialog


def choose(dialog: TrainDialog, key: str, qtbot: QtBot) -> None:
    card = next(card for card in dialog.cards if card.choice.method.key == key)
    qtbot.mouseClick(card, LEFT)
    assert dialog.method.key == key


def wait_idle(work: Workspace, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: work.jobs.open_count == 0, timeout=TRAINING_MS)


def has_heatmap(work: Workspace) -> bool:
    return work.session.link is not None and work.session.link.score_map is not None


def project_of(product: Product) -> Project:
    assert product.workspace.project is not None
    return product.workspace.project


def test_btf_is_trained_from_the_dialog_and_its_stages_are_shown(inspected: Product, qtbot: QtBot) -> None:
    work = inspected.workspace
    dialog = open_train(inspected)
    choose(dialog, "btf", qtbot)
    assert dialog.wish.config.variant == "fpfh"
    dialog.form.set_value("keep_fraction", 0.05)
    qtbot.waitUntil(lambda: "memory" in dialog.ahead.told.text())
    qtbot.mouseClick(dialog.train, LEFT)
    row = work.jobs.rows[-1]
    assert row.title == "Train flange"
    wait_idle(work, qtbot)
    row = work.jobs.rows[-1]
    assert row.phase == "done", row.message
    assert row.stage_names == ("Prepare the parts", "Extract features", "Reduce memory", "Calibrate", "Keep")
    model = work.session.model
    assert model is not None
    assert model.config["keep_fraction"] == 0.05


def test_missing_weights_lead_to_the_checkpoints_and_lift_the_block_when_they_come(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_train(inspected)
    card = next(card for card in dialog.cards if card.choice.method.key == "m3dm")
    assert not card.radio.isEnabled()
    write_official_files("uff")
    brought = tmp_path / "brought.pth"
    place("uff").rename(brought)
    qtbot.mouseClick(card.remedy, LEFT)
    library = inspected.door.open[-1]
    assert isinstance(library, CheckpointsDialog)
    assert library.key == VIT
    library.choose("uff")
    library._ask = lambda title: brought
    qtbot.mouseClick(library.locate, LEFT)
    state = inspected.workspace.weights.state
    qtbot.waitUntil(lambda: not state.works)
    status = state.row("uff")
    assert status is not None
    assert status.state is WeightState.UNKNOWN_HASH
    assert card.line.text() == "Needs 2 files of weights that are not on this machine."
    library.accept()
    dialog.reject()


def test_a_download_is_confirmed_shown_and_cancelled(
    inspected: Product, qtbot: QtBot, server: Server
) -> None:
    work = inspected.workspace
    work.weights.base_address, server.rests_s = server.address, 0.1
    inspected.window.actions_["tool.checkpoints"].trigger()
    library = inspected.door.open[-1]
    assert isinstance(library, CheckpointsDialog)
    library.choose(POINT)
    qtbot.mouseClick(library.download, LEFT)
    qtbot.waitUntil(lambda: library.confirm is not None)
    assert library.confirm is not None
    qtbot.mouseClick(library.confirm.begin, LEFT)
    part = weights_folder() / "pointmae_pretrain.pth.part"
    qtbot.waitUntil(lambda: part.exists() and part.stat().st_size > 0)
    assert library.facts.cancel.isVisible()
    qtbot.mouseClick(library.facts.cancel, LEFT)
    wait_idle(work, qtbot)
    assert work.jobs.rows[-1].phase == "cancelled"
    assert "continue" in work.jobs.rows[-1].offers
    assert library.download.text() == "Continue download"
    library.accept()


def test_a_model_is_evaluated_and_its_figures_are_shown(inspected: Product, qtbot: QtBot) -> None:
    inspected.window.actions_["tool.models"].trigger()
    dialog = inspected.door.open[-1]
    assert isinstance(dialog, ModelsDialog)
    qtbot.mouseClick(dialog.evaluate, LEFT)
    wait_idle(inspected.workspace, qtbot)
    auroc = dialog.table.item(0, 3)
    assert auroc is not None
    assert 0 <= float(auroc.text()) <= 1
    dialog.accept()


@pytest.mark.slow
def test_m3dm_trains_with_weights_of_its_own_to_a_heatmap_and_keeps_features_when_cancelled(
    inspected: Product, qtbot: QtBot
) -> None:
    write_official_files()
    work, project = inspected.workspace, project_of(inspected)
    dialog = open_train(inspected)
    choose(dialog, "m3dm", qtbot)
    dialog.form.set_value("num_group", 64)
    dialog.form.set_value("group_size", 16)
    dialog.form.set_value("f_coreset", 0.01)
    qtbot.mouseClick(dialog.train, LEFT)
    features = project.places.features
    qtbot.waitUntil(lambda: any(features.rglob("*.npy")), timeout=TRAINING_MS)
    desk = inspected.window.desk
    assert desk is not None
    number = work.jobs.rows[-1].number
    desk.jobs.rows[number].offers["cancel"].click()
    wait_idle(work, qtbot)
    kept = set(features.rglob("*.npy"))
    assert kept
    assert len(work.session.models) == 1
    desk.jobs.rows[number].offers["continue"].click()
    wait_idle(work, qtbot)
    row = work.jobs.rows[-1]
    assert row.phase == "done", row.message
    assert kept <= set(features.rglob("*.npy"))
    assert work.session.model is not None
    assert work.session.model.method == "m3dm"
    work.inspect_shown()
    wait_idle(work, qtbot)
    link = work.session.link
    qtbot.waitUntil(lambda: work.session.link is not None and work.session.link.score_map is not None)
    assert link is not None


@pytest.mark.slow
def test_the_fusion_layer_is_trained_from_the_window_and_lands_in_the_library(
    inspected: Product, qtbot: QtBot
) -> None:
    write_official_files(VIT, POINT)
    work, project = inspected.workspace, project_of(inspected)
    inspected.window.actions_["run.pretrain"].trigger()
    dialog = inspected.door.open[-1]
    dialog.choose("uff")
    dialog.classes["cap"].setChecked(False)
    for name, value in (("batch_size", 2), ("steps", 2), ("warmup_steps", 1)):
        dialog.form.set_value(name, value)
    wish: PretrainWish = dialog.wish
    qtbot.mouseClick(dialog.train, LEFT)
    wait_idle(work, qtbot)
    assert work.jobs.rows[-1].phase == "done", work.jobs.rows[-1].message
    assert [step for step, _ in work.training.losses.points] == [1, 2]
    status = work.weights.state.row("uff")
    assert status is not None
    assert status.state is WeightState.UNKNOWN_HASH
    assert not unfinished_pretraining(project, wish).exists()


def open_pretrain(product: Product, key: str) -> PretrainDialog:
    """Over the row of its outcome in Checkpoints, as a user comes there."""
    product.window.actions_["tool.checkpoints"].trigger()
    library = product.door.open[-1]
    assert isinstance(library, CheckpointsDialog)
    library.choose(pretraining(key).weights)
    library.train_here.click()
    dialog = product.door.open[-1]
    assert isinstance(dialog, PretrainDialog)
    assert dialog.key == key
    return dialog


def train_and_judge(product: Product, qtbot: QtBot, method: str, values: dict[str, object]) -> None:
    """A model of the shown class by these settings, and the heatmap of the shown part."""
    work = product.workspace
    dialog = open_train(product)
    choose(dialog, method, qtbot)
    for name, value in values.items():
        dialog.form.set_value(name, value)
    assert dialog.train.isEnabled(), dialog.note.text()
    qtbot.mouseClick(dialog.train, LEFT)
    wait_idle(work, qtbot)
    assert work.jobs.rows[-1].phase == "done", work.jobs.rows[-1].message
    assert work.session.model is not None
    assert work.session.model.method == method
    work.inspect_shown()
    wait_idle(work, qtbot)
    qtbot.waitUntil(lambda: has_heatmap(work))


@pytest.mark.parametrize(
    "key", [pytest.param("ftof_hand_made", marks=pytest.mark.slow), "itof_xyz_hand_made"]
)
def test_an_imagining_network_is_trained_from_the_window_and_a_model_uses_it(
    inspected: Product, qtbot: QtBot, key: str
) -> None:
    work = inspected.workspace
    dialog = open_pretrain(inspected, key)
    for name, value in (("batch_size", 2), ("epochs", 2)):
        dialog.form.set_value(name, value)
    assert "good\N{NO-BREAK SPACE}parts" in dialog.ahead.told.text()
    assert "memory" in dialog.ahead.told.text()
    assert "disk" in dialog.ahead.told.text()
    qtbot.mouseClick(dialog.train, LEFT)
    wait_idle(work, qtbot)
    assert work.jobs.rows[-1].phase == "done", work.jobs.rows[-1].message
    assert [step for step, _ in work.training.losses.points] == [1, 2, 3, 4, 5, 6]
    status = work.weights.state.row(pretraining(key).weights)
    assert status is not None
    assert status.state is WeightState.UNKNOWN_HASH
    settings = {
        "method_name": "WithHallucination",
        "main_modality": "xyz",
        "features": "descriptors",
        "distil": "library",
        "f_coreset": 0.01,
    }
    if key.startswith("itof"):
        settings["use_hrnet"] = True
    train_and_judge(inspected, qtbot, "mtfi", settings)
    model = work.session.model
    assert model is not None
    assert list(model.provenance["weights"]) == [pretraining(key).weights]


def test_a_training_that_waits_leaves_the_curve_to_the_one_that_runs(
    inspected: Product, qtbot: QtBot
) -> None:
    work = inspected.workspace
    for key in ("ftof_hand_made", "itof_xyz_hand_made"):
        dialog = open_pretrain(inspected, key)
        for name, value in (("batch_size", 2), ("epochs", 2)):
            dialog.form.set_value(name, value)
        qtbot.mouseClick(dialog.train, LEFT)
        assert work.training.is_pretraining(key)
    wait_idle(work, qtbot)
    assert [row.phase for row in work.jobs.rows[-2:]] == ["done", "done"]
    assert [step for step, _ in work.training.losses.points] == [1, 2, 3, 4, 5, 6]
    assert "input to feature" in work.training.losses.title
    assert not work.training.is_pretraining("ftof_hand_made")


def test_the_shape_expert_is_trained_from_the_window_and_a_model_uses_it(
    inspected: Product, qtbot: QtBot
) -> None:
    work, project = inspected.workspace, project_of(inspected)
    dialog = open_pretrain(inspected, "sdf")
    dialog.parts.setValue(1)
    for name, value in (("steps", 8), ("batch_size", 4), ("loss_points", 8), ("learning_rate", 0.001)):
        dialog.form.set_value(name, value)
    wish = dialog.wish
    assert wish.class_names == ("cap", "flange")
    qtbot.mouseClick(dialog.train, LEFT)
    wait_idle(work, qtbot)
    assert work.jobs.rows[-1].phase == "done", work.jobs.rows[-1].message
    assert len(work.training.losses.points) >= 8
    assert not unfinished_pretraining(project, wish).exists()
    (version,) = trained_versions("sdf_expert")
    assert version.is_used
    train_and_judge(inspected, qtbot, "shape_guided", {"experts": "SDF", "group_mul": 1})


@pytest.mark.slow
def test_a_cancelled_training_of_a_network_goes_on_from_its_job(inspected: Product, qtbot: QtBot) -> None:
    work, project = inspected.workspace, project_of(inspected)
    dialog = open_pretrain(inspected, "ftof_hand_made")
    for name, value in (("batch_size", 2), ("epochs", 400)):
        dialog.form.set_value(name, value)
    wish = dialog.wish
    qtbot.mouseClick(dialog.train, LEFT)
    qtbot.waitUntil(lambda: unfinished_pretraining(project, wish).exists())
    desk = inspected.window.desk
    assert desk is not None
    number = work.jobs.rows[-1].number
    desk.jobs.rows[number].offers["cancel"].click()
    wait_idle(work, qtbot)
    assert work.jobs.rows[-1].phase == "cancelled"
    reached = work.training.losses.points[-1][0]
    desk.jobs.rows[number].offers["continue"].click()
    wait_idle(work, qtbot)
    assert work.jobs.rows[-1].phase == "done", work.jobs.rows[-1].message
    assert work.training.losses.points[0][0] > 3
    assert work.training.losses.points[0][0] <= reached + 1
    assert work.training.losses.points[-1][0] == 1200
