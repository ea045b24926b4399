"""Tiny data sets for the tests of core/datasets, written file by file so that each fault can be planted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

SIDE = 24
TILT = 0.2723624
CANDY_POSE = np.array(
    [
        [1, 0, 0, 0],
        [0, np.cos(TILT), -np.sin(TILT), 0.1],
        [0, np.sin(TILT), np.cos(TILT), 0.2],
        [0, 0, 0, 1],
    ]
)


def picture(seed: int, side: int = SIDE) -> NDArray[np.uint8]:
    """Random colours; every seed gives another picture."""
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)


def cloud(seed: int, side: int = SIDE) -> NDArray[np.float32]:
    """A bumpy square of 100 mm, half a metre away, with its corner missing."""
    steps = np.linspace(-0.05, 0.05, side)
    x, y = np.meshgrid(steps, steps)
    z = 0.5 + np.random.default_rng(seed).normal(0, 0.001, (side, side))
    points = np.stack([x, y, z], -1).astype(np.float32)
    points[:2, :2] = 0
    return points


def defect(side: int = SIDE) -> NDArray[np.uint8]:
    """A white square on black."""
    mask = np.zeros((side, side), np.uint8)
    mask[4:8, 4:8] = 255
    return mask


def save_picture(path: Path, values: NDArray[np.generic]) -> None:
    """Write an image, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values).save(path)


def save_cloud(path: Path, points: NDArray[np.generic]) -> None:
    """Write a cloud as MVTec 3D-AD does, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tifffile.imwrite(path, points, photometric="rgb" if points.ndim == 3 else "minisblack")


def part_3d(place: Path, name: str, seed: int, truth: NDArray[np.uint8] | None = None) -> None:
    """One part of MVTec 3D-AD below class/split/label."""
    save_picture(place / "rgb" / f"{name}.png", picture(seed))
    save_cloud(place / "xyz" / f"{name}.tiff", cloud(seed))
    if truth is not None:
        save_picture(place / "gt" / f"{name}.png", truth)


def mvtec_3d(folder: Path, train: int = 8) -> Path:
    """One class: `train` good parts, one for validation, one good and one defective for the test."""
    for index in range(train):
        part_3d(folder / "train" / "good", f"{index:03d}", index)
    part_3d(folder / "validation" / "good", "000", 100)
    part_3d(folder / "test" / "good", "000", 200, np.zeros((SIDE, SIDE), np.uint8))
    part_3d(folder / "test" / "hole", "000", 201, defect())
    return folder


def mvtec_2d(folder: Path) -> Path:
    """One class of MVTec AD."""
    for index in range(8):
        save_picture(folder / "train" / "good" / f"{index:03d}.png", picture(index))
    save_picture(folder / "test" / "good" / "000.png", picture(200))
    save_picture(folder / "test" / "scratch" / "000.png", picture(201))
    save_picture(folder / "ground_truth" / "scratch" / "000_mask.png", defect())
    return folder


def mvtec_ad2(folder: Path) -> Path:
    """One class of MVTec AD 2."""
    for index in range(8):
        save_picture(folder / "train" / "good" / f"{index:03d}_regular.png", picture(index))
    save_picture(folder / "validation" / "good" / "000_regular.png", picture(100))
    public = folder / "test_public"
    save_picture(public / "good" / "000_regular.png", picture(200))
    save_picture(public / "bad" / "000_overexposed.png", picture(201))
    save_picture(public / "ground_truth" / "bad" / "000_overexposed_mask.png", defect())
    save_picture(folder / "test_private" / "000_regular.png", picture(202))
    save_picture(folder / "test_private_mixed" / "000_regular.png", picture(203))
    return folder


def eyecandies(folder: Path, side: int = 512) -> Path:
    """One class of Eyecandies: one part of each split, two public ones for the test."""
    candy(folder / "train" / "data", "000", 0, side)
    candy(folder / "train" / "data", "001", 1, side)
    candy(folder / "val" / "data", "00", 100, side)
    candy(folder / "test_public" / "data", "00", 200, side, is_bad=False)
    candy(folder / "test_public" / "data", "01", 201, side, is_bad=True)
    candy(folder / "test_private" / "data", "00", 202, side)
    return folder


def candy_depth(side: int) -> NDArray[np.uint16]:
    """A half ball on a tilted, rippled stage: the scene of the golden numbers, where side is 512."""
    row, column = np.mgrid[0:side, 0:side] * (512 / side)
    depth = 3 + 0.6 * (511 - row) / 511 + 0.05 * np.sin(column / 40)
    distance = np.hypot(column - 276, row - 275) / 125
    depth -= np.where(distance < 1, 0.7 * np.sqrt(np.maximum(1 - distance**2, 0)), 0)
    return np.round((depth - 1.5) / 3 * 65535).astype(np.uint16)


def candy(data: Path, number: str, seed: int, side: int, is_bad: bool | None = None) -> None:
    """The files of one Eyecandies part that a reader needs, of two lights."""
    data.mkdir(parents=True, exist_ok=True)
    for light in (0, 4):
        save_picture(data / f"{number}_image_{light}.png", picture(seed + light * 1000, side))
    Image.fromarray(candy_depth(side)).save(data / f"{number}_depth.png")
    (data / f"{number}_info_depth.yaml").write_text("normalization:\n  max: 4.5\n  min: 1.5\n")
    np.savetxt(data / f"{number}_pose.txt", CANDY_POSE)
    if is_bad is not None:
        mask = defect(side) if is_bad else np.zeros((side, side), np.uint8)
        save_picture(data / f"{number}_mask.png", mask)
