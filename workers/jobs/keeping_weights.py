"""The jobs of the weights library: ask a size, download, verify, take in."""

from __future__ import annotations

from pathlib import Path

from core.backbones.download import announced_size, download
from core.backbones.take_in import take_in
from core.backbones.trained_versions import use_version
from core.backbones.weight_checks import WeightStatus, verify
from core.backbones.weights import WeightFile
from core.gentle_import import import_torch
from core.monitor import Monitor
from core.phrase import say
from workers.job import Job


def asking_size(row: WeightFile, base_address: str = "") -> Job:
    """Its result is the number of bytes, None where the server does not tell."""

    def work(monitor: Monitor) -> int | None:
        monitor.tick(0, 0, say("Asking for the size"))
        return announced_size(row, base_address)

    return Job(say("Ask for {name}", name=row.names[0]), work)


def downloading(row: WeightFile, base_address: str = "") -> Job:
    """Fetch the file and compare it with its network; a cancelled one goes on where it stopped."""

    def work(monitor: Monitor) -> WeightStatus:
        download(row, monitor.at_stage(1, 2, say("Download")), base_address)
        return verify(row.key, monitor.at_stage(2, 2, say("Verify")))

    return Job(say("Download {name}", name=row.names[0]), work, import_torch, weights=(10.0, 1.0))


def verifying(row: WeightFile) -> Job:
    """Its result is what is known of the file afterwards."""
    return Job(
        say("Verify {name}", name=row.names[0]), lambda monitor: verify(row.key, monitor), import_torch
    )


def taking_in(row: WeightFile, path: Path) -> Job:
    """Copy a file into the library, once it is known to fit."""
    return Job(
        say("Take in {name}", name=path.name), lambda monitor: take_in(row.key, path, monitor), import_torch
    )


def using_version(row: WeightFile, number: int) -> Job:
    """Take another network that was trained here."""
    return Job(
        say("Use version {number} of {name}", number=number, name=say(row.title)),
        lambda monitor: use_version(row.key, number, monitor),
        import_torch,
    )
