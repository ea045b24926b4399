"""Faults that names alone show: partners that are missing, too few good parts, paths that are too long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.datasets.finding import Finding
from core.phrase import Phrase, say
from core.sample import SampleRef, Sensor

LONGEST_PATH = 259
"""Characters that every system of the product opens without special settings."""
FEWEST_GOOD = 8


def by_class(refs: Sequence[SampleRef]) -> dict[str, list[SampleRef]]:
    """The parts of each class, in order of appearance."""
    classes: dict[str, list[SampleRef]] = defaultdict(list)
    for ref in refs:
        classes[ref.class_name].append(ref)
    return classes


def check_names(refs: Sequence[SampleRef]) -> Iterator[Finding]:
    """Everything that can be told without opening a file."""
    for class_name, parts in by_class(refs).items():
        yield from _missing_partners(parts)
        yield from _few_good_parts(class_name, parts)
    for ref in refs:
        yield from _long_paths(ref)


def _missing_partners(parts: list[SampleRef]) -> Iterator[Finding]:
    sensors: frozenset[Sensor] = frozenset().union(*(ref.sensors for ref in parts))
    has_masks = any(ref.mask is not None for ref in parts if ref.is_good is False)
    for ref in parts:
        if not ref.sensors:
            yield _partner(
                ref, say("{name}: there is a mask, but neither image nor cloud.", name=ref.name), False
            )
        elif "rgb" in sensors - ref.sensors:
            yield _partner(ref, say("{name}: the cloud has no image of the same name.", name=ref.name), True)
        elif "xyz" in sensors - ref.sensors:
            yield _partner(ref, say("{name}: the image has no cloud of the same name.", name=ref.name), True)
        if has_masks and ref.sensors and ref.is_good is False and ref.mask is None:
            yield _partner(ref, say("{name}: the defective part has no mask.", name=ref.name), True, "keep")


def _partner(ref: SampleRef, message: Phrase, is_usable: bool, first: str = "skip") -> Finding:
    remedy = say("Put the missing file beside the other, under the same name; or choose here.")
    files = tuple(path for path in (ref.rgb, ref.cloud, ref.mask) if path is not None)
    return Finding(
        "partner_missing",
        "warning" if is_usable else "error",
        message,
        remedy,
        ref.name,
        ref.class_name,
        ("skip",) if not is_usable else ("keep", "skip") if first == "keep" else ("skip", "keep"),
        files,
    )


def _few_good_parts(class_name: str, parts: list[SampleRef]) -> Iterator[Finding]:
    good = sum(ref.split == "train" and ref.is_good is True for ref in parts)
    if good >= FEWEST_GOOD:
        return
    yield Finding(
        "few_good_parts",
        "warning" if good else "error",
        say("{name} has {count} good parts to learn from.", name=class_name, count=good),
        say("Scan more good parts: {least} at the least, 16 or more are better.", least=FEWEST_GOOD),
        class_name=class_name,
    )


def _long_paths(ref: SampleRef) -> Iterator[Finding]:
    for path in (ref.rgb, ref.cloud, ref.mask):
        if path is not None and len(str(Path(path).absolute())) > LONGEST_PATH:
            yield Finding(
                "path_too_long",
                "warning",
                say("{name}: the path {file} is too long for some systems.", name=ref.name, file=path),
                say("Move the data set to a shorter path: at most {most} characters.", most=LONGEST_PATH),
                ref.name,
                ref.class_name,
                ("keep", "skip"),
                (path,),
            )
