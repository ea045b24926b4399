"""The downloader against a server of our own that breaks off, lies and refuses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.backbones.download import announced_size, download, unfinished
from core.backbones.weights import WeightFile, weights_folder
from core.errors import InspectionError, WeightsMissing
from core.monitor import Cancelled, Monitor, Progress
from tests.local_server import CONTENT, Server, serving

DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def base(server: Server) -> str:
    return server.address


def row(name: str) -> WeightFile:
    return WeightFile("any", "Any network", ("btf",), (name,), "any", "its publisher")


def test_a_file_without_a_published_hash_arrives_unverified(base: str) -> None:
    found = download(row("net.pth"), Monitor(), base)
    assert found.path.read_bytes() == CONTENT
    assert not found.is_verified


def test_a_hash_in_the_name_is_checked(base: str) -> None:
    assert download(row(f"net-{DIGEST[:8]}.pth"), Monitor(), base).is_verified


def test_a_hash_in_the_servers_answer_is_checked(base: str, server: Server) -> None:
    server.etag = DIGEST
    assert download(row("net.safetensors"), Monitor(), base).is_verified


def test_a_broken_off_file_goes_on_where_it_stopped(base: str, server: Server) -> None:
    server.breaks_after = 300_000
    with pytest.raises(WeightsMissing, match="What has arrived is kept"):
        download(row("net.pth"), Monitor(), base)
    assert not (weights_folder() / "net.pth").exists()
    assert download(row("net.pth"), Monitor(), base).path.read_bytes() == CONTENT
    assert server.ranges == ["", "bytes=300000-"]


def test_wrong_bytes_are_thrown_away(base: str, server: Server) -> None:
    server.content = CONTENT[::-1]
    with pytest.raises(WeightsMissing, match="other bytes"):
        download(row(f"net-{DIGEST[:8]}.pth"), Monitor(), base)
    assert list(weights_folder().iterdir()) == []


def test_a_missing_address_is_said_with_what_to_fetch_where(base: str) -> None:
    with pytest.raises(WeightsMissing, match=r"404.*put nowhere\.pth \(from its publisher\) into"):
        download(row("nowhere.pth"), Monitor(), base)


def test_without_network_the_sentence_names_file_and_folder() -> None:
    with pytest.raises(WeightsMissing, match=r"put net\.pth"):
        download(row("net.pth"), Monitor(), "http://127.0.0.1:9")


def test_weights_without_an_address_are_to_be_fetched_by_hand() -> None:
    with pytest.raises(WeightsMissing, match="no public direct address"):
        download(row("net.pth"), Monitor())


def test_a_cancelled_download_can_go_on_later(base: str, server: Server) -> None:
    monitor = Monitor()

    def stop_half_way(progress: Progress) -> None:
        if progress.done > progress.total // 2:
            monitor.cancel()

    monitor.report = stop_half_way
    with pytest.raises(Cancelled):
        download(row("net.pth"), monitor, base)
    assert download(row("net.pth"), Monitor(), base).path.read_bytes() == CONTENT
    assert server.ranges[1].startswith("bytes=")


def test_a_full_disk_is_said_before_anything_is_written(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path) -> object:
        return type("Usage", (), {"free": 10})()

    monkeypatch.setattr("core.backbones.download.shutil.disk_usage", full)
    with pytest.raises(InspectionError, match="disk, which is full"):
        download(row("net.pth"), Monitor(), base)


def test_the_size_is_told_before_anything_is_fetched(base: str, server: Server) -> None:
    assert announced_size(row("net.pth"), base) == len(CONTENT)
    assert server.ranges == []
    assert not weights_folder().exists()


def test_a_server_that_does_not_tell_sizes_is_no_fault(base: str, server: Server) -> None:
    server.tells_sizes = False
    assert announced_size(row("net.pth"), base) is None


def test_a_size_asked_without_network_names_file_and_folder() -> None:
    with pytest.raises(WeightsMissing, match=r"put net\.pth"):
        announced_size(row("net.pth"), "http://127.0.0.1:9")


def test_what_has_arrived_of_a_broken_off_file_can_be_looked_at(base: str, server: Server) -> None:
    server.breaks_after = 300_000
    with pytest.raises(WeightsMissing):
        download(row("net.pth"), Monitor(), base)
    assert unfinished(row("net.pth")).stat().st_size == 300_000
