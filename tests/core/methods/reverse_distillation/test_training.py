"""Training of the student: what is learnt from, resuming, and which epoch is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import DataError, InspectionError
from core.methods.reverse_distillation.detector import split
from core.methods.reverse_distillation.loss import distillation_loss
from core.methods.reverse_distillation.student import new_student
from core.methods.reverse_distillation.teacher import FORMS
from core.methods.reverse_distillation.training import rebuilding, train_student
from core.methods.reverse_distillation.training_set import looking, training_set
from core.monitor import Cancelled, Monitor, Progress
from tests.core.methods.parts import defective, good, without_picture
from tests.core.methods.reverse_distillation.stand_in import SMALL_STUDENT, OnMadeUpTeacher, made_up_teacher

CONFIG = replace(SMALL_STUDENT, evaluate_every=1, hold_out=0.0, batch_size=3, epochs=2)
NORMAL = [good(seed) for seed in range(3)]
LOOK = looking(made_up_teacher(), CONFIG)


@pytest.fixture(scope="module")
def parts():  # type: ignore[no-untyped-def]  # a training set
    return training_set(NORMAL, range(3), LOOK, CONFIG, Monitor())


def stopping_in_epoch(number: int) -> Monitor:
    def report(progress: Progress) -> None:
        if progress.text.startswith(f"Epoch {number}"):
            monitor.cancel()

    monitor = Monitor(report=report)
    return monitor


@pytest.mark.parametrize(
    ("count", "share", "left_out"), [(1, 0.1, 0), (2, 0.1, 1), (10, 0.1, 1), (209, 0.1, 21), (20, 0.0, 0)]
)
def test_a_share_of_the_parts_is_held_out_evenly(count: int, share: float, left_out: int) -> None:
    kept, out = split(count, share)
    assert len(out) == left_out
    assert sorted([*kept, *out]) == list(range(count))
    assert np.ptp(np.diff([0, *out, count])[1:-1] if left_out > 2 else [0]) <= 1


def test_kept_maps_are_those_of_the_teacher(parts) -> None:  # type: ignore[no-untyped-def]
    fresh = training_set(NORMAL, range(3), LOOK, replace(CONFIG, teacher_maps="each_step"), Monitor())
    assert fresh.maps is None
    chosen = torch.tensor([2, 0])
    for kept, seen in zip(parts.batch(chosen, "cpu"), fresh.batch(chosen, "cpu"), strict=True):
        torch.testing.assert_close(kept, seen, rtol=1e-4, atol=1e-5)


def test_every_part_is_learnt_from_in_every_epoch_and_the_last_batch_may_be_short(parts) -> None:  # type: ignore[no-untyped-def]
    orders = []
    for epoch in range(4):
        batches = list(parts.batches(replace(CONFIG, batch_size=2), epoch))
        assert [len(batch[0]) for batch in batches] == [2, 1]
        orders.append(torch.cat([batch[2] for batch in batches]))
    torch.testing.assert_close(orders[0].sum(0), orders[1].sum(0))
    assert any(not torch.equal(orders[0], other) for other in orders[1:])


def test_a_training_that_was_stopped_ends_where_an_unbroken_one_does(parts, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    config = replace(CONFIG, epochs=3)
    whole = train_student(parts, None, config, None, Monitor())
    unfinished = tmp_path / "unfinished.pt"
    with pytest.raises(Cancelled):
        train_student(parts, None, config, unfinished, stopping_in_epoch(2))
    assert unfinished.is_file()
    again = train_student(parts, None, config, unfinished, Monitor())
    assert again.losses == whole.losses
    assert again.lines[-1].startswith("global step 3 / 3")
    for key, value in whole.student.state_dict().items():
        torch.testing.assert_close(again.student.state_dict()[key], value, rtol=0, atol=0)
    assert not unfinished.exists()


def test_without_resume_a_stopped_training_starts_anew(parts, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    unfinished = tmp_path / "unfinished.pt"
    unfinished.write_bytes(b"of no use")
    config = replace(CONFIG, resume=False, epochs=1)
    assert len(train_student(parts, None, config, unfinished, Monitor()).losses) == 1


def test_the_loss_falls_and_unused_layers_stay_as_they_were(parts) -> None:  # type: ignore[no-untyped-def]
    trained = train_student(parts, None, CONFIG, None, Monitor())
    assert trained.losses[-1] < 0.9 * trained.losses[0]
    fresh = new_student(FORMS["resnet18"], 1, "fan_out", CONFIG.seed)
    assert torch.equal(trained.student.bn.conv4.weight, fresh.bn.conv4.weight)
    assert not torch.equal(trained.student.bn.conv3.weight, fresh.bn.conv3.weight)
    assert not trained.student.training


@pytest.mark.slow
def test_the_epoch_that_rebuilds_held_out_parts_best_can_be_kept(parts) -> None:  # type: ignore[no-untyped-def]
    config = replace(CONFIG, keep="best_on_held_out", hold_out=0.1, lr=0.02)
    unseen = training_set([good(9)], [0], LOOK, config, Monitor())
    maps = unseen.batch(torch.tensor([0]), "cpu")

    def loss_of(epochs: int, keep: str) -> float:
        chosen = replace(config, epochs=epochs, keep=keep)  # type: ignore[arg-type]  # one of its two words
        worth = None if keep == "last" else rebuilding(unseen, chosen)
        student = train_student(parts, worth, chosen, None, Monitor()).student
        with torch.no_grad():
            return float(distillation_loss(maps, student(maps)))

    each = [loss_of(epochs, "last") for epochs in (1, 2)]
    assert loss_of(2, "best_on_held_out") == pytest.approx(min(each))


def test_the_best_epoch_on_the_test_needs_test_parts_and_asks_after_every_look() -> None:
    config = replace(CONFIG, keep="best_on_test")
    with pytest.raises(DataError, match="no test parts") as caught:
        OnMadeUpTeacher(config).fit(NORMAL[:1], Monitor())
    assert "keep=last" in caught.value.remedy
    detector, asked = OnMadeUpTeacher(config), []

    def figure(score) -> float:  # type: ignore[no-untyped-def]  # a way to score parts
        asked.append(score(good(5)).whole)
        return -float(len(asked))

    detector.choose_by(figure)
    detector.fit(NORMAL[:1], Monitor())
    assert len(asked) == CONFIG.epochs
    assert detector.predict(good(5), Monitor()).whole == asked[0]


def test_initial_weights_depend_on_the_seed_and_leave_chance_alone() -> None:
    before = torch.random.get_rng_state()
    first, same, other = (new_student(FORMS["resnet18"], 1, "fan_out", seed) for seed in (0, 0, 1))
    assert torch.equal(torch.random.get_rng_state(), before)
    assert torch.equal(first.bn.conv1.weight, same.bn.conv1.weight)
    assert not torch.equal(first.bn.conv1.weight, other.bn.conv1.weight)


@pytest.mark.parametrize(("how", "fan"), [("fan_out", 128 * 9), ("fan_in", 64 * 9)])
def test_convolutions_begin_with_the_spread_of_their_program(how, fan: int) -> None:  # type: ignore[no-untyped-def]
    student = new_student(FORMS["resnet18"], 1, how, 0)
    assert float(student.bn.conv1.weight.detach().std()) == pytest.approx((2 / fan) ** 0.5, rel=0.02)
    up = student.get_parameter("decoder.layer1.0.conv1.weight")
    assert float(up.detach().abs().max()) <= (1 / (256 * 4)) ** 0.5 + 1e-6


def test_losses_are_zero_for_equal_maps_and_differ_in_kind() -> None:
    drawn = torch.Generator().manual_seed(0)
    sides = ((4, 8), (8, 4), (16, 2))
    teacher, student = (
        [torch.randn(2, width, side, side, generator=drawn).exp() for width, side in sides] for _ in range(2)
    )
    found = {
        kind: float(distillation_loss(teacher, student, kind))
        for kind in ("flattened", "per_position", "concatenated")
    }
    assert len({round(value, 4) for value in found.values()}) == 3
    for kind in found:
        assert float(distillation_loss(teacher, teacher, kind)) == pytest.approx(0, abs=1e-5)  # type: ignore[arg-type]


def test_a_part_without_a_picture_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="blind has no picture"):
        OnMadeUpTeacher(CONFIG).fit([without_picture()], Monitor())


def test_a_learning_rate_out_of_all_measure_is_said_in_a_sentence(parts) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InspectionError, match="no longer a number") as caught:
        train_student(parts, None, replace(CONFIG, lr=1e30, epochs=3), None, Monitor())
    assert "smaller learning rate" in caught.value.remedy


def test_held_out_parts_are_scored_on_the_part_alone() -> None:
    detector = OnMadeUpTeacher(replace(CONFIG, hold_out=0.3, epochs=1)).fit(NORMAL, Monitor())
    assert detector.held_out.source == "held_out"
    assert len(detector.held_out.scores) == 1
    unseen = NORMAL[split(3, 0.3)[1][0]]
    assert detector.held_out.scores == (detector.predict(unseen, Monitor()).whole,)


def test_trained_weights_are_used_as_they_are_with_no_epochs(tmp_path: Path) -> None:
    from core.methods.reverse_distillation.official_files import write_student

    student = new_student(FORMS["resnet18"], 1, "fan_in", 5)
    write_student(tmp_path / "wres50_bagel.pth", student)
    config = replace(CONFIG, checkpoint=str(tmp_path / "wres50_bagel.pth"), epochs=0)
    detector = OnMadeUpTeacher(config).fit(NORMAL[:1], Monitor())
    for key, value in student.state_dict().items():
        torch.testing.assert_close(detector.trained.student.state_dict()[key], value, rtol=0, atol=0)
    assert detector.predict(defective(), Monitor()).pixels.shape == (64, 64)
