"""The store of a project from which trainings for all classes read: by content, shared, bounded, whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.errors import DataError, InspectionError
from core.memory.example_list import LIST, listed_examples
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.example_files import example_files, read_example
from core.methods.pretraining import pretrain_config, pretraining
from core.methods.shape_guided.batches import learning_files
from core.methods.shape_guided.patch_files import read_learning, write_learning
from core.monitor import Cancelled, Monitor, Progress
from core.project.project import Project
from core.settings import Settings, save_settings
from core.tasks import keep_examples as module
from core.tasks.keep_examples import KeptExamples, features_wanted, keep_examples, patches_wanted
from core.tasks.make_demo import make_demo
from core.tasks.method_config import on_device
from core.tasks.pretrain_ahead import plan_pretraining
from core.tasks.pretrain_here import PretrainWish, cutting_of, parts_of, seen_with
from core.tasks.train_class import train_class

ONE = Compute("cpu", 1)
FTOF, ITOF_XYZ, ITOF_RGB = "ftof_hand_made", "itof_xyz_hand_made", "itof_rgb_hand_made"
BOTH = ("flange", "cap")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    make_demo(tmp_path / "线 4", DemoPlan(BOTH, 2, 0, 1, size=128), Monitor())
    opened = Project.open(tmp_path / "线 4")
    yield opened
    opened.close()


def wish(key: str, *classes: str) -> PretrainWish:
    return PretrainWish(key, classes or BOTH, pretrain_config(pretraining(key)))


def keep(project: Project, key: str, *classes: str, monitor: Monitor | None = None) -> KeptExamples:
    wanted, watch = wish(key, *classes), monitor or Monitor()
    records = parts_of(project, wanted)
    if key == "sdf":
        asked = patches_wanted(records, cutting_of(wanted))
    else:
        asked = features_wanted(records, pretraining(key).features, on_device(seen_with(key), ONE), watch)
    return keep_examples(project, asked, folder_of(project), watch)


def folder_of(project: Project) -> Path:
    return project.places.cache / "pretraining" / "here"


def files(project: Project) -> set[Path]:
    return set(project.places.features.rglob("*.npy"))


def change_picture(project: Project, name: str = "flange") -> None:
    """Another scan under the same name, of the same size."""
    path = project.samples(name, "train")[0].ref.rgb
    assert path is not None
    Image.fromarray(255 - np.asarray(Image.open(path))).save(path)


def test_a_second_family_finds_what_the_first_one_kept(project: Project) -> None:
    first = keep(project, FTOF)
    assert (first.parts, first.written, first.found, first.left_out) == (4, 8, 0, ())
    assert keep(project, ITOF_XYZ).written == 4  # the raster of each cloud; colour patches are there
    assert keep(project, ITOF_RGB).written == 4
    assert [keep(project, key).written for key in (FTOF, ITOF_XYZ, ITOF_RGB)] == [0, 0, 0]


def test_what_a_model_has_left_is_not_computed_again(project: Project) -> None:
    config = MtfiConfig("DINO+Point_MAE", features="descriptors", f_coreset=0.05)
    train_class(project, "flange", "mtfi", config, ONE, Monitor())
    assert keep(project, FTOF, "flange").written == 0
    assert keep(project, FTOF).written == 4


def test_another_choice_of_classes_writes_the_missing_parts_alone(project: Project) -> None:
    assert keep(project, FTOF, "flange").written == 4
    assert (
        plan_pretraining(project, wish(FTOF)).disk_bytes
        == plan_pretraining(project, wish(FTOF, "cap")).disk_bytes
    )
    assert keep(project, FTOF).written == 4
    assert keep(project, FTOF, "cap").written == 0


def test_a_changed_scan_is_noticed_before_and_written_anew(project: Project) -> None:
    keep(project, FTOF, "flange")
    before = listed_examples(folder_of(project))
    change_picture(project)
    assert plan_pretraining(project, wish(FTOF, "flange")).disk_bytes == 4 * 56 * 56 * (33 + 36)
    assert keep(project, FTOF, "flange").written == 2
    after = listed_examples(folder_of(project))
    assert before is not None
    assert after is not None
    changed = [name for name in before if before[name] != after[name]]
    assert changed == [project.samples("flange", "train")[0].name]


def test_another_preparation_is_written_anew(project: Project) -> None:
    keep(project, FTOF, "flange")
    config = project.preprocess_config("flange")
    project.set_preprocess_config("flange", replace(config, remove_background=not config.remove_background))
    assert plan_pretraining(project, wish(FTOF, "flange")).disk_bytes > 0
    assert keep(project, FTOF, "flange").written > 0


@pytest.mark.parametrize("key", [FTOF, ITOF_XYZ, ITOF_RGB])
def test_the_room_told_beforehand_is_what_the_store_grows_by(project: Project, key: str) -> None:
    for classes in (("cap",), BOTH):
        told = plan_pretraining(project, wish(key, *classes)).disk_bytes
        before = sum(path.stat().st_size for path in files(project))
        keep(project, key, *classes)
        grown = sum(path.stat().st_size for path in files(project)) - before
        assert told == pytest.approx(grown, rel=0.01)
        assert plan_pretraining(project, wish(key, *classes)).disk_bytes == 0


@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_stopped_saving_leaves_whole_files_and_goes_on_where_it_was(project: Project, at: int) -> None:
    monitor = Monitor()

    def stop(progress: Progress) -> None:
        if progress.done == at:
            monitor.cancel()

    monitor.report = stop
    with pytest.raises(Cancelled):
        keep(project, FTOF, monitor=monitor)
    assert not list(project.places.cache.rglob("*.part"))
    assert all(
        np.load(path).shape == (56 * 56, 33) or np.load(path).shape == (56 * 56, 36)
        for path in files(project)
    )
    there = len(files(project))
    assert there >= 2 * at
    assert keep(project, FTOF).written == 8 - there


def test_a_file_that_was_cut_off_is_made_again(project: Project) -> None:
    keep(project, FTOF)
    broken = sorted(files(project))[0]
    broken.write_bytes(broken.read_bytes()[:1000])
    assert keep(project, FTOF).written == 1
    assert np.load(broken).shape[0] == 56 * 56


def test_features_that_were_unused_for_longest_make_room_but_never_those_of_this_training(
    project: Project,
) -> None:
    keep(project, FTOF, "flange")
    old = files(project)
    for path in old:
        os.utime(path, (1000, 1000))
    of_a_class = sum(path.stat().st_size for path in old)
    save_settings(Settings(cache_limit_gb=1.5 * of_a_class / 1e9))
    kept = keep(project, FTOF, "cap")
    assert kept.written == 4
    listed = listed_examples(folder_of(project))
    assert listed is not None
    assert all(path.exists() for items in listed.values() for path in items.values())
    assert sum(path.stat().st_size for path in files(project)) <= 1.5 * of_a_class
    assert len(files(project) & old) < 4
    save_settings(Settings(cache_limit_gb=0.5 * of_a_class / 1e9))
    assert keep(project, FTOF).parts == 4
    listed = listed_examples(folder_of(project))
    assert listed is not None
    assert all(path.exists() for items in listed.values() for path in items.values())


def test_a_training_reads_the_list_as_it_reads_files(project: Project) -> None:
    keep(project, ITOF_XYZ)
    (first, *rest) = example_files(folder_of(project), "train", "XYZInputToRGBFeatureHRNET")
    assert len(rest) == 3
    shown, wanted = read_example(first, "XYZInputToRGBFeatureHRNET")
    assert shown.shape == (3, 224, 224)
    assert wanted.shape == (56 * 56, 36)
    assert example_files(folder_of(project), "test", "XYZInputToRGBFeatureHRNET") == []
    with pytest.raises(DataError, match=LIST.replace(".", r"\.")):
        example_files(folder_of(project), "train", "HallucinationCrossModality")
    first.shown.unlink()
    with pytest.raises(DataError, match=first.shown.name):
        read_example(first, "XYZInputToRGBFeatureHRNET")
    (folder_of(project) / LIST).write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="cut off"):
        example_files(folder_of(project), "train", "XYZInputToRGBFeatureHRNET")


def test_patches_of_the_store_are_those_of_a_file(project: Project, tmp_path: Path) -> None:
    assert keep(project, "sdf").written == 4
    assert plan_pretraining(project, wish("sdf")).disk_bytes == 0
    assert len(learning_files(folder_of(project), "cap")) == 2
    patches, spread = read_learning(learning_files(folder_of(project))[0])
    write_learning(tmp_path / "cap" / "0.npz", patches)
    again, same = read_learning(tmp_path / "cap" / "0.npz")
    np.testing.assert_array_equal(patches, again)
    np.testing.assert_array_equal(spread, same)
    with pytest.raises(DataError):
        learning_files(folder_of(project), "bagel")


def test_a_part_that_cannot_be_read_is_left_out_and_named(project: Project) -> None:
    record = project.samples("flange", "train")[0]
    assert record.ref.cloud is not None
    record.ref.cloud.write_bytes(b"cut off")
    kept = keep(project, FTOF)
    assert kept.parts == 3
    assert len(kept.left_out) == 1
    other = project.samples("flange", "train")[1]
    assert other.ref.cloud is not None
    other.ref.cloud.write_bytes(b"cut off")
    with pytest.raises(DataError, match="None of these parts"):
        keep(project, FTOF, "flange")


def test_too_small_a_disk_is_said_before_any_work(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "free_disk", lambda folder: 1_000_000)
    with pytest.raises(InspectionError, match="MB"):
        keep(project, FTOF)
    assert not files(project)
