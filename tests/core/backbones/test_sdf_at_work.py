"""The distance function patch after patch, against all of its units for all patches."""

from __future__ import annotations

import torch

from core.backbones.sdf_at_work import WorkingField
from core.backbones.sdf_net import CODE_WIDTH, SdfNetwork
from core.methods.shape_guided.expert import ShapeExpert


def network() -> SdfNetwork:
    torch.manual_seed(0)
    return SdfNetwork().eval()


def bias_of(net: SdfNetwork, layer: str) -> torch.Tensor:
    return net.NIF.get_parameter(f"{layer}.bias")


def given() -> tuple[torch.Tensor, torch.Tensor]:
    chance = torch.Generator().manual_seed(1)
    return torch.rand(5, CODE_WIDTH, generator=chance), torch.rand(5, 40, 3, generator=chance) - 0.5


def test_leaving_out_what_is_zero_changes_no_distance() -> None:
    net = network()
    with torch.inference_mode():
        bias_of(net, "fc43")[::2] = -100  # half of its units are zero everywhere
        bias_of(net, "fc45")[3] = 1.5
        found, expected = WorkingField.of(net.NIF.field())(*given()), net.NIF(*given())
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-6)


def test_a_layer_without_any_unit_leaves_the_biases() -> None:
    net = network()
    with torch.inference_mode():
        bias_of(net, "fc43")[:] = -1000
        found, expected = WorkingField.of(net.NIF.field())(*given()), net.NIF(*given())
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-6)


def test_points_that_lie_about_are_each_measured_from_their_own_surface() -> None:
    net, (codes, points) = network(), given()
    owners = torch.tensor([3, 0, 0, 4, 2])
    expected = torch.stack([net.NIF(codes, points)[own, 7] for own in owners])
    asked = points[owners, 7]
    found = ShapeExpert(net).distances_of(codes, owners.numpy(), asked.numpy())
    torch.testing.assert_close(torch.from_numpy(found), expected, rtol=1e-5, atol=1e-6)


def test_the_expert_gives_the_codes_and_distances_of_its_network() -> None:
    net = network()
    expert, (_, points) = ShapeExpert(net), given()
    with torch.inference_mode():
        codes = net.encoder(points)
        distances = net.NIF(codes, points)
    torch.testing.assert_close(expert.encode(points.numpy()), codes, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(
        torch.from_numpy(expert.distances(codes, points.numpy())), distances, rtol=1e-5, atol=1e-6
    )
