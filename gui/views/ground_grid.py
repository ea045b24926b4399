"""A fading grid of 10 mm squares below the part, to judge size by eye."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from gui.views.cloud_shading import SensorAxes

SQUARE = 0.010
"""Metres."""
MOST_SQUARES = 40
STRONGEST = 0.28
"""Alpha in the middle."""


def ground_grid(points: NDArray[np.float32], axes: SensorAxes, colour: tuple[int, int, int]) -> vtkActor:
    """An actor with the grid just under the lowest points; wider squares (x 10) under large parts."""
    local = axes.turned(points)
    low = local.min(axis=0)
    high = local.max(axis=0)
    centre = (low + high) / 2
    reach = float(max(high[:2] - low[:2])) * 0.95
    square = SQUARE
    while 2 * reach / square > MOST_SQUARES:
        square *= 10 if 2 * reach / square > 4 * MOST_SQUARES else 2
    floor = float(np.percentile(local[:, 2], 0.5)) - 0.004 * reach
    starts, ends = _segments(centre, reach, square)
    ends_all = np.stack([starts, ends], axis=1).reshape(-1, 2)
    distance = np.linalg.norm(ends_all - centre[:2], axis=1) / reach
    alpha = np.clip(1 - distance, 0, 1) ** 1.3 * STRONGEST * 255
    flat = np.column_stack([ends_all, np.full(len(ends_all), floor)]).astype(np.float32)
    matrix = np.stack([axes.right, axes.down, -axes.away])
    colours = np.column_stack([np.tile(colour, (len(flat), 1)), alpha]).astype(np.uint8)
    return _lines(np.ascontiguousarray(flat @ matrix, np.float32), colours)


def _segments(
    centre: NDArray[np.float32], reach: float, square: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts and ends (L, 2) of lines one square long, along both directions."""
    count = int(np.ceil(reach / square))
    marks = np.arange(-count, count + 1) * square
    along = marks[:-1]
    one, other = np.meshgrid(marks, along, indexing="ij")
    columns = np.column_stack([one.ravel(), other.ravel()])
    rows = columns[:, ::-1]
    starts = np.concatenate([columns, rows])
    steps = np.concatenate([np.tile([0, square], (len(columns), 1)), np.tile([square, 0], (len(rows), 1))])
    return starts + centre[:2], starts + steps + centre[:2]


def _lines(points: NDArray[np.float32], colours: NDArray[np.uint8]) -> vtkActor:
    """Pairs of points as lines; the arrays are copied, for the grid never changes."""
    made = vtkPoints()
    made.SetData(numpy_to_vtk(points, deep=True))
    offsets = np.arange(0, len(points) + 1, 2, dtype=np.int32)
    cells = vtkCellArray()
    order = np.arange(len(points), dtype=np.int32)
    cells.SetData(numpy_to_vtk(offsets, deep=True), numpy_to_vtk(order, deep=True))
    data = vtkPolyData()
    data.SetPoints(made)
    data.SetLines(cells)
    data.GetPointData().SetScalars(numpy_to_vtk(colours, deep=True))
    mapper = vtkPolyDataMapper()
    mapper.SetInputData(data)
    actor = vtkActor()
    actor.SetMapper(mapper)
    actor.GetProperty().LightingOff()
    actor.PickableOff()
    return actor
