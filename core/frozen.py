"""Read-only arrays: an object handed to another thread cannot change under it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def freeze(owner: object, *names: str) -> None:
    """Make the named array fields of a frozen dataclass read-only; absent (None) fields stay."""
    for name in names:
        array: NDArray[np.generic] | None = getattr(owner, name)
        if array is not None and array.flags.writeable:
            view = array.view()
            view.flags.writeable = False
            object.__setattr__(owner, name, view)
