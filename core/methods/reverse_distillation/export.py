"""A trained student beside its teacher as one graph."""

from __future__ import annotations

from torch import Tensor, nn

from core.methods.export_plan import ExportPlan
from core.methods.graphs import picture_graph, picture_input
from core.methods.reverse_distillation.detector import ReverseDistillation
from core.methods.reverse_distillation.student import Student
from core.methods.reverse_distillation.teacher import LAYERS
from core.monitor import Monitor


class TeacherAndStudent(nn.Module):
    """Pictures (B, 3, S, S) -> the teacher's three maps, then the student's."""

    def __init__(self, teacher: nn.Module, student: Student) -> None:
        super().__init__()
        self.teacher = teacher
        self.student = student

    def forward(self, pictures: Tensor) -> tuple[Tensor, ...]:
        seen = list(self.teacher(pictures))
        return (*seen, *self.student(seen))


def export_plan(detector: ReverseDistillation, monitor: Monitor) -> ExportPlan:
    """The network as it judges; what training alone needs is not part of it."""
    config = detector.config
    network = TeacherAndStudent(detector.teacher(monitor), detector.trained.student.cpu())
    levels = range(len(LAYERS))
    outputs = (*(f"teacher{level}" for level in levels), *(f"student{level}" for level in levels))
    return ExportPlan(
        ("rgb",),
        {"inference": picture_graph(network, config.image_size, outputs)},
        "cosine_maps",
        {"side": config.image_size, "combination": config.map_mode, "sigma": config.blur_sigma},
        picture=picture_input(config.image_size, "bilinear"),
    )
