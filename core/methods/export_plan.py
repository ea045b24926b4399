"""What a method hands over when a trained model is to leave the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.deployed.manifest import Recipe

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, eq=False)
class ExportPlan:
    """A network (B, 3, side, side) -> `outputs`, and how numpy makes a score of them.

    `settings` are the recipe's numbers, `arrays` its files by their names.
    """

    network: nn.Module
    side: int
    resampling: Literal["bilinear", "bicubic"]
    outputs: tuple[str, ...]
    recipe: Recipe
    settings: Mapping[str, Any]
    arrays: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
