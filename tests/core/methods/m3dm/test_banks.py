"""The memories against the formulas of the published program, taken directly."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
import torch

from core.errors import DataError
from core.memory.coreset import coreset
from core.memory.scale import Scale
from core.methods.m3dm.banks import build_banks
from core.methods.m3dm.config import M3dmConfig, Stream
from core.monitor import Monitor

PARTS = 4


def rows(stream: Stream, width: int = 40) -> Iterator[torch.Tensor]:
    drawn = torch.Generator().manual_seed({"xyz": 1, "rgb": 2, "fused": 3}[stream])
    for _ in range(PARTS):
        patches = torch.randn(25, width, generator=drawn) * 3 + 2
        if stream == "xyz":
            patches[:5] = 0
        yield patches


def stacked(stream: Stream) -> torch.Tensor:
    return torch.cat(list(rows(stream)))


def test_several_memories_share_the_mean_of_the_points_and_the_deviation_of_the_picture() -> None:
    banks = build_banks(M3dmConfig("DINO+Point_MAE", f_coreset=0.2), rows, Monitor())
    mean, deviation = float(stacked("xyz").mean()), float(stacked("rgb").std())
    for scale, _ in banks.values():
        assert scale.mean == pytest.approx(mean, rel=1e-6)
        assert scale.deviation == pytest.approx(deviation, rel=1e-6)


def test_each_memory_may_have_its_own_scale() -> None:
    config = M3dmConfig("DINO+Point_MAE", f_coreset=0.2, statistics="per_stream")
    scale, _ = build_banks(config, rows, Monitor())["rgb"]
    assert scale.mean == pytest.approx(float(stacked("rgb").mean()), rel=1e-6)


@pytest.mark.parametrize(("name", "scaled"), [("DINO", True), ("Point_MAE", False), ("Fusion", False)])
def test_of_the_single_memories_only_the_picture_is_scaled(name: str, scaled: bool) -> None:
    config = M3dmConfig(method_name=name, f_coreset=0.2)  # type: ignore[arg-type]  # one of the names
    (scale, _) = next(iter(build_banks(config, rows, Monitor()).values()))
    assert (scale != Scale()) == scaled


@pytest.mark.parametrize(("base", "expected"), [("thinned_xyz", [20, 4]), ("own", [20, 20])])
def test_later_memories_are_sized_from_the_thinned_one_unless_told_otherwise(
    base: str, expected: list[int]
) -> None:
    config = M3dmConfig("DINO+Point_MAE", f_coreset=0.2, coreset_base=base)  # type: ignore[arg-type]
    assert [len(bank) for _, bank in build_banks(config, rows, Monitor()).values()] == expected


@pytest.mark.parametrize("stream", ["xyz", "rgb"])
def test_the_rows_are_those_of_the_coreset_in_its_order(stream: Stream) -> None:
    config = M3dmConfig("DINO+Point_MAE", f_coreset=0.2, coreset_base="own")
    scale, bank = build_banks(config, rows, Monitor())[stream]
    whole = scale(stacked(stream))
    chosen = coreset(whole, 20, Monitor(), eps=config.coreset_eps, seed=config.random_state)
    torch.testing.assert_close(bank.rows, whole[chosen])


def test_empty_cells_are_replaced_by_one_zero_row_on_request() -> None:
    config = M3dmConfig("Point_MAE", f_coreset=1.0, rm_zero_for_project=True)
    _, bank = build_banks(config, rows, Monitor())["xyz"]
    assert len(bank) == PARTS * 20 + 1
    assert (bank.rows == 0).all(dim=1).sum() == 1


def test_with_three_memories_a_zero_row_stands_for_the_mean() -> None:
    _, bank = build_banks(M3dmConfig(f_coreset=0.2), rows, Monitor())["xyz"]
    assert (bank.rows[-1] == 0).all()
    assert len(bank) == 21


def test_empty_cells_can_be_left_out_of_the_memory() -> None:
    config = M3dmConfig("DINO+Point_MAE", f_coreset=1.0, empty_cells="left_out")
    banks = build_banks(config, partial(rows, width=8), Monitor())
    assert len(banks["xyz"][1]) == PARTS * 20


def test_rows_with_a_zero_after_the_shift_give_way_to_the_zero_row() -> None:
    def shifted(stream: Stream) -> Iterator[torch.Tensor]:
        patches = torch.tensor([[1.0, 4.0], [2.0, 1.0], [3.0, 1.0]])  # the mean is 2
        yield patches if stream == "xyz" else patches + 1

    _, bank = build_banks(M3dmConfig(f_coreset=1.0), shifted, Monitor())["xyz"]
    assert len(bank) == 3
    assert (bank.rows[:2] != 0).all()
    assert (bank.rows[2] == 0).all()


def test_parts_without_a_single_filled_cell_are_refused() -> None:
    def empty(stream: Stream) -> Iterator[torch.Tensor]:
        yield torch.zeros(25, 8) if stream == "xyz" else torch.ones(25, 8)

    with pytest.raises(DataError, match="not a single patch"):
        build_banks(M3dmConfig("DINO+Point_MAE", empty_cells="left_out"), empty, Monitor())
