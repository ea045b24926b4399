"""Tells lack of memory from a fault of the program."""

from __future__ import annotations

from core.errors import OutOfMemory
from core.phrase import say


def lack_of_memory(error: BaseException) -> OutOfMemory | None:
    """The sentence for it, None for any other exception; torch's own class is told by its name."""
    named = isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
    if not named and not (type(error) is RuntimeError and "can't allocate memory" in str(error)):
        return None
    return OutOfMemory(
        say("The memory of this machine did not suffice."),
        remedy=say("Close other programs, use fewer or smaller samples, or choose a lighter method."),
    )
