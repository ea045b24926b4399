"""The small networks of hand-made features."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from core.backbones.distilled import decoder_of, input_to_feature_of
from core.backbones.local_trunk import LocalTrunk, Relief
from core.backbones.raster_decoder import RasterDecoder


def cloud(*, away: float = 0.5, unit: float = 1.0) -> Tensor:
    """A bump of 64 x 64 points with nothing around it, `away` from the sensor."""
    down, across = np.mgrid[:64, :64].astype(np.float32) - 31.5
    radius = np.hypot(down, across)
    z = away + 0.001 * np.cos(radius / 6)
    points = np.stack([across * 0.0005, down * 0.0005, z]) * unit * (radius < 24)
    return torch.from_numpy(points.astype(np.float32))[None]


def test_a_relief_knows_neither_the_distance_nor_the_unit_nor_the_place() -> None:
    relief = Relief()
    usual = relief(cloud())
    assert float(usual[0, :2].std()) > 0.1
    torch.testing.assert_close(relief(cloud(away=0.7)), usual, atol=3e-4, rtol=0)
    torch.testing.assert_close(relief(cloud(unit=1000.0)), usual, atol=3e-4, rtol=0)
    torch.testing.assert_close(relief(cloud().roll(4, 2)), usual.roll(4, 2), atol=3e-4, rtol=0)


def test_a_relief_is_zero_where_nothing_was_seen() -> None:
    unseen = (cloud() == 0).all(1)
    assert not Relief()(cloud())[:, :, unseen[0]].any()
    assert not Relief()(torch.zeros(1, 3, 64, 64)).any()


@pytest.mark.parametrize("is_cloud", [False, True])
@torch.inference_mode()
def test_small_networks_are_read_back_from_their_tensors(is_cloud: bool) -> None:
    trunk = LocalTrunk(9, 8, is_cloud=is_cloud).eval()
    raster = torch.randn(1, 3, 64, 64)
    assert torch.equal(input_to_feature_of(trunk.state_dict(), "own.pth").eval()(raster), trunk(raster))
    decoder = RasterDecoder(9, widths=(8, 6, 4), is_placed=is_cloud)
    patches = torch.randn(1, 9, 56, 56)
    assert torch.equal(decoder_of(decoder.state_dict(), "own.pth")(patches), decoder(patches))
