"""Masks laid over the points of a cloud: truth, the user's own, the model's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from core.pixel_link import PixelLink
from core.state.overlay_state import OverlayState
from gui.tokens import tokens
from gui.views.mask_item import stripe_of

OURS, MINE = "contour", "cursor"
_SHARE = 0.42


def tint_masks(
    base: NDArray[np.float32], link: PixelLink, kept: NDArray[np.int64], overlay: OverlayState
) -> None:
    """Mix the masks that are switched on into the colours (P, 3) of the points at the flat pixels `kept`."""
    if overlay.is_hidden:
        return
    if overlay.model_mask_on and link.score_map is not None and overlay.threshold is not None:
        with np.errstate(invalid="ignore"):
            inside = link.scores_of(kept) > overlay.threshold
        stripe = stripe_of(*np.divmod(kept, link.sample.shape[1]), max(link.sample.shape))
        _tint(base, inside & (stripe == 0), OURS)
    if overlay.truth_on and link.sample.mask is not None:
        _tint(base, link.sample.mask.reshape(-1)[kept], OURS)
    mine = own_mask(link, overlay)
    if mine is not None:
        rows, columns = link.source_pixels(kept)
        _tint(base, mine[rows, columns], MINE)


def own_mask(link: PixelLink, overlay: OverlayState) -> NDArray[np.bool_] | None:
    """What the user has marked of the source picture, None where nothing is to be shown."""
    mask, placing = overlay.my_mask, link.sample.placing
    is_wanted = overlay.my_mask_on and not overlay.is_hidden
    fits = mask is not None and mask.shape == (placing.source_height, placing.source_width)
    return mask if is_wanted and fits else None


def _tint(base: NDArray[np.float32], inside: NDArray[np.bool_], ink: str) -> None:
    colour = QColor(getattr(tokens("dark"), ink))
    rgb = np.array([colour.red(), colour.green(), colour.blue()], np.float32)
    base[inside] += _SHARE * (rgb - base[inside])
