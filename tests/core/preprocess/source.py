"""A small data set on disk in the MVTec 3D-AD layout, and parts of Eyecandies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from core.preprocess.written import write_cloud, write_mask, write_rgb
from core.sample import SampleRef, Split
from tests.core.preprocess.scenes import scan


def write_dome(root: Path, number: int = 0, split: Split = "test", label: str = "hole") -> SampleRef:
    """Write one scan and tell where it is."""
    sample, folder = scan(seed=number), root / "dome" / split / label
    assert sample.rgb is not None
    assert sample.xyz is not None
    assert sample.mask is not None
    rgb, cloud, mask = (
        folder / kind / f"{number:03d}{suffix}"
        for kind, suffix in (("rgb", ".png"), ("xyz", ".tiff"), ("gt", ".png"))
    )
    write_rgb(rgb, sample.rgb)
    write_cloud(cloud, sample.xyz)
    if split != "test":
        return SampleRef("dome", split, label, f"{number:03d}", rgb, cloud, layout="mvtec_3d")
    write_mask(mask, sample.mask if label != "good" else np.zeros_like(sample.mask))
    return SampleRef("dome", split, label, f"{number:03d}", rgb, cloud, mask, "mvtec_3d")


def write_sweet(root: Path, number: str = "07", label: str = "bad") -> SampleRef:
    """Write a part as Eyecandies publishes it: a bump above a slope, 64 pixels a side."""
    folder = root / "Confetto" / "test_public" / "data"
    folder.mkdir(parents=True, exist_ok=True)
    rows, columns = np.mgrid[0:64, 0:64]
    depth = 3 + 0.6 * (63 - rows) / 63 - np.where(np.hypot(rows - 35, columns - 34) < 15, 0.6, 0)
    levels = np.round((depth - 1.5) / 3 * 65535).astype(np.uint16)
    rgb, cloud, mask = (folder / f"{number}_{name}.png" for name in ("image_4", "depth", "mask"))
    Image.fromarray(levels).save(cloud)
    Image.fromarray(np.full((64, 64, 3), 77, np.uint8)).save(rgb)
    Image.fromarray(((rows == 35) & (label == "bad")).astype(np.uint8) * np.uint8(255)).save(mask)
    (folder / f"{number}_info_depth.yaml").write_text("normalization:\n  min: 1.5\n  max: 4.5\n", "utf-8")
    tilt = np.array([[1, 0, 0, 0], [0, 0.963, -0.269, 0.1], [0, 0.269, 0.963, 0.2], [0, 0, 0, 1]])
    np.savetxt(folder / f"{number}_pose.txt", tilt)
    return SampleRef("Confetto", "test", label, number, rgb, cloud, mask, "eyecandies")
