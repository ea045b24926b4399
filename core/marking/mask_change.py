"""What one stroke did to a mask, small enough that many of them can be undone."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class MaskChange:
    """The pixels that changed sides, within their box; done twice it leaves a mask as it was.

    `shape` is that of the whole mask, `box` (top, left, height, width); `packed` holds the flipped bits.
    """

    shape: tuple[int, int]
    box: tuple[int, int, int, int]
    packed: bytes

    @classmethod
    def between(cls, before: Mask | None, after: Mask | None) -> MaskChange | None:
        """What turns one mask into the other, None where nothing does; no mask is one without pixels."""
        known = before if before is not None else after
        if known is None:
            return None
        flipped = np.logical_xor(_or_empty(before, known), _or_empty(after, known))
        rows, columns = np.flatnonzero(flipped.any(axis=1)), np.flatnonzero(flipped.any(axis=0))
        if not rows.size:
            return None
        top, left = int(rows[0]), int(columns[0])
        inside = flipped[top : rows[-1] + 1, left : columns[-1] + 1]
        height, width = inside.shape
        packed = zlib.compress(np.packbits(inside).tobytes(), level=1)
        return cls((known.shape[0], known.shape[1]), (top, left, height, width), packed)

    @property
    def weight(self) -> int:
        """Bytes that remembering it takes."""
        return len(self.packed)

    def applied(self, mask: Mask | None) -> Mask:
        """The other state of a mask; a new array."""
        found = np.zeros(self.shape, bool) if mask is None else mask.copy()
        assert found.shape == self.shape, "a change belongs to masks of one size"
        top, left, height, width = self.box
        bits = np.unpackbits(np.frombuffer(zlib.decompress(self.packed), np.uint8), count=height * width)
        found[top : top + height, left : left + width] ^= bits.reshape(height, width).astype(bool)
        return found


def _or_empty(mask: Mask | None, like: Mask) -> Mask:
    return np.zeros_like(like) if mask is None else mask
