"""Parts that appear in a watched folder: complete files only, image and cloud together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.sample import UNKNOWN, SampleRef, Sensor

Key = tuple[Path, str]
Grouping = Callable[[Sequence[Path]], dict[Key, dict[Sensor, Path]]]
"""Groups files into parts by name, each file under its sensor."""


@dataclass(frozen=True)
class ArrivalRule:
    """A file is whole when it has not changed for `settle_s`; its partner is waited for `partner_s`.

    `needed` are the sensors that a part is judged by. `judge_alone` says whether a part that stayed without
    partner is judged with what it has, or marked incomplete.
    """

    needed: frozenset[Sensor]
    settle_s: float = 0.5
    partner_s: float = 5.0
    judge_alone: bool = False


@dataclass(frozen=True)
class Arrival:
    """A part that came, and whether a needed sensor stayed away.

    `deciding` are the files that it is judged by: others may come later without making it another part.
    """

    name: str
    files: tuple[tuple[Sensor, Path], ...]
    deciding: tuple[Path, ...]
    is_incomplete: bool = False

    def ref(self, class_name: str, layout: str, metres_per_unit: float) -> SampleRef:
        """Where its files are, for a reader."""
        found = dict(self.files)
        return SampleRef(
            class_name,
            "test",
            UNKNOWN,
            self.name,
            rgb=found.get("rgb"),
            cloud=found.get("xyz"),
            layout=layout,
            metres_per_unit=metres_per_unit,
        )


@dataclass
class _Seen:
    """A file as it was last found, and since when."""

    size: int
    changed: int
    since: float


@dataclass
class Arrivals:
    """Looks at a folder again and again; each state of a part's files is given out once."""

    folder: Path
    rule: ArrivalRule
    group: Grouping
    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _given: dict[Key, frozenset[tuple[Path, int, int]]] = field(default_factory=dict)

    def look(self, now: float) -> list[Arrival]:
        """What has become complete since the last look, oldest first; raise OSError without the folder."""
        files = self._update(now)
        found = []
        for key, sensors in self.group(files).items():
            deciding = self._deciding(sensors)
            state = frozenset((path, self._seen[path].size, self._seen[path].changed) for path in deciding)
            if self._given.get(key) == state or not self._is_settled(deciding, now):
                continue
            is_missing = bool(self.rule.needed - sensors.keys())
            if is_missing and now - max(self._seen[path].since for path in deciding) < self.rule.partner_s:
                continue
            self._given[key] = state
            came = max(self._seen[path].changed for path in deciding)
            is_incomplete = is_missing and not self.rule.judge_alone
            arrival = Arrival(key[1], tuple(sorted(sensors.items())), deciding, is_incomplete)
            found.append((came, key, arrival))
        return [arrival for _, _, arrival in sorted(found, key=lambda entry: (entry[0], str(entry[1])))]

    def _update(self, now: float) -> list[Path]:
        """Look at every file; one that vanished while it was looked at comes next time, or never."""
        present: dict[Path, _Seen] = {}
        for path in _files_below(self.folder):
            try:
                told = path.stat()
            except OSError:
                continue
            before = self._seen.get(path)
            if before is not None and (before.size, before.changed) == (told.st_size, told.st_mtime_ns):
                present[path] = before
            else:
                present[path] = _Seen(told.st_size, told.st_mtime_ns, now)
        self._seen = present
        return sorted(present)

    def _deciding(self, sensors: dict[Sensor, Path]) -> tuple[Path, ...]:
        wanted = {name: path for name, path in sensors.items() if name in self.rule.needed} or sensors
        return tuple(path for _, path in sorted(wanted.items()))

    def _is_settled(self, paths: Sequence[Path], now: float) -> bool:
        files = [self._seen[path] for path in paths]
        return all(file.size > 0 and now - file.since >= self.rule.settle_s for file in files)


def _files_below(folder: Path) -> Iterator[Path]:
    """All files in the folder and its subfolders; raise OSError where the folder itself is not there."""
    for entry in sorted(folder.iterdir()):
        try:
            if entry.is_dir():
                yield from _files_below(entry)
            elif not entry.name.startswith("."):
                yield entry
        except OSError:
            continue
