"""The commands of a report lead to its numbers again."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from core.commands.entry import main
from core.metrics.thresholds import ThresholdRule
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.evaluate import evaluate
from core.tasks.make_report import make_report
from core.tasks.set_threshold import ThresholdWish, set_threshold
from core.tasks.train_class import train_class
from tests.core.tasks.conftest import COMPUTE
from tests.core.tasks.plain_detector import PlainConfig


def test_running_the_commands_of_a_report_gives_its_figures_again(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.set_preprocess_config("bagel", replace(project.preprocess_config("bagel"), cluster_points=40))
    model = train_class(
        project, "bagel", "plain", PlainConfig(gain=2.5, channel="red", sizes=(3, 5)), COMPUTE, Monitor()
    )
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    set_threshold(project, model, ThresholdWish(rule=ThresholdRule("max_f1")), Monitor())
    first = make_report(project, ["bagel"], COMPUTE, Monitor())
    project.close()
    shutil.move(project.folder, tmp_path / "there" / project.folder.name)
    monkeypatch.chdir(tmp_path / "there")

    codes = [main([*shlex.split(line)[1:], "--quiet"]) for line in first.commands]

    assert codes == [0] * len(codes)
    again = Project.open(tmp_path / "there" / project.folder.name)
    second = make_report(again, ["bagel"], COMPUTE, Monitor())
    again.close()
    assert second.classes[0].model.version == 2
    assert second.mean == first.mean
    assert second.classes[0].confusion == first.classes[0].confusion
    assert second.classes[0].parts == first.classes[0].parts


def test_what_was_left_at_its_default_is_not_said(project: Project) -> None:
    train_class(project, "bagel", "plain", None, COMPUTE, Monitor())

    said = make_report(project, ["bagel"], COMPUTE, Monitor()).commands

    assert [line.split()[1] for line in said] == ["train", "evaluate", "report"]
