"""What the import check found: severity, sample, a plain sentence, and what can be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from core.phrase import Phrase
from core.sample import SampleRef

Severity = Literal["error", "warning", "note"]
Choice = Literal["skip", "keep", "leave_out"]
Kind = Literal[
    "partner_missing",
    "sizes_differ",
    "unreadable",
    "wrong_type",
    "too_large",
    "too_small",
    "no_raster",
    "many_points_missing",
    "cloud_empty",
    "unit_improbable",
    "same_picture_twice",
    "train_part_in_test",
    "truth_not_binary",
    "truth_empty_for_defect",
    "truth_not_empty_for_good",
    "few_good_parts",
    "mixed_sizes",
    "disk_too_small",
    "path_too_long",
]


@dataclass(frozen=True)
class Finding:
    """One fault; `sample` is empty where it concerns the class or the whole data set.

    The first of `choices` is what happens unless the user decides otherwise: skip the sample everywhere,
    keep it, or leave it out of the test.
    """

    kind: Kind
    severity: Severity
    message: Phrase
    remedy: Phrase
    sample: str = ""
    class_name: str = ""
    choices: tuple[Choice, ...] = ("keep",)
    files: tuple[Path, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "sample": self.sample,
            "class": self.class_name,
            "message": str(self.message),
            "remedy": str(self.remedy),
            "choices": list(self.choices),
            "files": [str(path) for path in self.files],
        }


@dataclass(frozen=True)
class Check:
    """The findings about `samples` parts, errors first."""

    findings: tuple[Finding, ...]
    samples: int

    @property
    def dropped(self) -> frozenset[str]:
        """Names of the samples that the first choices would not take over."""
        return frozenset(f.sample for f in self.findings if f.sample and f.choices[0] != "keep")

    @property
    def ready(self) -> int:
        """How many samples would be taken over."""
        return self.samples - len(self.dropped)

    def kept(self, refs: Sequence[SampleRef]) -> list[SampleRef]:
        """The parts that the first choices take over."""
        dropped = self.dropped
        return [ref for ref in refs if ref.name not in dropped]

    def chosen(self, choices: Mapping[int, Choice]) -> Check:
        """The same findings with other first choices, by their place in the list."""
        findings = tuple(
            replace(found, choices=(choices[at], *(way for way in found.choices if way != choices[at])))
            if at in choices
            else found
            for at, found in enumerate(self.findings)
        )
        return Check(findings, self.samples)

    def count(self, severity: Severity) -> int:
        """How many findings of this severity there are."""
        return sum(finding.severity == severity for finding in self.findings)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON, with the number of findings of each kind."""
        return {
            "samples": self.samples,
            "ready": self.ready,
            "errors": self.count("error"),
            "warnings": self.count("warning"),
            "notes": self.count("note"),
            "kinds": dict(sorted(Counter(finding.kind for finding in self.findings).items())),
            "findings": [finding.as_dict() for finding in self.findings],
        }
