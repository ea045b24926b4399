"""One scanned part: where its files are (SampleRef) and what they hold (Sample)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.frame import Frame
from core.frozen import freeze

Sensor = Literal["rgb", "xyz"]
Split = Literal["train", "validation", "test"]
GOOD = "good"
UNKNOWN = "unknown"
"""The label of a part whose truth nobody has told."""


@dataclass(frozen=True)
class SampleRef:
    """The files of one part on disk, and what its folder says about it.

    `label` is "good", a defect type, or "unknown". `layout` names the reader in core/datasets that opens it;
    `metres_per_unit` is the unit of the stored cloud.
    """

    class_name: str
    split: Split
    label: str
    id: str
    rgb: Path | None = None
    cloud: Path | None = None
    mask: Path | None = None
    layout: str = "plain_folder"
    metres_per_unit: float = 1.0

    @property
    def name(self) -> str:
        """Unique within a dataset: class/split/label/id."""
        return f"{self.class_name}/{self.split}/{self.label}/{self.id}"

    @property
    def sensors(self) -> frozenset[Sensor]:
        """The sensors whose files this part has."""
        found: set[Sensor] = set()
        if self.rgb is not None:
            found.add("rgb")
        if self.cloud is not None:
            found.add("xyz")
        return frozenset(found)

    @property
    def is_good(self) -> bool | None:
        """True for a good part, False for a defective one, None where nobody knows."""
        return None if self.label == UNKNOWN else self.label == GOOD


@dataclass(frozen=True, eq=False)
class Sample:
    """What the sensors saw of one part, on one raster; a missing sensor is None, never zeros.

    rgb (H, W, 3) uint8. xyz (H, W, 3) float32, metres in the sensor's frame, unseen points NaN in all
    three. mask (H, W) bool, the imported truth. part (H, W) bool, the pixels that belong to the part once
    the background was removed; None where nobody has separated them. `is_metric` is False where the
    cloud's unit is unknown.
    """

    name: str
    rgb: NDArray[np.uint8] | None = None
    xyz: NDArray[np.float32] | None = None
    mask: NDArray[np.bool_] | None = None
    part: NDArray[np.bool_] | None = None
    frame: Frame | None = None
    is_metric: bool = True

    def __post_init__(self) -> None:
        freeze(self, "rgb", "xyz", "mask", "part")
        if self.frame is None:
            object.__setattr__(self, "frame", Frame.whole(*self.shape))

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W) of the raster that all arrays share."""
        picture = self.rgb if self.rgb is not None else self.xyz
        assert picture is not None, "a sample has at least one sensor"
        return picture.shape[0], picture.shape[1]

    @property
    def placing(self) -> Frame:
        """How this raster lies in the source picture."""
        assert self.frame is not None
        return self.frame

    @property
    def sensors(self) -> frozenset[Sensor]:
        """The sensors that saw this part."""
        found: set[Sensor] = set()
        if self.rgb is not None:
            found.add("rgb")
        if self.xyz is not None:
            found.add("xyz")
        return frozenset(found)

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(H, W) True where the 3D sensor has a point; all False without a cloud."""
        if self.xyz is None:
            return np.zeros(self.shape, bool)
        finite: NDArray[np.bool_] = np.isfinite(self.xyz[..., 2])
        return finite
