"""An exported model at work: onnxruntime for the network, numpy for the rest; neither torch nor a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core.backbones.picture import network_array
from core.deployed.manifest import GRAPH, Manifest
from core.deployed.recipes import RECIPES, Score
from core.errors import DataError, InspectionError
from core.phrase import say
from core.score_map import ScoreMap

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Seconds:
    """How long the three steps took, of one picture."""

    preprocess: float = 0.0
    inference: float = 0.0
    postprocess: float = 0.0

    @property
    def line(self) -> str:
        """The line of the re-run program."""
        return (
            f"preprocess_time(ms): {1000 * self.preprocess:.2f}, inference_time(ms): "
            f"{1000 * self.inference:.2f}, postprocess_time(ms): {1000 * self.postprocess:.2f}"
        )

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(
            self.preprocess + other.preprocess,
            self.inference + other.inference,
            self.postprocess + other.postprocess,
        )


@dataclass(frozen=True, eq=False)
class Judged:
    """The map and score of one picture, what the network saw (3, S, S), and the time it took."""

    score_map: ScoreMap
    seen: NDArray[np.float32]
    seconds: Seconds


class Runner:
    """One exported model, opened once; the same for one picture and for many."""

    def __init__(self, manifest: Manifest, session: Any, score: Score) -> None:
        self.manifest = manifest
        self._session = session
        self._score = score

    @classmethod
    def open(cls, folder: Path, threads: int = 1) -> Self:
        """Raise DataError where a file is not as it was exported."""
        manifest = Manifest.read(folder)
        manifest.refuse_changed_files(folder)
        if manifest.recipe not in RECIPES:
            raise DataError(
                say("{folder} is no exported model that this program can read.", folder=folder),
                remedy=say("Name the folder that inspector export wrote."),
            )
        score = RECIPES[manifest.recipe](manifest.settings, folder)
        return cls(manifest, _session(folder / GRAPH, threads), score)

    def inspect(self, pictures: Sequence[Picture]) -> list[Judged]:
        """Judge pictures (H, W, 3) of any size together."""
        told = self.manifest.picture
        start = perf_counter()
        batch = np.concatenate([network_array(picture, told.side, told.resampling) for picture in pictures])
        ready = perf_counter()
        answer = self._session.run(list(self.manifest.outputs), {told.name: batch})
        answered = perf_counter()
        maps = [self._score([output[index] for output in answer]) for index in range(len(batch))]
        done = perf_counter()
        share = Seconds(
            (ready - start) / len(batch), (answered - ready) / len(batch), (done - answered) / len(batch)
        )
        return [Judged(found, seen, share) for found, seen in zip(maps, batch, strict=True)]


def _session(path: Path, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as problem:
        raise InspectionError(
            say("An exported model needs onnxruntime, which is not installed."),
            remedy=say("Install it with: pip install onnxruntime"),
        ) from problem
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as problem:  # its errors share no class of their own
        raise DataError(
            say("{path} cannot be run: {reason}.", path=path, reason=problem),
            remedy=say("Export the model again with this version of the program."),
        ) from problem
