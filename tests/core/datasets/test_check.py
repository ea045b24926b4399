from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.datasets import layout
from core.datasets.check import CheckOptions, check
from core.datasets.convention import ScanOptions
from core.datasets.finding import Check, Finding
from core.monitor import Cancelled, Monitor, Progress
from tests.core.datasets.planted import (
    SIDE,
    cloud,
    defect,
    eyecandies,
    mvtec_2d,
    mvtec_3d,
    mvtec_ad2,
    part_3d,
    picture,
    save_cloud,
    save_picture,
)
from tests.core.datasets.test_reading import fingerprint

TRAINED = "bagel/train/good/003"
HOLE = "bagel/test/hole/000"


@pytest.fixture
def bagel(tmp_path: Path) -> Path:
    """One class without a fault, under a name with spaces and Chinese letters."""
    return mvtec_3d(tmp_path / "数据 集" / "bagel")


def found_in(folder: Path, unit: float = 1.0) -> Check:
    """What the check says about a folder."""
    return check(layout.scan(folder, options=ScanOptions(metres_per_unit=unit)), Monitor())


@pytest.mark.parametrize("write", [mvtec_3d, mvtec_2d, mvtec_ad2])
def test_a_data_set_without_faults_has_no_findings(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    assert found_in(write(tmp_path / "bagel")).findings == ()


def test_of_eyecandies_only_the_small_number_of_parts_is_told(tmp_path: Path) -> None:
    found = found_in(eyecandies(tmp_path / "Confetto"))
    assert [finding.kind for finding in found.findings] == ["few_good_parts"]


@dataclass(frozen=True)
class Fault:
    """A fault to plant in a class, and what the check must say about it."""

    kind: str
    plant: Callable[[Path], object]
    sample: str = TRAINED
    severity: str = "error"
    choice: str = "skip"


def _rgb(folder: Path) -> Path:
    return folder / "train" / "good" / "rgb" / "003.png"


def _xyz(folder: Path) -> Path:
    return folder / "train" / "good" / "xyz" / "003.tiff"


def _truth(folder: Path) -> Path:
    return folder / "test" / "hole" / "gt" / "000.png"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:300])


def _lose_points(path: Path, rows: int) -> None:
    points = cloud(3)
    points[:rows] = np.nan
    save_cloud(path, points)


def _save_anew(source: Path, target: Path) -> None:
    """The same pixels in a file of other bytes."""
    Image.open(source).save(target, compress_level=0)


