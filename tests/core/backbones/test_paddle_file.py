"""Files of the other framework: arrays come out, anything else stays shut."""

from __future__ import annotations

import os
import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.backbones.checkpoint import open_checkpoint, read_checkpoint
from core.errors import WeightsMissing

ARRAY = np.arange(6, dtype=np.float32).reshape(2, 3)


class Parameter:
    """Is written as the framework writes a parameter: a tuple of its name and its array."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (("batch_norm_0.w_0", self.array),)


class Command:
    """Would run a command when it is read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("true",)


def written(folder: Path, content: object, protocol: int = 4) -> Path:
    path = folder / "wres50_bottle.pdparams"
    path.write_bytes(pickle.dumps(content, protocol=protocol))
    return path


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize("wrap", [Parameter, np.asarray])
def test_arrays_come_out_under_their_torch_names(tmp_path: Path, protocol: int, wrap: Any) -> None:
    state = OrderedDict({"bn1._mean": wrap(ARRAY), "bn1._variance": wrap(ARRAY), "conv1.weight": wrap(ARRAY)})
    found = open_checkpoint(written(tmp_path, {"bn": state, "decoder": dict(state)}, protocol))
    assert isinstance(found, dict)
    assert list(found["bn"]) == ["bn1.running_mean", "bn1.running_var", "conv1.weight"]
    torch.testing.assert_close(found["decoder"]["conv1.weight"], torch.from_numpy(ARRAY))


@pytest.mark.parametrize("dtype", [np.float64, np.int64, np.float16, ">f4"])
def test_numbers_of_every_kind_keep_their_values(tmp_path: Path, dtype: Any) -> None:
    array = np.asfortranarray(ARRAY.astype(dtype))
    found = read_checkpoint(written(tmp_path, {"weight": array}))
    np.testing.assert_array_equal(found["weight"].numpy(), ARRAY)


def test_the_table_of_names_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, {"weight": ARRAY, "StructuredToParameterName@@": {"weight": "linear_0.w_0"}})
    assert list(read_checkpoint(path)) == ["weight"]


@pytest.mark.parametrize(
    "content",
    [
        {"weight": Command()},
        {"weight": np.array([Command()], object)},
        {"weight": Path("x")},
        {"weight": np.array(["text"])},
    ],
    ids=["command", "array of objects", "class", "texts"],
)
def test_a_file_that_names_anything_else_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(WeightsMissing, match="by running code") as caught:
        open_checkpoint(written(tmp_path, content))
    assert caught.value.remedy


@pytest.mark.parametrize("content", [[ARRAY], {"weight": "text"}, 3])
def test_a_file_without_a_table_of_arrays_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(WeightsMissing):
        open_checkpoint(written(tmp_path, content))


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, {"weight": Parameter(ARRAY)})
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(WeightsMissing):
            open_checkpoint(path)
