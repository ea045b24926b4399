"""Prepared data written out in the MVTec 3D-AD layout: class / split / label / rgb, xyz, gt."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.atomic import unwritable, write_text
from core.datasets import eyecandies, eyecandies_depth
from core.datasets.reading import read_sample
from core.errors import DataError, WrongUse
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.preprocess.config import DEFAULTS, PreprocessConfig
from core.preprocess.eyecandies import points_from_depth, without_background
from core.preprocess.prepare import prepare
from core.preprocess.run_many import Outcome, run_many
from core.preprocess.written import write_cloud, write_mask, write_rgb
from core.sample import Sample, SampleRef

SETTINGS_FILE = "preprocess.json"


@dataclass(frozen=True)
class LayoutJob:
    """One part to be written below `target`."""

    ref: SampleRef
    target: Path
    config: PreprocessConfig

    @property
    def name(self) -> str:
        """That of the sample."""
        return self.ref.name

    def file(self, kind: str, suffix: str) -> Path:
        """Where a picture of the part goes; numbers get three digits."""
        number = f"{int(self.ref.id):03d}" if self.ref.id.isdecimal() else self.ref.id
        folder = self.target / self.ref.class_name / self.ref.split / self.ref.label / kind
        return folder / f"{number}{suffix}"


def write_layout(
    refs: Sequence[SampleRef],
    target: Path,
    config: PreprocessConfig = DEFAULTS,
    processes: int = 1,
    monitor: Monitor | None = None,
) -> tuple[Outcome[LayoutJob, bool], ...]:
    """Write prepared parts; the result of each is whether it was written, False where it was there already.

    A run that was stopped goes on where it ended. Eyecandies parts lose their stage and nothing else, and
    keep double precision, as in published use. Raises WrongUse for a target that holds something else.
    """
    jobs = [LayoutJob(ref, target, config) for ref in refs]
    twice = [place for place, count in Counter(job.file("xyz", "") for job in jobs).items() if count > 1]
    if twice:
        raise DataError(
            say("Two parts would be written to {file}.", file=twice[0]),
            remedy=say("Give every part of a label its own number."),
        )
    if config.is_cropping and any(ref.layout == eyecandies.KEY for ref in refs):
        raise _no_crop(say("Eyecandies parts are written as published, without a crop."))
    _claim(target, config)
    return run_many(write_part, jobs, processes, monitor)


def write_part(job: LayoutJob) -> bool:
    """Write one part, its last file last, so that a complete one can be told; True unless it was there."""
    last = job.file("xyz", ".tiff") if job.ref.cloud is not None else job.file("rgb", ".png")
    if last.exists():
        return False
    sample = read_sample(job.ref)
    cloud: NDArray[np.floating] | None
    if job.ref.layout == eyecandies.KEY:
        cloud = _eyecandies_cloud(job.ref)
    else:
        sample = prepare(sample, job.config).sample
        cloud = sample.xyz
    try:
        _write(job, sample, cloud)
    except OSError as problem:
        raise unwritable(last, problem) from problem
    return True


def _write(job: LayoutJob, sample: Sample, cloud: NDArray[np.floating] | None) -> None:
    if job.ref.split == "test" and sample.mask is not None:
        write_mask(job.file("gt", ".png"), sample.mask)
    if sample.rgb is not None:
        write_rgb(job.file("rgb", ".png"), sample.rgb)
    if cloud is not None:
        write_cloud(job.file("xyz", ".tiff"), cloud)


def _eyecandies_cloud(ref: SampleRef) -> NDArray[np.float64] | None:
    if ref.cloud is None:
        return None
    pose = eyecandies_depth.read_pose(eyecandies_depth.beside(ref.cloud, "pose.txt"))
    return without_background(points_from_depth(eyecandies_depth.read_depth(ref.cloud), pose))


def _no_crop(text: Phrase) -> WrongUse:
    return WrongUse(text, remedy=say("Set crop_top, crop_bottom, crop_left and crop_right to 0."))


def _settings_in(note: Path) -> dict[str, Any]:
    """Those of an older program lack newer ones, which were then as they are by default."""
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return asdict(DEFAULTS) | found if isinstance(found, dict) else {}


def _claim(target: Path, config: PreprocessConfig) -> None:
    """Write down the parameters; a folder of other parameters, or of other data, is left alone."""
    note = target / SETTINGS_FILE
    wanted = json.dumps(asdict(config), indent=2)
    if note.is_file() and _settings_in(note) == asdict(config):
        return
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WrongUse(
            say("{folder} holds other data, or data prepared with other settings.", folder=target),
            remedy=say("Choose an empty folder."),
        )
    write_text(note, wanted)