FAULTS = {
    "no image": Fault("partner_missing", lambda at: _rgb(at).unlink(), severity="warning"),
    "no cloud": Fault("partner_missing", lambda at: _xyz(at).unlink(), severity="warning"),
    "no mask": Fault(
        "partner_missing",
        lambda at: (part_3d(at / "test" / "hole", "001", 210), None),
        "bagel/test/hole/001",
        "warning",
        "keep",
    ),
    "mask alone": Fault(
        "partner_missing",
        lambda at: save_picture(at / "test" / "hole" / "gt" / "009.png", defect()),
        "bagel/test/hole/009",
    ),
    "cloud smaller": Fault("sizes_differ", lambda at: save_cloud(_xyz(at), cloud(3, 20))),
    "mask larger": Fault("sizes_differ", lambda at: save_picture(_truth(at), defect(30)), HOLE),
    "image cut off": Fault("unreadable", lambda at: _cut(_rgb(at))),
    "cloud cut off": Fault("unreadable", lambda at: _cut(_xyz(at))),
    "mask cut off": Fault(
        "unreadable", lambda at: _truth(at).write_bytes(_truth(at).read_bytes()[:60]), HOLE
    ),
    "image empty": Fault("unreadable", lambda at: _rgb(at).write_bytes(b"")),
    "text as image": Fault("wrong_type", lambda at: _rgb(at).write_text("hello")),
    "picture as cloud": Fault("wrong_type", lambda at: save_picture(_xyz(at), picture(3))),
    "depth as cloud": Fault("wrong_type", lambda at: save_cloud(_xyz(at), cloud(3)[..., 2])),
    "document as image": Fault("wrong_type", lambda at: _rgb(at).rename(_rgb(at).with_suffix(".docx"))),
    "one pixel": Fault("too_small", lambda at: save_picture(_rgb(at), picture(3, 1))),
    "giant": Fault("too_large", lambda at: Image.new("1", (30_000, 9_000)).save(_rgb(at))),
    "points lost": Fault(
        "many_points_missing", lambda at: _lose_points(_xyz(at), 20), severity="warning", choice="keep"
    ),
    "all points zero": Fault("cloud_empty", lambda at: save_cloud(_xyz(at), 0 * cloud(3))),
    "all points nan": Fault("cloud_empty", lambda at: _lose_points(_xyz(at), SIDE)),
    "same twice": Fault(
        "same_picture_twice",
        lambda at: _save_anew(_rgb(at).with_name("001.png"), _rgb(at)),
        severity="warning",
    ),
    "train in test": Fault(
        "train_part_in_test",
        lambda at: _save_anew(_rgb(at), at / "test" / "good" / "rgb" / "000.png"),
        "bagel/test/good/000",
        "warning",
        "leave_out",
    ),
    "grey truth": Fault(
        "truth_not_binary",
        lambda at: save_picture(
            _truth(at), np.arange(SIDE**2, dtype=np.uint16).astype(np.uint8).reshape(SIDE, SIDE)
        ),
        HOLE,
        "warning",
        "keep",
    ),
    "empty truth": Fault(
        "truth_empty_for_defect", lambda at: save_picture(_truth(at), 0 * defect()), HOLE, "warning", "keep"
    ),
    "truth of a good part": Fault(
        "truth_not_empty_for_good",
        lambda at: save_picture(at / "test" / "good" / "gt" / "000.png", defect()),
        "bagel/test/good/000",
        "warning",
        "keep",
    ),
    "one part in millimetres": Fault(
        "unit_improbable", lambda at: save_cloud(_xyz(at), cloud(3) * 1000), severity="warning", choice="keep"
    ),
    "few parts": Fault(
        "few_good_parts", lambda at: (_rgb(at).unlink(), _xyz(at).unlink()), "", "warning", "keep"
    ),
    "no good part": Fault("few_good_parts", lambda at: shutil.rmtree(at / "train"), "", "error", "keep"),
    "another size": Fault(
        "mixed_sizes",
        lambda at: (save_picture(_rgb(at), picture(3, 30)), save_cloud(_xyz(at), cloud(3, 30))),
        severity="warning",
        choice="keep",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_every_planted_fault_is_found_and_nothing_else(bagel: Path, fault: Fault) -> None:
    fault.plant(bagel)
    found = found_in(bagel)
    assert [finding.kind for finding in found.findings] == [fault.kind]
    finding = found.findings[0]
    assert (finding.sample, finding.severity, finding.choices[0]) == (
        fault.sample,
        fault.severity,
        fault.choice,
    )
    assert (finding.sample or "bagel") in finding.message
    assert finding.remedy


def test_a_cloud_in_the_wrong_unit_is_told_once_a_class(bagel: Path) -> None:
    found = found_in(bagel, unit=0.001)
    assert [(finding.kind, finding.class_name, finding.sample) for finding in found.findings] == [
        ("unit_improbable", "bagel", "")
    ]
    assert "0.1 mm" in found.findings[0].message


def test_lists_of_points_without_a_raster_are_found(tmp_path: Path) -> None:
    for index in range(8):
        save_picture(tmp_path / "nut" / f"{index}.png", picture(index))
        np.save(tmp_path / "nut" / f"{index}.npy", cloud(index).reshape(-1, 3)[: 500 if index == 3 else None])
    found = found_in(tmp_path / "nut")
    assert [(finding.kind, finding.sample) for finding in found.findings] == [
        ("no_raster", "nut/train/good/3")
    ]


def test_a_long_path_is_found_and_the_part_still_read(tmp_path: Path) -> None:
    deep = tmp_path / ("长" * 60) / ("b" * 100) / ("c" * 100)
    found = found_in(mvtec_3d(deep / "bagel"))
    assert {finding.kind for finding in found.findings} == {"path_too_long"}
    assert found.ready == found.samples


def test_a_disk_too_small_for_the_cache_is_told(
    bagel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=1000))
    cache = tmp_path / "not yet made" / "cache"
    found = check(layout.scan(bagel), Monitor(), CheckOptions(cache_folder=cache))
    assert [(finding.kind, finding.severity) for finding in found.findings] == [("disk_too_small", "error")]
    assert str(cache) in found.findings[0].message
    assert not cache.exists()


def test_a_disk_with_room_is_not_mentioned(bagel: Path, tmp_path: Path) -> None:
    assert check(layout.scan(bagel), Monitor(), CheckOptions(cache_folder=tmp_path)).findings == ()


def test_several_faults_are_told_together_errors_first(bagel: Path) -> None:
    _rgb(bagel).write_bytes(b"")
    _cut(_xyz(bagel))
    save_picture(_truth(bagel), 0 * defect())
    found = found_in(bagel)
    assert [finding.kind for finding in found.findings] == [
        "unreadable",
        "unreadable",
        "truth_empty_for_defect",
    ]
    assert (found.samples, found.ready) == (11, 10)
    assert TRAINED not in [ref.name for ref in found.kept(layout.scan(bagel))]


def test_blank_pictures_are_no_copies_of_each_other(tmp_path: Path) -> None:
    for index in range(8):
        save_picture(tmp_path / "nut" / f"{index}.png", np.full((SIDE, SIDE, 3), 7, np.uint8))
    assert found_in(tmp_path / "nut").findings == ()


def test_the_report_survives_json(bagel: Path) -> None:
    _cut(_rgb(bagel))
    report = found_in(bagel).as_dict()
    assert json.loads(json.dumps(report)) == report
    assert report["errors"] == 1
    assert report["kinds"] == {"unreadable": 1}


def test_the_same_data_give_the_same_report_with_one_reader_or_many(bagel: Path) -> None:
    for plant in ("grey truth", "same twice", "cloud cut off", "train in test"):
        FAULTS[plant].plant(bagel)
    refs = layout.scan(bagel)
    one, many = (check(refs, Monitor(), CheckOptions(workers=workers)) for workers in (1, 4))
    assert one == many
    assert len(one.findings) == 4


def test_a_cancelled_check_stops_at_the_next_part_and_leaves_no_thread(bagel: Path) -> None:
    seen: list[Progress] = []
    monitor = Monitor(report=seen.append)

    def cancel_at_the_third(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 3:
            monitor.cancel()

    monitor.report = cancel_at_the_third
    with pytest.raises(Cancelled):
        check(layout.scan(bagel), monitor)
    assert [progress.done for progress in seen] == [0, 1, 2, 3]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("check")]


def test_progress_names_the_part_and_reaches_the_end(bagel: Path) -> None:
    seen: list[Progress] = []
    check(layout.scan(bagel), Monitor(report=seen.append))
    assert (seen[-1].done, seen[-1].total) == (11, 11)
    assert "bagel/train/good/000" in seen[0].text


def test_scan_and_check_leave_the_source_as_it_was(bagel: Path) -> None:
    for plant in ("grey truth", "same twice", "image cut off"):
        FAULTS[plant].plant(bagel)
    before = fingerprint(bagel)
    found_in(bagel)
    assert fingerprint(bagel) == before


def test_a_source_that_may_only_be_read_is_enough(bagel: Path) -> None:
    folders = [bagel, *(path for path in bagel.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert found_in(bagel).findings == ()
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_class_of_one_part_is_checked(tmp_path: Path) -> None:
    part_3d(tmp_path / "bagel" / "train" / "good", "000", 1)
    found = found_in(tmp_path / "bagel")
    assert [(finding.kind, finding.severity) for finding in found.findings] == [("few_good_parts", "warning")]


def test_nothing_to_check_is_no_fault() -> None:
    assert check([], Monitor()) == Check((), 0)


def test_a_finding_without_a_sample_drops_nothing(bagel: Path) -> None:
    shutil.rmtree(bagel / "train")
    found = found_in(bagel)
    assert found.dropped == frozenset()
    assert isinstance(found.findings[0], Finding)


def test_a_part_that_cannot_be_used_pushes_no_other_part_out_as_its_copy(bagel: Path) -> None:
    tested = bagel / "test" / "good" / "rgb" / "000.png"
    _save_anew(tested, _rgb(bagel))
    _cut(_xyz(bagel))

    dropped = found_in(bagel).dropped
    assert TRAINED in dropped
    assert "bagel/test/good/000" not in dropped
