"""What M3DM does with parts, files and a machine that let it down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from core.backbones.point_transformer import PointTransformer
from core.backbones.xyz_patches import PointPatching, XyzPatches
from core.errors import DataError, InspectionError, NotFitted, WeightsMissing
from core.lack_of_memory import lack_of_memory
from core.memory.feature_cache import FeatureCache
from core.memory.kept_features import Source
from core.methods.m3dm.config import STREAMS, M3dmConfig
from core.methods.m3dm.detector import M3DM
from core.methods.m3dm.patches import StreamPatches
from core.monitor import Monitor
from core.patches import PatchFeatures
from core.sample import Sample
from tests.core.methods.m3dm.official_files import place, tensors, write_official_files
from tests.core.methods.m3dm.small_parts import part, rgb_patches, stream_patches, xyz_patches

NORMAL = [part(number) for number in range(4)]


def point_detector(source: Source, cache: Path | None = None) -> M3DM:
    return M3DM(M3dmConfig(method_name="Point_MAE"), StreamPatches(("xyz",), {"xyz": source}), cache)


def test_fewer_points_than_groups_are_refused_with_both_numbers() -> None:
    patches = XyzPatches(PointTransformer(), PointPatching(groups=1024, group_size=128))
    xyz = np.full((224, 224, 3), np.nan, np.float32)
    xyz[100:110, 100:110] = 0.5
    with pytest.raises(DataError, match=r"100 points .* 1024 groups"):
        patches(Sample("part/small", None, xyz))


def test_an_empty_cloud_is_refused() -> None:
    patches = XyzPatches(PointTransformer(), PointPatching(groups=4, group_size=4))
    with pytest.raises(DataError, match="0 points"):
        patches(Sample("part/empty", None, np.full((8, 8, 3), np.nan, np.float32)))


def test_lack_of_memory_leaves_no_half_model_and_keeps_the_finished_features(tmp_path: Path) -> None:
    def short_of_memory(sample: Sample) -> PatchFeatures:
        if sample.name == "part/2":
            raise MemoryError
        return xyz_patches(sample)

    detector = point_detector(Source(short_of_memory, "x"), tmp_path)
    with pytest.raises(MemoryError):
        detector.fit(NORMAL, Monitor())
    with pytest.raises(NotFitted):
        detector.save(tmp_path / "model")
    assert len(list(tmp_path.rglob("*.npy"))) == 2
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    "where", ["core.memory.chosen_rows.greedy_cover", "core.scoring.decision.DecisionHead.fit"]
)
@pytest.mark.parametrize("error", [MemoryError, torch.OutOfMemoryError])
def test_lack_of_memory_after_the_features_leaves_them_to_the_next_training(
    where: str, error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short_of_memory(*_given: object, **_named: object) -> None:
        raise error

    config = M3dmConfig(method_name="DINO+Point_MAE")
    detector = M3DM(config, stream_patches(("xyz", "rgb")), tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(where, short_of_memory)
        with pytest.raises(error) as caught:
            detector.fit(NORMAL, Monitor())
    said = lack_of_memory(caught.value)
    assert said is not None
    assert "memory of this machine did not suffice" in said.message
    assert "fewer or smaller samples" in said.remedy
    with pytest.raises(NotFitted):
        detector.predict(part(9), Monitor())
    sources = {"xyz": Source(forbidden, "x"), "rgb": Source(forbidden, "r")}
    M3DM(config, StreamPatches(("xyz", "rgb"), sources), tmp_path).fit(NORMAL, Monitor())


def forbidden(sample: Sample) -> PatchFeatures:
    raise AssertionError(f"{sample.name} was embedded again")


def test_features_that_are_not_numbers_are_refused_by_name_and_not_kept(tmp_path: Path) -> None:
    def broken(sample: Sample) -> PatchFeatures:
        found = xyz_patches(sample)
        found.values[3, 7] = torch.nan if sample.name == "part/1" else 0.0
        return found

    with pytest.raises(DataError, match="part/1"):
        point_detector(Source(broken, "x"), tmp_path).fit(NORMAL, Monitor())
    assert len(list(tmp_path.rglob("*.npy"))) == 1


@pytest.mark.parametrize("name", ["Point_MAE", "DINO", "DINO+Point_MAE"])
def test_parts_whose_patches_are_all_alike_can_be_learnt(name: str) -> None:
    same = PatchFeatures(torch.ones(64, 1152), (8, 8))
    flat = PatchFeatures(torch.ones(16, 768), (4, 4))
    sources = {"xyz": Source(lambda sample: same, "x"), "rgb": Source(lambda sample: flat, "r")}
    config = M3dmConfig(method_name=name)  # type: ignore[arg-type]  # one of the names
    found = (
        M3DM(config, StreamPatches(STREAMS[name], sources)).fit(NORMAL, Monitor()).predict(part(9), Monitor())
    )
    assert np.isfinite(found.pixels).all()
    assert found.whole == pytest.approx(0.0)


def test_a_memory_of_one_row_judges() -> None:
    config = M3dmConfig(method_name="DINO", f_coreset=1e-9)
    detector = M3DM(config, stream_patches(("rgb",))).fit(NORMAL, Monitor())
    assert detector._learnt is not None
    assert len(detector._learnt.banks["rgb"][1]) == 1
    assert np.isfinite(detector.predict(part(9), Monitor()).whole)


def test_more_neighbours_than_rows_take_those_that_there_are() -> None:
    config = M3dmConfig(method_name="DINO", n_reweight=500)
    detector = M3DM(config, stream_patches(("rgb",))).fit(NORMAL, Monitor())
    assert np.isfinite(detector.predict(part(9), Monitor()).whole)


def test_a_kept_file_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    shelf = FeatureCache(tmp_path).shelf(part(0))
    rows = rgb_patches(part(0)).values.numpy()
    shelf.rows("r", lambda: rows)
    (kept,) = tmp_path.rglob("*.npy")
    kept.write_bytes(kept.read_bytes()[:200])
    np.testing.assert_array_equal(shelf.rows("r", lambda: rows + 1), rows + 1)
    np.testing.assert_array_equal(shelf.rows("r", lambda: rows), rows + 1)


def other_model() -> None:
    torch.save(tensors("uff"), place("point_mae"))


def cut_off() -> None:
    write_official_files("point_mae")
    path = place("point_mae")
    path.write_bytes(path.read_bytes()[:100_000])


class Payload:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path("poisoned"),)  # type: ignore[return-value]  # what a poisoned file does


def poisoned() -> None:
    torch.save({"base_model": Payload()}, place("point_mae"))


@pytest.mark.parametrize(
    ("spoil", "sentence", "remedy"),
    [
        (other_model, "does not fit the network: 154 tensors are missing: encoder", "made for this network"),
        (cut_off, "is damaged or was cut off", "Fetch the file again"),
        (poisoned, "can only be read by running code that it contains", "from its publisher"),
    ],
    ids=["other_model", "cut_off", "poisoned"],
)
def test_a_wrong_file_of_weights_is_refused_with_a_remedy_and_leaves_no_model(
    spoil: Callable[[], None], sentence: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spoil()
    detector = M3DM(M3dmConfig(method_name="Point_MAE"))
    with pytest.raises(WeightsMissing, match=f"pointmae_pretrain.pth {sentence}") as caught:
        detector.fit(NORMAL, Monitor())
    assert remedy in caught.value.remedy
    assert not (tmp_path / "poisoned").exists()
    with pytest.raises(NotFitted):
        detector.predict(part(0), Monitor())


def test_a_model_is_refused_when_its_weights_were_exchanged(tmp_path: Path) -> None:
    torch.save({"x": torch.zeros(1)}, place("point_mae"))
    detector = point_detector(Source(xyz_patches, "x")).fit(NORMAL, Monitor())
    detector._weights = {"point_mae": "0" * 64}
    detector.save(tmp_path / "model")
    with pytest.raises(InspectionError, match="not the file that this model was trained with"):
        M3DM.load(tmp_path / "model").predict(part(0), Monitor())
