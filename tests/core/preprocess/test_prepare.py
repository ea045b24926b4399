from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.preprocess.config import DEFAULTS
from core.preprocess.prepare import prepare
from core.sample import Sample
from tests.core.preprocess.scenes import dome_mask, scan


def test_background_becomes_black_and_missing_and_the_part_is_marked() -> None:
    before = scan()
    after = prepare(before, replace(DEFAULTS, pad_to_square=False)).sample
    part = dome_mask(60, 50)
    assert before.rgb is not None
    assert after.rgb is not None
    np.testing.assert_array_equal(after.seen, part)
    np.testing.assert_array_equal(after.part, part)
    np.testing.assert_array_equal(after.rgb, np.where(part[..., None], before.rgb, 0))
    np.testing.assert_array_equal(after.mask, before.mask)


def test_pixels_that_were_never_seen_keep_their_colour() -> None:
    sample = scan()
    assert sample.xyz is not None
    assert sample.rgb is not None
    xyz = sample.xyz.copy()
    xyz[5, 25] = xyz[30, 25] = np.nan
    after = prepare(replace(sample, xyz=xyz), replace(DEFAULTS, pad_to_square=False)).sample
    assert after.rgb is not None
    assert after.part is not None
    assert np.array_equal(after.rgb[5, 25], sample.rgb[5, 25])
    assert (after.part[5, 25], after.part[30, 25]) == (False, True)


def test_the_square_knows_where_it_lies_in_the_source() -> None:
    prepared = prepare(scan())
    assert prepared.sample.shape == (100, 100)
    assert prepared.sample.placing.to_source(20, 25) == (0, 0)
    np.testing.assert_array_equal(prepared.sample.seen[20:80, 25:75], dome_mask(60, 50))


def test_share_and_size_of_the_part_are_told() -> None:
    prepared = prepare(scan())
    assert prepared.kept_share == pytest.approx(dome_mask(60, 50).mean())
    assert prepared.size_mm == pytest.approx((29, 28, 12), abs=1.5)


def test_the_size_is_measured_along_the_table_however_it_is_tilted() -> None:
    sample = scan()
    assert sample.xyz is not None
    x, y, z = np.moveaxis(sample.xyz.astype(np.float64) - [0, 0, 0.5], -1, 0)
    cos, sin = np.cos(1.2), np.sin(1.2)
    turned = np.stack([cos * x - sin * z, y, sin * x + cos * z + 0.5], axis=-1).astype(np.float32)
    assert prepare(replace(sample, xyz=turned)).size_mm == pytest.approx(prepare(sample).size_mm, abs=0.3)


def test_a_table_seen_from_its_side_has_a_size_too() -> None:
    sample = scan()
    assert sample.xyz is not None
    x, y, z = np.moveaxis(sample.xyz, -1, 0)
    across = np.stack([z - 0.1 * x, y, x + 0.1], axis=-1)
    assert prepare(replace(sample, xyz=across)).size_mm == pytest.approx((28, 28, 12), abs=1.5)


def test_the_same_sample_is_prepared_bit_for_bit_alike() -> None:
    one, two = prepare(scan()).sample, prepare(scan()).sample
    np.testing.assert_array_equal(one.xyz, two.xyz)
    np.testing.assert_array_equal(one.part, two.part)


def test_a_prepared_sample_prepared_again_stays_as_it_is() -> None:
    once = prepare(scan()).sample
    again = prepare(once)
    assert [note.kind for note in again.notes] == ["no_edge"]
    np.testing.assert_array_equal(again.sample.xyz, once.xyz)
    np.testing.assert_array_equal(again.sample.rgb, once.rgb)
    np.testing.assert_array_equal(again.sample.part, once.part)


def test_a_sample_without_a_cloud_is_left_as_it_is() -> None:
    sample = Sample("a", rgb=np.ones((20, 30, 3), np.uint8))
    prepared = prepare(sample)
    assert prepared.sample is sample
    assert (prepared.kept_share, prepared.size_mm) == (1.0, None)


def test_a_cloud_alone_needs_no_colours() -> None:
    sample = scan()
    prepared = prepare(replace(sample, rgb=None, mask=None))
    assert prepared.sample.rgb is None
    assert prepared.sample.seen.sum() == dome_mask(60, 50).sum()


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (1, 40)])
@pytest.mark.parametrize("value", [np.nan, 1.0])
def test_tiny_and_empty_clouds_are_padded_with_a_note(shape: tuple[int, int], value: float) -> None:
    prepared = prepare(Sample("a", xyz=np.full((*shape, 3), value, np.float32)))
    assert len(prepared.notes) == 1
    assert prepared.sample.shape == (100, 100)


def test_the_background_stays_where_it_is_wanted() -> None:
    sample = scan()
    prepared = prepare(sample, replace(DEFAULTS, remove_background=False, pad_to_square=False))
    assert prepared.sample is sample
    assert prepared.notes == ()
    assert prepared.kept_share == 1.0


def test_sizes_are_not_told_where_the_unit_is_unknown() -> None:
    assert prepare(replace(scan(), is_metric=False)).size_mm is None
