"""What an export says of itself: its files, what goes in, how the networks' answers become a score."""

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
from core.sample import Sensor

FORMAT = 2
NAME = "manifest.json"
Recipe = Literal["cosine_maps", "patch_memories", "quick_look", "shape_guided"]


@dataclass(frozen=True)
class PictureInput:
    """The picture as a network takes it: resized to a square, divided by 255, then normalised."""

    side: int
    resampling: Literal["bilinear", "bicubic"]
    mean: tuple[float, ...]
    deviation: tuple[float, ...]


@dataclass(frozen=True)
class Graph:
    """One network: its file, and the names of what goes in and comes out."""

    file: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """`settings` are the recipe's numbers; `files` give the SHA-256 of every file beside this one.

    A part must have all of `sensors`. Above `line` it is NG, above `lower` to be reviewed; None where no line
    was drawn. `preparation` are the values by which parts with a cloud were prepared before the training;
    with `is_prepared` their background was taken away. `metres_per_unit` is the unit of the stored clouds.
    """

    class_name: str
    method: str
    model: str
    product: str
    made: str
    opset: int
    sensors: tuple[Sensor, ...]
    graphs: Mapping[str, Graph]
    recipe: Recipe
    settings: Mapping[str, Any]
    picture: PictureInput | None = None
    line: float | None = None
    lower: float | None = None
    pixel_line: float | None = None
    is_prepared: bool = False
    preparation: Mapping[str, Any] = field(default_factory=dict)
    metres_per_unit: float = 1.0
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
            graphs = {name: Graph(**_tupled(graph)) for name, graph in told.pop("graphs").items()}
            known = PictureInput(**_tupled(picture)) if picture else None
            return cls(picture=known, graphs=graphs, sensors=tuple(told.pop("sensors")), **told)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise no_export(folder) from problem

    def refuse_changed_files(self, folder: Path) -> None:
        """Raise DataError where a file is missing or is not the one that was exported."""
        for name, known in self.files.items():
            path = folder / name
            if not path.is_file() or sha256(path) != known:
                raise other_file(path)


def no_export(folder: Path) -> DataError:
    """The sentence for a folder that holds something else."""
    return DataError(
        say("{folder} is no exported model that this program can read.", folder=folder),
        remedy=say("Name the folder that inspector export wrote."),
    )


def other_file(path: Path) -> DataError:
    """The sentence for a file of an export that was changed."""
    return DataError(
        say("{name} is not the file that was exported.", name=path),
        remedy=say("Copy the whole folder of the export again."),
    )


def sha256(path: Path) -> str:
    """The hash of a file's content."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _tupled(told: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
