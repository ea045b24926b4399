"""Stand-in weights and inputs of the golden vectors of MTFI, and how close is close enough."""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from tests.golden.fill import cloud, fill, image
from tests.golden_vectors import folder, sizes

MEAN = np.array((0.485, 0.456, 0.406), np.float32)
DEVIATION = np.array((0.229, 0.224, 0.225), np.float32)
SIDE = 224
Vectors = dict[str, NDArray[Any]]


def salt() -> str:
    found: str = sizes("mtfi")["salt"]
    return found


def files(begin: str) -> list[str]:
    """The vectors that are there whose names begin so, without the ending."""
    return sorted(path.stem for path in folder().glob(f"{begin}*.npz"))


def weights(name: str) -> dict[str, torch.Tensor]:
    """Stand-in weights for a layout such as "ftof"."""
    layout = json.loads((folder() / f"mtfi_layout_{name}.json").read_text(encoding="utf-8"))
    return {key: torch.from_numpy(np.asarray(value)) for key, value in fill(layout, salt()).items()}


def normal(name: str, *shape: int) -> torch.Tensor:
    drawn = np.random.default_rng(zlib.crc32(f"{salt()}:{name}".encode()))
    return torch.from_numpy(drawn.standard_normal(shape).astype(np.float32))


def rgb(name: str) -> torch.Tensor:
    """A normalised picture (3, 224, 224)."""
    scaled = (image(SIDE, SIDE, name, salt()).astype(np.float32) / np.float32(255) - MEAN) / DEVIATION
    return torch.from_numpy(np.ascontiguousarray(scaled.transpose(2, 0, 1)))


def xyz(name: str) -> torch.Tensor:
    """A cloud (3, 224, 224) in metres, zeros where nothing was seen."""
    return torch.from_numpy(np.ascontiguousarray(cloud(SIDE, SIDE, name, salt()).transpose(2, 0, 1)))


def assert_like(found: torch.Tensor | NDArray[Any], golden: Vectors, name: str, share: float) -> None:
    """Compare with an array stored in short form; `share` is of the array's standard deviation."""
    flat = np.asarray(found, np.float32)
    assert list(flat.shape) == golden[f"{name}.shape"].tolist()
    deviation = float(golden[f"{name}.std"])
    assert_close(flat.ravel()[golden[f"{name}.idx"]], golden[f"{name}.val"], 0, share * deviation)
    assert_close(flat.mean(dtype=np.float64), golden[f"{name}.mean"], 0, share * deviation)
    assert_close(flat.std(dtype=np.float64), deviation, share)


def assert_close(found: Any, wanted: Any, relative: float, absolute: float = 0.0) -> None:
    np.testing.assert_allclose(found, wanted, rtol=relative, atol=absolute)
