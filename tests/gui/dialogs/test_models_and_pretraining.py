"""Versions of models, and the training of a network for all classes: dialogs over a real project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.backbones.weights import WEIGHTS, weights_folder
from core.project.project import Project
from core.tasks.pretrain_ahead import plan_pretraining
from core.tasks.pretrain_here import PretrainWish
from gui.dialogs.models_dialog import ModelsDialog
from gui.dialogs.pretrain_dialog import PretrainDialog
from gui.dialogs.train_scope import TrainScope, classes_of
from gui.theme import Theme
from gui.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Begun = Callable[[PretrainWish], bool]


@pytest.fixture
def line_4(trained_folder: Path, tmp_path: Path) -> Path:
    """The model of flange has two versions."""
    folder = shutil.copytree(trained_folder, tmp_path / "Line 4")
    project = Project.open(folder)
    (first,) = project.models("flange")
    project.add_model(first.__class__(**{**vars(first), "name": "Quick look"}), lambda place: None)
    project.close()
    return folder


def cells(dialog: ModelsDialog, row: int) -> list[str]:
    return [dialog.table.item(row, column).text() for column in range(dialog.table.columnCount())]


def test_every_version_is_shown_with_what_is_known_of_it(models: ModelsDialog) -> None:
    assert models.table.rowCount() == 2
    newer, older = cells(models, 0), cells(models, 1)
    assert newer[1] == "Quick look v2"
    assert older[2:6] == ["RGB + 3D", "–", "–", "–"]
    assert older[6].endswith(" s")
    assert older[7].endswith("B")
    assert models.chosen is not None
    assert models.chosen.model.is_active


def test_another_version_is_made_active_by_a_click(models: ModelsDialog, work: Workspace) -> None:
    models.table.setCurrentCell(1, 1)
    models.activate.click()
    assert work.session.model is not None
    assert work.session.model.name == "Quick look v1"
    assert not models.activate.isEnabled()


def test_a_version_gets_a_name_and_a_note(models: ModelsDialog, work: Workspace) -> None:
    models.name.setText("New lamp")
    models.name.editingFinished.emit()
    models.remark.setText("after the change")
    models.remark.editingFinished.emit()
    model = work.session.model
    assert model is not None
    assert (model.name, model.remark) == ("New lamp", "after the change")
    assert cells(models, 0)[1] == "New lamp"


def test_the_active_version_cannot_be_thrown_away_but_others_can_and_come_back(
    models: ModelsDialog, work: Workspace, qtbot: QtBot
) -> None:
    assert not models.trash.isEnabled()
    models.table.setCurrentCell(1, 1)
    with qtbot.waitSignal(models.trashed) as told:
        models.trash.click()
    assert models.table.rowCount() == 1
    work.models.restore(told.args[0])
    assert models.table.rowCount() == 2


@pytest.fixture
def make(qtbot: QtBot, theme: Theme, work: Workspace) -> Callable[..., PretrainDialog]:
    def build(
        begun: Begun = lambda wish: False,
        key: str = "uff",
        is_running: Callable[[str], bool] = lambda key: False,
    ) -> PretrainDialog:
        project = work.project
        assert project is not None
        scope = TrainScope(classes_of(work.session.records), work.session.class_names)
        look = partial(plan_pretraining, project)
        dialog = PretrainDialog(theme, scope, look, begun, key=key, is_running=is_running)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return build


def put_weights() -> None:
    weights_folder().mkdir(parents=True, exist_ok=True)
    for row in WEIGHTS:
        if row.key in ("vit_base_patch8_224_dino", "point_mae"):
            (weights_folder() / row.names[0]).touch()


def test_a_pretraining_without_its_networks_leads_to_the_checkpoints(
    make: Callable[..., PretrainDialog], qtbot: QtBot
) -> None:
    dialog = make()
    assert not dialog.train.isEnabled()
    assert dialog.fault.text() == "Needs 2 files of weights that are not on this machine."
    with qtbot.waitSignal(dialog.helped) as asked:
        dialog.weights.click()
    assert asked.args == [("vit_base_patch8_224_dino", "point_mae")]


def test_too_few_parts_for_a_batch_are_said_before_the_start(make: Callable[..., PretrainDialog]) -> None:
    put_weights()
    dialog = make()
    assert "6 parts do not suffice" in dialog.fault.text()
    dialog.form.set_value("batch_size", 2)
    assert dialog.fault.text() == ""
    assert dialog.train.isEnabled()
    assert dialog.wish.config.batch_size == 2
    assert dialog.wish.class_names == ("cap", "flange")


def test_a_stopped_pretraining_can_be_gone_on_with(make: Callable[..., PretrainDialog], qtbot: QtBot) -> None:
    put_weights()
    dialog = make(lambda wish: True)
    dialog.form.set_value("batch_size", 2)
    assert dialog.go_on.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        dialog.go_on.click()
    assert dialog.resume


def test_on_a_bare_machine_the_first_training_that_needs_no_weights_is_offered(
    make: Callable[..., PretrainDialog],
) -> None:
    dialog = make(key="")
    assert dialog.key == "sdf"
    assert dialog.train.isEnabled()
    assert dialog.parts.isVisible()
    dialog.parts.setValue(2)
    assert dialog.wish.parts == 2
    assert dialog.ahead.told.text().startswith("4\N{NO-BREAK SPACE}good\N{NO-BREAK SPACE}parts")


def test_every_network_says_what_it_learns_and_what_for(make: Callable[..., PretrainDialog]) -> None:
    dialog = make(key="itof_xyz_hand_made")
    assert "do with 3D alone" in dialog.purpose.text()
    said = set()
    for at in range(dialog.networks.count()):
        dialog.choose(dialog.networks.itemData(at))
        assert dialog.purpose.text()
        said.add(dialog.purpose.text())
    assert len(said) == 5


def test_the_dialog_is_as_high_as_what_it_shows_after_every_choice(
    make: Callable[..., PretrainDialog], qtbot: QtBot
) -> None:
    fresh = {key: make(key=key) for key in ("ftof_hand_made", "sdf", "ftof")}
    dialog = make(key="uff")
    for key, other in fresh.items():
        dialog.choose(key)
        qtbot.waitUntil(lambda other=other: dialog.height() == other.height())
        assert dialog.purpose.height() == dialog.purpose.heightForWidth(dialog.purpose.width())


def test_a_training_that_runs_is_not_begun_again(make: Callable[..., PretrainDialog]) -> None:
    dialog = make(lambda wish: True, "ftof_hand_made", is_running=lambda key: key.startswith("ftof"))
    dialog.form.set_value("batch_size", 2)
    assert dialog.fault.text() == "This network is being trained; see Jobs."
    assert not dialog.train.isEnabled()
    assert not dialog.go_on.isVisible()
    dialog.choose("itof_xyz_hand_made")
    dialog.form.set_value("batch_size", 2)
    assert dialog.train.isEnabled()


def test_a_training_meant_for_a_gpu_says_how_long_it_takes_and_what_fits(
    make: Callable[..., PretrainDialog],
) -> None:
    put_weights()
    dialog = make(key="ftof")
    dialog.form.set_value("smaller_batch", True)
    dialog.form.set_value("epochs", 100_000)
    assert "days on this processor" in dialog.ahead.warning.text()
    ways = [dialog.ahead.ways.itemAt(at).widget() for at in range(dialog.ahead.ways.count())]
    assert [way.text().split(": ")[0] for way in ways] == [
        "Small and quick",
        "MTFI, feature to feature, hand-made features",
    ]
    ways[1].click()
    assert dialog.key == "ftof_hand_made"
    assert not dialog.ahead.warning.isVisible()
    assert dialog.train.isEnabled()


def test_only_parameters_that_count_for_the_family_are_shown_with_their_units(
    make: Callable[..., PretrainDialog],
) -> None:
    dialog = make(key="itof_xyz_hand_made")
    assert "mlp_depth" not in dialog.form.fields
    assert "train_method" not in dialog.form.fields
    assert dialog.wish.config.train_method == "XYZInputToRGBFeatureHRNET"
    dialog.form.set_value("epochs", 3)
    assert dialog.wish.config.train_method == "XYZInputToRGBFeatureHRNET"
    assert "trunk_planes" not in make(key="ftof").form.fields


def test_more_memory_than_is_free_is_refused_before_the_start(make: Callable[..., PretrainDialog]) -> None:
    put_weights()
    dialog = make(key="itof_xyz")
    dialog.form.set_value("smaller_batch", True)
    dialog.form.set_value("c_hrnet", 512)
    assert dialog.train.isEnabled()
    dialog.form.set_value("c_hrnet", 510)
    assert "more memory than is free" in dialog.fault.text()
    assert not dialog.train.isEnabled()
