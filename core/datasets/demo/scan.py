"""Make one demo part and scan it: picture, cloud, mask and true defect size."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.datasets.demo import camera as optics
from core.datasets.demo import lighting, sensor
from core.datasets.demo.camera import Camera
from core.datasets.demo.defects.kinds import is_kind, spoiled
from core.datasets.demo.families.family import Family, family_named
from core.datasets.demo.noise import grain
from core.datasets.demo.place import Field, Place, table_raster
from core.datasets.demo.plan import DemoPart, DemoPlan
from core.datasets.demo.surface import Surface, linear
from core.datasets.demo.truth import DefectSize, defect_extent, defect_size

VIEW = 1.2
"""How much wider than the part the camera's view is."""
DISTANCE_MM = 600.0
PROJECTOR = (0.11, 0.0)
"""How far aside the 3D sensor's projector lies, in mm for each mm above the surface."""
MAT = linear(41, 42, 45)


@dataclass(frozen=True, eq=False)
class DemoScene:
    """A part lying on the table: its surface, the good twin it came from, and the raster of both."""

    good: Surface
    surface: Surface
    place: Place


@dataclass(frozen=True, eq=False)
class DemoScan:
    """What the sensors report of one part, and the truth.

    rgb (H, W, 3) uint8; xyz (H, W, 3) float32 in metres in the camera's frame, lost points NaN; exact the
    same without noise and losses; mask (H, W) bool; size is None for a good part.
    """

    rgb: NDArray[np.uint8]
    xyz: NDArray[np.float32]
    exact: NDArray[np.float32]
    mask: NDArray[np.bool_]
    size: DefectSize | None
    camera: Camera


def scan_part(plan: DemoPlan, part: DemoPart, view: Camera | None = None) -> DemoScan:
    """Make one part of the plan, always the same and independent of all others.

    `view` replaces the family's own camera; the table's tilt and distance vary from part to part.
    """
    view = _posed(
        view or family_camera(family_named(part.family), plan.size), part.generator(plan.seed, "pose")
    )
    scene = lay_out(plan, part, view)
    size = None if part.is_good else defect_size(scene.good, scene.surface, scene.place)
    return _seen(scene, view, size, part.generator(plan.seed, "sensor"))


def family_camera(family: Family, size: int) -> Camera:
    """The camera that a family is usually scanned with."""
    return Camera(size, size * DISTANCE_MM / (family.extent_mm * VIEW), DISTANCE_MM)


def lay_out(plan: DemoPlan, part: DemoPart, view: Camera) -> DemoScene:
    """Model the part, its good twin and the table, on a raster as fine as the camera's."""
    family, seed = family_named(part.family), plan.seed
    table = table_raster(view.distance_mm * view.size / view.focal_px * 0.53, view.pitch_mm)
    pose = part.generator(seed, "lie")
    aside = pose.uniform(-0.02, 0.02, 2) * family.extent_mm
    place = table.moved(float(aside[0]), float(aside[1]), pose.uniform(-np.pi, np.pi))
    mat = MAT * (1 + 0.05 * grain(part.generator(seed, "mat"), table, 0.8, 0.5))[..., None]
    good = _on(mat, family.build(place, part.generator(seed, "part"), ""))
    if part.is_good:
        return DemoScene(good, good, place)
    if is_kind(part.label):
        bad = spoiled(good, place, part.generator(seed, "defect"), part.label)
    else:
        bad = _on(mat, family.build(place, part.generator(seed, "part"), part.label))
    return DemoScene(good, good.towards(bad, plan.strength), place)


def _posed(view: Camera, rng: np.random.Generator) -> Camera:
    tilt = rng.uniform(-0.06, 0.06, 2)
    return replace(
        view, distance_mm=view.distance_mm * rng.uniform(0.985, 1.015), tilt=(float(tilt[0]), float(tilt[1]))
    )


def _on(mat: Field, surface: Surface) -> Surface:
    return replace(
        surface,
        height=np.maximum(surface.height, 0).astype(np.float32),
        albedo=np.where(surface.part[..., None], surface.albedo, mat).astype(np.float32),
        gloss=(surface.gloss * surface.part).astype(np.float32),
    )


def _seen(scene: DemoScene, view: Camera, size: DefectSize | None, rng: np.random.Generator) -> DemoScan:
    sight = optics.sight_of(view)
    height = optics.first_hit(sight, scene.surface.height, scene.place)
    x, y = optics.looked_at(sight, height)
    seen, hidden, mask = _sampled(scene, x, y)
    towards = np.stack([*sight.lean, np.ones_like(height)], -1)
    facing = np.einsum("hwc,hwc->hw", seen[..., 3:], towards) / np.linalg.norm(towards, axis=-1)
    depth = sight.depth(height)
    measured = sensor.noisy(depth, facing, rng)
    exact, xyz = (sight.rays * (range_mm[..., None] * np.float32(0.001)) for range_mm in (depth, measured))
    xyz[sensor.lost(facing, hidden, rng)] = np.nan
    light = sensor.through_lens(seen[..., :3], depth)
    assert xyz.dtype == np.float32, "a wider type would double the files and slow every step"
    return DemoScan(sensor.photograph(light, rng), xyz, exact, mask, size, view)


def _sampled(scene: DemoScene, x: Field, y: Field) -> tuple[Field, NDArray[np.bool_], NDArray[np.bool_]]:
    """What each pixel sees: (H, W, 6) light and normal, hidden from the projector, part of the defect."""
    surface, place = scene.surface, scene.place
    layers = lighting.lit(surface, place), lighting.normals(surface.height, place)
    extent = defect_extent(scene.good, surface)[..., None]
    lookup = optics.HeightMap(surface.height, place)
    stack = np.concatenate([*layers, extent], -1).reshape(-1, 7)
    seen = optics.interpolated(stack, lookup.corners(x, y), surface.height.shape[0])
    hidden = lighting.blocked(surface.height, place, PROJECTOR).ravel()[lookup.cells(x, y)]
    return seen[..., :6], hidden, seen[..., 6] > 0
