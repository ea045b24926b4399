"""Fingerprints by which a report names its data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from core.errors import DataError
from core.monitor import Monitor
from core.phrase import say
from core.sample import SampleRef

_DIGITS = 16


def names_hash(names: Iterable[str]) -> str:
    """Of a list of samples, the same in any order."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:_DIGITS]


def files_hash(refs: Sequence[SampleRef], monitor: Monitor) -> str:
    """Of names and contents, the same in any order and in any place."""
    digest = hashlib.sha256()
    for index, ref in enumerate(sorted(refs, key=lambda ref: ref.name)):
        monitor.tick(index, len(refs), say("Taking the fingerprint of {name}", name=ref.name))
        digest.update(ref.name.encode())
        for path in (ref.rgb, ref.cloud):
            if path is not None:
                try:
                    with path.open("rb") as file:
                        digest.update(hashlib.file_digest(file, "sha256").digest())
                except OSError as problem:
                    raise DataError(
                        say("{file} cannot be read: {reason}.", file=path, reason=problem.strerror),
                        remedy=say("Copy it again from its source, or skip this sample."),
                    ) from problem
    return digest.hexdigest()[:_DIGITS]
