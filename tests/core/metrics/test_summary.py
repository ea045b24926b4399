from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from core.metrics.aupro import aupro, pixel_auroc
from core.metrics.auroc import auroc
from core.metrics.pixels import pixel_scores
from core.metrics.summary import Figures, class_figures, mean_figures

LABELS = ["good", "good", "hole", "crack", "crack"]
SCORES = [0.1, 0.4, 0.9, 0.3, 0.5]


def _maps_and_masks() -> tuple[list[NDArray[np.float32]], list[NDArray[np.bool_] | None]]:
    rng = np.random.default_rng(3)
    maps = [rng.random((20, 30 + index)).astype(np.float32) for index in range(5)]
    masks: list[NDArray[np.bool_] | None] = [None, np.zeros((20, 31), bool)]
    for index in (2, 3, 4):
        mask = np.zeros((20, 30 + index), bool)
        mask[3:7, 4:9] = True
        maps[index][mask] += 0.3
        masks.append(mask)
    return maps, masks


def test_overall_figures_are_those_of_all_parts() -> None:
    maps, masks = _maps_and_masks()
    overall = class_figures(SCORES, LABELS, maps, masks).overall
    pixels = pixel_scores(maps, masks)
    reference, exact = aupro(pixels, (0.3, 0.01)), aupro(pixels, (0.3, 0.01), "exact")
    assert overall.image_auroc == auroc(SCORES, [False, False, True, True, True])
    assert overall.pixel_auroc == pytest.approx(pixel_auroc(pixels))
    assert (overall.aupro_30, overall.aupro_01) == pytest.approx(reference)
    assert (overall.aupro_exact_30, overall.aupro_exact_01) == pytest.approx(exact)


def test_each_defect_type_is_judged_against_all_good_parts() -> None:
    maps, masks = _maps_and_masks()
    crack = class_figures(SCORES, LABELS, maps, masks).defects["crack"]
    chosen = [0, 1, 3, 4]
    alone = class_figures(
        [SCORES[i] for i in chosen],
        [LABELS[i] for i in chosen],
        [maps[i] for i in chosen],
        [masks[i] for i in chosen],
    )
    assert crack == alone.overall == alone.defects["crack"]


def test_parts_without_score_truth_or_map_are_left_out_and_counted() -> None:
    maps, masks = _maps_and_masks()
    plain = class_figures(SCORES, LABELS, maps, masks)
    more = class_figures(
        [*SCORES, np.nan, 0.7, np.nan],
        [*LABELS, "good", "unknown", "unknown"],
        [*maps, maps[0], None, None],
        [*masks, None, None, None],
    )
    assert (more.overall, more.defects, more.good, more.bad) == (plain.overall, plain.defects, 2, 3)
    assert (more.unscored, more.unknown) == (1, 2)


def test_a_bad_part_without_mask_counts_for_the_image_figures_only() -> None:
    maps, masks = _maps_and_masks()
    found = class_figures(SCORES, LABELS, maps, [*masks[:4], None])
    without = class_figures(SCORES[:4], LABELS[:4], maps[:4], masks[:4])
    assert found.overall.pixel_auroc == without.overall.pixel_auroc
    assert found.bad == 3


def test_good_parts_alone_have_no_figures_but_are_counted() -> None:
    found = class_figures([0.1, 0.2], ["good"] * 2, [np.zeros((2, 2))] * 2, [None] * 2)
    assert found.overall == Figures()
    assert (found.good, found.bad, found.defects) == (2, 0, {})


def test_as_dict_is_plain_json_with_the_agreed_keys() -> None:
    maps, masks = _maps_and_masks()
    written = json.loads(json.dumps(class_figures(SCORES, LABELS, maps, masks).as_dict(), allow_nan=False))
    agreed = {
        "image_auroc",
        "image_ap",
        "image_f1",
        "pixel_auroc",
        "aupro_30",
        "aupro_10",
        "aupro_05",
        "aupro_01",
    }
    assert agreed <= written.keys()
    assert agreed <= written["defects"]["hole"].keys()


def test_the_mean_is_taken_over_the_classes_that_have_the_figure() -> None:
    found = mean_figures([Figures(image_auroc=0.5, image_ap=0.25), Figures(image_auroc=1.0), Figures()])
    assert (found.image_auroc, found.image_ap, found.aupro_30) == (pytest.approx(0.75), 0.25, None)
    assert mean_figures([]) == Figures()
