"""Own folders without a rule: one folder of good parts, ok and ng, train and test - read by usual words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from core.datasets import clouds, images
from core.datasets.convention import NO_FIT, Convention, Fit, ScanOptions
from core.datasets.listing import walk
from core.datasets.placed import FileKind, Placed, is_label_word, join, label_of, split_of
from core.phrase import say
from core.sample import SampleRef

KEY = "plain_folder"
WITH_WORDS, WITHOUT_WORDS = 0.6, 0.4
ENOUGH_FILES = 20_000
"""So many are looked at to judge a folder: somebody may choose a whole drive."""
RGB_WORDS = {
    "rgb",
    "image",
    "images",
    "img",
    "color",
    "colour",
    "picture",
    "pictures",
    "图像",
    "图片",
    "彩色",
}
CLOUD_WORDS = {"xyz", "cloud", "clouds", "pointcloud", "point_cloud", "pcd", "ply", "3d", "points", "点云"}
MASK_WORDS = {"gt", "mask", "masks", "ground_truth", "groundtruth", "truth", "掩膜", "标注"}
ENDINGS = re.compile(r"(.+?)[_.-](rgb|image|img|color|colour|xyz|cloud|pcd|points|mask|gt)", re.IGNORECASE)
ONLY_CLOUDS = frozenset(clouds.SUFFIXES) - frozenset(images.SUFFIXES)
TIFFS = frozenset(clouds.SUFFIXES) & frozenset(images.SUFFIXES)
KNOWN = frozenset((*images.SUFFIXES, *clouds.SUFFIXES))


def fit(folder: Path) -> Fit:
    """Never certain: any folder of pictures or clouds fits, better where its folders bear usual words."""
    best = 0.0
    for path in islice(walk(folder), ENOUGH_FILES):
        if path.suffix.lower() not in KNOWN:
            continue
        names = path.relative_to(folder).parts[:-1]
        if any(split_of(name) or is_label_word(name) for name in names):
            return Fit(WITH_WORDS, say("Folder names tell good from defective parts."), (folder,))
        best = WITHOUT_WORDS
    return Fit(best, say("Pictures or clouds in folders of its own kind."), (folder,)) if best else NO_FIT


def scan(folder: Path, options: ScanOptions) -> list[SampleRef]:
    """All parts, by the rule if one is given; without a word for it, a part is a good one for training."""
    if options.rule is not None:
        return options.rule.scan(folder, KEY, options.metres_per_unit)
    found = [path for path in walk(folder) if path.suffix.lower() in KNOWN]
    return join(_placed(folder, found), KEY, options.metres_per_unit)


def _placed(root: Path, found: list[Path]) -> Iterator[Placed]:
    pictured = {(path.parent, path.stem) for path in found if path.suffix.lower() not in clouds.SUFFIXES}
    label_levels = {path.parent for path in _folders(root, found) if is_label_word(path.name)}
    trained = _names_below_train(root, found)
    for path in found:
        kind, name = _kind_and_id(path, pictured)
        class_name, split, label = root.name, None, None
        place = root
        for folder in path.relative_to(root).parts[:-1]:
            level, place = place, place / folder
            told = _kind_of(folder)
            if told:
                kind = told
            elif split_of(folder):
                split = split_of(folder)
            elif (
                is_label_word(folder) or level in label_levels or (split == "test" and folder not in trained)
            ):
                label = label_of(folder)
            else:
                class_name = folder
        yield Placed(path, kind, name, class_name, split, label)


def _kind_and_id(path: Path, pictured: set[tuple[Path, str]]) -> tuple[FileKind, str]:
    """What a file is by its own name; a TIFF beside a picture of the same name is its cloud."""
    suffix = path.suffix.lower()
    ending = ENDINGS.fullmatch(path.stem)
    if ending:
        return _kind_of(ending[2]) or "rgb", ending[1]
    if suffix in ONLY_CLOUDS or (suffix in TIFFS and (path.parent, path.stem) in pictured):
        return "cloud", path.stem
    return "rgb", path.stem


def _kind_of(word: str) -> FileKind | None:
    word = word.lower()
    if word in RGB_WORDS:
        return "rgb"
    if word in CLOUD_WORDS:
        return "cloud"
    return "mask" if word in MASK_WORDS else None


def _folders(root: Path, found: list[Path]) -> set[Path]:
    """Every folder between the root and a file."""
    folders: set[Path] = set()
    for path in found:
        for parent in path.parents:
            if parent == root or parent in folders:
                break
            folders.add(parent)
    return folders


def _names_below_train(root: Path, found: list[Path]) -> set[str]:
    """Names of folders directly inside a training folder: they can be classes, never defects."""
    return {
        folder.name
        for folder in _folders(root, found)
        if split_of(folder.parent.name) == "train" and folder.parent != root.parent
    }


CONVENTION = Convention(KEY, "Own folders", fit, scan)
