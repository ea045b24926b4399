"""What an export says of itself: its files, what goes in, how the network's answer becomes a score."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from core.atomic import write_text
from core.errors import DataError
from core.phrase import say

FORMAT = 1
NAME = "manifest.json"
GRAPH = "inference.onnx"
Recipe = Literal["cosine_maps", "nearest_patches"]


@dataclass(frozen=True)
class PictureInput:
    """The picture as the network takes it: resized to a square, divided by 255, then normalised."""

    name: str
    side: int
    resampling: Literal["bilinear", "bicubic"]
    mean: tuple[float, ...]
    deviation: tuple[float, ...]


@dataclass(frozen=True)
class Manifest:
    """`settings` are the recipe's numbers; `files` give the SHA-256 of every file beside this one.

    Above `line` a part is NG, above `lower` to be reviewed; None where no line was drawn. With `is_prepared`
    the parts were freed of their background before the training: pictures must be, too.
    """

    class_name: str
    method: str
    model: str
    product: str
    made: str
    opset: int
    picture: PictureInput
    outputs: tuple[str, ...]
    recipe: Recipe
    settings: Mapping[str, Any]
    line: float | None = None
    lower: float | None = None
    pixel_line: float | None = None
    is_prepared: bool = False
    config: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write it into the folder of the export."""
        write_text(
            folder / NAME, json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raise DataError where the folder is no export, or one of another form."""
        try:
            told = json.loads((folder / NAME).read_text(encoding="utf-8"))
            if told.pop("format") != FORMAT:
                raise ValueError("format")
            picture = told.pop("picture")
            mean, deviation = (tuple(picture.pop(key)) for key in ("mean", "deviation"))
            outputs = tuple(told.pop("outputs"))
            return cls(
                picture=PictureInput(**picture, mean=mean, deviation=deviation), outputs=outputs, **told
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise DataError(
                say("{folder} is no exported model that this program can read.", folder=folder),
                remedy=say("Name the folder that inspector export wrote."),
            ) from problem

    def refuse_changed_files(self, folder: Path) -> None:
        """Raise DataError where a file is missing or is not the one that was exported."""
        for name, known in self.files.items():
            path = folder / name
            if not path.is_file() or sha256(path) != known:
                raise DataError(
                    say("{name} is not the file that was exported.", name=path),
                    remedy=say("Copy the whole folder of the export again."),
                )


def sha256(path: Path) -> str:
    """The hash of a file's content."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
