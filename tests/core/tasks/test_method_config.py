"""Parameters typed as words become values of the right type, or a clear refusal."""

from __future__ import annotations

import pytest

from core.errors import WrongUse
from core.tasks.method_config import config_values, method_config
from tests.core.tasks.plain_detector import PlainConfig


def test_words_become_values_of_the_fields_types() -> None:
    found = method_config(
        "plain",
        {
            "gain": "0.5",
            "power": "3",
            "is_squared": "true",
            "channel": "red",
            "sizes": "3, 5,7",
            "limit": "none",
        },
        seed=4,
    )

    assert found == PlainConfig(0.5, 3, True, "red", (3, 5, 7), None, 4)


def test_json_values_are_taken_as_they_are() -> None:
    assert method_config("plain", {"sizes": [1], "limit": 2, "is_squared": False}).sizes == (1,)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("power", "1.5", "a whole number"),
        ("gain", "much", "a number"),
        ("is_squared", "perhaps", "true or false"),
        ("channel", "blue", "one of all, red"),
        ("sizes", "1,x", "separated by commas"),
        ("limit", "x", "a number or none"),
        ("size", "1", "gain, power, is_squared"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_would(key: str, value: str, sentence: str) -> None:
    with pytest.raises(WrongUse, match=sentence):
        method_config("plain", {key: value})


def test_a_seed_given_by_key_goes_before_the_common_one() -> None:
    assert method_config("plain", {"seed": "9"}, seed=4).seed == 9


def test_parameters_are_plain_data_for_a_record() -> None:
    assert config_values(PlainConfig())["sizes"] == [1, 2]
