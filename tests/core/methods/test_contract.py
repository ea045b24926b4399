"""What every row of the registry must do; a new row is tested on arrival."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pytest

from core.errors import InspectionError, NotFitted
from core.methods.detector import Detector
from core.methods.m3dm.config import M3dmConfig, MethodName
from core.methods.mtfi.config import MtfiConfig
from core.methods.registry import METHODS, build, config_class
from core.methods.shape_guided.config import Experts
from core.monitor import Cancelled, Monitor, Progress
from core.sample import Sample
from core.score_map import ScoreMap
from tests.core.methods.m3dm.stand_in import M3dmOnStandIns
from tests.core.methods.parts import defective, good, unseen, without_cloud, without_picture
from tests.core.methods.reverse_distillation.stand_in import SMALL_STUDENT, OnMadeUpTeacher
from tests.core.methods.shape_guided.plain_experts import SMALL, ShapeGuidedOnPlainExperts


@dataclass(frozen=True)
class Case:
    """A method and parameters that need no weights; `kind` stands in for a class that would need some."""

    method: str
    config: Any
    kind: Callable[[Any], Detector] | None = None

    def fresh(self) -> Detector:
        return build(self.method, self.config) if self.kind is None else self.kind(self.config)

    def __str__(self) -> str:
        default = asdict(config_class(self.method)())
        changed = [str(value) for name, value in asdict(self.config).items() if value != default[name]]
        return "-".join([self.method, *changed])


IMAGINING = [
    MtfiConfig(
        "WithHallucination",
        main,
        features="descriptors",
        use_hrnet=use_hrnet,
        own_epochs=2,
        f_coreset=0.01,
    )
    for main in ("xyz", "rgb")
    for use_hrnet in (None, True)
]
"""MTFI on hand-made features, with every main sensor and both families."""


def configs_without_weights(key: str) -> list[Any]:
    """The default, or else every change of one choice that makes weights needless."""
    kind = config_class(key)
    choices = [
        (entry.name, value)
        for entry in fields(kind)
        if get_origin(hint := get_type_hints(kind)[entry.name]) is Literal
        for value in get_args(hint)
    ]
    if not needs_weights(kind()):
        return [kind()]
    changed = [tried(partial(replace, kind(), **{name: value}))[0] for name, value in choices]
    return [config for config in changed if config is not None and not needs_weights(config)]


def tried(work: Callable[[], Any]) -> tuple[Any, InspectionError | None]:
    """What the work gave, or how it was refused."""
    try:
        return work(), None
    except InspectionError as problem:
        return None, problem


def needs_weights(config: Any) -> bool:
    return bool(getattr(config, "weights_needed", ()))


CASES = [Case(row.key, config) for row in METHODS for config in configs_without_weights(row.key)]
CASES += [Case("m3dm", M3dmConfig(method_name=name), M3dmOnStandIns) for name in get_args(MethodName)]
CASES += [Case("reverse_distillation", SMALL_STUDENT, OnMadeUpTeacher)]
CASES += [
    Case("shape_guided", replace(SMALL, experts=name), ShapeGuidedOnPlainExperts)
    for name in get_args(Experts)
]
CASES += [Case("mtfi", config) for config in IMAGINING]
SLOW = ("Fusion", "DINO+Point_MAE+Fusion", "reverse_distillation")
"""Variants with the large fusion block, and a method that trains a network in every test."""


def marked(case: Case) -> Any:
    is_slow = getattr(case.config, "method_name", case.method) in SLOW
    return pytest.param(case, marks=pytest.mark.slow) if is_slow else case


@pytest.fixture(params=[marked(case) for case in CASES], ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
def detector(case: Case) -> Detector:
    return case.fresh()


@pytest.fixture
def fitted(case: Case) -> Detector:
    return case.fresh().fit([good(0), good(1)], Monitor())


def predict(detector: Detector, sample: Sample) -> ScoreMap:
    return detector.predict(sample, Monitor())


def assert_same(left: ScoreMap, right: ScoreMap) -> None:
    np.testing.assert_array_equal(left.pixels, right.pixels)
    assert left.whole == right.whole


def test_building_a_detector_only_stores_its_config(case: Case) -> None:
    assert case.fresh().config == case.config  # type: ignore[attr-defined]  # every detector tells its config


def test_a_score_map_is_finite_and_of_single_precision(fitted: Detector) -> None:
    found = predict(fitted, defective())
    assert found.pixels.dtype == np.float32
    assert np.isfinite(found.pixels).all()
    assert np.isfinite(found.whole)


def test_a_defective_part_is_stranger_than_a_good_one(fitted: Detector) -> None:
    assert predict(fitted, defective()).whole > predict(fitted, good(2)).whole


def test_a_saved_detector_predicts_bit_for_bit_what_it_predicted_before(
    fitted: Detector, tmp_path: Path
) -> None:
    before = predict(fitted, defective())
    fitted.save(tmp_path / "model")
    assert_same(predict(type(fitted).load(tmp_path / "model"), defective()), before)


def test_a_saved_detector_keeps_its_config(fitted: Detector, case: Case, tmp_path: Path) -> None:
    fitted.save(tmp_path / "model")
    assert type(fitted).load(tmp_path / "model").config == case.config  # type: ignore[attr-defined]


def test_saving_twice_keeps_the_later_state(fitted: Detector, tmp_path: Path) -> None:
    fitted.save(tmp_path / "model")
    fitted.fit([good(3)], Monitor()).save(tmp_path / "model")
    assert_same(predict(type(fitted).load(tmp_path / "model"), good(2)), predict(fitted, good(2)))
    assert [entry.name for entry in tmp_path.iterdir()] == ["model"]


def test_a_damaged_model_is_refused_with_a_sentence(fitted: Detector, tmp_path: Path) -> None:
    fitted.save(tmp_path)
    state = tmp_path / "state.pt"
    state.write_bytes(state.read_bytes()[:100])
    with pytest.raises(InspectionError) as caught:
        type(fitted).load(tmp_path)
    assert caught.value.remedy


def test_a_cancelled_fit_leaves_the_detector_unfitted(detector: Detector) -> None:
    monitor = Monitor()
    monitor.cancel()
    with pytest.raises(Cancelled):
        detector.fit([good(0)], monitor)
    with pytest.raises(NotFitted):
        predict(detector, good(0))


def test_a_fit_cancelled_at_its_last_step_leaves_the_detector_as_it_was(fitted: Detector, case: Case) -> None:
    before = predict(fitted, good(2))
    seen: list[Progress] = []
    case.fresh().fit([good(3)], Monitor(report=seen.append))
    with pytest.raises(Cancelled):
        fitted.fit([good(3)], stopping_after(len(seen) - 1))
    assert_same(predict(fitted, good(2)), before)


def stopping_after(steps: int) -> Monitor:
    """A monitor that stops the work at the step after the given number of steps."""
    count = 0

    def report(progress: Progress) -> None:
        nonlocal count
        count += 1
        if count >= steps:
            monitor.cancel()

    monitor = Monitor(report=report)
    if steps <= 0:
        monitor.cancel()
    return monitor


def test_a_second_fit_forgets_the_first(fitted: Detector, detector: Detector) -> None:
    refitted = fitted.fit([good(3)], Monitor())
    assert_same(predict(refitted, defective()), predict(detector.fit([good(3)], Monitor()), defective()))


def test_a_part_scores_the_same_before_and_after_others(fitted: Detector) -> None:
    before = predict(fitted, good(2))
    predict(fitted, defective())
    assert_same(predict(fitted, good(2)), before)


def test_two_trainings_on_the_same_parts_give_the_same_scores(fitted: Detector, detector: Detector) -> None:
    again = detector.fit([good(0), good(1)], Monitor())
    assert_same(predict(again, defective()), predict(fitted, defective()))


def test_an_unfitted_detector_neither_judges_nor_saves(detector: Detector, tmp_path: Path) -> None:
    with pytest.raises(NotFitted):
        predict(detector, good(0))
    with pytest.raises(NotFitted):
        detector.save(tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_one_good_part_suffices(detector: Detector) -> None:
    assert np.isfinite(predict(detector.fit([good(0)], Monitor()), good(2)).whole)


def test_no_part_at_all_is_refused_with_a_sentence(detector: Detector) -> None:
    with pytest.raises(InspectionError) as caught:
        detector.fit([], Monitor())
    assert caught.value.remedy


ODD_PARTS = pytest.mark.parametrize(
    "odd", [unseen, without_cloud, without_picture], ids=lambda odd: str(odd.__name__)
)


@ODD_PARTS
def test_a_part_that_a_sensor_missed_is_judged_or_refused_with_a_sentence(
    fitted: Detector, odd: Callable[[], Sample]
) -> None:
    found, refusal = tried(lambda: predict(fitted, odd()))
    if refusal is not None:
        assert refusal.message
        assert refusal.remedy
    else:
        assert np.isfinite(found.pixels).all()
        assert np.isfinite(found.whole)


@ODD_PARTS
def test_learning_from_a_part_that_a_sensor_missed_succeeds_or_is_refused_with_a_sentence(
    detector: Detector, odd: Callable[[], Sample]
) -> None:
    _, refusal = tried(lambda: detector.fit([odd()], Monitor()))
    if refusal is None:
        assert np.isfinite(predict(detector, odd()).whole)
    else:
        assert refusal.message
        assert refusal.remedy
        with pytest.raises(NotFitted):
            predict(detector, good(2))


def test_progress_never_runs_backwards_within_a_stage(detector: Detector) -> None:
    seen: list[Progress] = []
    detector.fit([good(0), good(1)], Monitor(report=seen.append))
    for before, after in pairwise(seen):
        assert after.stage >= before.stage
        if (before.stage, before.text) == (after.stage, after.text):
            assert after.done >= before.done
