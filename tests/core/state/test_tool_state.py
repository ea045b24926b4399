"""Measuring between points that somebody chose."""

from __future__ import annotations

import numpy as np
import pytest

from core.measure.metric_cloud import metric_cloud
from core.sample import Sample
from core.state.tool_state import ToolState


@pytest.fixture
def tool() -> ToolState:
    """Over a plate with a step of 2 mm in its middle, 1 mm between the points."""
    rows, columns = np.mgrid[:40, :60].astype(np.float32)
    cloud = np.stack([columns, rows, 600 - 2 * (columns >= 30)], -1) / 1000
    cloud[0, 0] = np.nan
    made = ToolState()
    made.measure_on(metric_cloud(Sample("a", None, cloud)), None)
    return made


def test_two_points_give_the_distance_straight_and_along_the_axes(tool):
    assert tool.line == ()
    tool.take("distance")
    assert tool.is_shown
    tool.put((10, 20))
    assert tool.measurement is None
    tool.put((10, 40))
    found = tool.measurement
    assert found is not None
    assert found.value == pytest.approx(np.hypot(20, 2), rel=1e-5)
    assert found.along_axes == pytest.approx((20, 0, -2), abs=1e-3)
    assert tool.profile is None


def test_the_next_point_begins_the_next_measurement(tool):
    tool.take("distance")
    for spot in ((1, 1), (1, 5), (2, 2)):
        tool.put(spot)
    assert tool.spots == ((2, 2),)


def test_three_points_give_an_angle(tool):
    tool.take("angle")
    for spot in ((5, 5), (15, 5), (15, 15)):
        tool.put(spot)
    assert tool.measurement is not None
    assert tool.measurement.value == pytest.approx(90, abs=0.1)


def test_a_line_over_the_step_gives_its_height(tool):
    tool.take("profile")
    tool.put((10, 10))
    tool.put((10, 50))
    found = tool.profile
    assert found is not None
    assert np.ptp(found.heights) == pytest.approx(2.0, abs=0.06)
    assert len(tool.line) == len(found.heights)
    assert (tool.line[0], tool.line[-1]) == ((10, 10), (10, 50))
    tool.measure_on(None, None)
    assert tool.profile is None


def test_a_point_that_was_not_seen_measures_nothing(tool):
    tool.take("distance")
    tool.put((0, 0))
    tool.put((5, 5))
    assert tool.is_complete
    assert tool.measurement is None


def test_without_a_cloud_the_image_scale_counts(tool):
    tool.measure_on(None, 0.5)
    tool.take("distance")
    tool.put((0, 0))
    tool.put((0, 10))
    assert tool.measurement is not None
    assert (tool.measurement.value, tool.measurement.unit) == (5.0, "mm")


def test_putting_the_tool_down_keeps_what_is_complete_and_closing_forgets_it(tool):
    tool.put((3, 3))
    assert not tool.is_shown
    tool.take("distance")
    tool.put((1, 1))
    tool.put_down()
    assert not tool.is_shown
    tool.take("distance")
    tool.put((1, 1))
    tool.put((1, 2))
    tool.take("distance")
    assert tool.kind is None
    assert tool.measurement is not None
    tool.close()
    assert not tool.is_shown


def test_news_are_said_once(tool):
    heard = []
    hear = lambda: heard.append(1)  # noqa: E731 - it must outlive the connection
    tool.changed.connect(hear)
    tool.close()
    tool.put_down()
    tool.measure_on(tool.cloud, None)
    assert heard == []
    tool.take("angle")
    tool.close()
    tool.measure_on(None, 0.1)
    assert heard == [1, 1, 1]
