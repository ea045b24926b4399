"""The choices of Shape-Guided, over plain experts where the networks do not matter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.errors import DataError, WeightsMissing, WrongUse
from core.methods.shape_guided.colour import hand_made
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.cut import Cutting, Patches, cut_patches, normalised
from core.methods.shape_guided.detector import ShapeGuided
from core.methods.shape_guided.judge import judge
from core.methods.shape_guided.learn import learn
from core.methods.shape_guided.looks import Eyes, Look
from core.methods.shape_guided.memories import Memories
from core.methods.shape_guided.millimetres import least_of_pixels, signed_on_pixels
from core.methods.shape_guided.patch_files import grid_file, write_grid
from core.methods.shape_guided.scores import least_on_pixels, near_rows, score_shape
from core.monitor import Monitor
from core.sample import Sample
from core.tasks.method_config import with_values
from tests.core.methods.parts import defective, good
from tests.core.methods.shape_guided.plain_experts import (
    SMALL,
    PlainExpert,
    ShapeGuidedOnPlainExperts,
    plain_eyes,
)
from tests.core.methods.shape_guided.stand_in import tensors, write_official_files

NORMAL = [good(number) for number in range(3)]


def fitted(**changes: Any) -> ShapeGuidedOnPlainExperts:
    return ShapeGuidedOnPlainExperts(replace(SMALL, **changes)).fit(NORMAL, Monitor())


def scores_of(detector: ShapeGuided, sample: Sample) -> tuple[float, float]:
    found = detector.judge(sample, Monitor())
    return found.shape_score, found.colour_score


def test_the_score_of_both_experts_is_the_product_of_theirs() -> None:
    detector = fitted()
    shape, colour = scores_of(detector, defective())
    assert detector.predict(defective(), Monitor()).whole == pytest.approx(shape * colour)


def test_colour_is_brought_to_the_scale_of_shape() -> None:
    detector = fitted()
    assert detector._learnt is not None
    assert detector._learnt.alignment.weight > 0
    assert fitted(experts="SDF")._learnt.alignment.weight == 1  # type: ignore[union-attr]  # it is fitted


@pytest.mark.parametrize(
    "change",
    [
        {"cells": "clean"},
        {"dictionary": "patch"},
        {"rgb_method": "nearest"},
        {"alignment_leaves_out": "image"},
        {"blur": "float"},
        {"blur_radius": 2.0},
        {"k_number": 2},
        {"dict_n_component": 1},
        {"rgb_neighbours": 2},
        {"align_images": 1},
        {"group_mul": 2},
        {"point_num": 40},
        {"image_size": 112},
        {"seed": 1},
        {"place_weight": 5.0},
    ],
    ids=str,
)
def test_every_choice_changes_the_map(change: dict[str, Any]) -> None:
    usual, other = (fitted(**values).predict(defective(), Monitor()) for values in ({}, change))
    assert np.isfinite(other.pixels).all()
    assert usual.pixels.shape != other.pixels.shape or not np.array_equal(usual.pixels, other.pixels)


@pytest.mark.parametrize("experts", ["SDF", "RGB", "RGB_SDF"])
def test_the_map_can_give_the_score_of_the_part(experts: str) -> None:
    usual, other = (fitted(experts=experts, **values) for values in ({}, {"part_score": "map"}))
    expected, found = (detector.predict(defective(), Monitor()) for detector in (usual, other))
    np.testing.assert_array_equal(found.pixels, expected.pixels)
    assert found.whole == float(found.pixels.max()) != expected.whole
    product = fitted(experts=experts, part_score="product").predict(defective(), Monitor())
    assert product.whole == pytest.approx(expected.whole * found.whole)


def test_a_dictionary_of_its_own_never_explains_a_cell_better_than_that_of_all() -> None:
    nearest = {"rgb_method": "nearest", "experts": "RGB"}
    _, whole = scores_of(fitted(**nearest), good(7))
    _, own = scores_of(fitted(dictionary="patch", **nearest), good(7))
    assert own >= whole


def test_the_lowest_distance_of_all_patches_counts_and_uncovered_pixels_are_zero() -> None:
    found = least_on_pixels(np.array([[3, 1], [2, 5]], np.float32), np.array([[0, 1], [0, 3]]), 2)
    np.testing.assert_array_equal(found, [[2, 1], [0, 5]])


def test_of_the_distances_on_a_pixel_the_least_counts() -> None:
    lengths = np.array([[3, 1], [2, 5]], np.float32)
    pixels, places = least_of_pixels(lengths, np.array([[0, 1], [0, 3]]))
    np.testing.assert_array_equal(pixels, [0, 1, 3])
    np.testing.assert_array_equal(lengths.ravel()[places], [2, 1, 5])


def test_a_point_on_the_side_of_the_sensor_is_above_the_normal_surface_whatever_sign_the_expert_gives() -> (
    None
):
    class Plane(PlainExpert):
        def distances(self, codes: torch.Tensor, patches: np.ndarray) -> np.ndarray:
            return np.asarray(np.abs(patches[..., 2]), np.float32)

    rng = np.random.default_rng(0)
    points = rng.uniform(-0.5, 0.5, (1, 40, 3)).astype(np.float32)
    points[..., 2] = np.repeat([0.1, -0.1], 20)
    patches = Patches(points, np.arange(40)[None], metres=0.01)
    expert, codes = Plane(), torch.zeros((1, 12))
    far = expert.distances(codes, normalised(points))
    for up, sign in ((1.0, 1), (-1.0, -1)):
        found = signed_on_pixels(expert, codes, patches, far, np.array([0, 0, up]), 7).ravel()
        assert (np.sign(found[:20]) == sign).all()
        assert (np.sign(found[20:40]) == -sign).all()
        assert np.isnan(found[40:]).all()


def test_millimetres_grow_with_the_part() -> None:
    detector = fitted(experts="SDF")
    part = good(7)
    assert part.xyz is not None
    larger = Sample("larger", part.rgb, part.xyz * np.float32(3), part=part.part)
    small, large = (detector.distance_mm(sample, Monitor()) for sample in (part, larger))
    np.testing.assert_allclose(large, small * 3, rtol=1e-3)
    with pytest.raises(DataError, match="unit"):
        detector.distance_mm(replace(part, is_metric=False), Monitor())


@pytest.mark.parametrize("experts", ["SDF", "RGB_SDF"])
def test_a_metric_part_is_judged_in_millimetres_too(experts: str) -> None:
    detector, part = fitted(experts=experts), good(7)
    found = detector.predict(part, Monitor()).distance_mm
    assert found is not None
    np.testing.assert_array_equal(found, detector.distance_mm(part, Monitor()))
    assert detector.predict(replace(part, is_metric=False), Monitor()).distance_mm is None


def test_colour_alone_knows_no_millimetres() -> None:
    assert fitted(experts="RGB").predict(good(7), Monitor()).distance_mm is None


def test_the_part_itself_is_left_out_while_it_sets_the_scale() -> None:
    rows = torch.eye(4)
    assert 2 not in near_rows(rows, rows[2:3], 2, drops_first=True)[0].tolist()
    assert near_rows(rows[:1], rows[:1], 2, drops_first=True).tolist() == [[0]]


def test_a_whole_part_can_be_left_out_while_it_sets_the_scale() -> None:
    eyes = plain_eyes(SMALL)
    memories = learn(eyes, NORMAL, replace(SMALL, experts="RGB"), Monitor()).memories
    look, own = eyes.look(NORMAL[1], SMALL), memories.patches_of(1)
    near = score_shape(memories, look.codes, SMALL, without=own).neighbours
    assert not ((near >= own.start) & (near < own.stop)).any()
    config = replace(SMALL, alignment_leaves_out="image")
    judged = [judge(eyes.expert, memories, look, one, own_part=1) for one in (config, SMALL)]
    assert judged[0].colour_score > judged[1].colour_score


def test_a_patch_is_compared_with_those_of_its_place_where_place_counts() -> None:
    codes = torch.zeros((6, 2))
    places = torch.arange(6)[:, None] * torch.tensor([[0.1, 0.0, 0.0]])
    memories = Memories(codes, np.zeros(0, np.int64), np.zeros(6, np.int64), np.array([6]), places=places)
    config = ShapeGuidedConfig(k_number=2, place_weight=1.0)
    found = score_shape(memories, codes[:1], config, np.array([[0.42, 0, 0]], np.float32)).neighbours
    assert set(found[0].tolist()) == {4, 5}


def test_places_are_remembered_only_where_they_count() -> None:
    plain, placed = fitted().learnt.memories, fitted(place_weight=5.0).learnt.memories
    assert plain.places is None
    assert placed.places is not None
    assert len(placed.places) == len(placed.codes)
    assert torch.equal(Memories.from_state(placed.state()).places, placed.places)  # type: ignore[arg-type]  # there


def test_patches_that_were_cut_before_are_read_and_others_are_cut_now(tmp_path: Path) -> None:
    named = [replace(sample, name=f"disc/train/good/{number:03d}") for number, sample in enumerate(NORMAL)]
    config = replace(SMALL, grid_path=str(tmp_path))
    how = Cutting(SMALL.point_num, SMALL.group_mul, seed=5)
    write_grid(grid_file(tmp_path, named[0].name), cut_patches(named[0], how))
    assert (tmp_path / "disc/train/good/npz/000.npz").is_file()
    mixed, fresh = ShapeGuidedOnPlainExperts(config).fit(named, Monitor())._learnt, fitted()._learnt
    assert mixed is not None
    assert fresh is not None
    first = mixed.memories.patches_of(0)
    assert not torch.equal(mixed.memories.codes[first], fresh.memories.codes[first])
    assert torch.equal(mixed.memories.codes[first.stop :], fresh.memories.codes[first.stop :])
    write_grid(grid_file(tmp_path, named[0].name), cut_patches(named[0], Cutting(30, 4)))
    with pytest.raises(DataError, match="another size"):
        ShapeGuidedOnPlainExperts(config).fit(named, Monitor())
    grid_file(tmp_path, named[0].name).write_bytes(b"PK nothing")
    with pytest.raises(DataError, match="does not hold the patches"):
        ShapeGuidedOnPlainExperts(config).fit(named, Monitor())


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_part_of_few_points_can_be_learnt_and_judged(count: int) -> None:
    xyz = np.full((224, 224, 3), np.nan, np.float32)
    drawn = np.random.default_rng(count).random((count, 3)).astype(np.float32)
    xyz[100, 100 : 100 + count] = drawn / 100 + np.float32(0.4)
    tiny = Sample("tiny", good().rgb, xyz)
    detector = ShapeGuidedOnPlainExperts(SMALL).fit([tiny], Monitor())
    assert np.isfinite(detector.predict(tiny, Monitor()).pixels).all()


def test_a_part_of_one_colour_can_be_learnt_and_judged() -> None:
    grey = [replace(sample, rgb=np.full((224, 224, 3), 90, np.uint8)) for sample in NORMAL]
    detector = ShapeGuidedOnPlainExperts(SMALL).fit(grey, Monitor())
    found = detector.predict(grey[0], Monitor())
    assert np.isfinite(found.pixels).all()
    assert np.isfinite(found.whole)


def test_codes_that_are_not_numbers_are_refused_by_name() -> None:
    class Broken(PlainExpert):
        def encode(self, patches: np.ndarray) -> torch.Tensor:
            return super().encode(patches) * torch.nan

    detector = ShapeGuided(SMALL, Eyes(Broken(), hand_made))
    with pytest.raises(DataError, match="good0"):
        detector.fit(NORMAL, Monitor())


def test_missing_weights_are_named_with_the_way_to_train_them() -> None:
    detector = ShapeGuided(ShapeGuidedConfig(experts="SDF"))
    with pytest.raises(WeightsMissing, match="Shape expert") as caught:
        detector.fit(NORMAL, Monitor())
    assert "pretrain sdf" in caught.value.remedy
    with pytest.raises(WeightsMissing, match=r"mine\.pth"):
        ShapeGuided(ShapeGuidedConfig(experts="SDF", ckpt_path="mine.pth")).fit(NORMAL, Monitor())


def test_the_published_checkpoints_are_opened_as_they_are(tmp_path: Path) -> None:
    write_official_files()
    config = ShapeGuidedConfig(point_num=60, group_mul=1)
    detector = ShapeGuided(config).fit(NORMAL[:1], Monitor())
    before = detector.predict(defective(), Monitor())
    detector.save(tmp_path / "model")
    after = ShapeGuided.load(tmp_path / "model").predict(defective(), Monitor())
    np.testing.assert_array_equal(after.pixels, before.pixels)
    assert after.whole == before.whole > 0


def test_a_model_is_refused_when_its_expert_was_exchanged(tmp_path: Path) -> None:
    config = ShapeGuidedConfig(experts="SDF", point_num=60, group_mul=1, ckpt_path=str(tmp_path / "mine.pth"))
    torch.save({"sdf_model": tensors("sdf"), "current_iteration": 3}, config.ckpt_path)
    ShapeGuided(config).fit(NORMAL[:1], Monitor()).save(tmp_path / "model")
    torch.save({"sdf_model": tensors("sdf"), "current_iteration": 4}, config.ckpt_path)
    with pytest.raises(WeightsMissing, match="not the file that this model was trained with"):
        ShapeGuided.load(tmp_path / "model").predict(good(1), Monitor())


def test_values_that_make_no_sense_are_refused_with_one_that_does() -> None:
    for word in (
        "point_num=0",
        "group_mul=0",
        "k_number=0",
        "dict_n_component=0",
        "align_images=0",
        "place_weight=-1",
        "image_size=8",
    ):
        key, _, value = word.partition("=")
        with pytest.raises(WrongUse, match=key) as caught:
            with_values(ShapeGuidedConfig(), {key: value})
        assert key in caught.value.remedy


def test_flags_that_are_commands_here_say_which() -> None:
    with pytest.raises(WrongUse) as caught:
        with_values(ShapeGuidedConfig(), {"viz": "true"})
    assert "inspector inspect" in caught.value.remedy


def test_memories_come_back_from_their_state() -> None:
    learnt = fitted()._learnt
    assert learnt is not None
    again = Memories.from_state(learnt.memories.state())
    assert learnt.memories.colours is not None
    assert again.colours is not None
    torch.testing.assert_close(again.colours, learnt.memories.colours)
    np.testing.assert_array_equal(again.guided(np.array([0, 5])), learnt.memories.guided(np.array([0, 5])))


def test_a_look_without_colour_holds_no_cells() -> None:
    look: Look = plain_eyes(replace(SMALL, experts="SDF")).look(good(), SMALL)
    assert look.colours is None
    assert look.cells == ()
