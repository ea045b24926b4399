"""Faults of single parts and between parts, found in what was kept of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

import numpy as np

from core.datasets.faults import (
    EmptyCloud,
    NoRaster,
    PartnerMissing,
    SizesDiffer,
    TooLarge,
    TooSmall,
    WrongType,
)
from core.datasets.finding import Choice, Finding, Kind, Severity
from core.datasets.look import Look
from core.datasets.unit import GREATEST_MM, LEAST_MM
from core.errors import DataError
from core.phrase import Phrase, say

KINDS: tuple[tuple[type[DataError], Kind], ...] = (
    (PartnerMissing, "partner_missing"),
    (WrongType, "wrong_type"),
    (TooLarge, "too_large"),
    (TooSmall, "too_small"),
    (SizesDiffer, "sizes_differ"),
    (EmptyCloud, "cloud_empty"),
    (NoRaster, "no_raster"),
)
FEWEST_SEEN = 0.02
"""Share of seen points below which a cloud is called nearly empty; parts cut out of their table keep more."""
USUAL_SHARE = 0.5
"""A cloud with less than this share of the points usual in its class has lost too many."""


def check_look(look: Look) -> Iterator[Finding]:
    """Faults of one part: what could not be read, and a truth that contradicts the label."""
    for fault in look.faults:
        kind: Kind = next((kind for fault_type, kind in KINDS if isinstance(fault, fault_type)), "unreadable")
        yield _about(
            look,
            kind,
            "error",
            say("{name}: {fault}", name=look.ref.name, fault=fault.message),
            fault.remedy,
            ("skip",),
        )
    if look.truth is not None:
        yield from _truth_faults(look)


def check_together(looks: Sequence[Look], skipped: Container[str] = ()) -> Iterator[Finding]:
    """Faults that only several parts show together, most of them within a class.

    `skipped` are the names of parts that will not be taken over: no other part is dropped for looking alike.
    """
    classes: dict[str, list[Look]] = defaultdict(list)
    for look in looks:
        classes[look.ref.class_name].append(look)
    yield from _same_pictures(looks, skipped)
    for of_class in classes.values():
        yield from _mixed_sizes(of_class)
        yield from _lost_points(of_class)
        yield from _improbable_unit(of_class)


def _about(
    look: Look,
    kind: Kind,
    severity: Severity,
    message: Phrase,
    remedy: str,
    choices: tuple[Choice, ...] = ("keep", "skip"),
) -> Finding:
    ref = look.ref
    files = tuple(path for path in (ref.rgb, ref.cloud, ref.mask) if path is not None)
    advice = remedy if isinstance(remedy, Phrase) else say("{remedy}", remedy=remedy)
    return Finding(kind, severity, message, advice, ref.name, ref.class_name, choices, files)


def _truth_faults(look: Look) -> Iterator[Finding]:
    ref, truth = look.ref, look.truth
    assert truth is not None
    if truth.grey_values > 2:
        message = say(
            "{name}: the mask has {count} grey values, not two.", name=ref.name, count=truth.grey_values
        )
        remedy = say("Save masks as PNG in black and white; kept, all above one half counts as defect.")
        yield _about(look, "truth_not_binary", "warning", message, remedy)
    if ref.is_good is False and truth.share == 0:
        message = say("{name}: the mask is empty though the part is labelled defective.", name=ref.name)
        remedy = say("Draw the defect, or correct the label; kept, it counts for the image figures only.")
        yield _about(look, "truth_empty_for_defect", "warning", message, remedy)
    if ref.is_good and truth.share > 0:
        message = say("{name}: the mask marks a defect though the part is labelled good.", name=ref.name)
        remedy = say("Correct the label or the mask; kept, the part counts as good and the mask is not used.")
        yield _about(
            look, "truth_not_empty_for_good", "warning", message, remedy, ("keep", "skip", "leave_out")
        )


def _same_pictures(looks: Sequence[Look], skipped: Container[str]) -> Iterator[Finding]:
    """Every copy is told with the first of its kind; training parts come first, so test copies are named."""
    first: dict[bytes, Look] = {}
    rank = {"train": 0, "validation": 1, "test": 2}
    for look in sorted(looks, key=lambda look: (look.ref.name in skipped, rank[look.ref.split])):
        original = first.setdefault(look.digest, look) if look.digest else look
        if original is look:
            continue
        told = {"name": look.ref.name, "other": original.ref.name}
        if look.ref.split == "test" and original.ref.split != "test":
            message = say("{name} is identical to {other}, which is not for testing.", **told)
            remedy = say("Leave it out of the test: a part seen before proves nothing.")
            yield _about(look, "train_part_in_test", "warning", message, remedy, ("leave_out", "keep"))
        else:
            message = say("{name} shows the same picture as {other}.", **told)
            remedy = say("Skip the copy, or keep it if two parts really look the same.")
            yield _about(look, "same_picture_twice", "warning", message, remedy, ("skip", "keep"))


def _mixed_sizes(looks: list[Look]) -> Iterator[Finding]:
    sizes = Counter(look.size for look in looks if look.size is not None)
    if len(sizes) < 2:
        return
    usual = sizes.most_common(1)[0][0]
    for look in looks:
        if look.size is None or look.size == usual:
            continue
        message = say(
            "{name} is {width} × {height} pixels, most of its class {usual_width} × {usual_height}.",
            name=look.ref.name,
            width=look.size[1],
            height=look.size[0],
            usual_width=usual[1],
            usual_height=usual[0],
        )
        remedy = say("Scan the class with one setting; kept, each part is resized on its own.")
        yield _about(look, "mixed_sizes", "warning", message, remedy)


def _lost_points(looks: list[Look]) -> Iterator[Finding]:
    shares = [look.seen_share for look in looks if look.seen_share is not None]
    if not shares:
        return
    least = max(FEWEST_SEEN, USUAL_SHARE * float(np.median(shares)))
    for look in looks:
        if look.seen_share is not None and look.seen_share < least:
            message = say(
                "{name}: the cloud has points at {share:.0%} of its pixels, far fewer than usual.",
                name=look.ref.name,
                share=look.seen_share,
            )
            remedy = say(
                "Look at the scan: dirt, glare or a wrong exposure lose points. Or skip this sample."
            )
            yield _about(look, "many_points_missing", "warning", message, remedy)


def _improbable_unit(looks: list[Look]) -> Iterator[Finding]:
    """One finding for the class where its part of middle size is improbable, else one for each odd part."""
    sized = [(max(look.spread_m) * 1000, look) for look in looks if look.spread_m is not None]
    if not sized:
        return
    longest, look = sorted(sized, key=lambda pair: pair[0])[len(sized) // 2]
    remedy = say("Choose the other unit for the cloud: metre or millimetre.")
    if not LEAST_MM <= longest <= GREATEST_MM:
        name = look.ref.class_name
        message = say("{name}: its parts would be {size:.3g} mm long.", name=name, size=longest)
        files = () if look.ref.cloud is None else (look.ref.cloud,)
        yield Finding("unit_improbable", "warning", message, remedy, class_name=name, files=files)
        return
    for longest, look in sized:
        if not LEAST_MM <= longest <= GREATEST_MM:
            message = say("{name} would be {size:.3g} mm long.", name=look.ref.name, size=longest)
            yield _about(look, "unit_improbable", "warning", message, remedy)
