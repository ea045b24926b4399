"""The decision layer."""

from __future__ import annotations

import logging

import numpy as np
import pytest

from core.scoring.decision import DecisionHead


def test_pixels_keep_their_shape_and_higher_stays_stranger() -> None:
    normal = np.abs(np.random.default_rng(0).standard_normal((200, 2))).astype(np.float32) + 0.5
    head = DecisionHead.fit(normal)
    maps = np.stack([np.full((4, 5), 1.0), np.full((4, 5), 2.0)], -1).astype(np.float32)
    assert head(maps).shape == (4, 5)
    assert (head(maps * 3) > head(maps)).all()


def test_a_negative_weight_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    columns = np.stack([np.full(50, 2.0), np.full(50, -2.0)], -1).astype(np.float32)
    with caplog.at_level(logging.WARNING):
        DecisionHead.fit(columns)
    assert "negative weight" in caplog.text
