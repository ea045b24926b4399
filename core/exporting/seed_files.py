"""Tables and pictures in the forms of the published programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from core.atomic import replacing, unwritable

MEAN = "Mean"
YELLOW_GREEN_BLUE = "081d58 253494 225ea8 1d91c0 41b6c4 7fcdbb c7e9b4 edf8b1 ffffd9"
"""The colour map of one program's heat maps, reversed as it uses it: low is blue, high is yellow."""
_JET = "000080 0000ff 0080ff 00ffff 80ff80 ffff00 ff8000 ff0000 800000"
Picture = NDArray[np.uint8]


def pipe_table(rows: Mapping[str, Mapping[str, float | None]], classes: Sequence[str]) -> str:
    """A markdown table: one row a method, classes in title case, their mean last; three digits."""
    columns = [*(name.title() for name in classes), MEAN]
    lines = [f"| Method | {' | '.join(columns)} |", f"|:---|{'---:|' * len(columns)}"]
    for method, values in rows.items():
        found = [values.get(name) for name in classes]
        known = [value for value in found if value is not None]
        mean = float(np.mean(known)) if known else None
        cells = ("" if value is None else f"{value:.3f}" for value in [*found, mean])
        lines.append(f"| {method} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def coloured(values: NDArray[np.float32], low: float, high: float, colours: str) -> Picture:
    """The map (H, W) in colours (H, W, 3), straight between `low` and `high`."""
    anchors = np.array([[int(c[i : i + 2], 16) for i in (0, 2, 4)] for c in colours.split()], np.float32)
    place = np.clip((values - low) / max(high - low, 1e-12), 0, 1) * (len(anchors) - 1)
    first = np.minimum(place.astype(int), len(anchors) - 2)
    share = (place - first)[..., None]
    mixed: Picture = np.rint(anchors[first] * (1 - share) + anchors[first + 1] * share).astype(np.uint8)
    return mixed


def heat_panel(maps: Sequence[tuple[str, NDArray[np.float32] | None]], picture: Picture) -> Picture:
    """Two by two maps over the picture, one scale for all, with their names and the scale below."""
    known = [pixels for _, pixels in maps if pixels is not None]
    low, high = min(float(p.min()) for p in known), max(float(p.max()) for p in known)
    side, foot = picture.shape[0], 18
    panel = Image.new("RGB", (2 * picture.shape[1] + 6, 2 * (side + foot) + 6 + foot), "white")
    pen = ImageDraw.Draw(panel)
    for number, (name, pixels) in enumerate(maps):
        left, top = (number % 2) * (picture.shape[1] + 6), (number // 2) * (side + foot + 6)
        pen.text((left + 4, top + 2), name if pixels is not None else f"{name}: no model", fill="black")
        if pixels is not None:
            heat = coloured(pixels, low, high, YELLOW_GREEN_BLUE)
            mixed = np.rint(0.5 * picture + 0.5 * heat).astype(np.uint8)
            panel.paste(Image.fromarray(mixed), (left, top + foot))
    pen.text((4, panel.height - foot + 2), f"scale {low:.4g} to {high:.4g}", fill="black")
    return np.asarray(panel)


def three_views(
    picture: Picture,
    heat: NDArray[np.float32],
    highest: float,
    truth: NDArray[np.bool_],
    found: NDArray[np.bool_],
) -> Picture:
    """A column of three: truth outlined, heat over the picture, what was found outlined."""
    over = np.rint(0.6 * picture + 0.4 * coloured(heat, 0.0, highest, _JET)).astype(np.uint8)
    return np.concatenate(
        [_outlined(picture, truth, (255, 0, 0)), over, _outlined(picture, found, (0, 255, 0))]
    )


def _outlined(picture: Picture, mask: NDArray[np.bool_], colour: tuple[int, int, int]) -> Picture:
    inner = mask.copy()
    for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
        inner &= np.roll(mask, step, axis)
    drawn = picture.copy()
    drawn[mask & ~inner] = colour
    return drawn


def write_png(path: Path, pixels: Picture) -> None:
    """Keep a picture; a full disk is said in a sentence."""
    try:
        with replacing(path) as aside:
            Image.fromarray(pixels).save(aside, format="PNG")
    except OSError as problem:
        raise unwritable(path, problem) from problem
