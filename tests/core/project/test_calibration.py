"""What good parts look like decides the colours of a whole class."""

from __future__ import annotations

import numpy as np

from core.project.calibration import Calibration, calibration_of


def test_the_range_runs_from_the_usual_pixel_to_twice_the_threshold() -> None:
    maps = [np.linspace(0, 1, 1001, dtype=np.float32).reshape(7, 143)] * 3

    found = calibration_of("validation", [1.0, 1.0, 1.0], maps)

    low, high = found.display_range(3.0)
    assert np.isclose(low, 0.5)
    assert high == 6.0


def test_a_low_threshold_does_not_cut_the_range_of_normal_pixels() -> None:
    found = Calibration("validation", (1.0,), (1.0,), median=0.2, nearly_highest=0.9)

    assert found.display_range(0.1) == (0.2, 0.9)
    assert found.display_range(None) == (0.2, 0.9)


def test_flat_maps_still_give_a_range() -> None:
    low, high = calibration_of("validation", [0.0], [np.zeros((4, 4), np.float32)]).display_range(0.0)

    assert high > low


def test_a_record_gives_back_what_was_kept() -> None:
    found = calibration_of("k_fold", [1.0, 2.0], [np.eye(3, dtype=np.float32)] * 2)

    assert Calibration.from_dict(found.as_dict()) == found
    assert Calibration.from_dict({}).origin == "none"


def test_pixels_without_score_do_not_count() -> None:
    pixels = np.array([[np.nan, 1.0, 1.0]], np.float32)

    assert calibration_of("validation", [1.0], [pixels]).median == 1.0
