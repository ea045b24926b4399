"""The shape expert at work: patches become codes, and codes judge points."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from core.backbones.sdf_at_work import WorkingField
from core.backbones.sdf_net import SdfNetwork
from core.methods.shape_guided.cut import Points

_PATCHES_AT_ONCE = 4
"""More would leave the caches: a patch is a megabyte to every layer."""
Distances = NDArray[np.float32]


class Expert(Protocol):
    """What the detector asks of it; patches are normalised."""

    def encode(self, patches: Points) -> torch.Tensor:
        """Codes (S, D) of patches (S, P, 3)."""
        ...

    def distances(self, codes: torch.Tensor, patches: Points) -> Distances:
        """Signed distances (S, P) of the points of patches (S, P, 3) from the surfaces of their codes."""
        ...

    def distances_of(self, codes: torch.Tensor, owners: NDArray[np.int64], points: Points) -> Distances:
        """Signed distances (N,) of points (N, 3), each from the surface of the code that owns it."""
        ...


class ShapeExpert:
    """The trained network, a few patches at a time."""

    def __init__(self, network: SdfNetwork, device: str = "cpu") -> None:
        self._device = device
        with torch.no_grad():
            self._encoder = network.to(device).encoder.plain()
            field = network.NIF.field()
            self._field = WorkingField.of(field) if device == "cpu" else field

    def encode(self, patches: Points) -> torch.Tensor:
        """Codes (S, 128) on the expert's device."""
        with torch.inference_mode():
            codes = [self._encoder(part) for part in self._parts(patches)]
        return torch.cat(codes).clone()

    def distances(self, codes: torch.Tensor, patches: Points) -> Distances:
        """Signed distances (S, P)."""
        found = []
        with torch.inference_mode():
            for some, part in zip(torch.split(codes, _PATCHES_AT_ONCE), self._parts(patches), strict=True):
                found.append(self._field(some.to(part), part).cpu())
        distances: Distances = torch.cat(found).numpy()
        return distances

    def distances_of(self, codes: torch.Tensor, owners: NDArray[np.int64], points: Points) -> Distances:
        """Signed distances (N,)."""
        with torch.inference_mode():
            own = torch.from_numpy(owners).to(self._device)
            asked = torch.from_numpy(np.ascontiguousarray(points, np.float32)).to(self._device)
            if isinstance(self._field, WorkingField):
                found = self._field.scattered(codes.to(asked), own, asked)
            else:
                found = self._field(codes.to(asked)[own], asked[:, None])[:, 0]
        distances: Distances = found.cpu().numpy()
        return distances

    def _parts(self, patches: Points) -> list[torch.Tensor]:
        whole = torch.from_numpy(np.ascontiguousarray(patches, np.float32)).to(self._device)
        return list(torch.split(whole, _PATCHES_AT_ONCE))
