"""Several memories, what each says of a part, and the decision learnt from what they say of good ones.

M3DM (Wang et al., CVPR 2023), section 3.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, Self, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from core.errors import NotFitted
from core.memory.bank import MemoryBank
from core.memory.scale import Scale
from core.phrase import say
from core.scoring.decision import DecisionHead

Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, eq=False)
class StreamScore:
    """The score of the part and the blurred map (H, W) against one memory."""

    whole: float
    pixels: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Weighing:
    """One factor per memory for the scores of the part and for the maps, and the machine's settings."""

    wholes: NDArray[np.float32]
    pixels: NDArray[np.float32]
    nu: float = 0.5
    most_rounds: int = 1000


@dataclass(frozen=True, eq=False)
class Learnt(Generic[Name]):
    """One scaled memory per stream; the two heads exist only where a decision had to be learnt."""

    banks: Mapping[Name, tuple[Scale, MemoryBank]]
    whole_head: DecisionHead | None = None
    pixel_head: DecisionHead | None = None

    @classmethod
    def require(cls, learnt: Learnt[Name] | None) -> Learnt[Name]:
        """`learnt`, or NotFitted where there is nothing."""
        if learnt is None:
            raise NotFitted(
                say("This detector has seen no normal parts."), remedy=say("Train it, or open a saved one.")
            )
        return learnt

    def on(self, device: str) -> Self:
        """The same with its memories on that device."""
        banks = {
            stream: (scale, replace(bank, rows=bank.rows.to(device)))
            for stream, (scale, bank) in self.banks.items()
        }
        return replace(self, banks=banks)

    def with_decision(self, scored: Iterable[Sequence[StreamScore]], how: Weighing) -> Self:
        """Learn to decide from the scores of the training parts, one entry per memory for each part."""
        wholes: list[list[float]] = []
        pixels: list[NDArray[np.float32]] = []
        for scores in scored:
            wholes.append([score.whole for score in scores])
            pixels.append(np.stack([score.pixels.ravel() for score in scores], axis=-1))
        maps = np.concatenate(pixels)
        maps *= how.pixels
        learn = partial(DecisionHead.fit, nu=how.nu, most_rounds=how.most_rounds)
        columns = np.array(wholes, np.float32) * how.wholes
        return replace(self, whole_head=learn(columns), pixel_head=learn(maps))

    def decide(self, scores: Sequence[StreamScore], how: Weighing) -> StreamScore:
        """What the learnt decision makes of the scores of one part."""
        assert self.whole_head is not None
        assert self.pixel_head is not None
        wholes = np.float32(np.array([score.whole for score in scores])) * how.wholes
        pixels = self.pixel_head(np.stack([score.pixels for score in scores], -1) * how.pixels)
        return StreamScore(float(self.whole_head(wholes)), pixels.astype(np.float32))

    def state(self) -> dict[str, Any]:
        """Tensors and plain values only, so that it can be read without running code."""
        return {
            "banks": {
                stream: {
                    "rows": bank.rows.cpu(),
                    "metric": bank.metric,
                    "mean": scale.mean,
                    "deviation": scale.deviation,
                }
                for stream, (scale, bank) in self.banks.items()
            },
            "whole_head": _head_state(self.whole_head),
            "pixel_head": _head_state(self.pixel_head),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """The inverse of `state`."""
        banks = {
            stream: (
                Scale(kept["mean"], kept["deviation"]),
                MemoryBank(kept["rows"], kept.get("metric", "l2")),
            )
            for stream, kept in state["banks"].items()
        }
        return cls(banks, _head(state["whole_head"]), _head(state["pixel_head"]))


def _head_state(head: DecisionHead | None) -> dict[str, Any] | None:
    if head is None:
        return None
    return {"weights": torch.from_numpy(head.weights), "offset": head.offset, "rounds": head.rounds}


def _head(state: Mapping[str, Any] | None) -> DecisionHead | None:
    if state is None:
        return None
    return DecisionHead(state["weights"].numpy(), state["offset"], state["rounds"])
