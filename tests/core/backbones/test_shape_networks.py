"""The networks of Shape-Guided against the reference, with stand-in weights."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.backbones.picture import network_input
from core.backbones.sdf_net import SdfNetwork
from core.methods.shape_guided.colour import network_features
from core.methods.shape_guided.cut import normalised, scale_of
from core.sample import Sample
from tests.core.methods.shape_guided.stand_in import colour_network, keys_and_shapes, sdf_network
from tests.golden import fill
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden


def shapes_of(network: torch.nn.Module) -> dict[str, list[int]]:
    return {name: list(value.shape) for name, value in network.state_dict().items()}


def test_shape_layout_sdf_has_exactly_our_keys_and_shapes() -> None:
    assert shapes_of(SdfNetwork()) == keys_and_shapes("sdf")


def test_shape_layout_rgb_has_exactly_our_keys_and_shapes() -> None:
    assert shapes_of(colour_network()) == keys_and_shapes("rgb")


def test_shape_encoder_patches_are_normalised_as_in_the_reference() -> None:
    expected = vectors("shape_encoder")
    np.testing.assert_allclose(normalised(expected["raw"]), expected["normalised"], atol=1e-6)
    np.testing.assert_allclose(scale_of(expected["raw"]), expected["scale"], rtol=1e-6)


def test_shape_encoder_gives_the_codes_of_the_reference_in_both_precisions() -> None:
    expected, network = vectors("shape_encoder"), sdf_network()
    patches = torch.from_numpy(expected["normalised"])
    with torch.inference_mode():
        single = network.encoder(patches)
        double = network.double().encoder(patches.double())
    np.testing.assert_allclose(single.numpy(), expected["feature_eval"], atol=2e-6)
    np.testing.assert_allclose(double.numpy(), expected["feature_eval_f64"], atol=1e-12)


def test_shape_encoder_learns_by_the_statistics_of_its_batch() -> None:
    expected, encoder = vectors("shape_encoder"), sdf_network().encoder.train()
    with torch.no_grad():
        codes = encoder(torch.from_numpy(expected["normalised"]))
    np.testing.assert_allclose(codes.numpy(), expected["feature_train"], atol=1e-5)
    np.testing.assert_allclose(encoder.bn1.running_mean, expected["bn1_running_mean_after"], atol=1e-5)
    np.testing.assert_allclose(encoder.bn5.running_var, expected["bn5_running_var_after"], atol=1e-5)


def test_shape_sdf_distances_gradients_and_pulled_points_are_those_of_the_reference() -> None:
    expected, network = vectors("shape_sdf"), sdf_network()
    codes, queries = (torch.from_numpy(expected[name]) for name in ("feature", "query"))
    asked = queries.clone().requires_grad_()
    distances = network.NIF(codes, asked)
    (slope,) = torch.autograd.grad(distances.sum(), asked)
    np.testing.assert_allclose(distances.detach().numpy(), expected["sdf"][..., 0], atol=1e-6)
    np.testing.assert_allclose(slope.numpy(), expected["gradient"], atol=1e-5)
    pulled = network.pulled(codes, queries).detach()
    np.testing.assert_allclose(pulled.numpy(), expected["pulled"], atol=1e-6)
    loss = (pulled - torch.from_numpy(expected["target"])).norm(dim=2).mean()
    np.testing.assert_allclose(loss.item(), expected["loss"], atol=1e-6)


def test_shape_sdf_pulled_points_agree_in_double_precision() -> None:
    expected, network = vectors("shape_sdf"), sdf_network().double()
    codes, queries = (torch.from_numpy(expected[name]).double() for name in ("feature", "query"))
    pulled = network.pulled(codes, queries).detach()
    np.testing.assert_allclose(pulled.numpy(), expected["pulled_f64"], atol=1e-10)


@pytest.mark.parametrize(
    ("precision", "of_loss", "of_tensor"), [(torch.float64, 1e-7, 1e-6), (torch.float32, 1e-2, None)]
)
def test_shape_train_steps_lead_where_the_reference_went(
    precision: torch.dtype, of_loss: float, of_tensor: float | None
) -> None:
    expected, network = vectors("shape_train"), sdf_network().to(precision).train()
    suffix = "f64" if precision == torch.float64 else "f32"
    optimiser = torch.optim.Adam(network.parameters(), lr=float(expected["lr"]))
    losses = []
    for points, samples in zip(expected["points"], expected["samples"], strict=True):
        optimiser.zero_grad()
        loss = network.pull_loss(*(torch.from_numpy(rows).to(precision) for rows in (points, samples)))
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimiser.step()
        losses.append(loss.item())
    np.testing.assert_allclose(losses, expected[f"loss_{suffix}"], rtol=of_loss)
    after = {name: value for name, value in expected.items() if name.startswith(f"after_{suffix}:")}
    assert after
    if of_tensor is not None:
        for name, value in after.items():
            found = network.state_dict()[name.partition(":")[2]].ravel()[: len(value)]
            np.testing.assert_allclose(found.numpy(), value, atol=of_tensor, err_msg=name)


def test_shape_rgb_features_are_those_of_the_reference() -> None:
    expected = vectors("shape_rgb_features")
    picture = fill.image(*expected["image_shape"].tolist(), "rgb_image", sizes("shape")["salt"])
    given = network_input(picture)
    np.testing.assert_allclose(given[0, :, ::16, ::16].numpy(), expected["input_sample"], atol=1e-5)
    with torch.inference_mode():
        layers = colour_network()(given)
    assert [list(layer.shape[1:]) for layer in layers] == expected["map_shapes"].tolist()
    norms = [float(layer.double().norm()) for layer in layers]
    np.testing.assert_allclose(norms, expected["map_norms"], rtol=1e-4)
    features = network_features(Sample("picture", picture), colour_network()).values.numpy()
    scale = np.abs(expected["features_sample"]).max()
    np.testing.assert_allclose(
        features[::29, ::7], expected["features_sample"], rtol=1e-4, atol=1e-5 * float(scale)
    )
    np.testing.assert_allclose(np.linalg.norm(features, axis=1), expected["features_norm"], rtol=1e-4)
