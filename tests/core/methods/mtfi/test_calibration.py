"""How much each memory counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch

from core.errors import DataError
from core.memory.bank import MemoryBank
from core.memory.scale import Scale
from core.methods.mtfi.calibration import calibrated
from core.methods.mtfi.config import MtfiConfig, Stream
from core.methods.mtfi.detector import Mtfi
from core.methods.mtfi.streams import Views
from core.monitor import Monitor
from core.patches import PatchFeatures
from core.scoring.late_fusion import Learnt
from tests.core.methods.mtfi.small_parts import part, streams

CONFIG = MtfiConfig("DINO+Point_MAE", calibration="left_out", n_reweight=1)


def part_of(far: float) -> Views:
    """Four patches, three of them empty; colours lie ten times as far apart as points."""
    rows = torch.zeros(4, 2)
    rows[3] = far
    return {"xyz": PatchFeatures(rows, (2, 2)), "rgb": PatchFeatures(10 * rows, (2, 2))}


def learnt_from(parts: list[Views]) -> Learnt[Stream]:
    banks: dict[Stream, tuple[Scale, MemoryBank]] = {}
    for stream in ("xyz", "rgb"):
        rows = torch.cat([parts[0][stream].values[:1], *(one[stream].values[3:] for one in parts)])
        banks[stream] = Scale(), MemoryBank(rows)
    return Learnt(banks)


def test_a_part_is_judged_without_its_own_rows_but_with_those_that_others_hold_too() -> None:
    parts = [part_of(far) for far in (1.0, 2.0, 4.0)]
    found = calibrated(CONFIG, learnt_from(parts), lambda: iter(parts), 3, Monitor())
    assert found.whole_head is not None
    # Patches lie at 1, 2 and 4 on a diagonal, empty ones at 0: each is 1, 1 and 2 from the next
    usual = 2**0.5 * np.mean([1.0, 1.0, 2.0])
    np.testing.assert_allclose(found.whole_head.weights, [1 / usual, 0.1 / usual], rtol=1e-5)


def test_every_memory_says_the_same_of_good_parts_in_the_mean() -> None:
    drawn = torch.Generator().manual_seed(0)
    parts = [part_of(float(torch.rand(1, generator=drawn))) for _ in range(5)]
    found = calibrated(CONFIG, learnt_from(parts), lambda: iter(parts), 5, Monitor())
    assert found.pixel_head is not None
    assert found.pixel_head.weights[0] == pytest.approx(10 * found.pixel_head.weights[1], rel=1e-4)


def test_one_part_is_not_enough() -> None:
    def seen() -> Iterator[Views]:
        return iter([part_of(1.0)])

    with pytest.raises(DataError) as caught:
        calibrated(CONFIG, learnt_from([part_of(1.0)]), seen, 1, Monitor())
    assert "calibration=published" in caught.value.remedy


@pytest.mark.parametrize("main", ["xyz", "rgb"])
def test_a_scratch_is_strange_and_a_weight_that_is_set_counts_on_top(main: Any) -> None:
    normal = [part(number) for number in range(4)]
    values: dict[str, Any] = {"main_modality": main, "f_coreset": 0.5, "calibration": "left_out"}
    told = {}
    for weight in (1.0, 0.0):
        config = MtfiConfig("WithHallucination", fusion_s_lambda=weight, **values)
        detector = Mtfi(config, streams(config)).fit(normal, Monitor())
        usual, strange = (detector.predict(part(9, is_scratched=bad), Monitor()) for bad in (False, True))
        assert strange.whole > usual.whole
        told[weight] = strange.whole
    assert told[1.0] > told[0.0]
