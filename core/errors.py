"""Failures that a user can act on, each with a remedy; anything else is our own bug."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a headless command returns to its caller."""

    DONE = 0
    NG_FOUND = 1
    WRONG_USE = 2
    DATA = 3
    WEIGHTS_MISSING = 4
    OUT_OF_MEMORY = 5
    OTHER = 6
    INTERRUPTED = 130


class InspectionError(Exception):
    """What happened, and what to do about it; texts may be `Phrase`s."""

    exit_code = ExitCode.OTHER

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class DataError(InspectionError):
    """A file, folder or sample that cannot be used."""

    exit_code = ExitCode.DATA


class WrongUse(InspectionError):
    """A request that makes no sense: an unknown class, method, option or value."""

    exit_code = ExitCode.WRONG_USE


class WeightsMissing(InspectionError):
    """A network's weights are not on this machine, or are not the right ones."""

    exit_code = ExitCode.WEIGHTS_MISSING


class OutOfMemory(InspectionError):
    """The machine's or the accelerator's memory did not suffice."""

    exit_code = ExitCode.OUT_OF_MEMORY


class NotFitted(InspectionError):
    """A detector was asked to judge before it had seen normal parts."""

    exit_code = ExitCode.WRONG_USE
