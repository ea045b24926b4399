"""Files that have found their place - class, split, label, id - joined to parts by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.sample import GOOD, UNKNOWN, SampleRef, Split

FileKind = Literal["rgb", "cloud", "mask"]
Key = tuple[str, Split, str, str]
"""Class, split, label, id."""
SPLIT_WORDS: dict[str, Split] = {
    "train": "train", "training": "train", "训练": "train", "训练集": "train",
    "val": "validation", "valid": "validation", "validation": "validation", "验证": "validation",
    "验证集": "validation", "test": "test", "testing": "test", "测试": "test", "测试集": "test",
}  # fmt: skip
ORDER: tuple[Split, ...] = ("train", "validation", "test")
GOOD_WORDS = {"good", "ok", "normal", "pass", "io", "合格", "良品", "正常"}
BAD_WORDS = {
    "bad", "ng", "defect", "defects", "defective", "anomaly", "anomalous", "fail", "nok", "nio", "不合格",
    "不良", "缺陷", "异常",
}  # fmt: skip
UNKNOWN_WORDS = {"unknown", "unlabelled", "unlabeled", "private", "未知"}


@dataclass(frozen=True)
class Placed:
    """One file and what its path says; None where it says nothing."""

    path: Path
    kind: FileKind
    id: str
    class_name: str
    split: Split | None = None
    label: str | None = None


def split_of(word: str) -> Split | None:
    """The split that a folder name means, if it means one."""
    return SPLIT_WORDS.get(word.lower())


def label_of(word: str) -> str:
    """The label that a folder name means: words for good and unknown are told apart, others are defects."""
    if word.lower() in GOOD_WORDS:
        return GOOD
    return UNKNOWN if word.lower() in UNKNOWN_WORDS else word


def is_label_word(word: str) -> bool:
    """Whether a folder name is one of the usual words for good, defective or unknown parts."""
    return word.lower() in GOOD_WORDS | BAD_WORDS | UNKNOWN_WORDS


def join(placed: Iterable[Placed], layout: str, metres_per_unit: float) -> list[SampleRef]:
    """Parts in the order class, split, label, id; files of one part share all four.

    A file without a label is a good part while it is for training, or where no split is named either; else
    its label is unknown. A mask may tell less than its image: it goes to the one part that agrees.
    """
    files = list(placed)
    parts: dict[Key, dict[FileKind, Path]] = {}
    for file in files:
        if file.kind != "mask":
            _put(parts, _key(file), file)
    known: dict[tuple[str, str], list[Key]] = {}
    for key in parts:
        known.setdefault((key[0], key[3]), []).append(key)
    for file in files:
        if file.kind == "mask":
            _put(parts, _key_of_mask(file, known.get((file.class_name, file.id), [])), file)
    return [
        SampleRef(
            *key,
            rgb=parts[key].get("rgb"),
            cloud=parts[key].get("cloud"),
            mask=parts[key].get("mask"),
            layout=layout,
            metres_per_unit=metres_per_unit,
        )
        for key in sorted(parts, key=lambda key: (key[0], ORDER.index(key[1]), key[2:]))
    ]


def _put(parts: dict[Key, dict[FileKind, Path]], key: Key, file: Placed) -> None:
    """A second file of the same kind and key becomes a part of its own, named by the whole file name."""
    part = parts.setdefault(key, {})
    if file.kind in part:
        part = parts.setdefault((*key[:3], file.path.name), {})
    part[file.kind] = file.path


def _key_of_mask(mask: Placed, candidates: list[Key]) -> Key:
    """The only part that agrees with what the mask tells, or the only defective one among several."""
    agreeing = [key for key in candidates if mask.split in (None, key[1]) and mask.label in (None, key[2])]
    defective = [key for key in agreeing if key[2] not in (GOOD, UNKNOWN)]
    for choice in (agreeing, defective):
        if len(choice) == 1:
            return choice[0]
    return _key(mask)


def _key(file: Placed) -> Key:
    label, split = file.label, file.split
    if label is None:
        label = UNKNOWN if split == "test" else GOOD
    if split is None:
        split = "train" if label == GOOD else "test"
    return file.class_name, split, label, file.id
