"""Texts are appended to all files, or to none."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.live.append import append_texts


def test_texts_are_appended(tmp_path: Path) -> None:
    append_texts([(tmp_path / "new" / "a", "1\n"), (tmp_path / "b", "2\n")])
    append_texts([(tmp_path / "new" / "a", "3\n")])
    assert (tmp_path / "new" / "a").read_text(encoding="utf-8") == "1\n3\n"


def test_what_was_written_is_cut_back_when_a_later_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before\n", encoding="utf-8")
    (tmp_path / "b").mkdir()
    with pytest.raises(OSError, match="directory"):
        append_texts([(tmp_path / "a", "half\n"), (tmp_path / "b", "x\n")])
    assert (tmp_path / "a").read_text(encoding="utf-8") == "before\n"
