"""Window and worker use the same database at the same time."""

from __future__ import annotations

import threading

from core.project.project import Project


def test_two_threads_may_write_at_the_same_time(project: Project) -> None:
    def write(name: str) -> None:
        for index in range(20):
            project.set_value(f"{name} {index}", {"index": index})

    threads = [threading.Thread(target=write, args=(name,)) for name in ("window", "worker")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [project.value(f"worker {index}")["index"] for index in range(20)] == list(range(20))
    assert [project.value(f"window {index}")["index"] for index in range(20)] == list(range(20))
