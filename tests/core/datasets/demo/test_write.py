"""Demo data sets on disk."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from core.datasets.demo.plan import DemoPlan, demo_order, known_classes, parts_of
from core.datasets.demo.scan import scan_part
from core.datasets.demo.write import truth_file, write_demo, write_part
from core.errors import InspectionError
from core.monitor import Cancelled, Monitor, Progress

TINY = DemoPlan(classes=("flange",), train=1, validation=1, test=4, size=48)


def _contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture)


def test_the_same_plan_gives_the_same_bytes(tmp_path):
    write_demo(tmp_path / "a", TINY, Monitor())
    write_demo(tmp_path / "b", TINY, Monitor())
    assert _contents(tmp_path / "a") == _contents(tmp_path / "b")


def test_another_seed_gives_other_parts(tmp_path):
    part = parts_of(TINY, "flange")[0]
    one, other = scan_part(TINY, part), scan_part(DemoPlan(**{**vars(TINY), "seed": 2}), part)
    assert not np.array_equal(one.rgb, other.rgb)


def test_a_part_written_alone_is_the_one_of_the_whole_set(tmp_path):
    part = demo_order(TINY)[0]
    write_demo(tmp_path / "all", TINY, Monitor())
    write_part(tmp_path / "one", TINY, part)
    alone = _contents(tmp_path / "one")
    assert alone
    assert alone.items() <= _contents(tmp_path / "all").items()


def test_the_mvtec_3d_layout_is_written_in_full(tmp_path):
    write_demo(tmp_path, TINY, Monitor())
    for split, label, gt in [("train", "good", False), ("validation", "good", False), ("test", "good", True)]:
        folder = tmp_path / "flange" / split / label
        assert _pixels(folder / "rgb" / "000.png").shape == (48, 48, 3)
        assert tifffile.imread(folder / "xyz" / "000.tiff").shape == (48, 48, 3)
        assert (folder / "gt" / "000.png").exists() == gt


def test_only_defective_parts_have_a_marked_mask(tmp_path):
    write_demo(tmp_path, TINY, Monitor())
    for part in parts_of(TINY, "flange"):
        if part.split == "test":
            mask = _pixels(tmp_path / "flange" / "test" / part.label / "gt" / f"{part.id}.png")
            assert mask.any() != part.is_good
            assert truth_file(tmp_path, part).exists() != part.is_good


def test_lost_points_are_exactly_zero_in_the_file_and_all_others_are_far_from_it(tmp_path):
    part = parts_of(TINY, "flange")[0]
    write_part(tmp_path, TINY, part)
    xyz = tifffile.imread(tmp_path / "flange" / "train" / "good" / "xyz" / "000.tiff")
    lost = np.isnan(scan_part(TINY, part).xyz[..., 2])
    assert xyz.dtype == np.float32
    assert lost.any()
    assert (xyz[lost] == 0).all()
    assert (xyz[~lost][:, 2] > 0.4).all()


def test_the_mvtec_ad_layout_has_masks_beside_the_defects_only(tmp_path):
    write_demo(tmp_path, TINY, Monitor(), layout="mvtec_2d")
    label = next(part.label for part in parts_of(TINY, "flange") if not part.is_good)
    assert (tmp_path / "flange" / "test" / label / "000.png").exists()
    assert _pixels(tmp_path / "flange" / "ground_truth" / label / "000_mask.png").any()
    assert not (tmp_path / "flange" / "ground_truth" / "good").exists()


def test_an_eyecandies_cloud_read_by_its_formula_lies_above_a_level_table(tmp_path):
    write_demo(tmp_path, TINY, Monitor(), layout="eyecandies")
    data = tmp_path / "flange" / "test_public" / "data"
    span = dict(
        line.split(":") for line in (data / "01_info_depth.yaml").read_text().split("\n") if "m" in line
    )
    low, high = float(span["  min"]), float(span["  max"])
    depth = _pixels(data / "01_depth.png").astype(float) / 65535 * (high - low) + low
    calibration = np.diag([711.11, 711.11, 1.0, 1.0])
    calibration[:2, 2] = TINY.size / 2
    back = np.linalg.inv(calibration @ np.loadtxt(data / "01_pose.txt"))
    row, column = np.indices(depth.shape)
    points = depth[..., None] * (np.stack([column, row, np.ones_like(row), 1 / depth], -1) @ back.T)[..., :3]
    table = np.concatenate([points[0, :, 2], points[-1, :, 2]])
    assert np.ptp(table) < 0.001
    assert 0.09 < table.mean() - points[..., 2].min() < 0.3
    assert _pixels(data / "01_mask.png").shape == depth.shape
    assert (tmp_path / "flange" / "train" / "data" / "000_image_4.png").exists()


def test_a_cancelled_write_leaves_whole_files_only(tmp_path):
    monitor = Monitor()

    def stop_at_the_third(progress: Progress) -> None:
        if progress.done == 2:
            monitor.cancel()

    monitor.report = stop_at_the_third
    with pytest.raises(Cancelled):
        write_demo(tmp_path / "cut", TINY, monitor)
    write_demo(tmp_path / "all", TINY, Monitor())
    assert 0 < len(_contents(tmp_path / "cut")) < len(_contents(tmp_path / "all"))
    assert _contents(tmp_path / "cut").items() <= _contents(tmp_path / "all").items()


def test_a_place_that_cannot_be_written_to_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InspectionError, match="could not be written"):
        write_demo(tmp_path / "file", TINY, Monitor())


def test_the_shown_class_comes_first_and_opens_with_a_defect():
    first, *rest = demo_order(DemoPlan(train=2, validation=0, test=4), first="cap")
    assert (first.family, first.split, first.is_good) == ("cap", "test", False)
    assert demo_order(DemoPlan())[0].label == "foreign_object"
    assert {part.family for part in rest[:5]} == {"cap"}
    assert len(rest) + 1 == 6 * len(DemoPlan().classes)


def test_the_sidecar_tells_kind_and_sizes(tmp_path):
    part = demo_order(TINY)[0]
    write_part(tmp_path, TINY, part)
    told = json.loads(truth_file(tmp_path, part).read_text())
    assert told["kind"] == part.label
    assert told["length_mm"] >= told["width_mm"] > 0
    assert told["area_mm2"] >= told["projected_area_mm2"] > 0


@pytest.mark.parametrize("family", known_classes())
def test_every_kind_of_defect_is_seen_by_the_camera(family):
    plan = DemoPlan(classes=(family,), train=0, validation=0, test=20, size=96)
    defective = [part for part in parts_of(plan, family) if not part.is_good]
    for part in {part.label: part for part in defective}.values():
        assert scan_part(plan, part).mask.sum() > 10, part.label
