"""What good parts look like decides the colours of a whole class."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.calibration import HeldOut
from core.project.records import ModelRecord
from core.tasks.normal_range import ENOUGH, display_range, normal_range, normal_range_of, with_left_out


def test_the_range_runs_from_the_usual_pixel_to_twice_the_threshold(model: ModelRecord) -> None:
    maps = [np.linspace(0, 1, 1001, dtype=np.float32)] * 3
    kept = normal_range("validation", [1.0, 1.0, 1.0], maps)

    low, high = display_range(replace(model, held_out=kept.as_dict()), 3.0)

    assert np.isclose(low, 0.5)
    assert high == 6.0


def test_a_low_threshold_does_not_cut_the_range_of_normal_pixels(model: ModelRecord) -> None:
    model = replace(model, held_out=HeldOut((1.0,), (1.0,), 0.2, 0.9, "validation").as_dict())

    assert display_range(model, 0.1) == (0.2, 0.9)
    assert display_range(model, None) == (0.2, 0.9)


def test_flat_maps_still_give_a_range(model: ModelRecord) -> None:
    flat = normal_range("validation", [0.0], [np.zeros((4, 4), np.float32)])

    low, high = display_range(replace(model, held_out=flat.as_dict()), 0.0)

    assert high > low


def test_a_model_gives_back_what_was_kept_with_it(model: ModelRecord) -> None:
    kept = normal_range("k_fold", [1.0, 2.0], [np.eye(3, dtype=np.float32)] * 2)

    assert normal_range_of(replace(model, held_out=kept.as_dict())) == kept
    assert normal_range_of(replace(model, held_out={})) == HeldOut()


def test_pixels_without_score_do_not_count() -> None:
    assert normal_range("validation", [1.0], [np.array([np.nan, 1.0, 1.0], np.float32)]).pixel_median == 1.0


def test_few_validation_parts_are_joined_by_the_parts_that_were_left_out() -> None:
    few, left_out = HeldOut((1.0,), (1.5,), 0.2, 0.9, "validation"), HeldOut((2.0,), (2.5,), 0.1, 0.8, "x")

    assert with_left_out(few, left_out) == HeldOut(
        (1.0, 2.0), (1.5, 2.5), 0.2, 0.9, "validation_and_left_out"
    )
    assert with_left_out(few, HeldOut()) == few


def test_many_validation_parts_stand_for_themselves() -> None:
    many = HeldOut((1.0,) * ENOUGH, (1.0,) * ENOUGH, 0.2, 0.9, "validation")

    assert with_left_out(many, HeldOut((2.0,), (2.0,), 0.0, 1.0, "leave_one_out")) == many
