"""Hand-made shape and colour patches that can stand in for the networks'."""

from __future__ import annotations

from core.descriptors.hand_made import (
    COLOUR_MM,
    GRID,
    SHAPE_MM,
    STEEP,
    USUAL_CONTRAST,
    USUAL_HEIGHT_MM,
    colour_rows,
    shape_rows,
)
from core.memory.kept_features import Source
from core.patches import PatchFeatures
from core.sample import Sample


def shape_source() -> Source:
    """Slopes and curvatures of the cloud, and how near the rim is."""
    return Source(shape_patches, f"shape {SHAPE_MM} {USUAL_HEIGHT_MM} {STEEP}")


def colour_source() -> Source:
    """Colours, contrasts and edges of the picture."""
    return Source(colour_patches, f"colour {COLOUR_MM} {USUAL_CONTRAST}")


def shape_patches(sample: Sample) -> PatchFeatures:
    """Features (3136, D); cells that see no point are zero rows."""
    return PatchFeatures.of(shape_rows(sample), (GRID, GRID))


def colour_patches(sample: Sample) -> PatchFeatures:
    """Features (3136, D)."""
    return PatchFeatures.of(colour_rows(sample), (GRID, GRID))
