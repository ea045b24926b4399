"""What the imagining networks learn from: a list of the store, or a file for each part, ours or published."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from core.atomic import replacing, unwritable
from core.errors import DataError
from core.memory.example_list import listed_examples, listed_item, listed_rows
from core.memory.room import ENDING
from core.methods.mtfi.distillation_training import TrainMethod
from core.methods.mtfi.lessons import LESSONS, Batch, Item, repeated
from core.phrase import say

POINT_WIDTH = 768
_PUBLISHED: dict[Item, tuple[str, str]] = {
    "xyz": ("fxyz", "_hfxyz"),
    "rgb": ("frgb", "_frgb"),
    "cloud": ("xyz", "_xyz"),
    "picture": ("rgb", "_rgb"),
}
"""Folder and ending of the published program's pair sets."""
_NOT_OURS = (OSError, EOFError, RuntimeError, KeyError, TypeError, ValueError, pickle.UnpicklingError)


@dataclass(frozen=True)
class ExampleFile:
    """Where the input and the answer of one part lie; in our own files it is one place."""

    shown: Path
    wanted: Path

    @property
    def is_good(self) -> bool:
        """Whether the name of our own file tells of a good part."""
        return "_good_" in self.shown.name


def save_example(path: Path, items: Mapping[Item, Tensor], *, is_half: bool = False) -> None:
    """Keep what was asked for of one part; patches (N, D) and rasters (3, H, W)."""
    kind = torch.float16 if is_half else torch.float32
    try:
        with replacing(path) as aside:
            torch.save({name: value.to(kind) for name, value in items.items()}, aside)
    except OSError as problem:
        raise unwritable(path, problem) from problem


def example_files(folder: Path, split: str, method: TrainMethod) -> list[ExampleFile]:
    """The parts of a split, by name; a folder without splits, and a list, hold training parts only.

    Raise DataError where an input has no answer.
    """
    listed = listed_examples(folder)
    if listed is not None:
        shown, wanted = LESSONS[method]
        return [
            ExampleFile(listed_item(items, shown, folder), listed_item(items, wanted, folder))
            for items in (listed.values() if split == "train" else ())
        ]
    root = folder / split
    if not root.is_dir():
        if split != "train":
            return []
        root = folder
    own = sorted(path for path in root.glob("*.pt") if not path.name.startswith("."))
    if own or method == "HallucinationCrossModality":
        return [ExampleFile(path, path) for path in own]
    inputs, answers = (_published(root, item) for item in LESSONS[method])
    alone = sorted(inputs.keys() ^ answers.keys())
    if alone:
        raise DataError(
            say("These parts have an input or an answer only: {names}.", names=", ".join(alone)),
            remedy=say("Save the features again, or remove the files."),
        )
    return [ExampleFile(inputs[name], answers[name]) for name in sorted(inputs)]


def read_example(file: ExampleFile, method: TrainMethod) -> Batch:
    """Input and answer of one part, float32; raise DataError where the file does not hold them.

    Feature to feature takes picture patches as they are kept, of half the side; the other families on the
    grid of the point patches.
    """
    shown, wanted = LESSONS[method]
    found = _read(file.shown, shown), _read(file.wanted, wanted)
    if method == "HallucinationCrossModality":
        return found
    return _on_points_grid(found[0], shown), _on_points_grid(found[1], wanted)


def _published(root: Path, item: Item) -> dict[str, Path]:
    folder, ending = _PUBLISHED[item]
    return {path.stem.removesuffix(ending): path for path in (root / folder).glob(f"*{ending}.pt")}


def _read(path: Path, item: Item) -> Tensor:
    try:
        if path.suffix == ENDING:
            return torch.from_numpy(listed_rows(path)).float()
        found = torch.load(path, weights_only=True, map_location="cpu", mmap=True)
        if isinstance(found, Tensor):
            if found.ndim == 2 and found.shape[1] > POINT_WIDTH:
                found = found[:, :POINT_WIDTH] if item == "xyz" else found[:, POINT_WIDTH:]
            return found.float()
        return torch.as_tensor(found[item]).float()
    except _NOT_OURS as problem:
        raise DataError(
            say("{path} does not hold what this training needs.", path=path),
            remedy=say("Save the features again with the kind that belongs to it, or remove the file."),
        ) from problem


def _on_points_grid(found: Tensor, item: Item) -> Tensor:
    if item != "rgb" or len(found) != 28 * 28:
        return found
    return repeated(found[None])[0]
