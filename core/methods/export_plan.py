"""What a method hands over when a trained model is to leave the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.deployed.manifest import PictureInput, Recipe
from core.sample import Sensor

if TYPE_CHECKING:
    from torch import Tensor, nn


@dataclass(frozen=True, eq=False)
class GraphPlan:
    """A network, what goes in by name with an example, and the names of what comes out.

    The first axis of every input named in `any_number` may have any length.
    """

    network: nn.Module
    inputs: Mapping[str, Tensor]
    outputs: tuple[str, ...]
    any_number: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ExportPlan:
    """Networks by name, and how numpy makes a score of what they say of a part with all of `sensors`.

    `settings` are the recipe's numbers, `arrays` its files by their names. `levels` is the number of grey
    values that the map is rounded to, 0 where it is not.
    """

    sensors: tuple[Sensor, ...]
    graphs: Mapping[str, GraphPlan]
    recipe: Recipe
    settings: Mapping[str, Any]
    arrays: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    picture: PictureInput | None = None
    levels: int = 0
