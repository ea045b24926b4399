"""The cloud of an Eyecandies part, made from its depth picture, depth range and camera pose."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.datasets.clouds import in_metres
from core.datasets.faults import Unreadable, WrongType, reading
from core.phrase import say
from core.preprocess.eyecandies import depth_from_png, points_from_depth, without_background

NUMBER = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"


def read_cloud(path: Path) -> NDArray[np.float32]:
    """The part of NNN_depth.png as (H, W, 3) metres; the stage around it is missing, as in published use.

    The depth range NNN_info_depth.yaml and the pose NNN_pose.txt lie beside the picture.
    """
    depth = read_depth(path)
    pose = read_pose(beside(path, "pose.txt"))
    with reading(path):
        return in_metres(without_background(points_from_depth(depth, pose)), 1.0, path)


def read_depth(path: Path) -> NDArray[np.float32]:
    """Depth (H, W) in units of the scene, a tenth of a metre each."""
    with reading(path), Image.open(path) as image:
        if not image.mode.startswith("I"):
            raise WrongType(
                say("{file} is not a 16-bit depth picture.", file=path),
                remedy=say("Copy the original depth file again, or skip this sample."),
            )
        levels = np.asarray(image)
    nearest, farthest = read_range(beside(path, "info_depth.yaml"))
    return depth_from_png(levels, nearest, farthest)


def read_range(path: Path) -> tuple[float, float]:
    """`normalization: min, max` of a range file; two numbers need no YAML library."""
    with reading(path):
        text = path.read_text(encoding="utf-8")
    found = {key: re.search(rf"\b{key}\s*:\s*{NUMBER}", text) for key in ("min", "max")}
    if found["min"] is None or found["max"] is None:
        raise _odd(path, say("minimum and maximum depth"))
    return float(found["min"][1]), float(found["max"][1])


def read_pose(path: Path) -> NDArray[np.float64]:
    """The camera pose (4, 4)."""
    with reading(path):
        numbers = [float(word) for word in path.read_text(encoding="utf-8").replace(",", " ").split()]
    if len(numbers) != 16 or not np.isfinite(numbers).all():
        raise _odd(path, say("a pose of 4 × 4 numbers"))
    return np.array(numbers).reshape(4, 4)


def beside(depth: Path, ending: str) -> Path:
    """The file of the same part with another ending: 007_depth.png to 007_pose.txt."""
    return depth.with_name(f"{depth.name.split('_', 1)[0]}_{ending}")


def _odd(path: Path, wanted: str) -> Unreadable:
    return Unreadable(
        say("{file} does not hold {wanted}.", file=path, wanted=wanted),
        remedy=say("Copy it again from its source, or skip this sample."),
    )
