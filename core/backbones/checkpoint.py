"""Reading published weights safely, and putting them into a network without silence."""

from __future__ import annotations

import argparse
import logging
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from core.backbones.paddle_file import read_paddle
from core.errors import WeightsMissing
from core.phrase import Phrase, say

log = logging.getLogger(__name__)

_WRAPPERS = ("state_dict", "model", "base_model", "teacher", "student", "sdf_model")
_PREFIXES = ("module.", "backbone.")
_HEADS = ("fc.", "head.", "classifier.")
State = Mapping[str, Tensor]


def read_checkpoint(path: Path) -> dict[str, Tensor]:
    """The tensors of a `.pth`, `.safetensors` or `.pdparams` file, out of their wrappers."""
    return _unwrapped(open_checkpoint(path), path.name)


def open_checkpoint(path: Path) -> object:
    """Everything that a file of weights holds, wrappers included; runs no code of the file."""
    try:
        return _READERS.get(path.suffix, _pickled)(path)
    except pickle.UnpicklingError as problem:
        raise WeightsMissing(
            say(
                "{name} can only be read by running code that it contains, or is no weights file.",
                name=path.name,
            ),
            remedy=say("Fetch the file again from its publisher; only plain tensors are read."),
        ) from problem
    except (OSError, EOFError, RuntimeError, ValueError) as problem:
        raise WeightsMissing(
            say("{name} is damaged or was cut off.", name=path.name), remedy=say("Fetch the file again.")
        ) from problem


def fill_network(network: nn.Module, state: State, name: str, unused: tuple[str, ...] = ()) -> None:
    """Put `state` into `network`; raise WeightsMissing, and change nothing, if it does not fit.

    Classifier heads and keys that begin with one of `unused` may be left over; any other is logged.
    """
    fault = misfit(network, state)
    if fault:
        raise WeightsMissing(
            say("{name} does not fit the network: {fault}", name=name, fault=fault),
            remedy=say("Choose the weights file that was made for this network."),
        )
    network.load_state_dict({key: state.get(key, old) for key, old in network.state_dict().items()})
    left = surplus(network, state, unused)
    if left:
        log.warning("%s holds %d tensors that the network has no place for: %s", name, len(left), left)


def misfit(network: nn.Module, state: State) -> Phrase | str:
    """What keeps `state` out of `network`, in plain words; empty if it fits."""
    wanted = network.state_dict()
    for key, old in wanted.items():
        if key in state and state[key].shape != old.shape:
            return say(
                "wrong shape at {layer} ({found} instead of {wanted}).",
                layer=key,
                found=_shape(state[key]),
                wanted=_shape(old),
            )
    missing = [key for key in wanted if key not in state and not key.endswith("num_batches_tracked")]
    if not missing:
        return ""
    return say("{count} tensors are missing: {missing}.", count=len(missing), missing=", ".join(missing))


def surplus(network: nn.Module, state: State, unused: tuple[str, ...] = ()) -> list[str]:
    """The keys that `network` has no place for, but for heads and those that begin with one of `unused`."""
    wanted = network.state_dict()
    return [key for key in state if key not in wanted and not key.startswith((*_HEADS, *unused))]


def _shape(tensor: Tensor) -> str:
    return " × ".join(map(str, tensor.shape)) or "1"


def _safetensors(path: Path) -> object:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except SafetensorError as problem:
        raise ValueError(str(problem)) from problem


def _pickled(path: Path) -> object:
    # Training checkpoints carry their command line: argparse.Namespace is plain data.
    with torch.serialization.safe_globals([argparse.Namespace]):
        return torch.load(path, map_location="cpu", weights_only=True)


_READERS: Mapping[str, Callable[[Path], object]] = {".safetensors": _safetensors, ".pdparams": read_paddle}


def _unwrapped(found: object, name: str) -> dict[str, Tensor]:
    while isinstance(found, dict) and not any(isinstance(value, Tensor) for value in found.values()):
        found = next((found[key] for key in _WRAPPERS if isinstance(found.get(key), dict)), None)
    if not isinstance(found, dict):
        raise WeightsMissing(
            say("{name} holds no weights.", name=name),
            remedy=say("Choose the weights file that was made for this network."),
        )
    return {_plain(str(key)): value for key, value in found.items() if isinstance(value, Tensor)}


def _plain(key: str) -> str:
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    return key
