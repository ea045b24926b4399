from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WrongUse
from core.pixel_link import PixelLink
from core.preprocess.config import DEFAULTS, PreprocessConfig
from core.preprocess.cropping import cropped
from core.preprocess.in_place import prepare_in_place
from core.preprocess.padding import padded
from core.preprocess.part_on_source import part_on_source
from core.preprocess.prepare import prepare
from core.sample import Sample
from core.score_map import ScoreMap
from core.source_raster import on_source, truth_on_map, without_margin

BARE = replace(DEFAULTS, remove_background=False, pad_to_square=False)


def a_sample(height: int = 40, width: int = 20) -> Sample:
    rng = np.random.default_rng(1)
    rgb = rng.integers(0, 255, (height, width, 3)).astype(np.uint8)
    xyz = rng.normal(size=(height, width, 3)).astype(np.float32)
    mask = np.zeros((height, width), bool)
    mask[2:6, 2:6] = True
    return Sample("a", rgb, xyz, mask, mask.copy())


def test_each_side_loses_its_share_in_every_array() -> None:
    sample = a_sample()
    left = cropped(sample, replace(DEFAULTS, crop_top=10, crop_bottom=25, crop_left=5, crop_right=20))
    assert left.shape == (26, 15)
    for name in ("rgb", "xyz", "mask", "part"):
        np.testing.assert_array_equal(getattr(left, name), getattr(sample, name)[4:30, 1:16])


@given(*[st.integers(0, 45)] * 4, st.integers(1, 60), st.integers(1, 60))
def test_every_pixel_finds_back_to_its_source(
    top: int, bottom: int, left: int, right: int, height: int, width: int
) -> None:
    sample = a_sample(height, width)
    after = cropped(
        sample, PreprocessConfig(crop_top=top, crop_bottom=bottom, crop_left=left, crop_right=right)
    )
    assert after.rgb is not None
    assert sample.rgb is not None
    for row, column in ((0, 0), (after.shape[0] - 1, after.shape[1] - 1)):
        source = after.placing.to_source(row, column)
        there = sample.rgb[int(source[0]), int(source[1])]
        np.testing.assert_array_equal(after.rgb[row, column], there)


def test_a_picture_without_a_cloud_is_cropped_too() -> None:
    sample = Sample("a", rgb=np.zeros((40, 20, 3), np.uint8))
    assert prepare(sample, replace(DEFAULTS, crop_left=50)).sample.shape == (40, 10)


def test_padding_and_crop_together_lead_back_to_the_source() -> None:
    sample = a_sample()
    square = prepare(sample, replace(BARE, crop_top=50, pad_to_square=True)).sample
    assert square.shape == (100, 100)
    assert square.placing.to_source(*square.placing.from_source(25, 7)) == (25, 7)
    row, column = square.placing.from_source(25, 7)
    assert square.xyz is not None
    assert sample.xyz is not None
    np.testing.assert_array_equal(square.xyz[int(row), int(column)], sample.xyz[25, 7])


def test_a_marked_defect_that_is_cut_off_is_told() -> None:
    kinds = [
        [(note.kind, str(note.text)) for note in prepare(a_sample(), replace(BARE, crop_top=share)).notes]
        for share in (5, 10, 20)
    ]
    assert kinds[0] == []
    assert kinds[1] == [("defect_cut", "The crop takes away a part of the marked defect.")]
    assert kinds[2] == [("defect_cut", "The crop takes away the marked defect.")]


def test_the_share_that_stays_is_one_of_all_points() -> None:
    assert prepare(a_sample(), replace(BARE, crop_left=50)).kept_share == pytest.approx(0.5)


@pytest.mark.parametrize("values", [{"crop_top": 60, "crop_bottom": 40}, {"crop_left": -1}])
def test_a_crop_that_leaves_nothing_is_refused(values: dict[str, int]) -> None:
    with pytest.raises(WrongUse, match="The crop takes"):
        replace(DEFAULTS, **values)


def test_padding_over_what_was_cropped_says_nothing_of_the_source() -> None:
    """Padding lies over source pixels here: their scores, truth and part are not those of the blank rim."""
    rng = np.random.default_rng(3)
    source = Sample("a", rng.integers(0, 255, (100, 100, 3)).astype(np.uint8), mask=np.ones((100, 100), bool))
    config = replace(BARE, crop_left=30, crop_top=10, pad_to_square=True)
    left = padded(cropped(source, config), 100)
    frame = left.placing
    assert frame.shape == (100, 100)
    scores = np.full((100, 100), 7.0, np.float32)
    inside = np.zeros((100, 100), bool)
    inside[10:, 30:] = True

    np.testing.assert_array_equal(np.isfinite(on_source(scores, frame)), inside)
    assert np.isfinite(without_margin(scores, frame)).sum() == inside.sum()
    assert source.mask is not None
    assert left.mask is not None
    np.testing.assert_array_equal(truth_on_map(source.mask, frame, (100, 100)), left.mask)
    for size in ((100, 100), (50, 50)):
        values = np.full(size, 9.0, np.float32)  # hot in the padding, but for what lies beyond the source
        values[-size[0] // 20 :], values[:, -size[1] * 3 // 20 :] = 0.0, 0.0
        link = PixelLink(source, ScoreMap(values, 9.0), frame)
        found = link.scores_of(np.arange(10_000)).reshape(100, 100)
        np.testing.assert_array_equal(np.isfinite(found), inside)
        assert link.score_at((5, 50)) is None
        hottest = link.hottest()
        assert hottest is not None
        assert inside[hottest]
    np.testing.assert_array_equal(part_on_source(left), inside)


def test_a_crop_in_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="cropped again"):
        prepare_in_place([], tmp_path, replace(DEFAULTS, crop_left=10))
