"""M3DM as a whole, on tiny parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import NotFitted
from core.memory.kept_features import Source
from core.methods.m3dm.config import STREAMS, M3dmConfig, MethodName, Stream
from core.methods.m3dm.detector import M3DM
from core.methods.m3dm.patches import StreamPatches
from core.monitor import Cancelled, Monitor, Progress
from core.patches import PatchFeatures
from core.sample import Sample
from tests.core.methods.m3dm.small_parts import part, stream_patches, xyz_patches

NORMAL = [part(number) for number in range(5)]


def detector(name: str, cache: Path | None = None) -> M3DM:
    config = M3dmConfig(method_name=name)  # type: ignore[arg-type]  # the names come from the table
    return M3DM(config, stream_patches(STREAMS[name]), cache)


@pytest.mark.parametrize("name", STREAMS)
def test_every_variant_finds_the_scratch(name: MethodName) -> None:
    fitted = detector(name).fit(NORMAL, Monitor())
    good = fitted.predict(part(77), Monitor())
    bad = fitted.predict(part(78, is_scratched=True), Monitor())
    assert bad.whole > good.whole
    row, column = np.unravel_index(bad.pixels.argmax(), bad.pixels.shape)
    assert 40 < row < 130
    assert 40 < column < 130


@pytest.mark.parametrize("name", STREAMS)
def test_a_saved_variant_predicts_bit_for_bit_what_it_predicted_before(
    name: MethodName, tmp_path: Path
) -> None:
    fitted = detector(name).fit(NORMAL, Monitor())
    before = fitted.predict(part(78, is_scratched=True), Monitor())
    fitted.save(tmp_path / "model")
    opened = M3DM.load(tmp_path / "model")
    opened._patches = stream_patches(STREAMS[name])
    after = opened.predict(part(78, is_scratched=True), Monitor())
    np.testing.assert_array_equal(before.pixels, after.pixels)
    assert before.whole == after.whole


def test_a_cancelled_fit_leaves_the_detector_unfitted() -> None:
    monitor = Monitor()
    unfitted = detector("DINO+Point_MAE")

    def stop_late(progress: Progress) -> None:
        if progress.stage == 3:
            monitor.cancel()

    monitor.report = stop_late
    with pytest.raises(Cancelled):
        unfitted.fit(NORMAL, monitor)
    with pytest.raises(NotFitted):
        unfitted.predict(NORMAL[0], Monitor())


def test_a_second_training_reads_the_features_of_the_first(tmp_path: Path) -> None:
    detector("DINO+Point_MAE", tmp_path).fit(NORMAL, Monitor())

    def forbidden(sample: Sample) -> PatchFeatures:
        raise AssertionError(f"{sample.name} was embedded again")

    sources = {"xyz": Source(forbidden, "x"), "rgb": Source(forbidden, "r")}
    for name in ("DINO", "DINO+Point_MAE+add"):
        config = M3dmConfig(method_name=name)  # type: ignore[arg-type]  # one of the names
        M3DM(config, StreamPatches(STREAMS[name], sources), tmp_path).fit(NORMAL, Monitor())


def test_three_stages_are_told_where_a_decision_is_learnt() -> None:
    seen: list[Progress] = []
    detector("DINO+Point_MAE+Fusion").fit(NORMAL, Monitor(seen.append))
    assert {progress.stage for progress in seen} == {1, 2, 3}
    assert {progress.stages for progress in seen} == {3}


@pytest.mark.parametrize("name", STREAMS)
def test_the_progress_of_a_stage_only_rises_whatever_is_done_in_it(name: MethodName) -> None:
    seen: list[Progress] = []
    detector(name).fit(NORMAL, Monitor(seen.append))
    shares = [progress.done / progress.total for progress in seen if progress.stage == 2]
    assert len(shares) > 3 * len(NORMAL)
    assert shares == sorted(shares)
    assert {progress.total for progress in seen if progress.stage == 2} == {1000}
    assert shares[0] < 0.1
    assert shares[-1] > 0.8


def halved(streams: tuple[Stream, ...], scale: float = 1.0) -> StreamPatches:
    def larger(sample: Sample) -> PatchFeatures:
        found = xyz_patches(sample)
        return PatchFeatures(found.values * scale, found.grid)

    return StreamPatches(streams, {"xyz": Source(larger, "x", "float16")})


def test_features_in_half_precision_score_alike_kept_or_not(tmp_path: Path) -> None:
    config = M3dmConfig(method_name="Point_MAE", f_coreset=1.0, feature_storage="float16")
    kept = M3DM(config, halved(("xyz",)), tmp_path).fit(NORMAL, Monitor())
    passing = M3DM(config, halved(("xyz",))).fit(NORMAL, Monitor())
    for sample in (NORMAL[0], part(78, is_scratched=True)):
        ours, theirs = kept.predict(sample, Monitor()), passing.predict(sample, Monitor())
        np.testing.assert_array_equal(ours.pixels, theirs.pixels)
        assert ours.whole == theirs.whole
    assert kept.predict(NORMAL[0], Monitor()).whole == 0.0
    assert {np.load(path).dtype for path in tmp_path.rglob("*.npy")} == {np.dtype(np.float16)}


def test_features_too_large_for_half_precision_are_kept_in_single(tmp_path: Path) -> None:
    config = M3dmConfig(method_name="Point_MAE", feature_storage="float16")
    fitted = M3DM(config, halved(("xyz",), scale=1e6), tmp_path).fit(NORMAL, Monitor())
    assert np.isfinite(fitted.predict(part(7), Monitor()).whole)
    assert {np.load(path).dtype for path in tmp_path.rglob("*.npy")} == {np.dtype(np.float32)}


def test_half_and_single_precision_are_kept_apart(tmp_path: Path) -> None:
    M3DM(M3dmConfig(method_name="Point_MAE"), stream_patches(("xyz",)), tmp_path).fit(NORMAL, Monitor())
    M3DM(M3dmConfig(method_name="Point_MAE"), halved(("xyz",)), tmp_path).fit(NORMAL, Monitor())
    assert len(list(tmp_path.rglob("*.npy"))) == 2 * len(NORMAL)
