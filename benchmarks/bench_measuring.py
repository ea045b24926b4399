"""Measured against true sizes of all demo defects, with the true mask as region; writes the table.

python -m benchmarks.bench_measuring [FILE]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.atomic import write_text
from core.datasets.demo.plan import DemoPart, DemoPlan, parts_of
from core.datasets.demo.scan import DemoScan, scan_part
from core.datasets.demo.truth import DefectSize
from core.measure.mean_part import MeanPart, mean_part
from core.measure.metric_cloud import MetricCloud, metric_cloud
from core.measure.region_size import measure_regions
from core.measure.regions import regions_of
from core.measurement import RegionSize
from core.preprocess.config import PreprocessConfig
from core.preprocess.prepare import prepare
from core.sample import Sample

PLAN = DemoPlan()
STEEP = ("chip", "crack", "foreign_object", "hole")
"""Defects with walls that the camera cannot see, so that their true surface cannot be measured."""
HEAD = """# Measured against true sizes of the demo's defects

Made by `python -m benchmarks.bench_measuring docs/measuring.md`. The region is the true mask, so that only
the measuring is judged. Depth: mean deviation from the surface without the defect, + raised; "local" is the
surface fitted to the surroundings, "mean part" the mean of {parts} good parts laid onto the part. Within: an
error of at most 0.05 mm, or of twice the fit error, which holds the sensor's noise and the roughness around.
Where part of a defect was not seen (holes, chips, upright walls), area and volume are too small by that.

"""


@dataclass(frozen=True)
class Row:
    """One defect measured against both references; several regions are taken together."""

    part: DemoPart
    true: DefectSize
    local: tuple[RegionSize, ...]
    mean: tuple[RegionSize, ...]

    @property
    def area(self) -> float:
        """Relative error of the area along the surface."""
        return sum(size.area or 0.0 for size in self.local) / self.true.area_mm2 - 1

    @property
    def coverage(self) -> float:
        """Share of the pixels that have a point."""
        pixels = sum(size.pixels for size in self.local)
        return sum((size.coverage or 0.0) * size.pixels for size in self.local) / pixels

    @property
    def is_steep(self) -> bool:
        """Whether part of its surface is hidden."""
        return self.part.label in STEEP


def main() -> None:
    """Measure, print, write."""
    rows = [row for family in PLAN.classes for row in family_rows(family)]
    text = HEAD.format(parts=PLAN.train) + summary(rows) + table(rows)
    print(text)
    if len(sys.argv) > 1:
        write_text(Path(sys.argv[1]), text)


def family_rows(family: str) -> list[Row]:
    """Learn the mean part from the training parts, then measure every defective test part."""
    parts = parts_of(PLAN, family)
    good = (cloud_of(scan_part(PLAN, part)) for part in parts if part.split == "train")
    learnt = mean_part(good)
    return [row_of(part, learnt) for part in parts if part.split == "test" and not part.is_good]


def row_of(part: DemoPart, learnt: MeanPart) -> Row:
    """One part against both references."""
    scan = scan_part(PLAN, part)
    cloud, regions = cloud_of(scan), regions_of(scan.mask, scan.mask.astype(np.float32))
    assert scan.size is not None
    local = measure_regions(regions, cloud)
    return Row(part, scan.size, local, measure_regions(regions, cloud, "mean_part", learnt))


def cloud_of(scan: DemoScan) -> MetricCloud:
    """The scan as the product measures it: all points, the part marked by the preparation."""
    sample = Sample("demo", rgb=scan.rgb, xyz=scan.xyz)
    alone = prepare(sample, PreprocessConfig(pad_to_square=False)).sample
    found = metric_cloud(sample, alone.part)
    assert found is not None
    return found


def depth(sizes: Sequence[RegionSize]) -> tuple[float, float]:
    """Mean depth over the regions by their pixels, and the largest fit error; NaN where there is none."""
    known = [(size.depth.mean, size.pixels) for size in sizes if size.depth is not None]
    if not known:
        return float("nan"), float("nan")
    values, weights = zip(*known, strict=True)
    return float(np.average(values, weights=weights)), max(size.fit_error or 0.0 for size in sizes)


def depth_cell(sizes: Sequence[RegionSize], true: DefectSize) -> str:
    """Measured depth and its error, marked where it is beyond what is allowed."""
    value, fit = depth(sizes)
    error = value - true.depth_mean_mm
    mark = "" if abs(error) <= max(0.05, 2 * fit) else " **!**"
    return f"{value:+.2f} ({error:+.2f}, fit {fit:.2f}){mark}"


def table(rows: Sequence[Row]) -> str:
    """One line for each defect."""
    lines = [
        "| Part | Area mm² true | measured | error | Seen "
        "| Depth mm true | local (error) | mean part (error) |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        area = sum(size.area or 0.0 for size in row.local)
        lines.append(
            f"| {row.part.family} {row.part.label} {row.part.id} | {row.true.area_mm2:.1f} | {area:.1f} | "
            f"{row.area:+.1%} | {row.coverage:.0%} | {row.true.depth_mean_mm:+.2f} | "
            f"{depth_cell(row.local, row.true)} | {depth_cell(row.mean, row.true)} |"
        )
    return "\n".join(lines) + "\n"


def summary(rows: Sequence[Row]) -> str:
    """Mean and worst errors of groups of defects."""
    groups = {
        "Dents and bumps": [row for row in rows if row.part.label in ("dent", "bump")],
        "All without hidden walls": [row for row in rows if not row.is_steep],
        "With hidden walls: " + ", ".join(STEEP).replace("_", " "): [row for row in rows if row.is_steep],
        "All": list(rows),
    }
    lines = [
        "| Group | Defects | Area error mean / worst | Depth error mm, local: mean / worst / within | "
        "mean part: mean / worst / within | Sign wrong |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_summary_row(name, group) for name, group in groups.items()]
    return "\n".join(lines) + "\n\n"


def _summary_row(name: str, group: Sequence[Row]) -> str:
    areas = [abs(row.area) for row in group]
    wrong = [
        sum(
            size.kind not in ("colour", "unknown") and size.depth.mean * row.true.depth_mean_mm < 0
            for row in group
            for size in sizes(row)
            if size.depth is not None
        )
        for sizes in (lambda row: row.local, lambda row: row.mean)
    ]
    return (
        f"| {name} | {len(group)} | {np.mean(areas):.1%} / {max(areas):.1%} | "
        f"{_depth_summary([(row.local, row.true) for row in group])} | "
        f"{_depth_summary([(row.mean, row.true) for row in group])} | "
        f"{wrong[0]} local, {wrong[1]} mean part |"
    )


def _depth_summary(pairs: Sequence[tuple[tuple[RegionSize, ...], DefectSize]]) -> str:
    errors, within = [], 0
    for sizes, true in pairs:
        value, fit = depth(sizes)
        errors.append(abs(value - true.depth_mean_mm))
        within += errors[-1] <= max(0.05, 2 * fit)
    return f"{np.nanmean(errors):.2f} / {np.nanmax(errors):.2f} / {within} of {len(errors)}"


if __name__ == "__main__":
    main()
