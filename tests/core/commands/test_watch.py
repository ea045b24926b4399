"""`inspector watch` on a trained project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.commands.entry import main
from tests.core.tasks.small_data import write_picture


@pytest.fixture
def came(tmp_path: Path) -> Path:
    folder = tmp_path / "scanner 输出"
    write_picture(folder / "calm.png", 900)
    write_picture(folder / "spotted.png", 901, spot=100)
    return folder


def _watch(trained: Path, came: Path, out: Path, *more: str) -> int:
    words = ["watch", str(came), "--project", str(trained), "--class", "bagel", "--out", str(out), "--json"]
    return main([*words, "--until-idle", "--partner-wait", "0.1", *more])


@pytest.mark.slow
def test_every_part_gets_a_verdict_and_a_second_run_finds_nothing_new(trained, came, tmp_path, lines):
    assert _watch(trained, came, tmp_path / "out") == 0
    told = {
        line["sample"].rpartition("/")[2]: line["verdict"] for line in lines("result") if "sample" in line
    }
    assert told == {"calm": "ok", "spotted": "ng"}
    assert _watch(trained, came, tmp_path / "out") == 0
    assert not [line for line in lines("result") if "sample" in line]
    (day,) = [path for path in (tmp_path / "out").iterdir() if path.is_dir()]
    stored = [json.loads(row) for row in (day / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["verdict"]: len(row["regions"]) for row in stored} == {"ok": 0, "ng": 1}


def test_an_ng_part_sets_the_exit_code_where_asked(trained, came, tmp_path):
    assert _watch(trained, came, tmp_path / "out", "--fail-on-ng", "--quiet") == 1


def test_results_inside_the_watched_folder_are_refused(trained, came, capsys):
    assert _watch(trained, came, came / "out") == 2


def test_a_folder_that_does_not_exist_is_refused(trained, tmp_path):
    assert _watch(trained, tmp_path / "nowhere", tmp_path / "out") == 3
