"""States as text and arrays."""

from __future__ import annotations

import json

import pytest
import torch

from core.methods.plain_state import Arrays, as_plain, from_plain


def test_a_state_comes_back_as_it_was() -> None:
    state = {
        "rows": torch.randn(3, 4),
        "flags": torch.tensor([True, False]),
        "banks": {"xyz": {"mean": 0.1, "metric": "l2", "rows": torch.arange(5)}},
        "own": None,
        "shape": (1, 2.5, [True, "word"]),
    }
    arrays: Arrays = []
    told = json.loads(json.dumps(as_plain(state, arrays)))
    back = from_plain(told, arrays)
    assert back["shape"] == state["shape"]
    assert back["own"] is None
    assert back["banks"]["xyz"]["metric"] == "l2"
    for found, kept in ((back["rows"], state["rows"]), (back["flags"], state["flags"])):
        torch.testing.assert_close(found, kept, rtol=0, atol=0)
    assert back["banks"]["xyz"]["rows"].dtype == torch.int64


@pytest.mark.parametrize("told", [{"tensor": 3}, {"items": 5}, {"a": 1, "b": 2}])
def test_a_foreign_state_is_refused(told: object) -> None:
    with pytest.raises((ValueError, IndexError, TypeError)):
        from_plain(told, [])
