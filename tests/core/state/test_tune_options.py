"""How lines are chosen is kept, and what cannot be is the default."""

from __future__ import annotations

import pytest

from core.state.tune_options import TuneOptions


def test_options_come_back_as_they_were_kept():
    options = TuneOptions(rate=0.05, margin=-1.0, least_mm2=2.5, is_linked=False, limit=0.01)
    assert TuneOptions.from_dict(options.as_dict()) == options


@pytest.mark.parametrize(
    "stored",
    [{}, {"rate": 7.0}, {"limit": 0.2}, {"rate": float("nan")}, {"quantile": "much"}, {"is_linked": 3}],
)
def test_what_does_not_fit_is_the_default(stored):
    assert TuneOptions.from_dict(stored) == TuneOptions()


def test_an_unknown_word_does_no_harm():
    assert TuneOptions.from_dict({"rate": 0.2, "colour": "red"}) == TuneOptions(rate=0.2)
