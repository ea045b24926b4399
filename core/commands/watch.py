"""Watch a folder and judge every part that appears in it, until stopped."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from core.commands.context import Context
from core.errors import ExitCode
from core.inspection import Verdict
from core.language import speaker
from core.live.events import LiveEvent, PartJudged
from core.live.outputs import line_data
from core.phrase import say
from core.tasks.inspect_class import active_model
from core.tasks.watch_folder import WatchWish, live_loop, watch


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to watch, by which model, and where to."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to watch")
    parser.add_argument("--project", type=Path, required=True, metavar="PROJECT", help="holds the model")
    parser.add_argument("--class", dest="class_name", required=True, metavar="NAME", help="of the parts")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where results go")
    parser.add_argument("--pictures", choices=("all", "ng", "none"), default="ng", help="overlays and maps")
    parser.add_argument("--partner-wait", type=float, default=5.0, metavar="S", help="for image or cloud")
    parser.add_argument("--judge-alone", action="store_true", help="judge parts whose partner never came")
    parser.add_argument("--newest-first", action="store_true", help="judge the latest part first")
    parser.add_argument("--again", action="store_true", help="judge parts that were judged before")
    parser.add_argument("--mm-per-pixel", type=float, metavar="MM", help="image scale of parts without cloud")
    parser.add_argument("--until-idle", action="store_true", help="end when nothing comes any more")
    parser.add_argument("--fail-on-ng", action="store_true", help="exit code 1 where a part was NG")


def run(args: argparse.Namespace, context: Context) -> int:
    """Judge until Ctrl+C; finished parts are on disk at once."""
    compute = context.compute(args)
    wish = WatchWish(
        args.folder,
        args.out,
        args.pictures,
        args.partner_wait,
        args.judge_alone,
        args.newest_first,
        args.again,
        args.mm_per_pixel,
    )
    counts: Counter[str] = Counter()
    with context.project(args.project, to_write=False) as project:
        loop = live_loop(project, active_model(project, args.class_name), wish, compute)
        context.console.say(say("Watching {folder}; stop with Ctrl+C.", folder=args.folder))
        watch(loop, lambda event: _tell(event, counts, context), context.monitor, until_idle=args.until_idle)
    told = {verdict.value: counts[verdict.value] for verdict in Verdict}
    context.console.result({"counts": {**told, "failed": counts["failed"]}, "out": str(args.out)})
    if args.fail_on_ng and counts[Verdict.NG.value]:
        return ExitCode.NG_FOUND
    return ExitCode.DONE


def _tell(event: LiveEvent, counts: Counter[str], context: Context) -> None:
    if not isinstance(event, PartJudged):
        context.console.notice(event.text)
        return
    line = event.line
    verdict = line.final.value if line.final else "failed"
    counts[verdict] += 1
    score = "" if line.score is None else f"{line.score:.4g}"
    told = [line.sample, speaker(context.console.language)(line.seen_by), line.failure]
    text = f"{verdict.upper():<7}{score:>10}  {'  '.join(told)}".rstrip()
    context.console.result({**line_data(line, event.when, event.regions), "waiting": event.waiting}, text)
