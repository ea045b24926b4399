"""Which demo parts there are, and in which order they are made."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from core.datasets.demo.families.family import families, family_named
from core.errors import WrongUse
from core.phrase import say
from core.sample import GOOD, Split

SPLITS: tuple[Split, ...] = ("train", "validation", "test")
DEFAULT_CLASSES = ("flange", "cap", "bagel", "cushion")
OPENING_KIND = "foreign_object"
"""What is shown first where a class has it: strange in colour and in shape, so that everybody sees it."""
GOOD_SHARE = 0.3
"""Share of good parts in the test set."""


@dataclass(frozen=True)
class DemoPlan:
    """What to make: part counts for each class, raster size in pixels, and how plain the defects are.

    `strength` 1 is plain and 0.35 faint: it scales depth and colour contrast. The same plan gives the same
    bytes.
    """

    classes: tuple[str, ...] = DEFAULT_CLASSES
    train: int = 16
    validation: int = 4
    test: int = 24
    size: int = 400
    seed: int = 1
    strength: float = 1.0

    def __post_init__(self) -> None:
        for name in self.classes:
            family_named(name)
        if self.size < 32 or not 0 < self.strength <= 2 or min(self.train, self.validation, self.test) < 0:
            raise WrongUse(
                say("Demo parts of {size} px at strength {strength} cannot be made.",
                    size=self.size, strength=self.strength),
                remedy=say("Choose at least 32 px, a strength above 0 and up to 2, and no negative counts."),
            )  # fmt: skip


@dataclass(frozen=True)
class DemoPart:
    """One part of the set; `index` counts within the split, `number` within the label."""

    family: str
    split: Split
    label: str
    number: int
    index: int

    @property
    def id(self) -> str:
        """The three digits of its file names."""
        return f"{self.number:03d}"

    @property
    def is_good(self) -> bool:
        """True for a part without defect."""
        return self.label == GOOD

    def generator(self, seed: int, purpose: str) -> np.random.Generator:
        """Randomness of its own for each purpose, independent of every other part."""
        words = (self.family, self.split, purpose)
        return np.random.default_rng([seed, self.index, *(crc32(word.encode()) for word in words)])


def parts_of(plan: DemoPlan, family: str) -> list[DemoPart]:
    """All parts of one class: training, validation, then test, where good parts come first."""
    labels = {
        "train": [GOOD] * plan.train,
        "validation": [GOOD] * plan.validation,
        "test": _test_labels(plan, family),
    }
    return [part for split in SPLITS for part in _numbered(family, split, labels[split])]


def demo_order(plan: DemoPlan, first: str | None = None) -> list[DemoPart]:
    """All parts, class `first` (else the plan's first) ahead, and one of its defective parts before any."""
    shown = first if first in plan.classes else plan.classes[0]
    names = [shown, *(name for name in plan.classes if name != shown)]
    parts = [part for name in names for part in parts_of(plan, name)]
    bad = [part for part in parts if part.family == shown and not part.is_good]
    plainest = [part for part in bad if part.label == OPENING_KIND]
    opening = [*plainest, *bad, *parts][:1]
    return opening + [part for part in parts if part not in opening]


def known_classes() -> tuple[str, ...]:
    """Every class that can be asked for; the default plan has the first four."""
    return tuple(families())


def _test_labels(plan: DemoPlan, family: str) -> list[str]:
    good = round(plan.test * GOOD_SHARE)
    kinds = family_named(family).kinds
    return [GOOD] * good + sorted(kinds[turn % len(kinds)] for turn in range(plan.test - good))


def _numbered(family: str, split: Split, labels: list[str]) -> list[DemoPart]:
    seen: dict[str, int] = {}
    parts = []
    for index, label in enumerate(labels):
        parts.append(DemoPart(family, split, label, seen.get(label, 0), index))
        seen[label] = seen.get(label, 0) + 1
    return parts
