"""Networks, loss, training and pictures against the published program."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from core.backbones.picture import network_array
from core.deployed.pictures import heat_picture, original_picture, overlay_picture
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.judge import Judge
from core.methods.reverse_distillation.loss import distillation_loss
from core.methods.reverse_distillation.student import Student
from core.methods.reverse_distillation.teacher import FORMS
from core.methods.reverse_distillation.training import training_run
from core.methods.reverse_distillation.training_set import TrainingSet, looking
from core.monitor import Monitor
from core.scoring.cosine_maps import combined, level_maps, score_map
from core.training.loop import train
from tests.core.methods.reverse_distillation.stand_in import (
    golden_student,
    golden_teacher,
    known,
    pictures,
    teacher_name,
)
from tests.golden.fill import image
from tests.golden_vectors import folder, vectors

pytestmark = pytest.mark.golden
LAYOUTS = sorted(path.stem.removeprefix("rd_layout_") for path in folder().glob("rd_layout_*.json"))
FORWARD = [name for name in known()["forward"] if (folder() / f"rd_forward_{name}.npz").is_file()]
TRAINED = [
    pytest.param(name, marks=pytest.mark.slow) if "wide" in name else name
    for name in known()["train"]
    if (folder() / f"rd_train_{name}.npz").is_file()
]
"""Training the widest networks takes half a minute."""


def sampled(values: Tensor, count: int) -> np.ndarray:
    flat = values.detach().flatten().numpy()
    return np.asarray(flat[:: max(1, flat.size // count)][:count])


@pytest.mark.parametrize("backbone", LAYOUTS)
def test_rd_layout_parts_have_the_official_names_and_shapes(backbone: str) -> None:
    layout = json.loads((folder() / f"rd_layout_{backbone}.json").read_text(encoding="utf-8"))
    official = {key: tuple(shape) for key, shape in layout.items() if not key.startswith("encoder.")}
    form = FORMS[teacher_name(backbone)]
    student = Student(form, 1 if backbone.endswith("_seed") else form.widening)
    assert {key: tuple(value.shape) for key, value in student.state_dict().items()} == official


@pytest.mark.parametrize("backbone", FORWARD)
def test_rd_forward_maps_and_scores_are_those_of_the_program(backbone: str) -> None:
    expected = vectors(f"rd_forward_{backbone}")
    size = int(expected["size"])
    batch = pictures(known()["forward_images"], size)
    teacher, student = golden_teacher(backbone), golden_student(backbone).eval()
    config = replace(ReverseDistillationConfig(), teacher=teacher_name(backbone))
    judge = Judge(looking(teacher, config), student, config)
    with torch.no_grad():
        seen = judge.look(batch)
        code = student.bn(seen)
        rebuilt = student.decoder(code)
        gaps = judge.gaps(batch)[0]
    outputs = {"bottleneck": code}
    for level in range(len(seen)):
        outputs |= {f"teacher{level}": seen[level], f"student{level}": rebuilt[level]}
    for name, value in outputs.items():
        shape = expected.get(f"{name}_shape", expected.get(f"{name.replace('student', 'teacher')}_shape"))
        assert shape is not None
        assert list(value.shape) == shape.tolist()
        np.testing.assert_allclose(float(value.double().norm()), expected[f"{name}_norm"], rtol=1e-4)
        tolerance = 1e-3 * np.abs(expected[name]).max()
        np.testing.assert_allclose(sampled(value, known()["sample"]), expected[name], rtol=0, atol=tolerance)
    assert float(distillation_loss(seen, rebuilt)) == pytest.approx(float(expected["loss"]), abs=1e-5)
    concatenated = float(distillation_loss(seen, rebuilt, "concatenated"))
    assert concatenated == pytest.approx(float(expected["loss_concat"]), abs=1e-5)
    levels = level_maps(gaps, size)
    np.testing.assert_allclose(levels, expected["map_layers"], atol=1e-4)
    np.testing.assert_allclose(combined(levels, "sum"), expected["map_a"], atol=1e-4)
    np.testing.assert_allclose(combined(levels, "product"), expected["map_mul"], atol=1e-4)
    found = score_map(gaps, size, "sum", known()["sigma"])
    np.testing.assert_allclose(found.pixels, expected["map_smooth"], atol=1e-4)
    assert found.whole == pytest.approx(float(expected["score"]), abs=1e-4)


@pytest.mark.parametrize("precision", ["f32", "f64"])
@pytest.mark.parametrize("backbone", TRAINED)
def test_rd_train_three_steps_go_as_in_the_program(backbone: str, precision: str) -> None:
    expected = {
        key.removesuffix(f"_{precision}"): value for key, value in vectors(f"rd_train_{backbone}").items()
    }
    size, batch = int(expected["size"]), int(expected["batch"])
    kind = torch.float64 if precision == "f64" else torch.float32
    teacher, student = golden_teacher(backbone).to(kind), golden_student(backbone).to(kind)
    beta1, beta2 = known()["betas"]
    steps = known()["train_steps"]
    config = ReverseDistillationConfig(
        teacher=teacher_name(backbone),
        epochs=steps,
        batch_size=batch,
        lr=known()["lr"],
        beta1=beta1,
        beta2=beta2,
    )
    look = looking(teacher, config)
    run, _ = training_run(student, TrainingSet(torch.empty(batch), look), config)
    name = known()["train_images"]
    given = [
        pictures([name.format(step=step, j=j) for j in range(batch)], size).to(kind) for step in range(steps)
    ]
    run.batches = lambda epoch: [look(given[epoch])]
    losses = train(run, Monitor())
    held = look(pictures(known()["forward_images"], size).to(kind))
    with torch.no_grad():
        after = float(distillation_loss(held, student(held)))
    tolerance = [1e-6] * steps if precision == "f64" else [1e-5, 0.005, 0.02][:steps]
    for step, loss in enumerate(losses):
        assert loss == pytest.approx(float(expected["loss"][step]), rel=tolerance[step]), step
    wide = precision == "f32"
    np.testing.assert_allclose(after, expected["eval_loss_after"], rtol=0.08 if wide else 1e-5)
    if precision == "f64":
        mean = student.bn.bn1.running_mean
        assert mean is not None
        count = len(expected["bn_running_mean"])
        np.testing.assert_allclose(mean[:count].numpy(), expected["bn_running_mean"], atol=1e-5)
        weights = student.get_parameter("decoder.layer3.0.conv1.weight")
        np.testing.assert_allclose(sampled(weights, len(expected["conv"])), expected["conv"], atol=1e-5)


def test_rd_loss_of_maps_is_that_of_the_program() -> None:
    expected = vectors("rd_loss")
    levels = range(sum(key.startswith("teacher") for key in expected))
    teacher, student = (
        [torch.from_numpy(expected[f"{who}{level}"]) for level in levels] for who in ("teacher", "student")
    )
    assert float(distillation_loss(teacher, student)) == pytest.approx(float(expected["loss"]), abs=1e-6)
    found = float(distillation_loss(teacher, student, "concatenated"))
    assert found == pytest.approx(float(expected["loss_concat"]), abs=1e-6)


def test_rd_picture_colours_are_those_of_the_program() -> None:
    expected = vectors("rd_picture")
    heat = heat_picture(expected["map"])
    original = original_picture(expected["normalised"])
    pairs = {
        "heat_bgr": heat,
        "original_bgr": original,
        "overlay_bgr": overlay_picture(expected["heat_bgr"], expected["original_bgr"]),
    }
    for name, found in pairs.items():
        assert np.abs(found.astype(int) - expected[name].astype(int)).max() <= 1, name


def test_rd_preprocess_gives_the_program_s_tensor() -> None:
    expected = vectors("rd_preprocess")
    height, width = expected["image_shape"].tolist()
    rgb = image(height, width, known()["preprocess_image"], known()["salt"])
    found = network_array(rgb, int(expected["size"]), "bilinear")[0]
    np.testing.assert_allclose(found, expected["tensor"], atol=1e-6)
