"""The distance function at work on a CPU: patch after patch, and only what can be other than zero.

The points of a patch lie close together and share a code, so that half of the units of a trained network or
more give zero for all of them. The next layer is asked for the others alone: the same distances for less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import torch
import torch.nn.functional as F
from torch import Tensor

from core.backbones.products import product, product_above_zero
from core.backbones.sdf_net import DistanceField

_ROWS_AT_ONCE = 512
"""More would leave the caches."""


@dataclass(frozen=True, eq=False)
class WorkingField:
    """A field with its layers turned, so that the rows of a few units are read at one go."""

    field: DistanceField
    layers: Sequence[tuple[Tensor, Tensor | None]]

    @classmethod
    def of(cls, field: DistanceField) -> Self:
        """The bias of the first joint layer is another one for each code."""
        layers: list[tuple[Tensor, Tensor | None]] = [(field.query_half.t().contiguous(), None)]
        layers += [(weight.t().contiguous(), bias) for weight, bias in field.deep]
        return cls(field, layers)

    def __call__(self, codes: Tensor, queries: Tensor) -> Tensor:
        """Signed distances (B, Q) of queries (B, Q, 3) from the surfaces of codes (B, 128)."""
        steered = self.field.steered(codes)
        patches = zip(steered, queries, strict=True)
        return torch.stack([self._patch(own, points) for own, points in patches])

    def scattered(self, codes: Tensor, owners: Tensor, points: Tensor) -> Tensor:
        """Signed distances (N,) of points (N, 3), each from the surface of its own of the codes (B, 128)."""
        steered, found = self.field.steered(codes), []
        for own, some in zip(
            torch.split(owners, _ROWS_AT_ONCE), torch.split(points, _ROWS_AT_ONCE), strict=True
        ):
            rows = product_above_zero(some, *self.field.of_query)
            rows = F.relu_(product(rows, self.field.query_half).add_(steered[own]))
            for weight, bias in self.field.deep:
                rows = product_above_zero(rows, weight, bias)
            found.append(F.linear(rows, *self.field.last)[:, 0])
        return torch.cat(found)

    def _patch(self, steered: Tensor, points: Tensor) -> Tensor:
        rows = F.relu_(F.linear(points, *self.field.of_query))
        for turned, bias in self.layers:
            live = torch.nonzero(rows.amax(dim=0))[:, 0]
            weight = turned.index_select(0, live).t()
            rows = product_above_zero(rows.index_select(1, live), weight, steered if bias is None else bias)
        return F.linear(rows, *self.field.last)[:, 0]
