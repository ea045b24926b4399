from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.preprocess.config import DEFAULTS
from core.preprocess.separate import part_area, separate
from core.sample import Sample
from tests.core.preprocess.scenes import dome_mask, scan


def _kinds(sample: Sample) -> list[str]:
    return [note.kind for note in separate(sample, DEFAULTS).notes]


def test_the_part_is_told_from_the_table() -> None:
    found = separate(scan(), DEFAULTS)
    assert found.notes == ()
    np.testing.assert_array_equal(found.kept, dome_mask(60, 50))


def test_only_the_largest_piece_above_the_table_is_kept() -> None:
    sample = scan(80, 90)
    assert sample.xyz is not None
    xyz = sample.xyz.copy()
    xyz[15:25, 15:25, 2] -= 0.012
    found = separate(replace(sample, xyz=xyz), DEFAULTS)
    np.testing.assert_array_equal(found.kept, dome_mask(80, 90))
    both = separate(replace(sample, xyz=xyz), replace(DEFAULTS, keep_largest_piece=False))
    assert both.kept is not None
    assert both.kept.sum() == dome_mask(80, 90).sum() + 100


def test_a_part_at_the_edge_is_told_and_still_separated() -> None:
    found = separate(scan(60, 60, right=25), DEFAULTS)
    np.testing.assert_array_equal(found.kept, dome_mask(60, 60, right=25))


def test_an_edge_that_is_not_flat_is_said() -> None:
    sample = scan(40, 40)
    assert sample.xyz is not None
    xyz = sample.xyz.copy()
    xyz[..., 2] += np.random.default_rng(0).normal(0, 0.05, (40, 40))
    assert "edge_not_flat" in _kinds(replace(sample, xyz=xyz))


def test_a_bare_table_stays_with_a_note() -> None:
    found = separate(scan(rise=0.0), DEFAULTS)
    assert found.kept is None
    assert [(note.kind, note.is_warning) for note in found.notes] == [("nothing_left", True)]
    assert "5 mm" in found.notes[0].text


def test_crumbs_that_hold_no_piece_together_stay_with_a_note() -> None:
    sample = scan(rise=0.0)
    assert sample.xyz is not None
    xyz = sample.xyz.copy()
    xyz[20:40:6, 20:40:6, 2] -= 0.02
    found = separate(replace(sample, xyz=xyz), DEFAULTS)
    assert [note.kind for note in found.notes] == ["no_piece"]
    assert found.kept is not None
    assert found.kept.sum() == 16


def test_a_cloud_without_an_edge_is_taken_as_separated_already() -> None:
    sample = scan()
    assert sample.xyz is not None
    inside = dome_mask(60, 50)
    alone = replace(sample, xyz=np.where(inside[..., None], sample.xyz, np.float32(np.nan)))
    found = separate(alone, DEFAULTS)
    assert [(note.kind, note.is_warning) for note in found.notes] == [("no_edge", False)]
    np.testing.assert_array_equal(found.kept, inside)


def test_what_has_no_points_or_no_unit_is_left_with_a_note() -> None:
    colours = np.zeros((4, 4, 3), np.uint8)
    unseen = np.full((4, 4, 3), np.nan, np.float32)
    assert _kinds(Sample("a", rgb=colours)) == ["no_cloud"]
    assert _kinds(Sample("a", xyz=unseen)) == ["empty_cloud"]
    assert _kinds(Sample("a", xyz=unseen[:1, :1])) == ["empty_cloud"]
    assert _kinds(Sample("a", xyz=np.ones((1, 1, 3), np.float32))) == ["no_edge"]
    assert _kinds(replace(scan(), is_metric=False)) == ["unknown_unit"]


def test_gaps_inside_the_part_belong_to_it_and_those_at_its_rim_do_not() -> None:
    kept = dome_mask(40, 40, 12)
    seen = np.ones((40, 40), bool)
    seen[18:22, 18:22] = kept[18:22, 18:22] = False
    seen[20, 30:36] = kept[20, 30:36] = False
    area = part_area(seen, kept)
    assert area[18:22, 18:22].all()
    assert not area[20, 30:36].any()


def test_background_seen_through_a_hole_is_not_the_part() -> None:
    kept = dome_mask(40, 40, 12) & ~dome_mask(40, 40, 4)
    np.testing.assert_array_equal(part_area(np.ones((40, 40), bool), kept), kept)


def test_a_gap_at_the_edge_of_the_picture_is_not_the_part() -> None:
    seen = np.ones((6, 6), bool)
    seen[:3, 2:4] = False
    np.testing.assert_array_equal(part_area(seen, seen), seen)
