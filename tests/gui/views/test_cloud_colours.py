"""The colours of points by their signed distance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.pixel_link import PixelLink
from core.score_map import ScoreMap
from core.state.overlay_state import OverlayState
from gui.views.cloud_colours import LEAST_REACH_MM, distance_reach, point_colours
from gui.views.cloud_scene import CloudScene
from gui.views.scene_hud import NO_DISTANCE, SceneHud
from tests.gui.views.conftest import make_sample

pytestmark = pytest.mark.window


@pytest.fixture
def link() -> PixelLink:
    """The left third lies 0.8 mm too deep, the right one as much too high, one row is unknown."""
    sample = make_sample()
    rows, columns = sample.shape
    distances = np.repeat(np.linspace(-1, 1, columns).round(), rows).reshape(columns, rows).T * 0.8
    distances[0] = np.nan
    scores = np.zeros(sample.shape, np.float32)
    return PixelLink(sample, ScoreMap(scores, 0.0, distances.astype(np.float32)))


def scene_of(link: PixelLink) -> CloudScene:
    scene = CloudScene.of(link, 10_000)
    assert scene is not None
    return scene


def colours_of(link: PixelLink, overlay: OverlayState) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    scene = scene_of(link)
    shade = np.ones(len(scene.kept), np.float32)
    return np.asarray(point_colours(link, scene.kept, shade, scene.axes, overlay, False), float)


def test_what_is_sunk_is_blue_and_what_is_raised_is_orange(link: PixelLink, overlay: OverlayState) -> None:
    overlay.change(colour_by_3d="distance")
    kept, colours = scene_of(link).kept, colours_of(link, overlay)
    warmth = colours[:, 0] - colours[:, 2]
    told = link.distances_of(kept)
    assert warmth[told < -0.5].mean() < -40
    assert warmth[told > 0.5].mean() > 40
    assert abs(warmth[told == 0].mean()) < 10


def test_points_without_a_distance_stay_grey(link: PixelLink, overlay: OverlayState) -> None:
    overlay.change(colour_by_3d="distance")
    kept, colours = scene_of(link).kept, colours_of(link, overlay)
    unknown = colours[np.isnan(link.distances_of(kept))]
    assert len(unknown)
    assert np.ptp(unknown, axis=1).max() < 25


def test_noise_alone_is_not_spread_over_all_colours(link: PixelLink) -> None:
    assert link.score_map is not None
    assert link.score_map.distance_mm is not None
    quiet = replace(link.score_map, distance_mm=link.score_map.distance_mm * np.float32(1e-3))
    still = replace(link, score_map=quiet)
    assert distance_reach(still, scene_of(still).kept)[0] == LEAST_REACH_MM


def test_the_bar_tells_millimetres_to_both_sides_of_nought(link: PixelLink, overlay: OverlayState) -> None:
    overlay.change(colour_by_3d="distance")
    bar = SceneHud(overlay).colour_bar(scene_of(link))
    assert bar is not None
    assert (bar.low, bar.high) == (-0.8, 0.8)


def test_a_map_without_distances_says_so_and_stays_grey(link: PixelLink, overlay: OverlayState) -> None:
    assert link.score_map is not None
    bare = replace(link, score_map=replace(link.score_map, distance_mm=None))
    overlay.change(colour_by_3d="distance")
    hud, scene = SceneHud(overlay), scene_of(bare)
    assert hud.colour_bar(scene) is None
    assert hud._title(scene) == NO_DISTANCE
    assert np.ptp(colours_of(bare, overlay), axis=1).max() < 25
