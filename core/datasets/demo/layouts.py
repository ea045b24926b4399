"""How one scanned demo part becomes files, in the folder conventions of three public data sets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from core.atomic import replacing
from core.datasets.demo.camera import Camera
from core.datasets.demo.families.family import family_named
from core.datasets.demo.plan import DemoPart
from core.datasets.demo.scan import VIEW, DemoScan

Layout = Literal["mvtec_3d", "eyecandies", "mvtec_2d"]
EYECANDIES_FOCAL_PX = 711.11


def mvtec_3d(root: Path, part: DemoPart, scan: DemoScan) -> None:
    """MVTec 3D-AD: class/split/label/{rgb,xyz,gt}/NNN; lost points are (0, 0, 0), gt is under test only."""
    folder = root / part.family / part.split / part.label
    _write_png(folder / "rgb" / f"{part.id}.png", scan.rgb)
    if part.split == "test":
        _write_png(folder / "gt" / f"{part.id}.png", _white(scan.mask))
    with replacing(folder / "xyz" / f"{part.id}.tiff") as aside:
        tifffile.imwrite(aside, np.nan_to_num(scan.xyz, nan=0.0), photometric="rgb", metadata=None)


def mvtec_2d(root: Path, part: DemoPart, scan: DemoScan) -> None:
    """MVTec AD: pictures and masks only, and no validation split."""
    if part.split == "validation":
        return
    folder = root / part.family
    _write_png(folder / part.split / part.label / f"{part.id}.png", scan.rgb)
    if not part.is_good:
        _write_png(folder / "ground_truth" / part.label / f"{part.id}_mask.png", _white(scan.mask))


def eyecandies(root: Path, part: DemoPart, scan: DemoScan) -> None:
    """Eyecandies as published, those of its files that are read: light 4, depth, its range, pose, mask.

    Lengths are tenths of a metre and every pixel has a depth, as there.
    """
    split = {"train": "train", "validation": "val", "test": "test_public"}[part.split]
    stem = (
        root
        / part.family
        / split
        / "data"
        / (f"{part.index:03d}" if split == "train" else f"{part.index:02d}")
    )
    depth = scan.exact[..., 2] * 10
    low, high = float(depth.min()), float(depth.max())
    steps = np.round((depth - low) / (high - low) * 65535).astype(np.uint16)
    _write_png(stem.with_name(f"{stem.name}_image_4.png"), scan.rgb)
    _write_png(stem.with_name(f"{stem.name}_depth.png"), steps)
    _write_words(
        stem.with_name(f"{stem.name}_info_depth.yaml"), f"normalization:\n  max: {high!r}\n  min: {low!r}\n"
    )
    _write_words(stem.with_name(f"{stem.name}_pose.txt"), _pose(scan.camera))
    if part.split == "test":
        _write_png(stem.with_name(f"{stem.name}_mask.png"), _white(scan.mask))


WRITERS: dict[Layout, Callable[[Path, DemoPart, DemoScan], None]] = {
    "mvtec_3d": mvtec_3d,
    "eyecandies": eyecandies,
    "mvtec_2d": mvtec_2d,
}


def layout_camera(layout: Layout, family: str, size: int) -> Camera | None:
    """The camera that a layout prescribes; None where the family's own will do."""
    if layout != "eyecandies":
        return None
    view_mm = family_named(family).extent_mm * VIEW
    distance_mm = view_mm * EYECANDIES_FOCAL_PX / size
    return Camera(size, EYECANDIES_FOCAL_PX, distance_mm, is_axis_on_pixel=True)


def _pose(camera: Camera) -> str:
    """World to camera, 4 x 4: the world's axes are the table's, so that a level cut removes the table."""
    pose = np.eye(4)
    pose[:3, :3] = camera.axes @ np.diag([1.0, 1.0, -1.0])
    return "".join(" ".join(f"{value:.9e}" for value in row) + "\n" for row in pose)


def _white(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return mask.astype(np.uint8) * np.uint8(255)


def _write_png(path: Path, pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> None:
    with replacing(path) as aside:
        Image.fromarray(pixels).save(aside, format="PNG", compress_level=2)


def _write_words(path: Path, words: str) -> None:
    with replacing(path) as aside:
        aside.write_text(words, encoding="utf-8", newline="\n")
