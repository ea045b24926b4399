"""Shape-Guided away from the program: the shape expert as graphs, memories and maps in numpy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.deployed.nearest import read_rows
from core.deployed.networks import Networks
from core.deployed.patches import Sources
from core.deployed.pursuit import rebuilt, several_nearest
from core.errors import DataError
from core.methods.shape_guided.cells import GRID, cells_of
from core.methods.shape_guided.cut import Cutting, Patches, cut_patches, normalised
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.align import Alignment
from core.scoring.linear_maps import spread
from core.scoring.smooth import smooth

Map = NDArray[np.float32]
_OFFSET = 1e-12
"""Reference: added to every difference before its length is taken."""
_PATCHES_AT_ONCE = 16


@dataclass(frozen=True, eq=False)
class ShapeGuidedRecipe:
    """`told` are the settings of the manifest, `kept` the memories by name."""

    told: Mapping[str, Any]
    kept: Mapping[str, NDArray[Any]]
    networks: Networks
    sources: Sources

    def __call__(self, samples: Sequence[Sample]) -> list[ScoreMap]:
        """Judge parts, one after the other."""
        self.sources.look(samples)
        return [self._judged(sample) for sample in samples]

    def _judged(self, sample: Sample) -> ScoreMap:
        told = self.told
        patches = cut_patches(sample, Cutting(**told["cutting"]))
        points = normalised(patches.points)
        codes = self._encoded(points, sample)
        index = self._similar(codes, patches)
        explained = rebuilt(codes, self.kept["codes"][index], told["dict_n_component"])
        shape = float(np.sqrt(np.square(codes - explained + _OFFSET).sum(axis=1)).max())
        if told["experts"] == "RGB":
            whole, pixels = self._coloured(sample, patches, index)
            return self._scored(pixels, whole)
        heights = self._heights(explained.astype(np.float32), points, patches)
        if told["experts"] == "SDF":
            return self._scored(heights, shape)
        whole, pixels = self._coloured(sample, patches, index)
        aligned = Alignment(**told["alignment"])(pixels)
        return self._scored(np.maximum(aligned, heights), shape * whole)

    def _scored(self, pixels: Map, whole: float) -> ScoreMap:
        """The blurred map, whose highest value counts for the score where the settings say so."""
        found = self._blurred(pixels)
        highest = float(found.max())
        scores = {"map": highest, "product": whole * highest}
        return ScoreMap(found, scores.get(str(self.told.get("part_score")), whole))

    def _similar(self, codes: Map, patches: Patches) -> NDArray[np.int64]:
        """Memory rows (S, k) of similar patches, at about the same place where that counts."""
        rows, count = self.kept["codes"], self.told["k_number"]
        if "places" not in self.kept:
            return several_nearest(rows, codes, count)
        weight = np.float32(self.told["place_weight"])
        kept = np.concatenate([rows, weight * self.kept["places"]], axis=1)
        return several_nearest(kept, np.concatenate([codes, weight * patches.centres], axis=1), count)

    def _encoded(self, points: Map, sample: Sample) -> Map:
        parts = _parts(points)
        codes = np.concatenate([self.networks("encoder", part)[0] for part in parts])
        if not np.isfinite(codes).all():
            raise DataError(
                say("Some features of {name} are not numbers.", name=sample.name),
                remedy=say("Check the part for broken points or values, or leave it out."),
            )
        return codes

    def _heights(self, codes: Map, points: Map, patches: Patches) -> Map:
        """Each pixel the least distance that any patch gives it; zero where there is no patch."""
        size = self.told["cutting"]["image_size"]
        pairs = zip(_parts(codes), _parts(points), strict=True)
        distances = np.concatenate([self.networks("field", some, part)[0] for some, part in pairs])
        least = np.full(size * size, np.inf, np.float32)
        np.minimum.at(least, patches.pixels.ravel(), np.abs(distances).ravel())
        return np.where(np.isinf(least), np.float32(0), least).reshape(size, size)

    def _coloured(self, sample: Sample, patches: Patches, index: NDArray[np.int64]) -> tuple[float, Map]:
        """How well the colour cells of similar patches explain those of the part."""
        told, size = self.told, self.told["cutting"]["image_size"]
        colours = self.sources.patches("colour", sample).rows
        if "spread" in self.kept:
            colours = colours / self.kept["spread"]
        cells = [cells_of(pixels, told["cells"], size) for pixels in patches.pixels]
        groups = [(np.unique(np.concatenate(cells)), self._guided(index))]
        if told["dictionary"] == "patch":
            groups = [(own, self._guided(rows)) for own, rows in zip(cells, index, strict=True)]
        grid = np.full(GRID * GRID, np.inf, np.float32)
        for own, atoms in groups:
            off = self._unexplained(self.kept["colours"][atoms], colours[own])
            grid[own] = np.minimum(grid[own], off)
        grid = np.where(np.isinf(grid), np.float32(0), grid)
        return float(grid.max()), spread(grid.reshape(GRID, GRID), size)

    def _guided(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The colour rows, rising, of these patches."""
        wanted, ends = np.unique(rows), self.kept["ends"]
        starts = ends[wanted - 1] * (wanted > 0)
        pairs = zip(starts, ends[wanted], strict=True)
        return np.unique(np.concatenate([self.kept["members"][first:end] for first, end in pairs]))

    def _unexplained(self, atoms: Map, wanted: Map) -> Map:
        index = several_nearest(atoms, wanted, self.told["rgb_neighbours"])
        if self.told["rgb_method"] == "nearest":
            explained = atoms[index[:, 0]].astype(np.float64)
        else:
            explained = rebuilt(wanted, atoms[index], self.told["dict_n_component"])
        return np.asarray(np.sqrt(np.square(wanted - explained).sum(axis=1)), np.float32)

    def _blurred(self, pixels: Map) -> Map:
        return smooth(pixels, radius=self.told["blur_radius"], blur=self.told["blur"])


def shape_guided(
    settings: Mapping[str, Any], folder: Path, networks: Networks
) -> Callable[[Sequence[Sample]], list[ScoreMap]]:
    """The recipe of Shape-Guided."""
    kept = {name: read_rows(folder / file) for name, file in settings["memories"].items()}
    return ShapeGuidedRecipe(settings, kept, networks, Sources(settings["sources"], networks))


def _parts(rows: Map) -> list[Map]:
    return [rows[first : first + _PATCHES_AT_ONCE] for first in range(0, len(rows), _PATCHES_AT_ONCE)]
