"""Reverse distillation: a student rebuilds what a teacher sees of good parts; what it cannot is strange.

Deng and Li, "Anomaly detection via reverse distillation from one-class embedding", CVPR 2022.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from torch import nn

from core.backbones.weight_checks import refuse_other_weights
from core.calibration import HeldOut
from core.errors import DataError, NotFitted
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.judge import Judge
from core.methods.reverse_distillation.networks import open_teacher, weights_used
from core.methods.reverse_distillation.student import Student
from core.methods.reverse_distillation.training import (
    Trained,
    Worth,
    rebuilding,
    train_student,
    training_digest,
)
from core.methods.reverse_distillation.training_set import Look, looking, training_set
from core.methods.saved import load_detector, save_detector
from core.metrics.truth import truth_at
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.score_map import ScoreMap

KEY = "reverse_distillation"
Score = Callable[[Sample], ScoreMap]


class ReverseDistillation:
    """A frozen teacher and a student of its maps.

    A training that was stopped goes on where it was, if it is started again with the same parts, parameters
    and `cache_folder`.
    """

    def __init__(
        self,
        config: ReverseDistillationConfig = ReverseDistillationConfig(),  # noqa: B008 - frozen
        teacher: nn.Module | None = None,
        cache_folder: Path | None = None,
    ) -> None:
        self.config = config
        self._given_teacher = teacher
        self._cache_folder = cache_folder
        self._look: Look | None = None
        self._trained: Trained | None = None
        self._weights: dict[str, str] = {}
        self._held_out = HeldOut()
        self._test_figure: Callable[[Score], float] | None = None

    def choose_by(self, test_figure: Callable[[Score], float]) -> None:
        """What "best_on_test" keeps the best epoch by: the figure of a way to score parts."""
        self._test_figure = test_figure

    @property
    def held_out(self) -> HeldOut:
        """What was said of the good parts that were not learnt from."""
        return self._held_out

    @property
    def trained(self) -> Trained:
        """Student and log of the training; raise NotFitted before there was one."""
        if self._trained is None:
            raise NotFitted(
                say("This detector has seen no normal parts."), remedy=say("Train it, or open a saved one.")
            )
        return self._trained

    def fit(self, normal: Sequence[Sample], monitor: Monitor) -> Self:
        """Learn from normal samples; a cancelled fit leaves the detector as it was."""
        reading = monitor.at_stage(1, 2, say("Look at the parts"))
        reading.tick(0, len(normal), say("Preparing"))
        weights = self._weights_now(reading)
        if not len(normal):
            raise DataError(
                say("There is no normal part to learn from."), remedy=say("Add at least one good part.")
            )
        look = self._opened_look()
        kept, left_out = split(len(normal), self.config.hold_out)
        learnt = training_set(normal, kept, look, self.config, reading)
        worth = self._worth(normal, left_out, look, reading)
        unfinished = self._unfinished(training_digest(self.config, learnt, weights))
        learning = monitor.at_stage(2, 2, say("Train the student"))
        trained = train_student(learnt, worth, self.config, unfinished, learning)
        judge = Judge(look, trained.student, self.config)
        held_out = _scores_of([normal[index] for index in left_out], judge)
        self._trained, self._weights, self._held_out = trained, weights, held_out
        return self

    def predict(self, sample: Sample, monitor: Monitor) -> ScoreMap:
        """Score one part on a square raster of the config's side."""
        trained = self.trained
        monitor.tick(0, 1, say("Scoring {name}", name=sample.name))
        return self.judge(trained.student, monitor).score(sample)

    def judge(self, student: Student, monitor: Monitor) -> Judge:
        """The teacher beside that student; refuses another teacher than the one of the training."""
        if self._look is None:
            self._refuse_other_teacher(monitor)
        return Judge(self._opened_look(), student, self.config)

    def teacher(self, monitor: Monitor) -> nn.Module:
        """The teacher of the training, in evaluation mode on the processor."""
        self._refuse_other_teacher(monitor)
        return (self._given_teacher or open_teacher(self.config)).cpu().eval()

    def save(self, folder: Path) -> None:
        """Write config and student; the teacher stays in the weights library, only its hash is kept."""
        trained = self.trained
        state = {
            "student": {key: value.cpu() for key, value in trained.student.state_dict().items()},
            "losses": list(trained.losses),
            "lines": list(trained.lines),
            "held_out": self._held_out.as_dict(),
            "weights": self._weights,
        }
        save_detector(folder, KEY, self.config, state)

    @classmethod
    def load(cls, folder: Path, device: str = "cpu") -> Self:
        """Read a saved detector; its teacher is opened on `device` at the first part."""
        config, state = load_detector(folder, KEY, ReverseDistillationConfig)
        detector = cls(replace(config, device=device))
        student = Student(config.form, _widening(state["student"]))
        student.load_state_dict(state["student"])
        lines = tuple(str(line) for line in state["lines"])
        detector._trained = Trained(student.eval().to(device), tuple(state["losses"]), lines)
        detector._weights = dict(state["weights"])
        detector._held_out = HeldOut.from_dict(state["held_out"])
        return detector

    def _worth(
        self, normal: Sequence[Sample], left_out: Sequence[int], look: Look, monitor: Monitor
    ) -> Worth | None:
        """By what the best epoch is told; None where the last is kept."""
        if self.config.keep == "last" or (self.config.keep == "best_on_held_out" and not left_out):
            return None
        if self.config.keep == "best_on_held_out":
            return rebuilding(training_set(normal, left_out, look, self.config, monitor), self.config)
        figure = self._test_figure
        if figure is None:
            raise DataError(
                say("There are no test parts to choose the best epoch by."),
                remedy=say("Set {key}={value}.", key="keep", value="last"),
            )
        return lambda student: figure(Judge(look, student, self.config).score)

    def _unfinished(self, digest: str) -> Path | None:
        """Where a stopped training of this very kind left its state."""
        return None if self._cache_folder is None else self._cache_folder / f"{KEY}-{digest}.pt"

    def _opened_look(self) -> Look:
        if self._look is None:
            self._look = looking(self._given_teacher or open_teacher(self.config), self.config)
        return self._look

    def _refuse_other_teacher(self, monitor: Monitor) -> None:
        if self._given_teacher is None:
            refuse_other_weights(self._weights, weights_used(replace(self.config, checkpoint=""), monitor))

    def _weights_now(self, monitor: Monitor) -> dict[str, str]:
        """Hash of the teacher's file; raise WeightsMissing before any work is done."""
        return {} if self._given_teacher is not None else weights_used(self.config, monitor)


def split(parts: int, hold_out: float) -> tuple[list[int], list[int]]:
    """Numbers of the parts to learn from, at least one, and of those held out, which are spread evenly."""
    count = min(round(parts * hold_out) or int(hold_out > 0), parts - 1)
    left_out = [(2 * turn + 1) * parts // (2 * count) for turn in range(count)]
    return [index for index in range(parts) if index not in left_out], left_out


def _scores_of(samples: Sequence[Sample], judge: Judge) -> HeldOut:
    """Scores of good parts that were not learnt from, of the pixels on the part alone."""
    found = [(sample, judge.score(sample)) for sample in samples]
    maps = []
    for sample, scored in found:
        shape = (judge.config.image_size, judge.config.image_size)
        if sample.part is None or not sample.part.any():
            maps.append(scored.pixels)
        else:
            maps.append(scored.pixels[truth_at(sample.part, shape)])
    return replace(HeldOut.of([scored.whole for _, scored in found], maps), source="held_out")


def _widening(state: dict[str, object]) -> int:
    """How wide the stored bottleneck is: a file of the re-run program has the narrow one."""
    shape = tuple(getattr(state["bn.bn_layer.0.conv1.weight"], "shape", (512,)))
    return 2 if shape[0] > 512 else 1
