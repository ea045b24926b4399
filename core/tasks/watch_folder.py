"""Sets a live inspection up on a project's model, and keeps it going."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from core.batch import Waiting, inspect_each
from core.datasets.loose_files import is_of_a_part, part_key, sensor_of
from core.datasets.plain_folder import KEY, ONLY_CLOUDS, TIFFS
from core.datasets.reading import read_sample
from core.device import Compute, apply_threads
from core.errors import DataError, WrongUse
from core.inspection import Inspection, Verdict, judge
from core.live.arrivals import ArrivalRule, Arrivals, Key
from core.live.events import LiveEvent, LiveResult
from core.live.journal import Journal
from core.live.loop import Doors, LiveLoop, LiveRule
from core.live.outputs import LiveOutputs, Pictures
from core.measure.metric_cloud import metric_cloud
from core.measure.region_size import measure_regions
from core.measure.regions import regions_above
from core.measurement import RegionSize
from core.methods import registry
from core.methods.detector import Detector
from core.methods.registry import sensors_needed
from core.monitor import Monitor
from core.phrase import say
from core.preprocess.part_on_source import part_on_source, with_part
from core.preprocess.prepare import prepare
from core.project.project import Project
from core.project.records import ModelRecord
from core.reporting.heat import HeatLook
from core.sample import Sample, SampleRef, Sensor
from core.source_raster import on_source
from core.tasks.inspect_class import load_detector
from core.tasks.measure_parts import MeasureWish, region_rule
from core.tasks.normal_range import display_range, normal_range_of

POLL_S = 0.2
MOST_REGIONS = 5
_SENSORS: dict[str, Sensor] = {"rgb": "rgb", "cloud": "xyz"}


@dataclass(frozen=True)
class WatchWish:
    """What is watched, where results go, and how: see ArrivalRule and LiveRule."""

    folder: Path
    out: Path
    pictures: Pictures = "ng"
    partner_s: float = 5.0
    judge_alone: bool = False
    newest_first: bool = False
    again: bool = False
    mm_per_pixel: float | None = None
    csv: bool = True
    json: bool = True


def live_loop(
    project: Project,
    model: ModelRecord,
    wish: WatchWish,
    compute: Compute,
    loaded: Detector | None = None,
) -> LiveLoop:
    """A loop with its model, `loaded` or not; raise WrongUse without a line, DataError without the folder."""
    line = project.threshold(model.id, "image")
    if line is None:
        raise WrongUse(
            say('Class "{name}" has no threshold, so there would be no verdicts.', name=model.class_name),
            remedy=say("Set the threshold first."),
        )
    _refuse_places(wish)
    apply_threads(compute)
    detector = loaded if loaded is not None else load_detector(project, model, compute)
    method = registry.method(model.method)
    config = project.preprocess_config(model.class_name)
    needed = sensors_needed(method, getattr(detector, "config", None)) or model.sensors

    pixel = project.threshold(model.id, "pixel")
    threshold = pixel.value if pixel else None

    def judged(ref: SampleRef, sample: Sample) -> LiveResult:
        prepared = prepare(sample, config).sample
        waiting = [Waiting(ref.name, lambda: prepared)]
        (outcome,) = inspect_each(detector, method, model.sensors, waiting, Monitor())
        if outcome.score_map is None:
            return LiveResult(outcome, shown=with_part(sample, prepared))
        verdict = judge(outcome.score_map.whole, line.value, line.lower)
        outcome = replace(outcome, threshold=line.value, verdict=verdict)
        regions = _regions(sample, prepared, outcome, threshold, wish.mm_per_pixel)
        return LiveResult(outcome, regions, with_part(sample, prepared))

    look = HeatLook(*display_range(model, threshold), threshold)
    samples = project.samples(model.class_name)
    rule = LiveRule(
        model.class_name,
        KEY,
        samples[0].ref.metres_per_unit if samples else 1.0,
        newest_first=wish.newest_first,
        again=wish.again,
        normal=normal_range_of(model).scores,
    )
    return LiveLoop(
        Arrivals(
            wish.folder,
            ArrivalRule(needed, partner_s=wish.partner_s, judge_alone=wish.judge_alone),
            grouped,
        ),
        rule,
        LiveOutputs(wish.out, look, wish.pictures, wish.csv, wish.json),
        Journal(wish.out),
        Doors(read_sample, judged, time.monotonic, datetime.now),
    )


def watch(
    loop: LiveLoop,
    on_event: Callable[[LiveEvent], None],
    monitor: Monitor,
    *,
    until_idle: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Step until the monitor is cancelled, or, with `until_idle`, until nothing has come for a while."""
    idle_since = loop.doors.seconds()
    patience = loop.arrivals.rule.partner_s + 2 * loop.arrivals.rule.settle_s + 1.0
    while not monitor.is_cancelled:
        events = loop.step()
        for event in events:
            on_event(event)
        if events or loop.waiting:
            idle_since = loop.doors.seconds()
        elif until_idle and loop.doors.seconds() - idle_since > patience:
            return
        if not events:
            sleep(POLL_S)


def grouped(files: Sequence[Path]) -> dict[Key, dict[Sensor, Path]]:
    """Files by the part they belong to, paired by name as loose files are; masks are no parts."""
    of_parts = [path for path in files if is_of_a_part(path)]
    pictures = {part_key(path) for path in of_parts if path.suffix.lower() not in ONLY_CLOUDS | TIFFS}
    found: dict[Key, dict[Sensor, Path]] = {}
    for path in of_parts:
        found.setdefault(part_key(path), {})[_SENSORS[sensor_of(path, pictures)]] = path
    return found


def _regions(
    sample: Sample,
    prepared: Sample,
    outcome: Inspection,
    threshold: float | None,
    mm_per_pixel: float | None,
) -> tuple[RegionSize, ...]:
    """The regions of a part that is NG, the few with the highest scores; measuring takes its time."""
    if threshold is None or outcome.verdict is not Verdict.NG or outcome.score_map is None:
        return ()
    pixels = outcome.score_map.pixels
    scores = pixels if outcome.frame is None else on_source(pixels, outcome.frame)
    cloud = metric_cloud(sample, part_on_source(prepared)) if sample.xyz is not None else None
    wish = MeasureWish(mm_per_pixel=mm_per_pixel)
    return measure_regions(
        regions_above(scores, threshold, region_rule(wish, cloud))[:MOST_REGIONS],
        cloud,
        mm_per_pixel=mm_per_pixel,
    )


def _refuse_places(wish: WatchWish) -> None:
    if not wish.folder.is_dir():
        raise DataError(
            say("There is no folder {path}.", path=wish.folder),
            remedy=say("Look at the spelling of its name."),
        )
    if wish.out.resolve().is_relative_to(wish.folder.resolve()):
        raise WrongUse(
            say("Results inside the watched folder would be taken for parts."),
            remedy=say("Choose another folder for the results."),
        )
