"""The weights library: where files are looked for and what is known of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from core.backbones import weight_checks
from core.backbones.weight_checks import WeightState, fingerprint, listing, verify
from core.backbones.weights import WEIGHTS, find, weight_file, weights_folder
from core.backbones.wide_resnet import wide_resnet
from core.errors import WeightsMissing, WrongUse
from core.monitor import Cancelled, Monitor

KEY = "wide_resnet50_2_tv"


def state_of(key: str) -> weight_checks.WeightStatus:
    return next(status for status in listing() if status.file.key == key)


def put(name: str, content: bytes) -> Path:
    weights_folder().mkdir(parents=True, exist_ok=True)
    path = weights_folder() / name
    path.write_bytes(content)
    return path


def test_every_row_has_a_key_of_its_own_and_a_name() -> None:
    assert len({row.key for row in WEIGHTS}) == len(WEIGHTS)
    assert all(row.names and row.origin and row.methods for row in WEIGHTS)


def test_an_unknown_key_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="no weights called"):
        weight_file("vgg")


def test_missing_weights_are_told_with_name_origin_and_place() -> None:
    with pytest.raises(WeightsMissing) as caught:
        find(KEY)
    for word in ("wide_resnet50_2-95faca4d.pth", "torchvision", str(weights_folder())):
        assert word in caught.value.remedy
    assert state_of(KEY).state is WeightState.MISSING


@pytest.mark.parametrize("name", weight_file(KEY).accepted_names)
def test_a_file_is_found_by_its_published_name_or_its_key(name: str) -> None:
    assert find_after(put(name, b"x")).name == name


def find_after(path: Path) -> Path:
    assert path.is_file()
    return find(KEY)


def test_a_file_nobody_checked_has_an_unknown_hash() -> None:
    put("wide_resnet50_2-95faca4d.pth", b"x")
    assert state_of(KEY).state is WeightState.UNKNOWN_HASH


def test_a_damaged_file_is_wrong_and_says_why() -> None:
    put("wide_resnet50_2-95faca4d.pth", b"x")
    status = verify(KEY, Monitor())
    assert status.state is WeightState.WRONG
    assert status.fault


def test_a_file_that_changed_has_to_be_checked_again() -> None:
    put(f"{KEY}.pth", b"x")
    verify(KEY, Monitor())
    put(f"{KEY}.pth", b"longer")
    assert state_of(KEY).state is WeightState.UNKNOWN_HASH


def test_a_fingerprint_follows_the_content() -> None:
    put(f"{KEY}.pth", b"x")
    first = fingerprint(KEY, Monitor())
    assert first == fingerprint(KEY, Monitor())
    put(f"{KEY}.pth", b"other")
    assert fingerprint(KEY, Monitor()) != first


def test_content_that_does_not_match_the_hash_in_the_name_is_wrong() -> None:
    put("wide_resnet50_2-95faca4d.pth", b"x")
    fingerprint(KEY, Monitor())
    assert state_of(KEY).state is WeightState.WRONG
    assert "95faca4d" in state_of(KEY).fault


def test_content_that_matches_the_hash_in_the_name_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib
    from dataclasses import replace

    named = f"net-{hashlib.sha256(b'x').hexdigest()[:8]}.pth"
    row = replace(weight_file(KEY), names=(named,), opener="")
    monkeypatch.setattr("core.backbones.weights.WEIGHTS", (row,))
    monkeypatch.setattr(weight_checks, "WEIGHTS", (row,))
    put(named, b"x")
    assert verify(KEY, Monitor()).state is WeightState.VERIFIED


def test_a_cancelled_check_leaves_no_record() -> None:
    put(f"{KEY}.pth", b"x")
    monitor = Monitor()
    monitor.cancel()
    with pytest.raises(Cancelled):
        verify(KEY, monitor)
    assert state_of(KEY).sha256 == ""


def test_a_broken_record_is_as_none() -> None:
    put(f"{KEY}.pth", b"x")
    put("checked.json", b"[not json")
    assert state_of(KEY).state is WeightState.UNKNOWN_HASH


@pytest.mark.slow
def test_a_file_of_the_right_form_fits_and_one_of_a_narrower_network_does_not() -> None:
    state = wide_resnet().state_dict()
    weights_folder().mkdir(parents=True)
    torch.save(state, weights_folder() / f"{KEY}.pth")
    assert verify(KEY, Monitor()).state is WeightState.UNKNOWN_HASH
    state["layer1.0.conv1.weight"] = state["layer1.0.conv1.weight"][:64].clone()
    torch.save(state, weights_folder() / f"{KEY}.pth")
    status = verify(KEY, Monitor())
    assert status.state is WeightState.WRONG
    assert "layer1.0.conv1.weight (64 × 64 × 1 × 1 instead of 128 × 64 × 1 × 1)" in status.fault


def test_listing_the_library_loads_nothing_heavy() -> None:
    code = (
        "import sys; from core.backbones.weight_checks import listing; listing();"
        "sys.exit(bool({'torch', 'timm'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("layers", "channels"), [(("layer2", "layer3"), [512, 1024]), (("layer1", "layer2"), [256, 512])]
)
def test_the_network_gives_the_layers_that_are_asked_for(
    layers: tuple[str, ...], channels: list[int]
) -> None:
    with torch.inference_mode():
        outputs = wide_resnet(layers)(torch.zeros(1, 3, 64, 64))
    assert [output.shape[1] for output in outputs] == channels
