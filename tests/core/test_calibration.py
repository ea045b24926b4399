from __future__ import annotations

import numpy as np

from core.calibration import HeldOut


def test_held_out_scores_survive_being_kept():
    kept = HeldOut.of([0.5, 1.0], [np.array([0.1, 0.2], np.float32), np.array([0.9], np.float32)])
    assert HeldOut.from_dict(kept.as_dict()) == kept
    assert kept.peaks == (float(np.float32(0.2)), float(np.float32(0.9)))
    assert kept.source == "leave_one_out"


def test_nothing_left_out_tells_nothing():
    assert HeldOut.of([], []) == HeldOut()
    assert HeldOut().source == "none"
