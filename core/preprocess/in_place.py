"""Preparing a data set where it lies, as the published programs do, with the originals in a backup."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.atomic import replacing, unwritable, write_text
from core.datasets.reading import read_sample
from core.errors import DataError, WrongUse
from core.monitor import Monitor
from core.phrase import say
from core.preprocess.config import DEFAULTS, PreprocessConfig
from core.preprocess.prepare import prepare
from core.preprocess.run_many import Outcome, run_many
from core.preprocess.written import write_cloud, write_mask, write_rgb
from core.sample import Sample, SampleRef

_PNG, _TIFF = (".png",), (".tif", ".tiff")


@dataclass(frozen=True)
class InPlaceJob:
    """One part to be rewritten, its originals kept below `backup`."""

    ref: SampleRef
    backup: Path
    config: PreprocessConfig

    @property
    def name(self) -> str:
        """That of the sample."""
        return self.ref.name

    def kept(self, kind: str, path: Path) -> Path:
        """Where the original of a file goes."""
        return self.backup / self.ref.class_name / self.ref.split / self.ref.label / kind / path.name

    @property
    def originals(self) -> SampleRef:
        """The part as it lies in the backup."""
        ref = self.ref
        return replace(
            ref,
            rgb=ref.rgb and self.kept("rgb", ref.rgb),
            cloud=ref.cloud and self.kept("xyz", ref.cloud),
            mask=ref.mask and self.kept("gt", ref.mask),
        )


def prepare_in_place(
    refs: Sequence[SampleRef],
    backup: Path,
    config: PreprocessConfig = DEFAULTS,
    processes: int = 1,
    monitor: Monitor | None = None,
) -> tuple[Outcome[InPlaceJob, bool], ...]:
    """Rewrite every part that has a cloud; the result of each is whether it was rewritten.

    Originals are copied to `backup` first. A run that was stopped goes on where it ended.
    """
    if config.is_cropping:
        raise WrongUse(
            say("Files cannot be cropped in place: they would be cropped again at each use."),
            remedy=say("Set crop_top, crop_bottom, crop_left and crop_right to 0."),
        )
    jobs = [InPlaceJob(ref, backup, config) for ref in refs if ref.cloud is not None]
    return run_many(rewrite_part, jobs, processes, monitor)


def rewrite_part(job: InPlaceJob) -> bool:
    """Back up, then rewrite one part, the cloud last; False where that was done before."""
    _refuse_other_kinds(job.ref)
    assert job.ref.cloud is not None
    try:
        if _is_done(job, job.ref.cloud):
            return False
        is_begun = job.kept("xyz", job.ref.cloud).exists()
        sample = read_sample(job.originals if is_begun else job.ref)
        _back_up(job)
        _rewrite(job, prepare(sample, job.config).sample)
    except OSError as problem:
        raise unwritable(Path(problem.filename or job.ref.cloud), problem) from problem
    return True


def _is_done(job: InPlaceJob, cloud: Path) -> bool:
    """Whether the cloud is the one written last; one that is neither that nor the original is refused."""
    kept, mark = job.kept("xyz", cloud), _mark(job, cloud)
    if not kept.exists():
        return False
    found = _digest(cloud)
    if mark.exists() and mark.read_text(encoding="utf-8") == found:
        return True
    if found != _digest(kept):
        raise DataError(
            say("{folder} keeps another version of {file}.", folder=job.backup, file=cloud),
            remedy=say("Choose an empty backup folder."),
        )
    return False


def _back_up(job: InPlaceJob) -> None:
    kept = job.originals
    for source, copy in ((job.ref.rgb, kept.rgb), (job.ref.mask, kept.mask), (job.ref.cloud, kept.cloud)):
        if source is not None and copy is not None and not copy.exists():
            with replacing(copy) as aside:
                shutil.copy2(source, aside)


def _rewrite(job: InPlaceJob, sample: Sample) -> None:
    ref = job.ref
    if ref.rgb is not None and sample.rgb is not None:
        write_rgb(ref.rgb, sample.rgb)
    if ref.mask is not None and sample.mask is not None:
        write_mask(ref.mask, sample.mask)
    assert ref.cloud is not None
    assert sample.xyz is not None
    with replacing(ref.cloud) as aside:
        write_cloud(aside, sample.xyz / sample.xyz.dtype.type(ref.metres_per_unit))
        write_text(_mark(job, ref.cloud), _digest(aside))


def _mark(job: InPlaceJob, cloud: Path) -> Path:
    """The file that names the content of the rewritten cloud."""
    return job.kept("xyz", cloud).with_suffix(".done")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _refuse_other_kinds(ref: SampleRef) -> None:
    for path, suffixes in ((ref.rgb, _PNG), (ref.mask, _PNG), (ref.cloud, _TIFF)):
        if path is not None and path.suffix.lower() not in suffixes:
            raise WrongUse(
                say("{file} cannot be rewritten in place: only PNG and TIFF can.", file=path),
                remedy=say("Write the prepared data to another folder instead."),
            )
