"""A data set of a few small pictures on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 24
SPOT = (slice(8, 14), slice(10, 16))


def write_picture(path: Path, seed: int, *, spot: int = 0) -> None:
    """Noise around grey; with a bright `spot` where the defect is."""
    pixels = np.random.default_rng(seed).integers(90, 110, (SIDE, SIDE, 3)).astype(np.uint8)
    pixels[SPOT] += np.uint8(spot)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def write_data(root: Path, class_name: str = "bagel", train: int = 6, validation: int = 3) -> None:
    """A class in the MVTec 3D-AD layout, pictures only: 4 good test parts and 3 with a hole."""
    folder = root / class_name
    for index in range(train):
        write_picture(folder / "train" / "good" / "rgb" / f"{index:03}.png", index)
    for index in range(validation):
        write_picture(folder / "validation" / "good" / "rgb" / f"{index:03}.png", 100 + index)
    for index in range(4):
        write_picture(folder / "test" / "good" / "rgb" / f"{index:03}.png", 200 + index)
    for index in range(3):
        write_picture(folder / "test" / "hole" / "rgb" / f"{index:03}.png", 300 + index, spot=100)
        truth = np.zeros((SIDE, SIDE), np.uint8)
        truth[SPOT] = 255
        (folder / "test" / "hole" / "gt").mkdir(parents=True, exist_ok=True)
        Image.fromarray(truth).save(folder / "test" / "hole" / "gt" / f"{index:03}.png")
