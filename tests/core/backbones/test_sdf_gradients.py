"""Gradients that are written out, against those that differentiate twice."""

from __future__ import annotations

from copy import deepcopy

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from core.backbones import products
from core.backbones.products import product, product_above_zero
from core.backbones.sdf_net import PointEncoder, SdfNetwork


def network(precision: torch.dtype = torch.float64) -> SdfNetwork:
    torch.manual_seed(0)
    made = SdfNetwork().to(precision)
    with torch.no_grad():
        made.encoder.bn3.weight[::3] *= -1  # a norm may turn the order of its numbers
    return made.train()


def patches(precision: torch.dtype = torch.float64) -> tuple[Tensor, Tensor]:
    chance = torch.Generator().manual_seed(1)
    surface = torch.rand(3, 40, 3, generator=chance, dtype=precision) - 0.5
    surface[:, 20:24] = surface[:, :1]  # repeated points are usual
    return surface, surface + 0.05 * torch.randn(3, 40, 3, generator=chance, dtype=precision)


def plain_codes(encoder: PointEncoder, points: Tensor) -> Tensor:
    rows = points.transpose(1, 2)
    for layer, norm in (
        (encoder.conv1, encoder.bn1),
        (encoder.conv2, encoder.bn2),
        (encoder.conv3, encoder.bn3),
    ):
        rows = F.relu(norm(layer(rows)))
    code = F.relu(encoder.bn4(encoder.fc1(rows.amax(dim=2))))
    return F.relu(encoder.bn5(encoder.fc2(code)))


def gradients(net: SdfNetwork, loss: Tensor) -> dict[str, Tensor]:
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return {name: value.grad for name, value in net.named_parameters() if value.grad is not None}


@pytest.mark.parametrize("asked", [None, torch.tensor([3, 11, 30])])
def test_the_loss_and_all_its_gradients_are_those_of_differentiating_twice(asked: Tensor | None) -> None:
    quick, plain = network(), network()
    surface, samples = patches()
    chosen = slice(None) if asked is None else asked
    loss = quick.pull_loss(surface, samples, asked)
    pulled = plain.pulled(plain_codes(plain.encoder, surface), samples[:, chosen])
    expected = (pulled - surface[:, chosen]).norm(dim=2).mean()
    torch.testing.assert_close(loss, expected, rtol=1e-12, atol=0)
    found, wanted = gradients(quick, loss), gradients(plain, expected)
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        torch.testing.assert_close(found[name], value, rtol=1e-8, atol=1e-10, msg=name)


def test_norms_count_what_they_saw_as_they_do_without_shortcut() -> None:
    quick, plain = network(), network()
    surface, _ = patches()
    codes = quick.encoder(surface)
    torch.testing.assert_close(codes, plain_codes(plain.encoder, surface), rtol=1e-10, atol=1e-12)
    for name, value in plain.encoder.state_dict().items():
        torch.testing.assert_close(quick.encoder.state_dict()[name], value, rtol=1e-10, atol=1e-12, msg=name)


def test_single_precision_steers_the_same_way() -> None:
    exact, single = network(), network(torch.float32)
    single.load_state_dict(deepcopy(exact.state_dict()))
    wanted = gradients(exact, exact.pull_loss(*patches()))
    found = gradients(single, single.pull_loss(*(part.float() for part in patches())))
    for name, value in wanted.items():
        if "bias" not in name:  # those in front of a norm are nought but for rounding
            assert F.cosine_similarity(found[name].double().ravel(), value.ravel(), dim=0) > 0.999, name


@pytest.mark.parametrize("has_library", [True, False])
def test_products_are_those_of_plain_layers(has_library: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "_HAS_ONEDNN", has_library and products._HAS_ONEDNN)
    chance = torch.Generator().manual_seed(0)
    rows, weight, bias = (torch.randn(*shape, generator=chance) for shape in ((70, 30), (50, 30), (50,)))
    expected = F.linear(rows, weight, bias)
    torch.testing.assert_close(product(rows, weight, bias), expected)
    torch.testing.assert_close(product_above_zero(rows, weight, bias), F.relu(expected))
    torch.testing.assert_close(product(rows.t(), rows.t()), rows.t() @ rows, rtol=1e-4, atol=1e-4)
    assert product(rows[:0], weight).shape == (0, 50)
    assert product(rows[:, :0], weight[:, :0], bias).shape == (70, 50)
    torch.testing.assert_close(product(rows.double(), weight.double()), rows.double() @ weight.double().t())
