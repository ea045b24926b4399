"""Reads `.pdparams` files: pickles of numpy arrays, opened by a reader that knows nothing but arrays."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_RENAMED = {"_mean": "running_mean", "_variance": "running_var"}
_NAME_TABLE = "StructuredToParameterName@@"
"""Bookkeeping that the framework writes beside the arrays."""


def read_paddle(path: Path) -> dict[str, Any]:
    """Tensors by their torch names, as nested dictionaries where the file has them.

    Raise pickle.UnpicklingError for a file that names anything but arrays and plain containers.
    """
    try:
        with path.open("rb") as file:
            found = _ArraysOnly(file).load()
    except (AttributeError, IndexError, TypeError, KeyError, UnicodeError, MemoryError) as problem:
        raise ValueError(str(problem)) from problem
    if not isinstance(found, dict):
        raise ValueError("no table of arrays")
    return _as_tensors(found)


class _ArraysOnly(pickle.Unpickler):
    """Resolves the few names that arrays are written with, each to a harmless function of ours."""

    def find_class(self, module: str, name: str) -> Any:
        found = _ALLOWED.get((module.replace("numpy._core", "numpy.core"), name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


class _Kind:
    """A type of numbers; stands in for numpy's, whose own state a file could forge."""

    def __init__(self, code: str, *flags: bool) -> None:
        self.dtype = np.dtype(code)
        if self.dtype.kind not in "biuf":
            raise pickle.UnpicklingError(f"dtype {code}")

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.dtype = self.dtype.newbyteorder(state[1])


class _Array:
    """An array while it is read."""

    values: NDArray[Any]

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        _, shape, kind, is_columns_first, data = state
        self.values = _of_bytes(data, kind, shape, "F" if is_columns_first else "C")


def _of_bytes(data: Any, kind: _Kind, shape: tuple[int, ...], order: str) -> NDArray[Any]:
    return np.frombuffer(data, kind.dtype).reshape(shape, order="F" if order == "F" else "C")


def _begun(*described: Any) -> _Array:
    return _Array()


def _from_buffer(data: Any, kind: _Kind, shape: tuple[int, ...], order: str) -> _Array:
    array = _Array()
    array.values = _of_bytes(data, kind, shape, order)
    return array


def _encoded(text: str, encoding: str) -> bytes:
    """Pickles of the oldest form carry bytes as text."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(encoding)
    return text.encode("latin1")


_ALLOWED: Mapping[tuple[str, str], Callable[..., Any]] = {
    ("numpy.core.multiarray", "_reconstruct"): _begun,
    ("numpy.core.numeric", "_frombuffer"): _from_buffer,
    ("numpy", "ndarray"): _Array,
    ("numpy", "dtype"): _Kind,
    ("_codecs", "encode"): _encoded,
    ("builtins", "tuple"): tuple,
    ("__builtin__", "tuple"): tuple,
    ("collections", "OrderedDict"): OrderedDict,
}


def _as_tensors(found: Mapping[Any, Any]) -> dict[str, Any]:
    named = {}
    for key, value in found.items():
        if isinstance(value, tuple) and len(value) == 2:
            value = value[1]  # a parameter is written with the name it had in its program
        if key == _NAME_TABLE:
            continue
        named[_torch_name(str(key))] = _as_tensors(value) if isinstance(value, dict) else _tensor(value)
    return named


def _tensor(value: Any) -> Tensor:
    if not isinstance(value, _Array):
        raise ValueError(f"{type(value).__name__} among the arrays")
    return torch.from_numpy(value.values.astype(value.values.dtype.newbyteorder("="), order="C"))


def _torch_name(key: str) -> str:
    module, dot, leaf = key.rpartition(".")
    return f"{module}{dot}{_RENAMED.get(leaf, leaf)}"
