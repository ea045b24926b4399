"""Copies a file of weights from anywhere into the library, once it is known to fit."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.atomic import replacing, unwritable
from core.backbones.weight_checks import WeightStatus, open_weights, verify
from core.backbones.weights import present, weight_file, weights_folder
from core.errors import InspectionError, WeightsMissing
from core.monitor import Monitor
from core.phrase import say


def take_in(key: str, path: Path, monitor: Monitor) -> WeightStatus:
    """Copy `path` as the weights of `key`; raise WeightsMissing where it does not fit its network.

    What is in the library already is never written over.
    """
    row = weight_file(key)
    if not path.is_file():
        raise WeightsMissing(
            say("There is no file {path}.", path=path), remedy=say("Look at the spelling of its name.")
        )
    there = present(row)
    if there is not None:
        raise InspectionError(
            say("{path} is there already.", path=there),
            remedy=say("Move it away first, if the other file is to take its place."),
        )
    monitor.tick(0, 1, say("Verifying {name}", name=path.name))
    open_weights(row, path)
    fits = path.name in row.accepted_names
    place = weights_folder() / (path.name if fits else f"{key}{path.suffix.lower() or '.pth'}")
    try:
        with replacing(place) as aside:
            shutil.copyfile(path, aside)
    except OSError as problem:
        raise unwritable(place, problem) from problem
    return verify(key, monitor)
