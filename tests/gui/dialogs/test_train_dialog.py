"""The Train dialog: what can be chosen, what it says beforehand, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from core.backbones.weights import WEIGHTS, weights_folder
from core.methods.m3dm.config import M3dmConfig
from core.phrase import say
from core.sample import Sensor
from core.tasks.look_ahead import Ahead, TrainWish
from gui.dialogs.method_choice import choices
from gui.dialogs.train_dialog import TrainDialog
from gui.dialogs.train_scope import ClassParts, TrainScope
from gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
BOTH: frozenset[Sensor] = frozenset({"rgb", "xyz"})
COLOUR: frozenset[Sensor] = frozenset({"rgb"})
MakeDialog = Callable[..., TrainDialog]


def put_weights(*keys: str) -> None:
    """Empty files under the published names: enough to be there."""
    weights_folder().mkdir(parents=True, exist_ok=True)
    for row in WEIGHTS:
        if row.key in keys:
            (weights_folder() / row.names[0]).touch()


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> MakeDialog:
    def build(
        sensors: frozenset[Sensor] = BOTH, good: int = 16, wish: TrainWish | None = None
    ) -> TrainDialog:
        classes = (
            ClassParts("flange", good, sensors),
            ClassParts("cap", 8, sensors),
            ClassParts("bare", 0, BOTH),
        )
        dialog = TrainDialog(theme, TrainScope(classes, ("flange",), wish))
        qtbot.addWidget(dialog)
        return dialog

    return build


def choose(dialog: TrainDialog, key: str) -> None:
    next(card for card in dialog.cards if card.choice.method.key == key).radio.setChecked(True)


def reason(dialog: TrainDialog, key: str) -> str:
    return next(card for card in dialog.cards if card.choice.method.key == key).line.text()


def test_without_weights_quick_look_is_recommended_and_chosen(make: MakeDialog) -> None:
    dialog = make()
    assert dialog.method.key == "quick_look"
    assert dialog.title.text() == "Train flange"
    assert dialog.wish.class_names == ("flange",)


def test_with_all_weights_the_best_published_method_is_recommended(make: MakeDialog) -> None:
    put_weights("vit_base_patch8_224_dino", "point_mae", "uff")
    assert make().method.key == "m3dm"


def test_a_method_without_weights_is_greyed_and_leads_to_the_checkpoints(
    make: MakeDialog, qtbot: QtBot
) -> None:
    dialog = make()
    card = next(card for card in dialog.cards if card.choice.method.key == "m3dm")
    assert not card.radio.isEnabled()
    assert card.line.text() == "Needs 3 files of weights that are not on this machine."
    with qtbot.waitSignal(dialog.helped) as asked:
        card.remedy.click()
    assert asked.args == [("vit_base_patch8_224_dino", "point_mae", "uff")]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert dialog.method.key == "quick_look"


def test_a_method_that_lacks_its_sensor_says_so(make: MakeDialog) -> None:
    put_weights("point_mae", "uff")
    assert reason(make(sensors=COLOUR), "shape_guided") == "Needs a 3D sensor, which these parts do not have."


def test_a_method_that_can_run_in_another_variant_says_in_which(make: MakeDialog) -> None:
    dialog = make()
    assert reason(dialog, "btf") == "Here only as shape of the points (FPFH)."
    choose(dialog, "btf")
    assert dialog.wish.config.variant == "fpfh"


def test_weights_that_arrive_lift_the_block(make: MakeDialog) -> None:
    dialog = make()
    put_weights("vit_base_patch8_224_dino", "point_mae", "uff")
    dialog.read_weights()
    choose(dialog, "m3dm")
    assert dialog.wish == TrainWish(("flange",), "m3dm", M3dmConfig())


def test_variants_that_cannot_run_here_are_greyed_with_the_reason(make: MakeDialog) -> None:
    put_weights("vit_base_patch8_224_dino")
    dialog = make(sensors=COLOUR)
    choose(dialog, "m3dm")
    combo = dialog.form.fields["method_name"].editor
    assert isinstance(combo, QComboBox)
    tips = {
        combo.itemData(at): combo.itemData(at, Qt.ItemDataRole.ToolTipRole) for at in range(combo.count())
    }
    assert tips["DINO"] == ""
    assert "3D sensor" in tips["Point_MAE"]
    assert dialog.wish.config.method_name == "DINO"


def test_values_that_do_not_go_together_are_said_in_place_and_nothing_can_begin(make: MakeDialog) -> None:
    put_weights("vit_base_patch8_224_dino", "point_mae", "uff")
    dialog = make()
    dialog.form.set_value("memory_bank", "single")
    assert "does not go with memory_bank single" in dialog.form.fault.text()
    assert "memory_bank=multiple" in dialog.form.fault.text()
    assert not dialog.train.isEnabled()
    dialog.form.set_value("memory_bank", "multiple")
    assert dialog.form.fault.text() == ""
    assert dialog.train.isEnabled()


def test_the_preset_of_the_rerun_fills_the_form(make: MakeDialog) -> None:
    put_weights("vit_base_patch8_224_dino", "point_mae", "uff")
    dialog = make()
    presets = dialog.form.presets
    presets.setCurrentIndex(presets.findData("rerun"))
    presets.activated.emit(presets.currentIndex())
    assert dialog.wish.config.blur == "8bit"
    assert dialog.form.fields["blur"].value == "8bit"


def test_a_changed_value_has_a_way_back(make: MakeDialog) -> None:
    dialog = make()
    dialog.form.set_value("bank_rows", 500)
    assert dialog.wish.config.bank_rows == 500
    dialog.form._back["bank_rows"].click()
    assert dialog.wish.config.bank_rows == 8000


def test_ticked_classes_are_trained_and_classes_without_good_parts_cannot_be_ticked(make: MakeDialog) -> None:
    dialog = make()
    assert not dialog.classes["bare"].isEnabled()
    dialog.classes["cap"].setChecked(True)
    assert dialog.wish.class_names == ("flange", "cap")
    assert dialog.title.text() == "Train 2 classes"


def test_without_good_parts_nothing_can_be_trained(make: MakeDialog) -> None:
    dialog = make(good=0)
    assert not dialog.train.isEnabled()
    assert dialog.note.text() == "There are no good parts to learn from; import some first."
    assert dialog.title.text() == "Train flange"


@pytest.mark.parametrize("sensors", [frozenset(), COLOUR], ids=["none", "colour"])
def test_where_parts_are_missing_no_sensor_is_said_to_be(
    make: MakeDialog, sensors: frozenset[Sensor]
) -> None:
    dialog = make(sensors=sensors, good=0)
    assert [card.line.text() for card in dialog.cards if "sensor," in card.line.text()] == []
    assert not any(badge.isVisibleTo(dialog) for badge in dialog._sensors.values())
    dialog.classes["cap"].setChecked(True)
    assert all(badge.isVisibleTo(dialog) for badge in dialog._sensors.values())


def test_time_memory_and_disk_are_told_before_the_start(make: MakeDialog, qtbot: QtBot) -> None:
    dialog = make()
    with qtbot.waitSignal(dialog.asked) as asked:
        pass
    (wishes,) = asked.args
    asked_for = [wish.method for wish in wishes]
    assert asked_for[:2] == ["quick_look", "btf"]
    assert "m3dm" not in asked_for
    ahead = Ahead(
        16,
        seconds=200,
        peak_bytes=800_000_000,
        memory_free=4_000_000_000,
        disk_bytes=5_000_000,
        disk_free=10**10,
    )
    dialog.show_ahead([(dialog.wish, ahead)])
    assert (
        dialog.ahead.told.text() == "about 3 min · memory 800 MB of 4.0 GB free · disk 5 MB of 10.0 GB free"
    )
    assert dialog.cards[0].time.text() == "about 3 min"


def test_what_will_not_fit_cannot_begin_and_its_ways_out_are_buttons(make: MakeDialog) -> None:
    put_weights("vit_base_patch8_224_dino", "point_mae", "uff")
    dialog = make()
    way = say("Set {key}={value}.", key="f_coreset", value=0.01)
    dialog.show_ahead(
        [(dialog.wish, Ahead(16, peak_bytes=9, refusal=say("It needs more."), remedies=(way,)))]
    )
    assert not dialog.train.isEnabled()
    assert dialog.ahead.refusal.text() == "It needs more."
    dialog.ahead.applied.emit("f_coreset", 0.01)
    assert dialog.wish.config.f_coreset == 0.01


def test_figures_for_other_settings_than_the_present_ones_are_not_shown(make: MakeDialog) -> None:
    dialog = make()
    old = dialog.wish
    dialog.form.set_value("bank_rows", 500)
    dialog.show_ahead([(old, Ahead(16, seconds=200))])
    assert dialog.cards[0].time.text() == ""


def test_settings_that_came_to_nothing_can_be_changed(make: MakeDialog) -> None:
    put_weights("vit_base_patch8_224_dino", "point_mae", "uff")
    wish = TrainWish(("flange",), "m3dm", M3dmConfig(f_coreset=0.5))
    dialog = make(wish=wish)
    assert dialog.wish == wish
    assert dialog.advanced.is_open


def test_every_number_of_the_form_keeps_its_default(make: MakeDialog, tmp_path: Path) -> None:
    put_weights(*(row.key for row in WEIGHTS))
    dialog = make()
    for card in dialog.cards:
        card.radio.setChecked(True)
        before = dialog.form.config
        dialog.form._on_changed()
        assert dialog.form.config == before, card.choice.method.key


def test_what_is_usual_needs_no_note() -> None:
    put_weights(*(row.key for row in WEIGHTS))
    assert [choice.note for choice in choices(BOTH)] == [""] * len(choices(BOTH))
