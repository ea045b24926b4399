"""Examples seen another way round stay true examples."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from core.backbones.picture import network_input
from core.backbones.raster_input import sensor_raster
from core.descriptors.hand_made import colour_rows, shape_rows
from core.methods.mtfi.imagination import imagined_picture, imagined_sample
from core.methods.mtfi.small_networks import seen_another_way
from core.methods.mtfi.turns import turned
from core.sample import Sample

SIDE = 224
DRAWN = range(6)


def scene() -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A picture and a cloud of a bumpy disc that lies off the middle, on black."""
    down, across = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    inside = np.hypot(down - 120, across - 100) < 60
    bumps = np.cos(down / 9) + np.sin(across / 14)
    rgb = np.stack([130 + 40 * bumps, 90 + 30 * np.cos(across / 6), 120 - 30 * bumps], -1) * inside[..., None]
    xyz = np.stack([across * 0.0005, down * 0.0005, 0.5 + 0.001 * bumps], -1)
    xyz[~inside] = np.nan
    return rgb.astype(np.uint8), xyz.astype(np.float32)


def test_colours_of_a_picture_that_is_turned_are_the_turned_colours() -> None:
    rgb, _ = scene()
    known = network_input(rgb)[0], torch.from_numpy(colour_rows(Sample("part", rgb)))
    moved = False
    for number in DRAWN:
        raster, rows = turned(known, torch.Generator().manual_seed(number))
        found = colour_rows(imagined_picture(raster[None]))
        np.testing.assert_allclose(found, rows.numpy(), atol=0.02)
        moved |= not np.allclose(rows.numpy(), known[1].numpy(), atol=0.5)
    assert moved


def test_shapes_of_a_cloud_that_is_turned_are_the_turned_shapes() -> None:
    """Cells are looked at two pixels from one side and one from the other: half a pixel is left over."""
    sample = Sample("part", None, scene()[1])
    known = sensor_raster(sample, "xyz"), torch.from_numpy(shape_rows(sample))
    for number in DRAWN:
        raster, rows = turned(known, torch.Generator().manual_seed(number))
        found = shape_rows(imagined_sample(raster[None]))
        assert np.corrcoef(found.ravel(), rows.numpy().ravel())[0, 1] > 0.98


def test_an_imagined_picture_turns_with_its_features_and_an_imagined_cloud_stays() -> None:
    rows, raster = torch.randn(56 * 56, 4), torch.randn(3, SIDE, SIDE)
    drawn = torch.Generator().manual_seed(1)
    shown, wanted = seen_another_way("XYZFeatureToRGBInputConv", (rows, raster), drawn)
    again = turned((raster, rows), torch.Generator().manual_seed(1))
    assert torch.equal(wanted, again[0])
    assert torch.equal(shown, again[1])
    assert not torch.equal(shown, rows)
    for left, right in zip(
        seen_another_way("RGBFeatureToXYZInputConv", (rows, raster), drawn), (rows, raster), strict=True
    ):
        assert torch.equal(left, right)
