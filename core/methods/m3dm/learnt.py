"""What M3DM has learnt of one class, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self, cast

import torch

from core.errors import NotFitted
from core.memory.bank import MemoryBank
from core.memory.scale import Scale
from core.methods.m3dm.config import Stream
from core.phrase import say
from core.scoring.decision import DecisionHead


@dataclass(frozen=True, eq=False)
class Learnt:
    """One scaled memory per stream; the two heads exist only where a decision had to be learnt."""

    banks: Mapping[Stream, tuple[Scale, MemoryBank]]
    whole_head: DecisionHead | None = None
    pixel_head: DecisionHead | None = None

    @classmethod
    def require(cls, learnt: Learnt | None) -> Learnt:
        """`learnt`, or NotFitted where there is nothing."""
        if learnt is None:
            raise NotFitted(
                say("This detector has seen no normal parts."), remedy=say("Train it, or open a saved one.")
            )
        return learnt

    def on(self, device: str) -> Self:
        """The same with its memories on that device."""
        banks = {
            stream: (scale, MemoryBank(bank.rows.to(device))) for stream, (scale, bank) in self.banks.items()
        }
        return replace(self, banks=banks)

    def state(self) -> dict[str, Any]:
        """Tensors and plain values only, so that it can be read without running code."""
        return {
            "banks": {
                stream: {"rows": bank.rows.cpu(), "mean": scale.mean, "deviation": scale.deviation}
                for stream, (scale, bank) in self.banks.items()
            },
            "whole_head": _head_state(self.whole_head),
            "pixel_head": _head_state(self.pixel_head),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """The inverse of `state`."""
        banks = {
            cast(Stream, stream): (Scale(kept["mean"], kept["deviation"]), MemoryBank(kept["rows"]))
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
