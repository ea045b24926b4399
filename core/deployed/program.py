"""Judges picture files by an exported model; beside an export it is a program of its own."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tifffile
from PIL import Image

from core.atomic import replacing, unwritable
from core.datasets.images import SUFFIXES, read_image
from core.deployed.pictures import heat_picture, original_picture
from core.deployed.runner import Judged, Runner, Seconds
from core.errors import DataError, ExitCode, InspectionError
from core.inspection import Verdict, judge
from core.phrase import say


@dataclass(frozen=True, eq=False)
class Outcome:
    """One file: what was said of it, or why nothing could be; `place` is its own in a folder of results."""

    file: Path
    place: Path
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


def picture_files(given: Sequence[Path]) -> list[Path]:
    """The files, and those in the folders, in the order of their names; raise DataError without any."""
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            found += sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
        else:
            found.append(path)
    if not found:
        raise DataError(
            say("There are no pictures among the given files."),
            remedy=say("Name files that end in {suffixes}.", suffixes=", ".join(SUFFIXES)),
        )
    return found


def judge_files(runner: Runner, files: Sequence[Path], batch: int = 1) -> Iterator[Outcome]:
    """One outcome for each file; a file that cannot be read does not end the work."""
    told = runner.manifest
    places = _places(files)
    for first in range(0, len(files), batch):
        pictures, failures = {}, {}
        for file in files[first : first + batch]:
            try:
                pictures[file] = read_image(file)
            except InspectionError as problem:
                failures[file] = str(problem)
        judged = dict(zip(pictures, runner.inspect(list(pictures.values())) if pictures else [], strict=True))
        for file in files[first : first + batch]:
            if file in failures:
                yield Outcome(file, places[file], failure=failures[file])
                continue
            score = judged[file].score_map.whole
            verdict = None if told.line is None else judge(score, told.line, told.lower)
            yield Outcome(file, places[file], judged[file], verdict)


def _places(files: Sequence[Path]) -> dict[Path, Path]:
    """Each file's path below the deepest folder that holds all of them."""
    base = Path(os.path.commonpath([file.absolute().parent for file in files]))
    return {file: file.absolute().relative_to(base) for file in files}


def write_pictures(folder: Path, outcome: Outcome) -> None:
    """The map as TIFF, and the pictures of the re-run program: heat (ad) and what the network saw (org)."""
    if outcome.judged is None:
        return
    place = folder / outcome.place
    pixels = outcome.judged.score_map.pixels
    try:
        with replacing(place / "map.tiff") as aside:
            tifffile.imwrite(aside, pixels)
        named = {"ad.png": heat_picture(pixels), "org.png": original_picture(outcome.judged.seen)}
        for name, picture in named.items():
            with replacing(place / name) as aside:
                Image.fromarray(picture[..., ::-1]).save(aside, format="PNG")
    except OSError as problem:
        raise unwritable(place, problem) from problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to judge, how, and where to."""
    parser.add_argument("images", type=Path, nargs="+", metavar="IMAGE", help="pictures, or folders of them")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where maps and pictures go")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="threads of the network")
    parser.add_argument("--batch", type=int, default=1, metavar="N", help="pictures at a time")
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
        for outcome in judge_files(runner, picture_files(args.images), max(args.batch, 1)):
            outcomes.append(outcome)
            _print(json.dumps(outcome.values) if args.json else outcome.line)
            if args.out is not None:
                write_pictures(args.out, outcome)
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
