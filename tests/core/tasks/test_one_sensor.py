"""The same test parts with both sensors and with one, and what the missing one costs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.commands.entry import main
from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.errors import WrongUse
from core.methods.mtfi.config import MtfiConfig
from core.methods.quick_look.detector import QuickLook
from core.monitor import Monitor
from core.preprocess.prepare import prepare
from core.project.project import Project
from core.project.records import ModelRecord
from core.sample import Sample
from core.score_map import ScoreMap
from core.tasks.inspect_class import inspect_class, load_detector
from core.tasks.make_demo import make_demo
from core.tasks.one_sensor import OneSensorCost, as_data, one_sensor_cost
from core.tasks.train_class import train_class

ONE = Compute("cpu", 1)
IMAGINING = MtfiConfig("WithHallucination", "xyz", features="descriptors", own_epochs=2, f_coreset=0.01)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sensors") / "demo"
    make_demo(place, DemoPlan(("cap",), 3, 1, 5, size=128), Monitor())
    return place


@pytest.fixture(scope="module")
def project(folder: Path) -> Iterator[Project]:
    opened = Project.open(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def imagining(project: Project) -> ModelRecord:
    return train_class(project, "cap", "mtfi", IMAGINING, ONE, Monitor())


@pytest.fixture(scope="module")
def found(project: Project, imagining: ModelRecord) -> OneSensorCost:
    return one_sensor_cost(project, imagining.id, ONE, Monitor())


def test_both_sensors_come_first_then_every_way_with_one(found: OneSensorCost) -> None:
    assert [row.seen_by for row in found.rows] == [
        "RGB + 3D",
        "3D only, RGB imagined",
        "3D only",
        "RGB only, 3D imagined",
        "RGB only",
    ]
    assert found.left_out == ()
    assert found.both is found.rows[0]


def test_every_row_judged_the_same_parts(project: Project, found: OneSensorCost) -> None:
    parts = {record.id for record in project.samples("cap", "test")}
    assert all(set(row.scores) == parts for row in found.rows)
    assert (found.good, found.bad) == (2, 3)


def test_the_cost_is_what_is_lost_against_both_sensors(found: OneSensorCost) -> None:
    both = found.both
    assert both is not None
    for row in found.rows:
        mine, its = row.figures.image_auroc, both.figures.image_auroc
        assert mine is not None
        assert its is not None
        assert row.cost(both, "image_auroc") == its - mine
    assert both.cost(both, "pixel_auroc") == 0


def test_the_active_model_stays_active_and_what_was_trained_is_used_again(
    project: Project, imagining: ModelRecord, found: OneSensorCost
) -> None:
    active = project.active_model("cap")
    assert active is not None
    assert active.id == imagining.id
    before = len(project.models("cap"))
    again = one_sensor_cost(project, imagining.id, ONE, Monitor(), may_train=False)
    assert len(project.models("cap")) == before
    assert [dict(row.scores) for row in again.rows] == [dict(row.scores) for row in found.rows]


def test_versions_that_were_trained_for_it_tell_by_their_names_what_they_judge_by(
    imagining: ModelRecord, found: OneSensorCost
) -> None:
    names = {row.seen_by: row.model.name for row in found.rows if row.model.id != imagining.id}
    assert len(names) == 4
    assert all(name.startswith(f"{seen_by} · One sensor") for seen_by, name in names.items())


def test_without_leave_to_train_what_lacks_is_said(project: Project, imagining: ModelRecord) -> None:
    other = train_class(project, "cap", "mtfi", replace(IMAGINING, random_state=5), ONE, Monitor())
    told = one_sensor_cost(project, other.id, ONE, Monitor(), may_train=False)
    assert [row.seen_by for row in told.rows] == ["3D only, RGB imagined"]
    assert str(told.left_out[0]) == "RGB + 3D: There is no model that was trained so."
    assert told.both is None
    assert as_data([told])[0]["rows"][0]["cost"]["image_auroc"] is None
    project.set_active(imagining.id)
    project.trash_model(other.id)


@pytest.mark.slow
def test_nothing_is_filled_with_zeros(
    project: Project, imagining: ModelRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = train_class(project, "cap", "quick_look", None, ONE, Monitor())
    seen: list[Sample] = []
    judge = QuickLook.predict

    def watched(detector: QuickLook, sample: Sample, monitor: Monitor) -> ScoreMap:
        seen.append(sample)
        return judge(detector, sample, monitor)

    monkeypatch.setattr(QuickLook, "predict", watched)
    told = one_sensor_cost(project, model.id, ONE, Monitor())
    assert [row.seen_by for row in told.rows] == ["RGB + 3D", "3D only", "RGB only"]
    assert [row.dropped for row in told.rows] == [None, "rgb", "xyz"]
    assert {sample.sensors for sample in seen} >= {frozenset({"rgb"}), frozenset({"xyz"})}
    for sample in seen:
        assert sample.rgb is None or np.ptp(sample.rgb) > 0
        assert sample.xyz is None or np.ptp(sample.xyz[np.isfinite(sample.xyz)]) > 0
    project.set_active(imagining.id)
    project.trash_model(model.id)


def test_a_part_is_judged_alike_whether_the_other_sensor_is_there_or_not(
    project: Project, imagining: ModelRecord, found: OneSensorCost
) -> None:
    detector = load_detector(project, imagining, ONE)
    row = found.rows[1]
    for part in project.samples("cap", "test"):
        seen = replace(project.read(part), rgb=None)
        prepared = prepare(seen, project.preprocess_config("cap")).sample
        alone = detector.predict(prepared, Monitor())
        assert alone.whole == pytest.approx(row.scores[part.id], rel=1e-6)


def test_a_method_of_one_sensor_is_refused(project: Project, imagining: ModelRecord) -> None:
    draft = replace(imagining, method="reverse_distillation", config={})
    made = project.add_model(draft, lambda place: None)
    with pytest.raises(WrongUse, match="one sensor only"):
        one_sensor_cost(project, made.id, ONE, Monitor())
    project.set_active(imagining.id)
    project.trash_model(made.id)


def test_the_kept_verdicts_name_the_sensors(project: Project, imagining: ModelRecord) -> None:
    inspect_class(project, imagining, project.samples("cap", "test"), ONE, Monitor())
    assert {entry.sensors for entry in project.inspections(imagining.id).values()} == {frozenset({"xyz"})}


def test_the_command_writes_the_table_as_markdown_csv_and_json(
    folder: Path, project: Project, found: OneSensorCost, tmp_path: Path
) -> None:
    project.close()
    words = ["evaluate", str(folder), "--class", "cap", "--one-sensor", "--tables", str(tmp_path), "--quiet"]
    assert main(words) == 0
    table = (tmp_path / "one_sensor.md").read_text(encoding="utf-8")
    assert "| 3D only, RGB imagined |" in table
    rows = list(csv.DictReader((tmp_path / "one_sensor.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["seen_by"] for row in rows] == [str(row.seen_by) for row in found.rows]
    assert float(rows[1]["image_auroc_cost"]) == pytest.approx(
        float(rows[0]["image_auroc"]) - float(rows[1]["image_auroc"])
    )
    told = json.loads((tmp_path / "one_sensor.json").read_text(encoding="utf-8"))["one_sensor"]
    assert told[0]["rows"][1]["imagined"] == ["rgb"]


def test_every_output_of_an_inspection_names_the_one_sensor(
    folder: Path, project: Project, found: OneSensorCost, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project.close()
    out, report = tmp_path / "out", tmp_path / "report.html"
    assert main(["inspect", str(folder), "--class", "cap", "--out", str(out), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [line["seen_by"] for line in lines if line["type"] == "result" and "sample" in line]
    assert set(told) == {"3D only, RGB imagined"}
    rows = list(csv.DictReader((out / "scores.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["seen_by"] for row in rows} == {"3D only, RGB imagined"}
    maps = json.loads((out / "maps" / "manifest.json").read_text(encoding="utf-8"))["maps"]
    assert {(entry["seen_by"], tuple(entry["imagined"])) for entry in maps} == {
        ("3D only, RGB imagined", ("rgb",))
    }
    data = tmp_path / "report.json"
    words = ["report", str(folder), "--class", "cap", "--out", str(report), "--csv", "--json-out", str(data)]
    assert main([*words, "--quiet"]) == 0
    assert "3D only, RGB imagined" in report.read_text(encoding="utf-8")
    parts = list(
        csv.DictReader(report.with_name("report_parts.csv").read_text(encoding="utf-8").splitlines())
    )
    assert {row["seen_by"] for row in parts} == {"3D only, RGB imagined"}
    told = json.loads(data.read_text(encoding="utf-8"))["classes"]
    assert {part["seen_by"] for entry in told.values() for part in entry["parts"]} == {
        "3D only, RGB imagined"
    }
