from __future__ import annotations

import numpy as np
import pytest

from core.errors import DataError, NotFitted
from core.methods.quick_look.detector import QuickLook
from core.monitor import Cancelled, Monitor
from core.sample import Sample
from tests.core.methods.quick_look.parts import SIZE, tiny_part

GOOD = range(6)


@pytest.fixture(scope="module")
def fitted() -> QuickLook:
    return QuickLook().fit([tiny_part(seed) for seed in GOOD], Monitor())


def test_unseen_good_parts_stay_calm_and_defects_of_either_kind_stand_out(fitted):
    good = max(fitted.predict(tiny_part(seed), Monitor()).whole for seed in (20, 21, 22))
    assert fitted.predict(tiny_part(30, dent_mm=1.0), Monitor()).whole > 1.3 * good
    assert fitted.predict(tiny_part(31, spot=0.6), Monitor()).whole > 1.3 * good


def test_the_map_is_higher_on_the_defect_than_elsewhere_on_the_part(fitted):
    part = tiny_part(30, dent_mm=1.0)
    assert part.mask is not None
    assert part.part is not None
    pixels = fitted.predict(part, Monitor()).pixels
    assert pixels[part.mask].mean() > 1.5 * pixels[part.part & ~part.mask].mean()


def test_the_map_covers_the_whole_raster_and_is_zero_far_from_the_part(fitted):
    part = tiny_part(23)
    pixels = fitted.predict(part, Monitor()).pixels
    assert pixels.shape == (SIZE, SIZE)
    assert pixels[0, 0] == 0
    assert np.isfinite(pixels).all()


def test_a_saved_detector_predicts_bit_for_bit_what_it_predicted_before(fitted, tmp_path):
    part = tiny_part(24, dent_mm=0.5)
    before = fitted.predict(part, Monitor())
    fitted.save(tmp_path / "model")
    again = QuickLook.load(tmp_path / "model")
    after = again.predict(part, Monitor())
    np.testing.assert_array_equal(before.pixels, after.pixels)
    assert before.whole == after.whole
    assert again.held_out == fitted.held_out


def test_a_second_fit_gives_the_same_scores(fitted):
    part = tiny_part(24, spot=0.3)
    again = QuickLook().fit([tiny_part(seed) for seed in GOOD], Monitor())
    np.testing.assert_array_equal(
        fitted.predict(part, Monitor()).pixels, again.predict(part, Monitor()).pixels
    )


@pytest.mark.parametrize("sensors", ["rgb", "xyz"])
def test_one_sensor_is_enough(sensors):
    detector = QuickLook().fit([tiny_part(seed, sensors=sensors) for seed in GOOD], Monitor())
    good = detector.predict(tiny_part(20, sensors=sensors), Monitor()).whole
    bad = detector.predict(tiny_part(30, dent_mm=1.0, spot=0.6, sensors=sensors), Monitor()).whole
    assert bad > 1.3 * good


def test_one_good_part_is_enough_to_rank_a_defect_and_there_is_no_held_out_score():
    detector = QuickLook().fit([tiny_part(0)], Monitor())
    assert detector.held_out.scores == ()
    assert detector.held_out.source == "none"
    good = detector.predict(tiny_part(20), Monitor()).whole
    assert detector.predict(tiny_part(30, dent_mm=1.5, spot=0.8), Monitor()).whole > good


def test_the_score_of_a_part_is_the_highest_value_of_its_map(fitted):
    for part in (tiny_part(20), tiny_part(30, dent_mm=1.0)):
        found = fitted.predict(part, Monitor())
        assert found.whole == found.pixels.max()


def test_one_is_the_strangest_good_part_in_the_map_and_as_a_whole(fitted):
    held_out = fitted.held_out
    assert len(held_out.scores) == len(GOOD)
    assert held_out.scores == held_out.peaks
    assert max(held_out.scores) == pytest.approx(1.0)
    assert 0 < held_out.pixel_median < held_out.pixel_high


def test_a_cancelled_fit_leaves_the_detector_unfitted():
    detector, monitor = QuickLook(), Monitor()
    monitor.cancel()
    with pytest.raises(Cancelled):
        detector.fit([tiny_part(0)], monitor)
    with pytest.raises(NotFitted):
        detector.predict(tiny_part(0), Monitor())


def test_an_empty_cloud_is_told_in_a_sentence(fitted):
    empty = Sample("block/empty", xyz=np.full((SIZE, SIZE, 3), np.nan, np.float32))
    with pytest.raises(DataError, match="block/empty"):
        fitted.predict(empty, Monitor())


def test_a_part_without_the_trained_sensor_is_refused():
    detector = QuickLook().fit([tiny_part(seed, sensors="xyz") for seed in GOOD], Monitor())
    with pytest.raises(DataError, match="sensor"):
        detector.predict(tiny_part(1, sensors="rgb"), Monitor())


def test_a_part_of_a_hundred_pixels_gets_a_map_too():
    def speck(seed: int) -> Sample:
        rgb = np.random.default_rng(seed).integers(90, 110, (70, 70, 3), np.uint8)
        part = np.zeros((70, 70), bool)
        part[30:40, 30:40] = True
        return Sample(f"speck/{seed}", rgb=rgb, part=part)

    found = QuickLook().fit([speck(seed) for seed in range(3)], Monitor()).predict(speck(9), Monitor())
    assert np.isfinite(found.pixels).all()
    assert found.pixels[35, 35] > 0


def test_samples_of_different_rasters_go_together(fitted):
    part = tiny_part(25)
    assert part.rgb is not None
    assert part.xyz is not None
    assert part.part is not None
    wider = Sample(
        "block/wide",
        rgb=np.pad(part.rgb, [(0, 40), (30, 0), (0, 0)]),
        xyz=np.pad(part.xyz, [(0, 40), (30, 0), (0, 0)], constant_values=np.nan),
        part=np.pad(part.part, [(0, 40), (30, 0)]),
    )
    alone, padded = fitted.predict(part, Monitor()), fitted.predict(wider, Monitor())
    assert padded.pixels.shape == (SIZE + 40, SIZE + 30)
    assert padded.whole == pytest.approx(alone.whole, rel=0.1)
