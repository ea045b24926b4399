"""Why a job failed, in words that a user can act on."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from core.errors import InspectionError
from core.lack_of_memory import lack_of_memory
from core.phrase import say


@dataclass(frozen=True, eq=False)
class Failure:
    """`message` and `remedy` may be phrases; `details` is the trace, shown folded."""

    error: Exception
    message: str
    remedy: str
    details: str


def failure_of(error: Exception) -> Failure:
    """Sort an exception: ours as it is, lack of memory as OutOfMemory, the rest as a fault of the program.

    The exception loses its traceback, whose frames would keep the job's arrays and device memory alive.
    """
    details = "".join(traceback.format_exception(error))
    _forget_frames(error)
    error = lack_of_memory(error) or error
    if isinstance(error, InspectionError):
        return Failure(error, error.message, error.remedy, details)
    return Failure(
        error,
        say("Something went wrong inside the program: {reason}", reason=str(error) or type(error).__name__),
        say("Try again; if it happens again, report it with the details below."),
        details,
    )


def _forget_frames(error: BaseException | None) -> None:
    while error is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__
