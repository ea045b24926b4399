"""A learnt state as text and plain arrays, and back: nothing in it can run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

Arrays = list[NDArray[Any]]


def as_plain(state: Any, arrays: Arrays) -> Any:
    """Values for JSON; tensors are put behind `arrays` and named by their number."""
    if isinstance(state, torch.Tensor):
        arrays.append(np.ascontiguousarray(state.detach().cpu().numpy()))
        return {"tensor": len(arrays) - 1}
    if isinstance(state, Mapping):
        return {"items": [[key, as_plain(value, arrays)] for key, value in state.items()]}
    if isinstance(state, list | tuple):
        kind = "list" if isinstance(state, list) else "tuple"
        return {kind: [as_plain(value, arrays) for value in state]}
    assert state is None or isinstance(state, str | int | float), f"a state holds {type(state)}"
    return state


def from_plain(told: Any, arrays: Sequence[NDArray[Any]]) -> Any:
    """The inverse of `as_plain`; raise ValueError, KeyError, IndexError or TypeError for anything else."""
    if not isinstance(told, dict):
        return told
    ((kind, value),) = told.items()
    if kind == "tensor":
        return torch.from_numpy(arrays[value])
    if kind == "items":
        return {key: from_plain(inner, arrays) for key, inner in value}
    values = [from_plain(inner, arrays) for inner in value]
    return values if kind == "list" else tuple(values)
