"""A part that is measured again and again while its line moves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.datasets.reading import read_sample
from core.frame import Frame
from core.measure.metric_cloud import metric_cloud
from core.monitor import Cancelled, Monitor
from core.pixel_link import PixelLink
from core.sample import Sample
from core.score_map import ScoreMap
from core.tasks.inspect_class import inspect_class
from core.tasks.measure_parts import MeasureWish, measure_part
from core.tasks.part_ruler import MOST_MEASURED, KeptRise, PartRuler
from tests.core.tasks.conftest import COMPUTE

HIGH, WIDE = 90, 120


def plate() -> Sample:
    """A flat plate, 0.5 mm between the points."""
    rows, columns = np.mgrid[:HIGH, :WIDE].astype(np.float32)
    cloud = np.stack([columns * 0.5 - 30, rows * 0.5 - 22, np.full_like(rows, 600)], -1) / 1000
    return Sample("a/test/dent/1", None, cloud)


def spots(*middles: tuple[int, int], side: int = 10) -> np.ndarray[Any, Any]:
    scores = np.zeros((HIGH, WIDE), np.float32)
    for at, (row, column) in enumerate(middles):
        scores[row : row + side, column : column + side] = 9 - at
    return scores


@pytest.fixture
def ruler() -> PartRuler:
    return PartRuler(7, spots((10, 10), (50, 80)), metric_cloud(plate()))


def test_the_ruler_gives_what_measuring_the_part_from_its_files_gives(project, model):
    record = next(entry for entry in project.samples("bagel", "test") if entry.ref.label == "hole")
    inspect_class(project, model, [record], COMPUTE, Monitor())
    found = project.inspections(model.id)[record.id]
    link = PixelLink(read_sample(record.ref), project.score_map(found), found.frame)
    told = PartRuler.of(project, record, link).measured(40.0, MeasureWish(), None, Monitor())
    wanted = measure_part(project, record, found, 40.0)
    assert told.sizes == wanted.sizes
    assert [region.peak_at for region in told.regions] == [region.peak_at for region in wanted.regions]
    assert not told.has_cloud


def test_a_map_of_a_cropped_part_is_laid_where_it_belongs(project):
    record = project.samples("bagel", "test")[0]
    frame = Frame.whole(HIGH, WIDE).padded(-10, -20, 40, 40)
    link = PixelLink(Sample("a", np.zeros((HIGH, WIDE, 3), np.uint8)), ScoreMap(np.ones((40, 40)), 1), frame)
    ruler = PartRuler.of(project, record, link)
    assert ruler.scores is not None
    assert np.isfinite(ruler.scores[10:50, 20:60]).all()
    assert np.count_nonzero(np.isfinite(ruler.scores)) == 1600


def test_a_part_that_was_not_inspected_has_no_scores_to_measure(project):
    record = project.samples("bagel", "test")[0]
    assert PartRuler.of(project, record, PixelLink(read_sample(record.ref))).scores is None


def test_two_spots_are_two_regions_in_millimetres(ruler):
    found = ruler.measured(4.0, MeasureWish(), None, Monitor())
    assert [size.number for size in found.sizes] == [1, 2]
    assert [size.area for size in found.sizes] == pytest.approx([25, 25], rel=0.02)
    assert found.is_exact
    assert found.has_cloud


def test_the_same_in_pixels_where_nobody_wants_millimetres(ruler):
    wish = MeasureWish(mm_per_pixel=0.1)
    found = ruler.measured(4.0, wish, None, Monitor(), is_metric=False)
    assert [(size.trust, size.area) for size in found.sizes] == [("pixels", 100), ("pixels", 100)]


def test_while_dragging_area_is_told_about(ruler):
    found = ruler.rough(4.0, MeasureWish())
    assert not found.is_exact
    assert [size.area for size in found.sizes] == pytest.approx([25, 25], rel=0.1)
    assert found.sizes[0].length is None


def test_a_large_raster_is_followed_on_fewer_pixels():
    scores = np.zeros((600, 800), np.float32)
    scores[100:140, 200:240] = 5
    found = PartRuler(1, scores, None).rough(4.0, MeasureWish(mm_per_pixel=0.1))
    assert found.step == 4
    assert found.sizes[0].trust == "image_scale"
    assert found.sizes[0].area == pytest.approx(16.0)
    assert PartRuler(1, scores, None).rough(4.0, MeasureWish()).sizes[0].trust == "pixels"


def test_no_more_regions_are_measured_than_anybody_reads():
    scores = np.zeros((HIGH, WIDE), np.float32)
    for row in range(0, 88, 8):
        for column in range(0, 116, 8):
            scores[row : row + 4, column : column + 4] = 5
    many = PartRuler(1, scores, None)
    found = many.measured(1.0, MeasureWish(), None, Monitor())
    assert len(found.sizes) == len(found.regions) == MOST_MEASURED
    assert found.unmeasured == 11 * 15 - MOST_MEASURED
    assert many.rough(1.0, MeasureWish()).unmeasured == found.unmeasured


def test_measuring_stops_when_asked(ruler):
    monitor = Monitor()
    monitor.cancel()
    with pytest.raises(Cancelled):
        ruler.measured(4.0, MeasureWish(), None, monitor)


def test_the_mean_part_is_laid_onto_a_cloud_once(ruler):
    class Counting:
        asked = 0

        def rise(self, cloud):
            self.asked += 1
            return np.zeros(cloud.shape), np.ones(cloud.shape)

    normal = Counting()
    kept = KeptRise(normal)
    for line in (4.0, 5.0):
        found = ruler.measured(line, MeasureWish("mean_part"), kept, Monitor())
        assert found.sizes[0].surface == "mean_part"
    assert normal.asked == 1
