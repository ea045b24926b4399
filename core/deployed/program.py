"""Judges files of parts by an exported model; beside an export it is a program of its own."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import tifffile
from PIL import Image

from core.atomic import replacing, unwritable
from core.datasets.reading import read_sample
from core.deployed.manifest import Manifest
from core.deployed.parts import file_of, given_parts
from core.deployed.pictures import beside_picture, heat_picture, original_picture, seen_picture
from core.deployed.runner import Judged, Runner, Seconds
from core.errors import ExitCode, InspectionError
from core.inspection import Verdict, judge
from core.sample import Sample, SampleRef


@dataclass(frozen=True, eq=False)
class Outcome:
    """One part: what was said of it, or why nothing could be; `place` is its own in a folder of results."""

    file: Path
    place: Path
    sample: Sample | None = None
    judged: Judged | None = None
    verdict: Verdict | None = None
    failure: str = ""

    @property
    def values(self) -> dict[str, object]:
        """Plain data for a line of JSON."""
        score = self.judged.score_map.whole if self.judged else None
        return {"file": str(self.file), "score": score, "verdict": self.verdict, "failure": self.failure}

    @property
    def line(self) -> str:
        """The same for a human."""
        score = f"{self.judged.score_map.whole:.6g}" if self.judged else ""
        verdict = self.verdict.value.upper() if self.verdict else "-"
        return f"{verdict:<7}{score:>12}  {self.file}  {self.failure}".rstrip()


@dataclass(frozen=True)
class Wish:
    """How the parts are taken: so many together, and `as_is` where they are prepared already."""

    batch: int = 1
    as_is: bool = False


def judge_parts(runner: Runner, parts: Sequence[SampleRef], wish: Wish = Wish()) -> Iterator[Outcome]:
    """One outcome for each part; one that cannot be read or judged does not end the work."""
    places = _places([file_of(part) for part in parts])
    step = max(wish.batch, 1)
    for first in range(0, len(parts), step):
        yield from _judged_together(runner, parts[first : first + step], places, wish)


def _judged_together(
    runner: Runner, parts: Sequence[SampleRef], places: Mapping[Path, Path], wish: Wish
) -> Iterator[Outcome]:
    found = [Outcome(file_of(part), places[file_of(part)]) for part in parts]
    for number, part in enumerate(parts):
        try:
            sample = read_sample(part)
            found[number] = replace(found[number], sample=sample if wish.as_is else runner.prepared(sample))
        except InspectionError as problem:
            found[number] = replace(found[number], failure=str(problem))
    seen = {number: outcome.sample for number, outcome in enumerate(found) if outcome.sample is not None}
    told = runner.manifest
    for number, said in zip(seen, _judged(runner, list(seen.values())), strict=True):
        if isinstance(said, str):
            found[number] = replace(found[number], failure=said)
            continue
        verdict = None if told.line is None else judge(said.score_map.whole, told.line, told.lower)
        found[number] = replace(found[number], judged=said, verdict=verdict)
    yield from found


def _judged(runner: Runner, samples: Sequence[Sample]) -> list[Judged | str]:
    """What is said of parts, or why nothing can be; where that ends the work of several, one by one."""
    try:
        return list(runner.inspect(samples)) if samples else []
    except InspectionError as problem:
        if len(samples) == 1:
            return [str(problem)]
    return [said for sample in samples for said in _judged(runner, [sample])]


def _places(files: Sequence[Path]) -> dict[Path, Path]:
    """Each file's path below the deepest folder that holds all of them."""
    base = Path(os.path.commonpath([file.absolute().parent for file in files]))
    return {file: file.absolute().relative_to(base) for file in files}


def write_pictures(folder: Path, outcome: Outcome, told: Manifest) -> None:
    """The map as TIFF, the pictures of the re-run program (ad, org), and all side by side (beside)."""
    if outcome.judged is None or outcome.sample is None:
        return
    place, found = folder / outcome.place, outcome.judged.score_map
    try:
        with replacing(place / "map.tiff") as aside:
            tifffile.imwrite(aside, found.pixels)
        named = {
            "ad.png": heat_picture(found.pixels),
            "org.png": original_picture(seen_picture(outcome.sample, told.picture)),
            "beside.png": beside_picture(outcome.sample, found, told.pixel_line),
        }
        for name, picture in named.items():
            with replacing(place / name) as aside:
                Image.fromarray(picture[..., ::-1]).save(aside, format="PNG")
    except OSError as problem:
        raise unwritable(place, problem) from problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to judge, how, and where to."""
    parser.add_argument(
        "images", type=Path, nargs="+", metavar="IMAGE", help="pictures and clouds, or folders of them"
    )
    parser.add_argument(
        "--truth", type=Path, metavar="MASK", help="a truth mask, or a folder of them, to show"
    )
    parser.add_argument("--as-is", action="store_true", help="the parts are free of their background already")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where maps and pictures go")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="threads of the network")
    parser.add_argument("--batch", type=int, default=1, metavar="N", help="parts at a time")
    parser.add_argument("--fail-on-ng", action="store_true", help="exit code 1 where a part is NG")


def exit_code(outcomes: Sequence[Outcome], *, fail_on_ng: bool) -> int:
    """As that of inspector inspect."""
    if all(outcome.failure for outcome in outcomes):
        return ExitCode.DATA
    is_ng = any(outcome.verdict is Verdict.NG for outcome in outcomes)
    return ExitCode.NG_FOUND if fail_on_ng and is_ng else ExitCode.DONE


def mean_seconds(outcomes: Sequence[Outcome]) -> Seconds:
    """Of one picture."""
    known = [outcome.judged.seconds for outcome in outcomes if outcome.judged]
    total = sum(known, Seconds())
    count = max(len(known), 1)
    return Seconds(total.preprocess / count, total.inference / count, total.postprocess / count)


def main(folder: Path, words: Sequence[str]) -> int:
    """The program beside an export in `folder`."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    args = parser.parse_args(words)
    outcomes: list[Outcome] = []
    try:
        runner = Runner.open(folder, args.threads)
        parts = given_parts(args.images, runner.manifest.metres_per_unit, args.truth)
        for outcome in judge_parts(runner, parts, Wish(args.batch, args.as_is)):
            outcomes.append(outcome)
            _print(json.dumps(outcome.values) if args.json else outcome.line)
            if args.out is not None:
                write_pictures(args.out, outcome, runner.manifest)
    except InspectionError as problem:
        sys.stderr.write(f"{problem}\n")
        return int(problem.exit_code)
    if not args.json:
        _print(mean_seconds(outcomes).line)
        if args.out is not None:
            _print(f"Outputs saved in {args.out}")
    return int(exit_code(outcomes, fail_on_ng=args.fail_on_ng))


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
