"""What one parameter is called and means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.phrase import Phrase


@dataclass(frozen=True)
class Parameter:
    """One row: `low` and `high` bound numbers, `words` explain the values of a choice.

    Those that are `is_common` stand first; the others are behind "More settings".
    """

    label: Phrase | str
    tip: Phrase | str = ""
    unit: Phrase | str = ""
    low: float | None = None
    high: float | None = None
    is_common: bool = False
    words: Mapping[Any, Phrase] = field(default_factory=dict)
