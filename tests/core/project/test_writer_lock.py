"""Whoever writes is named in the lock; the dead do not hold it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from core.project.writer_lock import claim, release


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "project.lock"


def test_the_first_claim_wins_and_the_second_learns_who_it_was(lock: Path) -> None:
    assert claim(lock).state == "taken"

    second = claim(lock)

    assert second.state == "held by another"
    assert second.holder is not None
    assert (second.holder.pid, second.holder.host) == (os.getpid(), socket.gethostname())


def test_a_released_lock_can_be_taken_again(lock: Path) -> None:
    claim(lock)
    release(lock)

    assert claim(lock).state == "taken"


def test_the_lock_of_a_dead_process_is_taken_over(lock: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    lock.write_text(json.dumps({"pid": gone.pid, "host": socket.gethostname(), "born": "1"}))

    assert claim(lock).state == "taken after a crash"


def test_a_number_given_to_a_later_process_does_not_keep_the_lock(lock: Path) -> None:
    lock.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "born": "1"}))

    assert claim(lock).state == "taken after a crash"


def test_a_lock_of_another_machine_is_respected(lock: Path) -> None:
    lock.write_text(json.dumps({"pid": 1, "host": "another machine", "born": ""}))

    assert claim(lock).state == "held by another"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}'])
def test_an_unreadable_lock_is_that_of_a_crash(lock: Path, text: str) -> None:
    lock.write_text(text)

    assert claim(lock).state == "taken after a crash"


def test_a_lock_that_has_become_somebody_elses_is_not_removed(lock: Path) -> None:
    claim(lock)
    theirs = json.dumps({"pid": 1, "host": "another machine", "born": ""})
    lock.write_text(theirs)

    release(lock)

    assert lock.read_text() == theirs
