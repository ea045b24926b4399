"""A model as one file: out of one project, into another."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.datasets.demo.plan import DemoPlan
from core.errors import DataError, WrongUse
from core.methods import registry
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.method_config import method_config
from core.tasks.model_archive import read_model_file, write_model_file
from core.tasks.train_class import train_class
from tests.core.tasks.trained_demo import COMPUTE, copied, train_demo

PLAN = DemoPlan(classes=("flange",), train=3, validation=1, test=2, size=96)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train_demo(tmp_path_factory.mktemp("trained") / "project", PLAN, "quick_look", {})


@pytest.fixture
def project(trained: Path, tmp_path: Path) -> Iterator[Project]:
    with copied(trained, tmp_path / "project") as project:
        yield project


@pytest.fixture
def model(project: Project) -> ModelRecord:
    return project.models()[0]


@pytest.fixture
def file(project: Project, model: ModelRecord, tmp_path: Path) -> Path:
    return write_model_file(project, model, tmp_path / "out" / "模型.inspector-model", Monitor())


def test_a_model_comes_back_as_a_new_version_that_says_the_same(
    project: Project, model: ModelRecord, file: Path
) -> None:
    found = read_model_file(project, file, Monitor())
    assert (found.model.version, found.missing_weights) == (model.version + 1, ())
    assert found.model.provenance["imported_from"] == file.name
    assert (found.model.config, found.model.held_out, found.model.sensors) == (
        model.config,
        model.held_out,
        model.sensors,
    )
    both = [registry.load(model.method, project.model_folder(each)) for each in (model, found.model)]
    part = project.prepared(project.samples("flange", "test")[0])
    stayed, came = (detector.predict(part, Monitor()) for detector in both)
    np.testing.assert_array_equal(stayed.pixels, came.pixels)
    for level in ("image", "pixel"):
        before, after = (project.threshold(each.id, level) for each in (model, found.model))
        assert (before is None) == (after is None)
        assert before is None or after is None or before.value == after.value


def test_the_active_version_stays_active(project: Project, model: ModelRecord, file: Path) -> None:
    assert not read_model_file(project, file, Monitor()).model.is_active
    assert project.model(model.id).is_active


def test_nothing_in_the_file_can_run(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        assert {Path(name).suffix for name in archive.namelist()} == {".json", ".npy"}
        for name in archive.namelist():
            if name.endswith(".npy"):
                with archive.open(name) as opened:
                    np.load(opened, allow_pickle=False)


def test_a_file_is_never_replaced(project: Project, model: ModelRecord, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(WrongUse, match="is there already"):
        write_model_file(project, model, file, Monitor())
    assert file.read_bytes() == before


def test_a_cut_off_changed_or_foreign_file_is_refused(project: Project, file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    at = whole.index(b"NUMPY") + 4000
    for number, content in enumerate(
        [whole[:-300], whole[:at] + b"\x01\x02" + whole[at + 2 :], b"", b"PK", b"no zip at all"]
    ):
        damaged = tmp_path / f"{number}.inspector-model"
        damaged.write_bytes(content)
        with pytest.raises(DataError, match="damaged"):
            read_model_file(project, damaged, Monitor())
    assert len(project.models()) == 1
    with pytest.raises(DataError, match="There is no file"):
        read_model_file(project, tmp_path / "nothing", Monitor())


def rewritten(file: Path, target: Path, changed: dict[str, bytes], packed: bool = False) -> Path:
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()} | changed
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "w", how) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return target


@pytest.mark.parametrize("name", ["state.json", "arrays/0.npy", "more.txt", "../outside"])
def test_a_member_that_was_exchanged_or_added_is_refused(
    project: Project, file: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(DataError, match="damaged"):
        read_model_file(project, rewritten(file, tmp_path / "x", {name: b"{}"}), Monitor())


def test_packed_members_are_refused(project: Project, file: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="damaged"):
        read_model_file(project, rewritten(file, tmp_path / "x", {}, packed=True), Monitor())


def test_another_format_and_a_foreign_class_are_told(project: Project, file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        head = json.loads(archive.read("model.json"))
    newer = rewritten(file, tmp_path / "a", {"model.json": json.dumps({**head, "format": 9}).encode()})
    with pytest.raises(DataError, match="another version of this program"):
        read_model_file(project, newer, Monitor())
    head["model"]["class_name"] = "gear"
    other = rewritten(file, tmp_path / "b", {"model.json": json.dumps(head).encode()})
    with pytest.raises(WrongUse, match='the class "gear"'):
        read_model_file(project, other, Monitor())
    name = project.class_names()[0]
    assert read_model_file(project, other, Monitor(), name).model.class_name == name


def test_weights_that_this_machine_lacks_are_told(project: Project, tmp_path: Path) -> None:
    config = method_config("btf", {"variant": "raw"})
    model = train_class(project, "flange", "btf", config, COMPUTE, Monitor())
    file = write_model_file(project, model, tmp_path / "raw", Monitor())
    with zipfile.ZipFile(file) as archive:
        head = json.loads(archive.read("model.json"))
    head["model"]["config"]["variant"] = "rgb"
    other = rewritten(file, tmp_path / "rgb", {"model.json": json.dumps(head).encode()})
    assert read_model_file(project, other, Monitor()).missing_weights == ("wide_resnet50_2_racm",)
