"""A bundle tells what is needed, and nobody's name."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from core.fault_bundle import write_bundle
from core.settings import Settings


@pytest.mark.parametrize("with_names", [False, True])
def test_names_of_people_and_folders_are_only_in_it_when_wished(tmp_path: Path, with_names: bool) -> None:
    path = tmp_path / "bundle.zip"
    settings = Settings(operator="Li Wei", recent=("/data/line4",), threads=3)
    lines = [f"read {Path.home()}/parts/1.png"]
    write_bundle(path, "It failed.", lines, settings, with_names)
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"report.txt", "log.txt", "versions.json", "settings.json"}
        stored = json.loads(archive.read("settings.json"))
        log = archive.read("log.txt").decode()
        assert "numpy" in json.loads(archive.read("versions.json"))
    assert stored["threads"] == 3
    assert ("operator" in stored) is with_names
    assert (str(Path.home()) in log) is with_names
