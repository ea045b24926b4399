"""The points of one organised cloud as VTK draws them: shared arrays, both ways by index."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper


class CloudPoints:
    """One polydata, mapper and actor over kept numpy arrays; recolouring writes into them."""

    def __init__(self, points: NDArray[np.float32]) -> None:
        self._points = np.ascontiguousarray(points, np.float32)
        self._colours = np.full((len(points), 3), 128, np.uint8)
        self._cells = np.arange(len(points) + 1, dtype=np.int32)
        self._data = vtkPolyData()
        self._data.SetPoints(self._vtk_points())
        self._data.SetVerts(self._vertices())
        self._scalars = numpy_to_vtk(self._colours)
        self._data.GetPointData().SetScalars(self._scalars)
        self._mapper = vtkPolyDataMapper()
        self._mapper.SetInputData(self._data)
        self.actor = vtkActor()
        self.actor.SetMapper(self._mapper)
        self.actor.GetProperty().LightingOff()

    def recolour(self, colours: NDArray[np.uint8]) -> None:
        """Give each point another colour (P, 3)."""
        self._colours[:] = colours
        self._scalars.Modified()

    def set_size(self, pixels: float) -> None:
        """The diameter of a point in device pixels."""
        self.actor.GetProperty().SetPointSize(pixels)

    def _vtk_points(self) -> vtkPoints:
        made = vtkPoints()
        made.SetData(numpy_to_vtk(self._points))
        return made

    def _vertices(self) -> vtkCellArray:
        made = vtkCellArray()
        made.SetData(numpy_to_vtk(self._cells), numpy_to_vtk(self._cells[:-1]))
        return made
