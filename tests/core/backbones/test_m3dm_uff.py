"""The fusion block, its loss and its training against the reference, with stand-in weights."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from core.backbones.fusion_block import FusionBlock
from core.monitor import Monitor
from core.training.loop import Run, train
from core.training.schedules import warm_cosine
from tests.golden import fill
from tests.golden_vectors import layout, sizes, vectors

pytestmark = pytest.mark.golden


def block() -> FusionBlock:
    filled = fill.fill(layout("m3dm_uff"), sizes("m3dm")["salt"])
    built = FusionBlock()
    built.load_state_dict({name: torch.from_numpy(value) for name, value in filled.items()}, strict=True)
    return built


def patches(sensor: str, number: int, width: int) -> Tensor:
    size = sizes("m3dm")
    shape = [size["uff_batch"], size["uff_patches"], width]
    name = f"m3dm.uff.{sensor}{number}"
    drawn = fill.fill({name: shape}, size["salt"])[name] * np.sqrt(shape[1] * width)
    return torch.from_numpy(drawn.astype(np.float32))


def batch(number: int) -> tuple[Tensor, Tensor]:
    xyz = patches("xyz", number, 1152)
    xyz[:, ::5] = 0
    return xyz, patches("rgb", number, 768)


def test_m3dm_uff_fuses_as_the_reference_does() -> None:
    expected = vectors("m3dm_uff")
    with torch.inference_mode():
        fused = block()(*batch(0)).numpy()
    np.testing.assert_allclose(fused.ravel()[expected["fused_idx"]], expected["fused_val"], atol=1e-4)


@pytest.mark.parametrize("rows_at_once", [7, 10_000])
def test_m3dm_uff_loss_and_gradients_do_not_depend_on_the_chunk(rows_at_once: int) -> None:
    expected, network = vectors("m3dm_uff"), block()
    loss = network.contrastive_loss(*batch(0), rows_at_once)
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    np.testing.assert_allclose(loss.item(), expected["loss"], atol=1e-4)
    gradients = dict(network.named_parameters())
    for name, norm in zip(expected["grad_names"], expected["grad_norm"], strict=True):
        gradient = gradients[str(name)].grad
        assert gradient is not None
        np.testing.assert_allclose(gradient.norm().item(), norm, rtol=1e-3)


def test_m3dm_uff_training_follows_the_reference_losses_and_rates() -> None:
    expected, network = vectors("m3dm_uff"), block()
    losses: list[float] = []
    rates: list[float] = []

    def loss_of(pair: tuple[Tensor, Tensor]) -> Tensor:
        loss = network.contrastive_loss(*pair)
        losses.append(loss.item())
        return loss

    def rate(position: float) -> float:
        rates.append(warm_cosine(position, peak=0.003, warm_up=1, total=3))
        return rates[-1]

    run = Run(
        network,
        torch.optim.AdamW(network.parameters(), betas=(0.9, 0.95), weight_decay=0.01),
        epochs=3,
        batches=lambda epoch: [batch(number) for number in range(4)],
        steps_per_epoch=4,
        loss=loss_of,
        rate=rate,
        accumulate=2,
    )
    train(run, Monitor())
    np.testing.assert_allclose(losses, expected["train_losses"], rtol=2e-3)
    np.testing.assert_allclose(rates, expected["train_lrs"], rtol=1e-6)
