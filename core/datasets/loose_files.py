"""Parts from files named one by one: image and cloud are paired by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from core.datasets.listing import walk
from core.datasets.plain_folder import (
    CLOUD_WORDS,
    KEY,
    KNOWN,
    MASK_WORDS,
    ONLY_CLOUDS,
    RGB_WORDS,
    TIFFS,
)
from core.errors import DataError
from core.phrase import say
from core.sample import UNKNOWN, SampleRef

Key = tuple[Path, str]


def parts_of(paths: Sequence[Path], class_name: str, metres_per_unit: float) -> list[SampleRef]:
    """Parts of unknown truth, in the order of their names; raise DataError where there is none.

    Files belong together that have the same stem and lie in one folder, or in its folders for one sensor
    each (rgb, xyz and their like). A folder stands for all files below it but those in folders for masks.
    """
    files = sorted({path.absolute() for path in _all_files(paths)})
    pictures = {part_key(path) for path in files if path.suffix.lower() not in ONLY_CLOUDS | TIFFS}
    found: dict[Key, dict[str, Path]] = {}
    for path in files:
        found.setdefault(part_key(path), {})[sensor_of(path, pictures)] = path
    if not found:
        raise DataError(
            say("There are no pictures or clouds among the given files."),
            remedy=say("Name files that end in {suffixes}.", suffixes=", ".join(sorted(KNOWN))),
        )
    return [
        SampleRef(
            class_name,
            "test",
            UNKNOWN,
            name,
            rgb=found[key].get("rgb"),
            cloud=found[key].get("cloud"),
            layout=KEY,
            metres_per_unit=metres_per_unit,
        )
        for key, name in _names(found).items()
    ]


def _all_files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in walk(path) if is_of_a_part(file))
        elif path.is_file():
            yield path
        else:
            raise DataError(
                say("There is no file {path}.", path=path), remedy=say("Look at the spelling of its name.")
            )


def is_of_a_part(path: Path) -> bool:
    """A picture or cloud that lies in no folder for masks."""
    return path.suffix.lower() in KNOWN and path.parent.name.lower() not in MASK_WORDS


def part_key(path: Path) -> Key:
    """What the files of one part share: the folder that holds the part, and the stem."""
    folder = path.parent
    return (folder.parent if folder.name.lower() in RGB_WORDS | CLOUD_WORDS else folder), path.stem


def sensor_of(path: Path, pictures: set[Key]) -> str:
    """A TIFF beside a picture of the same name, or in a folder for clouds, is the cloud."""
    suffix, folder = path.suffix.lower(), path.parent.name.lower()
    is_cloud = suffix in ONLY_CLOUDS or (
        suffix in TIFFS and (folder in CLOUD_WORDS or part_key(path) in pictures)
    )
    return "cloud" if is_cloud else "rgb"


def _names(found: Iterable[Key]) -> dict[Key, str]:
    """The stem, or folder and stem where several parts share a stem."""
    keys = list(found)
    stems = [stem for _, stem in keys]
    return {
        (folder, stem): stem if stems.count(stem) == 1 else f"{folder.name}_{stem}" for folder, stem in keys
    }
