"""How well a way to score parts does on the test parts, and what is said of a model that was chosen by it."""

from __future__ import annotations

import numpy as np
import pytest

from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.project.project import Project
from core.sample import Sample
from core.score_map import ScoreMap
from core.tasks import best_on_test


def brightness(sample: Sample) -> ScoreMap:
    assert sample.rgb is not None
    pixels = sample.rgb.mean(axis=2).astype(np.float32)
    return ScoreMap(pixels, float(pixels.max()))


def darkness(sample: Sample) -> ScoreMap:
    pixels = -brightness(sample).pixels
    return ScoreMap(pixels, float(pixels.max()))


def test_a_way_that_finds_every_defect_gets_the_highest_figure(project: Project) -> None:
    figure = best_on_test.test_figure(project, "bagel", brightness)
    assert figure == pytest.approx(3.0, abs=0.01)
    assert best_on_test.test_figure(project, "bagel", darkness) < 1.5


def test_trainings_that_only_set_the_line_do_not_see_the_test() -> None:
    config = ReverseDistillationConfig(keep="best_on_test")
    assert best_on_test.uses_the_test(config)
    assert best_on_test.without_the_test(config).keep == "last"
    assert not best_on_test.uses_the_test(ReverseDistillationConfig())
    assert best_on_test.without_the_test("any config") == "any config"
