"""Where the mask of a part lies in its data set, by the convention of that data set."""

from __future__ import annotations

import re
from pathlib import Path

from core.datasets import eyecandies, mvtec_2d, mvtec_3d, mvtec_ad2
from core.sample import SampleRef

_NUMBERED = re.compile(r"(.+)_image_.+|(.+)_depth")


def mask_place(ref: SampleRef, root: Path) -> Path:
    """The way from the data set's root to the part's mask, whether there is one or not; always a PNG.

    A part whose files lie elsewhere goes by class, split and label.
    """
    if ref.mask is not None and ref.mask.is_relative_to(root):
        return ref.mask.relative_to(root).with_suffix(".png")
    picture = ref.rgb or ref.cloud
    if picture is None or not picture.is_relative_to(root):
        return Path(ref.class_name, ref.split, ref.label, "gt", f"{ref.id}.png")
    return _beside(ref.layout, picture.relative_to(root), ref.id)


def _beside(layout: str, picture: Path, name: str) -> Path:
    folder = picture.parent
    if layout == mvtec_3d.KEY:
        return folder.parent / "gt" / f"{picture.stem}.png"
    if layout == mvtec_2d.KEY:
        return folder.parent.parent / mvtec_2d.TRUTH / folder.name / f"{picture.stem}_mask.png"
    if layout == mvtec_ad2.KEY:
        return folder.parent / mvtec_ad2.TRUTH / folder.name / f"{picture.stem}_mask.png"
    if layout == eyecandies.KEY:
        found = _NUMBERED.fullmatch(picture.stem)
        number = (found[1] or found[2]) if found else picture.stem
        return folder / f"{number}_mask.png"
    return folder / "gt" / f"{name}.png"
