"""What MTFI does with one sensor, and what it keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import DataError, WeightsMissing
from core.memory.kept_features import Source
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.detector import Mtfi
from core.methods.mtfi.streams import Streams
from core.monitor import Monitor
from core.sample import Sample
from tests.core.methods.mtfi.small_parts import part, rgb_patches, streams, xyz_patches

NORMAL = [part(number) for number in range(4)]
MAINS = ("xyz", "rgb")
IMAGINING: dict[str, Any] = {"method_name": "WithHallucination", "f_coreset": 0.5}


def fitted(**values: Any) -> Mtfi:
    config = MtfiConfig(**values)
    return Mtfi(config, streams(config)).fit(NORMAL, Monitor())


def alone(sample: Sample, sensor: str) -> Sample:
    if sensor == "xyz":
        return Sample(sample.name, None, sample.xyz)
    return Sample(sample.name, sample.rgb, None)


@pytest.mark.parametrize("main", MAINS)
def test_a_part_gets_the_same_score_with_and_without_the_missing_sensor(main: str) -> None:
    detector, strange = fitted(**IMAGINING, main_modality=main), part(9, is_scratched=True)
    both, one = detector.predict(strange, Monitor()), detector.predict(alone(strange, main), Monitor())
    np.testing.assert_array_equal(both.pixels, one.pixels)
    assert both.whole == one.whole


@pytest.mark.parametrize("main", MAINS)
def test_a_scratch_is_stranger_than_none(main: str) -> None:
    detector = fitted(**IMAGINING, main_modality=main)
    strange, usual = (detector.predict(part(9, is_scratched=bad), Monitor()).whole for bad in (True, False))
    assert strange > usual


def test_the_missing_sensor_is_never_looked_at_in_an_inspection() -> None:
    def forbidden(sample: Sample) -> Any:
        raise AssertionError("the missing sensor was looked at")

    config = MtfiConfig(**IMAGINING, main_modality="xyz")
    detector = Mtfi(config, streams(config)).fit(NORMAL, Monitor())
    told = Streams(config, {"xyz": Source(xyz_patches, "x"), "rgb": Source(forbidden, "r")})
    assert detector._streams is not None
    assert detector._streams.imagination is not None
    detector._streams = told.with_imagination(detector._streams.imagination)
    assert np.isfinite(detector.predict(part(5), Monitor()).whole)


def test_without_its_main_sensor_a_part_is_refused() -> None:
    config = MtfiConfig(features="descriptors", method_name="Point_MAE")
    with pytest.raises(DataError, match="no 3D cloud"):
        Mtfi(config).fit([alone(part(0), "rgb")], Monitor())


def test_all_memories_share_the_mean_of_the_points_and_the_deviation_of_the_picture() -> None:
    detector = fitted(**IMAGINING, main_modality="rgb")
    points = np.concatenate([xyz_patches(sample).values.numpy() for sample in NORMAL])
    picture = np.concatenate([rgb_patches(sample).values.numpy() for sample in NORMAL])
    assert detector._learnt is not None
    for scale, _ in detector._learnt.banks.values():
        assert scale.mean == pytest.approx(points.mean(dtype=np.float64), rel=1e-5)
        assert scale.deviation == pytest.approx(picture.std(ddof=1, dtype=np.float64), rel=1e-5)


def test_each_memory_may_have_its_own_scale_and_then_trains_without_the_missing_sensor() -> None:
    config = MtfiConfig(**IMAGINING, main_modality="xyz", statistics="per_stream")
    assert config.sensors_to_train == {"xyz"}
    blind = [alone(sample, "xyz") for sample in NORMAL]
    detector = Mtfi(config, streams(config)).fit(blind, Monitor())
    assert detector._learnt is not None
    real, imagined = (scale for scale, _ in detector._learnt.banks.values())
    assert real.mean != imagined.mean


@pytest.mark.parametrize(
    "values",
    [
        {"dist_method_s": "l1"},
        {"dist_method_s": "cos_dist"},
        {"dist_method_coreset": "l1"},
        {"coreset_dtype": "FP16"},
        {"distance_rounding": "published"},
        {"blur": "8bit"},
    ],
)
def test_every_quirk_judges(values: dict[str, Any]) -> None:
    detector = fitted(method_name="DINO+Point_MAE", f_coreset=0.5, **values)
    assert (
        detector.predict(part(9, is_scratched=True), Monitor()).whole
        > detector.predict(part(9), Monitor()).whole
    )


def test_imagined_patches_of_a_known_network_are_kept_for_other_trainings(tmp_path: Path) -> None:
    config = MtfiConfig(**IMAGINING, main_modality="xyz")
    Mtfi(config, streams(config), tmp_path).fit(NORMAL, Monitor())
    kinds = [folder for folder in tmp_path.iterdir() if folder.is_dir()]
    assert sorted(len(list(folder.iterdir())) for folder in kinds) == [4, 4, 4]


def test_missing_weights_are_all_named_with_the_way_to_get_them() -> None:
    with pytest.raises(WeightsMissing, match="feature to feature, main sensor cloud") as caught:
        Mtfi(MtfiConfig(method_name="WithHallucination", main_modality="xyz")).fit(NORMAL, Monitor())
    assert "MTFI_FtoF_PCs.pth" in caught.value.remedy
    assert "inspector pretrain ftof" in caught.value.remedy


def test_a_file_of_weights_that_is_not_there_is_named(tmp_path: Path) -> None:
    config = MtfiConfig(
        method_name="WithHallucination",
        main_modality="xyz",
        features="descriptors",
        fusion_module_path=str(tmp_path / "mine.pth"),
    )
    with pytest.raises(WeightsMissing, match=r"mine\.pth"):
        Mtfi(config).fit(NORMAL, Monitor())
