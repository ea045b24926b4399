"""Networks for all classes, from the parts of a project to the library."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.backbones.put_away import trash_folder
from core.backbones.stand_in import write_stand_in
from core.backbones.trained_versions import trained_versions, use_version
from core.backbones.weight_checks import WeightState, listing
from core.backbones.weights import find
from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.errors import DataError, WeightsMissing
from core.methods.mtfi.config import MtfiConfig
from core.methods.pretraining import pretrain_config, pretraining
from core.monitor import Cancelled, Monitor, Progress
from core.project.project import Project
from core.tasks.import_folder import ImportWish, check_folder
from core.tasks.inspect_class import inspect_class, unscored
from core.tasks.make_demo import make_demo
from core.tasks.pretrain_ahead import plan_pretraining
from core.tasks.pretrain_here import PretrainWish, parts_of, pretrain_here, unfinished_pretraining
from core.tasks.train_class import train_class
from tests.core.methods.m3dm.official_files import write_official_files

ONE = Compute("cpu", 1)
HAND_MADE = (
    "ftof_hand_made",
    "ftoi_xyz_hand_made",
    "ftoi_rgb_hand_made",
    "itof_xyz_hand_made",
    "itof_rgb_hand_made",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pretrained") / "线 4"
    make_demo(place, DemoPlan(("flange", "cap"), 2, 0, 2, size=128), Monitor())
    return place


@pytest.fixture
def project(folder: Path) -> Iterator[Project]:
    opened = Project.open(folder)
    yield opened
    opened.close()


def tiny(key: str, **values: object) -> PretrainWish:
    config = pretrain_config(pretraining(key))
    if key == "sdf":
        small = {"steps": 2, "batch_size": 4, "loss_points": 8, "learning_rate": 1e-3}
    else:
        small = {"epochs": 2, "batch_size": 2, "warmup_epochs": 1}
    return PretrainWish(
        key, ("flange", "cap"), replace(config, **{**small, **values}), parts=1 * (key == "sdf")
    )


@pytest.mark.parametrize("key", HAND_MADE)
def test_hand_made_features_train_a_network_that_a_model_imagines_with(project: Project, key: str) -> None:
    losses: list[tuple[int, float]] = []
    done = pretrain_here(project, tiny(key), ONE, Monitor(), lambda step, loss: losses.append((step, loss)))
    assert [step for step, _ in losses] == [1, 2, 3, 4]
    assert done.file == find(pretraining(key).weights)
    main = "rgb" if "rgb" in key else "xyz"
    config = MtfiConfig(
        "WithHallucinationFromFeature" if key.startswith("ftoi") else "WithHallucination",
        main,
        use_hrnet=key.startswith("itof") or None,
        features="descriptors",
        distil="library",
        f_coreset=0.01,
        background_radius=0.1,
    )
    assert config.weights_to_inspect == (pretraining(key).weights,)
    model = train_class(project, "flange", "mtfi", config, ONE, Monitor())
    summary = inspect_class(project, model, unscored(project, model), ONE, Monitor())
    assert (summary.judged, summary.failed) == (2, ())


def test_the_shape_expert_learns_from_all_classes_at_once_and_is_listed(project: Project) -> None:
    losses: list[float] = []
    done = pretrain_here(project, tiny("sdf"), ONE, Monitor(), lambda step, loss: losses.append(loss))
    assert len(losses) >= 2
    status = next(row for row in listing() if row.file.key == "sdf_expert")
    assert status.state is WeightState.UNKNOWN_HASH
    assert status.path == done.file
    (version,) = trained_versions("sdf_expert")
    assert version.told["classes"] == ["flange", "cap"]
    assert version.told["parts"] == 2
    assert "optimizer" not in torch.load(done.file, weights_only=True)


def test_a_second_training_is_a_new_version_and_the_first_can_be_used_again(project: Project) -> None:
    for seed in (1, 2):
        pretrain_here(project, tiny("ftof_hand_made", seed=seed), ONE, Monitor())
    second, first = trained_versions("mtfi_ftof_hand_made")
    assert (second.number, first.number) == (2, 1)
    assert (second.is_used, first.is_used) == (True, False)
    use_version("mtfi_ftof_hand_made", 1, Monitor())
    assert (second.is_used, first.is_used) == (False, True)
    assert find("mtfi_ftof_hand_made").read_bytes() == first.path.read_bytes()
    with pytest.raises(WeightsMissing):
        use_version("mtfi_ftof_hand_made", 3, Monitor())


def test_a_file_that_was_not_trained_here_goes_to_the_trash(project: Project, tmp_path: Path) -> None:
    stranger = write_stand_in("sdf_expert")
    content = stranger.read_bytes()
    pretrain_here(project, tiny("sdf"), ONE, Monitor())
    (thrown,) = trash_folder().rglob("sdf_expert.pth")
    assert thrown.read_bytes() == content


@pytest.mark.parametrize("at", [1, 3, 4])
def test_a_cancelled_training_goes_on_after_its_last_whole_epoch(project: Project, at: int) -> None:
    wish = tiny("ftof_hand_made", seed=7)
    whole = pretrain_here(project, wish, ONE, Monitor())
    expected = torch.load(whole.file, weights_only=True)["model"]
    monitor = Monitor()

    def stop(progress: Progress) -> None:
        if progress.stage == 2 and progress.done == at:
            monitor.cancel()

    monitor.report = stop
    with pytest.raises(Cancelled):
        pretrain_here(project, wish, ONE, monitor)
    assert unfinished_pretraining(project, wish).exists() == (at > 1)
    done = pretrain_here(project, wish, ONE, Monitor(), resume=True)
    found = torch.load(done.file, weights_only=True)["model"]
    assert all(torch.equal(value, expected[name]) for name, value in found.items())


def test_every_step_is_told_as_one_of_three_stages(project: Project) -> None:
    seen: list[Progress] = []
    pretrain_here(project, tiny("sdf"), ONE, Monitor(seen.append))
    assert {step.stages for step in seen} == {3}
    assert [step.stage for step in seen] == sorted(step.stage for step in seen)


def test_trainings_that_read_the_same_features_share_them(project: Project) -> None:
    pretrain_here(project, tiny("itof_xyz_hand_made"), ONE, Monitor())
    assert plan_pretraining(project, tiny("itof_xyz_hand_made")).disk_bytes == 0
    assert plan_pretraining(project, tiny("ftof_hand_made", batch_size=1)).parts == 4


@pytest.mark.parametrize(("key", "share"), [("ftof_hand_made", 0.1), ("itof_rgb_hand_made", 0.1)])
def test_the_disk_told_beforehand_is_what_the_features_take(project: Project, key: str, share: float) -> None:
    wish = replace(tiny(key), class_names=("cap",))
    shutil.rmtree(project.places.features, ignore_errors=True)
    told = plan_pretraining(project, wish).disk_bytes
    pretrain_here(project, wish, ONE, Monitor())
    taken = sum(path.stat().st_size for path in project.places.features.rglob("*.npy"))
    assert told == pytest.approx(taken, rel=share)


def test_without_weights_nothing_begins(project: Project) -> None:
    wish = tiny("ftof")
    with pytest.raises(WeightsMissing):
        pretrain_here(project, wish, ONE, Monitor())
    assert trained_versions("mtfi_ftof_xyz") == ()


def test_too_few_parts_for_a_batch_are_refused_and_the_older_network_stays(project: Project) -> None:
    pretrain_here(project, tiny("ftof_hand_made"), ONE, Monitor())
    before = find("mtfi_ftof_hand_made").read_bytes()
    with pytest.raises(DataError):
        pretrain_here(project, tiny("ftof_hand_made", batch_size=32), ONE, Monitor())
    assert find("mtfi_ftof_hand_made").read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("key", ["ftof", "ftoi_xyz", "ftoi_rgb", "itof_xyz", "itof_rgb"])
def test_the_published_families_train_with_stand_in_weights(project: Project, key: str) -> None:
    write_official_files("vit_base_patch8_224_dino", "point_mae")
    done = pretrain_here(project, tiny(key, epochs=1), ONE, Monitor())
    row = pretraining(key)
    assert done.file == find(row.weights)
    mine = torch.load(done.file, weights_only=True)["model"]
    for other in row.also:
        its = torch.load(find(other), weights_only=True)["model"]
        assert all(torch.equal(its[name], value) for name, value in mine.items())


def test_good_parts_that_lack_a_sensor_are_left_out_and_counted(folder: Path, tmp_path: Path) -> None:
    refs = check_folder(ImportWish(folder / "data"), Monitor()).found.refs
    first = next(ref for ref in refs if ref.split == "train")
    with closing(Project.create(tmp_path / "mixed")) as mixed:
        mixed.add_samples([replace(ref, rgb=None) if ref is first else ref for ref in refs], folder / "data")
        imagining, expert = tiny("ftof_hand_made"), tiny("sdf")
        plan = plan_pretraining(mixed, imagining)
        assert (plan.parts, plan.left_out) == (3, 1)
        assert plan_pretraining(mixed, expert).left_out == 0
        assert pretrain_here(mixed, imagining, ONE, Monitor()).losses


def test_so_many_parts_are_chosen_of_those_that_the_sensor_has_seen(folder: Path, tmp_path: Path) -> None:
    refs = check_folder(ImportWish(folder / "data"), Monitor()).found.refs
    good = [ref for ref in refs if ref.split == "train"]
    with closing(Project.create(tmp_path / "mixed")) as mixed:
        flat = [replace(ref, cloud=None) if ref in good[:-2] else ref for ref in refs]
        mixed.add_samples(flat, folder / "data")
        wish = replace(tiny("sdf"), parts=2)
        assert len(good) > 3
        assert {record.ref for record in parts_of(mixed, wish)} == set(good[-2:])
