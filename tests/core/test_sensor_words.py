"""The sensors of a verdict, in words."""

from __future__ import annotations

import pytest

from core.sample import Sensor
from core.sensor_words import say_sensors


@pytest.mark.parametrize(
    ("used", "imagined", "told"),
    [
        ({"rgb", "xyz"}, set(), "RGB + 3D"),
        ({"rgb"}, set(), "RGB only"),
        ({"xyz"}, set(), "3D only"),
        ({"rgb"}, {"xyz"}, "RGB only, 3D imagined"),
        ({"xyz"}, {"rgb"}, "3D only, RGB imagined"),
        (set(), set(), ""),
    ],
)
def test_every_combination_has_its_words(used: set[Sensor], imagined: set[Sensor], told: str) -> None:
    assert say_sensors(frozenset(used), frozenset(imagined)) == told
