"""A part on the table as the sensors could see it: height, colour and gloss of every table cell."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.datasets.demo.place import Field


@dataclass(frozen=True, eq=False)
class Surface:
    """height (H, W) in mm above the table; albedo (H, W, 3) in linear light; gloss (H, W), 0 is matt.

    part (H, W) marks the part; face (H, W) the places where a surface defect may lie.
    """

    height: Field
    albedo: Field
    gloss: Field
    part: NDArray[np.bool_]
    face: NDArray[np.bool_]

    def towards(self, other: Surface, share: float) -> Surface:
        """This surface changed by `share` of the way to `other`; part and face stay."""

        def between(mine: Field, its: Field) -> Field:
            return (mine + np.float32(share) * (its - mine)).astype(np.float32)

        return replace(
            self,
            height=between(self.height, other.height),
            albedo=between(self.albedo, other.albedo),
            gloss=between(self.gloss, other.gloss),
        )


def linear(*display: int) -> Field:
    """A colour given as it shows on a screen (0 to 255), in linear light."""
    return (np.array(display, np.float32) / 255) ** np.float32(2.2)
