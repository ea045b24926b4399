"""Every method from training to export, on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.commands.entry import main
from core.errors import ExitCode
from core.tasks.smoke import STEPS
from tests.core.commands.conftest import Lines


def test_a_method_without_weights_passes_every_step(lines: Lines) -> None:
    assert main(["smoke", "--method", "quick_look", "--json", "--device", "cpu"]) == 0
    (found,) = lines("result")
    assert found["steps"] == dict.fromkeys(STEPS, "ok")
    assert 0 <= found["image_auroc"] <= 1


@pytest.mark.slow
@pytest.mark.parametrize("method", ["btf", "reverse_distillation"])
def test_what_is_exported_agrees_and_made_up_weights_stay_in_their_own_folder(
    method: str, tmp_path: Path, home: Path, lines: Lines
) -> None:
    words = ["smoke", "--method", method, "--out", str(tmp_path / "kept"), "--json", "--device", "cpu"]
    assert main(words) == 0
    (found,) = lines("result")
    assert set(found["steps"].values()) == {"ok"}
    assert found["difference"] < 1e-4
    assert not (home / "weights").exists()
    assert (tmp_path / "kept" / "exports" / method / "inspect.pyz").is_file()


def test_a_folder_that_is_there_and_an_unknown_method_are_refused(tmp_path: Path) -> None:
    assert main(["smoke", "--out", str(tmp_path), "--quiet"]) == ExitCode.WRONG_USE
    assert main(["smoke", "--method", "magic", "--quiet"]) == ExitCode.WRONG_USE
